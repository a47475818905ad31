"""Schulze: of two candidates, the one with the stronger path of pairwise wins stands before the other.

A pairwise win is as strong as the votes that prefer the winner; a path is as strong as its weakest
win (Markus Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
single-winner election method", 2011). Equal ranks prefer neither. Seats go to whom no other candidate
left stands before, seat by seat.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.elections.ballots import Contest, Ranking, papers_among
from domain.elections.record import VOTE, Action, ActionKind, Count, Method, Round, TieBreak, TieRule
from domain.elections.ties import Stated, in_stated_order

Matrix = tuple[tuple[int, ...], ...]


def count_schulze(contest: Contest, stated: Stated = ()) -> Count:
    """Count a contest by Schulze's method; raises Tied where equals are more than the seats left.

    The tally of a candidate in a round is how many of those still standing it stands before.
    """
    papers = papers_among(contest, contest.standing)
    before = strongest_paths(preferences(papers, len(contest.candidates)))
    order = _order(contest.standing, before)
    valid = sum(papers.values())
    elected: list[int] = []
    rounds: list[Round] = []
    for place, tier in enumerate(order):
        left = contest.seats - len(elected)
        if left <= 0:
            break
        remaining = [each for later in order[place:] for each in later]
        ahead = {each: VOTE * sum(before[each][o] > before[o][each] for o in remaining) for each in remaining}
        tie = TieBreak(tier, TieRule.STATED_ORDER) if len(tier) > left else None
        chosen = in_stated_order(tier, stated)[:left] if tie else tier
        actions = tuple(Action(ActionKind.ELECTED, each, ahead[each], tie) for each in chosen)
        rounds.append(Round(ahead, actions))
        elected += chosen
    return Count(
        Method.SCHULZE,
        tuple(elected),
        tuple(rounds),
        valid=valid,
        invalid=contest.votes - valid,
        order=order,
    )


def preferences(papers: dict[Ranking, int], count: int) -> Matrix:
    """Return the votes that prefer each candidate (row) to each other one (column).

    A row is added up as one whole number with a lane a column, wide enough never to overflow: a
    paper then costs one addition a candidate and not one a pair.
    """
    width = sum(papers.values()).bit_length() + 1
    lanes = [1 << width * each for each in range(count)]
    rows = [0] * count
    for ranking, votes in papers.items():
        below = sum(lanes) * votes
        for tier in ranking:
            for candidate in tier:
                below -= lanes[candidate] * votes
            for candidate in tier:
                rows[candidate] += below
    lane = (1 << width) - 1
    return tuple(tuple(row >> width * each & lane for each in range(count)) for row in rows)


def strongest_paths(preferred: Matrix) -> Matrix:
    """Return the strength of the strongest path from each candidate (row) to each other one (column)."""
    everyone = range(len(preferred))
    paths = [
        [preferred[a][b] if preferred[a][b] > preferred[b][a] else 0 for b in everyone] for a in everyone
    ]
    for over in everyone:
        for start in everyone:
            if start != over:
                first = paths[start][over]
                paths[start] = [
                    max(direct, min(first, second)) if end != start else 0
                    for end, (direct, second) in enumerate(zip(paths[start], paths[over], strict=True))
                ]
    return tuple(map(tuple, paths))


def _order(standing: Sequence[int], paths: Matrix) -> tuple[tuple[int, ...], ...]:
    """Return the candidates in tiers: whom nobody left stands before, then again without them."""
    left = list(standing)
    tiers = []
    while left:
        tier = tuple(
            each for each in left if not any(paths[other][each] > paths[each][other] for other in left)
        )
        tiers.append(tier)
        left = [each for each in left if each not in tier]
    return tuple(tiers)
