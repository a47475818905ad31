"""A withdrawal share is fixed by approved accounts, and paid in its turn as far as both tests allow."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.distributions import Distributions
from domain.aggregates.payment_order import PaymentOrder
from domain.aggregates.share_account import ShareAccount
from domain.aggregates.withdrawal_share import WithdrawalShare
from domain.bookkeeping import chart
from domain.errors import (
    AlreadyExists,
    AmountIsBlocked,
    AmountNegative,
    AmountNotPositive,
    AmountTooLarge,
    DisputeOver,
    DisputeWithAnother,
    EmptyText,
    ExceedsWithdrawal,
    NoApprovedAccounts,
    NoDistributionTest,
    NoRepresentative,
    NothingDue,
    NotRetroactive,
    PaymentSuspended,
    SecondPersonNeeded,
    SharesNotEnded,
    StillAlive,
)
from domain.ledger.disputes import block_amount, open_dispute, settle_dispute
from domain.ledger.entities import set_parameter
from domain.ledger.members import (
    let_resignation_take_effect,
    name_heirs_representative,
    record_death,
    resign,
)
from domain.ledger.payments import approve_payment, withdraw_payment
from domain.ledger.presets import WITHDRAWAL_BASIS
from domain.ledger.withdrawals import determine_withdrawal_share
from domain.money import MAX_CENTS
from tests.cooperative import ENTITY, FOUNDED, MEMBER, OPENING_C, OTHER_MEMBER, PERSON
from tests.domain.departing import (
    ACCOUNT_A,
    FAILS,
    HOLDS,
    JULY,
    JUNE,
    MARCH,
    ORDER,
    OTHER_WITHDRAWAL,
    RECEIVED_C,
    WITHDRAWAL,
    approves_accounts,
    bank_clears,
    board_tests,
    cooperative,
    leaves,
    orders,
    pays,
    takes,
    told,
    within,
)
from tests.domain.spending import balances
from tests.paper import PaperLedger

DISPUTE = UUID(int=950)


@pytest.fixture
def ledger() -> PaperLedger:
    """Two members who hold ten and four shares of 250.00, before any accounts were approved."""
    ledger = cooperative()
    takes(ledger, 0, 10)
    takes(ledger, 1, 4)
    return ledger


def test_sentence_11_a_member_who_resigned_in_march_with_ten_shares(ledger: PaperLedger) -> None:
    """A member who resigned in March with 10 shares of 250.00: effect on 30 June, 240.00 a share from the
    last approved accounts = 2,400.00, both tests with figures, suspension while a test fails, payment
    after it holds, register and accounts in step.
    """
    approves_accounts(ledger, 230_00, on=date(2026, 2, 1))
    approves_accounts(ledger, 240_00)
    (notified,) = ledger.perform(resign, on=MARCH, membership_id=MEMBER, received_on=MARCH)
    assert notified.effect_on == JUNE
    approves_accounts(ledger, 999_00, on=date(2026, 7, 10))
    recorded = ledger.perform(let_resignation_take_effect, on=JULY, membership_id=MEMBER)
    ended, worth = told(recorded, ShareAccount.Cancelled), told(recorded, WithdrawalShare.Determined)
    assert {ended.effective_on, worth.effective_on, ended.booked_on} == {JUNE}
    assert (ended.qty, ended.amount_c, ended.register_no) == (10, 2_500_00, 3)
    assert (worth.qty, worth.net_asset_per_share_c, worth.amount_c) == (10, 240_00, 2_400_00)
    assert (worth.accounts_ref, worth.due_on) == ("annual accounts 2025", date(2026, 7, 30))
    assert ledger.get(ShareAccount, ACCOUNT_A).held == ()
    assert _stands(ledger) == {chart.CONTRIBUTIONS: -1_000_00, chart.WITHDRAWAL_SHARES: -2_400_00}
    with pytest.raises(NoDistributionTest):
        orders(ledger, 2_400_00)

    failed = board_tests(ledger, FAILS)
    figures = told(failed, Distributions.TestsRecorded)
    assert {name: getattr(figures, name) for name in FAILS} == FAILS
    assert figures.distributable_c == 0
    assert told(failed, WithdrawalShare.Suspended).suspended_c == 2_400_00
    for amount_c in (2_400_00, 1):
        with pytest.raises(PaymentSuspended):
            orders(ledger, amount_c)

    later = date(2026, 8, 20)
    held = board_tests(ledger, HOLDS, on=later)
    assert told(held, Distributions.TestsRecorded).distributable_c == 3_500_00
    assert told(held, WithdrawalShare.Resumed).suspended_c == 0
    orders(ledger, 2_400_00, on=later)
    with pytest.raises(SecondPersonNeeded):
        ledger.perform(approve_payment, on=later, actor="anna", order_id=ORDER)
    ledger.perform(approve_payment, on=later, actor="ben", order_id=ORDER)
    assert _stands(ledger) == {chart.CONTRIBUTIONS: -1_000_00, chart.IN_TRANSIT: -2_400_00}
    bank_clears(ledger, 2_400_00, on=later)
    assert _stands(ledger) == {chart.CONTRIBUTIONS: -1_000_00}
    assert balances(ledger.facts)[chart.BANK] == OPENING_C + RECEIVED_C - 2_400_00
    assert balances(ledger.facts)[chart.LOSS_CARRIED] == -100_00


def _stands(ledger: PaperLedger) -> dict[str, int]:
    """What stands on the accounts that shares go through."""
    sums = balances(ledger.facts)
    shown = (chart.CONTRIBUTIONS, chart.AWAITING_ALLOTMENT, chart.WITHDRAWAL_SHARES, chart.IN_TRANSIT)
    return {account: sums[account] for account in shown if sums[account]}


# What it is worth


@pytest.mark.parametrize(
    ("basis", "per_share_c", "worth_c", "loss_c", "profit_c"),
    [
        ("paid-in", 260_00, 2_500_00, 0, 0),
        ("paid-in", 240_00, 2_400_00, -100_00, 0),
        ("paid-in", -5_00, 0, -2_500_00, 0),
        ("net-asset", 260_00, 2_600_00, 0, 100_00),
        ("net-asset", 0, 0, -2_500_00, 0),
    ],
)
def test_a_share_is_worth_what_the_statutes_say_of_what_the_accounts_say(
    ledger: PaperLedger, basis: str, per_share_c: int, worth_c: int, loss_c: int, profit_c: int
) -> None:
    says: dict[str, Any] = {"value": basis, "valid_from": FOUNDED, "source_ref": "statutes art. 11"}
    ledger.perform(set_parameter, on=FOUNDED, entity_id=ENTITY, name=WITHDRAWAL_BASIS, **says)
    approves_accounts(ledger, per_share_c)
    assert told(leaves(ledger), WithdrawalShare.Determined).amount_c == worth_c
    sums = balances(ledger.facts)
    assert sums[chart.LOSS_CARRIED] == loss_c
    assert sums[chart.PROFIT_CARRIED] == profit_c
    assert sums[chart.WITHDRAWAL_SHARES] == -worth_c


def test_shares_of_several_prices_are_each_capped_at_what_was_paid_for_them(ledger: PaperLedger) -> None:
    takes(ledger, 0, 2, price_c=200_00)
    approves_accounts(ledger, 240_00)
    assert told(leaves(ledger), WithdrawalShare.Determined).amount_c == 10 * 240_00 + 2 * 200_00


def test_without_approved_accounts_the_shares_end_and_their_worth_is_determined_later(
    ledger: PaperLedger,
) -> None:
    with pytest.raises(SharesNotEnded):
        ledger.perform(determine_withdrawal_share, on=JULY, account_id=ACCOUNT_A)
    recorded = leaves(ledger)
    assert told(recorded, ShareAccount.Cancelled).amount_c == 2_500_00
    assert not any(isinstance(each, WithdrawalShare.Determined) for each in recorded)
    assert balances(ledger.facts)[chart.WITHDRAWAL_SHARES] == -2_500_00
    with pytest.raises(NoApprovedAccounts):
        ledger.perform(determine_withdrawal_share, on=JULY, account_id=ACCOUNT_A)
    approves_accounts(ledger, 200_00, on=JULY)
    later = ledger.perform(determine_withdrawal_share, on=JULY, account_id=ACCOUNT_A)
    assert told(later, WithdrawalShare.Determined).amount_c == 2_000_00
    with pytest.raises(AlreadyExists):
        ledger.perform(determine_withdrawal_share, on=JULY, account_id=ACCOUNT_A)


def test_accounts_are_approved_in_the_order_of_their_days_with_their_source(ledger: PaperLedger) -> None:
    approves_accounts(ledger, 240_00)
    with pytest.raises(NotRetroactive):
        approves_accounts(ledger, 250_00, on=date(2026, 5, 19))
    with pytest.raises(AmountTooLarge):
        approves_accounts(ledger, MAX_CENTS + 1)


# The tests, the queue, the payment


@pytest.fixture
def owed(ledger: PaperLedger) -> PaperLedger:
    """The first is owed 2,400.00, the second after it 960.00."""
    approves_accounts(ledger)
    leaves(ledger)
    leaves(ledger, OTHER_MEMBER)
    return ledger


@pytest.mark.parametrize("figure", ["net_asset_c", "means_c"])
def test_either_test_alone_suspends(owed: PaperLedger, figure: str) -> None:
    recorded = board_tests(owed, HOLDS | {figure: 0})
    assert told(recorded, Distributions.TestsRecorded).distributable_c == 0
    assert [each.suspended_c for each in recorded if isinstance(each, WithdrawalShare.Suspended)] == [
        2_400_00,
        960_00,
    ]


def test_whoever_waits_longer_is_paid_first_and_a_part_is_paid_as_far_as_the_tests_reach(
    owed: PaperLedger,
) -> None:
    recorded = board_tests(owed, within(2_500_00))
    assert told(recorded, WithdrawalShare.Suspended).suspended_c == 860_00
    with pytest.raises(PaymentSuspended):
        orders(owed, 100_01, withdrawal=OTHER_WITHDRAWAL)
    pays(owed, 100_00, withdrawal=OTHER_WITHDRAWAL)
    pays(owed, 2_400_00, order_id=UUID(int=901))
    with pytest.raises(PaymentSuspended):
        orders(owed, 1, withdrawal=OTHER_WITHDRAWAL, order_id=UUID(int=902))
    assert balances(owed.facts)[chart.WITHDRAWAL_SHARES] == -860_00
    board_tests(owed, within(860_00))
    pays(owed, 860_00, withdrawal=OTHER_WITHDRAWAL, order_id=UUID(int=902))
    assert balances(owed.facts)[chart.WITHDRAWAL_SHARES] == 0


def test_more_than_is_owed_is_never_paid_nor_twice(owed: PaperLedger) -> None:
    board_tests(owed, within(10_000_00))
    for amount_c, refusal in ((2_400_01, ExceedsWithdrawal), (0, AmountNotPositive)):
        with pytest.raises(refusal):
            orders(owed, amount_c)
    orders(owed, 2_400_00)
    orders(owed, 2_400_00, order_id=UUID(int=901))
    owed.perform(approve_payment, on=JULY, actor="ben", order_id=ORDER)
    with pytest.raises(NothingDue):
        owed.perform(approve_payment, on=JULY, actor="ben", order_id=UUID(int=901))


def test_a_test_is_made_before_the_payment_and_grows_old(owed: PaperLedger) -> None:
    board_tests(owed, HOLDS)
    for on in (date(2026, 7, 14), date(2026, 9, 14)):
        with pytest.raises(NoDistributionTest):
            orders(owed, 1_00, on=on)
    orders(owed, 1_00, on=date(2026, 9, 13))
    with pytest.raises(NoDistributionTest):
        owed.perform(approve_payment, on=date(2026, 9, 14), actor="ben", order_id=ORDER)


def test_an_order_taken_back_is_owed_again_in_its_old_place(owed: PaperLedger) -> None:
    board_tests(owed, within(2_400_00))
    pays(owed, 2_400_00)
    owed.perform(withdraw_payment, on=JULY, order_id=ORDER, reason="another account")
    with pytest.raises(PaymentSuspended):
        orders(owed, 1, withdrawal=OTHER_WITHDRAWAL, order_id=UUID(int=901))
    pays(owed, 2_400_00, order_id=UUID(int=902))
    board_tests(owed, within(960_00))
    owed.perform(withdraw_payment, on=JULY, order_id=UUID(int=902), reason="returned")
    assert told(owed.facts[-3:], Distributions.PaymentWithdrawn).freed_c == 0
    with pytest.raises(PaymentSuspended):
        orders(owed, 2_400_00, order_id=UUID(int=903))


@pytest.mark.parametrize("wrong", ["unavailable_c", "means_c", "debts_c"])
def test_figures_of_a_test_that_make_no_sense_are_refused(ledger: PaperLedger, wrong: str) -> None:
    with pytest.raises(AmountNegative):
        board_tests(ledger, HOLDS | {wrong: -1})
    with pytest.raises(AmountTooLarge):
        board_tests(ledger, HOLDS | {wrong: MAX_CENTS + 1})


# Disputes


def test_what_a_dispute_blocks_is_refused_by_name_until_it_is_settled(owed: PaperLedger) -> None:
    board_tests(owed, within(10_000_00))
    owed.perform(open_dispute, dispute_id=DISPUTE, membership_id=MEMBER, about="The deficit of an activity")
    blocked: dict[str, Any] = {"dispute_id": DISPUTE, "withdrawal_id": WITHDRAWAL}
    owed.perform(block_amount, amount_c=1_000_00, **blocked)
    with pytest.raises(ExceedsWithdrawal):
        owed.perform(block_amount, amount_c=1_400_01, **blocked)
    with pytest.raises(AmountIsBlocked):
        orders(owed, 1_400_01)
    pays(owed, 1_400_00)
    with pytest.raises(AmountIsBlocked):
        orders(owed, 1, order_id=UUID(int=901))
    owed.perform(settle_dispute, dispute_id=DISPUTE, outcome="The member owes nothing")
    pays(owed, 1_000_00, order_id=UUID(int=901))
    with pytest.raises(DisputeOver):
        owed.perform(settle_dispute, dispute_id=DISPUTE, outcome="Again")
    with pytest.raises(DisputeOver):
        owed.perform(block_amount, amount_c=1, **blocked)


def test_a_dispute_blocks_only_what_is_owed_to_that_member_and_has_a_subject(owed: PaperLedger) -> None:
    with pytest.raises(EmptyText):
        owed.perform(open_dispute, dispute_id=DISPUTE, membership_id=MEMBER, about=" ")
    owed.perform(open_dispute, dispute_id=DISPUTE, membership_id=MEMBER, about="Shares")
    with pytest.raises(DisputeWithAnother):
        owed.perform(block_amount, dispute_id=DISPUTE, withdrawal_id=OTHER_WITHDRAWAL, amount_c=1)


# Death


def test_the_heirs_are_paid_once_somebody_represents_them(ledger: PaperLedger) -> None:
    approves_accounts(ledger)
    named: dict[str, Any] = {
        "membership_id": MEMBER,
        "representative_id": UUID(int=120),
        "representative": "A notary",
        "evidence_ref": "deed 1",
    }
    with pytest.raises(StillAlive):
        ledger.perform(name_heirs_representative, on=JUNE, **named)
    recorded = ledger.perform(record_death, on=JUNE, membership_id=MEMBER, evidence_ref="certificate 1")
    assert told(recorded, ShareAccount.Cancelled).reason == "death"
    board_tests(ledger, HOLDS)
    with pytest.raises(NoRepresentative):
        orders(ledger, 2_400_00)
    ledger.perform(name_heirs_representative, on=JULY, **named)
    pays(ledger, 2_400_00)
    assert ledger.get(PaymentOrder, ORDER).payee_id == UUID(int=120)


def test_whoever_lives_is_paid_in_person(owed: PaperLedger) -> None:
    board_tests(owed, HOLDS)
    orders(owed, 2_400_00)
    assert owed.get(PaymentOrder, ORDER).payee_id == PERSON
