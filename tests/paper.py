"""The books on paper: use cases run on a plain list of facts, as on the log, and as undone.

Every request works on aggregates replayed from the facts so far. What it recorded is added when it
was accepted; of a refused one nothing was ever written down.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from domain.errors import AlreadyExists, Refusal, UnknownRecord
from domain.facts import Ledgered
from tests.scenario import TODAY, stamp

A = TypeVar("A", bound=Ledgered)


class PaperBooks:
    """The books of one request: `domain.ledger.books.Books` on replayed copies."""

    def __init__(self, streams: dict[UUID, list[Any]], size: int) -> None:
        self._streams = streams
        self._size = size
        self._touched: dict[UUID, Ledgered] = {}

    @property
    def position(self) -> int:
        return self._size + sum(len(each.pending_events) for each in self._touched.values())

    def get(self, kind: type[A], id: UUID) -> A:
        found = self.find(kind, id)
        if found is None:
            raise UnknownRecord(kind=kind.TOPIC, id=id)
        return found

    def find(self, kind: type[A], id: UUID) -> A | None:
        if id not in self._touched and id in self._streams:
            state: Any = None
            for event in self._streams[id]:
                state = event.mutate(state)
            self._touched[id] = state
        held = self._touched.get(id)
        return held if isinstance(held, kind) else None

    def record(self, aggregate: Ledgered) -> None:
        if aggregate.id in self._streams or aggregate.id in self._touched:
            raise AlreadyExists(kind=aggregate.TOPIC, id=aggregate.id)
        self._touched[aggregate.id] = aggregate

    def recorded(self) -> list[Any]:
        """What the request recorded, aggregate by aggregate in the order they were first touched."""
        return [event for each in self._touched.values() for event in each.collect_events()]


class Asked(NamedTuple):
    """What was asked of a ledger: the use case with what it was told, and the refusal that answered, if any."""

    use_case: Callable[..., object]
    told: dict[str, Any]
    refusal: type[Refusal] | None


class PaperLedger:
    """Runs use cases one after another on paper; `facts` is the log, `asked` all that was asked of it."""

    def __init__(self) -> None:
        self.facts: list[Any] = []
        self.asked: list[Asked] = []
        self._streams: dict[UUID, list[Any]] = {}

    @property
    def position(self) -> int:
        return len(self.facts)

    def perform(
        self,
        use_case: Callable[..., object],
        *,
        on: date = TODAY,
        actor: str = "anna",
        on_behalf_of: str | None = None,
        **asked: Any,
    ) -> list[Any]:
        """Run a use case, return what it recorded; raises its refusal, and then nothing happened."""
        books = PaperBooks(self._streams, len(self.facts))
        told = {"on": on, "actor": actor, **asked}
        try:
            use_case(books, stamp(on=on, actor=actor, on_behalf_of=on_behalf_of), **asked)
        except Refusal as refused:
            self.asked.append(Asked(use_case, told, type(refused)))
            raise
        self.asked.append(Asked(use_case, told, None))
        recorded = books.recorded()
        for event in recorded:
            self.facts.append(event)
            self._streams.setdefault(event.originator_id, []).append(event)
        return recorded

    def get(self, kind: type[A], id: UUID) -> A:
        """Return a copy of the aggregate as it stands."""
        return PaperBooks(self._streams, len(self.facts)).get(kind, id)

    def copy(self) -> PaperLedger:
        """Return a ledger with the same history, that goes its own way from here."""
        other = PaperLedger()
        other.facts = list(self.facts)
        other.asked = list(self.asked)
        other._streams = {stream: list(events) for stream, events in self._streams.items()}
        return other
