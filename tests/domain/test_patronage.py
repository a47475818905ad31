"""What a good year gives back reaches each activity by what it contributed, to the cent and once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.aggregates import patronage_refund
from domain.aggregates.activity import Activity
from domain.aggregates.distributions import Distributions
from domain.aggregates.patronage_refund import Part, PatronageRefund, parts_of
from domain.bookkeeping.rules_v1 import book
from domain.errors import (
    AmountNotPositive,
    DigestTooEarly,
    DividendNotAsVoted,
    EmptyText,
    MotionNeeded,
    NoDistributionTest,
    NothingContributed,
    OtherEntity,
    OverDistributable,
    PatronageNotAppropriated,
    PatronageNotAsVoted,
    PatronageSharedOut,
    WithdrawalsWait,
)
from domain.ledger.activities import activity_id, open_activity
from domain.ledger.endings import begin_closing, close_activity
from domain.ledger.entities import entity_id_of, set_parameter
from domain.ledger.members import membership_id
from domain.ledger.patronage import patronage_id, share_out_patronage, vote_patronage
from domain.ledger.presets import PATRONAGE_BASIS
from domain.ledger.withdrawals import distributions_id
from domain.payouts import PayoutRegime
from tests.cooperative import ACTIVITY, ENTITY, MEMBER, PERSON, found_entity, join
from tests.domain.departing import JULY, approves_accounts, board_tests, leaves, told, within
from tests.domain.dividing import DECIDED, YEAR, appropriates, votes, with_shares
from tests.domain.spending import balances
from tests.paper import PaperLedger
from tests.scenario import stamp

REFUND = patronage_id(ENTITY, 1)
SECOND, THIRD = activity_id(ENTITY, "B2"), activity_id(ENTITY, "C3")
CONTRIBUTED = {ACTIVITY: 300_00, SECOND: 100_00, THIRD: 200_00}
TURNOVER = {ACTIVITY: 1_000_00, SECOND: 3_000_00}


def trading(*codes: str) -> PaperLedger:
    """The cooperative with a motion that is carried, and activities of these codes beside its first."""
    ledger = with_shares(10)
    for code in codes:
        says: dict[str, Any] = {"membership_ids": [MEMBER], "payout_regime": PayoutRegime.EMPLOYEE}
        ledger.perform(open_activity, entity_id=ENTITY, code=code, **says)
    return ledger


def gives(ledger: PaperLedger, amount_c: int, **says: Any) -> list[Any]:
    """The assembly gives the activities so much."""
    asked: dict[str, Any] = {"entity_id": ENTITY, "amount_c": amount_c, "on": JULY}
    return ledger.perform(vote_patronage, **asked | DECIDED | says)


def shares_out(ledger: PaperLedger, contributed: Mapping[UUID, int] = CONTRIBUTED, **says: Any) -> list[Any]:
    """The treasurer gives the next activities their parts."""
    by_basis = {"contribution": contributed, "turnover": TURNOVER}
    asked: dict[str, Any] = {"patronage_id": REFUND, "position": ledger.position, "by_basis": by_basis}
    return ledger.perform(share_out_patronage, on=JULY, **asked | says)


@pytest.fixture
def owed() -> PaperLedger:
    """100.00 that is voted and appropriated; three activities contributed 300, 100 and 200."""
    ledger = trading("B2", "C3")
    board_tests(ledger, within(100_00))
    gives(ledger, 100_00)
    appropriates(ledger, 0, patronage_c=100_00)
    return ledger


def test_each_activity_has_its_part_of_what_all_contributed_and_can_spend_it(owed: PaperLedger) -> None:
    before = {each: owed.get(Activity, each).available_c(0) for each in CONTRIBUTED}
    given_now = told(shares_out(owed), PatronageRefund.PartsGiven)
    assert given_now.parts == (
        Part(ACTIVITY, 300_00, 50_00),
        Part(THIRD, 200_00, 33_33),
        Part(SECOND, 100_00, 16_67),
    )
    after = {each: owed.get(Activity, each).available_c(0) for each in CONTRIBUTED}
    assert {each: after[each] - before[each] for each in after} == {
        ACTIVITY: 50_00,
        SECOND: 16_67,
        THIRD: 33_33,
    }


def test_it_is_booked_when_it_is_appropriated_and_again_when_it_is_given(owed: PaperLedger) -> None:
    standing = balances(owed.facts)
    assert (standing["697"], standing["473"]) == (100_00, -100_00)
    entry = book(told(shares_out(owed), PatronageRefund.PartsGiven))
    assert entry is not None
    assert (entry.journal, entry.document_id, entry.year_end) == ("patronage", REFUND, False)
    assert [(each.account, each.debit_c, each.credit_c, each.activity_id) for each in entry.lines] == [
        ("473", 100_00, 0, None),
        ("747", 0, 50_00, ACTIVITY),
        ("747", 0, 33_33, THIRD),
        ("747", 0, 16_67, SECOND),
    ]
    assert balances(owed.facts)["473"] == 0


def test_the_parameter_of_the_day_names_the_basis_and_it_stands_in_the_fact(owed: PaperLedger) -> None:
    says: dict[str, Any] = {"value": "turnover", "valid_from": JULY, "source_ref": "art. 40"}
    owed.perform(set_parameter, entity_id=ENTITY, name=PATRONAGE_BASIS, **says)
    at = owed.position
    fixed = told(shares_out(owed), PatronageRefund.PartsFixed)
    assert (fixed.basis, fixed.position) == ("turnover", at)
    assert fixed.parts == (Part(SECOND, 3_000_00, 75_00), Part(ACTIVITY, 1_000_00, 25_00))


def test_what_a_closed_activity_contributed_does_not_count_and_the_others_share_the_whole(
    owed: PaperLedger,
) -> None:
    owed.perform(begin_closing, activity_id=THIRD, ends_on=date(2026, 6, 30), reason="a new job")
    owed.perform(close_activity, on=JULY, activity_id=THIRD)
    given_now = told(shares_out(owed), PatronageRefund.PartsGiven)
    assert given_now.parts == (Part(ACTIVITY, 300_00, 75_00), Part(SECOND, 100_00, 25_00))
    assert owed.get(Activity, THIRD).result_c == 0


def test_an_activity_on_the_way_to_its_end_still_has_its_part(owed: PaperLedger) -> None:
    owed.perform(begin_closing, activity_id=THIRD, ends_on=date(2026, 6, 30), reason="a new job")
    assert len(told(shares_out(owed), PatronageRefund.PartsGiven).parts) == 3


def test_it_is_given_in_pages_until_every_activity_has_its_part(
    owed: PaperLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patronage_refund, "PARTS_AT_ONCE", 2)
    facts = shares_out(owed)
    assert [len(each.parts) for each in facts if isinstance(each, PatronageRefund.PartsFixed)] == [2, 1]
    first = told(facts, PatronageRefund.PartsGiven)
    then = told(shares_out(owed, {ACTIVITY: 1}), PatronageRefund.PartsGiven)
    assert (first.amount_c, then.amount_c) == (83_33, 16_67)
    with pytest.raises(PatronageSharedOut):
        shares_out(owed)


def test_it_is_given_once_it_is_appropriated_and_once() -> None:
    ledger = trading("B2", "C3")
    board_tests(ledger, within(100_00))
    gives(ledger, 100_00)
    with pytest.raises(PatronageNotAppropriated):
        shares_out(ledger)
    appropriates(ledger, 0, patronage_c=100_00)
    shares_out(ledger)
    with pytest.raises(PatronageSharedOut):
        shares_out(ledger)


@pytest.mark.parametrize("contributed", [{}, {ACTIVITY: 0}, {ACTIVITY: -5}])
def test_it_goes_to_nobody_if_no_activity_contributed(
    owed: PaperLedger, contributed: dict[UUID, int]
) -> None:
    with pytest.raises(NothingContributed):
        shares_out(owed, contributed)


def test_what_was_contributed_is_taken_from_a_log_that_is_there_and_from_activities_of_the_entity(
    owed: PaperLedger,
) -> None:
    with pytest.raises(DigestTooEarly):
        shares_out(owed, position=owed.position + 1)
    found_entity(owed.perform, code="SISTER")
    sister = entity_id_of("SISTER")
    join(owed.perform, PERSON, entity_id=sister)
    says: dict[str, Any] = {"code": "S1", "payout_regime": PayoutRegime.EMPLOYEE}
    says["membership_ids"] = [membership_id(sister, PERSON)]
    owed.perform(open_activity, entity_id=sister, **says)
    with pytest.raises(OtherEntity):
        shares_out(owed, {activity_id(sister, "S1"): 1})


def test_both_tests_bound_what_shares_and_activities_are_given_together() -> None:
    ledger = trading()
    with pytest.raises(NoDistributionTest):
        gives(ledger, 1)
    votes(ledger, 10_00, distributable_c=150_00)
    with pytest.raises(OverDistributable):
        gives(ledger, 50_01)
    gives(ledger, 50_00)
    with pytest.raises(OverDistributable):
        gives(ledger, 1)


def test_it_waits_for_whoever_waits_for_a_withdrawal_share() -> None:
    ledger = trading()
    approves_accounts(ledger)
    leaves(ledger)
    board_tests(ledger, within(10_000_00))
    with pytest.raises(WithdrawalsWait):
        gives(ledger, 1)


def test_a_vote_says_an_amount_and_the_motion_that_decided_it() -> None:
    ledger = trading()
    board_tests(ledger, within(100_00))
    with pytest.raises(AmountNotPositive):
        gives(ledger, 0)
    with pytest.raises(EmptyText):
        gives(ledger, 1, decision_ref=" ")
    for motion_id in (None, UUID(int=1)):
        with pytest.raises(MotionNeeded):
            gives(ledger, 1, motion_id=motion_id)


@pytest.mark.parametrize("appropriated_c", [0, 99_99, 100_01])
def test_a_year_appropriates_exactly_what_was_voted(appropriated_c: int) -> None:
    ledger = trading()
    board_tests(ledger, within(500_00))
    gives(ledger, 60_00)
    gives(ledger, 40_00)
    with pytest.raises(PatronageNotAsVoted):
        appropriates(ledger, 0, patronage_c=appropriated_c, carried_forward_c=1)


def test_a_dividend_is_no_patronage_refund() -> None:
    ledger = trading()
    board_tests(ledger, within(500_00))
    gives(ledger, 60_00)
    with pytest.raises(DividendNotAsVoted):
        appropriates(ledger, 60_00)


def test_a_year_appropriates_nothing_that_nobody_could_vote() -> None:
    with pytest.raises(PatronageNotAsVoted) as refused:
        appropriates(trading(), 0, patronage_c=1)
    assert refused.value.facts == {"voted_c": 0, "patronage_c": 1}


def test_all_that_was_voted_is_owed_for_the_year_that_appropriates_it() -> None:
    ledger = trading()
    board_tests(ledger, within(500_00))
    gives(ledger, 60_00)
    gives(ledger, 40_00)
    appropriates(ledger, 0, patronage_c=100_00)
    for nth, amount_c in ((1, 60_00), (2, 40_00)):
        refund = ledger.get(PatronageRefund, patronage_id(ENTITY, nth))
        assert (refund.year_id, refund.amount_c) == (YEAR, amount_c)


@given(
    amount_c=st.integers(1, 10**12),
    weights=st.lists(st.integers(-5, 10**12), max_size=12),
)
def test_parts_are_exact_fractions_to_less_than_a_cent_and_add_up(amount_c: int, weights: list[int]) -> None:
    contributed = {UUID(int=nth): weight for nth, weight in enumerate(weights)}
    counted = {each: weight for each, weight in contributed.items() if weight > 0}
    if not counted:
        with pytest.raises(NothingContributed):
            parts_of(amount_c, contributed)
        return
    parts = parts_of(amount_c, contributed)
    assert sum(each.amount_c for each in parts) == amount_c
    assert parts == parts_of(amount_c, dict(reversed(contributed.items())))
    given_to = {each.activity_id: each.amount_c for each in parts}
    whole = sum(counted.values())
    for each, weight in counted.items():
        assert abs(given_to.get(each, 0) - Fraction(amount_c * weight, whole)) < 1
    assert set(given_to) <= set(counted)


def test_what_was_voted_is_appropriated_by_one_year_and_none_is_no_fact(owed: PaperLedger) -> None:
    gifts = owed.get(Distributions, distributions_id(ENTITY))
    assert (gifts.patronage_voted_c, gifts.patronage_voted) == (0, ())
    recorded = gifts.version
    with pytest.raises(PatronageNotAsVoted) as refused:
        gifts.appropriate_patronage(stamp(), year_id=UUID(int=2), amount_c=100_00)
    assert refused.value.facts["voted_c"] == 0
    gifts.appropriate_patronage(stamp(), year_id=UUID(int=2), amount_c=0)
    assert gifts.version == recorded
