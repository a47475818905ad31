"""Posting rules, version 1, of a cutover: what old books hand over comes from 4998, which is nil at its end.

| what                              | debit                    | credit                       |
|-----------------------------------|--------------------------|------------------------------|
| an open invoice                   | 400[activity]            | 4998                         |
| a bill not yet paid               | 4998                     | 440                          |
| shares                            | 4998                     | 1109, or 1119 if unavailable |
| a fund, LIABILITY or PROVISION    | 4998                     | 4895[fund], 164[fund]        |
| a fund, ANALYTIC_ONLY             | 6191                     | 6191[fund]                   |
| what an activity earned earlier   | 6190                     | 6190[activity]               |
| any other account                 | its own balance against 4998                            |

A bank account's opening is booked as it always is (550 / 4998). What activities and funds had before is
nil in the legal books, where it stands in reserves; so it is in a journal that earns the cooperative nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.aggregates.activity import Activity
from domain.aggregates.cutover import Cutover
from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.purchase_invoice import PurchaseInvoice
from domain.aggregates.share_account import ShareAccount
from domain.bookkeeping import chart
from domain.bookkeeping.entries import BROUGHT_FORWARD, CUTOVER, Booked, credit, debit
from domain.funding import LedgerPolicy

_HELD: Mapping[LedgerPolicy, tuple[str, str]] = {
    LedgerPolicy.LIABILITY: (chart.OPENING_BALANCES, chart.MUTUAL_FUNDS),
    LedgerPolicy.PROVISION: (chart.OPENING_BALANCES, chart.PROVISIONS_FOR_RISKS),
    LedgerPolicy.ANALYTIC_ONLY: (chart.CONTRIBUTION_FUNDS, chart.CONTRIBUTION_FUNDS),
}
"""Where what a fund has comes from, and where it has it."""


def _balances(fact: Cutover.BalancesTakenOver) -> Booked:
    brought = [debit(each.account, each.balance_c, activity_id=each.activity_id) for each in fact.lines]
    against_c = sum(each.balance_c for each in fact.lines)
    return CUTOVER, fact.originator_id, [*brought, credit(chart.OPENING_BALANCES, against_c)]


def _invoice(fact: Invoice.TakenOver) -> Booked:
    return (
        CUTOVER,
        fact.originator_id,
        [
            debit(chart.CUSTOMERS, fact.gross_c, activity_id=fact.activity_id),
            credit(chart.OPENING_BALANCES, fact.gross_c),
        ],
    )


def _purchase(fact: PurchaseInvoice.TakenOver) -> Booked:
    lines = [debit(chart.OPENING_BALANCES, fact.due_c), credit(chart.SUPPLIERS, fact.due_c)]
    return CUTOVER, fact.originator_id, lines


def _shares(fact: ShareAccount.TakenOver) -> Booked:
    contributions = chart.CONTRIBUTIONS_UNAVAILABLE if fact.unavailable else chart.CONTRIBUTIONS
    lines = [debit(chart.OPENING_BALANCES, fact.amount_c), credit(contributions, fact.amount_c)]
    return CUTOVER, fact.originator_id, lines


def _activity(fact: Activity.TakenOver) -> Booked:
    return (
        BROUGHT_FORWARD,
        fact.cutover_id,
        [
            debit(chart.CONTRIBUTION_SHARED, fact.earlier_c),
            credit(chart.CONTRIBUTION_SHARED, fact.earlier_c, activity_id=fact.originator_id),
        ],
    )


def _fund(fact: MutualFund.TakenOver) -> Booked:
    return _held_by_fund(fact, fact.cutover_id)


def _fund_part(fact: MutualFund.ContributionTakenOver) -> Booked:
    return _held_by_fund(fact, fact.document_id)


def _held_by_fund(fact: MutualFund.TakenOver | MutualFund.ContributionTakenOver, document_id: Any) -> Booked:
    source, held = _HELD[fact.ledger_policy]
    lines = [debit(source, fact.amount_c), credit(held, fact.amount_c, fund_id=fact.originator_id)]
    return BROUGHT_FORWARD, document_id, lines


RULES: Mapping[type[Any], Callable[[Any], Booked]] = {
    Cutover.BalancesTakenOver: _balances,
    Invoice.TakenOver: _invoice,
    PurchaseInvoice.TakenOver: _purchase,
    ShareAccount.TakenOver: _shares,
    Activity.TakenOver: _activity,
    MutualFund.TakenOver: _fund,
    MutualFund.ContributionTakenOver: _fund_part,
}
