"""No aggregate is left without a machine, and no machine asks in vain."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from domain.catalogue import AGGREGATES
from domain.facts import Ledgered
from tests.deep.machines import IN_MEMORY, MACHINES

EXAMPLES = 15
"""Of each machine, always the same ones."""
MORE = {"orders-and-late-payers": 45, "payees": 60, "plans": 45, "year": 60}
"""What an example draws also depends on the modules that other tests imported, so there is room to spare.

An invoice must be issued, stay unpaid beyond its day, and have interest claimed before there is a late claim.

A plan must reckon over years, and a document be counted by it, before there is a year of it. A dividend
must be voted, appropriated and shared out before anything of it is due.
"""


@cache
def run() -> dict[str, list[Any]]:
    """Run each machine that needs no database, and return those that were made by its name."""
    ran: dict[str, list[Any]] = {}
    for name, machine in MACHINES.items():
        if machine.one_in is not IN_MEMORY:
            continue
        made = ran[name] = []

        def make(made: list[Any] = made, kind: Any = machine.kind) -> Any:
            made.append(kind())
            return made[-1]

        run_state_machine_as_test(
            make,  # type: ignore[arg-type] # any factory will do
            settings=settings(
                max_examples=MORE.get(name, EXAMPLES),
                stateful_step_count=machine.steps,
                derandomize=True,
                database=None,
                deadline=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
    return ran


def recorded(made: list[Any]) -> Iterator[type[Ledgered]]:
    """The aggregates that facts of these ledgers were recorded of."""
    kinds = {type(fact) for each in made for fact in each.ledger.facts}
    for aggregate in AGGREGATES:
        if any(issubclass(kind, aggregate.Event) for kind in kinds):
            yield aggregate


def test_every_aggregate_receives_facts_in_some_state_machine() -> None:
    driven = {aggregate for made in run().values() for aggregate in recorded(made)}
    assert {each.__name__ for each in AGGREGATES} - {each.__name__ for each in driven} == set()


def test_most_of_what_machines_ask_is_granted_at_times_and_refused_at_times() -> None:
    """A rule whose paper always says no would hold of anything, and one whose paper never does as well."""
    granted: set[str] = set()
    refused: set[str] = set()
    for made in run().values():
        for asked in (each for machine in made for each in machine.ledger.asked):
            (granted if asked.refusal is None else refused).add(asked.use_case.__name__)
    most = len(granted | refused) * 4 // 5
    assert len(granted) >= most, sorted(refused - granted)
    assert len(refused) >= len(granted | refused) * 2 // 3, sorted(granted - refused)
