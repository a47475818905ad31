"""Rounds: the limit, the peers, ours, and the limit again, so that noise hits all of them alike."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.measured import Measured

NOISY = 0.30


@dataclass(frozen=True, slots=True)
class Group:
    """Runs that are compared with one another; `base` is what they are held against."""

    name: str
    base: str
    runs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a group: the base before and after, and what came between."""

    group: Group
    before: Measured
    runs: Mapping[str, Measured]
    after: Measured

    @property
    def base_per_s(self) -> float:
        """The base, as the mean of before and after."""
        return (self.before.per_s + self.after.per_s) / 2

    @property
    def noisy(self) -> bool:
        """Whether the two bases differ too much for this round to say much."""
        high, low = max(self.before.per_s, self.after.per_s), min(self.before.per_s, self.after.per_s)
        return high - low > NOISY * high


def play(
    group: Group,
    runs: Mapping[str, Callable[[], Measured]],
    *,
    rounds: int,
    repeats: int,
    done: Callable[[], None],
) -> list[Round]:
    """Play so many rounds of a group; noisy ones are played again, `repeats` times in all at most.

    What is not in `runs` is passed over: a peer that is not here. `done` is called for each round that
    counts.
    """
    played: list[Round] = []
    while len(played) < rounds:
        one = _play(group, runs)
        if one.noisy and repeats > 0:
            repeats -= 1
            continue
        played.append(one)
        done()
    return played


def present(group: Group, runs: Container[str]) -> Sequence[str]:
    """Return those runs of a group that can be made."""
    return [name for name in group.runs if name in runs]


def _play(group: Group, runs: Mapping[str, Callable[[], Measured]]) -> Round:
    before = runs[group.base]()
    between = {name: runs[name]() for name in present(group, runs)}
    return Round(group, before, between, runs[group.base]())
