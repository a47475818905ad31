"""The Scottish rule once more, paper by paper as in a counting hall: the oracle of `domain.elections`.

Written from the text of the order alone and in another way: every single paper lies in front of a
candidate with a value of its own, votes are fractions, and who stands where is looked up anew at each
stage. Nothing is grouped and nothing is kept that the papers on the tables do not show.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor

Paper = list[list[str]]


class Drawn(Exception):  # noqa: N818 - the hall stops here
    """Lots would have to be drawn."""


@dataclass
class OnTheTable:
    """One paper: what it says, what it is worth, and in front of whom it lies."""

    says: Paper
    value: Fraction
    before: str | None


@dataclass
class Stage:
    """What the clerk writes down at the end of a stage."""

    votes: dict[str, Fraction]
    happened: list[tuple[str, str]]
    non_transferable: Fraction


class CountingHall:
    """One count."""

    def __init__(self, candidates: list[str], seats: int, papers: list[Paper], order: list[str]) -> None:
        self.hopeful = list(candidates)
        self.everybody = list(candidates)
        self.seats = seats
        self.order = order
        self.elected: list[str] = []
        self.finished: dict[str, Fraction] = {}
        self.stages: list[Stage] = []
        self.table = [OnTheTable(says, Fraction(1), self._whose(says)) for says in papers]
        self.table = [paper for paper in self.table if paper.before is not None]
        self.quota = floor(Fraction(len(self.table), seats + 1)) + 1

    def _whose(self, says: Paper) -> str | None:
        for rank in says:
            wanted = [name for name in rank if name in self.hopeful]
            if len(wanted) > 1:
                return None
            if wanted:
                return wanted[0]
        return None

    def votes(self, name: str) -> Fraction:
        if name in self.finished:
            return self.finished[name]
        return sum((paper.value for paper in self.table if paper.before == name), Fraction(0))

    def count(self) -> CountingHall:
        self._note([])
        while len(self.elected) < self.seats and self.hopeful:
            waiting = [name for name in self.elected if self.votes(name) > self.quota]
            if waiting:
                self._hand_on_surplus(self._one_of(waiting, most=True))
            else:
                self._exclude(self._one_of(self.hopeful, most=False))
        return self

    def _one_of(self, names: list[str], *, most: bool) -> str:
        """The one with the most or fewest votes now, or at the latest stage at which they differed."""
        seen = [{name: self.votes(name) for name in names}, *(s.votes for s in reversed(self.stages))]
        left = list(names)
        for votes in seen:
            best = (max if most else min)(votes[name] for name in left)
            left = [name for name in left if votes[name] == best]
        if len(left) > 1:
            if not all(name in self.order for name in left):
                raise Drawn(left)
            left.sort(key=self.order.index)
            return left[0] if most else left[-1]
        return left[0]

    def _hand_on_surplus(self, name: str) -> None:
        total = self.votes(name)
        surplus = total - self.quota
        for paper in [each for each in self.table if each.before == name]:
            exact = surplus * paper.value / total
            paper.value = Fraction(floor(exact * 100_000), 100_000)
            paper.before = self._whose(paper.says)
        self.finished[name] = Fraction(self.quota)
        self._note([("surplus-transferred", name)])

    def _exclude(self, name: str) -> None:
        self.hopeful.remove(name)
        if len(self.hopeful) + len(self.elected) > self.seats:
            for paper in [each for each in self.table if each.before == name]:
                paper.before = self._whose(paper.says)
        self._note([("excluded", name)])

    def _note(self, happened: list[tuple[str, str]]) -> None:
        at_quota = {name for name in self.hopeful if self.votes(name) >= self.quota}
        seen = [self.votes, *(s.votes.__getitem__ for s in reversed(self.stages))]

        def place(name: str) -> list[Fraction]:
            return [-votes(name) for votes in seen]

        for name in sorted(at_quota, key=lambda n: (place(n), self.everybody.index(n))):
            self.hopeful.remove(name)
            self.elected.append(name)
            happened.append(("elected", name))
        if len(self.elected) + len(self.hopeful) <= self.seats:
            for name in sorted(self.hopeful, key=lambda n: (place(n), self.everybody.index(n))):
                self.elected.append(name)
                happened.append(("elected-to-last-seat", name))
            self.hopeful = []
        nobody = sum((paper.value for paper in self.table if paper.before is None), Fraction(0))
        self.stages.append(Stage({n: self.votes(n) for n in self.everybody}, happened, nobody))
