"""What is being decided and recorded: one batch on its way, one decided behind it, and what went wrong.

Whoever has the turn moves it: the sequencer's thread, a caller's, or an event loop between two of its
callbacks. So all that must outlive one move stands here. What cannot go on its course any more is
left over, to be settled one batch after another; that may take long, and is never done in a loop.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from psycopg import errors

from eventstore.batches import Batch
from eventstore.connections import LOST
from eventstore.errors import DatabaseFull, LogDamaged, Unavailable
from eventstore.session import Session
from eventstore.tickets import Ticket, wake

PAUSE_S = 0.05

Tickets = Sequence[Ticket[Any]]


class Course:
    """The session of a tenant, and the tickets in its hands. To be moved by one at a time."""

    def __init__(
        self, open_session: Callable[[], Session], *, patience_s: float, closed: Callable[[], bool]
    ) -> None:
        """Begin without a session; a lost database is tried for `patience_s` seconds, unless we are `closed`."""
        self._open_session = open_session
        self._patience_s = patience_s
        self._closed = closed
        self.session: Session | None = None
        # Decide under the head lock: after a lost race or connection, until it proves needless.
        self.cautious = False
        self._sent: Tickets = ()
        self._ready: tuple[Batch, Tickets] | None = None
        self._left: list[Ticket[Any]] = []

    @property
    def moving(self) -> bool:
        """Whether a batch is on its way, or ready to be."""
        return bool(self._sent) or self._ready is not None

    @property
    def at_rest(self) -> bool:
        """Whether nobody's ticket is in our hands."""
        return not (self._sent or self._ready or self._left)

    @property
    def has_ready(self) -> bool:
        """Whether a batch was decided behind what is on its way."""
        return self._ready is not None

    @property
    def must_wait(self) -> bool:
        """Whether it goes on only by waiting for the database."""
        if self.session is None or self.cautious or self._left or not self.session.prepared:
            return True
        # Whether a refusal stands, and what was not at hand, is asked of the database.
        return self._ready is not None and bool(self._ready[0].failed or self._ready[0].left)

    def prepare(self, session: Session, tickets: Tickets, *, at_hand: bool = False) -> None:
        """Decide these behind what is on its way, `at_hand` without waiting; nothing else may be ready."""
        unanswered, cautious, self.cautious = tickets, self.cautious, True
        try:
            batch = session.decide(tickets, at_hand=True) if at_hand else session.decide(tickets)
            self._ready, unanswered = (batch, tickets), ()
            self.cautious = cautious
        except LOST:
            self._stop(self.disconnect)
        except Exception:  # noqa: BLE001 - whose it is will be found when each is settled
            self._stop(session.undo)
        except BaseException:
            self._stop(self.disconnect)
            raise
        finally:
            self._left += unanswered

    def advance(self, session: Session) -> None:
        """Conclude what is on its way, send what is ready, and only then answer whom the first recorded.

        Whoever is answered wants to go on: threads that are woken before the sending is over get in its way.
        """
        (batch, tickets), sent = self._ready or (None, ()), self._sent
        unanswered, self.cautious = [*sent, *tickets], True
        self._sent, self._ready = (), None
        try:
            again, needs_lock = session.conclude()
            unanswered, self.cautious = [*again, *tickets], needs_lock
            if again:
                session.undo()
            elif batch is not None:
                session.send(batch, tickets)
                self._sent, unanswered = tickets, []
            else:
                unanswered = []
        except LOST:
            self.disconnect()
        except Exception:  # noqa: BLE001 - whose it is will be found when each is settled
            session.undo()
        except BaseException:
            self.disconnect()
            raise
        finally:
            self._left += unanswered
            session.tell()

    def settle_left(self) -> None:
        """Settle what is left over, as long as it takes."""
        while self._left:
            left, self._left = self._left, []
            self.settle(left)

    def settle(self, tickets: Tickets, *, awake: bool = False) -> None:
        """Answer all of these, as long as the database comes back within our patience.

        `awake`: whoever asks is alone, and falls asleep over a slow commit only.
        """
        give_up = time.monotonic() + self._patience_s
        while tickets:
            try:
                tickets = self._attempt(tickets, awake=awake)
            except LOST as error:
                self.disconnect()
                # Trying again makes no room, and whoever waits cannot know that somebody must.
                full = isinstance(error, errors.DiskFull)
                if full or self._closed() or time.monotonic() > give_up:
                    for ticket in tickets:
                        _refuse([ticket], DatabaseFull() if full else Unavailable())
                    return
                time.sleep(PAUSE_S)
            except psycopg.Error as error:
                self._isolate(tickets, error)
                return
            except BaseException as error:  # noqa: BLE001 - a defect of ours must leave nobody waiting
                self.disconnect()
                _refuse(tickets, error)
                return

    def give_up(self, error: BaseException) -> None:
        """Tell everybody whose ticket is in our hands of a defect of ours."""
        self.disconnect()
        tickets = [*self._left, *self._sent, *(self._ready[1] if self._ready else ())]
        self._left, self._sent, self._ready = [], (), None
        _refuse(tickets, error)

    def disconnect(self) -> None:
        """Give the session up: what becomes of what was on its way is looked up by the next."""
        if self.session is not None:
            self.session.close()
        self.session = None
        self.cautious = True

    def _stop(self, end: Callable[[], object]) -> None:
        """Leave over what was sent, whose answer is not known any more."""
        self._left += self._sent
        self._sent = ()
        end()

    def _attempt(self, tickets: Tickets, *, awake: bool) -> Tickets:
        """Decide and record; return those that have no answer yet."""
        if self.session is None:
            self.session = self._open_session()
        session = self.session
        unanswered, self.cautious = (
            session.decide_locked(tickets) if self.cautious else session.decide_ahead(tickets, awake=awake)
        )
        return unanswered

    def _isolate(self, tickets: Tickets, error: psycopg.Error) -> None:
        """One of these is what the database refuses to store: settle each by itself."""
        if self.session is not None:
            self.session.undo()
        if len(tickets) > 1:
            for ticket in tickets:
                self.settle([ticket])
        elif isinstance(error, psycopg.IntegrityError):
            # Under the lock, with repeats known, only a row that no one should have written is in the way.
            _refuse(tickets, LogDamaged(reason=error.diag.constraint_name))
        else:
            _refuse(tickets, error)


def _refuse(tickets: Tickets, error: BaseException) -> None:
    for ticket in tickets:
        ticket.refuse(error)
    wake(tickets)
