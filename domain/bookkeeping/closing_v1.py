"""Posting rules, version 1, of manual entries and of the end of a year.

Appropriation accounts are those of the minimum chart of accounts (Royal Decree of 21 October 2018,
annex 3): 69x and 79x on the side of the result, 13x, 14x, 471 and 473 on the side of the balance sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.aggregates.fiscal_year import FiscalYear
from domain.aggregates.manual_entry import ManualEntry
from domain.bookkeeping import chart
from domain.bookkeeping.entries import Booked, JournalLine, credit, debit


def is_at_year_end(fact: Any) -> bool:
    """Tell whether a fact is booked beside the months: it belongs to a year, and to no month's digest."""
    return isinstance(fact, FiscalYear.Event) or (isinstance(fact, ManualEntry.Posted) and fact.year_end)


def _manual_entry(fact: ManualEntry.Posted) -> Booked:
    lines = [JournalLine(line.account, line.debit_c, line.credit_c, line.activity_id) for line in fact.lines]
    return "manual", fact.originator_id, lines


def _result_appropriated(fact: FiscalYear.ResultAppropriated) -> Booked:
    """Each use of the result is a cost of class 69 or an income of class 79: the result comes to nothing."""
    said = fact.appropriation
    forward = (
        (chart.PROFIT_CARRIED, chart.PROFIT_TO_CARRY)
        if said.carried_forward_c > 0
        else (chart.LOSS_CARRIED, chart.LOSS_TO_CARRY)
    )
    brought = (
        (chart.PROFIT_CARRIED, chart.PROFIT_BROUGHT_FORWARD)
        if said.brought_forward_c > 0
        else (chart.LOSS_CARRIED, chart.LOSS_BROUGHT_FORWARD)
    )
    return (
        "year-end",
        fact.originator_id,
        [
            debit(brought[0], said.brought_forward_c),
            credit(brought[1], said.brought_forward_c),
            debit(chart.TO_LEGAL_RESERVE, said.legal_reserve_c),
            credit(chart.LEGAL_RESERVE, said.legal_reserve_c),
            debit(chart.TO_OTHER_RESERVES, said.other_reserves_c),
            credit(chart.AVAILABLE_RESERVES, said.other_reserves_c),
            debit(chart.DIVIDEND, said.dividend_c),
            credit(chart.DIVIDENDS_PAYABLE, said.dividend_c),
            debit(chart.PATRONAGE, said.patronage_c),
            credit(chart.PATRONAGE_PAYABLE, said.patronage_c),
            debit(forward[1], said.carried_forward_c),
            credit(forward[0], said.carried_forward_c),
        ],
    )


def _balances_carried(fact: FiscalYear.BalancesCarried) -> Booked:
    lines = [credit(each.account, each.balance_c) for each in fact.result_accounts]
    return "year-end", fact.originator_id, lines


RULES: Mapping[type[Any], Callable[[Any], Booked]] = {
    ManualEntry.Posted: _manual_entry,
    FiscalYear.ResultAppropriated: _result_appropriated,
    FiscalYear.BalancesCarried: _balances_carried,
}
