"""Single transferable vote as Scotland counts it.

Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1, part III, rules 45 to 52.
A paper whose first preference cannot be read, because it names nobody or several candidates as
first, is not valid and does not count for the quota. The order knows no equal ranks further down: there
the paper is non-transferable, as `next_preference` says. Where the order has lots drawn, an order
stated before the count decides, or the count is refused.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from domain.elections.ballots import Contest, Ranking, next_preference, papers_among
from domain.elections.record import VOTE, Action, ActionKind, Count, Method, Round
from domain.elections.ties import Stated, highest, lowest

Parcels = dict[tuple[Ranking, int], int]
"""The papers a candidate holds: how many there are of each ranking and value."""


def count_scottish(contest: Contest, stated: Stated = ()) -> Count:
    """Count a contest by the Scottish rule; raises Tied."""
    return _ScottishCount(contest, stated).run()


class _ScottishCount:
    """The table of one count: who holds which papers, and the record so far."""

    def __init__(self, contest: Contest, stated: Stated) -> None:
        """Sort the papers by first preferences (rule 45) and reckon the quota (rule 46)."""
        self.seats = contest.seats
        self.stated = stated
        self.continuing = set(contest.standing)
        self.held: dict[int, Parcels] = {each: {} for each in contest.standing}
        self.tallies = dict.fromkeys(contest.standing, 0)
        self.elected: list[int] = []
        self.surpluses: list[int] = []
        self.rounds: list[Round] = []
        self.non_transferable = self.lost = 0
        self.valid = 0
        for ranking, votes in papers_among(contest, contest.standing).items():
            first = next_preference(ranking, self.continuing)
            if first is not None:
                self.valid += votes
                self._credit(first, {(ranking, VOTE): votes})
        self.invalid = contest.votes - self.valid
        self.quota = self.valid // (contest.seats + 1) + 1

    def run(self) -> Count:
        """Go on, stage by stage, until every seat is filled or nobody is left."""
        self._end_round([])
        while self.continuing and len(self.elected) < self.seats:
            if self.surpluses:
                self._transfer_surplus()
            else:
                self._exclude()
        return Count(
            Method.SCOTTISH,
            tuple(self.elected),
            tuple(self.rounds),
            valid=self.valid,
            invalid=self.invalid,
            quota=self.quota,
        )

    def _transfer_surplus(self) -> None:
        """Transfer the highest surplus at its transfer value (rules 48 and 49)."""
        most = max(self.tallies[each] for each in self.surpluses)
        tied = [each for each in self.surpluses if self.tallies[each] == most]
        candidate, tie = highest(tied, self._earlier_rounds(), self.stated)
        self.surpluses.remove(candidate)
        total = self.tallies[candidate]
        surplus = total - self.quota * VOTE
        # Rule 48(3): surplus x value / total, to five decimal places, any remainder being ignored.
        revalued: Counter[tuple[Ranking, int]] = Counter()
        for (ranking, value), papers in self.held.pop(candidate).items():
            revalued[ranking, surplus * value // total] += papers
        moved = self._transfer(revalued)
        self.lost += surplus - moved
        self.tallies[candidate] = self.quota * VOTE
        self._end_round([Action(ActionKind.SURPLUS_TRANSFERRED, candidate, surplus, tie)])

    def _exclude(self) -> None:
        """Exclude the last and transfer the papers at the values they have (rules 50 and 51).

        If the others are no more than the seats left, nothing is transferred any more (rule 52(2)).
        """
        fewest = min(self.tallies[each] for each in self.continuing)
        tied = [each for each in self.continuing if self.tallies[each] == fewest]
        candidate, tie = lowest(tied, self._earlier_rounds(), self.stated)
        self.continuing.remove(candidate)
        if len(self.continuing) > self.seats - len(self.elected):
            self._transfer(self.held.pop(candidate))
            self.tallies[candidate] = 0
        self._end_round([Action(ActionKind.EXCLUDED, candidate, fewest, tie)])

    def _transfer(self, papers: Mapping[tuple[Ranking, int], int]) -> int:
        """Give papers to their next preferences; return the votes moved, those to nobody included."""
        parcels: defaultdict[int | None, Parcels] = defaultdict(dict)
        for (ranking, value), count in papers.items():
            parcels[next_preference(ranking, self.continuing)][ranking, value] = count
        for candidate, parcel in parcels.items():
            if candidate is None:
                self.non_transferable += _votes(parcel)
            else:
                self._credit(candidate, parcel)
        return sum(_votes(parcel) for parcel in parcels.values())

    def _credit(self, candidate: int, parcel: Parcels) -> None:
        held = self.held[candidate]
        for kind, count in parcel.items():
            held[kind] = held.get(kind, 0) + count
        self.tallies[candidate] += _votes(parcel)

    def _end_round(self, actions: list[Action]) -> None:
        """Deem elected who reaches the quota (rule 47), or all who are left (rule 52), and write it down."""
        reached = [each for each in self.continuing if self.tallies[each] >= self.quota * VOTE]
        for each in self._in_order(reached):
            self._elect(each, ActionKind.ELECTED, actions)
            if self.tallies[each] > self.quota * VOTE:
                self.surpluses.append(each)
        if len(self.continuing) <= self.seats - len(self.elected):
            for each in self._in_order(self.continuing):
                self._elect(each, ActionKind.ELECTED_TO_LAST_SEAT, actions)
        self.rounds.append(Round(dict(self.tallies), tuple(actions), self.non_transferable, self.lost))

    def _elect(self, candidate: int, kind: ActionKind, actions: list[Action]) -> None:
        self.continuing.remove(candidate)
        self.elected.append(candidate)
        actions.append(Action(kind, candidate, self.tallies[candidate]))

    def _in_order(self, candidates: list[int] | set[int]) -> list[int]:
        """Return who are elected together, the most votes first now, then in earlier rounds.

        All of them are elected, so those who were equal throughout keep the order of the list.
        """
        history = [self.tallies, *reversed(self._earlier_rounds())]
        return sorted(candidates, key=lambda each: ([-votes[each] for votes in history], each))

    def _earlier_rounds(self) -> list[Mapping[int, int]]:
        return [each.tallies for each in self.rounds]


def _votes(parcel: Parcels) -> int:
    return sum(value * count for (_, value), count in parcel.items())
