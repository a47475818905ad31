"""A purchase invoice: what a supplier claims, approved by another person than who recorded it, and paid.

    ── Received ──> received ── Approved ──> approved ── PaymentOrdered ──> ordered, until the bank's line pays it
    ── Mirrored ──> received, from another entity of the group
    ── TakenOver ──> approved, in the old books
    received ── Disputed ──> disputed ── Approved ──> approved
    received, disputed ── Rejected ──> rejected
    ordered ── PaymentWithdrawn ──> approved

A supplier's number stands once. What is approved is a cost and a debt, whether or not the activity that
ordered it has the money: it is flagged if it overdraws. Under reverse charge the supplier charges no VAT:
the cooperative owes it, and deducts what it may.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.brought import PurchaseBrought
from domain.errors import (
    DeductibleExceedsVat,
    DuePrecedesIssue,
    EmptyText,
    NoEvidence,
    NothingDue,
    PaidAlready,
    PurchaseNotWaiting,
    PurchaseWithoutLines,
    SecondPersonNeeded,
)
from domain.facts import Ledgered, Stamp, is_sha256, people_of, require_day
from domain.money import require_holdable, require_positive
from domain.personal import Personal, Retention
from domain.spending import ExpenseType


class PurchaseState(StrEnum):
    """Where a purchase invoice stands."""

    RECEIVED = "received"
    DISPUTED = "disputed"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True)
class PurchaseLine:
    """What was bought, in cents; of its VAT, what the entity can deduct."""

    type: ExpenseType
    net_c: int
    vat_c: int
    vat_deductible_c: int

    @property
    def cost_c(self) -> int:
        """What is borne: VAT that cannot be deducted is cost."""
        return self.net_c + self.vat_c - self.vat_deductible_c


class PurchaseInvoice(Ledgered):
    """One bill of one supplier."""

    TOPIC = "purchase-invoice"

    def __init__(
        self,
        entity_id: UUID,
        supplier_id: UUID,
        activity_id: UUID | None = None,
        lines: tuple[PurchaseLine, ...] = (),
        reverse_charge: bool = False,  # noqa: FBT001, FBT002 - the library hands a fact's fields over by name
    ) -> None:
        """Start waiting for another person; a bill of old books has no lines."""
        self.entity_id = entity_id
        self.supplier_id = supplier_id
        self.activity_id = activity_id
        self.lines = lines
        self.reverse_charge = reverse_charge
        self.state = PurchaseState.RECEIVED
        self.people: frozenset[str] = frozenset()
        self.order_id: UUID | None = None
        self.brought_c = 0

    class Event(Ledgered.Event):
        """What happened to a purchase invoice."""

        entity_id: UUID
        supplier_id: UUID

    class Received(Event, Ledgered.Created):
        """A supplier's bill came in, for an activity or for the cooperative itself.

        `document_sha256` names its bytes; `due_c` is what the supplier is to be paid.
        """

        TOPIC = "purchase-invoice.received.v1"
        activity_id: UUID | None
        purchase_no: Annotated[str, Personal(Retention.ACCOUNTING, "supplier_id")]
        issued_on: date
        due_on: date
        lines: tuple[PurchaseLine, ...]
        reverse_charge: bool
        net_c: int
        vat_c: int
        vat_deductible_c: int
        due_c: int
        document_sha256: str

        def apply(self, purchase: PurchaseInvoice) -> None:
            """Remember who recorded it: none of them can approve it."""
            purchase.people = people_of(self.actor, self.on_behalf_of)

    Created = Received

    class TakenOver(Event, PurchaseBrought, Ledgered.Created):
        """A bill of the old books was not yet paid, or not whole."""

        TOPIC = "purchase-invoice.taken-over.v1"

    class Mirrored(Event, Ledgered.Created):
        """An invoice of another entity of the group is a bill of this one, under one id on both sides."""

        TOPIC = "purchase-invoice.mirrored.v1"
        activity_id: UUID | None
        purchase_no: Annotated[str, Personal(Retention.ACCOUNTING, "supplier_id")]
        issued_on: date
        due_on: date
        lines: tuple[PurchaseLine, ...]
        net_c: int
        vat_c: int
        vat_deductible_c: int
        due_c: int
        intercompany_id: UUID
        invoice_id: UUID

        def apply(self, purchase: PurchaseInvoice) -> None:
            """Remember who issued it: none of them can approve it on this side."""
            purchase.people = people_of(self.actor, self.on_behalf_of)

    class Disputed(Event):
        """The bill is not accepted as it is; it is not paid meanwhile."""

        TOPIC = "purchase-invoice.disputed.v1"
        reason: Annotated[str, Personal(Retention.ACCOUNTING, "supplier_id")]

        def apply(self, purchase: PurchaseInvoice) -> None:
            """Wait for an agreement."""
            purchase.state = PurchaseState.DISPUTED

    class Approved(Event):
        """Another person approved the bill: it is a cost, and owed to the supplier.

        `overdrawn_c` is by how much it exceeds what the activity had available.
        """

        TOPIC = "purchase-invoice.approved.v1"
        activity_id: UUID | None
        booked_on: date
        lines: tuple[PurchaseLine, ...]
        reverse_charge: bool
        due_c: int
        cost_c: int
        overdrawn_c: int

        def apply(self, purchase: PurchaseInvoice) -> None:
            """Owe it."""
            purchase.state = PurchaseState.APPROVED

    class Rejected(Event):
        """The bill was turned down for good."""

        TOPIC = "purchase-invoice.rejected.v1"
        reason: Annotated[str, Personal(Retention.ACCOUNTING, "supplier_id")]

        def apply(self, purchase: PurchaseInvoice) -> None:
            """Owe nothing."""
            purchase.state = PurchaseState.REJECTED

    class PaymentOrdered(Event):
        """The approved order that pays the bill."""

        TOPIC = "purchase-invoice.payment-ordered.v1"
        order_id: UUID

        def apply(self, purchase: PurchaseInvoice) -> None:
            """Let no other order pay it."""
            purchase.order_id = self.order_id

    class PaymentWithdrawn(Event):
        """The approved order was taken back before the bank paid: another one may pay it."""

        TOPIC = "purchase-invoice.payment-withdrawn.v1"
        order_id: UUID

        def apply(self, purchase: PurchaseInvoice) -> None:
            """Let another order pay it."""
            purchase.order_id = None

    @classmethod
    def receive(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        entity_id: UUID,
        supplier_id: UUID,
        activity_id: UUID | None,
        purchase_no: str,
        issued_on: date,
        due_on: date,
        lines: tuple[PurchaseLine, ...],
        reverse_charge: bool,
        document_sha256: str,
    ) -> PurchaseInvoice:
        """Record a bill whose document is kept."""
        if not purchase_no.strip():
            raise EmptyText(field="purchase_no")
        if not lines:
            raise PurchaseWithoutLines
        for line in lines:
            _require_sound(line)
        require_day(issued_on)
        if due_on < issued_on:
            raise DuePrecedesIssue(issued_on=issued_on, due_on=due_on)
        if not is_sha256(document_sha256):
            raise NoEvidence(document_sha256=document_sha256)
        net_c, vat_c = sum(line.net_c for line in lines), sum(line.vat_c for line in lines)
        require_holdable(net_c + vat_c)
        return cls.begin(
            stamp,
            id=id,
            entity_id=entity_id,
            supplier_id=supplier_id,
            activity_id=activity_id,
            purchase_no=purchase_no,
            issued_on=issued_on,
            due_on=due_on,
            lines=lines,
            reverse_charge=reverse_charge,
            net_c=net_c,
            vat_c=vat_c,
            vat_deductible_c=sum(line.vat_deductible_c for line in lines),
            due_c=net_c if reverse_charge else net_c + vat_c,
            document_sha256=document_sha256,
        )

    @classmethod
    def mirror(
        cls, stamp: Stamp, *, id: UUID, lines: tuple[PurchaseLine, ...], **says: object
    ) -> PurchaseInvoice:
        """Record the invoice of another entity of the group; that invoice is its document."""
        for line in lines:
            _require_sound(line)
        net_c, vat_c = sum(line.net_c for line in lines), sum(line.vat_c for line in lines)
        return cls.begin_with(
            cls.Mirrored,
            stamp,
            id=id,
            **says,
            lines=lines,
            net_c=net_c,
            vat_c=vat_c,
            vat_deductible_c=sum(line.vat_deductible_c for line in lines),
            due_c=net_c + vat_c,
        )

    @property
    def due_c(self) -> int:
        """What the supplier is paid, in cents."""
        vat_c = 0 if self.reverse_charge else sum(line.vat_c for line in self.lines)
        return self.brought_c + sum(line.net_c for line in self.lines) + vat_c

    @property
    def cost_c(self) -> int:
        """What the activity or the cooperative bears, in cents."""
        return sum(line.cost_c for line in self.lines)

    def approve(self, stamp: Stamp, *, booked_on: date, overdrawn_c: int) -> None:
        """Approve the bill as a person who did not record it; an agreement may have ended a dispute."""
        self._require_waiting()
        if self.people & people_of(stamp.actor, stamp.on_behalf_of):
            raise SecondPersonNeeded(purchase_id=self.id)
        self._note(
            self.Approved,
            stamp,
            activity_id=self.activity_id,
            booked_on=booked_on,
            lines=self.lines,
            reverse_charge=self.reverse_charge,
            due_c=self.due_c,
            cost_c=self.cost_c,
            overdrawn_c=overdrawn_c,
        )

    def dispute(self, stamp: Stamp, *, reason: str) -> None:
        """Not accept the bill as it is, for a reason."""
        if self.state is not PurchaseState.RECEIVED:
            raise PurchaseNotWaiting(state=self.state)
        if not reason.strip():
            raise EmptyText(field="reason")
        self._note(self.Disputed, stamp, reason=reason)

    def reject(self, stamp: Stamp, *, reason: str) -> None:
        """Turn the bill down for good, for a reason."""
        self._require_waiting()
        if not reason.strip():
            raise EmptyText(field="reason")
        self._note(self.Rejected, stamp, reason=reason)

    def take_over(self, due_c: int) -> None:
        """Owe what the old books owed."""
        self.state = PurchaseState.APPROVED
        self.brought_c = due_c

    def require_due(self) -> None:
        """Refuse to pay what is not approved, or paid by an order already."""
        if self.state is not PurchaseState.APPROVED:
            raise NothingDue(state=self.state)
        if self.order_id is not None:
            raise PaidAlready(order_id=self.order_id)

    def order_payment(self, stamp: Stamp, *, order_id: UUID) -> None:
        """Pay the bill by this order, and by no other."""
        self.require_due()
        self._note(self.PaymentOrdered, stamp, order_id=order_id)

    def withdraw_payment(self, stamp: Stamp, *, order_id: UUID) -> None:
        """Be owed again, since that order was taken back."""
        self._note(self.PaymentWithdrawn, stamp, order_id=order_id)

    def _require_waiting(self) -> None:
        if self.state not in (PurchaseState.RECEIVED, PurchaseState.DISPUTED):
            raise PurchaseNotWaiting(state=self.state)

    def _note(self, kind: type[Event], stamp: Stamp, **says: object) -> None:
        self.note(kind, stamp, entity_id=self.entity_id, supplier_id=self.supplier_id, **says)


def _require_sound(line: PurchaseLine) -> None:
    require_positive(line.net_c)
    require_holdable(line.vat_c, line.vat_deductible_c)
    if not 0 <= line.vat_deductible_c <= line.vat_c:
        raise DeductibleExceedsVat(vat_c=line.vat_c, vat_deductible_c=line.vat_deductible_c)
