"""`tutti votes recount`: count a decision again from the stored facts, without the read models."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from domain.errors import UnknownRecord
from workers.cli.session import Column, Session, command
from workers.cli.votes import id_of

if TYPE_CHECKING:
    from audit.recount.facts import Facts
    from audit.recount.findings import Check, Recount

Subject = Annotated[
    str, typer.Argument(metavar="MOTION|ELECTION", help="The id of a motion, a poll or an election.")
]
SHOWN = 28
"""Characters of a value that agrees; what does not is shown whole."""


@command
def recount(session: Session, subject: Subject) -> None:
    """Count a decision again from the facts alone: roll, presence, quorum, votes, count and verdict."""
    from audit.recount.facts import gather
    from workers.stored_log import stored_log

    subject_id = id_of(subject)
    with session.ledger() as workshop:
        tenant = workshop.settings.tenant
        with (
            stored_log(workshop.dsn, tenant=tenant) as log,
            session.screen.progress("Reading the log", log.head.size) as done,
        ):
            facts = gather(log.facts(done))
    found = recount_of(facts, subject_id)
    _say(session, found, facts.size)
    if not found.agrees:
        raise typer.Exit(1)


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
