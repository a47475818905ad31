"""Posting rules, version 1, for mutual funds: a row for each way the legal books may show a fund.

|                                     | LIABILITY               | PROVISION                          | ANALYTIC_ONLY             |
|-------------------------------------|-------------------------|------------------------------------|---------------------------|
| contribution charged (back: mirror) | 6191[activity] / 4895   | 637[activity] / 164                | 6191[activity] / 6191     |
| what late payers pay a fund         | 6191 / 4895             | 637 / 164                          | 6191 / 6191               |
| grant paid                          | 4895 / 580              | 6191 / 580, and 164 / 637          | 6191 / 580                |
| advance paid                        | 416 / 580               | 416 / 580                          | 416 / 580                 |
| repaid by the bank, or set off      | 499, 6191[activity] / 416 in all three                                                   |
| advance written off                 | 4895 / 416              | 6191 / 416, and 164 / 637          | 6191 / 416                |
| recovered by the bank               | 499 / 4895              | 499 / 6191, and 637 / 164          | 499 / 6191                |
| guarantee called (recovered: mirror)| 4895 / 743[activity]    | 164 / 637[activity]                | 6191 / 6191[activity]     |

What bears no activity is tagged with the fund, but what the cooperative sets aside of late payments. ANALYTIC_ONLY is nil in the legal books until aid is
paid; PROVISION charges what is set aside, and uses it when the aid is a cost. All of it is a proposal ◇
that an accountant must confirm; a provision needs a probable obligation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.aggregates.fund_aid import FundAid, Repayment
from domain.aggregates.fund_guarantee import FundGuarantee
from domain.aggregates.mutual_fund import MutualFund
from domain.bookkeeping import chart
from domain.bookkeeping.entries import Booked, JournalLine, credit, debit
from domain.funding import LedgerPolicy

_SET_ASIDE: Mapping[LedgerPolicy, tuple[str, str]] = {
    LedgerPolicy.LIABILITY: (chart.CONTRIBUTION_FUNDS, chart.MUTUAL_FUNDS),
    LedgerPolicy.PROVISION: (chart.PROVISIONS_CHARGED, chart.PROVISIONS_FOR_RISKS),
    LedgerPolicy.ANALYTIC_ONLY: (chart.CONTRIBUTION_FUNDS, chart.CONTRIBUTION_FUNDS),
}
"""What an activity is charged on, and where the fund has it."""

_GUARANTEED: Mapping[LedgerPolicy, str] = {
    LedgerPolicy.LIABILITY: chart.GUARANTEES_RECEIVED,
    LedgerPolicy.PROVISION: chart.PROVISIONS_CHARGED,
    LedgerPolicy.ANALYTIC_ONLY: chart.CONTRIBUTION_FUNDS,
}
"""Where an activity has what a fund gives it in a client's place."""


def _contribution_charged(fact: MutualFund.ContributionCharged) -> Booked:
    return _contribution(fact, fact.ledger_policy, fact.amount_c)


def _contribution_reversed(fact: MutualFund.ContributionReversed) -> Booked:
    return _contribution(fact, fact.ledger_policy, -fact.amount_c)


def _contribution(
    fact: MutualFund.ContributionCharged | MutualFund.ContributionReversed,
    policy: LedgerPolicy,
    amount_c: int,
) -> Booked:
    charged, held = _SET_ASIDE[policy]
    return (
        "contributions",
        fact.document_id,
        [
            debit(charged, amount_c, activity_id=fact.activity_id),
            credit(held, amount_c, fund_id=fact.originator_id),
        ],
    )


def _late_payment_earned(fact: MutualFund.LatePaymentEarned) -> Booked:
    """It came as income of the cooperative itself, which sets it aside for the fund."""
    charged, held = _SET_ASIDE[fact.ledger_policy]
    return (
        "contributions",
        fact.document_id,
        [debit(charged, fact.amount_c), credit(held, fact.amount_c, fund_id=fact.originator_id)],
    )


def _given(fact: FundAid.Event, policy: LedgerPolicy, amount_c: int) -> list[JournalLine]:
    """Return what the fund bears; a negative amount is what it gets back of it."""
    if policy is LedgerPolicy.LIABILITY:
        return [debit(chart.MUTUAL_FUNDS, amount_c, fund_id=fact.fund_id)]
    cost = debit(chart.CONTRIBUTION_FUNDS, amount_c, fund_id=fact.fund_id)
    if policy is LedgerPolicy.ANALYTIC_ONLY:
        return [cost]
    return [
        cost,
        debit(chart.PROVISIONS_FOR_RISKS, amount_c, fund_id=fact.fund_id),
        credit(chart.PROVISIONS_CHARGED, amount_c, fund_id=fact.fund_id),
    ]


def _grant_paid(fact: FundAid.GrantPaid) -> Booked:
    given = _given(fact, fact.ledger_policy, fact.amount_c)
    return "funds", fact.originator_id, [*given, credit(chart.IN_TRANSIT, fact.amount_c)]


def _advance_paid(fact: FundAid.AdvancePaid) -> Booked:
    """What comes back is no cost: whatever the policy, it is owed to the fund."""
    return (
        "funds",
        fact.originator_id,
        [
            debit(chart.ADVANCES_AND_DEFICITS, fact.amount_c, fund_id=fact.fund_id),
            credit(chart.IN_TRANSIT, fact.amount_c),
        ],
    )


def _payment_withdrawn(fact: FundAid.PaymentWithdrawn) -> Booked:
    """The mirror of the grant or advance that was never paid."""
    if fact.lent:
        given = [debit(chart.ADVANCES_AND_DEFICITS, -fact.amount_c, fund_id=fact.fund_id)]
    else:
        given = _given(fact, fact.ledger_policy, -fact.amount_c)
    return "funds", fact.originator_id, [*given, debit(chart.IN_TRANSIT, fact.amount_c)]


def _repayment_received(fact: FundAid.RepaymentReceived) -> Booked:
    return _paid_back(fact, "bank", debit(chart.AWAITING_ALLOCATION, fact.amount_c))


def _repayment_set_off(fact: FundAid.RepaymentSetOff) -> Booked:
    """What the advance had bought becomes a cost of the activity, out of what was set aside for it."""
    cost = debit(chart.CONTRIBUTION_FUNDS, fact.amount_c, activity_id=fact.activity_id)
    return _paid_back(fact, "funds", cost)


def _paid_back(fact: Repayment, journal: str, paid: JournalLine) -> Booked:
    owed = credit(chart.ADVANCES_AND_DEFICITS, fact.amount_c, fund_id=fact.fund_id)
    return journal, fact.originator_id, [paid, owed]


def _advance_written_off(fact: FundAid.AdvanceWrittenOff) -> Booked:
    owed = credit(chart.ADVANCES_AND_DEFICITS, fact.amount_c, fund_id=fact.fund_id)
    return "funds", fact.originator_id, [*_given(fact, fact.ledger_policy, fact.amount_c), owed]


def _recovery_received(fact: FundAid.RecoveryReceived) -> Booked:
    returned = _given(fact, fact.ledger_policy, -fact.amount_c)
    return "bank", fact.originator_id, [debit(chart.AWAITING_ALLOCATION, fact.amount_c), *returned]


def _guarantee_called(fact: FundGuarantee.Called) -> Booked:
    return _guarantee(fact, fact.ledger_policy, fact.amount_c)


def _guarantee_recovered(fact: FundGuarantee.Recovered | FundGuarantee.RecoveryReversed) -> Booked:
    return _guarantee(fact, fact.ledger_policy, -fact.amount_c)


def _guarantee(fact: FundGuarantee.Event, policy: LedgerPolicy, amount_c: int) -> Booked:
    """Within the cooperative: no bank takes part."""
    _, held = _SET_ASIDE[policy]
    return (
        "funds",
        fact.originator_id,
        [
            debit(held, amount_c, fund_id=fact.fund_id),
            credit(_GUARANTEED[policy], amount_c, activity_id=fact.activity_id),
        ],
    )


OF_FUNDS: Mapping[type[Any], Callable[[Any], Booked]] = {
    MutualFund.ContributionCharged: _contribution_charged,
    MutualFund.ContributionReversed: _contribution_reversed,
    MutualFund.LatePaymentEarned: _late_payment_earned,
    FundAid.GrantPaid: _grant_paid,
    FundAid.AdvancePaid: _advance_paid,
    FundAid.RepaymentReceived: _repayment_received,
    FundAid.RepaymentReversed: _repayment_received,
    FundAid.RecoveryReversed: _recovery_received,
    FundAid.PaymentWithdrawn: _payment_withdrawn,
    FundAid.RepaymentSetOff: _repayment_set_off,
    FundAid.RepaymentSetOffReversed: _repayment_set_off,
    FundAid.AdvanceWrittenOff: _advance_written_off,
    FundAid.RecoveryReceived: _recovery_received,
    FundGuarantee.Called: _guarantee_called,
    FundGuarantee.Recovered: _guarantee_recovered,
    FundGuarantee.RecoveryReversed: _guarantee_recovered,
}
