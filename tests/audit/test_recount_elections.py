"""An election is counted again from the facts alone, from the candidates to the mandates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.recompute import StoredFact
from audit.recount.elections import recount_election
from audit.recount.facts import gather
from audit.recount.findings import Recount
from domain.aggregates.election import TieOrigin
from domain.elections.record import Method
from domain.errors import UnresolvedTie
from domain.ledger.elections import close_voting, confer_mandates, count_election, state_tie_order
from tests.audit.stored import altered, stored, without
from tests.domain.electing import (
    ASH,
    BIRCH,
    CEDAR,
    ELECTION,
    ELM,
    TODAY,
    VOTERS,
    cooperative,
    opens,
    papers_on,
    ranks,
)
from tests.paper import PaperLedger

STANDING = (ASH, BIRCH, CEDAR, ELM)


def recounted(rows: list[StoredFact]) -> Recount:
    return recount_election(gather(rows), str(ELECTION))


def differing(rows: list[StoredFact]) -> set[str]:
    return {check.name for check in recounted(rows).checks if not check.agrees}


def held(rankings: list[tuple[int, ...]], method: Method = Method.SCOTTISH) -> PaperLedger:
    """An election of two, counted, with its mandates; a tie goes in the order of the paper."""
    ledger = PaperLedger()
    cooperative(ledger.perform)
    opens(ledger.perform, *STANDING, method=method)
    for voter, ranking in zip(VOTERS, rankings, strict=False):
        ranks(ledger.perform, voter, *ranking)
    ledger.perform(
        state_tie_order,
        on=TODAY,
        election_id=ELECTION,
        order=list(STANDING),
        origin=TieOrigin.SENIORITY,
        evidence_ref="register of members",
    )
    ledger.perform(close_voting, on=TODAY, election_id=ELECTION)
    ledger.perform(count_election, on=TODAY, election_id=ELECTION, papers=papers_on(ledger))
    ledger.perform(confer_mandates, on=TODAY, election_id=ELECTION)
    return ledger


RANKINGS: list[tuple[int, ...]] = [(1, 2), (1, 3), (1, 2), (2, 3), (3, 2), (4, 2), (1, 4), (3, 1)]


def test_what_was_not_touched_agrees_from_the_candidates_to_the_mandates() -> None:
    recount = recounted(stored(held(RANKINGS).facts))
    assert recount.agrees, [check for check in recount.checks if not check.agrees]
    names = {check.name for check in recount.checks}
    assert {"candidates", "roll root", "root of the papers", "round 1", "elected", "mandates"} <= names


def change(name: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def alter(said: dict[str, Any]) -> None:
        said[name] = value

    return alter


def fuller(said: dict[str, Any]) -> None:
    said["rounds"][0]["tallies"][0]["votes"] += 1


@pytest.mark.parametrize(
    ("topic", "alter", "named"),
    [
        ("election-paper.paper-cast.v1", change("ranking", [[4]]), {"root of the papers", "round 1"}),
        ("election-paper.paper-cast.v1", change("votes", 2), {"each paper stands on the roll, once"}),
        ("election.rounds-page-counted.v1", fuller, {"round 1"}),
        ("election.counted.v1", change("quota", 7), {"quota"}),
        ("election.counted.v1", change("elected", [str(ELM), str(ASH)]), {"elected", "mandates"}),
        ("election.voting-opened.v1", change("candidates", [str(ASH)]), {"candidates"}),
        ("mandate-register.mandate-conferred.v1", change("membership_id", str(ELM)), {"mandates"}),
    ],
)
def test_what_was_changed_is_named(
    topic: str, alter: Callable[[dict[str, Any]], None], named: set[str]
) -> None:
    rows = stored(held(RANKINGS).facts)
    assert named <= differing(altered(rows, topic, alter))


@pytest.mark.parametrize("nth", range(8))
def test_a_dropped_paper_is_named(nth: int) -> None:
    rows = stored(held(RANKINGS).facts)
    assert {"papers counted", "root of the papers"} <= differing(
        without(rows, "election-paper.paper-cast.v1", nth)
    )


def test_there_is_nothing_to_count_where_no_election_was_called() -> None:
    with pytest.raises(LookupError):
        recount_election(gather([]), str(ELECTION))


@given(
    rankings=st.lists(st.permutations([1, 2, 3, 4]).map(tuple), min_size=1, max_size=8),
    method=st.sampled_from(Method),
)
@settings(max_examples=30, deadline=None)
def test_whatever_was_voted_the_count_done_twice_is_the_same(
    rankings: list[tuple[int, ...]], method: Method
) -> None:
    try:
        ledger = held(rankings, method)
    except UnresolvedTie:
        return
    recount = recounted(stored(ledger.facts))
    assert recount.agrees, [check for check in recount.checks if not check.agrees]
