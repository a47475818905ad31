"""Posting rules, version 1, of what payees owe back of what they were paid.

|                                  | debit                 | credit                |
|----------------------------------|-----------------------|-----------------------|
| a paid document was corrected    | 416                   | 440, 4890, 455 or 4893 |
| repaid by the bank               | 499                   | 416                   |
| the repayment was reversed        | 416                   | 499                   |
| set off against another document | 440, 4890, 455 or 4893 | 416                   |
| the set-off was reversed          | 416                   | 440, 4890, 455 or 4893 |
| given up                         | 642                   | 416                   |
| the giving up was reversed       | 416                   | 642                   |

The correction itself is the mirror of what it corrects, and leaves the account of the payee in debit by what
was paid: that is moved to 416. What is given up is a cost of the cooperative itself. All of it is a
proposal ◇ that an accountant must confirm.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.aggregates.payee_debt import PayeeDebt
from domain.bookkeeping import chart
from domain.bookkeeping.entries import Booked, credit, debit
from domain.owing import PaidFor

OWED_FOR: Mapping[PaidFor, str] = {
    PaidFor.PURCHASE: chart.SUPPLIERS,
    PaidFor.CLAIM: chart.OWED_TO_ENTREPRENEURS,
    PaidFor.WAGE: chart.WAGES_DUE,
    PaidFor.DIRECTOR_PAY: chart.DIRECTOR_PAY_DUE,
}


def _arose(fact: PayeeDebt.Arose) -> Booked:
    owed = credit(OWED_FOR[fact.paid_for], fact.amount_c)
    return "set-offs", fact.originator_id, [debit(chart.ADVANCES_AND_DEFICITS, fact.amount_c), owed]


def _repaid(fact: PayeeDebt.RepaymentReceived | PayeeDebt.RepaymentReversed) -> Booked:
    return _less_owed("bank", chart.AWAITING_ALLOCATION, fact)


def _set_off(fact: PayeeDebt.SetOff | PayeeDebt.SetOffReversed) -> Booked:
    return _less_owed("set-offs", OWED_FOR[fact.paid_for], fact)


def _given_up(fact: PayeeDebt.GivenUp | PayeeDebt.GivingUpReversed) -> Booked:
    return _less_owed("set-offs", chart.LOSSES_ON_CLAIMS, fact)


def _less_owed(journal: str, paid_from: str, fact: Any) -> Booked:
    return (
        journal,
        fact.originator_id,
        [debit(paid_from, fact.amount_c), credit(chart.ADVANCES_AND_DEFICITS, fact.amount_c)],
    )


RULES: Mapping[type[Any], Callable[[Any], Booked]] = {
    PayeeDebt.Arose: _arose,
    PayeeDebt.RepaymentReceived: _repaid,
    PayeeDebt.RepaymentReversed: _repaid,
    PayeeDebt.SetOff: _set_off,
    PayeeDebt.SetOffReversed: _set_off,
    PayeeDebt.GivenUp: _given_up,
    PayeeDebt.GivingUpReversed: _given_up,
}
