"""Paying back in parts: what of an amount is due by which day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from domain.errors import ScheduleDiffers
from domain.facts import require_day
from domain.money import require_holdable, require_positive


@dataclass(frozen=True)
class Instalment:
    """What is to be paid back by that day, in cents."""

    due_on: date
    amount_c: int


def require_schedule(schedule: Sequence[Instalment], amount_c: int, *, decided_on: date) -> None:
    """Refuse instalments that do not follow one another or do not sum to the amount; raises ScheduleDiffers."""
    for each in schedule:
        require_day(each.due_on)
        require_positive(each.amount_c)
    days = [each.due_on for each in schedule]
    total_c = sum(each.amount_c for each in schedule)
    require_holdable(total_c)
    if total_c != amount_c or days[0] < decided_on or any(later <= day for day, later in pairwise(days)):
        raise ScheduleDiffers(amount_c=amount_c, total_c=total_c)
