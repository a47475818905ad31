"""Between entities of the group: a real invoice of one, and the same as a bill of the other, in one batch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.client import Client
from domain.aggregates.group_link import GroupLink
from domain.aggregates.invoice import Invoice
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.purchase_invoice import PurchaseInvoice
from domain.aggregates.supplier import Supplier
from domain.errors import OtherEntity, ParameterNotSet, ReverseChargeNotMirrored, VatUnitDiffers
from domain.facts import Stamp
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.invoicing import AskedLine, issue_invoice
from domain.ledger.presets import NO_VAT_UNIT, VAT_UNIT
from domain.ledger.purchases import purchase_id
from domain.money import share
from domain.purchasing import PurchaseLine
from domain.spending import ExpenseType
from domain.vat import VatCategory

ALL_BP = 10_000


def link_id(seller_id: UUID, buyer_id: UUID) -> UUID:
    """Return the id of the link by which one entity sells to another."""
    return derived_id("group-link", seller_id, buyer_id)


def intercompany_id(invoice_id: UUID) -> UUID:
    """Return the one id under which an invoice is on both sides."""
    return derived_id("intercompany", invoice_id)


def link_entities(
    books: Books, stamp: Stamp, *, seller_id: UUID, buyer_id: UUID, client_id: UUID, supplier_id: UUID
) -> None:
    """Say which client of the seller the buyer is, and which supplier of the buyer the seller is."""
    books.get(LegalEntity, seller_id)
    books.get(LegalEntity, buyer_id)
    if books.get(Client, client_id).entity_id != seller_id:
        raise OtherEntity(client_id=client_id, entity_id=seller_id)
    if books.get(Supplier, supplier_id).entity_id != buyer_id:
        raise OtherEntity(supplier_id=supplier_id, entity_id=buyer_id)
    books.record(
        GroupLink.open(
            stamp,
            id=link_id(seller_id, buyer_id),
            seller_id=seller_id,
            buyer_id=buyer_id,
            client_id=client_id,
            supplier_id=supplier_id,
        )
    )


def invoice_within_group(
    books: Books,
    stamp: Stamp,
    *,
    invoice_id: UUID,
    activity_id: UUID,
    buyer_id: UUID,
    buyer_activity_id: UUID | None,
    expense_type: ExpenseType,
    issued_on: date,
    supplied_on: date,
    due_on: date | None,
    lines: Sequence[AskedLine],
    deductible_bp: int = ALL_BP,
) -> None:
    """Issue an invoice to another entity of the group, which receives it as a bill to be approved there.

    `deductible_bp` is the part of the VAT that the buyer can deduct (1 bp = 1/10,000). Inside a VAT unit
    nothing of it bears VAT (VAT Code, art. 4 § 2 ◇). Raises VatUnitDiffers, ReverseChargeNotMirrored,
    UnknownRecord if the two are not linked.
    """
    seller_id = books.get(Activity, activity_id).entity_id
    link = books.get(GroupLink, link_id(seller_id, buyer_id))
    if buyer_activity_id is not None and books.get(Activity, buyer_activity_id).entity_id != buyer_id:
        raise OtherEntity(activity_id=buyer_activity_id, entity_id=buyer_id)
    _require_scope(books, seller_id, buyer_id, lines, issued_on)
    issue_invoice(
        books,
        stamp,
        invoice_id=invoice_id,
        activity_id=activity_id,
        client_id=link.client_id,
        issued_on=issued_on,
        supplied_on=supplied_on,
        due_on=due_on,
        lines=lines,
    )
    invoice = books.get(Invoice, invoice_id)
    bill_id, pair_id = purchase_id(link.supplier_id, invoice.invoice_no), intercompany_id(invoice_id)
    bought = tuple(
        PurchaseLine(expense_type, row.base_c, row.vat_c, share(row.vat_c, deductible_bp))
        for row in invoice.vat
    )
    books.record(
        PurchaseInvoice.mirror(
            stamp,
            id=bill_id,
            entity_id=buyer_id,
            supplier_id=link.supplier_id,
            activity_id=buyer_activity_id,
            purchase_no=invoice.invoice_no,
            issued_on=issued_on,
            due_on=invoice.due_on,
            lines=bought,
            outside_scope=all(row.category is VatCategory.OUTSIDE_SCOPE for row in invoice.vat),
            intercompany_id=pair_id,
            invoice_id=invoice_id,
        )
    )
    gross_c = sum(line.net_c + line.vat_c for line in bought)
    link.mirror(stamp, intercompany_id=pair_id, invoice_id=invoice_id, purchase_id=bill_id, gross_c=gross_c)


def _require_scope(
    books: Books, seller_id: UUID, buyer_id: UUID, lines: Sequence[AskedLine], on: date
) -> None:
    categories = {line.vat_category for line in lines}
    if VatCategory.REVERSE_CHARGE in categories:
        raise ReverseChargeNotMirrored(seller_id=seller_id, buyer_id=buyer_id)
    seller, buyer = (_unit_of(books, each, on) for each in (seller_id, buyer_id))
    within = seller == buyer != NO_VAT_UNIT
    outside = {category is VatCategory.OUTSIDE_SCOPE for category in categories}
    if outside and outside != {within}:
        raise VatUnitDiffers(seller_unit=seller, buyer_unit=buyer, on=on)


def _unit_of(books: Books, entity_id: UUID, on: date) -> str:
    """Return the VAT unit an entity is of on that day; entities of before the parameter are of none."""
    try:
        return books.get(LegalEntity, entity_id).parameter(VAT_UNIT, on)
    except ParameterNotSet:
        return NO_VAT_UNIT
