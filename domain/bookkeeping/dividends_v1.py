"""Posting rules, version 1, of dividends: from what is appropriated to what each holder is paid.

|                                   | debit       | credit    |
|-----------------------------------|-------------|-----------|
| result appropriated               | 694         | 471       |
| holder named: tax withheld        | 471         | 453       |
| payment ordered and approved      | 471         | 580       |

What a holder is due stays on 471, net of tax, until it is ordered to be paid. The tax is owed to the
state from the day on which the dividend is made payable, and declared for that month ◇.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.aggregates.dividend_due import DividendDue
from domain.bookkeeping import chart
from domain.bookkeeping.entries import DIVIDENDS, Booked, credit, debit


def _determined(fact: DividendDue.Determined) -> Booked:
    return (
        DIVIDENDS,
        fact.originator_id,
        [debit(chart.DIVIDENDS_PAYABLE, fact.withheld_c), credit(chart.WAGE_TAX, fact.withheld_c)],
    )


RULES: Mapping[type[Any], Callable[[Any], Booked]] = {DividendDue.Determined: _determined}
