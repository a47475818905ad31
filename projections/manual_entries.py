"""Manual entries: what the accountant booked by hand, why, on what document, and what took it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.aggregates.manual_entry import ManualEntry
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader

ENTRIES = Table(
    "manual_entry",
    (
        """
        CREATE TABLE manual_entry (
            entry_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            booked_on date NOT NULL,
            amount_c bigint NOT NULL,
            year_end boolean NOT NULL,
            reason text NOT NULL,
            evidence_sha256 text NOT NULL,
            actor text NOT NULL,
            reverses uuid,
            reversed_by uuid,
            position bigint NOT NULL
        )
        """,
        "CREATE INDEX manual_entry_of_entity ON manual_entry (entity_id, position)",
    ),
    "SELECT * FROM manual_entry ORDER BY entry_id",
)

_ADD = """
    COPY manual_entry (
        entry_id, entity_id, booked_on, amount_c, year_end, reason, evidence_sha256, actor, reverses, position
    ) FROM STDIN
"""
_REVERSE = "UPDATE manual_entry SET reversed_by = %(by)s WHERE entry_id = %(entry_id)s"


class ManualEntriesPage(Page):
    """Lists the entries and links those that take each other back."""

    @on(ManualEntry.Posted)
    def _posted(self, position: int, event: ManualEntry.Posted) -> None:
        amount_c = sum(line.debit_c for line in event.lines)
        says = (event.booked_on, amount_c, event.year_end, event.reason, event.evidence_sha256, event.actor)
        self.add(_ADD, event.originator_id, event.entity_id, *says, event.reverses, position)

    @on(ManualEntry.Reversed)
    def _reversed(self, _: int, event: ManualEntry.Reversed) -> None:
        self.change(_REVERSE, entry_id=event.originator_id, by=event.by_entry_id)


MANUAL_ENTRIES = ReadModel("manual_entries", 1, (ENTRIES,), ManualEntriesPage)


@dataclass(frozen=True)
class Entry:
    """One manual entry; `amount_c` is the sum of its debits in cents, its lines stand in the journal."""

    entry_id: UUID
    entity_id: UUID
    booked_on: date
    amount_c: int
    year_end: bool
    reason: str
    evidence_sha256: str
    actor: str
    reverses: UUID | None
    reversed_by: UUID | None
    position: int


_ENTRIES = """
    SELECT * FROM manual_entry
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s) AND position > %(after)s
    ORDER BY position LIMIT %(limit)s
"""


def manual_entries(
    reader: Reader, *, entity_id: UUID | None = None, after: int = 0, limit: int = 100
) -> list[Entry]:
    """Return manual entries after position `after` in the order of the log, at most `limit`."""
    return reader.rows(Entry, _ENTRIES, entity_id=entity_id, after=after, limit=limit)
