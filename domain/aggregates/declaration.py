"""What is declared to the state for a span of months, and paid: VAT, tax withheld, social contributions.

    ── Filed ──> filed ── PaymentOrdered ──> ordered, until the bank's line pays it
    ordered ── PaymentWithdrawn ──> filed; filed ── Withdrawn ──> its months are declared anew

A VAT declaration sets what can be deducted against what is due; what is left is paid, or comes back.
Wage tax and social contributions were booked with the slips, and the tax on a dividend with what each
holder is due: declaring them only fixes what is paid.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.errors import (
    AmountNegative,
    DeclarationOrdered,
    DeclarationWithdrawn,
    EmptyText,
    NothingDue,
    PaidAlready,
)
from domain.facts import Ledgered, Stamp, require_day
from domain.money import require_holdable


class Levy(StrEnum):
    """What is declared."""

    VAT = "vat"
    WAGE_TAX = "wage-tax"
    SOCIAL_CONTRIBUTIONS = "social-contributions"
    DIVIDEND_TAX = "dividend-tax"


class Declaration(Ledgered):
    """One declaration of one levy for one span of months."""

    TOPIC = "declaration"

    def __init__(self, entity_id: UUID, levy: Levy, last_on: date, due_c: int, deductible_c: int) -> None:
        """Start filed."""
        self.entity_id = entity_id
        self.levy = levy
        self.last_on = last_on
        self.declared_c = due_c
        self.deductible_c = deductible_c
        self.order_id: UUID | None = None
        self.withdrawn = False

    class Event(Ledgered.Event):
        """What happened to a declaration."""

        entity_id: UUID
        levy: Levy

    class Filed(Event, Ledgered.Created):
        """The entity declared what it owes for these months; `deductible_c` is set against it.

        The figures are those of the books as the log stood at `position`.
        """

        TOPIC = "declaration.filed.v1"
        booked_on: date
        first_on: date
        last_on: date
        due_c: int
        deductible_c: int
        position: int

    Created = Filed

    class PaymentOrdered(Event):
        """The approved order that pays what was declared."""

        TOPIC = "declaration.payment-ordered.v1"
        order_id: UUID

        def apply(self, declaration: Declaration) -> None:
            """Let no other order pay it."""
            declaration.order_id = self.order_id

    class PaymentWithdrawn(Event):
        """The approved order was taken back before the bank paid: another one may pay it."""

        TOPIC = "declaration.payment-withdrawn.v1"
        order_id: UUID

        def apply(self, declaration: Declaration) -> None:
            """Let another order pay it."""
            declaration.order_id = None

    class Withdrawn(Event):
        """It was filed by mistake, such as for other months than were meant, and is taken back whole.

        The figures are those that were declared. Its months may be declared anew, by another declaration.
        """

        TOPIC = "declaration.withdrawn.v1"
        booked_on: date
        due_c: int
        deductible_c: int
        reason: str

        def apply(self, declaration: Declaration) -> None:
            """Stand no longer."""
            declaration.withdrawn = True

    @classmethod
    def file(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        entity_id: UUID,
        levy: Levy,
        booked_on: date,
        first_on: date,
        last_on: date,
        due_c: int,
        deductible_c: int,
        position: int,
    ) -> Declaration:
        """Declare what is owed, less what can be deducted."""
        require_day(first_on)
        require_day(last_on)
        require_holdable(due_c, deductible_c)
        if min(due_c, deductible_c) < 0:
            raise AmountNegative(due_c=due_c, deductible_c=deductible_c)
        return cls.begin(
            stamp,
            id=id,
            entity_id=entity_id,
            levy=levy,
            booked_on=booked_on,
            first_on=first_on,
            last_on=last_on,
            due_c=due_c,
            deductible_c=deductible_c,
            position=position,
        )

    @property
    def due_c(self) -> int:
        """What is left to be paid, in cents; below zero it comes back. Of one that was withdrawn it is nothing."""
        return 0 if self.withdrawn else self.declared_c - self.deductible_c

    def require_due(self) -> None:
        """Refuse to pay what was withdrawn, is nothing, comes back, or is paid by an order already."""
        self._require_standing()
        if self.due_c <= 0:
            raise NothingDue(to_pay_c=self.due_c)
        if self.order_id is not None:
            raise PaidAlready(order_id=self.order_id)

    def order_payment(self, stamp: Stamp, *, order_id: UUID) -> None:
        """Pay it by this order, and by no other."""
        self.require_due()
        self.note(self.PaymentOrdered, stamp, entity_id=self.entity_id, levy=self.levy, order_id=order_id)

    def withdraw_payment(self, stamp: Stamp, *, order_id: UUID) -> None:
        """Be owed again, since that order was taken back."""
        self.note(self.PaymentWithdrawn, stamp, entity_id=self.entity_id, levy=self.levy, order_id=order_id)

    def withdraw(self, stamp: Stamp, *, booked_on: date, reason: str) -> None:
        """Take it back whole, with a reason, while no order pays it."""
        self._require_standing()
        if self.order_id is not None:
            raise DeclarationOrdered(order_id=self.order_id)
        if not reason.strip():
            raise EmptyText(field="reason")
        self.note(
            self.Withdrawn,
            stamp,
            entity_id=self.entity_id,
            levy=self.levy,
            booked_on=booked_on,
            due_c=self.declared_c,
            deductible_c=self.deductible_c,
            reason=reason,
        )

    def _require_standing(self) -> None:
        if self.withdrawn:
            raise DeclarationWithdrawn(declaration_id=self.id)
