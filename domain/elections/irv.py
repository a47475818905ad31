"""Instant run-off: the candidate with the fewest votes falls, until one has more than half.

More than half of the votes that still count. For several seats it is held once a seat, each time
without those elected before; every paper then counts again from its top. Equal ranks and ties are
treated as in the Scottish rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from domain.elections.ballots import Contest, Ranking, next_preference, papers_among
from domain.elections.record import VOTE, Action, ActionKind, Count, Method, Round
from domain.elections.ties import Stated, lowest


def count_irv(contest: Contest, stated: Stated = ()) -> Count:
    """Count a contest by instant run-off; raises Tied."""
    standing = set(contest.standing)
    papers = papers_among(contest, standing)
    valid = sum(votes for ranking, votes in papers.items() if len(ranking[0]) == 1)
    elected: list[int] = []
    rounds: list[Round] = []
    while standing and len(elected) < contest.seats:
        run_off = _run_off(papers, set(standing), stated)
        winner = run_off[-1].actions[-1].candidate
        rounds += run_off
        elected.append(winner)
        standing.remove(winner)
    return Count(Method.IRV, tuple(elected), tuple(rounds), valid=valid, invalid=contest.votes - valid)


def _run_off(papers: Mapping[Ranking, int], continuing: set[int], stated: Stated) -> list[Round]:
    """Return the rounds for one seat; the last action of the last one elects."""
    held: dict[int | None, list[Ranking]] = {each: [] for each in (*continuing, None)}
    for ranking in papers:
        held[next_preference(ranking, continuing)].append(ranking)
    rounds: list[Round] = []
    tallies = {each: _votes(papers, held[each]) for each in sorted(continuing)}
    while True:
        stopped = _votes(papers, held[None])
        first = max(tallies, key=tallies.__getitem__)
        if len(continuing) == 1 or 2 * tallies[first] > sum(tallies.values()):
            elected = Action(ActionKind.ELECTED, first, tallies[first])
            return [*rounds, Round(tallies, (elected,), stopped)]
        fewest = min(tallies.values())
        tied = [each for each in continuing if tallies[each] == fewest]
        last, tie = lowest(tied, [each.tallies for each in rounds], stated)
        rounds.append(Round(tallies, (Action(ActionKind.EXCLUDED, last, fewest, tie),), stopped))
        continuing.remove(last)
        tallies = {each: votes for each, votes in tallies.items() if each != last}
        for ranking in held.pop(last):
            candidate = next_preference(ranking, continuing)
            held[candidate].append(ranking)
            if candidate is not None:
                tallies[candidate] += papers[ranking] * VOTE


def _votes(papers: Mapping[Ranking, int], held: Iterable[Ranking]) -> int:
    return VOTE * sum(papers[ranking] for ranking in held)
