"""One month of one entity's books: opened, its bookings stopped, closed with a digest.

    ── Opened ──> open ── BookingsStopped ──> closing ── Closed ──> closed
    closing ── LateEntryAuthorised: the accountant still books into it by hand
    closed ── ReopeningProposed ──> closed, to be opened again ── Reopened ──> open

Closing has two steps, so that the digest is taken of figures that can no longer move: first no
more is booked into the month but by the accountant's hand, then its trial balance is closed. Two
people and a reason open it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.errors import (
    BooksDoNotBalance,
    DigestTooEarly,
    EmptyText,
    NoReopeningProposed,
    PeriodNotClosed,
    PeriodNotClosing,
    PeriodNotOpen,
    SecondPersonNeeded,
)
from domain.facts import Ledgered, Stamp, people_of


class PeriodState(StrEnum):
    """Whether a month takes bookings."""

    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"


@dataclass(frozen=True)
class Reopening:
    """A wish to open a closed month again; `people` proposed it, one perhaps for another."""

    proposed_by: str
    people: frozenset[str]
    reason: str


class Period(Ledgered):
    """One month of one legal entity."""

    TOPIC = "period"

    def __init__(self, entity_id: UUID, month: str) -> None:
        """Start open."""
        self.entity_id = entity_id
        self.month = month
        self.state = PeriodState.OPEN
        self.stopped_at = 0
        self.reopening: Reopening | None = None

    class Event(Ledgered.Event):
        """What happened to a period."""

        entity_id: UUID
        month: str

    class Opened(Event, Ledgered.Created):
        """The month takes bookings."""

        TOPIC = "period.opened.v1"
        first_on: date
        last_on: date

    Created = Opened

    class BookingsStopped(Event):
        """Nothing more is booked into the month; late facts go to the next open one."""

        TOPIC = "period.bookings-stopped.v1"
        position: int

        def apply(self, period: Period) -> None:
            """Wait for a digest of the log from this position on."""
            period.state = PeriodState.CLOSING
            period.stopped_at = self.position

    class Closed(Event):
        """The month ended with this trial balance, as the log stood at `position`."""

        TOPIC = "period.closed.v1"
        position: int
        trial_balance_sha256: str
        debit_c: int
        credit_c: int

        def apply(self, period: Period) -> None:
            """Take no booking of any kind."""
            period.state = PeriodState.CLOSED

    class LateEntryAuthorised(Event):
        """The accountant booked a manual entry into the month after its bookings had stopped."""

        TOPIC = "period.late-entry-authorised.v1"
        entry_id: UUID
        on: date
        position: int

        def apply(self, period: Period) -> None:
            """Wait for a digest that counts the entry."""
            period.stopped_at = self.position

    class ReopeningProposed(Event):
        """Someone proposed to open the closed month again, for this reason."""

        TOPIC = "period.reopening-proposed.v1"
        reason: str

        def apply(self, period: Period) -> None:
            """Wait for a second person."""
            people = people_of(self.actor, self.on_behalf_of)
            period.reopening = Reopening(self.actor, people, self.reason)

    class Reopened(Event):
        """A second person opened the closed month again; its digest stands as that of its time."""

        TOPIC = "period.reopened.v1"
        proposed_by: str
        reason: str

        def apply(self, period: Period) -> None:
            """Take bookings again."""
            period.state = PeriodState.OPEN
            period.reopening = None

    def stop_bookings(self, stamp: Stamp, *, position: int) -> None:
        """Book nothing more into this month; what it holds stands in the log up to `position`."""
        if self.state is not PeriodState.OPEN:
            raise PeriodNotOpen(month=self.month, state=self.state)
        self.note(self.BookingsStopped, stamp, entity_id=self.entity_id, month=self.month, position=position)

    def close(
        self, stamp: Stamp, *, position: int, trial_balance_sha256: str, debit_c: int, credit_c: int
    ) -> None:
        """Close with the digest of a trial balance that balances."""
        if self.state is not PeriodState.CLOSING:
            raise PeriodNotClosing(month=self.month, state=self.state)
        if position < self.stopped_at:
            raise DigestTooEarly(position=position, stopped_at=self.stopped_at)
        if debit_c != credit_c:
            raise BooksDoNotBalance(debit_c=debit_c, credit_c=credit_c)
        self.note(
            self.Closed,
            stamp,
            entity_id=self.entity_id,
            month=self.month,
            position=position,
            trial_balance_sha256=trial_balance_sha256,
            debit_c=debit_c,
            credit_c=credit_c,
        )

    def authorise_late_entry(self, stamp: Stamp, *, entry_id: UUID, on: date, position: int) -> None:
        """Let a manual entry that stands in the log up to `position` count in the stopped month."""
        if self.state is not PeriodState.CLOSING:
            raise PeriodNotClosing(month=self.month, state=self.state)
        self.note(
            self.LateEntryAuthorised,
            stamp,
            entity_id=self.entity_id,
            month=self.month,
            entry_id=entry_id,
            on=on,
            position=position,
        )

    def propose_reopening(self, stamp: Stamp, *, reason: str) -> None:
        """Propose to open the closed month again; a later proposal takes the place of an earlier one."""
        self._require_closed()
        if not reason.strip():
            raise EmptyText(field="reason")
        self.note(self.ReopeningProposed, stamp, entity_id=self.entity_id, month=self.month, reason=reason)

    def reopen(self, stamp: Stamp) -> None:
        """Open the month again as a second person."""
        self._require_closed()
        if self.reopening is None:
            raise NoReopeningProposed(month=self.month)
        if self.reopening.people & people_of(stamp.actor, stamp.on_behalf_of):
            raise SecondPersonNeeded(proposed_by=self.reopening.proposed_by)
        self.note(
            self.Reopened,
            stamp,
            entity_id=self.entity_id,
            month=self.month,
            proposed_by=self.reopening.proposed_by,
            reason=self.reopening.reason,
        )

    def _require_closed(self) -> None:
        if self.state is not PeriodState.CLOSED:
            raise PeriodNotClosed(month=self.month, state=self.state)
