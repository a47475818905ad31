"""Posting rules, version 1, of shares: from the contribution to the withdrawal share.

A company without capital keeps what was contributed in class 11 (CBN-CNC opinion 2019/14). What a
withdrawal share is less than was contributed makes up for losses carried forward, and what it is
more comes out of profit carried forward ◇.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain.aggregates.share_account import ShareAccount
from domain.aggregates.withdrawal_share import WithdrawalShare
from domain.bookkeeping import chart
from domain.bookkeeping.entries import Booked, credit, debit


def _contributions(*, unavailable: bool) -> str:
    return chart.CONTRIBUTIONS_UNAVAILABLE if unavailable else chart.CONTRIBUTIONS


def _contribution_paid(fact: ShareAccount.ContributionPaid) -> Booked:
    return (
        "bank",
        fact.originator_id,
        [
            debit(chart.AWAITING_ALLOCATION, fact.amount_c),
            credit(chart.AWAITING_ALLOTMENT, fact.amount_c),
        ],
    )


def _contribution_undone(fact: ShareAccount.ContributionUndone) -> Booked:
    return (
        "bank",
        fact.originator_id,
        [
            debit(chart.AWAITING_ALLOTMENT, fact.amount_c),
            credit(chart.AWAITING_ALLOCATION, fact.amount_c),
        ],
    )


def _allotted(fact: ShareAccount.Allotted | ShareAccount.ConvertedIn) -> Booked:
    return (
        "shares",
        fact.originator_id,
        [
            debit(chart.AWAITING_ALLOTMENT, fact.amount_c),
            credit(_contributions(unavailable=fact.unavailable), fact.amount_c),
        ],
    )


def _converted_out(fact: ShareAccount.ConvertedOut) -> Booked:
    """What was contributed waits, within the same day, for the shares of the other class."""
    return (
        "shares",
        fact.into_account_id,
        [
            debit(_contributions(unavailable=fact.unavailable), fact.amount_c),
            credit(chart.AWAITING_ALLOTMENT, fact.amount_c),
        ],
    )


def _cancelled(fact: ShareAccount.Cancelled) -> Booked:
    return (
        "shares",
        fact.originator_id,
        [
            debit(_contributions(unavailable=fact.unavailable), fact.amount_c),
            credit(chart.WITHDRAWAL_SHARES, fact.amount_c),
        ],
    )


def _withdrawal_determined(fact: WithdrawalShare.Determined) -> Booked:
    short_c = fact.contributed_c - fact.amount_c
    result = chart.LOSS_CARRIED if short_c > 0 else chart.PROFIT_CARRIED
    return (
        "shares",
        fact.originator_id,
        [debit(chart.WITHDRAWAL_SHARES, short_c), credit(result, short_c)],
    )


OF_SHARES: dict[type[Any], Callable[[Any], Booked]] = {
    ShareAccount.ContributionPaid: _contribution_paid,
    ShareAccount.ContributionUndone: _contribution_undone,
    ShareAccount.Allotted: _allotted,
    ShareAccount.ConvertedOut: _converted_out,
    ShareAccount.ConvertedIn: _allotted,
    ShareAccount.Cancelled: _cancelled,
    WithdrawalShare.Determined: _withdrawal_determined,
}
"""The rule of each fact."""
