"""The Scottish single transferable vote, stage by stage, against a count by hand and another program."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.elections.ballots import Contest, Ranking, contest_of
from domain.elections.counting import count_contest
from domain.elections.record import VOTE, Action, ActionKind, Count, Method, TieBreak, TieRule, decimals
from domain.errors import UnresolvedTie
from tests.domain.scottish_by_hand import CountingHall, Drawn

NAMES = [f"C{number}" for number in range(1, 9)]


def contest(seats: int, *papers: tuple[int, str], withdrawn: str = "") -> Contest:
    """A contest of papers such as (3, "A B=C"), among the letters they hold."""
    letters = sorted({each for _, says in papers for each in says if each.isalpha()} | set(withdrawn))
    return contest_of(
        title="Board",
        candidates=letters,
        seats=seats,
        papers=[
            (tuple(tuple(sorted(map(letters.index, tier.split("=")))) for tier in says.split()), votes)
            for votes, says in papers
        ],
        withdrawn=[letters.index(each) for each in withdrawn],
    )


def counted(of: Contest, *stated: int) -> Count:
    return count_contest(of, Method.SCOTTISH, stated)


def elected(of: Contest, *stated: int) -> str:
    return "".join(of.candidates[each] for each in counted(of, *stated).elected)


def test_the_quota_is_the_votes_divided_by_seats_and_one_without_decimals_and_one_more() -> None:
    assert counted(contest(2, (60, "A"), (39, "B"), (1, "C"))).quota == 34
    assert counted(contest(1, (7, "A"), (2, "B"))).quota == 5


def test_a_surplus_goes_on_at_five_decimals_with_the_remainder_ignored() -> None:
    count = counted(contest(2, (16, "A B"), (5, "A C"), (2, "A"), (6, "B"), (7, "C")))
    # 36 votes, quota 13; A has 23 and a surplus of 10: each paper goes on at 10/23 = 0.43478.
    assert count.quota == 13
    first, second = count.rounds[:2]
    assert first.actions == (Action(ActionKind.ELECTED, 0, 23 * VOTE),)
    assert [decimals(second.tallies[each]) for each in range(3)] == ["13.00000", "12.95648", "9.17390"]
    assert decimals(second.non_transferable) == "0.86956"
    assert decimals(second.lost) == "0.00006"


def test_a_paper_received_at_a_value_goes_on_at_a_part_of_that_value() -> None:
    count = counted(contest(3, (20, "A B C"), (4, "B D"), (3, "C"), (4, "D"), (1, "E")))
    # Quota 9. A's 20 papers go on at 11/20 = 0.55: B has 15. Of B's surplus of 6, A's papers carry
    # 0.55 x 6 / 15 = 0.22 and B's own 0.4.
    assert count.quota == 9
    assert decimals(count.rounds[1].tallies[1]) == "15.00000"
    third = count.rounds[2].tallies
    assert (decimals(third[2]), decimals(third[3])) == ("7.40000", "5.60000")


def test_an_excluded_candidates_papers_keep_their_values() -> None:
    count = counted(contest(2, (20, "A C B"), (9, "B"), (1, "C D"), (8, "D"), (4, "E")))
    # Quota 15: A's papers go on to C at 5/20 = 0.25, and from C, excluded with 6, to B at 0.25 again.
    assert [decimals(count.rounds[1].tallies[each]) for each in (1, 2, 3)] == [
        "9.00000",
        "6.00000",
        "8.00000",
    ]
    assert [decimals(count.rounds[3].tallies[each]) for each in (1, 2, 3)] == [
        "14.00000",
        "0.00000",
        "9.00000",
    ]


def test_no_paper_moves_once_the_last_seats_can_be_filled() -> None:
    count = counted(contest(2, (5, "A"), (4, "B"), (3, "C B")))
    last = count.rounds[-1]
    assert [(each.kind, each.candidate) for each in last.actions] == [
        (ActionKind.EXCLUDED, 2),
        (ActionKind.ELECTED_TO_LAST_SEAT, 1),
    ]
    assert last.tallies == count.rounds[-2].tallies


def test_as_many_candidates_as_seats_are_all_elected_and_a_seat_too_many_stays_empty() -> None:
    assert elected(contest(2, (1, "A"), (2, "B"))) == "BA"
    assert elected(contest(5, (1, "A"), (2, "B"))) == "BA"


def test_a_withdrawn_candidate_has_no_votes_and_papers_go_to_who_is_next() -> None:
    of = contest(1, (5, "A B"), (4, "C"), (2, "A"), withdrawn="A")
    count = counted(of)
    assert elected(of) == "B"
    assert (count.valid, count.invalid) == (9, 2)
    assert 0 not in count.rounds[0].tallies


def test_a_paper_that_ranks_several_first_is_not_valid() -> None:
    count = counted(contest(1, (5, "A=B C"), (2, "A"), (1, "B")))
    assert (count.valid, count.invalid, count.quota) == (3, 5, 2)


def test_a_rank_shared_by_continuing_candidates_stops_the_paper_there() -> None:
    count = counted(contest(1, (5, "A"), (4, "B"), (3, "C A=B")))
    assert count.rounds[1].non_transferable == 3 * VOTE


def test_a_rank_shared_with_who_is_out_is_a_preference_for_who_is_left() -> None:
    # C falls first; D's papers then name B and C equally, and only B is left.
    count = counted(contest(1, (6, "A"), (5, "B"), (1, "C"), (3, "D B=C")))
    assert count.elected == (1,)
    assert count.rounds[-1].non_transferable == VOTE


def test_a_tie_goes_by_the_latest_earlier_round_in_which_they_differed() -> None:
    count = counted(contest(1, (6, "A"), (4, "B"), (3, "C"), (1, "D C")))
    second = count.rounds[2].actions[0]
    assert (second.kind, second.candidate) == (ActionKind.EXCLUDED, 2)
    assert second.tie == TieBreak((1, 2), TieRule.EARLIER_ROUND, (1,))


def test_a_tie_that_nothing_breaks_is_refused_and_names_who_is_tied() -> None:
    with pytest.raises(UnresolvedTie) as refused:
        counted(contest(1, (3, "A"), (2, "B"), (2, "C")))
    assert refused.value.facts == {"tied": "B; C"}


def test_the_stated_order_breaks_a_tie_for_whom_it_names_first() -> None:
    of = contest(1, (4, "A"), (3, "B C"), (3, "C B"))
    assert (elected(of, 1, 2), elected(of, 2, 1)) == ("B", "C")
    assert counted(of, 2, 1).rounds[1].actions[0] == Action(
        ActionKind.EXCLUDED, 1, 3 * VOTE, TieBreak((1, 2), TieRule.STATED_ORDER)
    )


def test_of_equal_surpluses_the_one_higher_before_goes_first() -> None:
    of = contest(3, (9, "A C"), (9, "B D"), (3, "C"), (2, "D"), (1, "E"))
    with pytest.raises(UnresolvedTie):
        counted(of)
    count = counted(of, 1, 0)
    first = count.rounds[1].actions[0]
    assert (first.kind, first.candidate) == (ActionKind.SURPLUS_TRANSFERRED, 1)


def test_an_election_in_which_nobody_voted_is_decided_by_the_stated_order_alone() -> None:
    of = contest_of(title="", candidates=["A", "B", "C"], seats=1, papers=[])
    with pytest.raises(UnresolvedTie):
        counted(of)
    assert elected(of, 2, 0, 1) == "C"


def _papers(chance: Random, candidates: int) -> list[Ranking]:
    papers = []
    for _ in range(chance.randint(0, 60)):
        ranked = sorted(range(candidates), key=lambda each: chance.random() * (each + 1))
        ranked = ranked[: chance.randint(0, candidates)]
        tiers: list[list[int]] = []
        for each in ranked:
            if tiers and chance.random() < 0.07:
                tiers[-1].append(each)
            else:
                tiers.append([each])
        papers.append(tuple(tuple(sorted(tier)) for tier in tiers))
    return papers


def _by_both(candidates: int, seats: int, papers: list[Ranking], gone: list[int], order: list[int]) -> bool:
    """Count in both ways and compare stage by stage; tell whether there was an outcome."""
    names = NAMES[:candidates]
    of = contest_of(
        title="", candidates=names, seats=seats, papers=[(each, 1) for each in papers], withdrawn=gone
    )
    hall = CountingHall(
        [name for place, name in enumerate(names) if place not in gone],
        seats,
        [[[names[each] for each in tier] for tier in paper] for paper in papers],
        [names[each] for each in order],
    )
    try:
        hall.count()
    except Drawn:
        with pytest.raises(UnresolvedTie):
            counted(of, *order)
        return False
    count = counted(of, *order)
    assert count.quota == hall.quota
    assert [names[each] for each in count.elected] == hall.elected
    assert len(count.rounds) == len(hall.stages)
    for stage, by_hand in zip(count.rounds, hall.stages, strict=True):
        assert {names[e]: Fraction(v, VOTE) for e, v in stage.tallies.items()} == by_hand.votes
        assert [(str(each.kind), names[each.candidate]) for each in stage.actions] == by_hand.happened
        assert Fraction(stage.non_transferable, VOTE) == by_hand.non_transferable
        assert sum(stage.tallies.values()) + stage.non_transferable + stage.lost == count.valid * VOTE
    return True


def test_a_thousand_random_elections_agree_stage_by_stage_with_a_count_by_hand() -> None:
    chance = Random(2007)  # noqa: S311 - elections to count, no secrets
    decided = 0
    for _ in range(1_000):
        candidates = chance.randint(1, 8)
        order = chance.sample(range(candidates), candidates) if chance.random() < 0.7 else []
        gone = [each for each in range(candidates) if chance.random() < 0.08]
        papers = _papers(chance, candidates)
        decided += _by_both(candidates, chance.randint(1, 5), papers, gone, order)
    assert decided > 700


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_election_agrees_with_a_count_by_hand(data: st.DataObject) -> None:
    candidates = data.draw(st.integers(1, 6))
    orders = st.permutations(range(candidates)).flatmap(
        lambda order: st.integers(0, candidates).map(lambda count: order[:count])
    )
    rankings = orders.flatmap(
        lambda order: st.lists(st.booleans(), min_size=len(order), max_size=len(order)).map(
            lambda joined: _tiers(order, joined)
        )
    )
    papers = data.draw(st.lists(rankings, max_size=25))
    gone = data.draw(st.lists(st.integers(0, candidates - 1), max_size=1))
    order = list(data.draw(orders))
    _by_both(candidates, data.draw(st.integers(1, 4)), papers, gone, order)


def _tiers(order: list[int], joined: list[bool]) -> Ranking:
    tiers: list[list[int]] = []
    for each, with_previous in zip(order, joined, strict=True):
        if tiers and with_previous:
            tiers[-1].append(each)
        else:
            tiers.append([each])
    return tuple(tuple(sorted(tier)) for tier in tiers)
