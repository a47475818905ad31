"""Statements follow one another, in balance and in number, or are refused by name."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.aggregates.bank_account import BankAccount, StatementFigures
from domain.errors import (
    AmountTooLarge,
    OpeningAlreadyRecorded,
    OpeningMissing,
    StatementContradicts,
    StatementDoesNotBalance,
    StatementMissing,
)
from domain.money import MAX_CENTS
from tests.cooperative import ACCOUNT, ENTITY
from tests.scenario import TODAY, Fact, Given, fact, replayed, stamp

OPENED = fact(BankAccount.Opened, entity_id=ENTITY, account=ACCOUNT)
OPENING = fact(BankAccount.OpeningRecorded, entity_id=ENTITY, booked_on=TODAY, balance_c=5_000_00)


def imported(
    number: int | None, opening_c: int, closing_c: int, *, year: int = 2026, identity: str = ""
) -> Fact:
    return fact(
        BankAccount.StatementImported,
        entity_id=ENTITY,
        statement=identity or f"{year}/{number}",
        sequence=None if number is None else (year, number),
        from_on=TODAY,
        to_on=TODAY,
        opening_c=opening_c,
        closing_c=closing_c,
        entries=1,
        file_sha256="f" * 64,
    )


def importing(next_one: Fact, *, sum_c: int | None = None) -> Any:
    says = dict(next_one.says)
    del says["entity_id"]
    figures = StatementFigures(says.pop("opening_c"), says.pop("closing_c"), says.pop("entries"))
    entries_sum_c = figures.closing_c - figures.opening_c if sum_c is None else sum_c
    return lambda account: account.import_statement(
        stamp(), figures=figures, entries_sum_c=entries_sum_c, **says
    )


def test_the_opening_balance_is_recorded_once() -> None:
    Given(BankAccount, OPENED).when(
        lambda account: account.record_opening(stamp(), balance_c=5_000_00, booked_on=TODAY)
    ).then(OPENING)
    Given(BankAccount, OPENED, OPENING).when(
        lambda account: account.record_opening(stamp(), balance_c=1, booked_on=TODAY)
    ).then_refused(OpeningAlreadyRecorded, balance_c=5_000_00)


@pytest.mark.parametrize("balance_c", [0, -1_234_56])
def test_an_account_may_open_empty_or_overdrawn(balance_c: int) -> None:
    Given(BankAccount, OPENED).when(
        lambda account: account.record_opening(stamp(), balance_c=balance_c, booked_on=TODAY)
    ).then(fact(BankAccount.OpeningRecorded, entity_id=ENTITY, booked_on=TODAY, balance_c=balance_c))


def test_a_balance_larger_than_the_ledger_holds_is_refused() -> None:
    Given(BankAccount, OPENED).when(
        lambda account: account.record_opening(stamp(), balance_c=-MAX_CENTS - 1, booked_on=TODAY)
    ).then_refused(AmountTooLarge)


def test_the_first_statement_continues_from_the_opening_balance() -> None:
    first = imported(17, 5_000_00, 6_210_00)
    Given(BankAccount, OPENED, OPENING).when(importing(first)).then(first)


def test_a_statement_before_the_opening_balance_is_refused() -> None:
    Given(BankAccount, OPENED).when(importing(imported(17, 0, 0))).then_refused(OpeningMissing)


@pytest.mark.parametrize("sum_c", [1_210_01, 1_209_99, 0, -1_210_00])
def test_a_statement_that_does_not_add_up_is_refused(sum_c: int) -> None:
    Given(BankAccount, OPENED, OPENING).when(
        importing(imported(17, 5_000_00, 6_210_00), sum_c=sum_c)
    ).then_refused(StatementDoesNotBalance)


@pytest.mark.parametrize("opening_c", [4_999_99, 5_000_01, 0])
def test_a_statement_that_opens_elsewhere_is_refused(opening_c: int) -> None:
    Given(BankAccount, OPENED, OPENING).when(importing(imported(17, opening_c, 6_210_00))).then_refused(
        StatementMissing, last_closing_c=5_000_00, opening_c=opening_c
    )


S17 = imported(17, 5_000_00, 6_210_00)


@pytest.mark.parametrize("later", [imported(18, 6_210_00, 0), imported(18, 6_210_00, 1, year=2027)])
def test_a_statement_with_the_next_number_is_imported(later: Fact) -> None:
    Given(BankAccount, OPENED, OPENING, S17).when(importing(later)).then(later)


def test_numbers_may_begin_again_at_one_with_the_year() -> None:
    later = imported(1, 6_210_00, 0, year=2027)
    Given(BankAccount, OPENED, OPENING, S17).when(importing(later)).then(later)


@pytest.mark.parametrize(
    ("number", "year"), [(19, 2026), (16, 2026), (1, 2026), (2, 2027), (19, 2027), (18, 2025), (1, 2025)]
)
def test_a_hole_in_the_numbers_is_refused_even_where_the_balance_continues(number: int, year: int) -> None:
    Given(BankAccount, OPENED, OPENING, S17).when(
        importing(imported(number, 6_210_00, 6_210_00, year=year))
    ).then_refused(StatementMissing, last_sequence=(2026, 17), sequence=(year, number))


def test_legal_and_electronic_numbers_are_counted_apart() -> None:
    electronic = imported(40, 6_210_00, 6_210_00, identity="electronic:2026/40")
    legal = imported(17, 5_000_00, 6_210_00, identity="legal:2026/17")
    next_legal = imported(18, 6_210_00, 6_000_00, identity="legal:2026/18")
    hole = imported(19, 6_210_00, 6_000_00, identity="legal:2026/19")
    history = (OPENED, OPENING, legal, electronic)
    Given(BankAccount, *history).when(importing(next_legal)).then(next_legal)
    Given(BankAccount, *history).when(importing(hole)).then_refused(
        StatementMissing, last_sequence=(2026, 17), sequence=(2026, 19)
    )


def test_without_a_number_the_balance_alone_must_continue() -> None:
    unnumbered = imported(None, 6_210_00, 6_000_00, identity="A")
    Given(BankAccount, OPENED, OPENING, S17).when(importing(unnumbered)).then(unnumbered)
    Given(BankAccount, OPENED, OPENING, S17).when(
        importing(imported(None, 6_000_00, 0, identity="A"))
    ).then_refused(StatementMissing)


def test_a_statement_without_a_number_hides_no_hole() -> None:
    unnumbered = imported(None, 6_210_00, 6_000_00, identity="A")
    Given(BankAccount, OPENED, OPENING, S17, unnumbered).when(
        importing(imported(19, 6_000_00, 6_000_00))
    ).then_refused(StatementMissing, last_sequence=(2026, 17))


def test_the_same_statement_is_known_and_another_is_not() -> None:
    account = replayed(BankAccount, OPENED, OPENING, S17)
    assert account.knows("2026/17", StatementFigures(5_000_00, 6_210_00, 1))
    assert not account.knows("2026/18", StatementFigures(5_000_00, 6_210_00, 1))


@pytest.mark.parametrize("now", [(5_000_01, 6_210_00, 1), (5_000_00, 6_210_01, 1), (5_000_00, 6_210_00, 2)])
def test_the_same_statement_with_other_figures_contradicts(now: tuple[int, int, int]) -> None:
    Given(BankAccount, OPENED, OPENING, S17).when(
        lambda account: account.knows("2026/17", StatementFigures(*now))
    ).then_refused(StatementContradicts, statement="2026/17", then=(5_000_00, 6_210_00, 1), now=now)


def test_the_day_of_a_statement_is_that_of_the_bank() -> None:
    dated = fact(
        BankAccount.StatementImported,
        **S17.says | {"from_on": date(2025, 12, 1), "to_on": date(2025, 12, 31)},
    )
    Given(BankAccount, OPENED, OPENING).when(importing(dated)).then(dated)
