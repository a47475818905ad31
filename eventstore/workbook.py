"""The books on which commands are decided: aggregates in memory, and the way back from a refusal.

An aggregate that a command touches is copied first (its state values are immutable, so a shallow
copy of its attributes is enough); a refusal restores the copy. The same is kept once more for the
whole batch, because another process may have been faster and all of it has to be decided again.

Every aggregate here notes its facts in one common list, so that the facts of a command stand in the
order in which they were noted, across aggregates. A new aggregate enters with what it has noted
when it is recorded.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from eventsourcing.domain import OriginatorVersionError
from eventsourcing.utils import get_topic

from domain.errors import AlreadyExists, UnknownRecord
from domain.facts import Ledgered
from eventstore.appender import Row
from eventstore.codec import Codec
from eventstore.errors import LogDamaged, Unreadable

A = TypeVar("A", bound=Ledgered)

Copies = dict[UUID, tuple[Ledgered, dict[str, Any] | None]]
"""Touched aggregates with their attributes before; None for one that was not there."""


class Workbook:
    """Aggregates up to date with `size` facts of the log, and what was decided since. One thread's."""

    def __init__(
        self, codec: Codec, load: Callable[[UUID, int], Iterable[Row]], *, capacity: int, size: int
    ) -> None:
        """Read streams with `load(id, up_to)`; keep at most `capacity` aggregates between batches."""
        self.size = size
        self._codec = codec
        self._load = load
        self._capacity = capacity
        self._aggregates: OrderedDict[UUID, Ledgered] = OrderedDict()
        self._absent: set[UUID] = set()
        self._decided = 0
        self._noted: list[Any] = []
        self._before_command: Copies = {}
        self._before_batch: Copies = {}

    # What a use case sees: domain.ledger.books.Books.

    @property
    def position(self) -> int:
        """The place of the last fact decided so far."""
        return self.size + self._decided + len(self._noted)

    def get(self, kind: type[A], id: UUID) -> A:
        """Return the aggregate; raises UnknownRecord if there is no such stream of that kind."""
        found = self.find(kind, id)
        if found is None:
            raise UnknownRecord(kind=get_topic(kind), id=id)
        return found

    def find(self, kind: type[A], id: UUID) -> A | None:
        """Return the aggregate, or None if there is no such stream of that kind."""
        found = self._at_hand(id)
        if not isinstance(found, kind):
            return None
        if id not in self._before_command:
            self._before_command[id] = (found, vars(found).copy())
        return found

    def record(self, aggregate: Ledgered) -> None:
        """Add a new aggregate; raises AlreadyExists if its stream exists."""
        if self._at_hand(aggregate.id) is not None:
            raise AlreadyExists(kind=get_topic(type(aggregate)), id=aggregate.id)
        self._before_command[aggregate.id] = (aggregate, None)
        self._noted.extend(aggregate.pending_events)
        self._adopt(aggregate)

    # What the sequencer does with it.

    def noted(self) -> tuple[Any, ...]:
        """Return the facts of this command so far, in the order they were noted."""
        return tuple(self._noted)

    def keep(self) -> None:
        """Go on to the next command: what this one decided stands, if the batch is recorded."""
        self._decided += len(self._noted)
        for id_, copy in self._before_command.items():
            self._before_batch.setdefault(id_, copy)
        self._before_command.clear()
        self._noted.clear()

    def undo(self) -> None:
        """Go on to the next command: this one never happened."""
        self._restore(self._before_command)
        self._noted.clear()

    def undo_all(self) -> None:
        """Forget everything decided since the batch began."""
        self.undo()
        self._restore(self._before_batch)
        self._decided = 0

    def settle(self, size: int) -> None:
        """The batch is recorded: the books stand at `size` now."""
        self.size = size
        self._decided = 0
        self._before_batch.clear()
        self._absent.clear()
        while len(self._aggregates) > self._capacity:
            self._aggregates.popitem(last=False)

    def follow(self, rows: Iterable[Row], size: int) -> None:
        """Apply what others appended, up to `size`, to the aggregates at hand; between batches only."""
        for row in rows:
            aggregate = self._aggregates.get(row.originator_id)
            if aggregate is None:
                continue
            try:
                self._event(row).mutate(aggregate)
            except (Unreadable, OriginatorVersionError):
                # Whoever asks for it next loads it again, and hears what is wrong.
                del self._aggregates[row.originator_id]
        self.settle(size)

    # How.

    def _at_hand(self, id_: UUID) -> Ledgered | None:
        found = self._aggregates.get(id_)
        if found is not None:
            self._aggregates.move_to_end(id_)
            return found
        if id_ in self._absent:
            return None
        found = self._replay(id_)
        if found is None:
            self._absent.add(id_)
        else:
            self._adopt(found)
        return found

    def _replay(self, id_: UUID) -> Ledgered | None:
        aggregate: Ledgered | None = None
        for row in self._load(id_, self.size):
            try:
                aggregate = self._event(row).mutate(aggregate)
            except OriginatorVersionError as error:
                raise LogDamaged(stream=id_, version=row.originator_version) from error
        return aggregate

    def _event(self, row: Row) -> Any:
        return self._codec.decode(row.originator_id, row.originator_version, row.topic, row.state)

    def _adopt(self, aggregate: Ledgered) -> None:
        vars(aggregate)["_pending_events"] = self._noted  # the list the library appends facts to
        self._aggregates[aggregate.id] = aggregate
        self._absent.discard(aggregate.id)

    def _restore(self, copies: Copies) -> None:
        for id_, (aggregate, before) in copies.items():
            if before is None:
                self._aggregates.pop(id_, None)
            else:
                attributes = vars(aggregate)
                attributes.clear()
                attributes.update(before)
        copies.clear()
