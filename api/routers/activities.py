"""Activities, and the contribution rules they live under."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from api.context import Ask
from api.forms import BasisPoints, Code, Dated, Day, Form, Line
from api.guard import GuardedRoute
from api.replies import Recorded
from domain.aggregates.contribution_plan import FundShare
from domain.ledger import activities
from domain.payouts import PayoutRegime

router = APIRouter(tags=["activities"], route_class=GuardedRoute)


class OpenActivity(Dated):
    """Effective members begin an activity."""

    entity_id: UUID
    code: Code
    membership_ids: Annotated[list[UUID], Field(min_length=1, max_length=100)]
    payout_regime: PayoutRegime


class AskedShare(Form):
    """What goes to a mutual fund, of the same base."""

    fund_id: UUID
    rate_bp: BasisPoints


class EnactContributionRule(Dated):
    """The next version of an entity's contribution plan, by a decision."""

    entity_id: UUID
    valid_from: Day
    rate_bp: BasisPoints
    fund_shares: Annotated[tuple[AskedShare, ...], Field(max_length=50)] = ()
    decision_ref: Line


@router.post("/activities", status_code=201, name="activity.open")
def open_activity(asked: OpenActivity, ask: Ask) -> Recorded:
    """Open an activity run by effective members of an entity."""
    return ask(asked, on=asked.effective_on).record(
        activities.open_activity,
        entity_id=asked.entity_id,
        code=asked.code,
        membership_ids=asked.membership_ids,
        payout_regime=asked.payout_regime,
    )


@router.post("/contribution-rules", status_code=201, name="contribution-rule.enact")
def enact_contribution_rule(asked: EnactContributionRule, ask: Ask) -> Recorded:
    """Enact the next version of an entity's contribution plan; never in retrospect."""
    return ask(asked, on=asked.effective_on).record(
        activities.enact_contribution_rule,
        entity_id=asked.entity_id,
        valid_from=asked.valid_from,
        rate_bp=asked.rate_bp,
        fund_shares=[FundShare(each.fund_id, each.rate_bp) for each in asked.fund_shares],
        decision_ref=asked.decision_ref,
    )
