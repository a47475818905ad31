"""Inside the group, as staff see it: transfers that wait or moved, and both sides of what entities sold each other."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from domain.aggregates.activity import Activity
from domain.ledger.payments import approve_payment, order_purchase_payment
from domain.ledger.purchases import approve_purchase
from domain.ledger.transfers import accept_transfer, reverse_transfer
from projections.activity_balances import activity_balances
from projections.doctor.books import examine_books
from projections.intercompany import IntercompanyItem, reconciliation
from projections.internal_transfers import internal_transfers
from projections.purchases import purchases
from projections.reader import Reader
from tests.cooperative import ACTIVITY, ENTITY
from tests.domain.trading import BUYER
from tests.projections.crediting import credits_invoice
from tests.projections.trading import SOLD, TRANSFER, trades
from tests.projections.world import World

JANUARY = date(2026, 1, 15)


@pytest.fixture
def trading(world: World) -> World:
    """A paid invoice, then a sale to the other entity and a transfer that waits."""
    world.paid_invoice(on=JANUARY)
    trades(world, on=JANUARY)
    world.project()
    return world


def pair(reader: Reader, world: World) -> IntercompanyItem:
    world.project()
    (item,) = reconciliation(reader).items
    return item


def agrees(world: World) -> bool:
    world.project()
    examined = examine_books(world.dsn, tenant="default", log=world.log)
    assert examined.findings == ()
    return world.replay().equal


def test_both_sides_of_a_sale_within_the_group_agree_once_the_bill_is_approved(
    trading: World, reader: Reader
) -> None:
    waiting = pair(reader, trading)
    assert (waiting.seller_id, waiting.buyer_id, waiting.purchase_state) == (ENTITY, BUYER, "received")
    assert (waiting.seller_open_c, waiting.buyer_owes_c, waiting.difference_c) == (1_210_00, 0, 1_210_00)
    assert agrees(trading)
    trading.perform(approve_purchase, on=JANUARY, actor="bert", purchase_id=waiting.purchase_id)
    owed = pair(reader, trading)
    assert (owed.seller_open_c, owed.buyer_owes_c, owed.difference_c) == (1_210_00, 1_210_00, 0)
    assert reconciliation(reader).difference_c == 0
    order: dict[str, Any] = {"order_id": uuid4()}
    paid_to: dict[str, Any] = {"purchase_id": owed.purchase_id, "payee_iban": "BE29539000000289"}
    trading.perform(order_purchase_payment, on=JANUARY, **order, **paid_to)
    trading.perform(approve_payment, on=JANUARY, actor="bert", **order)
    sent = pair(reader, trading)
    assert (sent.buyer_owes_c, sent.in_transit_c, sent.difference_c) == (0, 1_210_00, 0)
    assert agrees(trading)
    assert not reconciliation(reader, entity_id=uuid4()).items
    assert len(reconciliation(reader, entity_id=BUYER).items) == 1


def test_a_credited_sale_shows_what_does_not_agree(trading: World, reader: Reader) -> None:
    trading.perform(approve_purchase, on=JANUARY, actor="bert", purchase_id=pair(reader, trading).purchase_id)
    credits_invoice(trading, SOLD, on=JANUARY, base_c=100_00)
    credited = pair(reader, trading)
    assert (credited.credited_c, credited.difference_c) == (121_00, -121_00)
    assert agrees(trading)


def test_the_bill_of_another_entity_is_shown_with_its_intercompany_id(trading: World, reader: Reader) -> None:
    (bill,) = purchases(reader, entity_id=BUYER)
    assert (bill.intercompany_id, bill.document_sha256) == (pair(reader, trading).intercompany_id, "")


def test_a_transfer_is_set_aside_then_moved_then_taken_back_and_every_balance_follows(
    trading: World, reader: Reader
) -> None:
    def shown() -> tuple[str, int, int, int]:
        trading.project()
        (transfer,) = internal_transfers(reader, entity_id=ENTITY)
        found = activity_balances(reader, entity_id=ENTITY)
        (row,) = found.rows
        (own,) = found.cooperative
        state = trading.state(Activity, ACTIVITY)
        assert (row.result_c, row.committed_c) == (state.result_c, state.committed_c)
        return transfer.state, row.result_c, row.committed_c, own.result_c

    _, result_c, _, own_c = shown()
    assert shown() == ("proposed", result_c, 10_00, own_c)
    trading.perform(accept_transfer, on=JANUARY, actor="bert", transfer_id=TRANSFER)
    assert shown() == ("accepted", result_c - 10_00, 0, own_c + 10_00)
    assert agrees(trading)
    trading.perform(reverse_transfer, on=JANUARY, transfer_id=TRANSFER, reason="a mistake")
    assert shown() == ("reversed", result_c, 0, own_c)
    assert agrees(trading)
