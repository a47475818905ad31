"""The books under an entity's own codes: trial balance, journal and exports follow, and no closed figure moves."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from domain.ledger.entities import map_account
from projections.account_codes import mapped_accounts
from projections.doctor.books import examine_books
from projections.journal import journal_lines
from projections.posted_entries import RENAMED, posted_books
from projections.reader import Reader
from projections.trial_balance import trial_balance, trial_balance_sha256
from tests.cooperative import ENTITY
from tests.projections.world import World

JANUARY, FEBRUARY, MARCH = date(2026, 1, 15), date(2026, 2, 1), date(2026, 3, 2)


def calls(world: World, account: str, code: str, valid_from: date) -> None:
    asked: dict[str, Any] = {"entity_id": ENTITY, "account": account, "code": code}
    world.perform(map_account, on=JANUARY, valid_from=valid_from, source_ref="accountant", **asked)


@pytest.fixture
def coded(world: World) -> World:
    """An open invoice of January, a paid one of March, and from 1 February on 400 is called 400000."""
    world.invoices(on=JANUARY)
    world.project()
    calls(world, "400", "400000", FEBRUARY)
    world.paid_invoice(on=MARCH)
    world.project()
    return world


def codes_of(reader: Reader, **past: Any) -> dict[str, str]:
    return {row.account: row.code for row in trial_balance(reader, entity_id=ENTITY, **past).rows}


def test_the_trial_balance_shows_the_codes_of_its_day_and_its_digest_does_not_move(
    coded: World, reader: Reader
) -> None:
    assert codes_of(reader)["400"] == "400000"
    assert codes_of(reader, today=JANUARY)["400"] == "400"
    january = trial_balance(reader, entity_id=ENTITY, as_of=date(2026, 1, 31))
    assert {row.account: row.code for row in january.rows}["400"] == "400"
    before = trial_balance_sha256(january.rows)
    calls(coded, "400", "400500", MARCH)
    coded.project()
    again = trial_balance(reader, entity_id=ENTITY, as_of=date(2026, 1, 31))
    assert trial_balance_sha256(again.rows) == before
    assert again.rows == january.rows
    assert codes_of(reader, as_of=FEBRUARY)["400"] == "400000"
    assert codes_of(reader, as_of=MARCH)["400"] == "400500"


def test_what_was_not_decided_yet_at_a_position_is_not_shown_as_known_then(
    coded: World, reader: Reader
) -> None:
    (mapped,) = mapped_accounts(reader, entity_id=ENTITY)
    assert (mapped.account, mapped.code, mapped.valid_from) == ("400", "400000", FEBRUARY)
    assert codes_of(reader, known_at=mapped.position - 1)["400"] == "400"
    assert codes_of(reader, known_at=mapped.position)["400"] == "400000"


def test_a_line_of_the_journal_bears_the_code_of_its_booking_day(coded: World, reader: Reader) -> None:
    lines = journal_lines(reader, entity_id=ENTITY, account="400")
    assert [(each.booked_on, each.code) for each in lines] == [
        (JANUARY, "400"),
        (MARCH, "400000"),
        (MARCH, "400000"),
    ]


def test_an_export_moves_the_balance_to_the_new_code_on_its_day_so_that_every_month_end_holds(
    coded: World, reader: Reader
) -> None:
    calls(coded, "400", "400500", date(2026, 3, 1))
    coded.project()
    standing: Counter[str] = Counter()
    with posted_books(reader, entity_id=ENTITY) as books:
        entries, ends = list(books.entries()), list(books.month_ends())
    moved = [entry for entry in entries if entry.journal == RENAMED]
    assert [[(line.account, line.amount_c) for line in entry.lines] for entry in moved] == [
        [("400", -1_210_00), ("400000", 1_210_00)],
        [("400000", -1_210_00), ("400500", 1_210_00)],
    ]
    assert [entry.booked_on for entry in entries] == sorted(entry.booked_on for entry in entries)
    for end in ends:
        standing.clear()
        for entry in entries:
            if entry.booked_on <= end.on:
                for line in entry.lines:
                    standing[line.account] += line.amount_c
        assert standing[end.account] == end.amount_c


def test_the_doctor_and_a_replay_agree(coded: World) -> None:
    assert coded.replay().equal
    assert examine_books(coded.dsn, tenant="default", log=coded.log).findings == ()
