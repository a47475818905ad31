"""Posting rules, version 1, of what activities lack at their end.

|                                | debit    | credit        |
|--------------------------------|----------|---------------|
| deficit recognised             | 416[act] | 744[activity] |
| repaid by the bank             | 499      | 416[act]      |
| set off: withdrawal share      | 4892     | 416[act]      |
| set off: wage                  | 455      | 416[act]      |
| covered by the grant of a fund | 580      | 416[act]      |
| written off                    | 643      | 416[act]      |
| came after it was written off  | 499      | 746           |
| the repayment was reversed     | 416[act] | 499           |
| what came was reversed         | 746      | 499           |
| the write-off was reversed     | 416[act] | 643           |
| set-off reversed: share        | 416[act] | 4892          |
| set-off reversed: wage         | 416[act] | 455           |

416[act] is tagged with the activity. The grant that covers a deficit is booked on 580 as any other is, and
clears it at once: no bank takes part. What is written off is a cost of the cooperative itself, and what
comes of that after all is its income. All of it is a proposal ◇ that an accountant must confirm.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.aggregates.deficit import Deficit, Settling
from domain.bookkeeping import chart
from domain.bookkeeping.entries import Booked, credit, debit


def _recognised(fact: Deficit.Recognised) -> Booked:
    return (
        "deficits",
        fact.originator_id,
        [
            debit(chart.ADVANCES_AND_DEFICITS, fact.amount_c, activity_id=fact.activity_id),
            credit(chart.DEFICITS_RECOGNISED, fact.amount_c, activity_id=fact.activity_id),
        ],
    )


def _settled(paid_from: str, journal: str = "deficits") -> Callable[[Settling], Booked]:
    """Return the rule of a fact that settles part of a deficit from that account."""

    def rule(fact: Settling) -> Booked:
        owed = credit(chart.ADVANCES_AND_DEFICITS, fact.amount_c, activity_id=fact.activity_id)
        return journal, fact.originator_id, [debit(paid_from, fact.amount_c), owed]

    return rule


def _recovered(fact: Deficit.RecoveryReceived | Deficit.RecoveryReversed) -> Booked:
    came = [
        debit(chart.AWAITING_ALLOCATION, fact.amount_c),
        credit(chart.DEFICITS_RECOVERED, fact.amount_c),
    ]
    return "bank", fact.originator_id, came


RULES: Mapping[type[Any], Callable[[Any], Booked]] = {
    Deficit.Recognised: _recognised,
    Deficit.RepaymentReceived: _settled(chart.AWAITING_ALLOCATION, "bank"),
    Deficit.RepaymentReversed: _settled(chart.AWAITING_ALLOCATION, "bank"),
    Deficit.SetOffAgainstShare: _settled(chart.WITHDRAWAL_SHARES),
    Deficit.ShareSetOffReversed: _settled(chart.WITHDRAWAL_SHARES),
    Deficit.SetOffAgainstWage: _settled(chart.WAGES_DUE),
    Deficit.WageSetOffReversed: _settled(chart.WAGES_DUE),
    Deficit.CoveredByFund: _settled(chart.IN_TRANSIT),
    Deficit.WrittenOff: _settled(chart.DEFICITS_GIVEN_UP),
    Deficit.WriteOffReversed: _settled(chart.DEFICITS_GIVEN_UP),
    Deficit.RecoveryReceived: _recovered,
    Deficit.RecoveryReversed: _recovered,
}
