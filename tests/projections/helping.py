"""What a fund does for the activities, for the tests of the views."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.ledger.funds import amend_fund
from domain.ledger.guarantees import guarantee_id, reserve_guarantee
from tests.cooperative import FUND
from tests.projections.world import World


def guarantee(world: World, amount_c: int, *, invoice_id: UUID) -> UUID:
    """Let the fund guarantee an invoice; the id of the guarantee."""
    world.perform(
        reserve_guarantee, fund_id=FUND, invoice_id=invoice_id, amount_c=amount_c, decision_ref="committee 3"
    )
    return guarantee_id(FUND, invoice_id)


def help_from_the_fund(world: World, *, on: date, invoice_id: UUID) -> None:
    """Without a floor from that day on, the fund promises aid, lends some, and guarantees an invoice."""
    world.perform(
        amend_fund, on=on, fund_id=FUND, valid_from=on, floor_c=0, cap_c=None, decision_ref="board 2"
    )
    world.grants(5_00, aid_id=UUID(int=401), pay=False)
    world.lends(2_00, aid_id=UUID(int=402))
    guarantee(world, 1_00, invoice_id=invoice_id)
