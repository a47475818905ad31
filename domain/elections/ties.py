"""Ties: broken by the votes of earlier rounds, then by an order stated beforehand, or else not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from domain.elections.record import TieBreak, TieRule

Stated = Sequence[int]
"""Candidates in the order in which ties are decided for them; it need not name everybody."""


class Tied(Exception):  # noqa: N818 - it ends a count, and `count_contest` says it as a refusal
    """Nothing tells these candidates apart."""

    def __init__(self, candidates: Sequence[int]) -> None:
        """Keep who they are."""
        self.candidates = tuple(candidates)
        super().__init__(self.candidates)


def highest(
    candidates: Sequence[int], history: Sequence[Mapping[int, int]], stated: Stated
) -> tuple[int, TieBreak | None]:
    """Return who prevails among candidates with equal votes, and how the tie was broken.

    `history` holds the votes at the end of each earlier round, the first one first; the latest in
    which they differ decides (Scottish Local Government Elections Order 2007, sch. 1, rules 49(2)
    and 51(2)(a)), again among those it leaves equal. Where the order has lots drawn (49(3), 51(2)(b)),
    the stated order decides. Raises Tied.
    """
    return _break(candidates, history, stated, best=max, last=False)


def lowest(
    candidates: Sequence[int], history: Sequence[Mapping[int, int]], stated: Stated
) -> tuple[int, TieBreak | None]:
    """Return who falls among candidates with equal votes, and how the tie was broken; raises Tied."""
    return _break(candidates, history, stated, best=min, last=True)


def in_stated_order(candidates: Sequence[int], stated: Stated) -> list[int]:
    """Return candidates in the stated order; raises Tied if it does not name them all."""
    if any(each not in stated for each in candidates):
        raise Tied(candidates)
    return sorted(candidates, key=stated.index)


def _break(
    candidates: Sequence[int],
    history: Sequence[Mapping[int, int]],
    stated: Stated,
    *,
    best: Callable[[list[int]], int],
    last: bool,
) -> tuple[int, TieBreak | None]:
    tied = tuple(sorted(candidates))
    if len(tied) == 1:
        return tied[0], None
    left, looked_at = tied, []
    for number, votes in reversed(list(enumerate(history, start=1))):
        wanted = best([votes[each] for each in left])
        kept = tuple(each for each in left if votes[each] == wanted)
        if len(kept) < len(left):
            left = kept
            looked_at.append(number)
        if len(left) == 1:
            return left[0], TieBreak(tied, TieRule.EARLIER_ROUND, tuple(looked_at))
    ordered = in_stated_order(left, stated)
    return ordered[-1 if last else 0], TieBreak(tied, TieRule.STATED_ORDER, tuple(looked_at))
