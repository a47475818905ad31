"""Posting rules, version 1, of claims that may not come.

|                              | debit                       | credit                                   |
|------------------------------|-----------------------------|------------------------------------------|
| doubt declared (lifted back) | 407[activity]               | 400[activity]                            |
| value adjusted (taken back)  | 634[activity]               | 409[activity]                            |
| VAT reclaimed                | 411                         | 407[activity]                            |
| loss recognised              | 642[activity], 409[activity]| 407[activity], 634[activity] as adjusted |
| recovery received            | 499                         | 451, 407[activity], 742[activity]        |
| recovery reversed            | 451, 407[activity], 742[activity], 634[activity] | 499, 409[activity]  |

Accounts of the minimum chart (Royal Decree of 21 October 2018, annex 3); the VAT is reclaimed in grid 62
and due again on what comes after all (VAT Code, art. 77 and 79 ◇). An accountant must confirm it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.aggregates.doubtful_claim import DoubtfulClaim
from domain.bookkeeping import chart
from domain.bookkeeping.entries import Booked, JournalLine, credit, debit


def _doubt_declared(fact: DoubtfulClaim.DoubtDeclared) -> Booked:
    return _doubt(fact, fact.amount_c)


def _doubt_lifted(fact: DoubtfulClaim.DoubtLifted) -> Booked:
    return _doubt(fact, -fact.amount_c)


def _doubt(fact: DoubtfulClaim.Event, amount_c: int) -> Booked:
    return (
        "doubts",
        fact.invoice_id,
        [
            debit(chart.DOUBTFUL_DEBTORS, amount_c, activity_id=fact.activity_id),
            credit(chart.CUSTOMERS, amount_c, activity_id=fact.activity_id),
        ],
    )


def _adjusted(fact: DoubtfulClaim.ValueAdjustmentRecorded) -> Booked:
    return _adjustment(fact, fact.amount_c)


def _taken_back(fact: DoubtfulClaim.ValueAdjustmentTakenBack) -> Booked:
    return _adjustment(fact, -fact.amount_c)


def _adjustment(fact: DoubtfulClaim.Event, amount_c: int) -> Booked:
    return (
        "doubts",
        fact.invoice_id,
        [
            debit(chart.VALUE_ADJUSTMENTS, amount_c, activity_id=fact.activity_id),
            credit(chart.CUSTOMERS_ADJUSTED, amount_c, activity_id=fact.activity_id),
        ],
    )


def _vat_reclaimed(fact: DoubtfulClaim.VatReclaimed) -> Booked:
    return (
        "doubts",
        fact.invoice_id,
        [
            debit(chart.VAT_DEDUCTIBLE, fact.vat_c),
            credit(chart.DOUBTFUL_DEBTORS, fact.vat_c, activity_id=fact.activity_id),
        ],
    )


def _loss_recognised(fact: DoubtfulClaim.LossRecognised) -> Booked:
    return (
        "doubts",
        fact.invoice_id,
        [
            debit(chart.LOSSES_ON_CLAIMS, fact.amount_c, activity_id=fact.activity_id),
            credit(chart.DOUBTFUL_DEBTORS, fact.amount_c, activity_id=fact.activity_id),
            debit(chart.CUSTOMERS_ADJUSTED, fact.adjusted_c, activity_id=fact.activity_id),
            credit(chart.VALUE_ADJUSTMENTS, fact.adjusted_c, activity_id=fact.activity_id),
        ],
    )


def _recovery_received(fact: DoubtfulClaim.RecoveryReceived) -> Booked:
    return "bank", fact.invoice_id, _recovery(fact)


def _recovery_reversed(fact: DoubtfulClaim.RecoveryReversed) -> Booked:
    """The mirror, for its amounts are below zero; and the adjustment that was taken back because of it."""
    _, _, adjusted = _adjustment(fact, fact.adjusted_c)
    return "bank", fact.invoice_id, [*_recovery(fact), *adjusted]


def _recovery(fact: DoubtfulClaim.RecoveryReceived | DoubtfulClaim.RecoveryReversed) -> list[JournalLine]:
    return [
        debit(chart.AWAITING_ALLOCATION, fact.amount_c),
        credit(chart.VAT_DUE, fact.vat_c),
        credit(chart.DOUBTFUL_DEBTORS, fact.bare_c, activity_id=fact.activity_id),
        credit(chart.GAINS_ON_CLAIMS, fact.lost_c, activity_id=fact.activity_id),
    ]


RULES: Mapping[type[Any], Callable[[Any], Booked]] = {
    DoubtfulClaim.DoubtDeclared: _doubt_declared,
    DoubtfulClaim.DoubtLifted: _doubt_lifted,
    DoubtfulClaim.ValueAdjustmentRecorded: _adjusted,
    DoubtfulClaim.ValueAdjustmentTakenBack: _taken_back,
    DoubtfulClaim.VatReclaimed: _vat_reclaimed,
    DoubtfulClaim.LossRecognised: _loss_recognised,
    DoubtfulClaim.RecoveryReceived: _recovery_received,
    DoubtfulClaim.RecoveryReversed: _recovery_reversed,
}
