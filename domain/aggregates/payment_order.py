"""A payment order: money that leaves, ordered by one person, approved by a second, cleared by the bank.

    ── Ordered ──> ordered ── Approved, FundApproved ──> approved ── Cleared ──> cleared
                      └── HoldReleased, with its approval
    ordered, approved ── Withdrawn, FundWithdrawn ──> withdrawn; cleared ── Returned ──> returned
    cleared ── ClearingUndone ──> approved; returned ── ReturnUndone ──> cleared

What is approved waits on the account in transit until the bank's debit line clears it. What the payee's
bank sends back is owed again, and another order may pay it. The aid of a
mutual fund is decided and paid by two people, and booked, on a stream of its own: its order only waits
to be cleared.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.errors import (
    EmptyText,
    NoLineCleared,
    OrderApprovedAlready,
    OrderClearedAlready,
    OrderNotApproved,
    OrderNotCleared,
    OrderNotReturned,
    OrderOfFund,
    OrderWithdrawn,
    SecondPersonNeeded,
)
from domain.facts import Ledgered, Stamp, people_of
from domain.personal import Personal, Retention


class Pays(StrEnum):
    """What an order pays."""

    GRANT = "grant"
    ADVANCE = "advance"
    CLAIM = "expense-claim"
    WAGE = "wage"
    DIRECTOR_PAY = "director-pay"
    REFUND = "refund"
    WITHDRAWAL = "withdrawal-share"
    PURCHASE = "purchase-invoice"
    VAT = "vat"
    WAGE_TAX = "wage-tax"
    SOCIAL_CONTRIBUTIONS = "social-contributions"
    DIVIDEND = "dividend"
    DIVIDEND_TAX = "dividend-tax"


class PaymentOrder(Ledgered):
    """One payment to one payee, for one document."""

    TOPIC = "payment-order"

    def __init__(self, entity_id: UUID, pays: Pays, document_id: UUID, amount_c: int, payee_id: UUID) -> None:
        """Start as a proposal."""
        self.entity_id = entity_id
        self.pays = pays
        self.document_id = document_id
        self.amount_c = amount_c
        self.payee_id = payee_id
        self.withdrawn = False
        # Said by the first fact, before anyone can ask.
        self.payee_iban: str
        self.proposed_by: str
        self.people: frozenset[str]
        self.approved = False
        self.cleared_by: UUID | None = None
        self.returned_by: UUID | None = None

    class Event(Ledgered.Event):
        """What happened to an order."""

        entity_id: UUID
        pays: Pays
        document_id: UUID
        amount_c: int

    class Ordered(Event, Ledgered.Created):
        """Someone ordered this payment."""

        TOPIC = "payment-order.ordered.v1"
        payee_id: UUID
        payee_iban: Annotated[str, Personal(Retention.ACCOUNTING, "payee_id")]

        def apply(self, order: PaymentOrder) -> None:
            """Remember where it goes, and who ordered it: none of them can approve it."""
            order.payee_iban = self.payee_iban
            order.proposed_by = self.actor
            order.people = people_of(self.actor, self.on_behalf_of)

    Created = Ordered

    class Approved(Event):
        """A second person approved the payment."""

        TOPIC = "payment-order.approved.v1"
        booked_on: date
        proposed_by: str

        def apply(self, order: PaymentOrder) -> None:
            """Wait for the bank."""
            order.approved = True

    class HoldReleased(Event):
        """A second person let this wage be paid although the payouts of its activity are held.

        `available_c` is what the activity then had, below zero.
        """

        TOPIC = "payment-order.hold-released.v1"
        activity_id: UUID
        available_c: int
        reason: str

    class FundApproved(Event):
        """The fund's aid was decided and paid by two people, and booked; only the bank's line is awaited."""

        TOPIC = "payment-order.fund-approved.v1"

        def apply(self, order: PaymentOrder) -> None:
            """Wait for the bank."""
            order.approved = True

    class Cleared(Event):
        """The bank paid, by this debit line."""

        TOPIC = "payment-order.cleared.v1"
        booked_on: date
        line_id: UUID

        def apply(self, order: PaymentOrder) -> None:
            """Wait for nothing more."""
            order.cleared_by = self.line_id

    class ClearingUndone(Event):
        """That debit line was not this payment after all: the bank's line is awaited again."""

        TOPIC = "payment-order.clearing-undone.v1"
        booked_on: date
        line_id: UUID
        reason: str

        def apply(self, order: PaymentOrder) -> None:
            """Wait for the bank."""
            order.cleared_by = None

    class Withdrawn(Event):
        """The order was taken back before the bank paid; if it was approved, what it had booked is undone."""

        TOPIC = "payment-order.withdrawn.v1"
        booked_on: date
        was_approved: bool
        reason: str

        def apply(self, order: PaymentOrder) -> None:
            """Be over."""
            order.withdrawn = True

    class FundWithdrawn(Event):
        """The order of a fund's aid was taken back before the bank paid; the aid's own fact books it."""

        TOPIC = "payment-order.fund-withdrawn.v1"
        reason: str

        def apply(self, order: PaymentOrder) -> None:
            """Be over."""
            order.withdrawn = True

    class Returned(Event):
        """The payee's bank sent the payment back, by this receipt: it is owed again.

        `reason_code` is the bank's (ISO 20022 external return reason, such as AC04), or empty.
        """

        TOPIC = "payment-order.returned.v1"
        booked_on: date
        line_id: UUID
        reason_code: str

        def apply(self, order: PaymentOrder) -> None:
            """Be over, unpaid."""
            order.returned_by = self.line_id

    class ReturnUndone(Event):
        """That receipt was not this payment sent back: it stays paid, by the debit line that cleared it."""

        TOPIC = "payment-order.return-undone.v1"
        booked_on: date
        line_id: UUID
        cleared_by_line_id: UUID
        reason: str

        def apply(self, order: PaymentOrder) -> None:
            """Be paid."""
            order.returned_by = None

    def approve(self, stamp: Stamp, *, booked_on: date) -> None:
        """Approve the payment as a second person, once."""
        self._require_standing()
        if self.approved:
            raise OrderApprovedAlready(order_id=self.id)
        if self.people & people_of(stamp.actor, stamp.on_behalf_of):
            raise SecondPersonNeeded(proposed_by=self.proposed_by)
        self._note(self.Approved, stamp, booked_on=booked_on, proposed_by=self.proposed_by)

    def release_hold(self, stamp: Stamp, *, activity_id: UUID, available_c: int, reason: str) -> None:
        """Say why a wage is paid although its activity has less than nothing available."""
        if not reason.strip():
            raise EmptyText(field="release_reason")
        self._note(self.HoldReleased, stamp, activity_id=activity_id, available_c=available_c, reason=reason)

    def approve_by_fund(self, stamp: Stamp) -> None:
        """Take over the approval that the fund recorded."""
        self._note(self.FundApproved, stamp)

    def clear(self, stamp: Stamp, *, line_id: UUID, booked_on: date) -> None:
        """Let the bank's debit line clear the approved payment, once."""
        self._require_standing()
        if not self.approved:
            raise OrderNotApproved(order_id=self.id)
        if self.cleared_by is not None:
            raise OrderClearedAlready(line_id=self.cleared_by)
        self._note(self.Cleared, stamp, line_id=line_id, booked_on=booked_on)

    def undo_clearing(self, stamp: Stamp, *, booked_on: date, reason: str) -> UUID:
        """Wait for the bank again; return the line that had cleared it. Raises NoLineCleared, EmptyText."""
        line_id = self.cleared_by
        if line_id is None or self.returned_by is not None:
            raise NoLineCleared(order_id=self.id)
        if not reason.strip():
            raise EmptyText(field="reason")
        self._note(self.ClearingUndone, stamp, line_id=line_id, booked_on=booked_on, reason=reason)
        return line_id

    def take_back(self, stamp: Stamp, *, line_id: UUID, booked_on: date, reason_code: str) -> None:
        """Let a payment that the bank had made come back, once."""
        if self.pays in (Pays.GRANT, Pays.ADVANCE):
            raise OrderOfFund(order_id=self.id)
        if self.cleared_by is None or self.returned_by is not None:
            raise OrderNotCleared(order_id=self.id)
        self._note(self.Returned, stamp, line_id=line_id, booked_on=booked_on, reason_code=reason_code)

    def undo_return(self, stamp: Stamp, *, booked_on: date, reason: str) -> UUID:
        """Have been paid after all; return the receipt that waits again. Raises OrderNotReturned, EmptyText."""
        line_id = self.returned_by
        if line_id is None:
            raise OrderNotReturned(order_id=self.id)
        if not reason.strip():
            raise EmptyText(field="reason")
        says = {"line_id": line_id, "cleared_by_line_id": self.cleared_by}
        self._note(self.ReturnUndone, stamp, booked_on=booked_on, reason=reason, **says)
        return line_id

    def withdraw_from_fund(self, stamp: Stamp, *, reason: str) -> None:
        """Take back the order of a fund's aid, unless the bank paid it; the aid's own fact books it."""
        self._require_standing()
        if self.cleared_by is not None:
            raise OrderClearedAlready(line_id=self.cleared_by)
        if not reason.strip():
            raise EmptyText(field="reason")
        self._note(self.FundWithdrawn, stamp, reason=reason)

    def withdraw(self, stamp: Stamp, *, booked_on: date, reason: str) -> None:
        """Take the order back, unless the bank paid it."""
        self._require_standing()
        if self.pays in (Pays.GRANT, Pays.ADVANCE):
            raise OrderOfFund(order_id=self.id)
        if self.cleared_by is not None:
            raise OrderClearedAlready(line_id=self.cleared_by)
        self._note(self.Withdrawn, stamp, booked_on=booked_on, was_approved=self.approved, reason=reason)

    def _require_standing(self) -> None:
        if self.withdrawn:
            raise OrderWithdrawn(order_id=self.id)

    def _note(self, kind: type[Event], stamp: Stamp, **says: object) -> None:
        self.note(
            kind,
            stamp,
            entity_id=self.entity_id,
            pays=self.pays,
            document_id=self.document_id,
            amount_c=self.amount_c,
            **says,
        )
