"""An activity that ends and lacks money, in the world of the read models."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.ledger.activities import activity_id, open_activity
from domain.ledger.deficits import recognise_deficit, repay_deficit
from domain.ledger.endings import begin_closing
from domain.ledger.returns import record_bank_fee
from domain.payouts import PayoutRegime
from tests.cooperative import ENTITY, FOUNDED, OTHER_MEMBER
from tests.projections.world import World

ENDED, DEFICIT = activity_id(ENTITY, "A2"), UUID(int=1200)


def ends(world: World, *, on: date) -> UUID:
    """The second member's activity, which bore a fee of 5.00 and nothing else, ends; 2.00 are repaid, by which line."""
    world.perform(
        open_activity,
        on=FOUNDED,
        entity_id=ENTITY,
        code="A2",
        membership_ids=[OTHER_MEMBER],
        payout_regime=PayoutRegime.DIRECTOR,
    )
    fee, receipt = world.receives(-5_00, 2_00, on=on)
    world.perform(record_bank_fee, on=on, bank_line_id=fee, amount_c=5_00, activity_id=ENDED)
    world.perform(begin_closing, on=on, activity_id=ENDED, ends_on=on, reason="no orders")
    owed: dict[str, Any] = {"deficit_id": DEFICIT, "activity_id": ENDED, "membership_id": OTHER_MEMBER}
    world.perform(recognise_deficit, on=on, decision_ref="convention", **owed)
    world.perform(repay_deficit, on=on, bank_line_id=receipt, deficit_id=DEFICIT, amount_c=2_00)
    return receipt
