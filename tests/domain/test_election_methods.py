"""Approval, instant run-off and Schulze, on elections whose outcomes are known."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.elections.ballots import Contest, Ranking, contest_of
from domain.elections.counting import count_contest, stated_order
from domain.elections.record import VOTE, ActionKind, Method, TieRule, decimals
from domain.elections.schulze import preferences, strongest_paths
from domain.errors import (
    CandidateRankedTwice,
    CandidatesNotNamed,
    InvalidTieOrder,
    NoSeats,
    UnknownCandidate,
    UnresolvedTie,
    VotesNotPositive,
)
from tests.domain.test_scottish import contest

SCHULZE_45 = (
    (5, "A C B E D"),
    (5, "A D E C B"),
    (8, "B E D A C"),
    (3, "C A B E D"),
    (7, "C A E B D"),
    (2, "C B A D E"),
    (7, "D C E B A"),
    (8, "E B A D C"),
)
"""The example of Schulze's paper, section 3: 45 voters, order E A C B D."""
BURLINGTON = (
    (1332, "M K"),
    (767, "M W"),
    (455, "M"),
    (2043, "K M"),
    (371, "K W"),
    (568, "K"),
    (1513, "W M"),
    (495, "W K"),
    (1289, "W"),
)
"""The last three of Burlington 2009, as published: Wright led, Kiss won, Montroll beat both in pairs."""


def names(of: Contest, places: Iterable[int]) -> str:
    return "".join(of.candidates[each] for each in places)


def winners(of: Contest, method: Method, *stated: int) -> str:
    return names(of, count_contest(of, method, stated).elected)


def test_schulzes_example_gives_e_a_c_b_d() -> None:
    of = contest(5, *SCHULZE_45)
    count = count_contest(of, Method.SCHULZE)
    assert names(of, count.elected) == "EACBD"
    assert [names(of, tier) for tier in count.order] == list("EACBD")
    assert winners(contest(1, *SCHULZE_45), Method.SCHULZE) == "E"
    assert [count.rounds[0].tallies[each] // VOTE for each in range(5)] == [3, 1, 2, 0, 4]
    paths = strongest_paths(preferences(dict(of.papers), 5))
    assert (paths[4][0], paths[0][4], paths[1][3], paths[3][1]) == (25, 24, 33, 28)


def test_burlington_has_three_winners_by_three_methods() -> None:
    of = contest(1, *BURLINGTON)
    assert winners(of, Method.IRV) == winners(of, Method.SCOTTISH) == "K"
    assert winners(of, Method.SCHULZE) == "M"
    first = count_contest(of, Method.IRV).rounds[0].tallies
    assert max(first, key=first.__getitem__) == of.candidates.index("W")


def test_a_run_off_ends_when_one_has_more_than_half_of_what_still_counts() -> None:
    count = count_contest(contest(1, (4, "A"), (3, "B"), (2, "C")), Method.IRV)
    assert [each.actions[0].kind for each in count.rounds] == [ActionKind.EXCLUDED, ActionKind.ELECTED]
    assert decimals(count.rounds[1].non_transferable) == "2.00000"
    assert count.quota is None
    half = contest(1, (2, "A"), (1, "B A"), (1, "C A"))
    assert len(count_contest(half, Method.IRV, (1, 2)).rounds) == 2


def test_a_run_off_for_several_seats_is_held_once_a_seat_without_who_is_elected() -> None:
    of = contest(2, (5, "A B"), (3, "B"), (1, "C"))
    assert winners(of, Method.IRV) == "AB"
    assert winners(contest(5, (5, "A B"), (3, "B"), (1, "C")), Method.IRV) == "ABC"


def test_a_run_off_stops_a_paper_at_a_shared_rank() -> None:
    count = count_contest(contest(1, (3, "A"), (2, "B=C"), (1, "B")), Method.IRV)
    assert (count.valid, count.invalid) == (4, 2)


def test_a_tie_in_a_run_off_is_refused_or_broken_by_the_stated_order() -> None:
    of = contest(1, (2, "A"), (2, "B"))
    with pytest.raises(UnresolvedTie):
        winners(of, Method.IRV)
    assert winners(of, Method.IRV, 1, 0) == "B"


def test_approval_gives_votes_to_everyone_a_paper_names() -> None:
    of = contest(2, (4, "A=B"), (2, "B C"), (1, "C"))
    count = count_contest(of, Method.APPROVAL)
    assert names(of, count.elected) == "BA"
    assert [decimals(count.rounds[0].tallies[each]) for each in range(3)] == ["4.00000", "6.00000", "3.00000"]


def test_a_tie_for_the_last_seats_is_refused_or_broken_by_the_stated_order() -> None:
    of = contest(2, (3, "A=B"), (2, "B C"), (1, "C"))
    with pytest.raises(UnresolvedTie) as refused:
        winners(of, Method.APPROVAL)
    assert refused.value.facts == {"tied": "A; C"}
    assert winners(of, Method.APPROVAL, 2, 0) == "BC"


@pytest.fixture(params=[Method.APPROVAL, Method.SCHULZE])
def method(request: pytest.FixtureRequest) -> Method:
    return Method(request.param)


def test_equals_who_all_find_a_seat_are_no_tie(method: Method) -> None:
    of = contest(2, (1, "A=B"))
    count = count_contest(of, method)
    assert names(of, count.elected) == "AB"
    assert count.order == ((0, 1),)


def test_a_stated_order_decides_for_whom_it_names_first(method: Method) -> None:
    of = contest(1, (1, "A=B"))
    with pytest.raises(UnresolvedTie):
        winners(of, method)
    (action,) = count_contest(of, method, (1, 0)).rounds[0].actions
    assert action.candidate == 1
    assert action.tie is not None
    assert action.tie.rule is TieRule.STATED_ORDER


def test_a_withdrawn_candidate_is_in_no_count(method: Method) -> None:
    of = contest(1, (5, "A"), (2, "B"), (1, "C B"), withdrawn="A")
    count = count_contest(of, method)
    assert (names(of, count.elected), count.valid, count.invalid) == ("B", 3, 5)
    assert 0 not in count.rounds[0].tallies


@given(st.lists(st.tuples(st.permutations(range(4)), st.integers(0, 4), st.integers(1, 5)), max_size=12))
@settings(max_examples=80, deadline=None)
def test_the_lanes_of_a_sum_are_the_pairs_counted_one_by_one(
    papers: list[tuple[list[int], int, int]],
) -> None:
    together: dict[Ranking, int] = {}
    for order, ranked, votes in papers:
        ranking = tuple((each,) for each in order[:ranked])
        together[ranking] = together.get(ranking, 0) + votes

    def prefers(ranking: Ranking, a: int, b: int) -> bool:
        flat = [tier[0] for tier in ranking]
        return a in flat and (b not in flat or flat.index(a) < flat.index(b))

    matrix = preferences(together, 4)
    for a, b in permutations(range(4), 2):
        assert matrix[a][b] == sum(votes for each, votes in together.items() if prefers(each, a, b))
    paths = strongest_paths(matrix)
    for a, b in permutations(range(4), 2):
        others = [each for each in range(4) if each not in {a, b}]
        routes = [
            (a, *through, b) for count in range(len(others) + 1) for through in permutations(others, count)
        ]
        assert paths[a][b] == max(
            min(matrix[x][y] if matrix[x][y] > matrix[y][x] else 0 for x, y in pairwise(way))
            for way in routes
        )


@given(st.lists(st.tuples(st.permutations(range(4)), st.integers(1, 9)), min_size=1, max_size=9))
@settings(max_examples=80, deadline=None)
def test_who_beats_everyone_in_pairs_wins_by_schulze(papers: list[tuple[list[int], int]]) -> None:
    of = contest_of(
        title="",
        candidates="ABCD",
        seats=1,
        papers=[(tuple((each,) for each in order), votes) for order, votes in papers],
    )
    matrix = preferences(dict(of.papers), 4)
    for a in range(4):
        if all(matrix[a][b] > Fraction(of.votes, 2) for b in range(4) if b != a):
            assert count_contest(of, Method.SCHULZE).elected == (a,)


@given(
    st.lists(st.tuples(st.permutations(range(5)), st.integers(0, 5), st.integers(1, 9)), max_size=12),
    st.permutations(range(5)),
)
@settings(max_examples=150, deadline=None)
def test_for_one_seat_a_run_off_elects_whom_the_scottish_rule_elects(
    papers: list[tuple[list[int], int, int]], order: list[int]
) -> None:
    of = contest_of(
        title="",
        candidates="ABCDE",
        seats=1,
        papers=[(tuple((each,) for each in ranked[:count]), votes) for ranked, count, votes in papers],
    )
    assert winners(of, Method.IRV, *order) == winners(of, Method.SCOTTISH, *order)


@pytest.mark.parametrize(
    ("refusal", "candidates", "seats", "papers", "withdrawn"),
    [
        (CandidatesNotNamed, [], 1, [], []),
        (CandidatesNotNamed, ["A", "A"], 1, [], []),
        (CandidatesNotNamed, ["A", " "], 1, [], []),
        (NoSeats, ["A"], 0, [], []),
        (UnknownCandidate, ["A"], 1, [(((1,),), 1)], []),
        (UnknownCandidate, ["A"], 1, [], [-1]),
        (CandidateRankedTwice, ["A", "B"], 1, [(((0,), (1, 0)), 1)], []),
        (VotesNotPositive, ["A"], 1, [(((0,),), 0)], []),
    ],
)
def test_what_is_no_election_is_refused_by_name(
    refusal: type[Exception],
    candidates: list[str],
    seats: int,
    papers: list[tuple[Ranking, int]],
    withdrawn: list[int],
) -> None:
    with pytest.raises(refusal):
        contest_of(title="", candidates=candidates, seats=seats, papers=papers, withdrawn=withdrawn)


def test_an_order_is_stated_by_names_or_numbers_each_once() -> None:
    of = contest(1, (1, "A B C"))
    assert stated_order(of, ["C", "1"]) == (2, 0)
    for said in (["D"], ["4"], ["A", "1"]):
        with pytest.raises(InvalidTieOrder):
            stated_order(of, said)
    with pytest.raises(InvalidTieOrder):
        count_contest(of, Method.IRV, (0, 0))
