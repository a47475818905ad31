"""One connection's truth: the writer's connection, where the log stands, and the books on it.

They live and die together. A batch is decided ahead, on what is in memory, and appended if the log
still stands there; or under the head lock, when others may have written or an outcome is unknown.
Both answer nobody before everything they answer is certain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg

from eventstore.appender import Appender, Known, Standing
from eventstore.batches import Batch, decide
from eventstore.codec import Codec
from eventstore.connections import LOST
from eventstore.errors import LogDamaged
from eventstore.loading import Loader
from eventstore.snapshots import Snapshots
from eventstore.tickets import Ticket
from eventstore.workbook import Workbook

# More than this behind, it is cheaper to load again what is asked for.
MAX_BEHIND = 10_000


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

    def close(self) -> None:
        """Close the connection; what was decided and not recorded is gone."""
        self._appender.close()

    def undo(self) -> None:
        """Forget what was decided and not recorded."""
        self._books.undo_all()

    def decide_ahead(self, tickets: Sequence[Ticket[Any]]) -> tuple[Sequence[Ticket[Any]], bool]:
        """Decide on what is in memory, and append if the log still stands there.

        Returns the tickets without an answer yet, and whether they need the head lock: the log has
        grown, or a command was carried out before.
        """
        batch = self._decide(tickets, known={})
        try:
            then = self._append(batch)
        except psycopg.IntegrityError:
            then = None
        except LOST:
            for ticket, _ in batch.decided:
                ticket.in_doubt_on = self._standing.size
            raise
        if then is None or (batch.failed and not batch.kept and self._appender.size() != then.size):
            self._books.undo_all()
            return tickets, True
        again = self._carried_out_before(batch)
        self._conclude(batch, then)
        return [*again, *batch.left], bool(again)

    def decide_locked(self, tickets: Sequence[Ticket[Any]]) -> tuple[Sequence[Ticket[Any]], bool]:
        """Decide on the log as it stands, while nobody else can append.

        Returns the tickets without an answer yet, and whether others had appended meanwhile.
        """
        with self._appender.locked() as standing:
            others_write = standing.size != self._standing.size
            self._catch_up(standing)
            known = self._known(tickets)
            batch = self._decide(tickets, known=known)
            then = self._append(batch)
            if then is None:
                raise LogDamaged(head=standing.size)
        self._conclude(batch, then)
        return batch.left, others_write

    def _decide(self, tickets: Sequence[Ticket[Any]], *, known: Mapping[UUID, Known]) -> Batch:
        recorded_at = max(self._clock(), self._standing.recorded_at)
        return decide(self._books, self._codec, tickets, recorded_at=recorded_at, known=known)

    def _carried_out_before(self, batch: Batch) -> list[Ticket[Any]]:
        """Take from those that failed whoever asked before: they must not hear a refusal.

        Without a look, the retry of a paid invoice would hear that nothing is open.
        """
        known = self._known([ticket for ticket, _ in batch.failed]) if batch.failed else {}
        again = [ticket for ticket, _ in batch.failed if any(one.id in known for one in ticket.commands)]
        batch.failed = [(ticket, error) for ticket, error in batch.failed if ticket not in again]
        return again

    def _known(self, tickets: Iterable[Ticket[Any]]) -> Mapping[UUID, Known]:
        return self._appender.known(command.id for ticket in tickets for command in ticket.commands)

    def _append(self, batch: Batch) -> Standing | None:
        if not batch.kept:
            return self._standing
        return self._appender.append(self._standing, batch.recorded_at, batch.events(), batch.commands())

    def _conclude(self, batch: Batch, then: Standing) -> None:
        self._standing = then
        self._books.settle(then.size)
        if batch.kept:
            self._recorded()
        batch.answer(then.size)

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
