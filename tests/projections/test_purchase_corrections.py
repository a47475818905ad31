"""Bills that were credited or reversed are shown with what is left to pay, and what is owed back of them."""

from __future__ import annotations

from datetime import date

from projections.doctor.books import examine_books
from projections.payee_debts import payee_debts
from projections.purchase_credits import purchase_credits
from projections.purchases import purchases
from projections.reader import Reader
from projections.vat_return import vat_return
from tests.cooperative import ENTITY
from tests.projections.buying import buy_and_declare
from tests.projections.correcting import CREDITED, DEBT, NEXT, NOTE, WRONG, corrects
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
