"""Posting rules, version 1, of patronage refunds: from what is appropriated to what each activity has of it.

|                                   | debit       | credit         |
|-----------------------------------|-------------|----------------|
| result appropriated               | 697         | 473            |
| activities given their parts      | 473         | 747[activity]  |

An activity is no other person than its cooperative: no money leaves and no tax is withheld. What it is
given is an income of the year in which it is given, as its costs are when it spends it ◇.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.aggregates.patronage_refund import PatronageRefund
from domain.bookkeeping import chart
from domain.bookkeeping.entries import PATRONAGE, Booked, credit, debit


def _given(fact: PatronageRefund.PartsGiven) -> Booked:
    given = [
        credit(chart.PATRONAGE_RECEIVED, each.amount_c, activity_id=each.activity_id) for each in fact.parts
    ]
    return PATRONAGE, fact.originator_id, [debit(chart.PATRONAGE_PAYABLE, fact.amount_c), *given]


RULES: Mapping[type[Any], Callable[[Any], Booked]] = {PatronageRefund.PartsGiven: _given}
