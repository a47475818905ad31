"""Mutual funds: chartered, and granting by two people."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from api.context import Ask
from api.forms import Cents, Code, Dated, Line
from api.guard import GuardedRoute
from api.looking import InThePast, Limit, Look, OfEntity, Position
from api.replies import Recorded
from domain.aggregates.mutual_fund import FundKind, LedgerPolicy
from domain.ledger import funds
from projections import fund_balances as views
from projections.dated_sums import Axis
from projections.fund_balances import FundMovement, Grant

router = APIRouter(prefix="/funds", tags=["funds"], route_class=GuardedRoute)


class CharterFund(Dated):
    """A mutual fund of an entity, under its regulation."""

    entity_id: UUID
    code: Code
    kind: FundKind
    ledger_policy: LedgerPolicy
    floor_c: Cents
    regulation_ref: Line


class ProposeGrant(Dated):
    """A grant to an activity, by a decision."""

    grant_id: UUID | None = None
    activity_id: UUID
    amount_c: Cents
    purpose: Line
    decision_ref: Line


class PayGrant(Dated):
    """The approval of a second person."""


class FundBalance(BaseModel):
    """What a fund stands at, in cents; `available_c` is what it can pay above its floor."""

    model_config = ConfigDict(from_attributes=True)

    fund_id: UUID
    entity_id: UUID
    code: str
    kind: FundKind
    ledger_policy: LedgerPolicy
    floor_c: int
    accrued_c: int
    collected_c: int
    proposed_c: int
    paid_c: int
    cash_c: int
    available_c: int


class FundBalances(BaseModel):
    """The funds, as the log stood at `position`."""

    model_config = ConfigDict(from_attributes=True)

    position: int
    axis: Axis
    as_of: date | None
    rows: list[FundBalance]


class FundMovements(BaseModel):
    """The facts behind a fund's balances; `next` is the `after` of the next page."""

    position: int
    rows: list[FundMovement]
    next: int | None


class Grants(BaseModel):
    """The grants of a fund, those that wait for a second person and those that were paid."""

    position: int
    grants: list[Grant]


@router.post("", status_code=201, name="fund.charter")
def charter_fund(asked: CharterFund, ask: Ask) -> Recorded:
    """Set up a mutual fund of an entity."""
    return ask(asked, on=asked.effective_on).record(
        funds.charter_fund,
        entity_id=asked.entity_id,
        code=asked.code,
        kind=asked.kind,
        ledger_policy=asked.ledger_policy,
        floor_c=asked.floor_c,
        regulation_ref=asked.regulation_ref,
    )


@router.post("/{fund_id}/grants", status_code=201, name="grant.propose")
def propose_grant(fund_id: UUID, asked: ProposeGrant, ask: Ask) -> Recorded:
    """Propose that a fund grants an activity an amount."""
    return ask(asked, on=asked.effective_on).record(
        funds.propose_grant,
        fund_id=fund_id,
        grant_id=ask.id_or_new(asked.grant_id),
        activity_id=asked.activity_id,
        amount_c=asked.amount_c,
        purpose=asked.purpose,
        decision_ref=asked.decision_ref,
    )


@router.post("/{fund_id}/grants/{grant_id}/payment", status_code=201, name="grant.pay")
def pay_grant(fund_id: UUID, grant_id: UUID, asked: PayGrant, ask: Ask) -> Recorded:
    """Approve a proposed grant as a second person, and order its payment."""
    return ask(asked, on=asked.effective_on).record(funds.pay_grant, fund_id=fund_id, grant_id=grant_id)


@router.get("", name="fund-balances.view")
def view_fund_balances(look: Look, past: InThePast, entity_id: OfEntity = None) -> FundBalances:
    """Show what each fund was promised, has collected and has given, now or at any past."""
    found = views.fund_balances(
        look.reading(views.FUND_BALANCES.name),
        entity_id=entity_id,
        as_of=past.as_of,
        known_at=past.known_at,
        axis=past.axis,
    )
    look.at(found.position)
    return FundBalances.model_validate(found)


@router.get("/{fund_id}/movements", name="fund-movements.view")
def view_fund_movements(
    fund_id: UUID, look: Look, past: InThePast, after: Position = 0, limit: Limit = 100
) -> FundMovements:
    """Show the facts behind a fund's balances."""
    position = look.standing_at(views.FUND_BALANCES.name)
    rows = views.fund_movements(
        look.reading(views.FUND_BALANCES.name),
        fund_id=fund_id,
        as_of=past.as_of,
        known_at=past.known_at,
        axis=past.axis,
        limit=limit,
        after=after,
    )
    full = len(rows) == limit
    return FundMovements(position=position, rows=rows, next=rows[-1].position if full else None)


@router.get("/{fund_id}/grants", name="grants.view")
def view_grants(fund_id: UUID, look: Look) -> Grants:
    """Show the grants of a fund."""
    position = look.standing_at(views.FUND_BALANCES.name)
    return Grants(
        position=position, grants=views.grants(look.reading(views.FUND_BALANCES.name), fund_id=fund_id)
    )
