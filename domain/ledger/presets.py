"""The parameters a new Belgian entity starts with: defaults of dated parameters, never constants.

A source marked ◇ was not read in its primary text: an accountant or lawyer must confirm it before
it is relied on. Each can be changed by a later fact with a source of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from domain.errors import InvalidParameter

PAYMENT_TERM_DAYS = "invoice.payment-term-days"
VAT_RATES_BP = "vat.rates-bp"
RESIGNATION_WINDOW_LAST_MONTH = "resignation.window-last-month"
RESIGNATION_EFFECT_MONTH = "resignation.effect-month"
ACTIVITY_OVERDRAFT_C = "activity.overdraft-c"
ACTIVITY_AT_RISK_AFTER_DAYS = "activity.at-risk-after-days"
ASSEMBLY_NOTICE_DAYS = "assembly.notice-days"
ASSEMBLY_PROXIES_PER_HOLDER = "assembly.proxies-per-holder"
REMINDER_FIRST_AFTER_DAYS = "reminder.first-after-days"
REMINDER_INTERVAL_DAYS = "reminder.interval-days"
REMINDER_MOST = "reminder.most"

BELGIAN_COOPERATIVE: tuple[tuple[str, str, str], ...] = (
    (PAYMENT_TERM_DAYS, "30", "Act of 2 August 2002 on late payment, art. 4 ◇"),
    (VAT_RATES_BP, "0,600,1200,2100", "Royal Decree n°20 of 20 July 1970 ◇"),
    (RESIGNATION_WINDOW_LAST_MONTH, "6", "CSA art. 6:120: only in the first six months of the year ◇"),
    (RESIGNATION_EFFECT_MONTH, "6", "CSA art. 6:120: on the last day of the sixth month ◇"),
    (ACTIVITY_OVERDRAFT_C, "0", "house rule: an activity promises only what it has collected"),
    (ACTIVITY_AT_RISK_AFTER_DAYS, "60", "house rule: a claim 60 days past its due day may not come"),
    (ASSEMBLY_NOTICE_DAYS, "15", "CSA art. 6:70 ◇"),
    (ASSEMBLY_PROXIES_PER_HOLDER, "1", "for the statutes to say: CSA art. 6:80 sets no limit ◇"),
    (REMINDER_FIRST_AFTER_DAYS, "7", "house rule: a payment may cross with a reminder"),
    (REMINDER_INTERVAL_DAYS, "14", "CDE art. XIX.2: a consumer has 14 days after the first reminder ◇"),
    (REMINDER_MOST, "3", "house rule: a person decides what follows the third reminder"),
)

_MONTH = re.compile("[1-9]|1[0-2]")
_SOME_DAYS = re.compile("[1-9][0-9]{0,2}")
_READABLE: Mapping[str, re.Pattern[str]] = {
    PAYMENT_TERM_DAYS: re.compile("[0-9]{1,3}"),
    VAT_RATES_BP: re.compile("[0-9]{1,4}(?:,[0-9]{1,4})*"),
    RESIGNATION_WINDOW_LAST_MONTH: _MONTH,
    RESIGNATION_EFFECT_MONTH: _MONTH,
    ASSEMBLY_NOTICE_DAYS: re.compile("[0-9]{1,3}"),
    ASSEMBLY_PROXIES_PER_HOLDER: re.compile("[0-9]{1,4}"),
    REMINDER_FIRST_AFTER_DAYS: _SOME_DAYS,
    REMINDER_INTERVAL_DAYS: _SOME_DAYS,
    REMINDER_MOST: re.compile("[0-9]{1,2}"),
    ACTIVITY_OVERDRAFT_C: re.compile("[0-9]{1,12}"),
    ACTIVITY_AT_RISK_AFTER_DAYS: re.compile("[0-9]{1,3}"),
}


def require_parameter(name: str, value: str) -> None:
    """Refuse a value that a rule could not read when it needs it; raises InvalidParameter."""
    readable = _READABLE.get(name)
    if readable is not None and not readable.fullmatch(value):
        raise InvalidParameter(parameter=name, value=value)
