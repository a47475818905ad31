"""`tutti export-journal`: the books as plain text, for another program to check."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.naming import activity_codes, entity_codes, fund_codes
from workers.cli.past import EntityCode, KnownAt, entity_id, position
from workers.cli.session import Session, command

if TYPE_CHECKING:
    from uuid import UUID

    from interchange.journals.records import Entry, Standing
    from projections.posted_entries import PostedBooks
    from projections.reader import Reader


class Format(StrEnum):
    """Which program reads the file."""

    BEANCOUNT = "beancount"
    HLEDGER = "hledger"


AsFormat = Annotated[Format, typer.Option("--format", help="Which program is to read it.")]
Output = Annotated[Path | None, typer.Option("--output", help="A file, instead of standard output.")]


@command
def export_journal(
    session: Session,
    *,
    format: AsFormat,
    entity: EntityCode = None,
    known_at: KnownAt = None,
    output: Output = None,
) -> None:
    """Write the whole journal as plain text, with what every account stands at after each month.

    `bean-check FILE` and `hledger check --strict -f FILE` then say whether the books hold.
    """
    from domain.bookkeeping.account_names import names_in
    from projections.posted_entries import posted_books

    with session.ledger() as workshop:
        reader = workshop.up_to_date()
        past = position(workshop, known_at)
        with posted_books(reader, entity_id=entity_id(reader, entity), known_at=past) as books:
            count = _write(_text(reader, books, format, names_in(session.screen.lang)), output)
            at = books.position
    if session.screen.as_json and output is not None:
        session.screen.data({"position": at, "characters": count, "file": str(output)})
    elif output is not None:
        check = "bean-check" if format is Format.BEANCOUNT else "hledger check --strict -f"
        session.screen.say(session.screen.told("books-written", position=at, file=output, check=check))


def _text(reader: Reader, books: PostedBooks, file_format: Format, names: Mapping[str, str]) -> Iterator[str]:
    from interchange.journals.beancount import write_beancount
    from interchange.journals.hledger import write_hledger

    entries, standings = _named(reader, books)
    entities, codes = entity_codes(reader), list(books.codes)
    names = {**names, **{code: names[account] for _, account, code in codes}}
    if file_format is Format.BEANCOUNT:
        return write_beancount(entries, standings, names=names)
    called = {(entities[entity_id], each) for entity_id, *both in codes for each in both}
    accounts = sorted({(each.entity, each.account) for each in standings} | called)
    return write_hledger(entries, standings, accounts=accounts, names=names)


def _named(reader: Reader, books: PostedBooks) -> tuple[Iterator[Entry], list[Standing]]:
    """Return entries and standings with codes in the place of ids."""
    from interchange.journals.records import Entry, Posting, Standing

    entities = entity_codes(reader)
    known = activity_codes(reader) | fund_codes(reader)

    def code_of(dimension: UUID | None) -> str:
        return known[dimension] if dimension else ""

    standings = [
        Standing(entities[each.entity_id], each.account, each.on, each.amount_c)
        for each in books.month_ends()
    ]
    entries = (
        Entry(
            entities[entry.entity_id],
            entry.booked_on,
            entry.position,
            entry.journal,
            str(entry.document_id),
            tuple(
                Posting(line.account, line.amount_c, code_of(line.activity_id), code_of(line.fund_id))
                for line in entry.lines
            ),
        )
        for entry in books.entries()
    )
    return entries, standings


def _write(lines: Iterable[str], output: Path | None) -> int:
    """Write the lines, to a file whole or not at all; return how many characters."""
    if output is None:
        return sum(sys.stdout.write(line) for line in lines)
    unfinished = output.with_name(f".{output.name}.part")
    with unfinished.open("w", encoding="utf-8") as file:
        count = sum(file.write(line) for line in lines)
    unfinished.replace(output)
    return count
