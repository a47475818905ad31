"""What a cutover takes over of open items: clients with their invoices, suppliers with their bills."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.purchase_invoice import PurchaseInvoice
from domain.brought import OF_OLD_BOOKS, FundRate
from domain.facts import Stamp
from domain.ledger.activities import activity_id
from domain.ledger.books import Books
from domain.ledger.doubts import declare_doubt, record_value_adjustment
from domain.ledger.funds import fund_id
from domain.ledger.invoicing import register_client
from domain.ledger.old_codes import old_id
from domain.ledger.purchases import purchase_id, register_supplier
from domain.ledger.reconciling import fund_parts
from domain.old_books import OldBooks, OldInvoice
from domain.settlement import FundPart
from domain.vat import net_of, vat_of


def take_over_invoices(books: Books, stamp: Stamp, *, entity_id: UUID, old: OldBooks) -> None:
    """Register the clients, and go on claiming what is open of their invoices."""
    for client in old.clients:
        register_client(
            books,
            stamp,
            client_id=old_id("client", entity_id, client.code),
            entity_id=entity_id,
            kind=client.kind,
            name=client.name,
            address=client.address,
            vat_no=client.vat_no,
            email=client.email,
        )
    names = {client.code: client.name for client in old.clients}
    for invoice in old.invoices:
        _claim(books, stamp, invoice, entity_id=entity_id, buyer_name=names[invoice.client])


def take_over_purchases(
    books: Books, stamp: Stamp, *, entity_id: UUID, old: OldBooks, source_sha256: str
) -> None:
    """Register the suppliers, and go on owing what is not yet paid of their bills."""
    for supplier in old.suppliers:
        register_supplier(
            books,
            stamp,
            supplier_id=old_id("supplier", entity_id, supplier.code),
            entity_id=entity_id,
            name=supplier.name,
            address=supplier.address,
            vat_no=supplier.vat_no,
        )
    for purchase in old.purchases:
        supplier_id = old_id("supplier", entity_id, purchase.supplier)
        books.record(
            PurchaseInvoice.begin_with(
                PurchaseInvoice.TakenOver,
                stamp,
                id=purchase_id(supplier_id, purchase.purchase_no),
                entity_id=entity_id,
                supplier_id=supplier_id,
                booked_on=stamp.effective_on,
                purchase_no=purchase.purchase_no,
                issued_on=purchase.issued_on,
                due_on=purchase.due_on,
                due_c=purchase.open_c,
                document_sha256=source_sha256,
            )
        )


def _doubt(books: Books, stamp: Stamp, invoice: OldInvoice, *, invoice_id: UUID) -> None:
    """Go on doubting what the old books doubted, and what they charged for it."""
    if invoice.doubtful_c:
        declare_doubt(
            books,
            stamp,
            invoice_id=invoice_id,
            amount_c=invoice.doubtful_c,
            reason="doubtful in the old books",
        )
    if invoice.adjusted_c:
        day = stamp.effective_on
        balance_sheet = stamp.dated(day.replace(day=1) - timedelta(days=1))
        record_value_adjustment(
            books, balance_sheet, invoice_id=invoice_id, amount_c=invoice.adjusted_c, booked_on=day
        )


def _claim(books: Books, stamp: Stamp, invoice: OldInvoice, *, entity_id: UUID, buyer_name: str) -> None:
    """Claim what is open of an invoice; each fund goes on being owed its part."""
    invoice_id = old_id("invoice", entity_id, invoice.invoice_no)
    earner_id = activity_id(entity_id, invoice.activity)
    parts = fund_parts(invoice)
    books.record(
        Invoice.begin_with(
            Invoice.TakenOver,
            stamp,
            id=invoice_id,
            entity_id=entity_id,
            activity_id=earner_id,
            client_id=old_id("client", entity_id, invoice.client),
            booked_on=stamp.effective_on,
            invoice_no=invoice.invoice_no,
            issued_on=invoice.issued_on,
            due_on=invoice.due_on,
            reference=invoice.reference,
            vat=invoice.vat,
            net_c=net_of(invoice.vat),
            vat_c=vat_of(invoice.vat),
            gross_c=invoice.open_c,
            plan_version=OF_OLD_BOOKS,
            contribution_bp=invoice.contribution_bp,
            fund_rates=tuple(
                FundRate(fund_id(entity_id, code), rate_bp) for code, rate_bp in invoice.fund_bp.items()
            ),
            fund_parts=tuple(
                FundPart(fund_id(entity_id, code), amount_c) for code, amount_c in parts.items()
            ),
            buyer_name=buyer_name,
        )
    )
    for code, amount_c in parts.items():
        fund = books.get(MutualFund, fund_id(entity_id, code))
        fund.note(
            MutualFund.ContributionTakenOver,
            stamp,
            entity_id=entity_id,
            booked_on=stamp.effective_on,
            ledger_policy=fund.ledger_policy,
            activity_id=earner_id,
            document_id=invoice_id,
            amount_c=amount_c,
        )
    _doubt(books, stamp, invoice, invoice_id=invoice_id)
