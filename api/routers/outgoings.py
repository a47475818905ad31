"""Money going out: expense claims, and the payments that settle what is owed."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from api import receipts
from api.context import Ask
from api.forms import Cents, Dated, Day, Form, Line
from api.guard import GuardedRoute
from api.looking import Limit, Look, OfEntity, Position, next_of
from api.replies import Recorded
from domain.aggregates.expense_claim import ClaimLine, ClaimState
from domain.ledger import claims, corrections, payments
from domain.spending import ExpenseType
from interchange.identifiers import iban
from projections import outgoings as views
from projections.outgoings import OUTGOINGS, Claim, Order

router = APIRouter(tags=["outgoings"], route_class=GuardedRoute)


class AskedExpense(Form):
    """One expense with the hash of its receipt; `vat_deductible_c` is part of `vat_c`."""

    spent_on: Day
    type: ExpenseType
    net_c: Cents
    vat_c: Cents = 0
    vat_deductible_c: Cents = 0
    receipt_sha256: Line


class SubmitClaim(Dated):
    """What a member who runs the activity paid for it and wants back."""

    claim_id: UUID | None = None
    activity_id: UUID
    claimant_id: UUID
    purpose: Line
    lines: Annotated[list[AskedExpense], Field(min_length=1, max_length=200)]


class ApproveClaim(Dated):
    """The approval of another person."""


class RejectClaim(Dated):
    """Why a claim is turned down."""

    reason: Line


class OrderClaimPayment(Dated):
    """An approved claim, and the account it is paid to."""

    order_id: UUID | None = None
    claim_id: UUID
    payee_iban: Annotated[Line, AfterValidator(iban)]


class ApprovePayment(Dated):
    """The approval of a second person; `release_reason` says why a wage is paid that is held."""

    release_reason: Line | None = None


class WithdrawPayment(Dated):
    """Why an order is taken back."""

    reason: Line


class ClearPayment(Dated):
    """The order that this money out paid."""

    order_id: UUID


class ReturnPayout(Dated):
    """The order whose payment came back, and the bank's reason if it gave one."""

    order_id: UUID
    reason_code: Annotated[str, StringConstraints(pattern=r"^([A-Z0-9]{4})?$")] = ""


class OrderState(StrEnum):
    """Where an order stands."""

    ORDERED = "ordered"
    APPROVED = "approved"
    CLEARED = "cleared"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"


class Claims(BaseModel):
    """Claims; `next` is the `before` of the next page."""

    position: int
    claims: list[Claim]
    next: int | None


class Orders(BaseModel):
    """Payment orders; `next` is the `before` of the next page."""

    position: int
    orders: list[Order]
    next: int | None


@router.post("/claims", status_code=201, name="claim.submit")
def submit_claim(asked: SubmitClaim, ask: Ask) -> Recorded:
    """Submit an expense claim within what its activity has available; its receipts were kept before."""
    hashes = [each.receipt_sha256 for each in asked.lines]
    return ask(asked, on=asked.effective_on).record(
        receipts.submit_claim,
        receipts.not_kept(ask.services, asked.claimant_id, hashes),
        claim_id=ask.id_or_new(asked.claim_id),
        activity_id=asked.activity_id,
        claimant_id=asked.claimant_id,
        purpose=asked.purpose,
        lines=[
            ClaimLine(
                each.spent_on, each.type, each.net_c, each.vat_c, each.vat_deductible_c, each.receipt_sha256
            )
            for each in asked.lines
        ],
    )


@router.post("/claims/{claim_id}/approval", status_code=201, name="claim.approve")
def approve_claim(claim_id: UUID, asked: ApproveClaim, ask: Ask) -> Recorded:
    """Approve a claim as another person."""
    return ask(asked, on=asked.effective_on).record(claims.approve_claim, claim_id=claim_id)


@router.post("/claims/{claim_id}/rejection", status_code=201, name="claim.reject")
def reject_claim(claim_id: UUID, asked: RejectClaim, ask: Ask) -> Recorded:
    """Turn a claim down, or withdraw it."""
    return ask(asked, on=asked.effective_on).record(
        claims.reject_claim, claim_id=claim_id, reason=asked.reason
    )


@router.post("/payment-orders", status_code=201, name="payment.order")
def order_payment(asked: OrderClaimPayment, ask: Ask) -> Recorded:
    """Order the payment of an approved claim."""
    return ask(asked, on=asked.effective_on).record(
        payments.order_claim_payment,
        order_id=ask.id_or_new(asked.order_id),
        claim_id=asked.claim_id,
        payee_iban=asked.payee_iban,
    )


@router.post("/payment-orders/{order_id}/approval", status_code=201, name="payment.approve")
def approve_payment(order_id: UUID, asked: ApprovePayment, ask: Ask) -> Recorded:
    """Approve an ordered payment as a second person."""
    return ask(asked, on=asked.effective_on).record(
        payments.approve_payment, order_id=order_id, release_reason=asked.release_reason
    )


@router.post("/payment-orders/{order_id}/withdrawal", status_code=201, name="payment.withdraw")
def withdraw_payment(order_id: UUID, asked: WithdrawPayment, ask: Ask) -> Recorded:
    """Take an order back that the bank has not paid."""
    return ask(asked, on=asked.effective_on).record(
        corrections.withdraw_order, order_id=order_id, reason=asked.reason
    )


@router.post("/bank/lines/{line_id}/payments", status_code=201, name="payment.clear")
def clear_payment(line_id: UUID, asked: ClearPayment, ask: Ask) -> Recorded:
    """Clear an approved payment by the bank's debit line."""
    return ask(asked, on=asked.effective_on).record(
        payments.clear_payment, bank_line_id=line_id, order_id=asked.order_id
    )


@router.post("/bank/lines/{line_id}/returned-payouts", status_code=201, name="payment.return")
def return_payout(line_id: UUID, asked: ReturnPayout, ask: Ask) -> Recorded:
    """Let a receipt be a payment that the payee's bank sent back: it is owed again."""
    return ask(asked, on=asked.effective_on).record(
        payments.return_payout,
        bank_line_id=line_id,
        order_id=asked.order_id,
        reason_code=asked.reason_code,
    )


@router.get("/claims", name="claims.view")
def view_claims(
    look: Look,
    entity_id: OfEntity = None,
    state: ClaimState | None = None,
    before: Position | None = None,
    limit: Limit = 100,
) -> Claims:
    """Show the claims, the latest first."""
    position = look.standing_at(OUTGOINGS.name)
    rows = views.claims(
        look.reading(OUTGOINGS.name), entity_id=entity_id, state=state, before=before, limit=limit
    )
    return Claims(position=position, claims=rows, next=next_of(rows, limit))


@router.get("/payment-orders", name="payment-orders.view")
def view_payment_orders(
    look: Look,
    entity_id: OfEntity = None,
    state: OrderState | None = None,
    before: Position | None = None,
    limit: Limit = 100,
) -> Orders:
    """Show the payment orders, the latest first."""
    position = look.standing_at(OUTGOINGS.name)
    rows = views.payment_orders(
        look.reading(OUTGOINGS.name), entity_id=entity_id, state=state, before=before, limit=limit
    )
    return Orders(position=position, orders=rows, next=next_of(rows, limit))
