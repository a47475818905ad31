"""What late payers owe, on paper: reminders and their terms, and a claim with its costs beside its interest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

ONE_DAY = timedelta(days=1)
RATES = "2025-07-01=215,2026-01-01=315"
RATE_BP = {2025: 1_050, 2026: 1_150}
"""Eight points above the reference rate of the half-year, rounded up to half a point."""
FLAT_C, FEE_MOST_C, TERM_DAYS, FIRST_AFTER, THEN_AFTER, MOST = 40_00, 7_50, 14, 7, 14, 3
NO_WORK = {date(2025, 11, 11), date(2025, 12, 25), date(2026, 1, 1), date(2026, 4, 6)}
NO_WORK |= {date(2026, 5, 1), date(2026, 5, 14), date(2026, 5, 25)}


@dataclass
class PaperReminder:
    """One reminder: the day it fell due, and how and when it was sent."""

    on: date
    sent_on: date | None = None
    by_post: bool = False
    fee_c: int = 0

    @property
    def term_on(self) -> date:
        """The last day on which a consumer pays no more: fourteen days, by post from the third working day on."""
        assert self.sent_on is not None
        return (third_working_day(self.sent_on) - ONE_DAY if self.by_post else self.sent_on) + timedelta(
            days=TERM_DAYS
        )


@dataclass
class PaperClaim:
    """What is claimed for one invoice, and what of it was paid and waived, the costs beside the interest."""

    interest_c: int = 0
    flat_c: int = 0
    fees_c: int = 0
    paid_costs_c: int = 0
    paid_interest_c: int = 0
    waived_costs_c: int = 0
    waived_interest_c: int = 0
    paid_by: Counter[UUID] = field(default_factory=Counter)

    @property
    def open_costs_c(self) -> int:
        return self.flat_c + self.fees_c - self.paid_costs_c - self.waived_costs_c

    @property
    def open_interest_c(self) -> int:
        return self.interest_c - self.paid_interest_c - self.waived_interest_c

    @property
    def waived_c(self) -> int:
        return self.waived_costs_c + self.waived_interest_c

    @property
    def open_c(self) -> int:
        return self.open_costs_c + self.open_interest_c


def above(in_all: tuple[int, int, int], before: PaperClaim) -> list[int]:
    claimed = (before.interest_c, before.flat_c, before.fees_c)
    return [max(0, comes_to_c - was_c) for comes_to_c, was_c in zip(in_all, claimed, strict=True)]


def flat_of(due_c: int) -> int:
    """20.00 up to 150.00; 30.00 and a tenth of what is above it up to 500.00; 65.00 and a twentieth beyond."""
    if due_c <= 150_00:
        return 20_00
    if due_c <= 500_00:
        return 30_00 + (due_c - 150_00 + 5) // 10
    return min(65_00 + (due_c - 500_00 + 10) // 20, 2_000_00)


def days_between(from_on: date, through_on: date) -> Iterator[date]:
    while from_on <= through_on:
        yield from_on
        from_on += ONE_DAY


def third_working_day(after: date) -> date:
    """The third day that is neither a Sunday nor a holiday; if it is a Saturday, the next one that is not."""
    for _ in range(3):
        after += ONE_DAY
        while after.weekday() == 6 or after in NO_WORK:
            after += ONE_DAY
    while after.weekday() >= 5 or after in NO_WORK:
        after += ONE_DAY
    return after
