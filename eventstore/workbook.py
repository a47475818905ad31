"""The books on which commands are decided: aggregates in memory, and the way back from a refusal.

An aggregate that a command touches is copied first (its state values are immutable, so a shallow
copy of its attributes is enough); a refusal restores the copy. The same is kept once more for the
whole batch, because another process may have been faster and all of it has to be decided again.

Ids are looked up by their numbers: a UUID hashes and compares in Python, a dozen times a command.

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
from eventstore.errors import CommandTooLarge, Unreadable

A = TypeVar("A", bound=Ledgered)

MAX_FACTS = 20_000
"""Of one command or bulk: who notes more is over 4 MB in any case, and is stopped before it is in memory."""
MAX_TOUCHED = 20_000
"""Aggregates that one command or bulk may ask for: none of them can be let go before it is decided."""

Copies = dict[int, tuple[Ledgered, dict[str, Any] | None]]
"""Touched aggregates, by the number of their id, with their attributes before; None for one that was not there."""


class NotAtHand(BaseException):
    """What a command asks for is not in memory, and whoever decides may not wait for the database.

    Nothing went wrong, and no use case may take it for an error of its own.
    """


class _Noted(list[Any]):
    """The facts of one command; the library appends to it."""

    def append(self, event: Any, /) -> None:
        if len(self) >= MAX_FACTS:
            raise CommandTooLarge(limit_facts=MAX_FACTS)
        super().append(event)


class Workbook:
    """Aggregates up to date with `size` facts of the log, and what was decided since. One thread's."""

    def __init__(
        self, codec: Codec, load: Callable[[UUID, int], Ledgered | None], *, capacity: int, size: int
    ) -> None:
        """Ask `load(id, up_to)` for what is not at hand; keep about `capacity` aggregates, and those of the batch.

        Unless it `may_wait` for that, what is not at hand raises NotAtHand.
        """
        self.size = size
        self._codec = codec
        self._load = load
        self._capacity = capacity
        self._aggregates: OrderedDict[int, Ledgered] = OrderedDict()
        self._absent: set[int] = set()
        self._sent = 0
        self._decided = 0
        self._noted = _Noted()
        self._before_command: Copies = {}
        self._before_batch: Copies = {}
        self._before_sent: Copies = {}
        self.may_wait = True

    # What a use case sees: domain.ledger.books.Books.

    @property
    def position(self) -> int:
        """The place of the last fact decided so far."""
        return self.size + self._sent + self._decided + len(self._noted)

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
        if id.int not in self._before_command:
            self._touch(id.int, found, vars(found).copy())
        return found

    def record(self, aggregate: Ledgered) -> None:
        """Add a new aggregate; raises AlreadyExists if its stream exists."""
        if self._at_hand(aggregate.id) is not None:
            raise AlreadyExists(kind=get_topic(type(aggregate)), id=aggregate.id)
        self._touch(aggregate.id.int, aggregate, None)
        for event in aggregate.pending_events:
            self._noted.append(event)
        self._adopt(aggregate)

    # What the sequencer does with it.

    def mark(self) -> int:
        """Return how many facts were noted since the last `keep` or `undo`."""
        return len(self._noted)

    def noted(self, mark: int = 0) -> tuple[Any, ...]:
        """Return the facts noted since then, or since a mark, in their order."""
        return tuple(self._noted[mark:])

    def keep(self) -> None:
        """Go on to the next command: what this one decided stands, if the batch is recorded."""
        self._decided += len(self._noted)
        for number, (aggregate, before) in self._before_command.items():
            if before is None or before["_version"] != aggregate.version:
                self._before_batch.setdefault(number, (aggregate, before))
        self._before_command.clear()
        self._noted.clear()
        self._let_go()

    def undo(self) -> None:
        """Go on to the next command: this one never happened."""
        self._restore(self._before_command)
        self._noted.clear()
        self._let_go()

    def undo_all(self) -> None:
        """Forget everything decided that is not recorded."""
        self.undo()
        self._restore(self._before_batch)
        self._restore(self._before_sent)
        self._sent = self._decided = 0

    def send(self) -> None:
        """What was decided goes on its way as a batch: what is decided from now on is the next one's."""
        self._sent, self._decided = self._decided, 0
        self._before_sent, self._before_batch = self._before_batch, {}

    def settle(self, size: int) -> None:
        """What was on its way is recorded: without what was decided since, the books stand at `size`."""
        self.size = size
        self._sent = 0
        self._before_sent.clear()
        self._let_go()

    def follow(self, rows: Iterable[Row], size: int) -> None:
        """Apply what others appended, up to `size`, to the aggregates at hand; between batches only."""
        for row in rows:
            number = row.originator_id.int
            self._absent.discard(number)
            aggregate = self._aggregates.get(number)
            if aggregate is None:
                continue
            try:
                self._event(row).mutate(aggregate)
            except (Unreadable, OriginatorVersionError):
                # Whoever asks for it next loads it again, and hears what is wrong.
                del self._aggregates[number]
        self.settle(size)

    # How.

    def _at_hand(self, id_: UUID) -> Ledgered | None:
        number = id_.int
        found = self._aggregates.get(number)
        if found is not None:
            self._aggregates.move_to_end(number)
            return found
        if number in self._absent:
            return None
        if not self.may_wait:
            raise NotAtHand
        found = self._load(id_, self.size)
        if found is None:
            if len(self._absent) >= MAX_TOUCHED:
                self._absent.clear()
            self._absent.add(number)
        else:
            self._adopt(found)
        return found

    def _touch(self, number: int, aggregate: Ledgered, before: dict[str, Any] | None) -> None:
        if len(self._before_command) >= MAX_TOUCHED:
            raise CommandTooLarge(limit_records=MAX_TOUCHED)
        self._before_command[number] = (aggregate, before)

    def _let_go(self) -> None:
        """Forget the aggregates longest unused that are over the capacity, none that the batch changed."""
        kept = len(self._before_batch) + len(self._before_sent)
        over = len(self._aggregates) - max(self._capacity, kept)
        while over > 0:
            number, aggregate = self._aggregates.popitem(last=False)
            if number in self._before_batch or number in self._before_sent:
                self._aggregates[number] = aggregate
            else:
                over -= 1

    def _event(self, row: Row) -> Any:
        return self._codec.decode(row.originator_id, row.originator_version, row.topic, row.state)

    def _adopt(self, aggregate: Ledgered) -> None:
        vars(aggregate)["_pending_events"] = self._noted  # the list the library appends facts to
        self._aggregates[aggregate.id.int] = aggregate
        self._absent.discard(aggregate.id.int)

    def _restore(self, copies: Copies) -> None:
        for number, (aggregate, before) in copies.items():
            if before is None:
                self._aggregates.pop(number, None)
            else:
                attributes = vars(aggregate)
                attributes.clear()
                attributes.update(before)
        copies.clear()
