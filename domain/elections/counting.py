"""One door to every method of counting, and one reading of a stated order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from domain.elections.approval import count_approval
from domain.elections.ballots import Contest
from domain.elections.irv import count_irv
from domain.elections.record import Count, Method
from domain.elections.schulze import count_schulze
from domain.elections.scottish import count_scottish
from domain.elections.ties import Stated, Tied
from domain.errors import InvalidTieOrder, UnresolvedTie

_RULES: Mapping[Method, Callable[[Contest, Stated], Count]] = {
    Method.APPROVAL: count_approval,
    Method.IRV: count_irv,
    Method.SCHULZE: count_schulze,
    Method.SCOTTISH: count_scottish,
}


def count_contest(contest: Contest, method: Method, stated: Stated = ()) -> Count:
    """Count a contest by this method; raises UnresolvedTie, which names the candidates."""
    if len(set(stated)) != len(stated):
        raise InvalidTieOrder(stated=len(stated), candidates=len(set(stated)))
    try:
        return _RULES[method](contest, stated)
    except Tied as tie:
        raise UnresolvedTie(tied="; ".join(contest.candidates[each] for each in tie.candidates)) from None


def stated_order(contest: Contest, said: Sequence[str]) -> tuple[int, ...]:
    """Read an order of candidates by their names or numbers, from 1; raises InvalidTieOrder."""
    places = {name: place for place, name in enumerate(contest.candidates)}
    numbers = {str(place + 1): place for place in range(len(contest.candidates))}
    order = []
    for each in said:
        place = places.get(each, numbers.get(each))
        if place is None or place in order:
            raise InvalidTieOrder(said=each)
        order.append(place)
    return tuple(order)
