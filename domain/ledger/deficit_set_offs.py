"""Deficits that were set off by mistake: they are owed again, and so is the wage or withdrawal share."""

from __future__ import annotations

from uuid import UUID

from domain.aggregates.deficit import Deficit
from domain.aggregates.payroll import Payroll
from domain.aggregates.withdrawal_share import WithdrawalShare
from domain.facts import Stamp
from domain.ledger.books import Books
from domain.ledger.periods import booking_date
from domain.ledger.withdrawals import distributions_of


def undo_wage_set_off(
    books: Books, stamp: Stamp, *, deficit_id: UUID, payroll_id: UUID, amount_c: int, reason: str
) -> None:
    """Take back what was withheld from a wage by mistake, before an order pays the rest of it.

    Raises ExceedsSetOff, PaidAlready, SlipNotPosted, EmptyText.
    """
    deficit, payroll = books.get(Deficit, deficit_id), books.get(Payroll, payroll_id)
    deficit.reverse_wage_set_off(
        stamp,
        booked_on=booking_date(books, deficit.entity_id, stamp.effective_on),
        amount_c=amount_c,
        payroll_id=payroll_id,
        reason=reason,
    )
    payroll.undo_deficit_set_off(stamp, deficit_id=deficit_id, amount_c=amount_c)


def undo_share_set_off(
    books: Books, stamp: Stamp, *, deficit_id: UUID, withdrawal_id: UUID, amount_c: int, reason: str
) -> None:
    """Take back what a withdrawal share paid by mistake; it waits again in its old place, and the consent stands.

    What it had taken of the last tests may be distributed again. Raises ExceedsSetOff, EmptyText.
    """
    deficit, withdrawal = books.get(Deficit, deficit_id), books.get(WithdrawalShare, withdrawal_id)
    deficit.reverse_share_set_off(
        stamp,
        booked_on=booking_date(books, deficit.entity_id, stamp.effective_on),
        amount_c=amount_c,
        withdrawal_id=withdrawal_id,
        reason=reason,
    )
    withdrawal.undo_set_off(stamp, deficit_id=deficit_id, amount_c=amount_c)
    distributions_of(books, stamp, deficit.entity_id).withdraw_payment(
        stamp, withdrawal_id=withdrawal_id, order_id=deficit_id, amount_c=amount_c
    )
