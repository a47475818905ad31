"""Votes are counted in whole numbers, and a motion is adopted exactly where its rule says so."""

from __future__ import annotations

from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidThreshold, UnknownChoice
from domain.governance.rules import Choice, Comparator, Denominator, Majority, Quorum, require_fraction
from domain.governance.tally import Ballot, Tally, count, decide

AT_LEAST, MORE_THAN = Comparator.AT_LEAST, Comparator.MORE_THAN
EXPRESSED, CAST, ENTITLED = Denominator.EXPRESSED, Denominator.CAST, Denominator.ENTITLED
PRESENT = Denominator.PRESENT
NO_QUORUM = Quorum(0, 1)
STATUTES = Tally(yes=45, no=15, abstain=12, blank=2)
VOTES = st.integers(0, 10**6)
TALLIES = st.builds(Tally, VOTES, VOTES, VOTES, VOTES, VOTES)


@pytest.mark.parametrize(
    ("num", "den", "denominator", "adopted"),
    [(3, 4, EXPRESSED, True), (3, 4, CAST, False), (4, 5, EXPRESSED, False), (4, 5, CAST, False)],
)
def test_forty_five_against_fifteen_is_three_quarters_of_the_votes_expressed_only(
    num: int, den: int, denominator: Denominator, *, adopted: bool
) -> None:
    verdict = decide(
        STATUTES, entitled=100, quorum=Quorum(1, 2), majority=Majority(num, den, AT_LEAST, denominator)
    )
    assert verdict.adopted is adopted
    assert verdict.denominator == {EXPRESSED: 60, CAST: 74}[denominator]


def test_exactly_the_threshold_is_not_more_than_it() -> None:
    majority = Majority(3, 4, MORE_THAN, EXPRESSED)
    assert not decide(STATUTES, entitled=100, quorum=NO_QUORUM, majority=majority).adopted


def test_a_tie_rejects_under_a_simple_majority() -> None:
    simple = Majority(1, 2, MORE_THAN, EXPRESSED)
    assert not decide(Tally(10, 10, 0, 0), entitled=20, quorum=NO_QUORUM, majority=simple).adopted
    assert decide(Tally(11, 10, 5, 5), entitled=31, quorum=NO_QUORUM, majority=simple).adopted


@pytest.mark.parametrize(
    ("took_part", "quorum", "met"),
    [(4_900, Quorum(1, 2), False), (5_000, Quorum(1, 2), True), (3_100, NO_QUORUM, True)],
)
def test_half_of_ten_thousand_is_five_thousand_and_a_second_meeting_asks_for_none(
    took_part: int, quorum: Quorum, *, met: bool
) -> None:
    tally = Tally(yes=took_part, no=0, abstain=0, blank=0)
    verdict = decide(tally, entitled=10_000, quorum=quorum, majority=Majority(1, 2, MORE_THAN, EXPRESSED))
    assert (verdict.quorum_met, verdict.adopted) == (met, met)
    assert (verdict.took_part, verdict.entitled) == (took_part, 10_000)


def test_abstentions_and_blanks_count_for_the_quorum() -> None:
    verdict = decide(
        Tally(1, 0, 3, 1), entitled=10, quorum=Quorum(1, 2), majority=Majority(1, 2, MORE_THAN, EXPRESSED)
    )
    assert verdict.quorum_met
    assert verdict.adopted


def test_nineteen_of_thirty_one_expressed_are_no_majority_of_thirty_eight_cast() -> None:
    scop = Tally(yes=19, no=12, abstain=7, blank=0)
    adopted = {
        denominator: decide(
            scop, entitled=47, quorum=NO_QUORUM, majority=Majority(1, 2, MORE_THAN, denominator)
        ).adopted
        for denominator in Denominator
    }
    assert adopted == {EXPRESSED: True, CAST: False, PRESENT: False, ENTITLED: False}


def test_a_majority_of_all_entitled_counts_those_who_stayed_away() -> None:
    majority = Majority(1, 2, AT_LEAST, ENTITLED)
    for yes, adopted in ((49, False), (50, True)):
        assert (
            decide(Tally(yes, 0, 0, 0), entitled=100, quorum=NO_QUORUM, majority=majority).adopted is adopted
        )


@pytest.mark.parametrize("denominator", [EXPRESSED, CAST])
@pytest.mark.parametrize("comparator", list(Comparator))
def test_where_nothing_was_said_nothing_is_adopted(denominator: Denominator, comparator: Comparator) -> None:
    majority = Majority(1, 2, comparator, denominator)
    assert not decide(Tally(0, 0, 0, 0), entitled=10, quorum=NO_QUORUM, majority=majority).adopted


@given(
    TALLIES,
    st.integers(1, 100),
    st.integers(1, 100),
    st.sampled_from(Comparator),
    st.sampled_from(Denominator),
)
def test_the_verdict_is_that_of_exact_fractions(
    tally: Tally, one: int, other: int, comparator: Comparator, denominator: Denominator
) -> None:
    num, den = sorted((one, other))
    entitled = tally.cast + 5
    verdict = decide(
        tally, entitled=entitled, quorum=NO_QUORUM, majority=Majority(num, den, comparator, denominator)
    )
    base = {EXPRESSED: tally.yes + tally.no, CAST: tally.cast, PRESENT: tally.cast, ENTITLED: entitled}[
        denominator
    ]
    in_favour = Fraction(tally.yes, base) if base else Fraction(-1)
    threshold = Fraction(num, den)
    reached = in_favour >= threshold if comparator is AT_LEAST else in_favour > threshold
    assert verdict.adopted is reached


@given(st.lists(st.tuples(st.sampled_from(Choice), st.integers(1, 10**6))))
def test_every_vote_is_counted_once_where_it_belongs(votes: list[tuple[Choice, int]]) -> None:
    tally = count(Ballot(UUID(int=n), choice, weight) for n, (choice, weight) in enumerate(votes))
    assert tally.cast == sum(weight for _, weight in votes)
    for choice in Choice:
        assert getattr(tally, choice.value) == sum(weight for each, weight in votes if each is choice)


@pytest.mark.parametrize(("text", "choice"), [("yes", Choice.YES), ("blank", Choice.BLANK)])
def test_a_choice_is_read(text: str, choice: Choice) -> None:
    assert Choice.read(text) is choice


@pytest.mark.parametrize("text", ["", "YES", "oui", " yes", "yes\x00"])
def test_what_is_no_choice_is_refused(text: str) -> None:
    with pytest.raises(UnknownChoice):
        Choice.read(text)


@pytest.mark.parametrize(("num", "den"), [(0, 1), (1, 1), (3, 4)])
def test_a_threshold_lies_between_nothing_and_everything(num: int, den: int) -> None:
    assert require_fraction(num, den) == Fraction(num, den)


@pytest.mark.parametrize(("num", "den"), [(1, 0), (1, -2), (-1, 2), (3, 2), (0, 0)])
def test_another_threshold_is_refused(num: int, den: int) -> None:
    with pytest.raises(InvalidThreshold):
        require_fraction(num, den)
