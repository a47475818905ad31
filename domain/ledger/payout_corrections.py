"""Claims and slips that were wrong: taken back, with what was paid of them owed back by the member."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.claimed_receipt import ClaimedReceipt
from domain.aggregates.expense_claim import ExpenseClaim
from domain.aggregates.payroll import Payroll
from domain.facts import Stamp
from domain.ledger.books import Books
from domain.ledger.claims import receipt_id
from domain.ledger.contributions import Cause, follow_cost
from domain.ledger.payee_debts import claim_reversal_id, owe_back
from domain.ledger.periods import booking_date
from domain.owing import PaidFor
from domain.slips import cost_of


def reverse_claim(
    books: Books, stamp: Stamp, *, claim_id: UUID, reason: str, line_nos: Sequence[int] | None = None
) -> None:
    """Take lines of an approved claim back, all that stand without `line_nos`; their receipts may be brought again.

    What was paid of them is owed back. Raises ClaimNotApproved, ClaimLineUnknown.
    """
    claim = books.get(ExpenseClaim, claim_id)
    taken = claim.left if line_nos is None else tuple(line_nos)
    booked_on = booking_date(books, claim.entity_id, stamp.effective_on)
    lines = claim.to_take_back(taken)
    gross_c, cost_c = sum(line.gross_c for line in lines), sum(line.cost_c for line in lines)
    cause_id, back_c = claim_reversal_id(claim_id, len(claim.taken)), claim.back_of(gross_c)
    claim.reverse(stamp, booked_on=booked_on, line_nos=taken, reason=reason)
    owe_back(books, stamp, document=claim, paid_for=PaidFor.CLAIM, cause_id=cause_id, amount_c=back_c)
    _release_receipts(books, stamp, claim)
    if cost_c:
        activity = books.get(Activity, claim.activity_id)
        activity.adjust(stamp, document_id=claim_id, amount_c=cost_c)
        cause = Cause(claim_id, None, booked_on)
        follow_cost(books, stamp, activity=activity, cost_c=-cost_c, cause=cause)


def reverse_slip(books: Books, stamp: Stamp, *, payroll_id: UUID, reason: str) -> None:
    """Take a posted slip, or a director's pay, back whole; what was paid or set off of its net is owed back.

    It takes effect on the day of the slip, and is booked on it if its month still takes bookings: so what
    was withheld is declared with it, or else by the next declaration. Raises SlipNotPosted.
    """
    payroll = books.get(Payroll, payroll_id)
    slip, net_c = payroll.standing_slip, payroll.net_c or 0
    then = stamp.dated(payroll.posted_on or stamp.effective_on)
    back_c = payroll.back_of(net_c)
    booked_on = booking_date(books, payroll.entity_id, then.effective_on)
    payroll.reverse(then, booked_on=booked_on, reason=reason)
    paid_for = PaidFor.DIRECTOR_PAY if payroll.of_director else PaidFor.WAGE
    owe_back(books, then, document=payroll, paid_for=paid_for, cause_id=payroll_id, amount_c=back_c)
    cost_c = cost_of(slip.lines, slip.employer_c)
    books.get(Activity, payroll.activity_id).adjust(then, document_id=payroll_id, amount_c=cost_c)


def _release_receipts(books: Books, stamp: Stamp, claim: ExpenseClaim) -> None:
    """Let receipts be brought again of which no line stands."""
    kept = {claim.lines[number - 1].receipt_sha256 for number in claim.left}
    for sha256 in claim.receipts:
        receipt = books.get(ClaimedReceipt, receipt_id(sha256))
        if sha256 not in kept and receipt.claim_id == claim.id:
            receipt.release(stamp, entity_id=claim.entity_id, claim_id=claim.id)
