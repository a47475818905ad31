"""Posting rules, version 1, of payments: what is owed waits in transit for the bank's line, there and back.

|                              | debit      | credit   |
|------------------------------|------------|----------|
| payment approved             | what is owed | 580    |
| order withdrawn, if approved | 580        | what is owed |
| cleared by a bank line       | 580        | 499      |
| clearing undone              | 499        | 580      |
| sent back by the payee's bank | 499       | what is owed |
| return undone                | what is owed | 499    |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.aggregates.payment_order import PaymentOrder, Pays
from domain.bookkeeping import chart
from domain.bookkeeping.entries import Booked, credit, debit

_OWED_FOR: Mapping[Pays, str] = {
    Pays.CLAIM: chart.OWED_TO_ENTREPRENEURS,
    Pays.WAGE: chart.WAGES_DUE,
    Pays.DIRECTOR_PAY: chart.DIRECTOR_PAY_DUE,
    Pays.REFUND: chart.OVERPAYMENTS_HELD,
    Pays.WITHDRAWAL: chart.WITHDRAWAL_SHARES,
    Pays.PURCHASE: chart.SUPPLIERS,
    Pays.VAT: chart.VAT_DUE,
    Pays.WAGE_TAX: chart.WAGE_TAX,
    Pays.SOCIAL_CONTRIBUTIONS: chart.SOCIAL_SECURITY,
    Pays.DIVIDEND: chart.DIVIDENDS_PAYABLE,
    Pays.DIVIDEND_TAX: chart.WAGE_TAX,
}


def _approved(fact: PaymentOrder.Approved) -> Booked:
    return _between("payments", fact, _OWED_FOR[fact.pays], chart.IN_TRANSIT, fact.amount_c)


def _withdrawn(fact: PaymentOrder.Withdrawn) -> Booked:
    """What an approval booked is undone; an order nobody approved had booked nothing."""
    amount_c = fact.amount_c if fact.was_approved else 0
    return _between("payments", fact, chart.IN_TRANSIT, _OWED_FOR[fact.pays], amount_c)


def _cleared(fact: PaymentOrder.Cleared) -> Booked:
    return _between("bank", fact, chart.IN_TRANSIT, chart.AWAITING_ALLOCATION, fact.amount_c)


def _clearing_undone(fact: PaymentOrder.ClearingUndone) -> Booked:
    return _between("bank", fact, chart.AWAITING_ALLOCATION, chart.IN_TRANSIT, fact.amount_c)


def _returned(fact: PaymentOrder.Returned) -> Booked:
    """What came back waits on the bank's line no more: it is owed again."""
    return _between("payments", fact, chart.AWAITING_ALLOCATION, _OWED_FOR[fact.pays], fact.amount_c)


def _return_undone(fact: PaymentOrder.ReturnUndone) -> Booked:
    return _between("payments", fact, _OWED_FOR[fact.pays], chart.AWAITING_ALLOCATION, fact.amount_c)


def _between(journal: str, fact: PaymentOrder.Event, debited: str, credited: str, amount_c: int) -> Booked:
    return (journal, fact.originator_id, [debit(debited, amount_c), credit(credited, amount_c)])


RULES: Mapping[type[Any], Callable[[Any], Booked]] = {
    PaymentOrder.Approved: _approved,
    PaymentOrder.Withdrawn: _withdrawn,
    PaymentOrder.Cleared: _cleared,
    PaymentOrder.ClearingUndone: _clearing_undone,
    PaymentOrder.Returned: _returned,
    PaymentOrder.ReturnUndone: _return_undone,
}
