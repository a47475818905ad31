"""Contribution plans: rules by version, exceptions for one activity, the fixed part of months."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints

from api.context import Ask
from api.forms import BasisPoints, Cents, Dated, Day, Form, Line
from api.guard import GuardedRoute
from api.looking import Look, OfEntity
from api.replies import Recorded
from domain.contributions import ContributionBase, Exemptions, FundShare, Tier
from domain.ledger import plans
from domain.ledger.contribution_presets import CONTRIBUTION_PRESETS, ContributionPreset
from projections import contribution_plans as views
from projections.contribution_plans import CONTRIBUTION_PLANS, CountedYear, PlanVersion

router = APIRouter(tags=["contribution plans"], route_class=GuardedRoute)


class AskedShare(Form):
    """What goes to a mutual fund, of the same base."""

    fund_id: UUID
    rate_bp: BasisPoints


class AskedTier(Form):
    """The rate of what the year's base exceeds an amount by, up to the next tier."""

    from_c: Cents
    rate_bp: BasisPoints


class AskedExemptions(Form):
    """What leaves nothing: so much of a year's base, and an activity's first months."""

    year_c: Cents = 0
    first_months: Annotated[int, Field(strict=True, ge=0, le=1_000)] = 0


class AskedTerms(Dated):
    """What an activity leaves the cooperative and its funds; on the invoiced net unless it says otherwise."""

    valid_from: Day
    base: ContributionBase = ContributionBase.INVOICED_NET
    rate_bp: BasisPoints
    tiers: Annotated[tuple[AskedTier, ...], Field(max_length=50)] = ()
    fixed_month_c: Cents = 0
    exemptions: AskedExemptions = AskedExemptions()
    fund_shares: Annotated[tuple[AskedShare, ...], Field(max_length=50)] = ()
    decision_ref: Line
    motion_id: UUID | None = None

    def terms(self) -> dict[str, Any]:
        """Return the terms as the use cases take them."""
        return {
            "valid_from": self.valid_from,
            "base": self.base,
            "rate_bp": self.rate_bp,
            "tiers": [Tier(each.from_c, each.rate_bp) for each in self.tiers],
            "fixed_month_c": self.fixed_month_c,
            "exemptions": Exemptions(self.exemptions.year_c, self.exemptions.first_months),
            "fund_shares": [FundShare(each.fund_id, each.rate_bp) for each in self.fund_shares],
            "decision_ref": self.decision_ref,
            "motion_id": self.motion_id,
        }


class EnactContributionRule(AskedTerms):
    """The next version of an entity's contribution plan, by a decision."""

    entity_id: UUID


class GrantContributionOverride(AskedTerms):
    """Other terms for one activity and a time, by a decision."""

    valid_until: Day


class ChargeMonth(Dated):
    """The fixed part of a month that has begun."""

    month: Annotated[str, StringConstraints(max_length=7)]


class Plans(BaseModel):
    """The versions of the plans, and what the activities' years count where a version reckons over years."""

    position: int
    versions: list[PlanVersion]
    years: list[CountedYear]


class Presets(BaseModel):
    """Terms that cooperatives are known to have, as starting points."""

    presets: list[ContributionPreset]


@router.post("/contribution-rules", status_code=201, name="contribution-rule.enact")
def enact_contribution_rule(asked: EnactContributionRule, ask: Ask) -> Recorded:
    """Enact the next version of an entity's contribution plan; never in retrospect."""
    return ask(asked, on=asked.effective_on).record(
        plans.enact_contribution_rule,
        entity_id=asked.entity_id,
        **asked.terms(),
    )


@router.post(
    "/activities/{activity_id}/contribution-overrides", status_code=201, name="contribution-override.grant"
)
def grant_contribution_override(activity_id: UUID, asked: GrantContributionOverride, ask: Ask) -> Recorded:
    """Let one activity leave something else for a time; never in retrospect, one exception at a time."""
    return ask(asked, on=asked.effective_on).record(
        plans.grant_contribution_override,
        activity_id=activity_id,
        valid_until=asked.valid_until,
        **asked.terms(),
    )


@router.post(
    "/activities/{activity_id}/contribution-months", status_code=201, name="contribution-month.charge"
)
def charge_month(activity_id: UUID, asked: ChargeMonth, ask: Ask) -> Recorded:
    """Charge an activity the fixed part of a month, once; the scheduler does it by itself."""
    return ask(asked, on=asked.effective_on).record(
        plans.charge_month, activity_id=activity_id, month=asked.month
    )


@router.get("/contribution-plans", name="contribution-plans.view")
def view_contribution_plans(look: Look, entity_id: OfEntity = None) -> Plans:
    """Show the plans by version, exceptions included, and where the activities' years stand."""
    position = look.standing_at(CONTRIBUTION_PLANS.name)
    reader = look.reading(CONTRIBUTION_PLANS.name)
    return Plans(
        position=position,
        versions=views.plan_versions(reader, entity_id=entity_id),
        years=views.counted_years(reader, entity_id=entity_id),
    )


@router.get("/contribution-presets", name="contribution-presets.view")
def view_contribution_presets() -> Presets:
    """Show contribution rules as cooperatives are known to have them; none is in force by itself."""
    return Presets(presets=list(CONTRIBUTION_PRESETS))
