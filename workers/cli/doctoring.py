"""`tutti doctor`: is everything in its place, and with `--books`, are the books what the log says."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.session import Column, Session, command

if TYPE_CHECKING:
    from projections.doctor.books import Examination
    from projections.doctor.finding import Finding

Books = Annotated[
    bool, typer.Option("--books", help="Compare every row of every read model with the log, and the views.")
]


@command
def doctor(session: Session, *, books: Books = False) -> None:
    """Look at the database, the keys, the read models and the documents; or examine the books."""
    healthy = _examine_books(session) if books else _check_up(session)
    if not healthy:
        raise typer.Exit(1)


def _check_up(session: Session) -> bool:
    from workers.checkup import check_up

    with session.workshop() as workshop:
        lines = check_up(workshop)
    healthy = all(line.well for line in lines)
    if session.screen.as_json:
        session.screen.data({"clean": healthy, "checked": [asdict(line) for line in lines]})
        return healthy
    say = session.screen.words
    session.screen.table(
        "",
        (Column("check"), Column("state"), Column("finding"), Column("next-step")),
        [
            (line.name, say("well" if line.well else "not-well"), line.finding, line.next_step)
            for line in lines
        ],
    )
    return healthy


def _examine_books(session: Session) -> bool:
    from projections.doctor.books import all_checks, examine_books

    with session.workshop() as workshop:
        workshop.projector.catch_up()
        head = workshop.log.head().size
        with session.screen.progress("Examining", head + len(all_checks())) as done:
            examination = examine_books(
                workshop.dsn,
                tenant=workshop.settings.tenant,
                log=workshop.log,
                replaying=lambda position, _: done(position),
                comparing=lambda checks, _: done(head + checks),
            )
    _say(session, examination)
    return examination.clean


def _say(session: Session, examination: Examination) -> None:
    if session.screen.as_json:
        session.screen.data({"clean": examination.clean, **asdict(examination)})
        return
    if examination.clean:
        session.screen.line(
            f"The books hold: {len(examination.checked)} checks, at position {examination.position}."
        )
        return
    session.screen.table(
        session.screen.words("findings"),
        tuple(Column(name) for name in ("read-model", "table", "key", "column", "expected", "found")),
        [_row(finding) for finding in examination.findings],
    )
    session.screen.say(
        "The books do NOT hold. `tutti verify` tells whether the log itself does; if so, `tutti rebuild` "
        "makes the read models anew from it."
    )


def _row(finding: Finding) -> tuple[str, ...]:
    key = ", ".join(f"{name}={value}" for name, value in finding.key.items())
    said = (finding.column, finding.expected, finding.found)
    return finding.view, finding.table, key, *("—" if value is None else str(value) for value in said)
