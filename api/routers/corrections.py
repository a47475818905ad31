"""Bills, claims and slips that were wrong, suppliers' credit notes, and what payees owe back of what they were paid."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.context import Ask
from api.evidence import entity_of_purchase, resting_on
from api.forms import Cents, Dated, Day, Form, Line
from api.guard import GuardedRoute
from api.looking import Limit, Look, OfEntity, Position, next_of
from api.replies import Recorded
from api.routers.credit_notes import CreditedBases
from domain.ledger import payee_debts, payout_corrections, purchase_corrections
from domain.owing import PaidFor
from domain.purchasing import AskedCredit
from projections import payee_debts as views
from projections.payee_debts import PAYEE_DEBTS, OwedBack
from projections.purchase_credits import PURCHASE_CREDITS, PurchaseCredit, purchase_credits

router = APIRouter(tags=["corrections"], route_class=GuardedRoute)


LineNo = Annotated[int, Field(strict=True, ge=1, le=200)]


class SayWhy(Dated):
    """Why it was wrong."""

    reason: Line


class ReverseClaim(Dated):
    """Why it was wrong; without `line_nos`, from 1, all lines that stand are taken back."""

    reason: Line
    line_nos: Annotated[list[LineNo], Field(min_length=1, max_length=200)] | None = None


class CreditedLine(Form):
    """What a supplier takes off a line of the bill, in cents; the first line is 1."""

    line_no: LineNo
    net_c: Cents
    vat_c: Cents = 0


class ReceiveCredit(Dated):
    """A supplier's credit note; without `lines` it takes back all that is left of the bill."""

    credit_note_no: Line
    issued_on: Day
    lines: Annotated[list[CreditedLine], Field(min_length=1, max_length=200)] | None = None
    document_sha256: Line


class CreditWithinGroup(Form):
    """A credit note on an invoice to another entity of the group; without `rows` on all that is left of it."""

    credit_note_id: UUID | None = None
    issued_on: Day | None = None
    reason: Line
    rows: Annotated[list[CreditedBases], Field(min_length=1, max_length=200)] | None = None


class RepayDebt(Dated):
    """How much of a receipt pays back which debt."""

    debt_id: UUID
    amount_c: Cents


class UndoDebtRepayment(RepayDebt):
    """What was set against it by mistake, and why that was one."""

    reason: Line


class ReturnDebtRepayment(RepayDebt):
    """The receipt whose repayment this money out takes back; the bank's reason code."""

    of_line_id: UUID
    reason_code: Line = ""


class SetOffDebt(Dated):
    """What is owed to the same payee, and how much of it the debt pays."""

    paid_for: PaidFor
    document_id: UUID
    amount_c: Cents


class UndoDebtSetOff(SetOffDebt):
    """How much of it was set off against the wrong document, and why that was wrong."""

    reason: Line


class GiveDebtUp(Dated):
    """The decision by which the rest is expected no longer."""

    decision_ref: Line


class PurchaseCredits(BaseModel):
    """Suppliers' credit notes, the latest first; `next` is the `before` of the next page."""

    position: int
    credit_notes: list[PurchaseCredit]
    next: int | None


class PayeeDebts(BaseModel):
    """What payees owe back, in the order in which it arose, with what became of each."""

    position: int
    debts: list[OwedBack]


@router.post("/purchases/{purchase_id}/reversal", status_code=201, name="purchase.reverse")
def reverse_purchase(purchase_id: UUID, asked: SayWhy, ask: Ask) -> Recorded:
    """Take an approved bill back before its payment is ordered; its number can be recorded anew."""
    return ask(asked, on=asked.effective_on).record(
        purchase_corrections.reverse_purchase, purchase_id=purchase_id, reason=asked.reason
    )


@router.post("/claims/{claim_id}/reversal", status_code=201, name="claim.reverse")
def reverse_claim(claim_id: UUID, asked: ReverseClaim, ask: Ask) -> Recorded:
    """Take an approved claim back, or lines of it; what was paid of them is owed back."""
    return ask(asked, on=asked.effective_on).record(
        payout_corrections.reverse_claim,
        claim_id=claim_id,
        reason=asked.reason,
        line_nos=asked.line_nos,
    )


@router.post("/payrolls/{payroll_id}/reversal", status_code=201, name="slip.reverse")
def reverse_slip(payroll_id: UUID, asked: SayWhy, ask: Ask) -> Recorded:
    """Take a posted slip, or a director's pay, back whole; what was paid of its net is owed back."""
    return ask(asked, on=asked.effective_on).record(
        payout_corrections.reverse_slip, payroll_id=payroll_id, reason=asked.reason
    )


@router.post("/purchases/{purchase_id}/credit-notes", status_code=201, name="purchase.credit")
def receive_purchase_credit(purchase_id: UUID, asked: ReceiveCredit, ask: Ask) -> Recorded:
    """Record a supplier's credit note whose document is kept for the entity."""
    entity_id = entity_of_purchase(ask.services, purchase_id)
    lines = [AskedCredit(each.line_no, each.net_c, each.vat_c) for each in asked.lines or ()]
    return ask(asked, on=asked.effective_on).record(
        resting_on(
            ask.services, asked.document_sha256, entity_id, purchase_corrections.receive_purchase_credit
        ),
        purchase_id=purchase_id,
        credit_note_no=asked.credit_note_no,
        issued_on=asked.issued_on,
        lines=lines or None,
        document_sha256=asked.document_sha256,
    )


@router.post("/purchases/{purchase_id}/group-credit-notes", status_code=201, name="group-credit-note.issue")
def credit_within_group(purchase_id: UUID, asked: CreditWithinGroup, ask: Ask) -> Recorded:
    """Credit the invoice of another entity of the group that is this bill, on both sides at once."""
    issued_on = asked.issued_on or ask.today
    return ask(asked, on=issued_on).record(
        purchase_corrections.credit_within_group,
        purchase_id=purchase_id,
        credit_note_id=ask.id_or_new(asked.credit_note_id),
        issued_on=issued_on,
        reason=asked.reason,
        rows=None if asked.rows is None else [each.asked() for each in asked.rows],
    )


@router.get("/purchase-credit-notes", name="purchase-credit-notes.view")
def view_purchase_credits(
    look: Look, entity_id: OfEntity = None, before: Position | None = None, limit: Limit = 100
) -> PurchaseCredits:
    """Show suppliers' credit notes, the latest first."""
    position = look.standing_at(PURCHASE_CREDITS.name)
    reading = look.reading(PURCHASE_CREDITS.name)
    found = purchase_credits(reading, entity_id=entity_id, before=before, limit=limit)
    return PurchaseCredits(position=position, credit_notes=found, next=next_of(found, limit))


@router.get("/payee-debts", name="payee-debts.view")
def view_payee_debts(look: Look, entity_id: OfEntity = None) -> PayeeDebts:
    """Show what payees owe back of what they were paid, and what became of it."""
    position = look.standing_at(PAYEE_DEBTS.name)
    found = views.payee_debts(look.reading(PAYEE_DEBTS.name), entity_id=entity_id)
    return PayeeDebts(position=position, debts=found)


@router.post("/bank/lines/{line_id}/payee-debt-repayments", status_code=201, name="payee-debt.repay")
def repay_payee_debt(line_id: UUID, asked: RepayDebt, ask: Ask) -> Recorded:
    """Set part of a receipt against what a payee owes back."""
    return ask(asked, on=asked.effective_on).record(
        payee_debts.repay_payee_debt,
        bank_line_id=line_id,
        debt_id=asked.debt_id,
        amount_c=asked.amount_c,
    )


@router.post(
    "/bank/lines/{line_id}/payee-debt-repayments/undoing", status_code=201, name="payee-debt.undo-repayment"
)
def undo_payee_debt_repayment(line_id: UUID, asked: UndoDebtRepayment, ask: Ask) -> Recorded:
    """Take back what was set against it by mistake; the receipt waits again."""
    return ask(asked, on=asked.effective_on).record(
        payee_debts.undo_payee_debt_repayment,
        bank_line_id=line_id,
        debt_id=asked.debt_id,
        amount_c=asked.amount_c,
        reason=asked.reason,
    )


@router.post(
    "/bank/lines/{line_id}/payee-debt-repayments/returning",
    status_code=201,
    name="payee-debt.return-repayment",
)
def return_payee_debt_repayment(line_id: UUID, asked: ReturnDebtRepayment, ask: Ask) -> Recorded:
    """Say that this money out takes back what another line had repaid."""
    return ask(asked, on=asked.effective_on).record(
        payee_debts.return_payee_debt_repayment,
        bank_line_id=line_id,
        of_line_id=asked.of_line_id,
        debt_id=asked.debt_id,
        amount_c=asked.amount_c,
        reason_code=asked.reason_code,
    )


@router.post("/payee-debts/{debt_id}/set-offs", status_code=201, name="payee-debt.set-off")
def set_off_payee_debt(debt_id: UUID, asked: SetOffDebt, ask: Ask) -> Recorded:
    """Set off what a payee owes back against what it is owed, and not yet ordered to be paid."""
    return ask(asked, on=asked.effective_on).record(
        payee_debts.set_off_payee_debt,
        debt_id=debt_id,
        paid_for=asked.paid_for,
        document_id=asked.document_id,
        amount_c=asked.amount_c,
    )


@router.post("/payee-debts/{debt_id}/set-offs/undoing", status_code=201, name="payee-debt.undo-set-off")
def undo_payee_debt_set_off(debt_id: UUID, asked: UndoDebtSetOff, ask: Ask) -> Recorded:
    """Take back what was set off against the wrong document, before an order pays it; both are owed again."""
    return ask(asked, on=asked.effective_on).record(
        payee_debts.undo_payee_debt_set_off,
        debt_id=debt_id,
        paid_for=asked.paid_for,
        document_id=asked.document_id,
        amount_c=asked.amount_c,
        reason=asked.reason,
    )


@router.post("/payee-debts/{debt_id}/giving-up", status_code=201, name="payee-debt.give-up")
def give_payee_debt_up(debt_id: UUID, asked: GiveDebtUp, ask: Ask) -> Recorded:
    """Expect the rest of what a payee owes back no longer, as a second person; the cooperative bears it."""
    return ask(asked, on=asked.effective_on).record(
        payee_debts.give_payee_debt_up, debt_id=debt_id, decision_ref=asked.decision_ref
    )
