"""Money out that was explained wrongly: what was said of it is taken back by new facts, and it waits again."""

from __future__ import annotations

from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.bank_line import BankLine
from domain.aggregates.payment_order import PaymentOrder
from domain.facts import Stamp
from domain.ledger.books import Books
from domain.ledger.contributions import Cause, follow_cost
from domain.ledger.periods import booking_date


def reverse_bank_fee(
    books: Books,
    stamp: Stamp,
    *,
    bank_line_id: UUID,
    amount_c: int,
    reason: str,
    activity_id: UUID | None = None,
) -> None:
    """Say that part of what was recorded as the bank's fee was none; whoever bore it bears it no longer.

    `activity_id` is who bore it, none the cooperative. Raises ExceedsExplained, EmptyText.
    """
    line = books.get(BankLine, bank_line_id)
    booked_on = booking_date(books, line.entity_id, stamp.effective_on)
    line.explain_no_longer(
        BankLine.FeeReversed,
        stamp,
        activity_id=activity_id,
        amount_c=amount_c,
        reason=reason,
        booked_on=booked_on,
    )
    if activity_id is not None:
        activity = books.get(Activity, activity_id)
        activity.adjust(stamp, document_id=bank_line_id, amount_c=amount_c)
        cause = Cause(bank_line_id, None, booked_on)
        follow_cost(books, stamp, activity=activity, cost_c=-amount_c, cause=cause)


def undo_clearing(books: Books, stamp: Stamp, *, order_id: UUID, reason: str) -> None:
    """Say that the bank line which cleared an order was another payment: both wait again.

    Raises NoLineCleared, also for a payment that came back since; EmptyText.
    """
    order = books.get(PaymentOrder, order_id)
    booked_on = booking_date(books, order.entity_id, stamp.effective_on)
    line_id = order.undo_clearing(stamp, booked_on=booked_on, reason=reason)
    books.get(BankLine, line_id).explain_no_longer(
        BankLine.ClearingUndone, stamp, order_id=order_id, amount_c=order.amount_c, reason=reason
    )


def undo_return(
    books: Books, stamp: Stamp, *, bank_line_id: UUID, of_line_id: UUID, amount_c: int, reason: str
) -> None:
    """Say that this money out did not take so much of that receipt back: both wait again.

    What the receipt had paid stays open: it is allocated anew, to the same document or to another one.
    Nothing is booked. Raises ExceedsExplained, EmptyText.
    """
    books.get(BankLine, bank_line_id).explain_no_longer(
        BankLine.ReturnUndone, stamp, of_line_id=of_line_id, amount_c=amount_c, reason=reason
    )
    books.get(BankLine, of_line_id).regain(stamp, amount_c=amount_c, by_line_id=bank_line_id)
