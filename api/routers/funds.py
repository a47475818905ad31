"""Mutual funds: chartered, amended, and what they stand at."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.context import Ask, Today
from api.forms import Cents, Code, Dated, Day, Flag, Line
from api.guard import GuardedRoute
from api.looking import InThePast, Limit, Look, OfEntity, Position, next_of
from api.replies import Recorded
from domain.aggregates.mutual_fund import FundKind
from domain.funding import LedgerPolicy
from domain.ledger import funds
from projections import fund_balances as views
from projections.dated_sums import Axis
from projections.fund_aid import FUND_AID
from projections.fund_balances import FundMovement
from projections.guarantee_terms import TermsOfGuarantee, guarantee_terms

router = APIRouter(prefix="/funds", tags=["funds"], route_class=GuardedRoute)


class CharterFund(Dated):
    """A mutual fund of an entity, under its regulation."""

    entity_id: UUID
    code: Code
    kind: FundKind
    ledger_policy: LedgerPolicy = LedgerPolicy.ANALYTIC_ONLY
    floor_c: Cents
    cap_c: Cents | None = None
    members_from_c: Cents | None = None
    regulation_ref: Line


class AmendFund(Dated):
    """Another floor and cap, from a day on, by a decision."""

    valid_from: Day
    floor_c: Cents
    cap_c: Cents | None = None
    members_from_c: Cents | None = None
    decision_ref: Line


class FundBalance(BaseModel):
    """What a fund stands at, in cents.

    `promised_c` is aid decided and not yet paid, `guaranteed_c` set aside for guarantees, and
    `outstanding_c` what of advances is still to come back; `available_c` is what it can still
    promise above its floor.
    """

    model_config = ConfigDict(from_attributes=True)

    fund_id: UUID
    entity_id: UUID
    code: str
    kind: FundKind
    ledger_policy: LedgerPolicy
    floor_c: int
    cap_c: int | None
    accrued_c: int
    collected_c: int
    given_c: int
    returned_c: int
    cash_c: int
    promised_c: int
    guaranteed_c: int
    outstanding_c: int
    available_c: int


class SetGuaranteeTerms(Dated):
    """Whether a client order must be confirmed before its invoice is guaranteed, and who is excluded."""

    valid_from: Day
    needs_order: Flag
    excluded_client_ids: Annotated[list[UUID], Field(max_length=500, default_factory=list)]
    decision_ref: Line


class GuaranteeTermsOfFund(BaseModel):
    """By which terms a fund guarantees; before the first of them nothing is asked."""

    position: int
    terms: list[TermsOfGuarantee]


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
        cap_c=asked.cap_c,
        members_from_c=asked.members_from_c,
        regulation_ref=asked.regulation_ref,
    )


@router.post("/{fund_id}/terms", status_code=201, name="fund.amend")
def amend_fund(fund_id: UUID, asked: AmendFund, ask: Ask) -> Recorded:
    """Give a fund another floor and cap from a day on."""
    return ask(asked, on=asked.effective_on).record(
        funds.amend_fund,
        fund_id=fund_id,
        valid_from=asked.valid_from,
        floor_c=asked.floor_c,
        cap_c=asked.cap_c,
        members_from_c=asked.members_from_c,
        decision_ref=asked.decision_ref,
    )


@router.post("/{fund_id}/guarantee-terms", status_code=201, name="guarantee-terms.set")
def set_guarantee_terms(fund_id: UUID, asked: SetGuaranteeTerms, ask: Ask) -> Recorded:
    """Guarantee by other terms from a day on: orders confirmed before, some clients excluded."""
    return ask(asked, on=asked.effective_on).record(
        funds.set_guarantee_terms,
        fund_id=fund_id,
        valid_from=asked.valid_from,
        needs_order=asked.needs_order,
        excluded_client_ids=asked.excluded_client_ids,
        decision_ref=asked.decision_ref,
    )


@router.get("/{fund_id}/guarantee-terms", name="guarantee-terms.view")
def view_guarantee_terms(fund_id: UUID, look: Look) -> GuaranteeTermsOfFund:
    """Show by which terms a fund guarantees, the first ones first."""
    position = look.standing_at(FUND_AID.name)
    found = guarantee_terms(look.reading(FUND_AID.name), fund_id)
    return GuaranteeTermsOfFund(position=position, terms=found)


@router.get("", name="fund-balances.view")
def view_fund_balances(look: Look, today: Today, past: InThePast, entity_id: OfEntity = None) -> FundBalances:
    """Show what each fund was promised, has collected, has given and set aside, now or at any past."""
    found = views.fund_balances(
        look.reading(views.FUND_BALANCES.name),
        entity_id=entity_id,
        today=today,
        **past.values(),
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
        limit=limit,
        after=after,
        **past.values(),
    )
    return FundMovements(position=position, rows=rows, next=next_of(rows, limit))
