"""A bank line taken for another, as staff see it: what it was said to be waits again, and the doctor agrees."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.ledger.explanations import reverse_bank_fee, undo_clearing, undo_return
from domain.ledger.payments import return_payout, undo_payout_return
from domain.ledger.returns import record_bank_fee, return_payment
from domain.ledger.shares import pay_share_contribution, subscribe_shares, undo_share_contribution
from projections.bank_lines import unexplained_lines
from projections.doctor.books import examine_books
from projections.outgoings import claims, payment_orders
from projections.reader import Reader
from projections.share_register import share_register
from projections.waiting import Waits, waiting
from tests.cooperative import ENTITY, MEMBER, PERSON
from tests.projections.world import SHARES, World

JANUARY = date(2026, 1, 15)
WHY = "another line was meant"


def agrees(world: World) -> bool:
    """Whether a replay gives the same, and nothing is found wrong with the books."""
    return world.replay().equal and not examine_books(world.dsn, tenant="default", log=world.log).findings


def test_an_order_cleared_by_the_wrong_line_waits_for_the_bank_and_so_does_the_line(
    world: World, reader: Reader
) -> None:
    world.paid_invoice(on=JANUARY)
    order_id = world.pays_a_claim(on=JANUARY)
    world.perform(undo_clearing, on=JANUARY, order_id=order_id, reason=WHY)
    world.project()
    (order,) = payment_orders(reader, state="approved")
    assert (order.order_id, order.line_id) == (order_id, None)
    (line,) = unexplained_lines(reader)
    assert line.left_c == -60_50
    assert [each.id for each in waiting(reader, waits=Waits.ORDER_TO_CLEAR).items] == [order_id]
    assert agrees(world)


def test_a_payment_that_did_not_come_back_is_shown_with_the_line_that_cleared_it(
    world: World, reader: Reader
) -> None:
    world.paid_invoice(on=JANUARY)
    order_id = world.pays_a_claim(on=JANUARY)
    world.project()
    (before,) = payment_orders(reader)
    (back,) = world.receives(60_50, on=JANUARY)
    world.perform(return_payout, on=JANUARY, bank_line_id=back, order_id=order_id, reason_code="AC04")
    world.perform(undo_payout_return, on=JANUARY, order_id=order_id, reason=WHY)
    world.project()
    assert payment_orders(reader) == [before]
    (claim,) = claims(reader)
    assert claim.order_id == order_id
    assert [(each.line_id, each.left_c) for each in unexplained_lines(reader)] == [(back, 60_50)]
    assert agrees(world)


def test_what_was_no_fee_and_no_return_waits_on_its_lines(world: World, reader: Reader) -> None:
    invoice = world.invoices(on=JANUARY)
    receipt, out = world.receives(invoice.gross_c, -invoice.gross_c - 5_00, on=JANUARY)
    world.allocates(receipt, invoice.originator_id, invoice.gross_c, on=JANUARY)
    taken: dict[str, Any] = {"bank_line_id": out, "of_line_id": receipt, "amount_c": invoice.gross_c}
    world.perform(return_payment, on=JANUARY, invoice_id=invoice.originator_id, **taken)
    world.perform(record_bank_fee, on=JANUARY, bank_line_id=out, amount_c=5_00)
    world.project()
    assert unexplained_lines(reader) == []
    world.perform(undo_return, on=JANUARY, reason=WHY, **taken)
    world.perform(reverse_bank_fee, on=JANUARY, bank_line_id=out, amount_c=2_00, reason=WHY)
    world.project()
    left = {each.line_id: each.left_c for each in unexplained_lines(reader)}
    assert left == {receipt: invoice.gross_c, out: -invoice.gross_c - 2_00}
    assert agrees(world)


def test_a_receipt_that_paid_no_shares_waits_and_they_are_to_be_paid(world: World, reader: Reader) -> None:
    world.takes_shares(2, on=JANUARY)
    world.perform(subscribe_shares, on=JANUARY, membership_id=MEMBER, share_class="A", qty=1, price_c=250_00)
    (receipt,) = world.receives(250_00, on=JANUARY)
    paid: dict[str, Any] = {"bank_line_id": receipt, "account_id": SHARES, "amount_c": 250_00}
    world.perform(pay_share_contribution, on=JANUARY, payer_id=PERSON, **paid)
    world.perform(undo_share_contribution, on=JANUARY, reason=WHY, **paid)
    world.project()
    (held,) = share_register(reader, entity_id=ENTITY).holdings
    assert (held.subscribed_c, held.paid_c, held.allotted_c) == (750_00, 500_00, 500_00)
    assert [each.line_id for each in unexplained_lines(reader)] == [receipt]
    assert agrees(world)
