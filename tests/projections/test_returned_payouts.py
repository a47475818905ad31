"""A payment that came back, as staff see it: the order is over, what it paid waits to be paid, the doctor agrees."""

from __future__ import annotations

from datetime import date

from domain.ledger.payments import return_payout
from projections.doctor.books import examine_books
from projections.outgoings import claims, payment_orders
from projections.reader import Reader
from projections.waiting import Waits, waiting
from tests.projections.world import World

JANUARY = date(2026, 1, 15)


def test_what_a_returned_payment_had_paid_waits_to_be_paid_again(world: World, reader: Reader) -> None:
    world.paid_invoice(on=JANUARY)
    order_id = world.pays_a_claim(on=JANUARY)
    (back,) = world.receives(60_50, on=JANUARY)
    world.perform(return_payout, on=JANUARY, bank_line_id=back, order_id=order_id, reason_code="AC04")
    world.project()
    (order,) = payment_orders(reader)
    assert (order.state, order.line_id) == ("returned", back)
    (claim,) = claims(reader)
    assert (claim.state, claim.order_id) == ("approved", None)
    (item,) = waiting(reader, waits=Waits.CLAIM_TO_PAY).items
    assert (item.id, item.amount_c) == (claim.claim_id, 60_50)
    assert not waiting(reader, waits=Waits.RECEIPT_TO_ALLOCATE).items
    assert world.replay().equal
    assert examine_books(world.dsn, tenant="default", log=world.log).findings == ()
