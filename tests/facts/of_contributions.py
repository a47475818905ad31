"""Samples of what contribution plans say beyond one rate: exceptions, years and months."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain.aggregates.contribution_month import ContributionMonth
from domain.aggregates.contribution_plan import ContributionPlan
from domain.aggregates.contribution_year import ContributionYear
from domain.contributions import ContributionBase, Counted, Exemptions, FundShare, Terms, Tier
from domain.facts import Ledgered
from tests.facts.names import ACTIVITY, DAY, ENTITY, FUND, MOTION

YEAR: dict[str, Any] = {"entity_id": ENTITY, "activity_id": ACTIVITY, "plan_version": 2, "year": 2026}

OF_CONTRIBUTIONS: tuple[tuple[type[Ledgered], type[Any], dict[str, Any]], ...] = (
    (
        ContributionPlan,
        ContributionPlan.OverrideGranted,
        {
            "entity_id": ENTITY,
            "version": 2,
            "activity_id": ACTIVITY,
            "valid_from": DAY,
            "valid_until": DAY.replace(month=12),
            "terms": Terms(
                ContributionBase.GROSS_MARGIN,
                1_200,
                tiers=(Tier(20_000_00, 1_000), Tier(50_000_00, 800)),
                fixed_month_c=30_00,
                exemptions=Exemptions(year_c=500_00, first_months=3),
                fund_shares=(FundShare(FUND, 100),),
            ),
            "decision_ref": "assembly 2026, decision 4",
            "motion_id": MOTION,
        },
    ),
    (ContributionYear, ContributionYear.Opened, YEAR),
    (
        ContributionYear,
        ContributionYear.BaseCounted,
        {**YEAR, "document_id": UUID(int=0x2010), "more": Counted(1_000_00, 0, -5_00)},
    ),
    (
        ContributionMonth,
        ContributionMonth.Charged,
        {
            "entity_id": ENTITY,
            "activity_id": ACTIVITY,
            "month": "2026-03",
            "plan_version": 2,
            "amount_c": 30_00,
        },
    ),
)
