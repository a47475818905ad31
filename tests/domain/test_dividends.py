"""A dividend is given within both tests, after all who wait, and capped where a regime caps it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.distributions import Distributions
from domain.aggregates.member_register import MemberRegister
from domain.errors import (
    AmountNotPositive,
    DividendNotAsVoted,
    EmptyText,
    MotionNeeded,
    NoDistributionTest,
    OverDistributable,
    OverDividendCap,
    WithdrawalsWait,
)
from domain.ledger.dividends import vote_dividend
from domain.ledger.entities import register_id, set_parameter
from domain.ledger.presets import COOPERATIVE_REGIMES
from domain.ledger.withdrawals import distributions_id
from tests.carried import adopted
from tests.cooperative import ENTITY, OTHER_MEMBER
from tests.domain.departing import (
    JULY,
    OTHER_WITHDRAWAL,
    approves_accounts,
    board_tests,
    cooperative,
    leaves,
    pays,
    takes,
    told,
    within,
)
from tests.paper import PaperLedger
from tests.scenario import stamp

MOTION = UUID(int=0x9010)


@pytest.fixture
def ledger() -> PaperLedger:
    """Two members who hold ten and four shares of 250.00."""
    ledger = cooperative()
    takes(ledger, 0, 10)
    takes(ledger, 1, 4)
    members = register_of(ledger)
    assert adopted(ledger.perform, members, on=JULY) == MOTION
    return ledger


def register_of(ledger: PaperLedger) -> tuple[UUID, ...]:
    return tuple(ledger.get(MemberRegister, register_id(ENTITY)).members)


def dividend(ledger: PaperLedger, per_share_c: int) -> list[Any]:
    return ledger.perform(
        vote_dividend,
        on=JULY,
        entity_id=ENTITY,
        share_class="A",
        per_share_c=per_share_c,
        decision_ref="assembly 2026",
        motion_id=MOTION,
    )


def test_nobody_takes_a_dividend_before_whoever_waits_for_a_withdrawal_share(ledger: PaperLedger) -> None:
    approves_accounts(ledger)
    leaves(ledger)
    leaves(ledger, OTHER_MEMBER)
    takes(ledger, 2, 4, on=JULY)
    board_tests(ledger, within(10_000_00))
    with pytest.raises(WithdrawalsWait):
        dividend(ledger, 1_00)
    pays(ledger, 2_400_00)
    pays(ledger, 960_00, withdrawal=OTHER_WITHDRAWAL, order_id=UUID(int=901))
    voted = told(dividend(ledger, 1_00), Distributions.DividendVoted)
    assert (voted.qty, voted.amount_c) == (4, 4_00)


def test_a_dividend_refers_to_the_motion_that_carries_it(ledger: PaperLedger) -> None:
    board_tests(ledger, within(14_00))
    asked: dict[str, Any] = {"entity_id": ENTITY, "share_class": "A", "per_share_c": 1_00}
    for motion_id in (None, UUID(int=9)):
        with pytest.raises(MotionNeeded):
            ledger.perform(vote_dividend, on=JULY, **asked, decision_ref="assembly", motion_id=motion_id)
    assert told(dividend(ledger, 1_00), Distributions.DividendVoted).motion_id == MOTION


def test_a_dividend_stays_within_both_tests(ledger: PaperLedger) -> None:
    with pytest.raises(NoDistributionTest):
        dividend(ledger, 1_00)
    board_tests(ledger, within(14_00))
    with pytest.raises(OverDistributable):
        dividend(ledger, 1_01)
    dividend(ledger, 1_00)
    with pytest.raises(OverDistributable):
        dividend(ledger, 1)


@pytest.mark.parametrize("regimes", ["nrc-cnc", "social-enterprise", "nrc-cnc,social-enterprise"])
def test_only_the_approved_regimes_cap_a_dividend_at_6_percent_after_tax(
    ledger: PaperLedger, regimes: str
) -> None:
    board_tests(ledger, within(10_000_00))
    dividend(ledger.copy(), 100_00)
    says: dict[str, Any] = {"value": regimes, "valid_from": date(2026, 7, 1), "source_ref": "approval 2026"}
    ledger.perform(set_parameter, entity_id=ENTITY, name=COOPERATIVE_REGIMES, **says)
    dividend(ledger.copy(), 21_42)  # of 250.00, 30 % withheld: 14.994, and 6 % are 15.00
    with pytest.raises(OverDividendCap):
        dividend(ledger, 21_43)


def test_a_dividend_of_nothing_or_without_a_decision_is_refused(ledger: PaperLedger) -> None:
    with pytest.raises(AmountNotPositive):
        dividend(ledger, 0)
    with pytest.raises(EmptyText):
        ledger.perform(vote_dividend, entity_id=ENTITY, share_class="A", per_share_c=1, decision_ref=" ")


def test_an_appropriation_takes_exactly_the_dividend_that_was_voted_and_once(ledger: PaperLedger) -> None:
    board_tests(ledger, within(10_000_00))
    dividend(ledger, 10_00)
    before = ledger.get(Distributions, distributions_id(ENTITY))
    assert before.voted_c == 140_00
    year = UUID(int=901)
    for amount_c in (0, 139_99, 140_01):
        with pytest.raises(DividendNotAsVoted):
            before.appropriate_dividend(stamp(), year_id=year, amount_c=amount_c)
    before.appropriate_dividend(stamp(), year_id=year, amount_c=140_00)
    assert before.voted_c == 0
    with pytest.raises(DividendNotAsVoted):
        before.appropriate_dividend(stamp(), year_id=year, amount_c=140_00)
