"""What waits: each thing once, since the day it began to wait, until the step that ends it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from api.permissions import COMMANDS
from domain.ledger.claims import approve_claim, reject_claim
from domain.ledger.overpayments import allocate_overpayment
from domain.ledger.payments import (
    approve_payment,
    clear_payment,
    order_claim_payment,
    order_wage_payment,
    withdraw_payment,
)
from domain.ledger.payrolls import withdraw_payroll
from domain.ledger.returns import return_receipt
from projections.payrolls import payrolls
from projections.reader import Reader
from projections.waiting import NEXT, Waits, waiting
from tests.cooperative import ACTIVITY, CLIENT, ENTITY, MEMBER
from tests.projections.world import World

JANUARY, LATER, LAST = date(2026, 1, 10), date(2026, 1, 20), date(2026, 1, 30)
CLAIM, ORDER, OTHER, WAGE = (UUID(int=701 + n) for n in range(4))
IBAN = "BE29539000000289"


def seen(world: World, reader: Reader, **asked: Any) -> list[tuple[str, UUID, int, date]]:
    world.project()
    return [
        (each.waits.value, each.id, each.amount_c, each.since_on) for each in waiting(reader, **asked).items
    ]


def test_a_claim_waits_for_its_approval_its_payment_its_second_person_and_the_bank(
    world: World, reader: Reader
) -> None:
    world.paid_invoice(on=JANUARY)
    world.claims(CLAIM, on=JANUARY)
    assert seen(world, reader) == [("claim-to-approve", CLAIM, 60_50, JANUARY)]
    world.perform(approve_claim, on=LATER, actor="bert", claim_id=CLAIM)
    assert seen(world, reader) == [("claim-to-pay", CLAIM, 60_50, LATER)]
    for order_id in (ORDER, OTHER):
        world.perform(order_claim_payment, on=LATER, order_id=order_id, claim_id=CLAIM, payee_iban=IBAN)
    assert [each[:2] for each in seen(world, reader)] == [
        ("order-to-approve", ORDER),
        ("order-to-approve", OTHER),
    ]
    world.perform(withdraw_payment, on=LATER, order_id=OTHER, reason="twice")
    world.perform(approve_payment, on=LAST, actor="bert", order_id=ORDER)
    assert seen(world, reader) == [("order-to-clear", ORDER, 60_50, LAST)]
    (debit,) = world.receives(-60_50, on=LAST)
    assert ("debit-to-explain", debit, -60_50, LAST) in seen(world, reader)
    world.perform(clear_payment, on=LAST, bank_line_id=debit, order_id=ORDER)
    assert seen(world, reader) == []


def test_a_payment_that_is_taken_back_lets_its_claim_wait_again(world: World, reader: Reader) -> None:
    world.paid_invoice(on=JANUARY)
    world.claims(CLAIM, on=JANUARY)
    world.perform(approve_claim, on=JANUARY, actor="bert", claim_id=CLAIM)
    world.perform(order_claim_payment, on=LATER, order_id=ORDER, claim_id=CLAIM, payee_iban=IBAN)
    world.perform(approve_payment, on=LATER, actor="bert", order_id=ORDER)
    world.perform(withdraw_payment, on=LAST, order_id=ORDER, reason="wrong account")
    assert seen(world, reader) == [("claim-to-pay", CLAIM, 60_50, JANUARY)]


def test_a_receipt_and_the_money_out_that_takes_it_back_wait_no_more(world: World, reader: Reader) -> None:
    receipt, taken = world.receives(70_00, -100_00, on=JANUARY)
    both = [("receipt-to-allocate", receipt, 70_00, JANUARY), ("debit-to-explain", taken, -100_00, JANUARY)]
    assert seen(world, reader) == both
    assert all("receipt.return" in each.next for each in waiting(reader).items)
    returned: dict[str, Any] = {"bank_line_id": taken, "of_line_id": receipt}
    world.perform(return_receipt, on=LATER, amount_c=70_00, **returned)
    assert seen(world, reader) == [("debit-to-explain", taken, -30_00, JANUARY)]


def test_a_claim_that_is_turned_down_waits_for_nothing(world: World, reader: Reader) -> None:
    world.paid_invoice(on=JANUARY)
    world.claims(CLAIM, on=JANUARY)
    world.perform(reject_claim, on=JANUARY, claim_id=CLAIM, reason="private")
    assert seen(world, reader) == []


def test_a_wage_waits_for_its_slip_and_its_slip_for_its_payment(world: World, reader: Reader) -> None:
    world.paid_invoice(on=JANUARY)
    world.asks_a_wage(WAGE, budget_c=100_00, on=JANUARY)
    world.asks_a_wage(OTHER, budget_c=1_00, on=JANUARY)
    world.perform(withdraw_payroll, on=JANUARY, payroll_id=OTHER)
    assert seen(world, reader) == [("slip-to-post", WAGE, 100_00, JANUARY)]
    world.posts_a_slip(WAGE, gross_c=80_00, on=LATER)
    assert seen(world, reader) == [("wage-to-pay", WAGE, 80_00, LATER)]
    world.perform(order_wage_payment, on=LATER, order_id=ORDER, payroll_id=WAGE, payee_iban=IBAN)
    assert [each[:2] for each in seen(world, reader)] == [("order-to-approve", ORDER)]
    states = {each.payroll_id: (each.state, each.net_c, each.cost_c) for each in payrolls(reader)}
    assert states == {WAGE: ("posted", 80_00, 80_00), OTHER: ("withdrawn", None, None)}
    (wage,) = payrolls(reader, employee_id=MEMBER, state="posted")
    assert (wage.activity_id, wage.posted_on, wage.overdrawn_c, wage.order_id) == (ACTIVITY, LATER, 0, None)


def test_money_in_waits_until_it_is_allocated_and_held_money_until_it_is_used(
    world: World, reader: Reader
) -> None:
    invoice = world.invoices(on=JANUARY)
    (receipt,) = world.receives(30_00, on=JANUARY)
    held = world.holds_an_overpayment(on=LATER)
    assert seen(world, reader) == [
        ("receipt-to-allocate", receipt, 30_00, JANUARY),
        ("overpayment-held", held, 10_00, LATER),
    ]
    (first, second) = waiting(reader).items
    assert (first.who, second.who) == (None, CLIENT)
    assert (first.days(LATER), second.days(LATER)) == (10, 0)
    world.allocates(receipt, invoice.originator_id, 30_00, on=LATER)
    world.perform(
        allocate_overpayment,
        on=LATER,
        bank_line_id=held,
        invoice_id=invoice.originator_id,
        amount_c=10_00,
    )
    assert seen(world, reader) == []


def test_what_waits_is_found_by_entity_and_by_what_it_waits_for(world: World, reader: Reader) -> None:
    world.paid_invoice(on=JANUARY)
    world.claims(CLAIM, on=JANUARY)
    world.receives(30_00, on=JANUARY)
    assert len(seen(world, reader, entity_id=ENTITY)) == 2
    assert seen(world, reader, entity_id=ACTIVITY) == []
    assert [each[0] for each in seen(world, reader, waits=Waits.CLAIM_TO_APPROVE)] == ["claim-to-approve"]


def test_every_next_step_is_an_operation_there_is() -> None:
    assert set(NEXT) == set(Waits)
    assert {step for steps in NEXT.values() for step in steps} <= COMMANDS.keys()
