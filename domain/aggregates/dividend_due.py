"""What one holder is due of a dividend, after tax: owed until an order of two people pays it.

    ── Determined ──> due ── PaymentOrdered ──> ordered, until the bank's line pays it
    ordered ── PaymentWithdrawn ──> due

It is owed whole and bears no interest; what the payee's bank sends back is due again.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.errors import NothingDue, PaidAlready
from domain.facts import Ledgered, Stamp


class DividendDue(Ledgered):
    """The dividend of one share account."""

    TOPIC = "dividend-due"

    def __init__(self, entity_id: UUID, membership_id: UUID, net_c: int) -> None:
        """Start owed and not paid."""
        self.entity_id = entity_id
        self.membership_id = membership_id
        self.net_c = net_c
        self.order_id: UUID | None = None

    class Event(Ledgered.Event):
        """What happened to what a holder is due."""

        entity_id: UUID
        membership_id: UUID

    class Determined(Event, Ledgered.Created):
        """So many shares were held: `gross_c` is given for them, less `withheld_c`, the tax on it.

        The tax is `withholding_bp` of it, rounded once for each holder to whole cents, halves up.
        """

        TOPIC = "dividend-due.determined.v1"
        booked_on: date
        dividend_id: UUID
        account_id: UUID
        person_id: UUID
        share_class: str
        qty: int
        per_share_c: int
        gross_c: int
        withholding_bp: int
        withheld_c: int
        net_c: int

    Created = Determined

    class PaymentOrdered(Event):
        """The approved order that pays it."""

        TOPIC = "dividend-due.payment-ordered.v1"
        order_id: UUID
        amount_c: int

        def apply(self, due: DividendDue) -> None:
            """Let no other order pay it."""
            due.order_id = self.order_id

    class PaymentWithdrawn(Event):
        """The approved order was taken back, or the payee's bank sent it back: another one may pay it."""

        TOPIC = "dividend-due.payment-withdrawn.v1"
        order_id: UUID
        amount_c: int

        def apply(self, due: DividendDue) -> None:
            """Let another order pay it."""
            due.order_id = None

    @property
    def due_c(self) -> int:
        """What is paid to the holder, in cents."""
        return self.net_c

    def require_due(self) -> None:
        """Refuse to pay what tax has taken whole, or what an order pays already."""
        if not self.net_c:
            raise NothingDue(dividend_due_id=self.id)
        if self.order_id is not None:
            raise PaidAlready(order_id=self.order_id)

    def order_payment(self, stamp: Stamp, *, order_id: UUID) -> None:
        """Pay it by this order, and by no other."""
        self.require_due()
        self._note(self.PaymentOrdered, stamp, order_id)

    def withdraw_payment(self, stamp: Stamp, *, order_id: UUID) -> None:
        """Be owed again, since that order was taken back."""
        self._note(self.PaymentWithdrawn, stamp, order_id)

    def _note(self, kind: type[Event], stamp: Stamp, order_id: UUID) -> None:
        self.note(
            kind,
            stamp,
            entity_id=self.entity_id,
            membership_id=self.membership_id,
            order_id=order_id,
            amount_c=self.net_c,
        )
