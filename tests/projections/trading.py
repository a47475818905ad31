"""A second entity that buys of the first, and a transfer, in the world of the read models."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.aggregates.invoice import Invoice
from domain.ledger.entities import map_account
from domain.ledger.purchases import approve_purchase, purchase_id
from domain.ledger.transfers import accept_transfer, propose_transfer
from tests.cooperative import ACTIVITY, ENTITY
from tests.domain.trading import SELLER_AS_SUPPLIER, found_buyer, link, sells
from tests.projections.world import World

TRANSFER, SOLD, ACCEPTED = UUID(int=1300), UUID(int=1301), UUID(int=1302)


def calls_an_account_otherwise(world: World) -> None:
    """From April on the first entity calls its customers by a code of its own."""
    own: dict[str, Any] = {"account": "400", "code": "400000", "valid_from": date(2026, 4, 1)}
    world.perform(map_account, entity_id=ENTITY, source_ref="the accountant", **own)


def transfers(world: World, transfer_id: UUID, *, on: date) -> None:
    """Propose that the activity leaves 10.00 to the cooperative."""
    world.perform(
        propose_transfer,
        on=on,
        transfer_id=transfer_id,
        entity_id=ENTITY,
        from_activity_id=ACTIVITY,
        to_activity_id=None,
        amount_c=10_00,
        reason="a share of the van",
    )


def trades(world: World, *, on: date) -> None:
    """The second entity buys for 1,000.00 + 210.00; a transfer of 10.00 waits."""
    found_buyer(world.perform)
    link(world.perform)
    sells(world.perform, invoice_id=SOLD, issued_on=on, supplied_on=on)
    transfers(world, TRANSFER, on=on)


def agrees_to_trade(world: World, *, on: date) -> None:
    """The buyer's bill is approved, and another transfer accepted."""
    number = world.state(Invoice, SOLD).invoice_no
    bill = purchase_id(SELLER_AS_SUPPLIER, number)
    world.perform(approve_purchase, on=on, actor="bert", purchase_id=bill)
    transfers(world, ACCEPTED, on=on)
    world.perform(accept_transfer, on=on, actor="bert", transfer_id=ACCEPTED)
