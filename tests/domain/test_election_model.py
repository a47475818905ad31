"""Any order of votes, changes, withdrawals and stated orders leaves the count that a hall with paper would reach."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.aggregates.election import Election, ElectionState, TieOrigin
from domain.errors import (
    CandidateAlreadyWithdrew,
    ElectionAlreadyCounted,
    ElectionNotOpen,
    PaperUnchanged,
    UnresolvedTie,
)
from domain.ledger.elections import close_voting, count_election, state_tie_order, withdraw_candidate
from tests.domain import electing
from tests.domain.electing import ELECTION, VOTERS, opens, papers_on, ranks
from tests.domain.scottish_by_hand import CountingHall, Drawn
from tests.paper import PaperLedger

CANDIDATES = VOTERS[:4]
NAMES = [str(number) for number in range(1, len(CANDIDATES) + 1)]
RANKINGS = st.permutations(range(1, len(CANDIDATES) + 1)).flatmap(
    lambda order: st.tuples(st.integers(0, len(order)), st.lists(st.booleans(), min_size=4, max_size=4)).map(
        lambda drawn: _tiers(order[: drawn[0]], drawn[1])
    )
)
OF: dict[str, Any] = {"election_id": ELECTION}

FOUNDED = PaperLedger()
electing.cooperative(FOUNDED.perform)
opens(FOUNDED.perform, *CANDIDATES)


def _tiers(order: list[int], joined: list[bool]) -> tuple[tuple[int, ...], ...]:
    tiers: list[list[int]] = []
    for number, with_previous in zip(order, joined, strict=False):
        if tiers and with_previous:
            tiers[-1].append(number)
        else:
            tiers.append([number])
    return tuple(tuple(sorted(tier)) for tier in tiers)


class ElectionOnPaper(RuleBasedStateMachine):
    """The ledger beside a box of papers: one a voter, the last one she handed in."""

    @initialize()
    def begin(self) -> None:
        self.ledger = FOUNDED.copy()
        self.box: dict[UUID, tuple[tuple[int, ...], ...]] = {}
        self.gone: set[int] = set()
        self.order: list[int] = []
        self.closed = self.counted = False

    @rule(voter=st.sampled_from(VOTERS), ranking=RANKINGS)
    def hand_in(self, voter: UUID, ranking: tuple[tuple[int, ...], ...]) -> None:
        try:
            ranks(self.ledger.perform, voter, *ranking)
        except ElectionNotOpen:
            assert self.closed
        except PaperUnchanged:
            assert self.box[voter] == ranking
        else:
            assert not self.closed
            self.box[voter] = ranking

    @rule(number=st.integers(1, len(CANDIDATES)))
    def withdraw(self, number: int) -> None:
        try:
            self.ledger.perform(withdraw_candidate, **OF, membership_id=CANDIDATES[number - 1])
        except ElectionAlreadyCounted:
            assert self.counted
        except CandidateAlreadyWithdrew:
            assert number in self.gone
        else:
            self.gone.add(number)

    @rule(order=st.permutations(range(1, len(CANDIDATES) + 1)), named=st.integers(1, len(CANDIDATES)))
    def state_order(self, order: list[int], named: int) -> None:
        stated = order[:named]
        with suppress(ElectionAlreadyCounted):
            self.ledger.perform(
                state_tie_order,
                **OF,
                order=[CANDIDATES[number - 1] for number in stated],
                origin=TieOrigin.PUBLIC_DRAW,
                evidence_ref="minutes",
            )
            self.order = stated

    @precondition(lambda self: len(self.box) > 3)
    @rule()
    def close(self) -> None:
        with suppress(ElectionNotOpen):
            self.ledger.perform(close_voting, **OF)
            self.closed = True

    @precondition(lambda self: self.closed and not self.counted)
    @rule()
    def count(self) -> None:
        """What is counted is what a hall makes of the box; where it would draw lots, nothing is recorded."""
        hall = CountingHall(
            [name for name in NAMES if int(name) not in self.gone],
            2,
            [[[str(number) for number in tier] for tier in paper] for paper in self.box.values()],
            [str(number) for number in self.order],
        )
        try:
            by_hand = hall.count().elected
        except Drawn:
            by_hand = None
        try:
            self.ledger.perform(count_election, **OF, papers=papers_on(self.ledger))
        except UnresolvedTie:
            assert by_hand is None
        else:
            self.counted = True
            elected = self.ledger.get(Election, ELECTION).elected
            assert [str(CANDIDATES.index(each) + 1) for each in elected] == by_hand

    @invariant()
    def every_voter_has_one_paper_with_her_one_vote(self) -> None:
        papers = papers_on(self.ledger)
        assert {each.member_id: each.ranking for each in papers} == self.box
        assert {each.votes for each in papers} <= {1}
        assert (self.ledger.get(Election, ELECTION).state is ElectionState.COUNTED) == self.counted


TestElectionOnPaper = ElectionOnPaper.TestCase
TestElectionOnPaper.settings = settings(max_examples=50, stateful_step_count=40, deadline=None)
