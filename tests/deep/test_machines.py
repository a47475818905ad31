"""The nightly run knows every state machine there is, tells what disagrees, and how to meet it again."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from tests.deep.__main__ import run
from tests.deep.machines import MACHINES, Machine


def machines(kind: type[RuleBasedStateMachine]) -> Iterator[type[RuleBasedStateMachine]]:
    """Every machine of ours that is no frame for others."""
    for each in kind.__subclasses__():
        if each.__subclasses__():
            yield from machines(each)
        elif each.__module__.startswith("tests.") and each.__module__ != __name__:
            yield each


class Counting(RuleBasedStateMachine):
    """A machine that holds until something above a bound is counted."""

    bound = 10**9

    @rule(more=st.integers(0, 1_000))
    def count(self, more: int) -> None:
        assert more < self.bound


class Wrong(Counting):
    bound = 900


def test_every_machine_there_is_runs_at_night() -> None:
    assert set(machines(RuleBasedStateMachine)) == {machine.kind for machine in MACHINES.values()}


def test_a_machine_that_holds_has_nothing_to_say_and_tells_its_progress() -> None:
    told: list[int] = []
    assert not run(Machine(Counting, 5), 7, 250, told.append)
    assert told == [100, 100, 50]


def test_what_disagrees_is_told_with_the_shortest_way_to_it_and_the_seed_that_meets_it_again() -> None:
    found = run(Machine(Wrong, 20), 7, 1_000, lambda _: None)
    assert "state.count(more=900)" in found
    seed = int(found.rpartition("--seed ")[2].split()[0])
    assert run(Machine(Wrong, 20), seed, 100, lambda _: None) == found
