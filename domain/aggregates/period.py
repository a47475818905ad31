"""One month of one entity's books: opened, its bookings stopped, closed with a digest.

Closing has two steps, so that the digest is taken of figures that can no longer move: first no
more is booked into the month, then its trial balance is closed.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.errors import BooksDoNotBalance, DigestTooEarly, PeriodNotClosing, PeriodNotOpen
from domain.facts import Ledgered, Stamp


class PeriodState(StrEnum):
    """Whether a month takes bookings."""

    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"


class Period(Ledgered):
    """One month of one legal entity."""

    TOPIC = "period"

    def __init__(self, entity_id: UUID, month: str) -> None:
        """Start open."""
        self.entity_id = entity_id
        self.month = month
        self.state = PeriodState.OPEN
        self.stopped_at = 0

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
            """Close for good."""
            period.state = PeriodState.CLOSED

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
