"""`tutti import-bank`: take bank statements in, and say what waits for a person."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from domain.errors import NotFound, Refusal
from domain.money import euros
from workers.cli.session import Column, Session, command, refusal_document

if TYPE_CHECKING:
    from api.importing import ImportReport
    from projections.bank_lines import LineOfBank
    from projections.suggestions import Suggestion
    from workers.workshop import Workshop

Files = Annotated[list[Path], typer.Argument(help="CAMT.053 files, in any order of versions.")]
OpenAccountsOf = Annotated[
    str | None,
    typer.Option(
        "--open-accounts-of",
        help="Open each account the ledger does not know, for this entity, at its own opening balance.",
    ),
]


class NoSuchFile(NotFound):
    """This file cannot be read."""

    code = "no-such-file"
    fr = "Ce fichier ne peut pas être lu."
    nl = "Dit bestand kan niet gelezen worden."


@command
def import_bank(session: Session, files: Files, *, open_accounts_of: OpenAccountsOf = None) -> None:
    """Import bank statements (CAMT.053); each entry is taken once, however often its file comes."""
    from api.importing import import_file
    from workers.asking import local_caller
    from workers.clock import new_id

    contents = [(path, _content(path)) for path in files]
    imported: list[tuple[Path, ImportReport, Waits]] = []
    with session.ledger() as workshop, workshop.projecting():
        for path, content in contents:
            try:
                if open_accounts_of is not None:
                    _open_accounts(workshop, content, entity=open_accounts_of)
                report = import_file(workshop.services, local_caller(), content, key=str(new_id()))
            except Refusal as refusal:
                _show_all(session, imported, refusal.about(file=path))
                raise
            imported.append((path, report, _suggested(workshop, report)))
    _show_all(session, imported)


def _show_all(
    session: Session, imported: list[tuple[Path, ImportReport, Waits]], refusal: Refusal | None = None
) -> None:
    """Show what was imported; also before the refusal of a later file, for it stays imported."""
    if not session.screen.as_json:
        for each in imported:
            _show(session, *each)
    elif refusal is None:
        session.screen.data({"files": [_document(*each) for each in imported]})
    elif imported:
        session.screen.data(
            {
                "files": [_document(*each) for each in imported],
                "refused": refusal_document(refusal, session.screen.lang),
            }
        )
        raise typer.Exit(1)


Waits = list[tuple["LineOfBank", list["Suggestion"]]]


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise NoSuchFile(file=path, reason=error.strerror) from error


def _open_accounts(workshop: Workshop, content: bytes, *, entity: str) -> None:
    """Open what accounts of the file are new, each at the opening balance of its first statement."""
    from domain.ledger import bank
    from domain.ledger.entities import entity_id_of
    from interchange.camt053 import read_camt053
    from workers.asking import perform

    first = {each.account: each for each in reversed(read_camt053(content).statements)}
    for account, statement in first.items():
        if not workshop.log.stream(bank.account_id_of(account)):
            perform(
                workshop,
                "bank-account.open",
                bank.open_bank_account,
                day=statement.from_on,
                entity_id=entity_id_of(entity),
                account=account,
                balance_c=statement.opening_c,
                balance_on=statement.from_on,
            )


def _suggested(workshop: Workshop, report: ImportReport) -> Waits:
    from projections.bank_lines import unallocated_lines
    from projections.suggestions import suggestions_for

    waiting = {each.line_id for each in report.waiting}
    if report.allocated:
        workshop.reader.wait_for(report.position)
    return [
        (line, suggestions_for(workshop.reader, line.line_id))
        for line in unallocated_lines(workshop.reader)
        if line.line_id in waiting
    ]


def _show(session: Session, path: Path, report: ImportReport, waiting: Waits) -> None:
    say = session.screen
    for warning in report.warnings:
        say.say(f"{path.name}: {warning}")
    allocated_c = sum(each.amount_c for each in report.allocated)
    say.line(
        f"{path.name}: {_count(report.statements, 'statement')} ({report.known} known before), {_count(report.new_lines, 'new line')}, "
        f"{len(report.allocated)} allocated ({euros(allocated_c)}), {_count(len(waiting), 'receipt')} waiting."
    )
    if not waiting:
        return
    rows = [
        (str(line.entry_on), euros(line.left_c), line.counterparty_name, line.remittance, _best(suggestions))
        for line, suggestions in waiting
    ]
    columns = (
        Column("day"),
        Column("amount", figures=True),
        Column("counterparty"),
        Column("reference"),
        Column("suggestion"),
    )
    say.table(say.words("waiting"), columns, rows)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _best(suggestions: list[Suggestion]) -> str:
    if not suggestions:
        return "—"
    best = suggestions[0]
    reasons = ", ".join(best.reasons)
    others = f" (+{len(suggestions) - 1})" if len(suggestions) > 1 else ""
    return f"{best.invoice.invoice_no}: {reasons}{others}"


def _document(path: Path, report: ImportReport, waiting: Waits) -> dict[str, Any]:
    from dataclasses import asdict

    shown = [
        {
            "line_id": line.line_id,
            "day": line.entry_on,
            "left_c": line.left_c,
            "suggestions": [
                {
                    "invoice_id": each.invoice.invoice_id,
                    "invoice_no": each.invoice.invoice_no,
                    "open_c": each.invoice.open_c,
                    "reasons": [str(reason) for reason in each.reasons],
                }
                for each in suggestions
            ],
        }
        for line, suggestions in waiting
    ]
    return {"file": str(path), **asdict(report), "waiting": shown}
