"""The single deciding writer of a tenant: commands one after another, recorded in batches.

What has queued up is decided in memory and appended in one statement, if the log still stands where
the decisions were made. If another process was faster, everything is undone, the head is locked,
what the other appended is applied, and all is decided again. A refusal is answered only when it
holds for the newest state, and never to a command that was carried out before. When a connection
breaks, the outcome is looked up under the head lock: only then is an older transaction surely over.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future

import psycopg

from eventstore.batches import Promise, Ticket
from eventstore.commands import Command, Outcome
from eventstore.connections import LOST
from eventstore.errors import Busy, Closed, LogDamaged, Unavailable
from eventstore.session import Session

MAX_BATCH = 256
MAX_WAITING = 10_000
PATIENCE_S = 30.0
# After a crowded batch, long enough for those just answered to ask again.
GATHER_S = 0.0003
PAUSE_S = 0.05


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
        self._waiting: queue.Queue[Ticket | None] = queue.Queue(max_waiting)
        self._gate = threading.Lock()
        self._closing = False
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
        ticket = Ticket(command)
        self._take(ticket)
        return ticket.outcome()

    def submit(self, command: Command) -> Future[Outcome]:
        """Take a command; its future has what `execute` would return or raise, and cannot be cancelled.

        Commands submitted by one thread are decided in that order. Raises Busy or Closed.
        """
        promise = Promise(command)
        self._take(promise)
        return promise.future

    def close(self) -> None:
        """Take nothing more, answer what waits, and stop."""
        with self._gate:
            if self._closing:
                return
            self._closing = True
        self._waiting.put(None)
        self._thread.join()

    def _take(self, ticket: Ticket) -> None:
        with self._gate:
            if self._closing:
                raise Closed
            try:
                self._waiting.put_nowait(ticket)
            except queue.Full:
                raise Busy from None

    def _run(self) -> None:
        while tickets := self._gather():
            self._settle(tickets)
        self._disconnect()

    def _gather(self) -> list[Ticket]:
        """Wait for a command and take those that wait with it; nothing when closing."""
        first = self._waiting.get()
        if first is None:
            return []
        if self._crowded:
            time.sleep(GATHER_S)
        tickets = [first]
        while len(tickets) < MAX_BATCH and not self._waiting.empty():
            ticket = self._waiting.get()
            if ticket is None:
                self._waiting.put(None)
                break
            tickets.append(ticket)
        self._crowded = len(tickets) > 1
        return tickets

    def _settle(self, tickets: Sequence[Ticket]) -> None:
        """Answer all of these, as long as the database comes back within our patience."""
        give_up = time.monotonic() + self._patience_s
        while tickets:
            try:
                tickets = self._attempt(tickets)
            except LOST:
                self._disconnect()
                if self._closing or time.monotonic() > give_up:
                    for ticket in tickets:
                        ticket.refuse(Unavailable())
                    return
                time.sleep(PAUSE_S)
            except psycopg.Error as error:
                self._isolate(tickets, error)
                return
            except BaseException as error:  # noqa: BLE001 - a defect of ours must leave nobody waiting
                self._disconnect()
                for ticket in tickets:
                    ticket.refuse(error)
                return

    def _attempt(self, tickets: Sequence[Ticket]) -> Sequence[Ticket]:
        """Decide and record; return those that have no answer yet."""
        if self._session is None:
            self._session = self._open_session()
        decide = self._session.decide_locked if self._cautious else self._session.decide_ahead
        unanswered, self._cautious = decide(tickets)
        return unanswered

    def _isolate(self, tickets: Sequence[Ticket], error: psycopg.Error) -> None:
        """One of these is what the database refuses to store: settle each by itself."""
        if self._session is not None:
            self._session.undo()
        if len(tickets) > 1:
            for ticket in tickets:
                self._settle([ticket])
        elif isinstance(error, psycopg.IntegrityError):
            # Under the lock, with repeats known, only a row that no one should have written is in the way.
            tickets[0].refuse(LogDamaged(reason=error.diag.constraint_name))
        else:
            tickets[0].refuse(error)

    def _disconnect(self) -> None:
        if self._session is not None:
            self._session.close()
        self._session = None
        self._cautious = True
