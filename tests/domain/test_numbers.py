"""Numbers are given in date order, each once, without a gap."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.aggregates.number_series import NumberSeries
from domain.errors import IssueDateGoesBack, IssueDateTooFar
from tests.scenario import TODAY, Fact, Given, fact, stamp

OPENED = fact(NumberSeries.Opened, entity_id=UUID(int=1), series="F", year=2026)


def taken(number: int, on: date) -> Fact:
    return fact(NumberSeries.NumberTaken, number=number, on=on)


def test_the_first_number_is_one() -> None:
    first = taken(1, date(2026, 1, 10))
    Given(NumberSeries, OPENED).when(lambda series: _take(series, date(2026, 1, 10), 1)).then(first)


@pytest.mark.parametrize("day", [date(2026, 1, 10), TODAY, TODAY + timedelta(days=1)])
def test_the_next_number_follows_on_the_same_day_or_later(day: date) -> None:
    first = taken(1, date(2026, 1, 10))
    Given(NumberSeries, OPENED, first).when(lambda series: _take(series, day, 2)).then(taken(2, day))


def test_a_document_dated_before_the_last_one_is_refused() -> None:
    Given(NumberSeries, OPENED, taken(1, date(2026, 1, 10))).when(
        lambda series: series.take(stamp(), on=date(2026, 1, 9))
    ).then_refused(IssueDateGoesBack, last=date(2026, 1, 10))


def test_a_document_dated_on_a_day_to_come_is_refused_so_that_it_cannot_stop_the_series() -> None:
    day_after_tomorrow = TODAY + timedelta(days=2)
    Given(NumberSeries, OPENED).when(lambda series: series.take(stamp(), on=day_after_tomorrow)).then_refused(
        IssueDateTooFar, on=day_after_tomorrow
    )


def _take(series: NumberSeries, on: date, number: int) -> None:
    assert series.take(stamp(), on=on) == number
