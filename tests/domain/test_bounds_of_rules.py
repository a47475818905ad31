"""Where the arithmetic of decisions begins and ends: caps, colleges, proxies, ties, ranks."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest

from domain.elections.approval import count_approval
from domain.elections.ballots import contest_of, require_known, require_ranking
from domain.elections.casting import Done, kept_rounds
from domain.elections.record import VOTE, ActionKind
from domain.errors import CandidateRankedTwice, InvalidProvisions, NoSuchProxy, UnknownCandidate
from domain.governance.presence import Proxy, ProxyFault, faulty, require_voice
from domain.governance.provisions import (
    LONGEST_NAME,
    NO_QUORUM,
    PLAIN,
    Cap,
    CapHolder,
    College,
    CollegeCount,
    Colleges,
    Notice,
    Provisions,
    Proxies,
    SecondConvening,
    require_sound,
)
from domain.governance.rules import Basis, Comparator, Denominator, Majority, Quorum
from tests.domain.test_worked_rules import (
    NO,
    SCANI,
    YES,
    ballots_of,
    compared,
    decided,
    member,
    of_colleges,
    roll_of,
    took_part,
)

ONE, TWO, THREE, FOUR, HOLDER = (UUID(int=n) for n in range(1, 6))
MOTION, OTHER_MOTION = UUID(int=6), UUID(int=7)
HALVES = (College("one", 1, 2), College("other", 1, 2))


# Provisions that can be followed


@pytest.mark.parametrize(
    "provisions",
    [
        replace(PLAIN, notice=Notice(0)),
        replace(PLAIN, second=SecondConvening(notice_days=0)),
        replace(PLAIN, max_term_years=1),
        replace(PLAIN, proxies=Proxies(most=0, one_in=1, from_members=0)),
        replace(PLAIN, colleges=Colleges((College("x" * LONGEST_NAME, 1, 1),))),
    ],
)
def test_the_least_that_provisions_can_ask_for_can_be_followed(provisions: Provisions) -> None:
    require_sound(NO_QUORUM, provisions)


@pytest.mark.parametrize(
    ("colleges", "item"),
    [
        ((College("", 1, 2), HALVES[1]), "colleges"),
        ((College("", 1, 1),), "colleges"),
        ((College("x" * (LONGEST_NAME + 1), 1, 2), HALVES[1]), "colleges.name"),
        ((College("all", 1, 1), College("none", 0, 1)), "colleges.weight"),
        ((College("all", 1, 1), College("more", 1, 1)), "colleges.weight"),
    ],
)
def test_every_college_has_a_name_and_a_weight(colleges: tuple[College, ...], item: str) -> None:
    with pytest.raises(InvalidProvisions) as refused:
        require_sound(NO_QUORUM, replace(PLAIN, colleges=Colleges(colleges)))
    assert refused.value.facts["item"] == item


def test_a_limit_of_proxies_begins_with_the_number_of_members_it_names() -> None:
    proxies = Proxies(most=3, from_members=20, one_in=10)
    assert [proxies.limit(members) for members in (19, 20)] == [3, 2]


def test_a_cap_is_so_many_of_so_many_parts() -> None:
    assert Cap(2, 10).most(9) == Fraction(18, 10)


# Proxies


def given(**proxies: Any) -> dict[UUID, Proxy]:
    return {UUID(int=int(key[1:])): Proxy(holder) for key, holder in proxies.items()}


def test_every_proxy_that_cannot_count_is_named_with_its_fault() -> None:
    on_roll = {ONE, TWO, THREE, HOLDER}
    faults = faulty(given(p4=HOLDER, p1=HOLDER, p2=HOLDER, p3=FOUR), on_roll=on_roll, limit=1)
    assert faults == (
        (FOUR, HOLDER, ProxyFault.NOT_ON_THE_ROLL),
        (TWO, HOLDER, ProxyFault.OVER_THE_LIMIT),
        (THREE, FOUR, ProxyFault.NOT_ON_THE_ROLL),
    )


def test_a_proxy_for_one_motion_gives_no_voice_on_another() -> None:
    proxies = {ONE: Proxy(HOLDER, frozenset({MOTION}))}
    asked: dict[str, Any] = {"member_id": ONE, "holder_id": HOLDER}
    require_voice(proxies, {HOLDER}, motion_id=MOTION, **asked)
    with pytest.raises(NoSuchProxy):
        require_voice(proxies, {HOLDER}, motion_id=OTHER_MOTION, **asked)


# Colleges


def test_each_college_says_how_many_of_it_there_are_and_took_part() -> None:
    entries, _ = of_colleges({"one": (2, 1), "two": (1, 0), "three": (1, 1), "four": (0, 1)})
    there = {member(1), member(2), member(4)}
    found = decided(entries, [], provisions=replace(PLAIN, colleges=SCANI), took_part=there)
    assert [(each.name, each.took_part, each.entitled) for each in found.colleges] == [
        ("one", 2, 3),
        ("two", 1, 1),
        ("three", 0, 2),
        ("four", 0, 1),
    ]


def test_a_college_in_which_as_many_say_no_as_yes_is_won_by_nobody() -> None:
    winner = replace(PLAIN, colleges=Colleges(HALVES, count=CollegeCount.WINNER_TAKES_ALL))
    entries = roll_of([1] * 3, ["one", "one", "other"])
    assert compared(decided(entries, ballots_of(entries, YES, NO, YES), provisions=winner)) == (
        Fraction(1, 2),
        1,
        False,
    )


def test_a_college_of_nobody_takes_no_part_in_a_quorum() -> None:
    entries = roll_of([1], ["one"])
    split = replace(PLAIN, colleges=Colleges(HALVES))
    found = decided(entries, [], quorum=Quorum(1, 2, Basis.COLLEGES), provisions=split, took_part={member(1)})
    assert took_part(found) == (Fraction(1, 2), Fraction(1, 2), True)


# Nothing and equals


@pytest.mark.parametrize("comparator", Comparator)
def test_where_nobody_says_yes_or_no_nothing_is_adopted(comparator: Comparator) -> None:
    half = Majority(1, 2, comparator, Denominator.EXPRESSED)
    assert compared(decided(roll_of([1, 1]), [], majority=half)) == (0, 0, False)


def test_a_voter_below_the_cap_weighs_what_they_hold() -> None:
    entries = roll_of([1, 2, 7])
    ballots = [replace(each, holder_id=member(1)) for each in ballots_of(entries, YES, YES)]
    capped = replace(PLAIN, cap=Cap(1, 2, holder=CapHolder.VOTER))
    ballots += ballots_of(entries, None, None, NO)
    found = decided(entries, ballots, provisions=capped, took_part={member(n) for n in (1, 2, 3)})
    assert (found.majority.weighed.yes.value, found.majority.weighed.no.value) == (Fraction(3), Fraction(5))


def test_a_candidate_there_is_not_or_who_is_ranked_twice_is_told_by_number() -> None:
    with pytest.raises(UnknownCandidate) as unknown:
        require_known([0, 3], 3)
    assert unknown.value.facts == {"candidate": 4, "candidates": 3}
    with pytest.raises(CandidateRankedTwice) as twice:
        require_ranking(((0,), (1, 2), (1,)), 3)
    assert twice.value.facts["candidate"] == 2


def test_a_count_by_approval_keeps_the_votes_of_each_by_number() -> None:
    papers = [(((0,), (1,)), 2), (((1,),), 3)]
    contest = contest_of(title="", candidates=["a", "b"], seats=1, papers=papers, withdrawn=[])
    (kept,) = kept_rounds(count_approval(contest))
    assert kept.actions == (Done(ActionKind.ELECTED, 2, 5 * VOTE),)
    assert [(each.candidate, each.votes) for each in kept.tallies] == [(1, 2 * VOTE), (2, 5 * VOTE)]
