"""`tutti cutover`: take over from old books, or only see whether they agree."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from domain.money import euros
from workers.cli.bank import NoSuchFile
from workers.cli.session import Column, Session, command

if TYPE_CHECKING:
    from api.cutover import CutoverReport

File = Annotated[Path, typer.Argument(help="The old books, as docs/reference/cutover-format.md says.")]
Entity = Annotated[str, typer.Option("--entity", help="The code of the legal entity.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what agrees; record nothing.")]


@command
def cutover(session: Session, file: File, *, entity: Entity, dry_run: DryRun = False) -> None:
    """Take over from old books in one batch, reconciled to the cent; what differs is named and refused."""
    from api.cutover import record_old_books, try_old_books
    from domain.ledger.entities import entity_id_of
    from workers.asking import local_caller
    from workers.clock import new_id

    try:
        content = file.read_bytes()
    except OSError as error:
        raise NoSuchFile(file=file, reason=error.strerror) from error
    entity_id, key, lang = entity_id_of(entity), str(new_id()), session.screen.lang
    with session.ledger() as workshop, workshop.projecting():
        who = (workshop.services, local_caller(), content)
        report = try_old_books(*who, entity_id=entity_id, key=key, lang=lang)
        if report.refused is None and not dry_run:
            report = record_old_books(*who, entity_id=entity_id, key=key)
    _show(session, report)
    if report.refused is not None:
        raise typer.Exit(1)


def _show(session: Session, report: CutoverReport) -> None:
    say = session.screen
    if say.as_json:
        say.data(asdict(report))
        return
    columns = (
        Column("figure"),
        Column("account"),
        Column("by-old-books", figures=True),
        Column("by-items", figures=True),
        Column("difference", figures=True),
    )
    rows = [
        (
            say.words(f"cutover-{each.what}"),
            each.subject,
            euros(each.books_c),
            euros(each.items_c),
            euros(each.difference_c) if each.difference_c else "",
        )
        for each in report.figures
    ]
    say.table(f"{say.words('cutover')} · {report.day}", columns, rows)
    if report.refused is not None:
        say.say(f"tutti: {report.because}")
    elif report.position is None:
        say.line(say.words("cutover-agrees"))
    else:
        say.line(f"{say.words('cutover-recorded')} (position {report.position}, {report.source_sha256}).")
