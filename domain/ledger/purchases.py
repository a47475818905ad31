"""Suppliers and their bills: register, receive, dispute, approve as another person, reject."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.purchase_invoice import PurchaseInvoice, PurchaseState
from domain.aggregates.supplier import Supplier
from domain.errors import OtherEntity
from domain.facts import Stamp
from domain.ids import derived_id
from domain.ledger.activities import overdraft_c
from domain.ledger.books import Books
from domain.ledger.contributions import Cause, follow_cost
from domain.ledger.periods import booking_date
from domain.purchasing import PurchaseLine


def purchase_id(supplier_id: UUID, purchase_no: str, reversed_before: int = 0) -> UUID:
    """Return the id of the one bill with that number of that supplier, after so many that were reversed."""
    again = (reversed_before,) if reversed_before else ()
    return derived_id("purchase-invoice", supplier_id, purchase_no.strip(), *again)


def register_supplier(
    books: Books,
    stamp: Stamp,
    *,
    supplier_id: UUID,
    entity_id: UUID,
    name: str,
    address: str,
    vat_no: str,
) -> None:
    """Register a supplier of an entity."""
    books.get(LegalEntity, entity_id)
    books.record(
        Supplier.register(
            stamp, id=supplier_id, entity_id=entity_id, name=name, address=address, vat_no=vat_no
        )
    )


def receive_purchase(
    books: Books,
    stamp: Stamp,
    *,
    supplier_id: UUID,
    activity_id: UUID | None,
    purchase_no: str,
    issued_on: date,
    due_on: date,
    lines: Sequence[PurchaseLine],
    reverse_charge: bool,
    document_sha256: str,
) -> None:
    """Record a supplier's bill, each number of a supplier once, for an activity or the cooperative itself.

    The number of a bill that was reversed can be recorded anew.
    """
    supplier = books.get(Supplier, supplier_id)
    if activity_id is not None and books.get(Activity, activity_id).entity_id != supplier.entity_id:
        raise OtherEntity(supplier_id=supplier_id, activity_id=activity_id)
    books.record(
        PurchaseInvoice.receive(
            stamp,
            id=_next_id(books, supplier_id, purchase_no),
            entity_id=supplier.entity_id,
            supplier_id=supplier_id,
            activity_id=activity_id,
            purchase_no=purchase_no,
            issued_on=issued_on,
            due_on=due_on,
            lines=tuple(lines),
            reverse_charge=reverse_charge,
            document_sha256=document_sha256,
        )
    )


def dispute_purchase(books: Books, stamp: Stamp, *, purchase_id: UUID, reason: str) -> None:
    """Not accept a bill as it is; it is not paid before it is approved."""
    books.get(PurchaseInvoice, purchase_id).dispute(stamp, reason=reason)


def reject_purchase(books: Books, stamp: Stamp, *, purchase_id: UUID, reason: str) -> None:
    """Turn a bill down for good."""
    books.get(PurchaseInvoice, purchase_id).reject(stamp, reason=reason)


def approve_purchase(books: Books, stamp: Stamp, *, purchase_id: UUID) -> None:
    """Approve a bill as another person; whoever ordered it bears it, the supplier is owed it.

    A debt is a debt: it is accepted though the activity may not have the money, and flagged then.
    """
    purchase = books.get(PurchaseInvoice, purchase_id)
    booked_on = booking_date(books, purchase.entity_id, stamp.effective_on)
    if purchase.activity_id is None:
        purchase.approve(stamp, booked_on=booked_on, overdrawn_c=0)
        return
    activity = books.get(Activity, purchase.activity_id)
    cause = Cause(purchase_id, None, booked_on)
    follow_cost(books, stamp, activity=activity, cost_c=purchase.cost_c, cause=cause)
    left_c = (
        activity.available_c(overdraft_c(books, activity.entity_id, stamp.effective_on)) - purchase.cost_c
    )
    purchase.approve(stamp, booked_on=booked_on, overdrawn_c=max(-left_c, 0))
    activity.bear(stamp, document_id=purchase_id, cost_c=purchase.cost_c, promised_c=0)


def _next_id(books: Books, supplier_id: UUID, purchase_no: str) -> UUID:
    """Return the id of the bill that is recorded next under that number."""
    reversed_before = 0
    while True:
        found = purchase_id(supplier_id, purchase_no, reversed_before)
        known = books.find(PurchaseInvoice, found)
        if known is None or known.state is not PurchaseState.REVERSED:
            return found
        reversed_before += 1
