"""What paying late costs: overdue amounts by span of days, the interest on them, and who earns it.

Days are counted exactly: from the first day of interest through the day of payment, both included, and
what was paid on a day still bears interest on it. All of an invoice is rounded once, and a later claim
takes the difference, so that claims add up to what one claim would have been.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from domain.money import BASIS_POINTS, rounded, share

ONE_DAY = timedelta(days=1)


class LateLaw(StrEnum):
    """Which law says what paying late costs: between businesses and authorities, or for consumers."""

    COMMERCIAL = "commercial"
    CONSUMER = "consumer"


class Beneficiary(StrEnum):
    """Who earns what late payers pay."""

    ACTIVITY = "activity"
    COOPERATIVE = "cooperative"
    FUND = "fund"


class Channel(StrEnum):
    """How a reminder was sent: a term counts from another day by post."""

    ELECTRONIC = "electronic"
    POST = "post"


@dataclass(frozen=True)
class InterestSpan:
    """Days, the first and the last included, through which so much was overdue at one rate a year."""

    from_on: date
    through_on: date
    overdue_c: int
    rate_bp: int

    @property
    def days(self) -> int:
        """How many days these are."""
        return (self.through_on - self.from_on).days + 1


@dataclass(frozen=True)
class Tier:
    """A flat sum for what is due up to `through_c`, and a rate on what of it is above the tier before."""

    through_c: int | None
    flat_c: int
    rate_bp: int


def half_year_of(day: date) -> date:
    """Return the first day of the half-year that a day is in: a reference rate holds for one."""
    return date(day.year, 1 if day.month <= 6 else 7, 1)  # noqa: PLR2004 - January to June


def spans_of(
    *,
    due_c: int,
    paid: Mapping[date, int],
    from_on: date,
    through_on: date,
    rate_of: Callable[[date], int],
) -> tuple[InterestSpan, ...]:
    """Return what was overdue from one day through another: a new span where the sum or the rate changes.

    `rate_of` is asked for the first day of a half-year, and only if something was overdue in it.
    """
    changes = {from_on, *(day + ONE_DAY for day in paid)}
    changes |= {date(year, month, 1) for year in range(from_on.year, through_on.year + 1) for month in (1, 7)}
    starts = sorted(day for day in changes if from_on <= day <= through_on)
    spans: list[InterestSpan] = []
    for start, following in pairwise([*starts, through_on + ONE_DAY]):
        overdue_c = due_c - sum(amount_c for day, amount_c in paid.items() if day < start)
        if overdue_c > 0:
            rate_bp = rate_of(half_year_of(start))
            spans.append(InterestSpan(start, following - ONE_DAY, overdue_c, rate_bp))
    return tuple(spans)


def interest_c(spans: Sequence[InterestSpan], *, days_in_year: int) -> int:
    """Return the simple interest of all spans, in cents, rounded once."""
    whole = sum(span.overdue_c * span.days * span.rate_bp for span in spans)
    return rounded(Fraction(whole, BASIS_POINTS * days_in_year))


def rate_above(reference_bp: int, *, margin_bp: int, step_bp: int) -> int:
    """Return a reference rate and its margin, rounded up to a whole step."""
    return -(-(reference_bp + margin_bp) // step_bp) * step_bp


def flat_of(due_c: int, tiers: Sequence[Tier], *, most_c: int) -> int:
    """Return the flat sum for what is due: that of its tier, and a share of what is above the one before."""
    below_c = 0
    for tier in tiers:
        if tier.through_c is None or due_c <= tier.through_c:
            return min(tier.flat_c + share(due_c - below_c, tier.rate_bp), most_c)
        below_c = tier.through_c
    raise ValueError("the last tier has no end")
