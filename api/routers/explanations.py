"""What was said of bank lines by mistake, taken back: fees, payments cleared or sent back, receipts returned."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from api.context import Ask
from api.forms import Cents, Dated, Line
from api.guard import GuardedRoute
from api.replies import Recorded
from domain.ledger import explanations, payments

router = APIRouter(tags=["bank"], route_class=GuardedRoute)


class ReverseFee(Dated):
    """How much was no fee, who bore it (without an activity the cooperative), and why."""

    amount_c: Cents
    activity_id: UUID | None = None
    reason: Line


class UndoReturn(Dated):
    """How much of which receipt was not taken back, and why it was said."""

    of_line_id: UUID
    amount_c: Cents
    reason: Line


class Mistaken(Dated):
    """Why what was said is taken back."""

    reason: Line


@router.post("/bank/lines/{line_id}/fees/reversal", status_code=201, name="bank-fee.reverse")
def reverse_bank_fee(line_id: UUID, asked: ReverseFee, ask: Ask) -> Recorded:
    """Say that part of what was recorded as the bank's fee was none: it is to be explained again."""
    return ask(asked, on=asked.effective_on).record(
        explanations.reverse_bank_fee,
        bank_line_id=line_id,
        amount_c=asked.amount_c,
        activity_id=asked.activity_id,
        reason=asked.reason,
    )


@router.post("/bank/lines/{line_id}/returns/undoing", status_code=201, name="receipt.undo-return")
def undo_return(line_id: UUID, asked: UndoReturn, ask: Ask) -> Recorded:
    """Say that this money out did not take that receipt back: both wait again."""
    return ask(asked, on=asked.effective_on).record(
        explanations.undo_return,
        bank_line_id=line_id,
        of_line_id=asked.of_line_id,
        amount_c=asked.amount_c,
        reason=asked.reason,
    )


@router.post("/payment-orders/{order_id}/clearing/undoing", status_code=201, name="payment.undo-clearing")
def undo_clearing(order_id: UUID, asked: Mistaken, ask: Ask) -> Recorded:
    """Say that the line which cleared this payment was another one: both wait again."""
    return ask(asked, on=asked.effective_on).record(
        explanations.undo_clearing, order_id=order_id, reason=asked.reason
    )


@router.post("/payment-orders/{order_id}/return/undoing", status_code=201, name="payment.undo-return")
def undo_payout_return(order_id: UUID, asked: Mistaken, ask: Ask) -> Recorded:
    """Say that a receipt was not this payment sent back: it stands, and the receipt waits again."""
    return ask(asked, on=asked.effective_on).record(
        payments.undo_payout_return, order_id=order_id, reason=asked.reason
    )
