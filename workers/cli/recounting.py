"""`tutti votes recount|export`: a decision from the stored facts, without the read models."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from domain.errors import UnknownRecord
from workers.cli.session import Column, Session, command, id_of

if TYPE_CHECKING:
    from audit.recount.facts import Facts
    from audit.recount.findings import Check, Recount
    from audit.recount.trails import Sheet

Subject = Annotated[
    str, typer.Argument(metavar="MOTION|ELECTION", help="The id of a motion, a poll or an election.")
]
Folder = Annotated[Path, typer.Argument(help="A folder that does not exist yet.")]
SHOWN = 28
"""Characters of a value that agrees; what does not is shown whole."""


@command
def recount(session: Session, subject: Subject) -> None:
    """Count a decision again from the facts alone: roll, presence, quorum, votes, count and verdict."""
    subject_id = id_of(subject, listed_by="tutti votes")
    facts = _gathered(session)
    found = recount_of(facts, subject_id)
    _say(session, found, facts.size)
    if not found.agrees:
        raise typer.Exit(1)


@command
def export(session: Session, subject: Subject, folder: Folder) -> None:
    """Write the whole trail of a decision into a new folder: a CSV a table, and all of it as JSON."""
    from audit.recount.trails import trail_of
    from workers.cli.documents import CannotWrite

    subject_id = id_of(subject, listed_by="tutti votes")
    facts = _gathered(session)
    try:
        sheets = trail_of(facts, str(subject_id))
    except LookupError:
        raise UnknownRecord(kind="motion or election", id=subject_id) from None
    tables = {each.name: [dict(zip(each.headings, row, strict=True)) for row in each.rows] for each in sheets}
    whole = {"subject": str(subject_id), "size": facts.size, "tables": tables}
    files = {f"{each.name}.csv": _csv(each) for each in sheets}
    files["trail.json"] = json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
    try:
        folder.mkdir(parents=True)
        for name, content in files.items():
            (folder / name).write_text(content, encoding="utf-8", newline="")
    except OSError as error:
        raise CannotWrite(file=folder, reason=error.strerror) from error
    if session.screen.as_json:
        session.screen.data(
            {"subject": subject_id, "size": facts.size, "folder": folder, "files": list(files)}
        )
    else:
        session.screen.line(session.screen.told("trail-written", folder=folder, count=len(files)))


def _csv(sheet: Sheet) -> str:
    """Return a table as CSV (RFC 4180): headings first, CRLF."""
    written = io.StringIO()
    csv.writer(written).writerows([sheet.headings, *sheet.rows])
    return written.getvalue()


def _gathered(session: Session) -> Facts:
    from audit.recount.facts import gather
    from workers.stored_log import stored_log

    with session.ledger() as workshop:
        tenant = workshop.settings.tenant
        with (
            stored_log(workshop.dsn, tenant=tenant) as log,
            session.screen.progress("Reading the log", log.head.size) as done,
        ):
            return gather(log.facts(done))


def recount_of(facts: Facts, subject_id: UUID) -> Recount:
    """Return the recount of a motion, of the motion of a poll, or of an election; raises UnknownRecord."""
    from audit.recount.elections import recount_election
    from audit.recount.motions import motion_of_poll, recount_motion

    subject = str(subject_id)
    try:
        if facts.first(subject, "election.called") is not None:
            return recount_election(facts, subject)
        return recount_motion(facts, motion_of_poll(facts, subject) or subject)
    except LookupError:
        raise UnknownRecord(kind="motion or election", id=subject_id) from None


def _say(session: Session, found: Recount, size: int) -> None:
    screen = session.screen
    if screen.as_json:
        steps = [asdict(check) for check in found.checks]
        screen.data(
            {
                "subject": found.subject,
                "kind": found.kind,
                "size": size,
                "agrees": found.agrees,
                "checks": steps,
            }
        )
        return
    columns = (
        Column("step"),
        Column("position", figures=True),
        Column("recorded"),
        Column("recounted"),
        Column("same"),
    )
    screen.table(screen.words("recount"), columns, [_row(session, check) for check in found.checks])
    wrong = [_named(session, check.name) for check in found.checks if not check.agrees]
    if found.agrees:
        screen.line(screen.told("recount-agrees", steps=len(found.checks), size=size))
    else:
        screen.line(screen.told("recount-differs", steps=", ".join(wrong) or "-"))


def _row(session: Session, check: Check) -> tuple[str, ...]:
    same = session.screen.words("agrees-same" if check.agrees else "agrees-not")
    recorded, recounted = check.recorded, check.recounted
    if check.agrees:
        recorded, recounted = (_short(each) for each in (recorded, recounted))
    return _named(session, check.name), str(check.position or ""), recorded, recounted, same


def _named(session: Session, name: str) -> str:
    """Return a step in the language of who asked; rounds are numbered."""
    head, _, number = name.rpartition(" ")
    return f"{session.screen.words(head)} {number}" if number.isdigit() else session.screen.words(name)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
