"""The doctor examines the books: clean as recorded, and each altered row is named, alone and with its key."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from projections.catalogue import ALL
from projections.doctor.books import STANDS, Examination, all_checks, examine_books
from projections.errors import NotProjectedYet, ReplayRunning
from projections.fund_balances import FUND_BALANCES
from tests.cooperative import ACTIVITY
from tests.projections.test_projector import broken_when_written
from tests.projections.test_rebuild_and_replay import PERSONAL, REMOVE_ALL, keep_busy, schemas_beside
from tests.projections.world import World

JANUARY = date(2026, 1, 15)


@pytest.fixture
def busy(world: World) -> World:
    """The cooperative with something in every view."""
    keep_busy(world)
    world.pays_a_wage(on=JANUARY)
    world.project()
    return world


def examined(world: World, **more: Any) -> Examination:
    return examine_books(world.dsn, tenant="default", log=world.log, **more)


def test_what_was_recorded_is_clean_and_everything_was_checked(busy: World) -> None:
    told: list[tuple[int, int]] = []
    found = examined(busy, comparing=lambda done, of: told.append((done, of)))
    assert found.findings == ()
    assert found.clean
    assert found.position == busy.log.head().size
    assert found.checked == (STANDS, *(check.name for check in all_checks()))
    assert len(set(found.checked)) == len(found.checked)
    assert told[-1] == (len(all_checks()), len(all_checks()))
    assert schemas_beside(busy) == []


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE journal_line SET account = '7000' WHERE account = '7001'", {"journal_line"}),
        ("UPDATE account_balance SET debit_c = debit_c + 1 WHERE account = '550'", {"account_balance"}),
        ("UPDATE receivable SET open_c = open_c + 1", {"receivable"}),
        ("UPDATE activity_balance SET result_c = result_c - 1", {"activity_balance"}),
        ("UPDATE fund_balance SET collected_c = 0", {"fund_balance"}),
        ("UPDATE share_balance SET held_c = held_c + 1", {"share_balance"}),
        ("UPDATE membership SET standing = 'former' WHERE member_no = 2", {"membership"}),
        ("DELETE FROM bank_overpayment", {"bank_overpayment"}),
        ("INSERT INTO client SELECT activity_id, entity_id, 'public', 1 FROM activity", {"client"}),
    ],
)
def test_an_altered_row_shows_in_its_own_table_and_in_no_other(
    busy: World, statement: str, named: set[str]
) -> None:
    assert busy.tamper(statement) > 0
    assert {finding.table for finding in examined(busy).findings} == named


def test_a_figure_is_named_with_what_it_must_be_by_log_and_by_journal(busy: World) -> None:
    alter = "UPDATE activity_balance SET result_c = result_c + 7 WHERE activity_id = '{}'"
    busy.tamper(alter.format(ACTIVITY))
    by_log, *others = examined(busy).findings
    assert (by_log.view, by_log.table, by_log.column) == ("activity_balances", "activity_balance", "result_c")
    assert by_log.key["activity_id"] == str(ACTIVITY)
    assert by_log.found - by_log.expected == 7
    assert {each.check for each in others} == {
        "activity_balance.result_c is the sum of its movements",
        "the result of an activity is classes 7 and 6 on it",
    }
    assert {(each.expected, each.found) for each in others} == {(by_log.expected, by_log.found)}


def test_a_rebuild_heals_what_the_doctor_found(busy: World) -> None:
    busy.tamper("DELETE FROM receivable")
    assert not examined(busy).clean
    busy.rebuild()
    assert examined(busy).clean


def test_an_erasure_is_no_finding(busy: World) -> None:
    for table in PERSONAL:
        busy.tamper(REMOVE_ALL.format(table=table))
    for subject, retention in list(busy.keys._keys):
        busy.keys.destroy(subject, retention, datetime.now(UTC))
    assert examined(busy).findings == ()


def test_a_read_model_that_stopped_is_named_and_its_rows_are_compared_where_it_stands(world: World) -> None:
    stands = world.projector.positions()["fund_balances"]
    world.paid_invoice(on=JANUARY)
    sick = [broken_when_written(model, ValueError) if model is FUND_BALANCES else model for model in ALL]
    world.another_projector(tuple(sick)).catch_up()
    found = examined(world)
    head = world.log.head().size
    (one,) = found.findings
    assert (one.check, one.view, one.key) == (STANDS, "fund_balances", {"name": "fund_balances"})
    assert (one.column, one.expected, one.found) == ("position", head, stands)
    assert len(found.checked) < 1 + len(all_checks())


def test_what_is_recorded_and_projected_meanwhile_is_no_finding(busy: World) -> None:
    def record_more(_reached: int, _size: int) -> None:
        busy.invoices(on=JANUARY)
        busy.project()

    before = busy.log.head().size
    found = examined(busy, replaying=record_more)
    assert found.findings == ()
    assert found.position == busy.log.head().size > before


def test_while_rows_are_compared_the_projector_goes_on(busy: World) -> None:
    def record_more(done: int, of: int) -> None:
        if done == of:
            busy.invoices(on=JANUARY)
            assert busy.project() == busy.log.head().size

    found = examined(busy, comparing=record_more)
    assert found.findings == ()
    assert found.position < busy.log.head().size


def test_two_examinations_at_once_are_refused_and_nothing_is_left_behind(world: World, dsn: str) -> None:
    def again(_done: int, _of: int) -> None:
        with pytest.raises(ReplayRunning):
            examined(world)
        tried.append(True)

    tried: list[bool] = []
    examined(world, comparing=again)
    assert tried
    with pytest.raises(ZeroDivisionError):
        examined(world, comparing=lambda done, _of: done // 0)
    assert schemas_beside(world) == []
    with pytest.raises(NotProjectedYet):
        examine_books(dsn, tenant="default", log=world.log)
