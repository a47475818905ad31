"""Claims and wages that were taken back are shown with what is left to pay, and what is owed back of them."""

from __future__ import annotations

from datetime import date

from domain.ledger.payee_debts import undo_payee_debt_set_off
from domain.ledger.payments import withdraw_payment
from domain.ledger.payout_corrections import reverse_claim
from domain.owing import PaidFor
from projections.doctor.books import examine_books
from projections.outgoings import claims
from projections.payee_debts import payee_debts
from projections.payrolls import payrolls
from projections.reader import Reader
from projections.waiting import Waits, waiting
from tests.projections.correcting_payouts import (
    CLAIM,
    CLAIM_DEBT,
    CLAIM_ORDER,
    NEXT,
    NEXT_WAGE,
    TAKEN,
    WAGE,
    WAGE_DEBT,
    WAGE_ORDER,
    corrects_payouts,
)
from tests.projections.world import World

JANUARY = date(2026, 1, 15)


def test_what_is_due_of_a_reversed_claim_or_wage_waits_to_be_paid_and_the_doctor_agrees(
    world: World, reader: Reader
) -> None:
    """Its payment was withdrawn after part of what it had left to be owed back was set off elsewhere."""
    world.paid_invoice(on=JANUARY)
    corrects_payouts(world, on=JANUARY)
    world.perform(reverse_claim, on=JANUARY, claim_id=CLAIM, reason="a private trip, too")
    for order_id in (CLAIM_ORDER, WAGE_ORDER):
        world.perform(withdraw_payment, on=JANUARY, order_id=order_id, reason="it was wrong")
    world.project()
    to_pay = {
        each.id: (each.waits, each.amount_c) for each in waiting(reader).items if each.id in (CLAIM, WAGE)
    }
    assert to_pay == {CLAIM: (Waits.CLAIM_TO_PAY, 50), WAGE: (Waits.WAGE_TO_PAY, 50)}
    assert world.replay().equal
    assert examine_books(world.dsn, tenant="default", log=world.log).findings == ()


def test_what_was_set_off_against_the_wrong_claim_or_wage_is_due_again_and_the_doctor_agrees(
    world: World, reader: Reader
) -> None:
    world.paid_invoice(on=JANUARY)
    corrects_payouts(world, on=JANUARY)
    for debt, paid_for, document, amount_c in (
        (CLAIM_DEBT, PaidFor.CLAIM, NEXT, 50),
        (WAGE_DEBT, PaidFor.WAGE, NEXT_WAGE, 20),
    ):
        world.perform(
            undo_payee_debt_set_off,
            on=JANUARY,
            debt_id=debt,
            paid_for=paid_for,
            document_id=document,
            amount_c=amount_c,
            reason="of another month",
        )
    world.project()
    left = {each.claim_id: each.left_c for each in claims(reader)}
    wages = {each.payroll_id: each.set_off_c for each in payrolls(reader)}
    assert (left[NEXT], wages[NEXT_WAGE]) == (2_42, 30)
    owed = {each.debt_id: each for each in payee_debts(reader)}
    assert owed[CLAIM_DEBT].open_c == 1_21
    assert [(each.step, each.amount_c, each.document_id) for each in owed[WAGE_DEBT].steps] == [
        ("set-off", 50, NEXT_WAGE),
        ("set-off-reversal", -20, NEXT_WAGE),
    ]
    assert world.replay().equal
    assert examine_books(world.dsn, tenant="default", log=world.log).findings == ()


def test_what_corrections_leave_of_claims_and_wages_is_shown_and_the_doctor_agrees(
    world: World, reader: Reader
) -> None:
    world.paid_invoice(on=JANUARY)
    corrects_payouts(world, on=JANUARY)
    world.project()
    shown = {each.claim_id: (each.state, each.reversed_c, each.left_c) for each in claims(reader)}
    assert shown == {
        CLAIM: ("approved", 1_21, 2_42),
        NEXT: ("approved", 0, 2_42 - 50),
        TAKEN: ("reversed", 2_42, 0),
    }
    wages = {each.payroll_id: each for each in payrolls(reader)}
    paid, next_ = wages[WAGE], wages[NEXT_WAGE]
    assert (paid.state, paid.less_due_c, next_.state, next_.set_off_c) == ("reversed", 0, "posted", 50)
    owed = {each.debt_id: (each.paid_for, each.amount_c, each.open_c) for each in payee_debts(reader)}
    assert paid.net_c is not None
    assert owed == {
        CLAIM_DEBT: ("expense-claim", 1_21, 71),
        WAGE_DEBT: ("wage", paid.net_c, paid.net_c - 50),
    }
    to_pay = {each.id: each.amount_c for each in waiting(reader).items if each.waits is Waits.CLAIM_TO_PAY}
    assert to_pay == {NEXT: 1_92}
    assert world.replay().equal
    assert examine_books(world.dsn, tenant="default", log=world.log).findings == ()
