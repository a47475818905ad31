"""The lines that roots are taken over: an auditor who writes them anew must find the same root."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from domain.aggregates.advance_box import AdvanceVote
from domain.elections.casting import CastPaper, Done, KeptRound, Tallied, pages_of
from domain.elections.record import ActionKind
from domain.governance.rolls import EntryReason, RollEntry
from domain.governance.roots import root_of
from domain.governance.rules import Choice
from domain.governance.tally import Ballot
from domain.ledger.governance import ballots_root

MEMBER, OTHER = UUID(int=7), UUID(int=8)
ENTRY = RollEntry(MEMBER, 3, 5)
PLAIN = f"3 {MEMBER} 5"


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        (ENTRY, PLAIN),
        (replace(ENTRY, shares=4), f"{PLAIN} 4 - -"),
        (replace(ENTRY, college="workers"), f"{PLAIN} 0 workers -"),
        (replace(ENTRY, reason=EntryReason.SUSPENDED), f"{PLAIN} 0 - suspended"),
        (replace(ENTRY, shares=4, college="users", reason=EntryReason.ERROR), f"{PLAIN} 4 users error"),
    ],
)
def test_an_entry_of_a_roll_says_what_is_not_as_usual(entry: RollEntry, line: str) -> None:
    assert entry.line() == line


def test_a_paper_says_its_tiers_with_equals_between_the_equal() -> None:
    assert CastPaper(MEMBER, ((2,), (1, 3)), 4).line() == f"{MEMBER} 4 2 1=3"
    assert CastPaper(MEMBER, (), 4).line() == f"{MEMBER} 4", "a blank paper ranks nobody"


def test_a_round_says_its_tallies_its_steps_and_what_was_lost() -> None:
    tallies = (Tallied(1, 250_000), Tallied(2, 100_000))
    steps = (Done(ActionKind.ELECTED, 1, 250_000), Done(ActionKind.EXCLUDED, 2, 100_000))
    said = KeptRound(2, tallies, steps, 30_000, 1).line()
    assert said == "2 1=250000,2=100000 elected:1=250000,excluded:2=100000 30000 1"


def test_a_vote_in_advance_says_who_chose_what() -> None:
    assert AdvanceVote(MEMBER, Choice.ABSTAIN).line() == f"{MEMBER} abstain"


def test_ballots_stand_in_the_order_of_their_members() -> None:
    ballots = [Ballot(OTHER, Choice.NO, 2), Ballot(MEMBER, Choice.YES, 1)]
    assert ballots_root(ballots) == root_of([f"{MEMBER} yes 1", f"{OTHER} no 2"])


def rounds(*sizes: int) -> list[KeptRound]:
    """Rounds with so many tallies, and a step where one is left over."""
    step = (Done(ActionKind.EXCLUDED, 1, 0),)
    return [
        KeptRound(n, tuple(Tallied(place, 0) for place in range(1, size)), step, 0, 0)
        for n, size in enumerate(sizes, start=1)
    ]


@pytest.mark.parametrize(
    ("sizes", "pages"),
    [
        ((499, 1), [2]),
        ((500, 1), [1, 1]),
        ((500, 1, 499, 1), [1, 2, 1]),
        ((501,), [1]),
        ((250, 250, 250), [2, 1]),
        ((), []),
    ],
)
def test_a_page_of_a_count_holds_five_hundred_tallies_and_steps(
    sizes: tuple[int, ...], pages: list[int]
) -> None:
    assert [len(page) for page in pages_of(rounds(*sizes))] == pages
