"""Posting rules, version 1, of transfers inside one entity: one account on two tags, nil in the legal books.

|                              | debit      | credit   |
|------------------------------|------------|----------|
| transfer accepted            | 6192[from] | 6192[to] |
| transfer reversed            | 6192[to]   | 6192[from] |

A side without an activity is the cooperative itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.aggregates.internal_transfer import InternalTransfer
from domain.bookkeeping import chart
from domain.bookkeeping.entries import Booked, credit, debit


def _accepted(fact: InternalTransfer.Accepted) -> Booked:
    return _moved(fact, fact.amount_c)


def _reversed(fact: InternalTransfer.Reversed) -> Booked:
    return _moved(fact, -fact.amount_c)


def _moved(fact: InternalTransfer.Event, amount_c: int) -> Booked:
    return (
        "transfers",
        fact.originator_id,
        [
            debit(chart.INTERNAL_TRANSFERS, amount_c, activity_id=fact.from_activity_id),
            credit(chart.INTERNAL_TRANSFERS, amount_c, activity_id=fact.to_activity_id),
        ],
    )


RULES: Mapping[type[Any], Callable[[Any], Booked]] = {
    InternalTransfer.Accepted: _accepted,
    InternalTransfer.Reversed: _reversed,
}
