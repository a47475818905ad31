"""An exception of the contribution plan with everything in it, a cost that counts, and a month charged."""

from __future__ import annotations

from datetime import date

from domain.contributions import ContributionBase, Exemptions, FundShare, Tier
from domain.ledger.plans import charge_month, grant_contribution_override
from tests.cooperative import ACTIVITY, FUND
from tests.projections.crediting import charges_a_fee
from tests.projections.world import World

FEBRUARY = date(2026, 2, 1)


def plan_otherwise(world: World) -> None:
    """Let the activity leave part of its margin in February, and 30.00 for the month."""
    world.perform(
        grant_contribution_override,
        on=FEBRUARY,
        activity_id=ACTIVITY,
        valid_from=FEBRUARY,
        valid_until=date(2026, 2, 28),
        base=ContributionBase.GROSS_MARGIN,
        rate_bp=1_350,
        tiers=[Tier(20_000_00, 1_000)],
        fixed_month_c=30_00,
        exemptions=Exemptions(year_c=50_00),
        fund_shares=[FundShare(FUND, 100)],
        decision_ref="board, decision 9",
    )
    charges_a_fee(world, on=FEBRUARY)
    world.perform(charge_month, on=FEBRUARY, activity_id=ACTIVITY, month="2026-02")
