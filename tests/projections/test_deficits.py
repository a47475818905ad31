"""An activity at its end, as staff see it: its state, what is owed of its deficit, and the doctor agrees."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from domain.ledger.deficit_receipts import return_deficit_receipt, undo_deficit_receipt
from domain.ledger.deficit_set_offs import undo_share_set_off, undo_wage_set_off
from domain.ledger.deficits import (
    recognise_deficit,
    record_consent,
    recover_deficit,
    set_off_share,
    set_off_wage,
    undo_write_off,
    write_deficit_off,
)
from domain.ledger.disputes import settle_dispute
from domain.ledger.endings import begin_closing, close_activity, freeze_activity, reopen_activity
from domain.ledger.payments import approve_payment, order_wage_payment
from projections.bank_lines import unexplained_lines
from projections.deficits import deficits
from projections.doctor.books import examine_books
from projections.lookups import activity
from projections.payrolls import payrolls
from projections.reader import Reader
from projections.waiting import Waits, waiting
from projections.withdrawals import withdrawals_owed
from tests.cooperative import ACTIVITY, MEMBER
from tests.projections.departing import DISPUTE, WITHDRAWAL, board_tests, departs
from tests.projections.ending import DEFICIT, ENDED, ends
from tests.projections.world import MARCH, World

JANUARY = date(2026, 1, 15)


def lacks(world: World, wage: UUID) -> int:
    """Post a slip of 1,000.00 where 890.00 is available, and recognise what that leaves."""
    world.posts_a_slip(wage, gross_c=1_000_00, on=JANUARY)
    world.perform(begin_closing, on=JANUARY, activity_id=ACTIVITY, ends_on=JANUARY, reason="over")
    owed: dict[str, Any] = {"deficit_id": DEFICIT, "activity_id": ACTIVITY, "membership_id": MEMBER}
    world.perform(recognise_deficit, on=JANUARY, decision_ref="convention", **owed)
    return 110_00


def test_a_deficit_shows_what_is_owed_of_it_and_what_paid_the_rest(world: World, reader: Reader) -> None:
    ends(world, on=JANUARY)
    world.perform(write_deficit_off, on=MARCH, actor="bert", deficit_id=DEFICIT, decision_ref="board 7")
    world.project()
    (shown,) = deficits(reader)
    assert (shown.activity_id, shown.amount_c, shown.open_c, shown.lost_c) == (ENDED, 5_00, 0, 3_00)
    assert [(each.step, each.amount_c, each.done_by) for each in shown.steps] == [
        ("repayment", 2_00, "anna"),
        ("write-off", 3_00, "bert"),
    ]


def test_what_comes_of_a_deficit_after_all_is_lost_no_more_and_the_doctor_agrees(
    world: World, reader: Reader
) -> None:
    ends(world, on=JANUARY)
    world.perform(write_deficit_off, on=MARCH, actor="bert", deficit_id=DEFICIT, decision_ref="board 7")
    (receipt,) = world.receives(1_00, on=MARCH)
    came: dict[str, Any] = {"bank_line_id": receipt, "deficit_id": DEFICIT, "amount_c": 1_00}
    world.perform(recover_deficit, on=MARCH, **came)
    world.project()
    (shown,) = deficits(reader)
    assert (shown.open_c, shown.lost_c) == (0, 2_00)
    assert [(each.step, each.amount_c) for each in shown.steps][-1] == ("recovery", 1_00)
    assert world.replay().equal
    assert examine_books(world.dsn, tenant="default", log=world.log).findings == ()


def test_what_was_written_off_by_mistake_is_owed_again_and_the_doctor_agrees(
    world: World, reader: Reader
) -> None:
    ends(world, on=JANUARY)
    world.perform(write_deficit_off, on=MARCH, actor="bert", deficit_id=DEFICIT, decision_ref="board 7")
    world.perform(undo_write_off, on=MARCH, actor="carla", deficit_id=DEFICIT, decision_ref="board 8")
    world.project()
    (shown,) = deficits(reader)
    assert (shown.open_c, shown.lost_c) == (3_00, 0)
    assert [(each.step, each.amount_c, each.document) for each in shown.steps][-1] == (
        "write-off-reversal",
        -3_00,
        "board 8",
    )
    assert world.replay().equal
    assert examine_books(world.dsn, tenant="default", log=world.log).findings == ()


def test_a_receipt_that_was_none_is_shown_taken_back_and_the_doctor_agrees(
    world: World, reader: Reader
) -> None:
    repaid_by = ends(world, on=JANUARY)
    world.perform(write_deficit_off, on=MARCH, actor="bert", deficit_id=DEFICIT, decision_ref="board 7")
    first, second, out = world.receives(1_00, 50, -50, on=MARCH)
    part: dict[str, Any] = {"deficit_id": DEFICIT}
    world.perform(recover_deficit, on=MARCH, bank_line_id=first, amount_c=1_00, **part)
    world.perform(recover_deficit, on=MARCH, bank_line_id=second, amount_c=50, **part)
    asked: dict[str, Any] = {"amount_c": 60, "reason": "another's"}
    world.perform(undo_deficit_receipt, on=MARCH, bank_line_id=first, **part, **asked)
    back: dict[str, Any] = {"bank_line_id": out, "of_line_id": second, "amount_c": 50}
    world.perform(return_deficit_receipt, on=MARCH, **part, **back)
    asked = {"bank_line_id": repaid_by, "amount_c": 2_00, "reason": "another's"}
    world.perform(undo_deficit_receipt, on=MARCH, **part, **asked)
    world.project()
    (shown,) = deficits(reader)
    assert (shown.open_c, shown.lost_c) == (2_00, 2_60)
    assert [(each.step, each.amount_c) for each in shown.steps][-5:] == [
        ("recovery", 1_00),
        ("recovery", 50),
        ("recovery-reversal", -60),
        ("recovery-reversal", -50),
        ("repayment-reversal", -2_00),
    ]
    left_c = {each.line_id: each.left_c for each in unexplained_lines(reader)}
    assert (left_c[first], left_c[repaid_by]) == (60, 2_00)
    assert not {second, out} & left_c.keys()
    assert world.replay().equal
    assert examine_books(world.dsn, tenant="default", log=world.log).findings == ()


def test_the_state_of_an_activity_is_shown_with_its_day(world: World, reader: Reader) -> None:
    ends(world, on=JANUARY)
    world.perform(close_activity, on=MARCH, activity_id=ENDED)
    world.perform(freeze_activity, on=JANUARY, activity_id=ACTIVITY, reason="no answer")
    world.project()
    closed, frozen = activity(reader, activity_id=ENDED), activity(reader, activity_id=ACTIVITY)
    assert closed is not None
    assert (closed.state, closed.state_since, closed.ends_on) == ("closed", MARCH, JANUARY)
    assert frozen is not None
    assert (frozen.state, frozen.state_since, frozen.ends_on) == ("frozen", JANUARY, None)
    world.perform(reopen_activity, on=MARCH, activity_id=ACTIVITY, reason="an answer")
    world.project()
    again = activity(reader, activity_id=ACTIVITY)
    assert again is not None
    assert (again.state, again.state_since) == ("open", MARCH)


def sets_off(world: World) -> tuple[UUID, int]:
    """Set 60.00 off against a withdrawal share and 40.00 against a wage; the wage, and what is owed of the deficit."""
    world.paid_invoice(on=JANUARY)
    world.takes_shares(2, on=JANUARY)
    wage = uuid4()
    world.asks_a_wage(wage, budget_c=800_00, on=JANUARY)
    overdrawn_c = lacks(world, wage)
    departs(world)
    world.perform(settle_dispute, dispute_id=DISPUTE, outcome="settled")
    board_tests(world, 1_000_00)
    asked: dict[str, Any] = {"deficit_id": DEFICIT}
    world.perform(record_consent, amount_c=60_00, evidence_sha256="ef" * 32, **asked)
    world.perform(set_off_share, withdrawal_id=WITHDRAWAL, amount_c=60_00, **asked)
    world.perform(set_off_wage, payroll_id=wage, amount_c=40_00, **asked)
    world.project()
    return wage, overdrawn_c - 100_00


def test_what_is_set_off_against_a_share_and_a_wage_is_owed_no_more_and_the_doctor_agrees(
    world: World, reader: Reader
) -> None:
    wage, open_c = sets_off(world)
    (shown,) = deficits(reader)
    assert shown.open_c == open_c
    assert [each.step for each in shown.steps] == ["consent", "share-set-off", "wage-set-off"]
    (owed,) = withdrawals_owed(reader).withdrawals
    assert (owed.owed_c, owed.ordered_c, owed.paid_c) == (240_00, 60_00, 60_00)
    (paid,) = payrolls(reader, employee_id=MEMBER)
    assert paid.set_off_c == 40_00
    (waits,) = waiting(reader, waits=Waits.WAGE_TO_PAY).items
    assert paid.net_c is not None
    assert waits.amount_c == paid.net_c - 40_00
    order: dict[str, Any] = {"order_id": uuid4()}
    world.perform(order_wage_payment, payroll_id=wage, payee_iban="BE29539000000289", **order)
    world.perform(approve_payment, actor="bert", **order)
    world.project()
    assert world.replay().equal
    assert examine_books(world.dsn, tenant="default", log=world.log).findings == ()


def test_what_was_set_off_by_mistake_is_owed_again_on_both_sides_and_the_doctor_agrees(
    world: World, reader: Reader
) -> None:
    wage, open_c = sets_off(world)
    asked: dict[str, Any] = {"deficit_id": DEFICIT, "reason": "of another deficit"}
    world.perform(undo_share_set_off, withdrawal_id=WITHDRAWAL, amount_c=25_00, **asked)
    world.perform(undo_wage_set_off, payroll_id=wage, amount_c=15_00, **asked)
    world.project()
    (shown,) = deficits(reader)
    assert shown.open_c == open_c + 40_00
    assert [(each.step, each.amount_c, each.document) for each in shown.steps[-2:]] == [
        ("share-set-off-reversal", -25_00, str(WITHDRAWAL)),
        ("wage-set-off-reversal", -15_00, str(wage)),
    ]
    (owed,) = withdrawals_owed(reader).withdrawals
    assert (owed.owed_c, owed.ordered_c, owed.paid_c) == (240_00, 35_00, 35_00)
    (paid,) = payrolls(reader, employee_id=MEMBER)
    assert paid.set_off_c == 25_00
    (waits,) = waiting(reader, waits=Waits.WAGE_TO_PAY).items
    assert paid.net_c is not None
    assert waits.amount_c == paid.net_c - 25_00
    assert world.replay().equal
    assert examine_books(world.dsn, tenant="default", log=world.log).findings == ()
