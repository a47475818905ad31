"""Runs every state machine for ten thousand examples, or as many as are asked for: `tutti test --deep`."""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Callable
from random import SystemRandom
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from tests.deep.machines import MACHINES, Machine

EXAMPLES, BATCH = 10_000, 100
TOLD_EVERY = 500
"""A line for so many examples, where no bar can be drawn."""
LARGEST_SEED = 10**6


def main() -> int:
    """Run the machines asked for, print a line for each, and return 0 if none disagreed with its paper."""
    parser = argparse.ArgumentParser(prog="tutti test --deep", description=__doc__)
    parser.add_argument("--examples", type=int, default=EXAMPLES, help=f"how many of each ({EXAMPLES})")
    parser.add_argument("--seed", type=int, help="the seed of an earlier run, to meet the same examples")
    parser.add_argument("--part", choices=list(MACHINES), action="append", help="only this machine")
    asked = parser.parse_args()
    seed = SystemRandom().randrange(LARGEST_SEED) if asked.seed is None else asked.seed
    screen, out = Console(stderr=True), Console()
    screen.print(f"seed {seed}, {asked.examples} examples")
    bars = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    wrong = []
    with Progress(*bars, console=screen) as progress:
        for name in asked.part or MACHINES:
            machine = MACHINES[name]
            examples = max(1, asked.examples // machine.one_in)
            task = progress.add_task(name, total=examples)
            begun = time.monotonic()

            def tell(more: int, *, name: str = name, task: TaskID = task) -> None:
                progress.advance(task, more)
                done = progress.tasks[task].completed
                if not screen.is_terminal and not done % TOLD_EVERY:
                    screen.print(f"{name}: {done:.0f} examples", highlight=False)

            found = run(machine, seed, examples, tell)
            seconds = time.monotonic() - begun
            if found:
                wrong.append(name)
                out.print(found, highlight=False, markup=False)
            said = "WRONG, see above" if found else "holds"
            out.print(f"{name}: {said}; seed {seed}, {examples} examples, {seconds:.0f} s", highlight=False)
    return 1 if wrong else 0


def run(machine: Machine, seed: int, examples: int, tell: Callable[[int], object]) -> str:
    """Run a machine for so many examples; return nothing, or what it found and how to meet it again.

    The examples come in batches, each with a seed of its own: what a batch found is met again by
    that seed alone.
    """
    with machine.factory() as make:
        for first in range(0, examples, BATCH):
            batch_seed = seed + first // BATCH
            found = _disagreement(make, machine.steps, batch_seed, min(BATCH, examples - first))
            if found:
                return f"{found}\n--seed {batch_seed} --examples {BATCH * machine.one_in} meets it again"
            tell(min(BATCH, examples - first))
    return ""


def _disagreement(make: Callable[[], Any], steps: int, seed: int, examples: int) -> str:
    def seeded() -> Any:
        return make()

    seeded._hypothesis_internal_use_seed = seed  # type: ignore[attr-defined] # as @seed does
    try:
        run_state_machine_as_test(
            seeded,  # type: ignore[arg-type] # any factory will do
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                database=None,
                deadline=None,
                phases=[Phase.generate, Phase.shrink],
                print_blob=False,
                suppress_health_check=list(HealthCheck),
            ),
        )
    except Exception:  # noqa: BLE001 - whatever it is, the nightly run tells it and goes on
        return traceback.format_exc()
    return ""


if __name__ == "__main__":
    sys.exit(main())
