"""What goes wrong with receipts: payments the bank takes back, wrong allocations; and what the bank charges."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.bank_line import BankLine
from domain.aggregates.invoice import Invoice
from domain.errors import OtherEntity
from domain.facts import Stamp
from domain.ledger.books import Books
from domain.ledger.contributions import Cause, collect, follow_cost, follow_invoice
from domain.ledger.periods import booking_date


def return_payment(
    books: Books,
    stamp: Stamp,
    *,
    bank_line_id: UUID,
    of_line_id: UUID,
    invoice_id: UUID,
    amount_c: int,
    reason_code: str = "",
) -> None:
    """Say that this money out takes back what another line paid of an invoice; that is open again."""
    taken, paid = books.get(BankLine, bank_line_id), books.get(BankLine, of_line_id)
    if taken.entity_id != paid.entity_id:
        raise OtherEntity(bank_line_id=bank_line_id, of_line_id=of_line_id)
    paid.lose_allocation(stamp, invoice_id=invoice_id, amount_c=amount_c, by_line_id=bank_line_id)
    taken.explain(
        BankLine.PaymentReturned,
        stamp,
        of_line_id=of_line_id,
        invoice_id=invoice_id,
        amount_c=amount_c,
        reason_code=reason_code,
    )
    activity = books.get(Activity, books.get(Invoice, invoice_id).activity_id)
    before_c = activity.available_c(0)
    _open_again(books, stamp, invoice_id=invoice_id, line_id=of_line_id, amount_c=amount_c)
    activity.weigh(stamp, document_id=invoice_id, before_c=before_c)


def return_receipt(
    books: Books,
    stamp: Stamp,
    *,
    bank_line_id: UUID,
    of_line_id: UUID,
    amount_c: int,
    reason_code: str = "",
) -> None:
    """Say that this money out takes back what of another line, a receipt, is not allocated.

    It never was, or its allocation was undone. Nothing is booked. Raises OtherEntity, NotAReceipt,
    ExceedsUnallocated, NotAPayment, ExceedsLine.
    """
    taken, came = books.get(BankLine, bank_line_id), books.get(BankLine, of_line_id)
    if taken.entity_id != came.entity_id:
        raise OtherEntity(bank_line_id=bank_line_id, of_line_id=of_line_id)
    came.lose_unallocated(stamp, amount_c=amount_c, by_line_id=bank_line_id)
    taken.explain(
        BankLine.ReceiptReturned, stamp, of_line_id=of_line_id, amount_c=amount_c, reason_code=reason_code
    )


def undo_allocation(
    books: Books, stamp: Stamp, *, bank_line_id: UUID, invoice_id: UUID, amount_c: int, reason: str
) -> None:
    """Take back an allocation that was wrong; the receipt waits again, and the invoice is open again."""
    activity = books.get(Activity, books.get(Invoice, invoice_id).activity_id)
    before_c = activity.available_c(0)
    take_back(
        books, stamp, bank_line_id=bank_line_id, invoice_id=invoice_id, amount_c=amount_c, reason=reason
    )
    activity.weigh(stamp, document_id=invoice_id, before_c=before_c)


def take_back(
    books: Books, stamp: Stamp, *, bank_line_id: UUID, invoice_id: UUID, amount_c: int, reason: str
) -> None:
    """Take back an allocation, without weighing yet what that leaves its activity."""
    line = books.get(BankLine, bank_line_id)
    line.undo_allocation(stamp, invoice_id=invoice_id, amount_c=amount_c, reason=reason)
    _open_again(books, stamp, invoice_id=invoice_id, line_id=bank_line_id, amount_c=amount_c)


def record_bank_fee(
    books: Books, stamp: Stamp, *, bank_line_id: UUID, amount_c: int, activity_id: UUID | None = None
) -> None:
    """Say that this money out is the bank's fee; the cooperative bears it, or the activity that is named."""
    line = books.get(BankLine, bank_line_id)
    if activity_id is not None:
        activity = books.get(Activity, activity_id)
        if activity.entity_id != line.entity_id:
            raise OtherEntity(bank_line_id=bank_line_id, activity_id=activity_id)
    booked_on = booking_date(books, line.entity_id, stamp.effective_on)
    line.explain(BankLine.FeeRecorded, stamp, booked_on=booked_on, activity_id=activity_id, amount_c=amount_c)
    if activity_id is not None:
        cause = Cause(bank_line_id, None, booked_on)
        follow_cost(books, stamp, activity=activity, cost_c=amount_c, cause=cause)
        activity.bear(stamp, document_id=bank_line_id, cost_c=amount_c, promised_c=0)


def _open_again(books: Books, stamp: Stamp, *, invoice_id: UUID, line_id: UUID, amount_c: int) -> None:
    """Take back on the invoice, its activity and the funds what the payment had settled, to the cent."""
    invoice = books.get(Invoice, invoice_id)
    booked_on, before = booking_date(books, invoice.entity_id, stamp.effective_on), invoice.settlement
    undone = invoice.reverse_payment(stamp, line_id=line_id, amount_c=amount_c, booked_on=booked_on)
    follow_invoice(
        books,
        stamp,
        invoice=invoice,
        before=before,
        after=invoice.settlement,
        cause=Cause(invoice_id, invoice_id, booked_on),
    )
    if undone.net_c:
        books.get(Activity, invoice.activity_id).unsettle(stamp, document_id=invoice_id, net_c=undone.net_c)
    for part in undone.fund_parts:
        less = replace(part, amount_c=-part.amount_c)
        collect(books, stamp, less, activity_id=invoice.activity_id, document_id=invoice_id)
