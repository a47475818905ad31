"""The single deciding writer of a tenant: commands one after another, recorded in batches.

One at a time has the turn to decide: the sequencer's own thread; or a caller who waits in any case and
finds nobody at it, which saves two changes of threads; or an event loop whose coroutines ask, which
saves them for a whole crowd (inloop.py). What has queued up is decided in memory and appended in one
statement, if the log still stands where the decisions were made. In a crowd, half is decided while the
other half is on its way to the disk.

If another process was faster, everything is undone, the head is locked, what the other appended is
applied, and all is decided again. A refusal is answered only when it holds for the newest state, and
never to a command that was carried out before. When a connection breaks, the outcome is looked up under
the head lock: only then is an older transaction surely over.
"""

from __future__ import annotations

import asyncio
import signal
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeVar

from eventstore.commands import Command, Outcome
from eventstore.connections import LOST
from eventstore.course import Course
from eventstore.errors import CommandTooLarge
from eventstore.inloop import LoopDriver, Turn
from eventstore.pace import SMALLEST_CROWD
from eventstore.session import Session
from eventstore.tickets import Awaited, Outcomes, Promise, Ticket, Waited, every, one
from eventstore.waiting import WaitingRoom

MAX_BATCH = 256
MAX_BULK = 10_000
MAX_WAITING = 10_000
PATIENCE_S = 30.0
# After a crowded batch, long enough for those just answered to ask again.
GATHER_S = 0.0003
# How long the thread lets an event loop go on before it looks whether it does, and how often in any case.
NAP_S, WATCH_S = 0.02, 0.25
# So many times the thread moves before it lets a loop have the turn again.
MOVES_BEFORE_RETURN = 20

K = TypeVar("K", bound=Ticket[Any])
T = TypeVar("T")
_MAIN = threading.main_thread().ident


class Sequencer:
    """Decides and records the commands of one tenant, one after another."""

    def __init__(
        self,
        open_session: Callable[[], Session],
        *,
        max_waiting: int = MAX_WAITING,
        patience_s: float = PATIENCE_S,
    ) -> None:
        """Start. At most `max_waiting` commands wait; a lost database is tried for `patience_s` seconds."""
        self._waiting = WaitingRoom(max_waiting)
        self._course = Course(open_session, patience_s=patience_s, closed=lambda: self._waiting.closed)
        self._turn = Turn()
        self._crowded = False
        self._drivers: dict[asyncio.AbstractEventLoop, LoopDriver] = {}
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
        ticket = Awaited((command,), one)
        driver = self._drivers.get(ticket.loop) or self._new_driver(ticket.loop)
        self._waiting.enter(ticket, quietly=driver is not None)
        if driver is not None:
            driver.decide_soon()
        return ticket.future

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
        """Take nothing more, answer what waits, and stop. Not to be called by a handler of signals."""
        self._waiting.close()
        self._thread.join()

    def _enter(self, ticket: K) -> K:
        self._waiting.enter(ticket)
        return ticket

    def _answer(self, ticket: Waited[T]) -> T:
        """Decide it here and now if nobody is deciding and no crowd waits, else wait for whoever does.

        The main thread only waits: an interrupt from the keyboard must not tear a batch of others.
        """
        if threading.get_ident() == _MAIN:
            return self._enter(ticket).answer()
        self._waiting.enter(ticket, quietly=True)
        if self._turn.lock.acquire(blocking=False):
            crowd = False
            try:
                if self._course.at_rest:
                    crowd = self._is_crowd(ticket)
                    if not crowd:
                        self._serve()
            finally:
                self._turn.lock.release()
                if crowd:
                    self._waiting.rouse()
                else:
                    self._waiting.call()
        return ticket.answer()

    def _is_crowd(self, own: Ticket[Any]) -> bool:
        """Tell whether so many wait that they go by halves, once those just answered have asked again."""
        if not own.is_bulk and self._waiting.callers() < SMALLEST_CROWD:
            self._gather()
        return self._waiting.callers() >= SMALLEST_CROWD and self._half() is not None

    def _new_driver(self, loop: asyncio.AbstractEventLoop) -> LoopDriver | None:
        """Return a driver for this loop, and forget those whose loops are closed.

        None in the main thread where an interrupt is raised wherever it stands: runners of loops see to
        it that it is not.
        """
        if threading.get_ident() == _MAIN and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            return None
        drivers = {known: driver for known, driver in self._drivers.items() if not known.is_closed()}
        drivers[loop] = LoopDriver(loop, course=self._course, waiting=self._waiting, turn=self._turn)
        self._drivers = drivers
        return drivers[loop]

    def _run(self) -> None:
        while self._waiting.sleep(WATCH_S):
            if self._turn.is_in_good_hands():
                self._waiting.nap(NAP_S)
                continue
            if self._move_on():
                self._waiting.nap(NAP_S)
        self._move_on()
        with self._turn.lock:
            self._course.disconnect()
            self._waiting.leave()

    def _move_on(self) -> bool:
        with self._turn.lock:
            try:
                return self._go_on()
            except Exception as error:  # noqa: BLE001 - a defect of ours must leave nobody waiting
                self._course.give_up(error)
                return False

    def _go_on(self) -> bool:
        """Settle what waits, until nobody does: half of a crowd is decided while the other is recorded.

        Returns whether a loop was offered to go on instead.
        """
        self._turn.driver = None
        course, moves = self._course, 0
        while True:
            course.settle_left()
            returning = self._driver_in_front() if moves >= MOVES_BEFORE_RETURN else None
            if course.at_rest:
                if returning is not None and returning.offer():
                    return True
                if not self._waiting.waiting():
                    return False
                returning = None
            self._move(alone=returning is None)
            moves += 1

    def _move(self, *, alone: bool) -> None:
        """Decide the next, unless a loop is to, and send it when what is on its way is concluded."""
        course, session = self._course, self._course.session
        half = self._half()
        if half is None and not course.moving:
            self._gather()
            half = self._half()
        if session is None or (half is None and not course.moving):
            self._serve()
            return
        if alone and not course.has_ready and (tickets := self._waiting.take(half or 0)):
            course.prepare(session, tickets)
            self._crowded = False
        if not course.moving:
            return
        course.advance(session)
        if course.moving:
            with suppress(*LOST):  # a connection that is gone is heard of when the batch is concluded
                session.push()
                self._waiting.listen(session.on_their_way, session.socket)

    def _half(self) -> int | None:
        """Return how many to decide while others are on their way; None if all are to go together."""
        session = self._course.session
        if session is None or self._course.cautious:
            return None
        return session.pace.half_of(session.on_their_way + self._waiting.waiting())

    def _driver_in_front(self) -> LoopDriver | None:
        """Return the driver of who is next, if that is a coroutine and we are open."""
        front = self._waiting.front()
        if not isinstance(front, Awaited) or front.is_bulk or self._waiting.closed:
            return None
        return self._drivers.get(front.loop)

    def _gather(self) -> None:
        """After a crowded batch, give those just answered the time to ask again."""
        if self._crowded:
            time.sleep(GATHER_S)

    def _serve(self) -> None:
        """Settle what waits, and remember none of it."""
        tickets = self._waiting.take(MAX_BATCH)
        if tickets:
            alone = not self._crowded and len(tickets) == 1 and not tickets[0].is_bulk
            self._course.settle(tickets, awake=alone)
        self._crowded = len(tickets) > 1 or self._waiting.waiting() > 0


def _few(commands: Sequence[Command]) -> Sequence[Command]:
    if len(commands) > MAX_BULK:
        raise CommandTooLarge(limit_commands=MAX_BULK)
    return tuple(commands)
