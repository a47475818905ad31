"""The parameters a new Belgian entity starts with: defaults of dated parameters, never constants.

A source marked ◇ was not read in its primary text: an accountant or lawyer must confirm it before
it is relied on. Each can be changed by a later fact with a source of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from domain.errors import InvalidParameter
from domain.ledger.late_presets import LATE_PAYMENT, LATE_PAYMENT_READABLE

PAYMENT_TERM_DAYS = "invoice.payment-term-days"
VAT_RATES_BP = "vat.rates-bp"
VAT_UNIT = "vat.unit"
NO_VAT_UNIT = "none"
RESIGNATION_WINDOW_LAST_MONTH = "resignation.window-last-month"
RESIGNATION_EFFECT_MONTH = "resignation.effect-month"
RESIGNATION_FOUNDERS_FROM_YEAR = "resignation.founders-from-financial-year"
MEMBERS_AT_LEAST = "membership.at-least"
EXCLUSION_BODY = "exclusion.body"
EXCLUSION_ANSWER_MONTHS = "exclusion.answer-months"
EXCLUSION_NOTICE_DAYS = "exclusion.notice-days"
WITHDRAWAL_BASIS = "withdrawal-share.basis"
WITHDRAWAL_TERM_MONTHS = "withdrawal-share.term-months"
DISTRIBUTION_TEST_DAYS = "distribution.test-valid-days"
COOPERATIVE_REGIMES = "cooperative.approved-regimes"
DIVIDEND_CAP_BP = "dividend.cap-bp"
DIVIDEND_WITHHOLDING_BP = "dividend.withholding-bp"
PATRONAGE_BASIS = "patronage.basis"
ACTIVITY_OVERDRAFT_C = "activity.overdraft-c"
ACTIVITY_AT_RISK_AFTER_DAYS = "activity.at-risk-after-days"
WAGE_SET_OFF_BP = "wage.set-off-limit-bp"
ACCOUNTS_BODY = "accounts.body"
CONTRIBUTION_BODY = "contribution.body"
ASSEMBLY_NOTICE_DAYS = "assembly.notice-days"
ASSEMBLY_PROXIES_PER_HOLDER = "assembly.proxies-per-holder"
PAYEE_WAITING_DAYS = "payee.waiting-days"
REMINDER_FIRST_AFTER_DAYS = "reminder.first-after-days"
REMINDER_INTERVAL_DAYS = "reminder.interval-days"
REMINDER_MOST = "reminder.most"

BELGIAN_COOPERATIVE: tuple[tuple[str, str, str], ...] = (
    (PAYMENT_TERM_DAYS, "30", "Act of 2 August 2002 on late payment, art. 4 ◇"),
    (VAT_RATES_BP, "0,600,1200,2100", "Royal Decree n°20 of 20 July 1970 ◇"),
    (VAT_UNIT, NO_VAT_UNIT, "for the entity to say: the name of its VAT unit, VAT Code art. 4 § 2 ◇"),
    (RESIGNATION_WINDOW_LAST_MONTH, "6", "CSA art. 6:120: only in the first six months of the year ◇"),
    (RESIGNATION_EFFECT_MONTH, "6", "CSA art. 6:120: on the last day of the sixth month ◇"),
    (RESIGNATION_FOUNDERS_FROM_YEAR, "3", "CSA art. 6:120: founders from the third financial year on ◇"),
    (MEMBERS_AT_LEAST, "3", "CSA art. 6:3: a cooperative has at least three shareholders ◇"),
    (EXCLUSION_BODY, "assembly", "CSA art. 6:123: the general meeting, unless the statutes say otherwise ◇"),
    (EXCLUSION_ANSWER_MONTHS, "1", "CSA art. 6:123: the member has a month to answer ◇"),
    (EXCLUSION_NOTICE_DAYS, "15", "CSA art. 6:123: the decision is notified within fifteen days ◇"),
    (WITHDRAWAL_BASIS, "paid-in", "CSA art. 6:120: what was paid in, at most the net asset ◇"),
    (WITHDRAWAL_TERM_MONTHS, "1", "CSA art. 6:120: paid within a month of its effect ◇"),
    (DISTRIBUTION_TEST_DAYS, "60", "house rule: the figures of a test grow old"),
    (COOPERATIVE_REGIMES, "none", "for the entity to say: nrc-cnc, social-enterprise, or both"),
    (DIVIDEND_CAP_BP, "600", "Royal Decree of 8 January 1962, art. 1: for the approved regimes ◇"),
    (
        DIVIDEND_WITHHOLDING_BP,
        "3000",
        "Income Tax Code 1992, art. 269; the part exempt by art. 21, 14° is claimed by each holder ◇",
    ),
    (
        PATRONAGE_BASIS,
        "contribution",
        "for the statutes to say: contribution (charged in the year) or turnover (invoiced in it) ◇",
    ),
    (ACTIVITY_OVERDRAFT_C, "0", "house rule: an activity promises only what it has collected"),
    (ACTIVITY_AT_RISK_AFTER_DAYS, "60", "house rule: a claim 60 days past its due day may not come"),
    (WAGE_SET_OFF_BP, "2000", "Act of 12 April 1965, art. 23: at most a fifth of each net wage ◇"),
    (
        ACCOUNTS_BODY,
        "assembly",
        "CSA art. 6:84: accounts, result and distributions; or elsewhere, on paper ◇",
    ),
    (CONTRIBUTION_BODY, "board", "for the statutes to say: assembly, if the members decide ◇"),
    (ASSEMBLY_NOTICE_DAYS, "15", "CSA art. 6:70 ◇"),
    (ASSEMBLY_PROXIES_PER_HOLDER, "1", "for the statutes to say: CSA art. 6:80 sets no limit ◇"),
    (PAYEE_WAITING_DAYS, "3", "house rule: time to ask a payee who is said to bank elsewhere"),
    (REMINDER_FIRST_AFTER_DAYS, "7", "house rule: a payment may cross with a reminder"),
    (REMINDER_INTERVAL_DAYS, "14", "CDE art. XIX.2: a consumer has 14 days after the first reminder ◇"),
    (REMINDER_MOST, "3", "house rule: a person decides what follows the third reminder"),
    *LATE_PAYMENT,
)

_MONTH = re.compile("[1-9]|1[0-2]")
_SOME_DAYS = re.compile("[1-9][0-9]{0,2}")
_READABLE: Mapping[str, re.Pattern[str]] = {
    PAYMENT_TERM_DAYS: re.compile("[0-9]{1,3}"),
    VAT_RATES_BP: re.compile("[0-9]{1,4}(?:,[0-9]{1,4})*"),
    RESIGNATION_WINDOW_LAST_MONTH: _MONTH,
    RESIGNATION_EFFECT_MONTH: _MONTH,
    ACCOUNTS_BODY: re.compile("assembly|elsewhere"),
    CONTRIBUTION_BODY: re.compile("assembly|board"),
    ASSEMBLY_NOTICE_DAYS: re.compile("[0-9]{1,3}"),
    ASSEMBLY_PROXIES_PER_HOLDER: re.compile("[0-9]{1,4}"),
    PAYEE_WAITING_DAYS: re.compile("[0-9]{1,2}"),
    REMINDER_FIRST_AFTER_DAYS: _SOME_DAYS,
    REMINDER_INTERVAL_DAYS: _SOME_DAYS,
    REMINDER_MOST: re.compile("[0-9]{1,2}"),
    RESIGNATION_FOUNDERS_FROM_YEAR: re.compile("[1-9]"),
    MEMBERS_AT_LEAST: re.compile("[0-9]{1,3}"),
    EXCLUSION_BODY: re.compile("assembly|board"),
    EXCLUSION_ANSWER_MONTHS: re.compile("[0-9]|1[0-2]"),
    EXCLUSION_NOTICE_DAYS: re.compile("[0-9]{1,3}"),
    WITHDRAWAL_BASIS: re.compile("paid-in|net-asset"),
    WITHDRAWAL_TERM_MONTHS: re.compile("[0-9]{1,2}"),
    DISTRIBUTION_TEST_DAYS: re.compile("[0-9]{1,3}"),
    COOPERATIVE_REGIMES: re.compile("none|nrc-cnc|social-enterprise|nrc-cnc,social-enterprise"),
    DIVIDEND_CAP_BP: re.compile("[0-9]{1,5}"),
    DIVIDEND_WITHHOLDING_BP: re.compile("[0-9]{1,4}"),
    PATRONAGE_BASIS: re.compile("contribution|turnover"),
    ACTIVITY_OVERDRAFT_C: re.compile("[0-9]{1,12}"),
    ACTIVITY_AT_RISK_AFTER_DAYS: re.compile("[0-9]{1,3}"),
    WAGE_SET_OFF_BP: re.compile("[0-9]{1,4}|10000"),
    **LATE_PAYMENT_READABLE,
}


def require_parameter(name: str, value: str) -> None:
    """Refuse a value that a rule could not read when it needs it; raises InvalidParameter."""
    readable = _READABLE.get(name)
    if readable is not None and not readable.fullmatch(value):
        raise InvalidParameter(parameter=name, value=value)
