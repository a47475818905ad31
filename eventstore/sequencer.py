"""The single deciding writer of a tenant: commands one after another, recorded in batches.

One at a time has the turn to decide: the sequencer's own thread, or a caller who waits in any case
and finds nobody at it, which saves two changes of threads. What has queued up is decided in memory
and appended in one statement, if the log still stands where the decisions were made. In a crowd, half
is decided while the other half is on its way to the disk. If another process was faster, everything is
undone, the head is locked, what the other appended is applied, and all is decided again. A refusal is answered only when it
holds for the newest state, and never to a command that was carried out before. When a connection
breaks, the outcome is looked up under the head lock: only then is an older transaction surely over.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeVar

import psycopg
from psycopg import errors

from eventstore.commands import Command, Outcome
from eventstore.connections import LOST
from eventstore.errors import CommandTooLarge, DatabaseFull, LogDamaged, Unavailable
from eventstore.session import Session
from eventstore.tickets import Awaited, Outcomes, Promise, Ticket, Waited, every, one, wake
from eventstore.waiting import WaitingRoom

MAX_BATCH = 256
MAX_BULK = 10_000
MAX_WAITING = 10_000
PATIENCE_S = 30.0
# After a crowded batch, long enough for those just answered to ask again.
GATHER_S = 0.0003
PAUSE_S = 0.05

K = TypeVar("K", bound=Ticket[Any])
T = TypeVar("T")
_MAIN = threading.main_thread().ident


class Sequencer:
    """Decides and records the commands of one tenant, in one thread."""

    def __init__(
        self,
        open_session: Callable[[], Session],
        *,
        max_waiting: int = MAX_WAITING,
        patience_s: float = PATIENCE_S,
    ) -> None:
        """Start. At most `max_waiting` commands wait; a lost database is tried for `patience_s` seconds."""
        self._open_session = open_session
        self._patience_s = patience_s
        self._waiting = WaitingRoom(max_waiting)
        self._turn = threading.Lock()
        self._crowded = False
        self._session: Session | None = None
        # Decide under the head lock: after a lost race or connection, until it proves needless.
        self._cautious = False
        self._thread = threading.Thread(target=self._run, name="sequencer", daemon=True)
        self._thread.start()

    def execute(self, command: Command) -> Outcome:
        """Decide and record a command; returns when it is durable, raises the refusal.

        The outcome of a repeat comes without facts: they are in the log. Raises Busy or Closed if
        the command was not taken, Unavailable if its outcome is not known.
        """
        return self._answer(Waited((command,), one))

    def submit(self, command: Command) -> Future[Outcome]:
        """Take a command; its future has what `execute` would return or raise, and cannot be cancelled.

        Commands submitted by one thread are decided in that order. Raises Busy or Closed.
        """
        return self._enter(Promise((command,), one)).future

    def ask(self, command: Command) -> asyncio.Future[Outcome]:
        """Take a command of a coroutine, as `submit` does; to be called in its event loop.

        All whom one batch answers in a loop are woken together. Whoever is cancelled hears nothing
        more, but what was taken is carried out.
        """
        return self._enter(Awaited((command,), one)).future

    def execute_bulk(self, commands: Sequence[Command]) -> Outcomes:
        """Decide and record these commands in their order, all or none; returns the outcome of each.

        Each is decided on what those before it left. Those that were carried out before are repeats.
        Raises the first refusal, which names the place of its command as `item`, from 0; and what
        `execute` raises. Raises CommandTooLarge above 10,000 commands or 4 MB of facts.
        """
        return self._answer(Waited(_few(commands), every))

    def submit_bulk(self, commands: Sequence[Command]) -> Future[Outcomes]:
        """Take a bulk as `submit` takes a command."""
        return self._enter(Promise(_few(commands), every)).future

    def ask_bulk(self, commands: Sequence[Command]) -> asyncio.Future[Outcomes]:
        """Take a bulk as `ask` takes a command."""
        return self._enter(Awaited(_few(commands), every)).future

    def close(self) -> None:
        """Take nothing more, answer what waits, and stop."""
        self._waiting.close()
        self._thread.join()

    def _enter(self, ticket: K) -> K:
        self._waiting.enter(ticket)
        return ticket

    def _answer(self, ticket: Waited[T]) -> T:
        """Decide it here and now if nobody is deciding, else wait for whoever is.

        The main thread only waits: an interrupt from the keyboard must not tear a batch of others.
        """
        if threading.get_ident() == _MAIN:
            return self._enter(ticket).answer()
        self._waiting.enter(ticket, quietly=True)
        if self._turn.acquire(blocking=False):
            try:
                self._serve()
            finally:
                self._turn.release()
                self._waiting.call()
        return ticket.answer()

    def _run(self) -> None:
        while self._waiting.sleep():
            with self._turn:
                self._go_on()
        with self._turn:
            self._disconnect()
            self._waiting.leave()

    def _go_on(self) -> None:
        """Settle what waits, until nobody does: half of a crowd is decided while the other is recorded."""
        sent: Sequence[Ticket[Any]] = ()
        while sent or self._waiting.waiting():
            session = self._session
            if session is None or self._cautious:
                self._serve()
                continue
            crowd = session.on_their_way + self._waiting.waiting()
            half = session.pace.half_of(crowd)
            if half is None and not sent:
                self._serve()
                continue
            sent = self._overlap(session, sent, self._waiting.take(half or 0))
            if sent:
                with suppress(*LOST):  # a connection that is gone is heard of when the batch is concluded
                    self._waiting.listen(session.on_their_way, session.socket)

    def _overlap(
        self, session: Session, sent: Sequence[Ticket[Any]], tickets: Sequence[Ticket[Any]]
    ) -> Sequence[Ticket[Any]]:
        """Decide these, then conclude what was sent before; return what is on its way then, which is these.

        Whatever is in the way of that is left to settling them one batch after another.
        """
        unanswered, self._cautious = [*sent, *tickets], True
        try:
            batch = session.decide(tickets) if tickets else None
            left, needs_lock = session.conclude()
            unanswered, self._cautious = [*left, *tickets], needs_lock
            if not left:
                if batch is not None:
                    session.send(batch, tickets)
                return tickets
            session.undo()
        except LOST:
            self._disconnect()
        except Exception:  # noqa: BLE001 - whose it is will be found when each is settled
            session.undo()
        self._settle(unanswered)
        return ()

    def _serve(self) -> None:
        """Settle what waits, and remember none of it."""
        if self._crowded:
            time.sleep(GATHER_S)
        tickets = self._waiting.take(MAX_BATCH)
        self._crowded = len(tickets) > 1
        if tickets:
            self._settle(tickets)

    def _settle(self, tickets: Sequence[Ticket[Any]]) -> None:
        """Answer all of these, as long as the database comes back within our patience."""
        give_up = time.monotonic() + self._patience_s
        while tickets:
            try:
                tickets = self._attempt(tickets)
            except LOST as error:
                self._disconnect()
                # Trying again makes no room, and whoever waits cannot know that somebody must.
                full = isinstance(error, errors.DiskFull)
                if full or self._waiting.closed or time.monotonic() > give_up:
                    for ticket in tickets:
                        _refuse([ticket], DatabaseFull() if full else Unavailable())
                    return
                time.sleep(PAUSE_S)
            except psycopg.Error as error:
                self._isolate(tickets, error)
                return
            except BaseException as error:  # noqa: BLE001 - a defect of ours must leave nobody waiting
                self._disconnect()
                _refuse(tickets, error)
                return

    def _attempt(self, tickets: Sequence[Ticket[Any]]) -> Sequence[Ticket[Any]]:
        """Decide and record; return those that have no answer yet."""
        if self._session is None:
            self._session = self._open_session()
        decide = self._session.decide_locked if self._cautious else self._session.decide_ahead
        unanswered, self._cautious = decide(tickets)
        return unanswered

    def _isolate(self, tickets: Sequence[Ticket[Any]], error: psycopg.Error) -> None:
        """One of these is what the database refuses to store: settle each by itself."""
        if self._session is not None:
            self._session.undo()
        if len(tickets) > 1:
            for ticket in tickets:
                self._settle([ticket])
        elif isinstance(error, psycopg.IntegrityError):
            # Under the lock, with repeats known, only a row that no one should have written is in the way.
            _refuse(tickets, LogDamaged(reason=error.diag.constraint_name))
        else:
            _refuse(tickets, error)

    def _disconnect(self) -> None:
        if self._session is not None:
            self._session.close()
        self._session = None
        self._cautious = True


def _few(commands: Sequence[Command]) -> Sequence[Command]:
    if len(commands) > MAX_BULK:
        raise CommandTooLarge(limit_commands=MAX_BULK)
    return tuple(commands)


def _refuse(tickets: Sequence[Ticket[Any]], error: BaseException) -> None:
    for ticket in tickets:
        ticket.refuse(error)
    wake(tickets)
