"""What an activity may lose and may overdraw: each at any past, by the terms its entity had then."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.invoice import Invoice
from domain.ledger.credit_notes import issue_credit_note
from domain.ledger.doubts import declare_doubt
from domain.ledger.entities import set_parameter
from domain.ledger.periods import open_period
from domain.ledger.presets import ACTIVITY_AT_RISK_AFTER_DAYS, ACTIVITY_OVERDRAFT_C
from domain.ledger.returns import undo_allocation
from projections.activity_risk import ACTIVITY_RISK
from projections.activity_standing import ActivityStanding, activity_standings
from projections.catalogue import ALL
from projections.dated_sums import Axis
from projections.reader import Reader
from tests.cooperative import ACTIVITY, ENTITY, line
from tests.projections.test_projector import broken_when_written
from tests.projections.world import World

JANUARY = date(2026, 1, 10)
DUE = JANUARY + timedelta(days=30)
LATE = DUE + timedelta(days=61)
"""The first day on which an invoice of January is at risk."""


def standing(reader: Reader, *, today: date = LATE, **past: Any) -> ActivityStanding:
    (row,) = activity_standings(reader, today=today, activity_id=ACTIVITY, **past).rows
    return row


@pytest.fixture(autouse=True)
def _april(world: World) -> None:
    """Let April take bookings too: clients pay late here."""
    world.perform(open_period, entity_id=ENTITY, month="2026-04")


def test_an_open_claim_is_at_risk_once_it_is_more_than_60_days_past_its_due_day(
    world: World, reader: Reader
) -> None:
    world.invoices(on=JANUARY)
    world.project()
    assert standing(reader, today=LATE - timedelta(days=1)).at_risk_c == 0
    late = standing(reader, today=LATE)
    assert (late.doubtful_c, late.overdue_c, late.at_risk_c) == (0, 1_210_00, 1_210_00)
    assert standing(reader, as_of=LATE - timedelta(days=1)).at_risk_c == 0
    assert standing(reader, today=JANUARY, as_of=LATE).at_risk_c == 1_210_00


def test_what_a_client_pays_late_was_at_risk_until_then(world: World, reader: Reader) -> None:
    invoice = world.invoices(on=JANUARY)
    world.project()
    known_at = world.log.head().size
    paid_on = date(2026, 4, 20)
    part, rest = world.receives(605_00, 605_00, on=paid_on, references=(invoice.reference,))
    world.allocates(part, invoice.originator_id, 605_00, on=paid_on)
    world.project()
    assert standing(reader).at_risk_c == 605_00
    world.allocates(rest, invoice.originator_id, 605_00, on=paid_on)
    world.project()
    assert standing(reader, today=date(2027, 1, 1)).at_risk_c == 0
    assert standing(reader, known_at=known_at, today=date(2027, 1, 1)).at_risk_c == 1_210_00
    assert standing(reader, as_of=paid_on).at_risk_c == 0
    assert standing(reader, as_of=paid_on - timedelta(days=1)).at_risk_c == 1_210_00


def test_the_days_are_those_the_entity_had_set_by_then(world: World, reader: Reader) -> None:
    world.invoices(on=JANUARY)
    world.project()
    before, from_june = world.log.head().size, date(2026, 6, 1)
    world.perform(
        set_parameter,
        entity_id=ENTITY,
        name=ACTIVITY_AT_RISK_AFTER_DAYS,
        value="365",
        valid_from=from_june,
        source_ref="board 3",
    )
    world.project()
    assert standing(reader, as_of=from_june - timedelta(days=1)).at_risk_c == 1_210_00
    assert standing(reader, as_of=from_june).at_risk_c == 0
    assert standing(reader, as_of=from_june).at_risk_after_days == 365
    assert standing(reader, as_of=from_june, known_at=before).at_risk_c == 1_210_00


def test_an_entity_that_set_no_number_of_days_is_told_no_figure(world: World, reader: Reader) -> None:
    world.invoices(on=JANUARY)
    world.project()
    assert world.tamper("DELETE FROM activity_term") == 2
    row = standing(reader)
    assert (row.at_risk_after_days, row.overdue_c, row.at_risk_c, row.overdraft_c) == (None, None, None, 0)


def test_what_an_activity_may_overdraw_is_available_from_the_day_it_may(world: World, reader: Reader) -> None:
    world.paid_invoice(on=JANUARY)
    world.perform(
        set_parameter,
        entity_id=ENTITY,
        name=ACTIVITY_OVERDRAFT_C,
        value="50000",
        valid_from=date(2026, 3, 2),
        source_ref="board 2",
    )
    world.project()
    assert standing(reader, today=date(2026, 3, 1)).available_c == 890_00
    now = standing(reader, today=date(2026, 3, 2))
    assert (now.overdraft_c, now.available_c) == (500_00, 1_390_00)


def test_a_doubtful_claim_is_at_risk_whatever_its_due_day_and_counted_once(
    world: World, reader: Reader
) -> None:
    invoice = world.invoices(on=JANUARY)
    asked: dict[str, Any] = {"invoice_id": invoice.originator_id, "amount_c": 210_00, "reason": "bankrupt"}
    world.perform(declare_doubt, on=JANUARY, **asked)
    world.project()
    early, late = standing(reader, today=JANUARY), standing(reader, today=LATE)
    assert (early.doubtful_c, early.overdue_c, early.at_risk_c) == (210_00, 0, 210_00)
    assert (late.doubtful_c, late.overdue_c, late.at_risk_c) == (210_00, 1_000_00, 1_210_00)


def test_what_a_credit_note_takes_back_is_no_longer_at_risk(world: World, reader: Reader) -> None:
    invoice, other = world.invoices(on=JANUARY), world.invoices(on=JANUARY)
    assert other.gross_c == invoice.gross_c
    world.project()
    assert standing(reader).at_risk_c == 2_420_00
    credited_on = date(2026, 3, 20)
    world.perform(
        issue_credit_note,
        on=credited_on,
        credit_note_id=UUID(int=801),
        invoice_id=invoice.originator_id,
        issued_on=credited_on,
        reason="the work was not wanted",
    )
    world.project()
    assert standing(reader).at_risk_c == standing(reader, as_of=LATE).at_risk_c == 1_210_00
    assert standing(reader, as_of=LATE, axis=Axis.EFFECTIVE).at_risk_c == 1_210_00


def test_any_past_answers_what_adding_up_the_facts_would(world: World, reader: Reader) -> None:
    chance = Random(7)  # noqa: S311 - no secret hangs on it
    _a_year_of_late_payers(world, chance)
    world.project()
    facts = [
        (each.position, each.event)
        for each in world.log.page(0, 10_000)
        if isinstance(each.event, Invoice.Issued | Invoice.PaymentReceived | Invoice.PaymentReversed)
    ]
    seen = set()
    for _ in range(150):
        as_of = chance.choice([None, JANUARY + timedelta(days=chance.randint(0, 250))])
        known_at = chance.choice([None, chance.randint(facts[0][0], facts[-1][0])])
        axis, today = chance.choice(list(Axis)), date(2026, 4, 30) + timedelta(days=chance.randint(0, 90))
        expected = added_up(facts, as_of or today, as_of, known_at, axis)
        asked: dict[str, Any] = {"as_of": as_of, "known_at": known_at, "axis": axis}
        assert standing(reader, today=today, **asked).overdue_c == expected, asked
        seen.add(expected)
    assert len(seen) > 20


def _a_year_of_late_payers(world: World, chance: Random) -> None:
    for n in range(14):
        on = date(2026, 1, 2) + timedelta(days=6 * n)
        invoice = world.invoices(line(f"{chance.randint(1, 999)}.17"), on=on, supplied_on=on)
        if n % 5 == 4:
            continue
        parts = [invoice.gross_c] if n % 2 else [invoice.gross_c // 3, invoice.gross_c - invoice.gross_c // 3]
        for part_c in parts:
            paid_on = date(2026, chance.randint(on.month, 4), chance.randint(15, 28))
            (receipt,) = world.receives(part_c, on=paid_on, references=(invoice.reference,))
            world.allocates(receipt, invoice.originator_id, part_c, on=paid_on)
            if chance.random() < 0.3:
                world.perform(
                    undo_allocation,
                    on=date(2026, 4, 29),
                    bank_line_id=receipt,
                    invoice_id=invoice.originator_id,
                    amount_c=part_c,
                    reason="another's",
                )


def added_up(
    facts: list[tuple[int, Any]], on: date, as_of: date | None, known_at: int | None, axis: Axis
) -> int:
    """What is open for more than 60 days, from the facts one by one."""
    due: dict[UUID, date] = {}
    open_c: dict[UUID, int] = {}
    for position, fact in facts:
        day = fact.booked_on if axis is Axis.BOOKED else fact.effective_on
        if isinstance(fact, Invoice.Issued):
            due[fact.originator_id] = fact.due_on
        if (known_at is not None and position > known_at) or (as_of is not None and day > as_of):
            continue
        sign = -1 if isinstance(fact, Invoice.PaymentReceived) else 1
        amount_c = fact.gross_c if isinstance(fact, Invoice.Issued) else fact.amount_c
        open_c[fact.originator_id] = open_c.get(fact.originator_id, 0) + sign * amount_c
    return sum(max(left_c, 0) for claim, left_c in open_c.items() if due[claim] < on - timedelta(days=60))


def test_both_read_models_answer_for_one_position_when_one_has_stopped(world: World, reader: Reader) -> None:
    world.invoices(on=JANUARY)
    world.project()
    stands = world.log.head().size
    world.invoices(on=JANUARY)
    sick = [broken_when_written(m, ValueError) if m is ACTIVITY_RISK else m for m in ALL]
    world.another_projector(tuple(sick)).catch_up()
    answer = activity_standings(reader, today=LATE)
    assert answer.position == stands < reader.position("activity_balances")
    assert (answer.rows[0].result_c, answer.rows[0].at_risk_c) == (890_00, 1_210_00)
