"""A client that pays late, in the world of the read models."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.late_payment import Channel
from domain.ledger.late_payment import (
    claim_late_payment,
    receive_late_payment,
    undo_late_payment,
    waive_late_claim,
)
from domain.ledger.reminders import remind_of_invoice, send_reminder
from tests.projections.world import World


def pays_late(world: World, invoice_id: UUID, *, on: date) -> None:
    """Remind the client, claim what is due for being late, waive 1.00, and receive 41.00, 1.00 of it by mistake."""
    asked: dict[str, Any] = {"invoice_id": invoice_id}
    world.perform(remind_of_invoice, on=on, **asked)
    world.perform(send_reminder, on=on, number=1, channel=Channel.ELECTRONIC, **asked)
    world.perform(claim_late_payment, on=on, **asked)
    world.perform(waive_late_claim, on=on, amount_c=1_00, reason="as agreed", **asked)
    (receipt,) = world.receives(41_00, on=on)
    paid: dict[str, Any] = {"bank_line_id": receipt, **asked}
    world.perform(receive_late_payment, on=on, amount_c=41_00, **paid)
    world.perform(undo_late_payment, on=on, amount_c=1_00, reason="another client's", **paid)
