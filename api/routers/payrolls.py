"""Payrolls: a wage asked, its slip posted, its payment ordered."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AfterValidator, BaseModel, Field

from api.context import Ask
from api.forms import Cents, Dated, Flag, Form, Line
from api.guard import GuardedRoute
from api.looking import Limit, Look, OfEntity, Position, next_of
from api.replies import Recorded
from domain.ledger import payments, payrolls
from domain.slips import SlipLine, SlipType
from interchange.identifiers import iban
from projections import payrolls as views
from projections.payrolls import PAYROLLS, Wage

router = APIRouter(prefix="/payrolls", tags=["outgoings"], route_class=GuardedRoute)


class RequestPayroll(Dated):
    """A wage and its whole cost, the employer's contributions included."""

    payroll_id: UUID | None = None
    activity_id: UUID
    employee_id: UUID
    budget_c: Cents


class AskedSlipLine(Form):
    """One line of a slip: earned above zero, withheld below; benefits in kind have a line of each."""

    type: SlipType
    amount_c: Cents


class WithdrawPayroll(Dated):
    """The wish to take a request for a wage back."""


class PostSlip(Dated):
    """The slip of the social secretariat; its lines sum to the net paid."""

    slip_ref: Line
    lines: Annotated[list[AskedSlipLine], Field(min_length=1, max_length=100)]
    net_c: Cents
    employer_c: Cents


class PostDirectorPay(Dated):
    """What a director is paid, and the tax withheld of it."""

    statement_ref: Line
    gross_c: Cents
    wage_tax_c: Cents


class OrderWagePayment(Dated):
    """The account to which the net wage is paid; `despite_hold` orders it while payouts are held."""

    order_id: UUID | None = None
    payee_iban: Annotated[Line, AfterValidator(iban)]
    despite_hold: Flag = False


class PayrollState(StrEnum):
    """Where a payroll stands."""

    REQUESTED = "requested"
    POSTED = "posted"
    WITHDRAWN = "withdrawn"
    REVERSED = "reversed"


class Payrolls(BaseModel):
    """Payrolls; `next` is the `before` of the next page."""

    position: int
    payrolls: list[Wage]
    next: int | None


@router.post("", status_code=201, name="payroll.request")
def request_payroll(asked: RequestPayroll, ask: Ask) -> Recorded:
    """Ask for a wage within what its activity has available."""
    return ask(asked, on=asked.effective_on).record(
        payrolls.request_payroll,
        payroll_id=ask.id_or_new(asked.payroll_id),
        activity_id=asked.activity_id,
        employee_id=asked.employee_id,
        budget_c=asked.budget_c,
    )


@router.get("", name="payrolls.view")
def view_payrolls(
    look: Look,
    entity_id: OfEntity = None,
    employee_id: Annotated[UUID | None, Query(description="of this membership only")] = None,
    state: PayrollState | None = None,
    before: Position | None = None,
    limit: Limit = 100,
) -> Payrolls:
    """Show the payrolls, the latest first."""
    position = look.standing_at(PAYROLLS.name)
    rows = views.payrolls(
        look.reading(PAYROLLS.name),
        entity_id=entity_id,
        employee_id=employee_id,
        state=state,
        before=before,
        limit=limit,
    )
    return Payrolls(position=position, payrolls=rows, next=next_of(rows, limit))


@router.post("/{payroll_id}/withdrawal", status_code=201, name="payroll.withdraw")
def withdraw_payroll(payroll_id: UUID, asked: WithdrawPayroll, ask: Ask) -> Recorded:
    """Take a request for a wage back, before its slip is posted."""
    return ask(asked, on=asked.effective_on).record(payrolls.withdraw_payroll, payroll_id=payroll_id)


@router.post("/{payroll_id}/slip", status_code=201, name="slip.post")
def post_slip(payroll_id: UUID, asked: PostSlip, ask: Ask) -> Recorded:
    """Post the slip of a wage that was asked."""
    return ask(asked, on=asked.effective_on).record(
        payrolls.post_slip,
        payroll_id=payroll_id,
        slip_ref=asked.slip_ref,
        lines=[SlipLine(each.type, each.amount_c) for each in asked.lines],
        net_c=asked.net_c,
        employer_c=asked.employer_c,
    )


@router.post("/{payroll_id}/director-pay", status_code=201, name="director-pay.post")
def post_director_pay(payroll_id: UUID, asked: PostDirectorPay, ask: Ask) -> Recorded:
    """Post a director's pay that was asked, on an activity whose entrepreneurs are paid so."""
    return ask(asked, on=asked.effective_on).record(
        payrolls.post_director_pay,
        payroll_id=payroll_id,
        statement_ref=asked.statement_ref,
        gross_c=asked.gross_c,
        wage_tax_c=asked.wage_tax_c,
    )


@router.post("/{payroll_id}/payment-orders", status_code=201, name="wage.order")
def order_wage_payment(payroll_id: UUID, asked: OrderWagePayment, ask: Ask) -> Recorded:
    """Order the payment of a posted slip's net wage."""
    return ask(asked, on=asked.effective_on).record(
        payments.order_wage_payment,
        order_id=ask.id_or_new(asked.order_id),
        payroll_id=payroll_id,
        payee_iban=asked.payee_iban,
        despite_hold=asked.despite_hold,
    )
