"""Payrolls: ask for a wage within what is available, and post the slip that came of it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.membership import Membership
from domain.aggregates.payroll import Payroll
from domain.errors import AmountNegative, EmptyText, NotOfTheActivity, NotPaidAsDirector, NotPaidByWage
from domain.facts import Stamp
from domain.ledger.activities import overdraft_c
from domain.ledger.books import Books
from domain.ledger.periods import booking_date
from domain.money import require_positive
from domain.payouts import PayoutRegime
from domain.slips import SlipLine, cost_of, require_sound_slip


def request_payroll(
    books: Books, stamp: Stamp, *, payroll_id: UUID, activity_id: UUID, employee_id: UUID, budget_c: int
) -> None:
    """Ask for a wage, or a director's pay, whose whole cost is available."""
    activity = books.get(Activity, activity_id)
    if employee_id not in activity.membership_ids:
        raise NotOfTheActivity(employee_id=employee_id, activity_id=activity_id)
    activity.commit(
        stamp,
        document_id=payroll_id,
        amount_c=budget_c,
        overdraft_c=overdraft_c(books, activity.entity_id, stamp.effective_on),
    )
    books.record(
        Payroll.begin(
            stamp,
            id=payroll_id,
            entity_id=activity.entity_id,
            activity_id=activity_id,
            employee_id=employee_id,
            person_id=books.get(Membership, employee_id).person_id,
            budget_c=budget_c,
        )
    )


def withdraw_payroll(books: Books, stamp: Stamp, *, payroll_id: UUID) -> None:
    """Take a request for a wage back before its slip is posted; what was set aside is available again."""
    payroll = books.get(Payroll, payroll_id)
    payroll.withdraw(stamp)
    books.get(Activity, payroll.activity_id).release(stamp, document_id=payroll_id, amount_c=payroll.budget_c)


def post_slip(
    books: Books,
    stamp: Stamp,
    *,
    payroll_id: UUID,
    slip_ref: str,
    lines: Sequence[SlipLine],
    net_c: int,
    employer_c: int,
) -> None:
    """Post the secretariat's slip, whether or not the activity has the money; say by how much it has not."""
    if not slip_ref.strip():
        raise EmptyText(field="slip_ref")
    slip = tuple(lines)
    require_sound_slip(slip, net_c, employer_c)
    payroll = books.get(Payroll, payroll_id)
    payroll.require_unposted()
    activity = books.get(Activity, payroll.activity_id)
    if activity.payout_regime is not PayoutRegime.EMPLOYEE:
        raise NotPaidByWage(payout_regime=activity.payout_regime)
    activity.bear(
        stamp, document_id=payroll_id, cost_c=cost_of(slip, employer_c), promised_c=payroll.budget_c
    )
    left_c = activity.available_c(overdraft_c(books, activity.entity_id, stamp.effective_on))
    payroll.post_slip(
        stamp,
        booked_on=booking_date(books, payroll.entity_id, stamp.effective_on),
        slip_ref=slip_ref,
        lines=slip,
        net_c=net_c,
        employer_c=employer_c,
        overdrawn_c=max(-left_c, 0),
    )


def post_director_pay(
    books: Books, stamp: Stamp, *, payroll_id: UUID, statement_ref: str, gross_c: int, wage_tax_c: int
) -> None:
    """Post what a director is paid, less the tax withheld, whether or not the activity has the money.

    The cooperative bears the gross and nothing beyond it. Raises NotPaidAsDirector, AmountNegative.
    """
    if not statement_ref.strip():
        raise EmptyText(field="statement_ref")
    require_positive(gross_c)
    if not 0 <= wage_tax_c <= gross_c:
        raise AmountNegative(wage_tax_c=wage_tax_c, net_c=gross_c - wage_tax_c)
    payroll = books.get(Payroll, payroll_id)
    payroll.require_unposted()
    activity = books.get(Activity, payroll.activity_id)
    if activity.payout_regime is not PayoutRegime.DIRECTOR:
        raise NotPaidAsDirector(payout_regime=activity.payout_regime)
    activity.bear(stamp, document_id=payroll_id, cost_c=gross_c, promised_c=payroll.budget_c)
    left_c = activity.available_c(overdraft_c(books, activity.entity_id, stamp.effective_on))
    payroll.post_director_pay(
        stamp,
        booked_on=booking_date(books, payroll.entity_id, stamp.effective_on),
        statement_ref=statement_ref,
        gross_c=gross_c,
        wage_tax_c=wage_tax_c,
        overdrawn_c=max(-left_c, 0),
    )
