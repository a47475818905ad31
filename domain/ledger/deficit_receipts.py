"""Receipts that were set against the wrong deficit, or that the bank took back: what they had paid is owed, or lost, again."""

from __future__ import annotations

from uuid import UUID

from domain.aggregates.bank_line import BankLine
from domain.aggregates.deficit import Deficit
from domain.errors import OtherEntity
from domain.facts import Stamp
from domain.ledger.books import Books
from domain.ledger.periods import booking_date


def undo_deficit_receipt(
    books: Books, stamp: Stamp, *, bank_line_id: UUID, deficit_id: UUID, amount_c: int, reason: str
) -> None:
    """Take back what a receipt paid of a deficit, or of what was written off of it, by mistake; it waits again.

    What came last goes first: what was written off, then what was owed. Raises ExceedsAllocation, EmptyText.
    """
    line, deficit = books.get(BankLine, bank_line_id), books.get(Deficit, deficit_id)
    line.undo_other(stamp, document_id=deficit_id, amount_c=amount_c, reason=reason)
    booked_on = booking_date(books, deficit.entity_id, stamp.effective_on)
    deficit.reverse_receipt(
        stamp, booked_on=booked_on, amount_c=amount_c, line_id=bank_line_id, by_line_id=None
    )


def return_deficit_receipt(
    books: Books,
    stamp: Stamp,
    *,
    bank_line_id: UUID,
    of_line_id: UUID,
    deficit_id: UUID,
    amount_c: int,
    reason_code: str = "",
) -> None:
    """Say that this money out takes back what another line had paid of it.

    Raises OtherEntity, ExceedsAllocation, ExceedsLine.
    """
    taken, paid = books.get(BankLine, bank_line_id), books.get(BankLine, of_line_id)
    deficit = books.get(Deficit, deficit_id)
    if taken.entity_id != paid.entity_id:
        raise OtherEntity(bank_line_id=bank_line_id, of_line_id=of_line_id)
    paid.lose_other(stamp, document_id=deficit_id, amount_c=amount_c, by_line_id=bank_line_id)
    taken.explain(
        BankLine.OtherPaymentReturned,
        stamp,
        of_line_id=of_line_id,
        document_id=deficit_id,
        amount_c=amount_c,
        reason_code=reason_code,
    )
    booked_on = booking_date(books, deficit.entity_id, stamp.effective_on)
    deficit.reverse_receipt(
        stamp, booked_on=booked_on, amount_c=amount_c, line_id=of_line_id, by_line_id=bank_line_id
    )
