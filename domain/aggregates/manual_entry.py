"""A manual entry: what the accountant books by hand, balanced, with its evidence and a reason.

    ── Posted ──> posted ── Reversed ──> reversed

A mistake is answered by another manual entry with the sides turned round: each of the two names
the other, and both stay. An entry at year end adjusts a fiscal year after its months are closed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.errors import (
    AmountNegative,
    EmptyText,
    EntryDoesNotBalance,
    EntryReversedAlready,
    NoEvidence,
    OneSidePerLine,
)
from domain.facts import Ledgered, Stamp, is_sha256
from domain.money import require_holdable

RESULT_CLASSES = ("6", "7")


@dataclass(frozen=True)
class ManualLine:
    """One side of an entry, in cents; `activity_id` None is the cooperative itself."""

    account: str
    debit_c: int
    credit_c: int
    activity_id: UUID | None = None


class ManualEntry(Ledgered):
    """One entry of the accountant."""

    TOPIC = "manual-entry"

    def __init__(self, entity_id: UUID, lines: tuple[ManualLine, ...]) -> None:
        """Start in force."""
        self.entity_id = entity_id
        self.lines = lines
        self.reversed_by: UUID | None = None

    class Event(Ledgered.Event):
        """What happened to a manual entry."""

        entity_id: UUID

    class Posted(Event, Ledgered.Created):
        """The accountant booked these lines; `reverses` names the entry that this one takes back.

        `evidence_sha256` is the document it rests on. With `year_end` it adjusts the year that ends
        on `booked_on`, and no month's digest counts it.
        """

        TOPIC = "manual-entry.posted.v1"
        booked_on: date
        lines: tuple[ManualLine, ...]
        reason: str
        evidence_sha256: str
        year_end: bool
        reverses: UUID | None

    Created = Posted

    class Reversed(Event):
        """Another manual entry took this one back."""

        TOPIC = "manual-entry.reversed.v1"
        by_entry_id: UUID

        def apply(self, entry: ManualEntry) -> None:
            """Be in force no longer."""
            entry.reversed_by = self.by_entry_id

    @classmethod
    def post(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        entity_id: UUID,
        booked_on: date,
        lines: tuple[ManualLine, ...],
        reason: str,
        evidence_sha256: str,
        year_end: bool = False,
        reverses: UUID | None = None,
    ) -> ManualEntry:
        """Book lines that balance, resting on a document and for a reason."""
        if not reason.strip():
            raise EmptyText(field="reason")
        if not is_sha256(evidence_sha256):
            raise NoEvidence(evidence_sha256=evidence_sha256)
        _require_lines(lines)
        return cls.begin(
            stamp,
            id=id,
            entity_id=entity_id,
            booked_on=booked_on,
            lines=lines,
            reason=reason,
            evidence_sha256=evidence_sha256,
            year_end=year_end,
            reverses=reverses,
        )

    def turned_round(self) -> tuple[ManualLine, ...]:
        """Return the lines that take this entry back."""
        return tuple(
            ManualLine(line.account, line.credit_c, line.debit_c, line.activity_id) for line in self.lines
        )

    def reverse(self, stamp: Stamp, *, by_entry_id: UUID) -> None:
        """Be taken back, once."""
        if self.reversed_by is not None:
            raise EntryReversedAlready(by_entry_id=self.reversed_by)
        self.note(self.Reversed, stamp, entity_id=self.entity_id, by_entry_id=by_entry_id)


def earned_by_activity(lines: Sequence[ManualLine]) -> Mapping[UUID, int]:
    """Return what lines of classes 6 and 7 add to the result of each activity, in cents."""
    earned: dict[UUID, int] = {}
    for line in lines:
        if line.activity_id is not None and line.account.startswith(RESULT_CLASSES):
            earned[line.activity_id] = earned.get(line.activity_id, 0) + line.credit_c - line.debit_c
    return {activity_id: amount_c for activity_id, amount_c in earned.items() if amount_c}


def _require_lines(lines: Sequence[ManualLine]) -> None:
    for line in lines:
        require_holdable(line.debit_c, line.credit_c)
        if min(line.debit_c, line.credit_c) < 0:
            raise AmountNegative(account=line.account)
        if (line.debit_c == 0) == (line.credit_c == 0):
            raise OneSidePerLine(account=line.account)
    debit_c, credit_c = sum(line.debit_c for line in lines), sum(line.credit_c for line in lines)
    if not lines or debit_c != credit_c:
        raise EntryDoesNotBalance(debit_c=debit_c, credit_c=credit_c)
