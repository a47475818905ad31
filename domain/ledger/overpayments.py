"""What clients paid beyond what they owed: held, set against another invoice, paid back, or held no longer."""

from __future__ import annotations

from uuid import UUID

from domain.aggregates.bank_line import BankLine
from domain.aggregates.client import Client
from domain.aggregates.invoice import Invoice
from domain.aggregates.payment_order import PaymentOrder, Pays
from domain.errors import OtherEntity
from domain.facts import Stamp
from domain.ledger.bank import allocate_receipt
from domain.ledger.books import Books
from domain.ledger.payees import pay_to
from domain.ledger.periods import booking_date
from domain.line_limits import require_held


def hold_overpayment(
    books: Books, stamp: Stamp, *, bank_line_id: UUID, client_id: UUID, amount_c: int
) -> None:
    """Hold part of a receipt for a client: it is owed to them until it is allocated or paid back."""
    line, client = books.get(BankLine, bank_line_id), books.get(Client, client_id)
    if line.entity_id != client.entity_id:
        raise OtherEntity(bank_line_id=bank_line_id, client_id=client_id)
    line.hold(
        stamp,
        booked_on=booking_date(books, line.entity_id, stamp.effective_on),
        client_id=client_id,
        amount_c=amount_c,
    )


def release_overpayment(
    books: Books, stamp: Stamp, *, bank_line_id: UUID, client_id: UUID, amount_c: int
) -> None:
    """Hold part of it no longer: it was held for the wrong client, or the bank took the receipt back.

    It waits again on its receipt. Raises ExceedsHeld.
    """
    line = books.get(BankLine, bank_line_id)
    booked_on = booking_date(books, line.entity_id, stamp.effective_on)
    line.release(stamp, booked_on=booked_on, client_id=client_id, amount_c=amount_c)


def allocate_overpayment(
    books: Books, stamp: Stamp, *, bank_line_id: UUID, invoice_id: UUID, amount_c: int
) -> None:
    """Set part of what is held for a client against an invoice of theirs."""
    line, invoice = books.get(BankLine, bank_line_id), books.get(Invoice, invoice_id)
    line.release(
        stamp,
        booked_on=booking_date(books, line.entity_id, stamp.effective_on),
        client_id=invoice.client_id,
        amount_c=amount_c,
    )
    # It was held despite whatever reference the receipt bore.
    allocate_receipt(
        books,
        stamp,
        bank_line_id=bank_line_id,
        invoice_id=invoice_id,
        amount_c=amount_c,
        despite_reference=True,
    )


def order_refund(
    books: Books,
    stamp: Stamp,
    *,
    order_id: UUID,
    bank_line_id: UUID,
    client_id: UUID,
    amount_c: int,
    payee_iban: str,
) -> None:
    """Order that part of what is held for a client is paid back; a second person approves it."""
    line = books.get(BankLine, bank_line_id)
    require_held(line, client_id, amount_c)
    pay_to(books, stamp, payee_id=client_id, iban=payee_iban)
    books.record(
        PaymentOrder.begin(
            stamp,
            id=order_id,
            entity_id=line.entity_id,
            pays=Pays.REFUND,
            document_id=bank_line_id,
            amount_c=amount_c,
            payee_id=client_id,
            payee_iban=payee_iban,
        )
    )
