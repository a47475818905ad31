"""`tutti bench`: measure the ledger against its limits and its peers, on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workers.cli.session import Column, Session, command

if TYPE_CHECKING:
    from collections.abc import Mapping

Seconds = Annotated[float, typer.Option("--seconds", min=0.1, help="How long each run is measured.")]
Rounds = Annotated[int, typer.Option("--rounds", min=1, help="How often each is measured.")]
Only = Annotated[str, typer.Option("--only", help="Only these figures, such as a1,a2.")]
Repeats = Annotated[int, typer.Option("--repeats", min=0, help="How often noisy rounds are played again.")]
Accounts = Annotated[int, typer.Option("--accounts", min=1, help="How many invoices and members.")]
Half = Annotated[bool, typer.Option("--half", help="Judge by half the goals, as on a busy machine.")]
Long = Annotated[int, typer.Option("--long", help="Pay so often in one run, and look at the memory.")]
Pgledger = Annotated[Path | None, typer.Option("--pgledger", help="A checkout of pgledger, as a peer.")]
Folder = Annotated[Path | None, typer.Option("--folder", help="Where on a disk its server may live.")]
Page = Annotated[Path | None, typer.Option("--page", help="Write the figures into this page as well.")]

HALF = 0.5


@command
def write(
    session: Session,
    *,
    seconds: Seconds = 8.0,
    rounds: Rounds = 3,
    only: Only = "",
    accounts: Accounts = 1000,
    repeats: Repeats = 3,
    half: Half = False,
    long: Long = 0,
    pgledger: Pgledger = None,
    folder: Folder = None,
    page: Page = None,
) -> None:
    """Measure writing, on a PostgreSQL of its own in a temporary folder; a missed goal is status 1."""
    from benchmarks.report import markdown, written_into
    from benchmarks.writing import Asked, steps
    from benchmarks.writing import write as measure
    from workers.clock import wall_clock
    from workers.memory import collect_seldom

    asked = Asked(
        seconds=seconds,
        rounds=rounds,
        names=tuple(name.strip() for name in only.split(",") if name.strip()),
        accounts=accounts,
        repeats=repeats,
        ease=HALF if half else 1.0,
        long=long,
        pgledger=pgledger,
        folder=folder,
    )
    text = page.read_text(encoding="utf-8") if page else ""
    if page:
        written_into(text, "")
    collect_seldom()  # as every process of the ledger does that decides
    with session.screen.progress("Measuring", steps(asked)) as done:
        document = measure(asked, clock=wall_clock, audit=fault_of, done=done)
    if page:
        table = markdown(document, _Words())
        page.write_text(written_into(text, table), encoding="utf-8")
    if session.screen.as_json:
        session.screen.data(document)
    else:
        _show(session, document)
    if document["missed"]:
        raise typer.Exit(1)


def fault_of(dsn: str, recorder: bytes) -> str | None:
    """Recompute the log from its stored rows, as `tutti verify` does."""
    from audit.recompute import recompute
    from benchmarks.server import TENANT
    from workers.stored_log import stored_log

    with stored_log(dsn, tenant=TENANT) as log:
        finding = recompute(log.facts(lambda _: None), log.batches(), log.head, recorder=recorder)
    return None if finding.holds else f"position {finding.position}: {finding.fault}"


def _show(session: Session, document: Mapping[str, Any]) -> None:
    from benchmarks.report import FIGURE_HEADS, RUN_HEADS, figure_rows, run_rows, sentences

    screen = session.screen
    shown = [FIGURE_HEADS.index(head) for head in _ON_SCREEN]
    rows = [
        [screen.words(row[place]) if FIGURE_HEADS[place] == "verdict" else row[place] for place in shown]
        for row in figure_rows(document)
    ]
    columns = [Column(head, figures=head in ("median", "goal")) for head in _ON_SCREEN]
    screen.table(screen.words("figures"), columns, rows)
    columns = [Column(head, figures=head != "run") for head in RUN_HEADS]
    screen.table(screen.words("runs"), columns, list(run_rows(document)))
    for sentence in sentences(document):
        screen.say(sentence)
    postgres = document["machine"]["postgresql"]
    screen.say(", ".join(f"{name} {value}" for name, value in postgres.items()))
    for peer, why in document["missing"].items():
        screen.say(f"Missing: {peer}, {why}.")
    if document["noisy"]:
        screen.say(f"Noisy, the limits differed by over 30 %: {', '.join(document['noisy'])}.")
    if document["missed"]:
        screen.say(f"Missed: {', '.join(document['missed'])}. What each means: docs/reference/benchmarks.md")


# What fits a terminal; all of it stands in the JSON.
_ON_SCREEN = ("figure", "measure", "median", "goal", "verdict")


class _Words(dict[str, str]):
    """The English words, for a page of the documentation."""

    def __missing__(self, key: str) -> str:
        from workers.cli.words import said

        return said(key, "en")
