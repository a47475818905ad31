"""What was set against the wrong advance, or ordered and never paid by a fund: taken back by new facts."""

from __future__ import annotations

from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.bank_line import BankLine
from domain.aggregates.fund_aid import AidOutcome, FundAid
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.payment_order import PaymentOrder
from domain.errors import BelowFloor
from domain.facts import Stamp
from domain.funding import FundUse
from domain.ledger.books import Books
from domain.ledger.payments import is_of_fund, withdraw_payment
from domain.ledger.periods import booking_date


def undo_repayment(
    books: Books, stamp: Stamp, *, bank_line_id: UUID, aid_id: UUID, amount_c: int, reason: str
) -> None:
    """Take back what a receipt paid of an advance, or of what was written off of it, by mistake.

    The receipt waits again, the fund has that much less, and it is owed, or lost, as before. Raises
    ExceedsAllocation, AidSettled.
    """
    line, aid = books.get(BankLine, bank_line_id), books.get(FundAid, aid_id)
    line.undo_other(stamp, document_id=aid_id, amount_c=amount_c, reason=reason)
    lost = amount_c <= aid.recovered_by.get(bank_line_id, 0)
    fund = books.get(MutualFund, aid.fund_id)
    aid.reverse_receipt(
        stamp,
        lost=lost,
        booked_on=booking_date(books, aid.entity_id, stamp.effective_on),
        ledger_policy=fund.ledger_policy,
        amount_c=-amount_c,
        line_id=bank_line_id,
    )
    fund.take_back(stamp, use=FundUse.ADVANCE, document_id=aid_id, amount_c=-amount_c)
    if not lost:
        books.get(Activity, aid.activity_id).owe(stamp, document_id=aid_id, amount_c=amount_c)


def undo_advance_set_off(books: Books, stamp: Stamp, *, aid_id: UUID, amount_c: int, reason: str) -> None:
    """Take back what an activity bore of an advance by mistake: it is to come back again, out of what is set aside for it.

    The fund has that much less, which it must not have promised or given meanwhile, nor need for its floor. Raises
    ExceedsSetOff, AidSettled, BelowFloor, EmptyText.
    """
    aid = books.get(FundAid, aid_id)
    fund = books.get(MutualFund, aid.fund_id)
    aid.reverse_set_off(
        stamp,
        booked_on=booking_date(books, aid.entity_id, stamp.effective_on),
        ledger_policy=fund.ledger_policy,
        amount_c=amount_c,
        reason=reason,
    )
    floor_c = fund.terms_on(stamp.effective_on).floor_c
    if fund.cash_c - fund.set_aside_c - amount_c < floor_c:
        raise BelowFloor(cash_c=fund.cash_c, set_aside_c=fund.set_aside_c, amount_c=amount_c, floor_c=floor_c)
    fund.take_back(stamp, use=FundUse.ADVANCE, document_id=aid_id, amount_c=-amount_c)
    books.get(Activity, aid.activity_id).bear(
        stamp, document_id=aid_id, cost_c=-amount_c, promised_c=-amount_c
    )


def withdraw_order(books: Books, stamp: Stamp, *, order_id: UUID, reason: str) -> None:
    """Take back an order the bank has not paid; that of a fund's aid can then be paid by another order."""
    order = books.get(PaymentOrder, order_id)
    if not is_of_fund(order):
        withdraw_payment(books, stamp, order_id=order_id, reason=reason)
        return
    aid = books.get(FundAid, order.document_id)
    fund = books.get(MutualFund, aid.fund_id)
    order.withdraw_from_fund(stamp, reason=reason)
    booked_on = booking_date(books, aid.entity_id, stamp.effective_on)
    aid.withdraw_payment(stamp, booked_on=booked_on, ledger_policy=fund.ledger_policy)
    use = FundUse.ADVANCE if aid.outcome is AidOutcome.LENT else FundUse.GRANT
    fund.unpay(stamp, use=use, document_id=aid.id, amount_c=aid.amount_c)
    if use is FundUse.ADVANCE:
        books.get(Activity, aid.activity_id).release(stamp, document_id=aid.id, amount_c=aid.amount_c)
