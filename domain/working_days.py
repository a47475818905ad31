"""Working days in Belgium: every day but Sundays and legal holidays (CDE art. I.1, 11° ◇)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6
_FIXED = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))
_AFTER_EASTER = (1, 39, 50)
"""Easter Monday, Ascension Day and Whit Monday."""


def easter_of(year: int) -> date:
    """Return Easter Sunday of a year of the Gregorian calendar (the anonymous algorithm of 1876)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays_of(year: int) -> frozenset[date]:
    """Return the ten legal holidays of a year (Royal Decree of 18 April 1974 ◇)."""
    easter = easter_of(year)
    moving = {easter + days * ONE_DAY for days in _AFTER_EASTER}
    return frozenset({date(year, month, day) for month, day in _FIXED} | moving)


def is_working_day(day: date) -> bool:
    """Tell whether work is done on that day; a Saturday is a working day."""
    return day.weekday() != SUNDAY and day not in holidays_of(day.year)


def working_day_after(day: date, number: int) -> date:
    """Return the n-th working day after a day; where that is a Saturday, the next working day."""
    for _ in range(number):
        day += ONE_DAY
        while not is_working_day(day):
            day += ONE_DAY
    while not is_working_day(day) or day.weekday() == SATURDAY:
        day += ONE_DAY
    return day
