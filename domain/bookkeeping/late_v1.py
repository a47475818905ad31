"""Posting rules, version 1, of what late payers pay: booked when it comes, and not when it is claimed.

|                             | debit | credit                                              |
|-----------------------------|-------|-----------------------------------------------------|
| late payment received       | 499   | 745 the costs, 751 the interest; on who earns them  |
| late payment reversed       | 745, 751 | 499                                              |

What a fund earns is income of the cooperative itself, which sets it aside for the fund (`rules_v1_funds`).
Neither bears VAT (VAT Code, art. 28, 2° and 3° ◇). An accountant must confirm it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.aggregates.late_claim import LateClaim
from domain.bookkeeping import chart
from domain.bookkeeping.entries import Booked, credit, debit
from domain.late_payment import Beneficiary


def _received(fact: LateClaim.PaymentReceived) -> Booked:
    return _paid(fact, fact.costs_c, fact.interest_c)


def _reversed(fact: LateClaim.PaymentReversed) -> Booked:
    return _paid(fact, -fact.costs_c, -fact.interest_c)


def _paid(
    fact: LateClaim.PaymentReceived | LateClaim.PaymentReversed, costs_c: int, interest_c: int
) -> Booked:
    activity_id = fact.activity_id if fact.earned_by is Beneficiary.ACTIVITY else None
    return (
        "bank",
        fact.originator_id,
        [
            debit(chart.AWAITING_ALLOCATION, costs_c + interest_c),
            credit(chart.LATE_PAYMENT_COSTS, costs_c, activity_id=activity_id),
            credit(chart.LATE_INTEREST, interest_c, activity_id=activity_id),
        ],
    )


RULES: Mapping[type[Any], Callable[[Any], Booked]] = {
    LateClaim.PaymentReceived: _received,
    LateClaim.PaymentReversed: _reversed,
}
