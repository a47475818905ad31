"""Posting rules, version 2: the tax withheld from dividends on an account of its own.

|                                     | debit       | credit    |
|-------------------------------------|-------------|-----------|
| holder named: tax withheld          | 471         | 4532      |
| its payment ordered and approved    | 4532        | 580       |

All else is booked as by version 1, which had it on 453 with the tax on wages.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.aggregates.dividend_due import DividendDue
from domain.aggregates.payment_order import PaymentOrder, Pays
from domain.bookkeeping import chart, rules_v1
from domain.bookkeeping.entries import JournalEntry


def book(fact: Any) -> JournalEntry | None:
    """Return the entry of a fact, or None if it moves no money."""
    entry = rules_v1.book(fact)
    if entry is None or not _is_of_dividend_tax(fact):
        return entry
    lines = (
        replace(line, account=chart.DIVIDEND_TAX) if line.account == chart.WAGE_TAX else line
        for line in entry.lines
    )
    return replace(entry, lines=tuple(lines))


def _is_of_dividend_tax(fact: Any) -> bool:
    pays_it = isinstance(fact, PaymentOrder.Event) and fact.pays is Pays.DIVIDEND_TAX
    return pays_it or isinstance(fact, DividendDue.Determined)
