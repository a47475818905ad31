"""The one year that the third entity lives, and its days."""

from __future__ import annotations

from datetime import date

from workers.demo.group.size import ENDS_BEFORE, Month, Size, working

MONTHS = 12
"""How many months of the demo the third entity lives: it joins only a demo that has as many."""
FIRST_DAY = date(ENDS_BEFORE.year - 1, 1, 1)


def day(month: int, number: int) -> date:
    """Return the first working day from that day of a month, 1 to 12, on."""
    return working(date(FIRST_DAY.year, month, number))


def months(size: Size) -> list[Month]:
    """Return the months of the year, as the demo numbers them."""
    return [size.month(n) for n in range(size.months - MONTHS, size.months)]
