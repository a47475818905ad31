"""Working days in Belgium: not Sundays, not the ten legal holidays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.working_days import easter_of, holidays_of, is_working_day, working_day_after


@pytest.mark.parametrize(
    "easter",
    [
        date(1961, 4, 2),
        date(2000, 4, 23),
        date(2008, 3, 23),
        date(2019, 4, 21),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
    ],
)
def test_easter_is_the_sunday_it_is_known_to_be(easter: date) -> None:
    assert easter_of(easter.year) == easter


def test_easter_is_a_sunday_between_22_march_and_25_april() -> None:
    for year in range(1900, 3000):
        easter = easter_of(year)
        assert easter.weekday() == 6
        assert date(year, 3, 22) <= easter <= date(year, 4, 25)


def test_the_ten_holidays_of_2026() -> None:
    assert sorted(holidays_of(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 7, 21),
        date(2026, 8, 15),
        date(2026, 11, 1),
        date(2026, 11, 11),
        date(2026, 12, 25),
    ]


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (date(2026, 3, 2), 3, date(2026, 3, 5)),
        (date(2026, 3, 5), 3, date(2026, 3, 9)),
        (date(2026, 3, 4), 3, date(2026, 3, 9)),
        (date(2026, 3, 5), 4, date(2026, 3, 10)),
        (date(2026, 4, 2), 3, date(2026, 4, 7)),
        (date(2026, 3, 6), 0, date(2026, 3, 6)),
    ],
    ids=["midweek", "over a Sunday", "a Saturday is put off", "a Saturday and beyond", "over Easter", "none"],
)
def test_the_working_day_after(day: date, number: int, expected: date) -> None:
    found = working_day_after(day, number)
    assert found == expected
    assert is_working_day(found)
    assert found - day < timedelta(days=10)
