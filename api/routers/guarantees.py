"""Guarantees of mutual funds: set aside for an invoice, released, called, recovered."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from api.context import Ask
from api.forms import Cents, Dated, Line
from api.guard import GuardedRoute
from api.looking import Limit, Look, OfEntity, OfFund, Position, next_of
from api.replies import Recorded
from domain.aggregates.fund_guarantee import GuaranteeState
from domain.ledger import guarantees as cases
from projections import fund_aid as views
from projections.fund_aid import Guarantee

router = APIRouter(prefix="/guarantees", tags=["funds"], route_class=GuardedRoute)


class ReserveGuarantee(Dated):
    """What a fund guarantees of an invoice."""

    fund_id: UUID
    invoice_id: UUID
    amount_c: Cents
    decision_ref: Line


class ReleaseGuarantee(Dated):
    """Why the guarantee is not needed any more."""

    reason: Line


class CallGuarantee(Dated):
    """What the client did not pay."""

    amount_c: Cents
    decision_ref: Line


class RecoverGuarantee(Dated):
    """What the client paid in the end."""

    amount_c: Cents


class GuaranteeList(BaseModel):
    """Guarantees, the oldest first; `next` is the `after` of the next page."""

    position: int
    guarantees: list[Guarantee]
    next: int | None


@router.post("", status_code=201, name="guarantee.reserve")
def reserve_guarantee(asked: ReserveGuarantee, ask: Ask) -> Recorded:
    """Guarantee part of an invoice, and set it aside."""
    return ask(asked, on=asked.effective_on).record(
        cases.reserve_guarantee,
        fund_id=asked.fund_id,
        invoice_id=asked.invoice_id,
        amount_c=asked.amount_c,
        decision_ref=asked.decision_ref,
    )


@router.post("/{guarantee_id}/release", status_code=201, name="guarantee.release")
def release_guarantee(guarantee_id: UUID, asked: ReleaseGuarantee, ask: Ask) -> Recorded:
    """Let a guarantee go."""
    return ask(asked, on=asked.effective_on).record(
        cases.release_guarantee, guarantee_id=guarantee_id, reason=asked.reason
    )


@router.post("/{guarantee_id}/call", status_code=201, name="guarantee.call")
def call_guarantee(guarantee_id: UUID, asked: CallGuarantee, ask: Ask) -> Recorded:
    """Call a guarantee as a second person: the fund gives what the client did not pay."""
    return ask(asked, on=asked.effective_on).record(
        cases.call_guarantee,
        guarantee_id=guarantee_id,
        amount_c=asked.amount_c,
        decision_ref=asked.decision_ref,
    )


@router.post("/{guarantee_id}/recoveries", status_code=201, name="guarantee.recover")
def recover_guarantee(guarantee_id: UUID, asked: RecoverGuarantee, ask: Ask) -> Recorded:
    """Give back to the fund what the client paid in the end."""
    return ask(asked, on=asked.effective_on).record(
        cases.recover_guarantee, guarantee_id=guarantee_id, amount_c=asked.amount_c
    )


@router.get("", name="guarantees.view")
def view_guarantees(
    look: Look,
    entity_id: OfEntity = None,
    fund_id: OfFund = None,
    state: GuaranteeState | None = None,
    after: Position = 0,
    limit: Limit = 100,
) -> GuaranteeList:
    """Show guarantees with what became of them."""
    position = look.standing_at(views.FUND_AID.name)
    rows = views.guarantees(
        look.reading(views.FUND_AID.name),
        entity_id=entity_id,
        fund_id=fund_id,
        state=state,
        limit=limit,
        after=after,
    )
    return GuaranteeList(position=position, guarantees=rows, next=next_of(rows, limit))
