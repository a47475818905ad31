"""A purchase invoice: what a supplier claims, approved by another person than who recorded it, and paid.

    ── Received ──> received ── Approved ──> approved ── PaymentOrdered ──> ordered, until the bank's line pays it
    ── Mirrored ──> received, from another entity of the group
    ── TakenOver ──> approved, in the old books
    received ── Disputed ──> disputed ── Approved ──> approved
    received, disputed ── Rejected ──> rejected
    ordered ── PaymentWithdrawn ──> approved
    approved ── Reversed ──> reversed
    approved, ordered ── Credited ──> less owed; approved ── SetOff ──> less owed
    less owed ── SetOffReversed ──> as much as before

A supplier's number stands once, until its bill is reversed: then the right one may be recorded. What is approved is a cost and a debt, whether or not the activity that
ordered it has the money: it is flagged if it overdraws. Under reverse charge the supplier charges no VAT:
the cooperative owes it, and deducts what it may. A credit note of the supplier takes lines off, never more
than the bill; what was paid of them is owed back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.brought import PurchaseBrought
from domain.errors import (
    EmptyText,
    NothingDue,
    PurchaseNotApproved,
    PurchaseNotWaiting,
    PurchaseOfGroup,
    PurchaseOfOldBooks,
    SecondPersonNeeded,
)
from domain.facts import Ledgered, Stamp, people_of
from domain.money import require_holdable
from domain.owing import PaidBySetOff, require_unordered, require_within
from domain.personal import Personal, Retention
from domain.purchasing import (
    AskedCredit,
    BillCame,
    BillCredited,
    BillReversed,
    LessBought,
    PurchaseLine,
    cost_of,
    gross_of,
    less_of,
    require_bill,
    require_sound,
)


class PurchaseState(StrEnum):
    """Where a purchase invoice stands."""

    RECEIVED = "received"
    DISPUTED = "disputed"
    APPROVED = "approved"
    REJECTED = "rejected"
    REVERSED = "reversed"


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
        outside_scope: bool = False,  # noqa: FBT001, FBT002 - as above
    ) -> None:
        """Start waiting for another person; a bill of old books has no lines."""
        self.entity_id = entity_id
        self.supplier_id = supplier_id
        self.activity_id = activity_id
        self.lines = lines
        self.reverse_charge = reverse_charge
        self.outside_scope = outside_scope
        self.state = PurchaseState.RECEIVED
        self.people: frozenset[str] = frozenset()
        self.order_id: UUID | None = None
        self.brought_c = 0
        self.invoice_id: UUID | None = None
        self.taken: tuple[LessBought, ...] = ()
        self.credited_by: tuple[UUID, ...] = ()
        self.less_due_c = 0

    class Event(Ledgered.Event):
        """What happened to a purchase invoice."""

        entity_id: UUID
        supplier_id: UUID

    class Received(Event, BillCame, Ledgered.Created):
        """A supplier's bill came in, for an activity or for the cooperative itself.

        `document_sha256` names its bytes; `due_c` is what the supplier is to be paid.
        """

        TOPIC = "purchase-invoice.received.v1"
        document_sha256: str

        def apply(self, purchase: PurchaseInvoice) -> None:
            """Remember who recorded it: none of them can approve it."""
            purchase.people = people_of(self.actor, self.on_behalf_of)

    Created = Received

    class TakenOver(Event, PurchaseBrought, Ledgered.Created):
        """A bill of the old books was not yet paid, or not whole."""

        TOPIC = "purchase-invoice.taken-over.v1"

    class Mirrored(Event, BillCame, Ledgered.Created):
        """An invoice of another entity of the group is a bill of this one, under one id on both sides.

        Inside a VAT unit it stands `outside_scope` of VAT, and is declared in no grid.
        """

        TOPIC = "purchase-invoice.mirrored.v1"
        outside_scope: bool
        intercompany_id: UUID
        invoice_id: UUID

        def apply(self, purchase: PurchaseInvoice) -> None:
            """Remember who issued it: none of them can approve it on this side."""
            purchase.people = people_of(self.actor, self.on_behalf_of)
            purchase.invoice_id = self.invoice_id

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
        outside_scope: bool
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

    class Reversed(Event, BillReversed):
        """It was a mistake: what was left of it is neither a cost nor owed."""

        TOPIC = "purchase-invoice.reversed.v1"

        def apply(self, purchase: PurchaseInvoice) -> None:
            """Owe nothing, and leave the number to the right bill."""
            BillReversed.apply(self, purchase)
            purchase.state = PurchaseState.REVERSED

    class Credited(Event, BillCredited):
        """A credit note of the supplier took lines off; the credit note's own fact books it."""

        TOPIC = "purchase-invoice.credited.v1"

    class SetOff(Event, PaidBySetOff):
        """Part of it was paid by what the supplier owed back; the fact of that debt books it."""

        TOPIC = "purchase-invoice.set-off.v1"

    class SetOffReversed(Event, PaidBySetOff):
        """What the supplier owed back was set off against another document: so much, below zero, is owed again."""

        TOPIC = "purchase-invoice.set-off-reversed.v1"

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
        require_bill(purchase_no, lines, issued_on=issued_on, due_on=due_on, document_sha256=document_sha256)
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
            require_sound(line)
        net_c, vat_c = sum(line.net_c for line in lines), sum(line.vat_c for line in lines)
        return cls.begin_with(
            cls.Mirrored,
            stamp,
            id=id,
            **says,
            lines=lines,
            reverse_charge=False,
            net_c=net_c,
            vat_c=vat_c,
            vat_deductible_c=sum(line.vat_deductible_c for line in lines),
            due_c=net_c + vat_c,
        )

    @property
    def due_c(self) -> int:
        """What the supplier is paid, in cents."""
        vat_c = 0 if self.reverse_charge else sum(line.vat_c for line in self.lines)
        return self.brought_c + sum(line.net_c for line in self.lines) + vat_c - self.less_due_c

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
            outside_scope=self.outside_scope,
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
        """Refuse to pay what is not approved, owed no more, or paid by an order already.

        Of a reversed bill is due what its supplier repaid of it and never got.
        """
        if self.state not in (PurchaseState.APPROVED, PurchaseState.REVERSED) or not self.due_c:
            raise NothingDue(state=self.state)
        require_unordered(self.order_id)

    def order_payment(self, stamp: Stamp, *, order_id: UUID) -> None:
        """Pay the bill by this order, and by no other."""
        self.require_due()
        self._note(self.PaymentOrdered, stamp, order_id=order_id)

    def withdraw_payment(self, stamp: Stamp, *, order_id: UUID) -> None:
        """Be owed again, since that order was taken back."""
        self._note(self.PaymentWithdrawn, stamp, order_id=order_id)

    def reverse(self, stamp: Stamp, *, booked_on: date, lines: tuple[LessBought, ...], reason: str) -> None:
        """Take an approved bill back before its payment is ordered, for a reason, by all that is left of it."""
        if self.invoice_id is not None:
            raise PurchaseOfGroup(invoice_id=self.invoice_id)
        require_unordered(self.order_id)
        if not reason.strip():
            raise EmptyText(field="reason")
        gross_c = gross_of(lines, reverse_charge=self.reverse_charge)
        says = {"lines": lines, "reverse_charge": self.reverse_charge, "gross_c": gross_c, "reason": reason}
        sums = {"cost_c": cost_of(lines), "back_c": self.back_of(gross_c)}
        self._note(self.Reversed, stamp, activity_id=self.activity_id, booked_on=booked_on, **says, **sums)

    def to_take_off(self, asked: Sequence[AskedCredit] | None) -> tuple[LessBought, ...]:
        """Return what is taken off the approved bill, all that is left of it without `asked`; or refuse it."""
        if self.state is not PurchaseState.APPROVED:
            raise PurchaseNotApproved(state=self.state)
        if not self.lines:
            raise PurchaseOfOldBooks(purchase_id=self.id)
        return less_of(self.lines, self.taken, asked)

    def back_of(self, gross_c: int) -> int:
        """Return what of so much the supplier was paid already, and owes back, in cents."""
        return gross_c if self.order_id is not None else max(gross_c - self.due_c, 0)

    def credit(self, stamp: Stamp, *, credit_note_id: UUID, lines: tuple[LessBought, ...]) -> None:
        """Owe less, by the lines that `to_take_off` answered."""
        gross_c = gross_of(lines, reverse_charge=self.reverse_charge)
        says = {"lines": lines, "gross_c": gross_c, "back_c": self.back_of(gross_c)}
        self._note(self.Credited, stamp, credit_note_id=credit_note_id, **says)

    def set_off(self, stamp: Stamp, *, debt_id: UUID, amount_c: int) -> None:
        """Pay part of the bill by what the supplier owes back."""
        self.require_due()
        require_within(self.due_c, amount_c)
        self._note(self.SetOff, stamp, debt_id=debt_id, amount_c=amount_c)

    def undo_set_off(self, stamp: Stamp, *, debt_id: UUID, amount_c: int) -> None:
        """Be owed again what was set off by mistake, before an order pays the rest."""
        require_unordered(self.order_id)
        self._note(self.SetOffReversed, stamp, debt_id=debt_id, amount_c=-amount_c)

    def _require_waiting(self) -> None:
        if self.state not in (PurchaseState.RECEIVED, PurchaseState.DISPUTED):
            raise PurchaseNotWaiting(state=self.state)

    def _note(self, kind: type[Event], stamp: Stamp, **says: object) -> None:
        self.note(kind, stamp, entity_id=self.entity_id, supplier_id=self.supplier_id, **says)
