"""What waits: each thing once, since the day it began to wait, until the step that ends it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from api.permissions import COMMANDS
from domain.aggregates.declaration import Levy
from domain.ledger.claims import approve_claim, reject_claim
from domain.ledger.declarations import declaration_id, file_declaration, withdraw_declaration
from domain.ledger.overpayments import allocate_overpayment
from domain.ledger.payments import (
    approve_payment,
    clear_payment,
    order_claim_payment,
    order_purchase_payment,
    order_wage_payment,
    withdraw_payment,
)
from domain.ledger.payrolls import withdraw_payroll
from domain.ledger.purchases import (
    approve_purchase,
    dispute_purchase,
    purchase_id,
    receive_purchase,
    register_supplier,
    reject_purchase,
)
from domain.ledger.returns import return_receipt
from domain.purchasing import PurchaseLine
from domain.spending import ExpenseType
from projections.payrolls import payrolls
from projections.reader import Reader
from projections.waiting import NEXT, Waits, waiting
from tests.cooperative import ACTIVITY, CLIENT, ENTITY, MEMBER
from tests.projections.buying import buy_and_declare
from tests.projections.correcting import CREDITED, WRONG, corrects
from tests.projections.correcting import NEXT as NEXT_BILL
from tests.projections.world import World

JANUARY, LATER, LAST = date(2026, 1, 10), date(2026, 1, 20), date(2026, 1, 30)
CLAIM, ORDER, OTHER, WAGE = (UUID(int=701 + n) for n in range(4))
IBAN = "BE29539000000289"
SUPPLIER = UUID(int=741)
OCTOBER = (date(2025, 10, 1), date(2025, 10, 31))


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


def test_a_bill_waits_for_its_approval_and_its_payment_and_a_rejected_one_for_nothing(
    world: World, reader: Reader
) -> None:
    world.perform(
        register_supplier, supplier_id=SUPPLIER, entity_id=ENTITY, name="Timber", address="Rue 3", vat_no=""
    )
    bill, refused = (purchase_id(SUPPLIER, number) for number in ("17", "18"))
    for number in ("17", "18"):
        world.perform(
            receive_purchase,
            on=JANUARY,
            supplier_id=SUPPLIER,
            activity_id=None,
            purchase_no=number,
            issued_on=date(2026, 1, 5),
            due_on=date(2026, 2, 14),
            lines=[PurchaseLine(ExpenseType.SUPPLIES, 100_00, 21_00, 21_00)],
            reverse_charge=False,
            document_sha256="d" * 64,
        )
    assert seen(world, reader) == [
        ("bill-to-approve", bill, 121_00, JANUARY),
        ("bill-to-approve", refused, 121_00, JANUARY),
    ]
    assert {each.who for each in waiting(reader).items} == {SUPPLIER}
    world.perform(reject_purchase, on=LATER, actor="bert", purchase_id=refused, reason="not ours")
    world.perform(dispute_purchase, on=LATER, actor="bert", purchase_id=bill, reason="too much")
    assert seen(world, reader) == [("bill-to-approve", bill, 121_00, LATER)]
    world.perform(approve_purchase, on=LAST, actor="bert", purchase_id=bill)
    assert seen(world, reader) == [("bill-to-pay", bill, 121_00, LAST)]
    world.perform(order_purchase_payment, on=LAST, order_id=ORDER, purchase_id=bill, payee_iban=IBAN)
    assert [each[:2] for each in seen(world, reader)] == [("order-to-approve", ORDER)]
    world.perform(withdraw_payment, on=LAST, order_id=ORDER, reason="wrong account")
    assert seen(world, reader) == [("bill-to-pay", bill, 121_00, LAST)]


def test_of_a_bill_that_was_corrected_what_is_left_waits(world: World, reader: Reader) -> None:
    world.paid_invoice(on=JANUARY)
    buy_and_declare(world)
    corrects(world, on=JANUARY)
    bills = [each for each in seen(world, reader) if each[0].startswith("bill")]
    corrected = [each[1:3] for each in bills if each[1] in (CREDITED, NEXT_BILL, WRONG)]
    assert corrected == [(NEXT_BILL, 12_10 - 1_21 - 5_00)], "the others are paid, or taken back"


def test_a_levy_waits_for_its_payment_unless_nothing_is_due_or_it_was_withdrawn(
    world: World, reader: Reader
) -> None:
    buy_and_declare(world)
    assert not [each for each in seen(world, reader) if each[0] == "levy-to-pay"]
    world.perform(
        withdraw_declaration,
        on=JANUARY,
        declaration_id=declaration_id(ENTITY, Levy.VAT, OCTOBER[0]),
        reason="a late invoice",
    )
    first_on, last_on = OCTOBER
    asked: dict[str, Any] = {"entity_id": ENTITY, "levy": Levy.VAT, "first_on": first_on, "last_on": last_on}
    world.perform(
        file_declaration, on=LATER, **asked, due_c=30_00, deductible_c=12_00, position=world.log.head().size
    )
    filed = declaration_id(ENTITY, Levy.VAT, first_on, withdrawn=1)
    assert ("levy-to-pay", filed, 18_00, LATER) in seen(world, reader)
    world.perform(withdraw_declaration, on=LAST, declaration_id=filed, reason="again")
    assert not [each for each in seen(world, reader) if each[0] == "levy-to-pay"]


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
