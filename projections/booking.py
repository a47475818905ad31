"""Books facts: each by the version of the posting rules its entity adopted for its booking day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.aggregates.legal_entity import LegalEntity
from domain.bookkeeping.entries import JournalEntry
from domain.bookkeeping.rules import VERSIONS, version_for
from domain.catalogue import AGGREGATES
from domain.facts import Ledgered
from projections.read_model import Table


def posted_kinds() -> tuple[type, ...]:
    """Return every kind of fact that is booked: those that bear a booking day."""
    kinds = [kind for aggregate in AGGREGATES for kind in vars(aggregate).values() if isinstance(kind, type)]
    facts = dict.fromkeys(kind for kind in kinds if issubclass(kind, Ledgered.Event))
    return tuple(
        kind
        for kind in facts
        if "TOPIC" in vars(kind) and "booked_on" in {field.name for field in fields(kind)}
    )


class AdoptedRules:
    """The posting rules each entity adopted, in a table of the read model that books by them."""

    def __init__(self, table: str) -> None:
        """Name the table; the name is a constant of the read model."""
        self.table = Table(table, (_CREATE.format(table=table),), _ROWS.format(table=table))
        self.copy = _COPY.format(table=table)
        self._all = _ALL.format(table=table)

    def load(self, cursor: Cursor[TupleRow]) -> Booking:
        """Return the booking by the rules adopted so far."""
        booking = Booking()
        for entity_id, from_booked_on, version in cursor.execute(self._all):
            booking.adopt(entity_id, from_booked_on, version)
        return booking


class Booking:
    """Turns facts into journal entries."""

    def __init__(self) -> None:
        """Start without rules."""
        self._adopted: dict[UUID, list[tuple[date, int]]] = defaultdict(list)

    def adopt(self, entity_id: UUID, from_booked_on: date, version: int) -> None:
        """Book the entity's facts by that version from that booking day on."""
        self._adopted[entity_id].append((from_booked_on, version))

    def adopt_fact(self, event: LegalEntity.PostingRulesAdopted) -> tuple[UUID, date, int]:
        """Take the adoption in, and return it as its row."""
        row = (event.originator_id, event.from_booked_on, event.version)
        self.adopt(*row)
        return row

    def entry(self, fact: Any) -> tuple[int, JournalEntry] | None:
        """Return the version and the entry of a fact that bears a booking day, if it moves money.

        Raises LookupError if no rules are adopted for that day, or this program lacks them.
        """
        version = version_for(self._adopted[fact.entity_id], fact.booked_on)
        rules = VERSIONS.get(version)
        if rules is None:
            raise LookupError(f"this version of Tutti has no posting rules {version}")
        entry = rules(fact)
        return None if entry is None else (version, entry)


_CREATE = """
    CREATE TABLE {table} (
        entity_id uuid, from_booked_on date, version integer NOT NULL, PRIMARY KEY (entity_id, from_booked_on)
    )
"""
_ROWS = "SELECT * FROM {table} ORDER BY entity_id, from_booked_on"
_COPY = "COPY {table} (entity_id, from_booked_on, version) FROM STDIN"
_ALL = "SELECT entity_id, from_booked_on, version FROM {table} ORDER BY from_booked_on"
