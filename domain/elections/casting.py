"""Papers as members cast them, and the rounds as facts keep them: candidates by their number on the paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.elections.ballots import Contest, Ranking, contest_of, require_ranking
from domain.elections.record import ActionKind, Count, TieRule
from domain.errors import InvalidRanking

PAGE = 500
"""The most tallies and actions of one page of rounds: a fact holds 60,000 bytes."""
MOST_CANDIDATES = 200
"""So that a round, which may tell of each candidate twice, fits a page."""

Ranked = tuple[tuple[int, ...], ...]
"""The tiers of a paper by the numbers on it, from 1, the best first."""


@dataclass(frozen=True)
class CastPaper:
    """The paper of one member that counts, with the votes of the roll."""

    member_id: UUID
    ranking: Ranked
    votes: int

    def line(self) -> str:
        """Return the paper as the root hashes it."""
        tiers = " ".join("=".join(map(str, tier)) for tier in self.ranking)
        return f"{self.member_id} {self.votes} {tiers}".rstrip()


@dataclass(frozen=True)
class Tallied:
    """The votes of one candidate at the end of a round, in hundred-thousandths."""

    candidate: int
    votes: int


@dataclass(frozen=True)
class Done:
    """One step of a round."""

    kind: ActionKind
    candidate: int
    votes: int


@dataclass(frozen=True)
class KeptRound:
    """One round of a count, from 1, as it is recorded."""

    round: int
    tallies: tuple[Tallied, ...]
    actions: tuple[Done, ...]
    non_transferable: int
    lost: int

    def line(self) -> str:
        """Return the round as the root hashes it."""
        tallies = ",".join(f"{each.candidate}={each.votes}" for each in self.tallies)
        actions = ",".join(f"{each.kind}:{each.candidate}={each.votes}" for each in self.actions)
        return f"{self.round} {tallies} {actions} {self.non_transferable} {self.lost}"


@dataclass(frozen=True)
class KeptTie:
    """A tie of a count: between whom, for or against whom it was broken, by which rule and rounds."""

    round: int
    among: tuple[int, ...]
    candidate: int
    kind: ActionKind
    rule: TieRule
    rounds: tuple[int, ...]


def ranking_of(ranked: Ranked, candidates: int) -> Ranking:
    """Return what a member ranked as the count takes it: places from 0, each tier in their order.

    Raises InvalidRanking for a tier of nobody, and as `require_ranking` does.
    """
    if not all(ranked):
        raise InvalidRanking(tiers=len(ranked))
    ranking = tuple(tuple(sorted(number - 1 for number in tier)) for tier in ranked)
    require_ranking(ranking, candidates)
    return ranking


def contest_of_papers(
    papers: Sequence[CastPaper], *, candidates: int, seats: int, withdrawn: Iterable[int]
) -> Contest:
    """Return the contest of these papers; candidates are named by their numbers, `withdrawn` are numbers too."""
    return contest_of(
        title="",
        candidates=[str(number) for number in range(1, candidates + 1)],
        seats=seats,
        papers=[(ranking_of(paper.ranking, candidates), paper.votes) for paper in papers],
        withdrawn=[number - 1 for number in withdrawn],
    )


def kept_rounds(count: Count) -> tuple[KeptRound, ...]:
    """Return the rounds of a count as they are recorded."""
    return tuple(
        KeptRound(
            number,
            tuple(Tallied(place + 1, votes) for place, votes in sorted(one.tallies.items())),
            tuple(Done(each.kind, each.candidate + 1, each.votes) for each in one.actions),
            one.non_transferable,
            one.lost,
        )
        for number, one in enumerate(count.rounds, start=1)
    )


def kept_ties(count: Count) -> tuple[KeptTie, ...]:
    """Return the ties of a count that were broken, in their order."""
    return tuple(
        KeptTie(
            number,
            tuple(place + 1 for place in tie.among),
            action.candidate + 1,
            action.kind,
            tie.rule,
            tie.rounds,
        )
        for number, one in enumerate(count.rounds, start=1)
        for action in one.actions
        if (tie := action.tie) is not None
    )


def pages_of(rounds: Sequence[KeptRound]) -> Iterator[tuple[KeptRound, ...]]:
    """Return rounds in pages of at most 500 tallies and actions."""
    page: list[KeptRound] = []
    held = 0
    for one in rounds:
        entries = len(one.tallies) + len(one.actions)
        if page and held + entries > PAGE:
            yield tuple(page)
            page, held = [], 0
        page.append(one)
        held += entries
    if page:
        yield tuple(page)
