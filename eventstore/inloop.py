"""Deciding in an event loop: a crowd of coroutines is answered without a change of threads.

Between two of its callbacks a loop decides what has queued up, sends it, and listens to the database
as to anything else; what is asked meanwhile is decided behind it. A change of threads costs as much as
deciding several commands, and with a thread of its own the sequencer needs several a batch.

A loop must go on, so here nobody waits for the database. Where that is needed (a stream that is not in
memory, a refusal that must hold, a bulk, a lost connection) the sequencer's thread has the turn. It
also takes it if the loop stands still.
"""

from __future__ import annotations

import asyncio
import os
import threading
import weakref
from collections.abc import Callable
from contextlib import suppress

from eventstore.connections import LOST
from eventstore.course import Course
from eventstore.session import Session
from eventstore.waiting import WaitingRoom

STALL_S = 0.005
"""No longer than this, as far as is known, a loop decides without going on."""


class Turn:
    """Who moves the course. Its lock is held during a move; a batch may be on its way in between.

    `driver` is the loop that will hear of that batch.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.driver: LoopDriver | None = None
        self._moves = self._seen = 0

    def moved(self) -> None:
        """Count that a loop has sent or concluded something."""
        self._moves += 1

    def is_in_good_hands(self) -> bool:
        """Whether a loop drives, and has moved since this was asked before. One thread's."""
        moved, self._seen = self._moves != self._seen, self._moves
        return moved and self.driver is not None


class LoopDriver:
    """Moves the course from one event loop, in whose thread it is used."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, *, course: Course, waiting: WaitingRoom, turn: Turn
    ) -> None:
        self._loop = loop
        self._course = course
        self._waiting = waiting
        self._turn = turn
        self._soon = False
        self._listening: int | None = None
        self._ear: _Ear | None = None

    def decide_soon(self) -> None:
        """Decide who waits when all have asked who can ask now."""
        if not self._soon:
            self._loop.call_soon(self._decide)
            self._soon = True

    def offer(self) -> bool:
        """Let the loop go on, from another thread; False if it is closed."""
        try:
            self._loop.call_soon_threadsafe(self.decide_soon)
        except RuntimeError:
            return False
        return True

    def _decide(self) -> None:
        self._soon = False
        self._move(self._decide_ahead)

    def _hear(self) -> None:
        self._move(self._conclude)

    def _move(self, step: Callable[[Session], None]) -> None:
        """Do one step if nobody else has the turn, and leave to others what is not ours to do."""
        turn, course = self._turn, self._course
        if not turn.lock.acquire(blocking=False):
            if turn.driver is not self:
                self._deafen()
            return
        try:
            if turn.driver in (None, self):
                self._drive(step)
            else:
                self._deafen()
        finally:
            left = turn.driver is None and (course.moving or course.must_wait)
            turn.lock.release()
            if left:
                self._waiting.rouse()
            elif turn.driver is None:
                self._waiting.call()

    def _drive(self, step: Callable[[Session], None]) -> None:
        course, goes_on = self._course, False
        try:
            session = course.session
            if session is not None and not course.must_wait:
                step(session)
                goes_on = course.moving and not course.must_wait and self._listens()
        finally:
            self._turn.driver = self if goes_on else None
            if not goes_on:
                self._deafen()

    def _decide_ahead(self, session: Session) -> None:
        """Decide who waits, behind what is on its way if anything is."""
        course, waiting = self._course, self._waiting.waiting()
        if course.has_ready or not waiting:
            return
        half = session.pace.half_of(session.on_their_way + waiting)
        if course.moving and half is None:
            return
        most = session.pace.most_within(STALL_S)
        course.prepare(session, self._waiting.take(min(half or most, most)), at_hand=True)
        if session.on_their_way or course.must_wait:
            return
        self._advance(session)
        if self._waiting.waiting():
            self.decide_soon()

    def _conclude(self, session: Session) -> None:
        """Answer whom the database has answered, and go on."""
        if not session.answered:
            return
        self._advance(session)
        if self._course.must_wait:
            return
        if not self._course.moving:
            self._decide_ahead(session)
        elif self._waiting.waiting():
            self.decide_soon()

    def _advance(self, session: Session) -> None:
        course = self._course
        course.advance(session)
        # What records nothing, as repeats do, was not sent: nobody would be heard.
        while course.moving and not course.must_wait and not session.on_their_way:
            course.advance(session)
        self._turn.moved()

    def _listens(self) -> bool:
        """Listen to the database; False if there is nothing to be heard, or not yet."""
        session = self._course.session
        if session is None or not session.all_sent:
            return False
        with suppress(*LOST, OSError, NotImplementedError):
            if self._ear is None or not self._ear.is_of(session):
                self._deafen()
                self._ear = _Ear(session)
            if self._listening is None:
                self._loop.add_reader(self._ear.descriptor, self._hear)
                self._listening = self._ear.descriptor
            return True
        return False

    def _deafen(self) -> None:
        if self._listening is not None:
            self._loop.remove_reader(self._listening)
            self._listening = None
        if self._ear is not None and not self._ear.is_of(self._course.session):
            self._ear.close()
            self._ear = None


class _Ear:
    """A descriptor of a session's connection that nobody else closes: its number stays ours."""

    def __init__(self, session: Session) -> None:
        self.descriptor = os.dup(session.socket)
        self._session = weakref.ref(session)
        self.close = weakref.finalize(self, os.close, self.descriptor)

    def is_of(self, session: Session | None) -> bool:
        """Tell whether it hears this session."""
        return session is not None and self._session() is session
