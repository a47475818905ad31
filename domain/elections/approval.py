"""Approval: every candidate a paper names, at whatever rank, has its votes; the most approved are elected."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from domain.elections.ballots import Contest, papers_among
from domain.elections.record import VOTE, Action, ActionKind, Count, Method, Round, TieBreak, TieRule
from domain.elections.ties import Stated, in_stated_order


def count_approval(contest: Contest, stated: Stated = ()) -> Count:
    """Count a contest by approval; raises Tied where equals are more than the seats left."""
    approvals = Counter(dict.fromkeys(contest.standing, 0))
    papers = papers_among(contest, contest.standing)
    for ranking, votes in papers.items():
        for tier in ranking:
            for candidate in tier:
                approvals[candidate] += votes
    ranked = sorted(approvals, key=lambda each: (-approvals[each], each))
    order = tuple(tuple(tier) for _, tier in groupby(ranked, key=approvals.__getitem__))
    actions: list[Action] = []
    for tier in order:
        left = contest.seats - len(actions)
        if left <= 0:
            break
        tie = TieBreak(tier, TieRule.STATED_ORDER) if len(tier) > left else None
        chosen = in_stated_order(tier, stated)[:left] if tie else tier
        actions += [Action(ActionKind.ELECTED, each, approvals[each] * VOTE, tie) for each in chosen]
    valid = sum(papers.values())
    return Count(
        Method.APPROVAL,
        tuple(each.candidate for each in actions),
        (Round({each: votes * VOTE for each, votes in approvals.items()}, tuple(actions)),),
        valid=valid,
        invalid=contest.votes - valid,
        order=order,
    )
