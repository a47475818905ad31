"""Where commands wait to be decided: in the order they came, as many as there is room for.

Whoever decides takes from here. A thread that waits for work sleeps until somebody enters, and naps
while another decides; a caller who decides herself enters quietly, and wakes nobody.
"""

from __future__ import annotations

import os
import select
import threading
from collections import deque
from typing import Any

from eventstore.errors import Busy, Closed
from eventstore.tickets import Ticket


class WaitingRoom:
    """Tickets, counted by their commands. There is room while fewer commands wait than the limit.

    So a bulk of any size gets in.
    """

    def __init__(self, room: int) -> None:
        """Open, with room for about so many commands."""
        self._room = room
        self._gate = threading.Lock()
        self._tickets: deque[Ticket[Any]] = deque()
        self._commands = 0
        self._closed = False
        self._asleep = False
        self._napping = False
        self._called = False
        self._bell = threading.Lock()
        self._bell.acquire()
        self._listening_for = 0
        self._ear, self._mouth = os.pipe()

    @property
    def closed(self) -> bool:
        """Whether nobody is let in any more."""
        return self._closed

    def waiting(self) -> int:
        """Return how many commands wait."""
        return self._commands

    def callers(self) -> int:
        """Return how many tickets wait, a bulk being one."""
        return len(self._tickets)

    def enter(self, ticket: Ticket[Any], *, quietly: bool = False) -> None:
        """Wait here; wakes whoever sleeps for work, unless quietly. Raises Busy or Closed."""
        with self._gate:
            if self._closed:
                raise Closed
            if self._commands >= self._room:
                raise Busy
            self._commands += len(ticket.commands) or 1
            self._tickets.append(ticket)
            if 0 < self._listening_for <= self._commands:
                self._tell()
            elif not quietly:
                self._ring()

    def take(self, most: int) -> list[Ticket[Any]]:
        """Return those at the front, until they have `most` commands or nobody waits."""
        with self._gate:
            if self._commands <= most:
                taken = list(self._tickets)
                self._tickets.clear()
                self._commands = 0
                return taken
            taken = []
            commands = 0
            while self._tickets and commands < most:
                ticket = self._tickets.popleft()
                commands += len(ticket.commands) or 1
                taken.append(ticket)
            self._commands -= commands
            return taken

    def front(self) -> Ticket[Any] | None:
        """Return who is next, or None."""
        with self._gate:
            return self._tickets[0] if self._tickets else None

    def sleep(self, at_most_s: float) -> bool:
        """Return when somebody waits or calls, or after that long; False if nobody waits and nobody will.

        One thread's.
        """
        with self._gate:
            called, self._called = self._called, False
            if self._tickets or self._closed or called:
                return bool(self._tickets) or (called and not self._closed)
            self._asleep = True
        self._lie(at_most_s)
        return True

    def nap(self, at_most_s: float) -> None:
        """Return after that long, or when somebody calls; whoever only waits does not wake. One thread's."""
        with self._gate:
            called, self._called = self._called, False
            if called or self._closed:
                return
            self._napping = True
        self._lie(at_most_s)

    def listen(self, most: int, descriptor: int) -> None:
        """Return when so many commands wait, or there is something to read on the descriptor. One thread's."""
        with self._gate:
            if self._commands >= most or self._closed:
                return
            self._listening_for = most
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        poll.register(self._ear, select.POLLIN)
        poll.poll()
        with self._gate:
            if not self._listening_for:
                os.read(self._ear, 1)
            self._listening_for = 0

    def call(self) -> None:
        """Wake whoever sleeps, if somebody waits."""
        if self._tickets:
            with self._gate:
                self._ring()

    def rouse(self) -> None:
        """Wake whoever sleeps or naps, or keep them from it."""
        with self._gate:
            self._rouse()

    def close(self) -> None:
        """Let nobody in any more."""
        with self._gate:
            self._closed = True
            self._rouse()
            if self._listening_for:
                self._tell()

    def leave(self) -> None:
        """Give back what listening takes; nobody sleeps or listens here any more."""
        with self._gate:
            os.close(self._ear)
            os.close(self._mouth)

    def _tell(self) -> None:
        self._listening_for = 0
        os.write(self._mouth, b"!")

    def _ring(self) -> None:
        if self._asleep:
            self._asleep = False
            self._bell.release()

    def _rouse(self) -> None:
        # Whoever only napped must not fall asleep afterwards either.
        self._called = not self._asleep
        if self._asleep or self._napping:
            self._asleep = self._napping = False
            self._bell.release()

    def _lie(self, at_most_s: float) -> None:
        """Wait for the bell, no longer than that."""
        if self._bell.acquire(timeout=at_most_s):
            return
        with self._gate:
            if self._asleep or self._napping:
                self._asleep = self._napping = False
            else:
                self._bell.acquire()  # it was rung a moment ago
