"""One connection's truth: the writer's connection, where the log stands, and the books on it.

They live and die together. A batch is decided ahead, on what is in memory, and appended if the log
still stands there; or under the head lock, when others may have written or an outcome is unknown.
While one is on its way, the next can be decided on what it will leave. Nobody is answered before
everything in the answer is certain.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg

from eventstore.appender import Appender, Known, Standing
from eventstore.batches import Batch, Kept, decide
from eventstore.codec import Codec
from eventstore.connections import LOST
from eventstore.errors import LogDamaged
from eventstore.loading import Loader
from eventstore.pace import Pace
from eventstore.snapshots import Snapshots
from eventstore.tickets import Ticket
from eventstore.workbook import Workbook

# More than this behind, it is cheaper to load again what is asked for.
MAX_BEHIND = 10_000


@dataclass(slots=True)
class _Sent:
    """A batch on its way, decided for these tickets on one standing of the log, and when it was sent."""

    batch: Batch
    tickets: Sequence[Ticket[Any]]
    on: Standing
    then: Standing
    at: float

    def doubt(self) -> None:
        """Remember that nobody knows whether it comes through."""
        for ticket, _ in self.batch.decided:
            ticket.in_doubt_on = self.on.size


class Session:
    """Decides batches and records them. One thread's."""

    def __init__(
        self,
        appender: Appender,
        codec: Codec,
        snapshots: Snapshots,
        *,
        clock: Callable[[], datetime],
        recorded: Callable[[], None],
        max_aggregates: int,
    ) -> None:
        """Begin where the log stands; `recorded` is called after each commit."""
        self._appender = appender
        self._codec = codec
        self._loader = Loader(appender, codec, snapshots)
        self._clock = clock
        self._recorded = recorded
        self._max_aggregates = max_aggregates
        self._standing = appender.standing
        self._books = self._new_books(self._standing)
        self._sent: _Sent | None = None
        self._untold: tuple[Batch, int] | None = None
        self.pace = Pace()

    def close(self) -> None:
        """Close the connection; what was decided and not recorded is gone, but may yet come through."""
        if self._sent is not None:
            self._sent.doubt()
        self._appender.close()

    @property
    def socket(self) -> int:
        """The descriptor of the connection, on which the database answers."""
        return self._appender.socket

    @property
    def on_their_way(self) -> int:
        """How many commands were sent and are not answered."""
        return 0 if self._sent is None else len(self._sent.batch.kept)

    def undo(self) -> None:
        """Forget what was decided and not concluded; what was sent and came through is in the log."""
        sent, self._sent = self._sent, None
        if not self._appender.forget() and sent is not None:
            sent.doubt()
        self._books.undo_all()

    def decide_ahead(
        self, tickets: Sequence[Ticket[Any]], *, awake: bool
    ) -> tuple[Sequence[Ticket[Any]], bool]:
        """Decide on what is in memory, and append if the log still stands there.

        `awake`: without falling asleep over a fast commit. Returns the tickets without an answer yet,
        and whether they need the head lock: the log has grown, or a command was carried out before.
        """
        batch = self.decide(tickets)
        self.send(batch, tickets)
        batch.foresee()
        if awake:
            self._appender.stay_awake(self.pace.awake_s)
        concluded = self.conclude()
        self.tell()
        return concluded

    def decide(self, tickets: Sequence[Ticket[Any]], *, at_hand: bool = False) -> Batch:
        """Decide on what is in memory and what is on its way, if anything is.

        `at_hand`: without waiting for the database; what would have to is left, with all that follows.
        """
        self._books.may_wait = not at_hand
        if self._sent is None:
            return self._decide(tickets, known={}, after=self._standing)
        return self._decide(tickets, known=self._sent.batch.kept, after=self._sent.then)

    def send(self, batch: Batch, tickets: Sequence[Ticket[Any]]) -> None:
        """Send what was decided for these on its way. Whatever was sent before is concluded."""
        sent = self._sent = _Sent(batch, tickets, self._standing, self._standing, time.perf_counter())
        self._books.send()
        if batch.kept:
            try:
                sent.then = self._appender.send(sent.on, batch.recorded_at, batch.events(), batch.commands())
            except LOST:
                sent.doubt()
                raise

    @property
    def prepared(self) -> bool:
        """Whether it can send without waiting."""
        return self._appender.prepared

    @property
    def all_sent(self) -> bool:
        """Whether the network has taken all that was sent."""
        return self._appender.all_sent

    def push(self) -> None:
        """Wait until the network has taken what was sent."""
        self._appender.push()

    @property
    def answered(self) -> bool:
        """Whether what is on its way can be concluded without waiting."""
        return self._appender.answered()

    def conclude(self) -> tuple[Sequence[Ticket[Any]], bool]:
        """Wait for what is on its way, and have it answered by `tell` if the log still stood there.

        Returns the other tickets, which get no answer yet, and whether they need the head lock: as
        `decide_ahead`. Nothing stands then that was decided on what was not recorded.
        """
        self.tell()
        sent = self._sent
        if sent is None:
            return (), False
        if not self._came_through(sent):
            self.undo()
            return sent.tickets, True
        again = self._carried_out_before(sent.batch)
        self._sent = None
        self._conclude(sent.batch, sent.then)
        return [*again, *sent.batch.left], bool(again)

    def tell(self) -> None:
        """Answer whom `conclude` found recorded; whoever could not be told is told by the next."""
        if self._untold is not None:
            batch, size = self._untold
            batch.answer(size)
            self._untold = None

    def decide_locked(self, tickets: Sequence[Ticket[Any]]) -> tuple[Sequence[Ticket[Any]], bool]:
        """Decide on the log as it stands, while nobody else can append.

        Returns the tickets without an answer yet, and whether others had appended meanwhile.
        """
        with self._appender.locked() as standing:
            others_write = standing.size != self._standing.size
            self._catch_up(standing)
            self._books.may_wait = True
            batch = self._decide(tickets, known=self._known(tickets), after=standing)
            then = self._append(batch)
        self._books.send()
        self._conclude(batch, then)
        self.tell()
        return batch.left, others_write

    def _decide(
        self, tickets: Sequence[Ticket[Any]], *, known: Mapping[int, Known | Kept], after: Standing
    ) -> Batch:
        began = time.perf_counter()
        recorded_at = max(self._clock(), after.recorded_at)
        batch = decide(self._books, self._codec, tickets, recorded_at=recorded_at, known=known)
        self.pace.decided(len(batch.kept), time.perf_counter() - began)
        return batch

    def _came_through(self, sent: _Sent) -> bool:
        """Tell whether a batch is in the log, and nothing else where it was decided."""
        if not sent.batch.kept:
            return not sent.batch.failed or self._appender.size() == sent.then.size
        try:
            recorded = self._appender.arrived(sent.then)
        except psycopg.IntegrityError:
            return False
        except LOST:
            sent.doubt()
            raise
        self.pace.committed(len(sent.batch.kept), time.perf_counter() - sent.at)
        return recorded

    def _carried_out_before(self, batch: Batch) -> list[Ticket[Any]]:
        """Take from those that failed whoever asked before: they must not hear a refusal.

        Without a look, the retry of a paid invoice would hear that nothing is open.
        """
        known = self._known([ticket for ticket, _ in batch.failed]) if batch.failed else {}
        again = [ticket for ticket, _ in batch.failed if any(one.id.int in known for one in ticket.commands)]
        batch.failed = [(ticket, error) for ticket, error in batch.failed if ticket not in again]
        return again

    def _known(self, tickets: Iterable[Ticket[Any]]) -> Mapping[int, Known]:
        found = self._appender.known(command.id for ticket in tickets for command in ticket.commands)
        return {id_.int: known for id_, known in found.items()}

    def _append(self, batch: Batch) -> Standing:
        """Append what was decided under the lock, where the log cannot have grown."""
        if not batch.kept:
            return self._standing
        then = self._appender.append(self._standing, batch.recorded_at, batch.events(), batch.commands())
        if then is None:
            raise LogDamaged(head=self._standing.size)
        return then

    def _conclude(self, batch: Batch, then: Standing) -> None:
        self._standing = then
        self._books.settle(then.size)
        if batch.kept:
            self._recorded()
        self._untold = (batch, then.size)

    def _catch_up(self, standing: Standing) -> None:
        """Apply what others appended since; the lock keeps it from growing under us."""
        before = self._standing.size
        if 0 <= standing.size - before <= MAX_BEHIND:
            self._books.follow(self._appender.between(before, standing.size), standing.size)
        else:
            self._books = self._new_books(standing)
        self._standing = standing

    def _new_books(self, standing: Standing) -> Workbook:
        return Workbook(
            self._codec,
            self._loader.load,
            capacity=self._max_aggregates,
            size=standing.size,
        )
