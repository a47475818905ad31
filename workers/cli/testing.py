"""The test suite, as CI runs it: style, types, import contracts, then the tests themselves.

Apart is what takes long: the fault programme, the state machines run for a night, and the mutants,
which ask the tests what they notice.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from domain.errors import Refusal
from workers.settings import checkout

PytestArguments = Annotated[list[str] | None, typer.Argument(help="Passed on to pytest.")]
Faults = Annotated[
    bool, typer.Option("--faults", help="Run the fault programme instead: kills, cuts, full disks, …")
]
Deep = Annotated[
    bool, typer.Option("--deep", help="Run every state machine for 10,000 examples, with the progress told.")
]
Examples = Annotated[int, typer.Option("--examples", min=1, help="With --deep: how many of each machine.")]
AsMutants = Annotated[
    bool,
    typer.Option(
        "--mutants", help="Change the rules of domain/, or of the modules named, and see which tests notice."
    ),
]
Seed = Annotated[
    int | None,
    typer.Option("--seed", help="With --faults or --deep: the seed of a run, to meet the same again."),
]
Rounds = Annotated[int, typer.Option("--rounds", min=1, help="With --faults: how many kills, and cuts.")]
Part = Annotated[
    list[str] | None, typer.Option("--part", help="With --faults or --deep: only this part; may be repeated.")
]


class NoCheckout(Refusal):
    """The tests are in the source; run `./tutti test` in a checkout."""

    code = "no-checkout"
    fr = "Les tests sont dans les sources ; lancez `./tutti test` dans une copie de travail."
    nl = "De tests staan in de broncode; voer `./tutti test` uit in een werkkopie."


def run_tests(
    arguments: PytestArguments = None,
    *,
    faults: Faults = False,
    deep: Deep = False,
    examples: Examples = 10_000,
    mutants: AsMutants = False,
    seed: Seed = None,
    rounds: Rounds = 200,
    part: Part = None,
) -> None:
    """Run every check and test; with arguments, only pytest, with those."""
    root = checkout()
    if root is None:
        typer.echo(f"tutti: {NoCheckout()}", err=True)
        raise typer.Exit(1)
    seeded = [] if seed is None else ["--seed", str(seed)]
    parts = [word for name in part or () for word in ("--part", name)]
    if faults:
        raise typer.Exit(_python(root, ["tests.faults", "--rounds", str(rounds), *seeded, *parts]))
    if deep:
        raise typer.Exit(_python(root, ["tests.deep", "--examples", str(examples), *seeded, *parts]))
    if mutants:
        raise typer.Exit(_python(root, ["tests.mutants", *(arguments or ())]))
    if arguments:
        raise typer.Exit(_pytest(root, arguments))
    for name, words in _checks():
        typer.echo(f"— {name}", err=True)
        status = subprocess.run([str(_tool(words[0])), *words[1:]], cwd=root, check=False).returncode  # noqa: S603
        if status:
            typer.echo(f"tutti: {name} found something (see above).", err=True)
            raise typer.Exit(status)
    typer.echo("— tests", err=True)
    raise typer.Exit(_pytest(root, ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "worksteal"]))


def _checks() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        ("ruff: rules", ("ruff", "check", ".")),
        ("ruff: format", ("ruff", "format", "--check", ".")),
        ("import contracts", ("lint-imports",)),
        ("mypy: types", ("mypy",)),
    )


def _pytest(root: Path, arguments: list[str]) -> int:
    return _python(root, ["pytest", *arguments])


def _python(root: Path, words: list[str]) -> int:
    words = [sys.executable, "-m", *words]
    return subprocess.run(words, cwd=root, check=False).returncode  # noqa: S603 - our own interpreter


def _tool(name: str) -> Path:
    return Path(sys.executable).parent / name
