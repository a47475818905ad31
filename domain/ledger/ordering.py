"""What client orders mean to others: the order of an invoice, and what a credit note gives back to it."""

from __future__ import annotations

from uuid import UUID

from domain.aggregates.ordered_invoice import OrderedInvoice
from domain.aggregates.quotation import Quotation
from domain.facts import Stamp
from domain.ids import derived_id
from domain.ledger.books import Books


def ordered_invoice_id(invoice_id: UUID) -> UUID:
    """Return the id of what links that invoice to its client order."""
    return derived_id("ordered-invoice", invoice_id)


def order_of(books: Books, invoice_id: UUID) -> OrderedInvoice | None:
    """Return the link of an invoice to its client order, or None if it was drawn on none."""
    return books.find(OrderedInvoice, ordered_invoice_id(invoice_id))


def give_back_to_order(
    books: Books, stamp: Stamp, *, invoice_id: UUID, credit_note_id: UUID, net_c: int
) -> None:
    """Let what a credit note takes off an invoice be invoiced again, if it was drawn on an order."""
    link = order_of(books, invoice_id)
    if link is not None:
        books.get(Quotation, link.quotation_id).credit(
            stamp, invoice_id=invoice_id, credit_note_id=credit_note_id, net_c=net_c
        )
