"""Runs the fault programme and prints what it came to: `tutti test --faults`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from random import SystemRandom

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from tests.faults.own_server import own_server
from tests.faults.programme import PARTS, Result, timed

ROUNDS = 200
LARGEST_SEED = 10**6
COLUMNS = (
    "part",
    "seed",
    "faults",
    "flight",
    "acked",
    "refused",
    "unknown",
    "left",
    "facts",
    "s",
)


def main() -> int:
    """Run the parts asked for, print a line for each result, and return 0 if everything holds."""
    parser = argparse.ArgumentParser(prog="tutti test --faults", description=__doc__)
    parser.add_argument("--seed", type=int, help="the seed of an earlier run, to meet the same faults")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how many kills, and as many cuts")
    parser.add_argument("--part", choices=list(PARTS), action="append", help="only this part")
    asked = parser.parse_args()
    seed = SystemRandom().randrange(LARGEST_SEED) if asked.seed is None else asked.seed
    screen, out = Console(stderr=True), Console()
    screen.print(f"seed {seed}, {asked.rounds} rounds")
    results: list[tuple[Result, float]] = []
    failed: list[str] = []
    begun = time.monotonic()
    bars = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*bars, console=screen) as progress, own_server() as server:
        for name in asked.part or PARTS:
            task = progress.add_task(name, total=1.0)

            def tell(what: str, done: float, *, name: str = name, task: object = task) -> None:
                progress.update(task, description=f"{name}: {what}", completed=done)  # type: ignore[arg-type]

            try:
                for result, seconds in timed(PARTS[name], server, seed=seed, rounds=asked.rounds, tell=tell):
                    results.append((result, seconds))
                    screen.print(" ".join((*row(result, seconds), result.note)))
            except (AssertionError, TimeoutError) as wrong:
                failed.append(f"{name}: {wrong}")
                screen.print(f"[red]{name}: {wrong}")
                server.discard()
                server.restart()
            progress.update(task, description=name, completed=1.0)
    show(out, results)
    for each in failed:
        out.print(f"WRONG {each}", highlight=False)
    out.print(f"{'wrong' if failed else 'all holds'}: seed {seed}, {time.monotonic() - begun:.0f} s")
    return 1 if failed else 0


def row(result: Result, seconds: float) -> Sequence[str]:
    """Return what the table says of a result."""
    verdict = result.verdict
    counts: Sequence[object] = ("", "", "", "", "")
    if verdict is not None:
        counts = (verdict.acknowledged, verdict.refused, verdict.in_doubt, verdict.unknown, verdict.facts)
    flight = "" if result.in_flight is None else result.in_flight
    return [
        str(each) for each in (result.part, result.seed, result.faults, flight, *counts, f"{seconds:.0f}")
    ]


def show(out: Console, results: Sequence[tuple[Result, float]]) -> None:
    """Print the table of all results, and the sums of what clients heard."""
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    for name in COLUMNS:
        table.add_column(name, no_wrap=True, justify="left" if name == "part" else "right")
    for result, seconds in results:
        table.add_row(*row(result, seconds))
    out.print(table)
    for result, _ in results:
        if result.note:
            out.print(f"{result.part}: {result.note}", highlight=False)
    verdicts = [result.verdict for result, _ in results if result.verdict is not None]
    out.print(
        f"acknowledged {sum(each.acknowledged for each in verdicts)}, "
        f"refused {sum(each.refused for each in verdicts)}, "
        f"unknown for a while {sum(each.in_doubt for each in verdicts)}, "
        f"of which never asked again {sum(each.unknown for each in verdicts)}; "
        f"lost 0, doubled 0, refused and present 0"
        if all(not each.wrong for each in verdicts)
        else "see what is wrong below"
    )


if __name__ == "__main__":
    sys.exit(main())
