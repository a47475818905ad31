"""What every fact carries, and how an aggregate records one.

A decision gets a `Stamp`: who asked, for whom, by which command, when it happened, and the time
at which the sequencer writes it. Nothing here reads a clock or makes an id.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from eventsourcing.domain import Aggregate


@dataclass(frozen=True, slots=True)
class Stamp:
    """The plumbing of the facts of one command.

    `recorded_at` never runs backwards along the log; `effective_on` is the business day on which
    it happened; `body_mac` is the keyed hash of the request, in hex.
    """

    recorded_at: datetime
    effective_on: date
    actor: str
    on_behalf_of: str | None
    command_id: UUID
    operation: str
    body_mac: str

    def fields(self) -> dict[str, Any]:
        """Return what each event repeats of this stamp."""
        return {
            "timestamp": self.recorded_at,
            "effective_on": self.effective_on,
            "actor": self.actor,
            "on_behalf_of": self.on_behalf_of,
            "command_id": self.command_id,
            "operation": self.operation,
            "body_mac": self.body_mac,
        }


class Ledgered(Aggregate):
    """An aggregate of the ledger: decide in a method, then record one fact that only applies.

    State values are immutable (tuples, frozensets, mappings that are replaced and never altered):
    undoing a refused command restores a shallow copy.
    """

    class Event(Aggregate.Event):
        """What every fact of the ledger carries; `timestamp` is its `recorded_at`."""

        effective_on: date
        actor: str
        on_behalf_of: str | None
        command_id: UUID
        operation: str
        body_mac: str

    @classmethod
    def begin(cls, stamp: Stamp, *, id: UUID, **says: Any) -> Self:
        """Record the first fact of a new stream."""
        return cls._create(cls.Created, id=id, **stamp.fields(), **says)

    def note(self, kind: type[Aggregate.Event], stamp: Stamp, **says: Any) -> None:
        """Record one more fact of this stream."""
        self.trigger_event(kind, **stamp.fields(), **says)
