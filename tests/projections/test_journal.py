"""The journal books what the worked example of the cooperative says, and every past can be asked."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import psycopg
import pytest

from domain.ledger.periods import stop_bookings
from projections.booking import posted_kinds
from projections.dated_sums import Axis
from projections.journal import JournalPage, journal_lines
from projections.reader import Reader
from projections.trial_balance import TrialBalance, trial_balance, trial_balance_sha256
from tests.cooperative import ACTIVITY, ENTITY, FUND
from tests.projections.world import World

JANUARY = date(2026, 1, 15)
END_OF_DECEMBER = date(2025, 12, 31)


def sides(balance: TrialBalance) -> dict[str, tuple[int, int]]:
    return {row.account: (row.balance_debit_c, row.balance_credit_c) for row in balance.rows}


def test_an_invoice_and_its_receipt_are_booked_as_the_worked_example_says(
    world: World, reader: Reader
) -> None:
    invoice = world.paid_invoice(on=JANUARY)
    world.project()
    lines = [
        (line.account, line.debit_c, line.credit_c, line.activity_id, line.fund_id)
        for line in journal_lines(reader, entity_id=ENTITY)
    ][2:]
    assert lines == [
        ("400", 1_210_00, 0, ACTIVITY, None),
        ("7001", 0, 1_000_00, ACTIVITY, None),
        ("451", 0, 210_00, None, None),
        ("6190", 100_00, 0, ACTIVITY, None),
        ("6190", 0, 100_00, None, None),
        ("6191", 10_00, 0, ACTIVITY, None),
        ("4895", 0, 10_00, None, FUND),
        ("550", 1_210_00, 0, None, None),
        ("499", 0, 1_210_00, None, None),
        ("499", 1_210_00, 0, None, None),
        ("400", 0, 1_210_00, ACTIVITY, None),
    ]
    assert invoice.gross_c == 1_210_00


def test_the_trial_balance_of_the_worked_example_balances(world: World, reader: Reader) -> None:
    world.paid_invoice(on=JANUARY)
    world.project()
    balance = trial_balance(reader, entity_id=ENTITY)
    assert sides(balance) == {
        "400": (0, 0),
        "451": (0, 210_00),
        "4895": (0, 10_00),
        "499": (0, 0),
        "4998": (0, 5_000_00),
        "550": (6_210_00, 0),
        "6190": (0, 0),
        "6191": (10_00, 0),
        "7001": (0, 1_000_00),
    }
    assert balance.total_debit_c == balance.total_credit_c
    assert balance.total_balance_debit_c == balance.total_balance_credit_c == 6_220_00
    assert balance.position == world.log.head().size
    assert next(row.name for row in balance.rows if row.account == "550") == "Bank"


def test_an_account_opens_to_the_lines_behind_it_page_by_page(world: World, reader: Reader) -> None:
    world.paid_invoice(on=JANUARY)
    world.project()
    first = journal_lines(reader, entity_id=ENTITY, account="6190", limit=1)
    rest = journal_lines(
        reader, entity_id=ENTITY, account="6190", after=(first[-1].position, first[-1].line_no)
    )
    assert [(line.debit_c, line.credit_c) for line in first + rest] == [(100_00, 0), (0, 100_00)]
    of_activity = journal_lines(reader, activity_id=ACTIVITY)
    assert [line.account for line in of_activity] == ["400", "7001", "6190", "6191", "400"]


def test_an_invoice_of_january_supplied_in_december_leaves_the_legal_december_as_it_was(
    world: World, reader: Reader
) -> None:
    world.invoices(on=date(2025, 12, 5))
    world.project()
    december = trial_balance(reader, entity_id=ENTITY, as_of=END_OF_DECEMBER)
    for month in ("2025-11", "2025-12"):
        world.perform(stop_bookings, entity_id=ENTITY, month=month)
    world.invoices(on=date(2026, 1, 10), supplied_on=date(2025, 12, 20))
    world.project()

    again = trial_balance(reader, entity_id=ENTITY, as_of=END_OF_DECEMBER)
    assert trial_balance_sha256(again.rows) == trial_balance_sha256(december.rows)
    assert again.rows == december.rows
    assert again.position > december.position
    january = trial_balance(reader, entity_id=ENTITY, as_of=date(2026, 1, 31))
    assert sides(january)["400"] == (2_420_00, 0)
    supplied = trial_balance(reader, entity_id=ENTITY, as_of=END_OF_DECEMBER, axis=Axis.EFFECTIVE)
    assert sides(supplied)["400"] == (2_420_00, 0)


def test_what_was_known_at_a_position_is_what_was_answered_then(world: World, reader: Reader) -> None:
    answers = []
    for day in (10, 20, 30):
        world.paid_invoice(on=date(2026, 1, day))
        world.project()
        answers.append(trial_balance(reader, entity_id=ENTITY))
    for answer in answers:
        then = trial_balance(reader, entity_id=ENTITY, known_at=answer.position)
        assert then == answer
    (bank,) = trial_balance(reader, account="550", known_at=answers[1].position).rows
    assert bank in answers[1].rows
    assert trial_balance(reader, known_at=0).rows == ()
    assert trial_balance(reader, known_at=10**9).position == answers[-1].position


def test_a_statement_line_waits_in_499_and_its_allocation_moves_no_earlier_day(
    world: World, reader: Reader
) -> None:
    invoice = world.invoices(on=date(2025, 12, 20))
    (line,) = world.receives(1_210_00, on=END_OF_DECEMBER)
    world.project()
    year_end = trial_balance(reader, entity_id=ENTITY, as_of=END_OF_DECEMBER)
    assert sides(year_end)["550"] == (6_210_00, 0)
    assert sides(year_end)["499"] == (0, 1_210_00)
    world.allocates(line, invoice.originator_id, 1_210_00, on=date(2026, 1, 8))
    world.project()
    assert trial_balance(reader, entity_id=ENTITY, as_of=END_OF_DECEMBER).rows == year_end.rows
    assert sides(trial_balance(reader, entity_id=ENTITY))["499"] == (0, 0)


def test_the_database_refuses_an_entry_that_does_not_balance(world: World, reader: Reader) -> None:
    world.project()
    half = "INSERT INTO journal_line VALUES (10001, 1, 1, %s, '550', 1, 0, NULL, NULL, %s, %s, false)"
    with pytest.raises(psycopg.errors.CheckViolation, match="does not balance"):
        world.tamper(half, ENTITY, JANUARY, JANUARY)


def test_every_kind_of_fact_that_bears_a_booking_day_is_booked() -> None:
    assert posted_kinds()
    assert set(posted_kinds()) <= set(JournalPage.handlers)


def test_the_digest_of_a_trial_balance_does_not_depend_on_the_order_of_its_rows(
    world: World, reader: Reader
) -> None:
    world.paid_invoice(on=JANUARY)
    world.project()
    rows = trial_balance(reader).rows
    assert trial_balance_sha256(rows) == trial_balance_sha256(reversed(rows))
    assert trial_balance_sha256(rows) != trial_balance_sha256(rows[1:])
    assert trial_balance_sha256([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_an_entity_that_is_not_there_has_no_accounts(world: World, reader: Reader) -> None:
    world.project()
    assert trial_balance(reader, entity_id=UUID(int=9)).rows == ()
