"""Aid of mutual funds: asked for, decided, paid by a second person, come back or written off."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.context import Ask
from api.forms import Cents, Dated, Day, Flag, Form, Line
from api.guard import GuardedRoute
from api.looking import Limit, Look, OfEntity, OfFund, Position, next_of
from api.replies import Recorded
from domain.aggregates.fund_aid import AidOutcome, AidState
from domain.instalments import Instalment
from domain.ledger import advances, corrections
from domain.ledger import aid as cases
from projections import fund_aid as views
from projections.fund_aid import Aid

router = APIRouter(prefix="/aid", tags=["funds"], route_class=GuardedRoute)

MOST_INSTALMENTS, MOST_DECIDERS = 120, 50


class RequestAid(Dated):
    """An amount that a member asks a fund for, to help the activity they run."""

    aid_id: UUID | None = None
    fund_id: UUID
    activity_id: UUID
    member_id: UUID
    amount_c: Cents
    purpose: Line


class DueInstalment(Form):
    """What of an advance is to be paid back by that day."""

    due_on: Day
    amount_c: Cents


class DecideAid(Dated):
    """What a motion, or the members of a committee, decided: a grant, a loan, or nothing."""

    outcome: AidOutcome
    amount_c: Cents = 0
    schedule: Annotated[tuple[DueInstalment, ...], Field(max_length=MOST_INSTALMENTS)] = ()
    decision_ref: Line
    decided_by: Annotated[tuple[UUID, ...], Field(max_length=MOST_DECIDERS)] = ()
    motion_id: UUID | None = None


class PayAid(Dated):
    """The payment by a second person, to an account of the member who asked."""

    payee_iban: Line


class GiveAidUp(Dated):
    """Why the aid is not wanted any more."""

    reason: Line


class PayAdvanceBack(Dated):
    """A part of a receipt that pays an advance back."""

    bank_line_id: UUID
    amount_c: Cents
    despite_reference: Flag = False


class UndoRepayment(Dated):
    """What of a receipt was set against this aid by mistake, and why that was one."""

    bank_line_id: UUID
    amount_c: Cents
    reason: Line


class SetAdvanceOff(Dated):
    """What of an advance the activity bears."""

    amount_c: Cents


class UndoAdvanceSetOff(SetAdvanceOff):
    """What of it was set off by mistake, and why that was one."""

    reason: Line


class WriteAdvanceOff(Dated):
    """The decision that nothing more is expected."""

    decision_ref: Line


class AidList(BaseModel):
    """Aid, the oldest first; `next` is the `after` of the next page."""

    position: int
    aid: list[Aid]
    next: int | None


@router.post("", status_code=201, name="aid.request")
def request_aid(asked: RequestAid, ask: Ask) -> Recorded:
    """Ask a fund for an amount to help an activity."""
    return ask(asked, on=asked.effective_on).record(
        cases.request_aid,
        aid_id=ask.id_or_new(asked.aid_id),
        fund_id=asked.fund_id,
        activity_id=asked.activity_id,
        member_id=asked.member_id,
        amount_c=asked.amount_c,
        purpose=asked.purpose,
    )


@router.post("/{aid_id}/decision", status_code=201, name="aid.decide")
def decide_aid(aid_id: UUID, asked: DecideAid, ask: Ask) -> Recorded:
    """Grant, lend or refuse aid; who asked or benefits takes no part."""
    return ask(asked, on=asked.effective_on).record(
        cases.decide_aid,
        aid_id=aid_id,
        outcome=asked.outcome,
        amount_c=asked.amount_c,
        schedule=[Instalment(each.due_on, each.amount_c) for each in asked.schedule],
        decision_ref=asked.decision_ref,
        decided_by=asked.decided_by,
        motion_id=asked.motion_id,
    )


@router.post("/{aid_id}/giving-up", status_code=201, name="aid.give-up")
def give_up_aid(aid_id: UUID, asked: GiveAidUp, ask: Ask) -> Recorded:
    """Let aid be that was not paid."""
    return ask(asked, on=asked.effective_on).record(cases.give_up_aid, aid_id=aid_id, reason=asked.reason)


@router.post("/{aid_id}/payment", status_code=201, name="aid.pay")
def pay_aid(aid_id: UUID, asked: PayAid, ask: Ask) -> Recorded:
    """Pay decided aid as a second person, and order its payment."""
    return ask(asked, on=asked.effective_on).record(cases.pay_aid, aid_id=aid_id, payee_iban=asked.payee_iban)


@router.post("/{aid_id}/repayments", status_code=201, name="advance.repay")
def repay_advance(aid_id: UUID, asked: PayAdvanceBack, ask: Ask) -> Recorded:
    """Set part of a receipt against an advance."""
    return ask(asked, on=asked.effective_on).record(
        advances.repay_advance,
        aid_id=aid_id,
        bank_line_id=asked.bank_line_id,
        amount_c=asked.amount_c,
        despite_reference=asked.despite_reference,
    )


@router.post("/{aid_id}/undone-receipts", status_code=201, name="advance.undo-receipt")
def undo_repayment(aid_id: UUID, asked: UndoRepayment, ask: Ask) -> Recorded:
    """Take back what a receipt paid of this advance, or of what was written off of it, by mistake."""
    return ask(asked, on=asked.effective_on).record(
        corrections.undo_repayment,
        aid_id=aid_id,
        bank_line_id=asked.bank_line_id,
        amount_c=asked.amount_c,
        reason=asked.reason,
    )


@router.post("/{aid_id}/set-offs", status_code=201, name="advance.set-off")
def set_advance_off(aid_id: UUID, asked: SetAdvanceOff, ask: Ask) -> Recorded:
    """Let the activity bear part of an advance."""
    return ask(asked, on=asked.effective_on).record(
        advances.set_advance_off, aid_id=aid_id, amount_c=asked.amount_c
    )


@router.post("/{aid_id}/undone-set-offs", status_code=201, name="advance.undo-set-off")
def undo_advance_set_off(aid_id: UUID, asked: UndoAdvanceSetOff, ask: Ask) -> Recorded:
    """Take back what the activity bore of this advance by mistake: it is to come back again."""
    return ask(asked, on=asked.effective_on).record(
        corrections.undo_advance_set_off, aid_id=aid_id, amount_c=asked.amount_c, reason=asked.reason
    )


@router.post("/{aid_id}/write-off", status_code=201, name="advance.write-off")
def write_advance_off(aid_id: UUID, asked: WriteAdvanceOff, ask: Ask) -> Recorded:
    """Expect nothing more of an advance, by a decision."""
    return ask(asked, on=asked.effective_on).record(
        advances.write_advance_off, aid_id=aid_id, decision_ref=asked.decision_ref
    )


@router.post("/{aid_id}/recoveries", status_code=201, name="advance.recover")
def recover_advance(aid_id: UUID, asked: PayAdvanceBack, ask: Ask) -> Recorded:
    """Set part of a receipt against an advance that had been written off."""
    return ask(asked, on=asked.effective_on).record(
        advances.recover_advance,
        aid_id=aid_id,
        bank_line_id=asked.bank_line_id,
        amount_c=asked.amount_c,
        despite_reference=asked.despite_reference,
    )


@router.get("", name="aid.view")
def view_aid(
    look: Look,
    entity_id: OfEntity = None,
    fund_id: OfFund = None,
    state: AidState | None = None,
    after: Position = 0,
    limit: Limit = 100,
) -> AidList:
    """Show aid with what became of it."""
    position = look.standing_at(views.FUND_AID.name)
    rows = views.aid(
        look.reading(views.FUND_AID.name),
        entity_id=entity_id,
        fund_id=fund_id,
        state=state,
        limit=limit,
        after=after,
    )
    return AidList(position=position, aid=rows, next=next_of(rows, limit))
