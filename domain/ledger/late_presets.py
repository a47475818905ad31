"""The parameters about paying late a new Belgian entity starts with, and how they are read.

A source marked ◇ was not read in its primary text. The reference rates stand in one parameter, by
half-year: a rate is published after its half-year began, and a parameter never reaches back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from domain.aggregates.legal_entity import LegalEntity
from domain.errors import ReferenceRateUnknown
from domain.late_payment import Beneficiary, Tier, flat_of, rate_above

REFERENCE_RATES = "late-interest.reference-rates-bp"
MARGIN_BP = "late-interest.margin-bp"
STEP_BP = "late-interest.rounded-up-to-bp"
DAYS_IN_YEAR = "late-interest.days-in-year"
FLAT_C = "late-payment.flat-c"
EARNED_BY = "late-payment.earned-by"
CONSUMER_CLAUSE = "consumer-debt.clause"
CONSUMER_FREE_REMINDERS = "consumer-debt.free-reminders"
CONSUMER_REMINDER_FEE_C = "consumer-debt.reminder-fee-most-c"
CONSUMER_TERM_DAYS = "consumer-debt.term-days"
CONSUMER_POST_DAYS = "consumer-debt.post-working-days"
CONSUMER_INTEREST_FROM = "consumer-debt.interest-from"
CONSUMER_TIERS = "consumer-debt.flat-tiers"
CONSUMER_FLAT_MOST_C = "consumer-debt.flat-most-c"

_RATES = (
    "2022-01-01=0,2022-07-01=0,2023-01-01=250,2023-07-01=400,2024-01-01=450,2024-07-01=425,"
    "2025-01-01=315,2025-07-01=215,2026-01-01=215"
)

LATE_PAYMENT: tuple[tuple[str, str, str], ...] = (
    (REFERENCE_RATES, _RATES, "ECB, main refinancing rate on the first day of the half-year ◇"),
    (MARGIN_BP, "800", "Act of 2 August 2002 on late payment, art. 5: eight points above ◇"),
    (STEP_BP, "50", "Act of 2 August 2002, art. 5: rounded up to half a point ◇"),
    (DAYS_IN_YEAR, "365", "house rule: a day bears a 365th of a year's interest, in leap years too"),
    (FLAT_C, "4000", "Act of 2 August 2002, art. 6: 40 euros for the costs of recovery ◇"),
    (EARNED_BY, "activity", "house rule: who waited for the money; or cooperative, or fund:CODE"),
    (CONSUMER_CLAUSE, "none", "for the general terms to say: none, interest, flat, or interest,flat"),
    (CONSUMER_FREE_REMINDERS, "1", "CDE art. XIX.2: the first reminder is free ◇"),
    (CONSUMER_REMINDER_FEE_C, "750", "CDE art. XIX.2: 7.50 euros, postage apart ◇"),
    (CONSUMER_TERM_DAYS, "14", "CDE art. XIX.2: fourteen days after the first reminder ◇"),
    (CONSUMER_POST_DAYS, "3", "CDE art. XIX.2: by post from the third working day on ◇"),
    (CONSUMER_INTEREST_FROM, "term", "CDE art. XIX.4: from the end of the term; small creditors: reminder ◇"),
    (CONSUMER_TIERS, "15000=2000+0,50000=3000+1000,*=6500+500", "CDE art. XIX.4: caps by what is due ◇"),
    (CONSUMER_FLAT_MOST_C, "200000", "CDE art. XIX.4: 2,000 euros at most ◇"),
)

_BP, _CENTS = "[0-9]{1,4}", "[0-9]{1,9}"
_HALF_YEAR = f"[12][0-9]{{3}}-(?:01|07)-01={_BP}"
LATE_PAYMENT_READABLE: Mapping[str, re.Pattern[str]] = {
    REFERENCE_RATES: re.compile(f"{_HALF_YEAR}(?:,{_HALF_YEAR})*"),
    MARGIN_BP: re.compile(_BP),
    STEP_BP: re.compile("[1-9][0-9]{0,3}"),
    DAYS_IN_YEAR: re.compile("36[056]"),
    FLAT_C: re.compile(_CENTS),
    EARNED_BY: re.compile("activity|cooperative|fund:[A-Za-z0-9][A-Za-z0-9._-]{0,39}"),
    CONSUMER_CLAUSE: re.compile("none|interest|flat|interest,flat"),
    CONSUMER_FREE_REMINDERS: re.compile("[1-9]"),
    CONSUMER_REMINDER_FEE_C: re.compile("[0-9]{1,5}"),
    CONSUMER_TERM_DAYS: re.compile("[1-9][0-9]{0,2}"),
    CONSUMER_POST_DAYS: re.compile("[0-9]"),
    CONSUMER_INTEREST_FROM: re.compile("term|reminder"),
    CONSUMER_TIERS: re.compile(rf"(?:{_CENTS}={_CENTS}\+{_BP},)*\*={_CENTS}\+{_BP}"),
    CONSUMER_FLAT_MOST_C: re.compile(_CENTS),
}


def reference_rates(entity: LegalEntity, on: date) -> dict[date, int]:
    """Return the reference rates that were known on that day, by the first day of their half-year."""
    rows = (row.split("=") for row in entity.parameter(REFERENCE_RATES, on).split(","))
    return {date.fromisoformat(first_on): int(rate) for first_on, rate in rows}


def statutory_rate(entity: LegalEntity, on: date) -> Callable[[date], int]:
    """Return the rate of a half-year by its first day, as known on that day, in basis points.

    What it returns raises ReferenceRateUnknown.
    """
    known = reference_rates(entity, on)
    margin_bp, step_bp = int(entity.parameter(MARGIN_BP, on)), int(entity.parameter(STEP_BP, on))

    def rate_of(half_year: date) -> int:
        if half_year not in known:
            raise ReferenceRateUnknown(half_year=half_year, parameter=REFERENCE_RATES)
        return rate_above(known[half_year], margin_bp=margin_bp, step_bp=step_bp)

    return rate_of


def consumer_flat_c(entity: LegalEntity, on: date, *, due_c: int) -> int:
    """Return the flat sum that a consumer who owes so much may be asked for."""
    tiers: list[Tier] = []
    for row in entity.parameter(CONSUMER_TIERS, on).split(","):
        through, _, sums = row.partition("=")
        flat, _, rate = sums.partition("+")
        tiers.append(Tier(None if through == "*" else int(through), int(flat), int(rate)))
    return flat_of(due_c, tiers, most_c=int(entity.parameter(CONSUMER_FLAT_MOST_C, on)))


def earned_by(entity: LegalEntity, on: date) -> tuple[Beneficiary, str]:
    """Return who earns what late payers pay, and the code of the mutual fund if one does (`fund:CODE`)."""
    said, _, fund_code = entity.parameter(EARNED_BY, on).partition(":")
    return Beneficiary(said), fund_code
