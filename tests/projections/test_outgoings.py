"""Claims and payments as they are looked up: what waits, and what became of it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.ledger.claims import approve_claim, reject_claim
from domain.ledger.payments import aid_order_id
from projections.outgoings import claims, payment_orders
from projections.reader import Reader
from tests.cooperative import ENTITY, line
from tests.projections.world import World

JANUARY = date(2026, 1, 10)
FIRST, SECOND, THIRD = UUID(int=701), UUID(int=702), UUID(int=703)


def test_claims_wait_until_they_are_answered(world: World, reader: Reader) -> None:
    world.paid_invoice(on=JANUARY)
    for claim_id in (FIRST, SECOND, THIRD):
        world.claims(claim_id, on=JANUARY)
    world.perform(approve_claim, on=JANUARY, actor="bert", claim_id=SECOND)
    world.perform(reject_claim, on=JANUARY, actor="carla", claim_id=THIRD, reason="twice")
    world.project()
    states = {each.claim_id: (each.state, each.answered_by) for each in claims(reader, entity_id=ENTITY)}
    assert states == {FIRST: ("submitted", None), SECOND: ("approved", "bert"), THIRD: ("rejected", "carla")}
    (waiting,) = claims(reader, state="submitted")
    assert (waiting.gross_c, waiting.cost_c, waiting.purpose) == (60_50, 50_00, "screws for the workbench")
    assert waiting.receipts == (f"{FIRST.int:064x}",)
    assert claims(reader, before=waiting.position) == []
    assert [each.claim_id for each in claims(reader, limit=2)] == [THIRD, SECOND]


def test_a_payment_is_followed_to_the_line_that_cleared_it(world: World, reader: Reader) -> None:
    world.paid_invoice(on=JANUARY)
    order_id = world.pays_a_claim(on=JANUARY)
    world.project()
    (order,) = payment_orders(reader, entity_id=ENTITY)
    assert (order.order_id, order.pays, order.amount_c, order.state) == (
        order_id,
        "expense-claim",
        60_50,
        "cleared",
    )
    assert (order.proposed_by, order.approved_by, order.payee_iban) == ("anna", "bert", "BE29539000000289")
    assert order.line_id is not None
    (claim,) = claims(reader)
    assert claim.order_id == order_id
    assert payment_orders(reader, state="approved") == []


def test_a_grant_that_is_paid_waits_for_the_bank(world: World, reader: Reader) -> None:
    invoice = world.invoices(line("300000"), on=JANUARY)
    (receipt,) = world.receives(363_000_00, on=JANUARY)
    world.allocates(receipt, invoice.originator_id, 363_000_00, on=JANUARY)
    world.grants(5_00, aid_id=FIRST)
    world.project()
    (order,) = payment_orders(reader, state="approved")
    assert (order.order_id, order.pays, order.amount_c) == (aid_order_id(FIRST), "grant", 5_00)
