"""What is counted: the candidates, the seats, and papers that rank candidates, some perhaps equally.

Candidates are known by their place in the list, from 0. A paper ranks whom it likes: its first tier
stands before the second, the candidates of one tier stand equal, and those it does not name stand
below all the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.errors import (
    CandidateRankedTwice,
    CandidatesNotNamed,
    NoSeats,
    UnknownCandidate,
    VotesNotPositive,
)

Ranking = tuple[tuple[int, ...], ...]
"""The tiers of one paper, the best first; each holds its candidates in the order of the list."""


@dataclass(frozen=True)
class Contest:
    """One election as it goes to the count; equal papers stand together, with their votes added up."""

    title: str
    candidates: tuple[str, ...]
    seats: int
    papers: Mapping[Ranking, int]
    withdrawn: frozenset[int] = frozenset()

    @property
    def standing(self) -> tuple[int, ...]:
        """The candidates who did not withdraw."""
        return tuple(each for each in range(len(self.candidates)) if each not in self.withdrawn)

    @property
    def votes(self) -> int:
        """The votes on all papers, valid or not."""
        return sum(self.papers.values())


def contest_of(
    *,
    title: str,
    candidates: Sequence[str],
    seats: int,
    papers: Iterable[tuple[Ranking, int]],
    withdrawn: Iterable[int] = (),
) -> Contest:
    """Return the contest of these papers, each with its votes.

    Raises CandidatesNotNamed, NoSeats, UnknownCandidate, CandidateRankedTwice, VotesNotPositive.
    """
    names = tuple(candidates)
    require_names(names)
    if seats < 1:
        raise NoSeats(seats=seats)
    gone = frozenset(withdrawn)
    require_known(gone, len(names))
    together: Counter[Ranking] = Counter()
    for ranking, votes in papers:
        if votes < 1:
            raise VotesNotPositive(votes=votes)
        together[ranking] += votes
    for ranking in together:
        require_ranking(ranking, len(names))
    return Contest(title, names, seats, together, gone)


def require_names(names: Sequence[str]) -> None:
    """Refuse candidates of whom one has no name, or the name of another; raises CandidatesNotNamed."""
    own = {each for each in names if each.strip()}
    if not names or len(own) != len(names):
        raise CandidatesNotNamed(candidates=len(names), names=len(own))


def require_known(candidates: Iterable[int], count: int) -> None:
    """Refuse a candidate who is not one of so many; raises UnknownCandidate with the number, from 1."""
    for each in candidates:
        if not 0 <= each < count:
            raise UnknownCandidate(candidate=each + 1, candidates=count)


def require_ranking(ranking: Ranking, count: int) -> None:
    """Refuse a paper that names nobody in a tier, someone unknown, or someone twice."""
    named = [each for tier in ranking for each in tier]
    require_known(named, count)
    if len(set(named)) != len(named):
        twice = next(each for each in named if named.count(each) > 1)
        raise CandidateRankedTwice(candidate=twice + 1)


def papers_among(contest: Contest, standing: Iterable[int]) -> dict[Ranking, int]:
    """Return the papers as if only these candidates stood, those that rank none of them left out."""
    among = frozenset(standing)
    if len(among) == len(contest.candidates):
        return {ranking: votes for ranking, votes in contest.papers.items() if ranking}
    papers: Counter[Ranking] = Counter()
    for ranking, votes in contest.papers.items():
        tiers = (tuple(each for each in tier if each in among) for tier in ranking)
        papers[tuple(tier for tier in tiers if tier)] += votes
    papers.pop((), None)
    return dict(papers)


def next_preference(ranking: Ranking, continuing: frozenset[int] | set[int]) -> int | None:
    """Return the candidate to whom a paper goes next; None if it names none, or cannot say which.

    A rank shared by several continuing candidates gives the paper to none of them, and none below
    has it before them: there it stops. Shared with those elected, excluded or withdrawn only, it is
    the preference for the one who is left.
    """
    for tier in ranking:
        if len(tier) == 1:
            if tier[0] in continuing:
                return tier[0]
        elif left := [each for each in tier if each in continuing]:
            return left[0] if len(left) == 1 else None
    return None
