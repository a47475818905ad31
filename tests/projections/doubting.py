"""A client that went bankrupt, in the world of the read models."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.ledger.doubts import declare_doubt, lift_doubt, record_value_adjustment
from domain.ledger.losses import receive_recovery, reclaim_vat, recognise_loss
from tests.projections.world import World


def goes_bankrupt(world: World, invoice_id: UUID, *, on: date, month_end: date) -> None:
    """Doubt the invoice of 1,000.00 + 210.00, adjust it, give up all but 363.00, and get a dividend of 121.00."""
    asked: dict[str, Any] = {"invoice_id": invoice_id}
    world.perform(declare_doubt, on=on, reason="bankrupt", amount_c=None, **asked)
    world.perform(lift_doubt, on=on, amount_c=363_00, **asked)
    world.perform(record_value_adjustment, on=month_end, amount_c=500_00, **asked)
    world.perform(reclaim_vat, on=month_end, judgment_on=on, **asked)
    world.perform(recognise_loss, on=month_end, amount_c=600_00, **asked)
    (dividend,) = world.receives(121_00, on=month_end)
    world.perform(receive_recovery, on=month_end, bank_line_id=dividend, amount_c=121_00, **asked)
