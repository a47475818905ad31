"""Bills that were credited or reversed are shown with what is left to pay, and what is owed back of them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.ledger.payee_debts import give_payee_debt_up, undo_payee_debt_set_off
from domain.ledger.payments import approve_payment, order_purchase_payment, withdraw_payment
from domain.ledger.purchase_corrections import receive_purchase_credit
from domain.owing import PaidFor
from domain.purchasing import AskedCredit
from projections.doctor.books import examine_books
from projections.payee_debts import payee_debts
from projections.purchase_credits import purchase_credits
from projections.purchases import purchases
from projections.reader import Reader
from projections.vat_return import vat_return
from tests.cooperative import ENTITY
from tests.projections.buying import buy_and_declare
from tests.projections.correcting import CREDITED, DEBT, NEXT, NOTE, WRONG, buys, corrects
from tests.projections.world import World

JANUARY = date(2026, 1, 15)


def test_what_corrections_leave_of_bills_is_shown_and_the_doctor_agrees(world: World, reader: Reader) -> None:
    world.paid_invoice(on=JANUARY)
    buy_and_declare(world)
    corrects(world, on=JANUARY)
    world.project()
    shown = {each.purchase_id: each for each in purchases(reader)}
    figures = {key: (each.state, each.credited_c, each.left_c) for key, each in shown.items()}
    assert figures[CREDITED] == ("approved", 12_10, 12_10)
    assert figures[NEXT] == ("approved", 1_21, 12_10 - 1_21 - 5_00)
    assert figures[WRONG] == ("reversed", 0, 0)
    last, first = purchase_credits(reader, entity_id=ENTITY)
    assert (first.credit_note_id, first.credit_note_no, first.gross_c, first.cost_c) == (
        NOTE,
        "C21",
        12_10,
        11_05,
    )
    assert (last.credit_note_no, last.gross_c) == ("C22", 1_21)
    (owed,) = payee_debts(reader, entity_id=ENTITY)
    assert (owed.debt_id, owed.amount_c, owed.open_c, owed.cause_id) == (DEBT, 12_10, 0, NOTE)
    assert [(each.step, each.amount_c) for each in owed.steps] == [
        *[("repayment", 1_00)] * 2,
        *[("repayment-reversal", -1_00)] * 2,
        ("set-off", 5_00),
        ("repayment", 2_10),
        ("giving-up", 5_00),
    ]
    assert world.replay().equal
    assert examine_books(world.dsn, tenant="default", log=world.log).findings == ()


def test_what_was_set_off_against_the_wrong_bill_is_due_again_and_the_doctor_agrees(
    world: World, reader: Reader
) -> None:
    world.paid_invoice(on=JANUARY)
    buy_and_declare(world)
    corrects(world, on=JANUARY)
    against: dict[str, Any] = {"debt_id": DEBT, "paid_for": PaidFor.PURCHASE, "document_id": NEXT}
    asked = against | {"amount_c": 3_00, "reason": "another supplier's bill"}
    world.perform(undo_payee_debt_set_off, on=JANUARY, **asked)
    world.project()
    (bill,) = (each for each in purchases(reader) if each.purchase_id == NEXT)
    (owed,) = payee_debts(reader, entity_id=ENTITY)
    assert (bill.left_c, owed.open_c) == (12_10 - 1_21 - 2_00, 3_00)
    last = owed.steps[-1]
    assert (last.step, last.amount_c, last.document_id) == ("set-off-reversal", -3_00, NEXT)
    assert world.replay().equal
    assert examine_books(world.dsn, tenant="default", log=world.log).findings == ()


def test_what_was_given_up_of_a_withdrawn_payment_is_shown_set_off_and_the_doctor_agrees(
    world: World, reader: Reader
) -> None:
    world.paid_invoice(on=JANUARY)
    buy_and_declare(world)
    buys(world, "21", on=JANUARY)
    order: dict[str, Any] = {"order_id": UUID(int=1501)}
    asked: dict[str, Any] = {"purchase_id": CREDITED, "payee_iban": "BE29539000000289"}
    world.perform(order_purchase_payment, on=JANUARY, **asked, **order)
    world.perform(approve_payment, on=JANUARY, actor="bert", **order)
    note: dict[str, Any] = {"credit_note_no": "C21", "issued_on": JANUARY, "document_sha256": "e" * 64}
    lines = [AskedCredit(1, 5_00, 1_05)]
    world.perform(receive_purchase_credit, on=JANUARY, purchase_id=CREDITED, lines=lines, **note)
    world.perform(give_payee_debt_up, on=JANUARY, actor="bert", debt_id=DEBT, decision_ref="board 9")
    world.perform(withdraw_payment, on=JANUARY, reason="credited", **order)
    world.project()
    (owed,) = payee_debts(reader, entity_id=ENTITY)
    assert [(each.step, each.amount_c, each.document_id) for each in owed.steps] == [
        ("giving-up", 6_05, None),
        ("giving-up-reversal", -6_05, None),
        ("set-off", 6_05, CREDITED),
    ]
    (bill,) = (each for each in purchases(reader) if each.purchase_id == CREDITED)
    assert (owed.open_c, bill.left_c) == (0, 6_05)
    assert world.replay().equal
    assert examine_books(world.dsn, tenant="default", log=world.log).findings == ()


def test_the_vat_return_of_the_month_counts_corrections_and_agrees_with_the_accounts(
    world: World, reader: Reader
) -> None:
    world.paid_invoice(on=JANUARY)
    buy_and_declare(world)
    corrects(world, on=JANUARY)
    world.project()
    found = vat_return(reader, entity_id=ENTITY, first_on=date(2026, 1, 1), last_on=date(2026, 1, 31))
    bought = {grid: found.grids[grid] for grid in ("59", "61", "63", "81", "85")}
    credited_c, reversed_c = 11_05 + 1_10, 11_05
    assert bought == {
        "59": 3_15,
        "61": 1_05,
        "63": 1_05 + 11,
        "81": 33_15 - credited_c - reversed_c,
        "85": credited_c + reversed_c,
    }
    assert found.reconciled
