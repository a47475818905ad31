"""Changes the rules of the domain one at a time, and sees whether a test notices: `tutti test --mutants`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from tests.mutants.programme import Asked, Programme
from tests.mutants.results import summary

ROOT = Path(__file__).parents[2]
RESULTS = "build/mutants.jsonl"


def main(root: Path = ROOT) -> int:
    """Try the mutants of the modules asked for, print what became of them, and return 0."""
    parser = argparse.ArgumentParser(prog="tutti test --mutants", description=__doc__)
    parser.add_argument(
        "paths", nargs="*", default=["domain"], help="modules or directories (all of domain/)"
    )
    parser.add_argument("--results", type=Path, default=root / RESULTS, help=f"their file ({RESULTS})")
    parser.add_argument("--again", action="store_true", help="try what survived once more")
    parser.add_argument("--sample", type=int, help="try only so many of them, always the same ones")
    parser.add_argument("--only-show", action="store_true", help="show the results there are, try nothing")
    parser.add_argument("--json", action="store_true", help="print JSON")
    asked = parser.parse_args()
    programme = Programme(
        root, Asked(paths=asked.paths, results=asked.results, again=asked.again, sample=asked.sample)
    )
    screen, out = Console(stderr=True), Console()
    bars = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    if not asked.only_show:
        with Progress(*bars, console=screen) as progress:
            task = progress.add_task("", total=None)

            def tell(what: str, done: int, of: int) -> None:
                progress.update(task, description=what, completed=done, total=of)

            programme.run(tell)
    found = summary(programme.results.of(programme.mutants))
    if asked.json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    else:
        for row in found["survivors"]:
            out.print(
                f"{row['module']}:{row['line']} {row['outcome']}: {row['what']}",
                highlight=False,
                markup=False,
            )
        out.print(
            f"{found['mutants']} mutants, {found['killed']} killed ({found['killed_bp'] / 100:.2f} %), "
            f"{found['survived']} survived, {found['unreached']} that no test executes"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
