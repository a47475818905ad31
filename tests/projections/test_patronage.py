"""Account 473 opens down to the activities: what each was given, and what it contributed for it."""

from __future__ import annotations

from datetime import date

import pytest

from domain.ledger.dividends import share_out_dividend
from projections.activity_balances import activity_balances
from projections.doctor.books import examine_books
from projections.fiscal_years import fiscal_years
from projections.patronage import contributed, patronage_refunds
from projections.reader import Reader
from projections.trial_balance import trial_balance
from projections.waiting import Waits, waiting
from tests.cooperative import ACTIVITY, ENTITY
from tests.projections.dividing import (
    DIVIDEND,
    REFUND,
    YEAR,
    appropriates_a_dividend,
    gives_a_dividend,
    gives_the_activities_their_parts,
)
from tests.projections.world import MARCH, World
from tests.projections.years import open_and_adjust_a_year

DECEMBER, JANUARY = date(2025, 12, 15), date(2026, 1, 15)


@pytest.fixture
def given(world: World) -> World:
    """One activity that left 100.00 of what it invoiced in December, and is given 7.77."""
    world.takes_shares(2, on=JANUARY)
    world.invoices(on=DECEMBER)
    open_and_adjust_a_year(world)
    gives_a_dividend(world, patronage_c=7_77)
    world.project()
    return world


def test_a_refund_is_shown_with_what_each_activity_contributed_and_was_given(
    given: World, reader: Reader
) -> None:
    shown = patronage_refunds(reader, entity_id=ENTITY)
    (refund,), (part,) = shown.refunds, shown.parts
    assert (refund.amount_c, refund.appropriated_on, refund.year_id, refund.given_c) == (
        7_77,
        MARCH,
        YEAR,
        7_77,
    )
    assert (part.activity_id, part.basis, part.contributed_c, part.amount_c, part.given_on) == (
        ACTIVITY,
        "contribution",
        100_00,
        7_77,
        MARCH,
    )
    rows = {row.account: row for row in trial_balance(reader, entity_id=ENTITY).rows}
    assert (rows["473"].credit_c, rows["473"].debit_c, rows["747"].balance_credit_c) == (7_77, 7_77, 7_77)
    (year,) = fiscal_years(reader, year_id=YEAR)
    assert year.patronage_c == 7_77
    assert patronage_refunds(reader, patronage_id=YEAR).refunds == ()


def test_what_is_appropriated_waits_until_it_has_reached_holders_and_activities(
    world: World, reader: Reader
) -> None:
    world.takes_shares(2, on=JANUARY)
    world.invoices(on=DECEMBER)
    open_and_adjust_a_year(world)
    appropriates_a_dividend(world, patronage_c=7_77)
    world.project()
    (dividend,), (refund,) = (
        waiting(reader, waits=each).items for each in (Waits.DIVIDEND_TO_SHARE_OUT, Waits.PATRONAGE_TO_GIVE)
    )
    assert (dividend.id, dividend.amount_c, dividend.since_on) == (DIVIDEND, 11_10, MARCH)
    assert (refund.id, refund.amount_c, refund.since_on) == (REFUND, 7_77, MARCH)
    assert (dividend.next, refund.next) == (("dividend.share-out",), ("patronage.share-out",))
    world.perform(share_out_dividend, on=MARCH, dividend_id=DIVIDEND)
    gives_the_activities_their_parts(world, on=MARCH)
    world.project()
    left = {each.waits for each in waiting(reader).items}
    assert left & {Waits.DIVIDEND_TO_SHARE_OUT, Waits.PATRONAGE_TO_GIVE} == set()
    assert Waits.DIVIDEND_TO_PAY in left


def test_what_an_activity_has_rises_by_its_part_from_the_day_it_is_given(
    given: World, reader: Reader
) -> None:
    (now,), (then,) = (activity_balances(reader, as_of=day).rows for day in (MARCH, JANUARY))
    assert now.result_c - then.result_c == 7_77
    assert patronage_refunds(reader, as_of=JANUARY).refunds == ()


def test_what_was_contributed_is_that_of_the_days_asked_for_on_each_basis(
    given: World, reader: Reader
) -> None:
    at = given.log.head().size
    year = contributed(reader, entity_id=ENTITY, first_on=DECEMBER, last_on=DECEMBER, position=at)
    assert year == {"contribution": {ACTIVITY: 100_00}, "turnover": {ACTIVITY: 1_000_00}}
    other = contributed(reader, entity_id=ENTITY, first_on=JANUARY, last_on=MARCH, position=at)
    assert other == {"contribution": {}, "turnover": {}}


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE patronage_given SET amount_c = amount_c + 1", "patronage_given"),
        ("UPDATE patronage_owed SET amount_c = amount_c + 1", "patronage_given"),
        ("UPDATE patronage_part SET amount_c = amount_c + 1", "patronage_part"),
        ("UPDATE patronage_part SET contributed_c = contributed_c + 1", "patronage_part"),
    ],
)
def test_the_doctor_finds_every_figure_of_a_refund_that_the_journal_does_not_say(
    given: World, statement: str, table: str
) -> None:
    assert examine_books(given.dsn, tenant="default", log=given.log).findings == ()
    assert given.tamper(statement) == 1
    found = examine_books(given.dsn, tenant="default", log=given.log).findings
    assert table in {each.table for each in found}
