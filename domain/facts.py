"""What every fact carries, and how an aggregate records one.

A decision gets a `Stamp`: who asked, for whom, by which command, when it happened, and the time
at which the sequencer writes it. Nothing here reads a clock or makes an id.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date, datetime
from typing import Any, ClassVar, NamedTuple, Self
from uuid import UUID

from eventsourcing.domain import Aggregate

from domain.errors import InvalidDay, UnreadableText

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)

_SHA256 = re.compile("[0-9a-f]{64}")
# What XML 1.0 (production 2, Char) and so an e-invoice cannot hold; PostgreSQL's text has no NUL either.
_HOLDS_NO_TEXT = frozenset({int, bool, date, datetime, UUID, type(None)})
_NO_DOCUMENT_HOLDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def require_day(day: date) -> None:
    """Refuse a day outside the calendar of the ledger; raises InvalidDay."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise InvalidDay(day=day)


def is_sha256(text: str) -> bool:
    """Tell whether a text names a document: the SHA-256 of its bytes, 64 digits of 0-9 and a-f."""
    return _SHA256.fullmatch(text) is not None


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month if it has no such day."""
    month = day.year * 12 + day.month - 1 + months
    year, number = month // 12, month % 12 + 1
    return date(year, number, min(day.day, monthrange(year, number)[1]))


def require_readable(says: Mapping[str, Any]) -> None:
    """Refuse text that no document can hold, wherever it stands; raises UnreadableText."""
    for name, value in says.items():
        kind = type(value)
        # Nearly every text is printable, and then it holds none of these.
        if kind in _HOLDS_NO_TEXT or (kind is str and value.isprintable()):
            continue
        if isinstance(value, str):
            if _NO_DOCUMENT_HOLDS.search(value):
                raise UnreadableText(field=name)
        elif isinstance(value, tuple):
            for part in value:
                require_readable({name: part})
        elif is_dataclass(value):
            require_readable(vars(value))


class Stamp(NamedTuple):
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

    def dated(self, day: date) -> Stamp:
        """Return the stamp of what the same command says of another business day."""
        return self._replace(effective_on=day)

    def fields(self) -> dict[str, Any]:
        """Return what each event repeats of this stamp."""
        return {
            "timestamp": self[0],
            "effective_on": self[1],
            "actor": self[2],
            "on_behalf_of": self[3],
            "command_id": self[4],
            "operation": self[5],
            "body_mac": self[6],
        }


def people_of(actor: str, on_behalf_of: str | None) -> frozenset[str]:
    """Return who stands behind a request: whoever acts for another is not a second person beside them."""
    return frozenset({actor} if on_behalf_of is None else {actor, on_behalf_of})


class Ledgered(Aggregate):
    """An aggregate of the ledger: decide in a method, then record one fact that only applies.

    State values are immutable (tuples, frozensets, mappings that are replaced and never altered):
    undoing a refused command restores a shallow copy.
    """

    TOPIC: ClassVar[str]

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
        """Record the first fact of a new stream; raises UnreadableText."""
        return cls.begin_with(cls.Created, stamp, id=id, **says)

    @classmethod
    def begin_with(cls, kind: type[Aggregate.Created], stamp: Stamp, /, *, id: UUID, **says: Any) -> Self:
        """Record this fact, one of those a new stream may begin with; raises UnreadableText."""
        require_readable(says)
        return cls._create(kind, id=id, **stamp.fields(), **says)

    def note(self, kind: type[Aggregate.Event], stamp: Stamp, /, **says: Any) -> None:
        """Record one more fact of this stream; raises UnreadableText."""
        require_readable(says)
        said = stamp.fields()
        said.update(says, originator_id=self.id, originator_version=self.version + 1)
        if said.keys() != kind.__dataclass_fields__.keys():
            # Something has a default, or is missing, and the library says what.
            self.trigger_event(kind, **stamp.fields(), **says)
            return
        # As the library would, without its copies and checks: the codec checks each field again.
        event = object.__new__(kind)
        object.__setattr__(event, "__dict__", said)
        event.apply(self)
        self.version = said["originator_version"]
        self.modified_on = stamp.recorded_at
        self.pending_events.append(event)
