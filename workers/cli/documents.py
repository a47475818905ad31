"""`tutti document`: the bytes behind a fact, kept and shown by the SHA-256 it names."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from domain.errors import Malformed, UnknownRecord
from workers.cli.past import EntityCode, entity_id
from workers.cli.session import Session, command

if TYPE_CHECKING:
    from collections.abc import Callable

    from workers.workshop import Workshop

Sha256 = Annotated[str, typer.Argument(metavar="SHA256", help="The SHA-256 of its bytes, in hex.")]
Files = Annotated[list[Path], typer.Argument(metavar="FILE…", help="The receipts.")]
Member = Annotated[int | None, typer.Option("--member", help="The number of the member who claims them.")]
Output = Annotated[
    Path | None, typer.Option("--output", help="Write it to this file instead, which must not exist.")
]


class CannotWrite(Malformed):
    """This file cannot be written: choose a name that is not taken, in a folder of yours."""

    code = "cannot-write"
    fr = "Ce fichier ne peut pas être écrit : choisissez un nom libre, dans un répertoire à vous."
    nl = "Dit bestand kan niet geschreven worden: kies een vrije naam, in een map van u."


@command
def keep(session: Session, files: Files, *, member: Member = None, entity: EntityCode = None) -> None:
    """Keep receipts of a member or, without one, evidence of an entity; facts name them by their SHA-256."""
    contents = [(path, _read(path)) for path in files]
    with session.workshop() as workshop:
        workshop.projector.catch_up()
        keep_one = _keeper(workshop, member, entity)
        kept = [{"file": path, "sha256": keep_one(content)} for path, content in contents]
    if session.screen.as_json:
        session.screen.data({"kept": kept})
        return
    for each in kept:
        session.screen.line(f"{each['sha256']}  {each['file']}")


@command
def show(session: Session, sha256: Sha256, *, output: Output = None) -> None:
    """Print a document as it was kept, or write it to a file."""
    with session.ledger() as workshop:
        content = workshop.documents.find(sha256.lower())
    if output is not None:
        write(output, content)
    if session.screen.as_json:
        session.screen.data({"sha256": sha256.lower(), "bytes": len(content), "file": output})
    elif output is not None:
        session.screen.say(session.screen.told("document-written", size=len(content), file=output))
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()


def write(path: Path, content: bytes) -> None:
    """Write a file that must not exist yet; raises CannotWrite."""
    try:
        with path.open("xb") as file:
            file.write(content)
    except OSError as error:
        raise CannotWrite(file=path, reason=error.strerror) from error


def _read(path: Path) -> bytes:
    """Read a receipt, and little more than one may have: the rest is not looked at to refuse it."""
    from api.receipts import MOST_BYTES

    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _keeper(workshop: Workshop, member_no: int | None, entity: str | None) -> Callable[[bytes], str]:
    """Return what keeps a document for the member of that number, or for the entity.

    Raises UnknownRecord, also if several entities have a member of that number or none is named.
    """
    from api.receipts import keep_evidence, keep_receipt
    from projections.lookups import members

    whose = entity_id(workshop.reader, entity)
    if member_no is None:
        if whose is None:
            raise UnknownRecord(kind="subject", hint="say --member or --entity")
        return partial(keep_evidence, workshop.services, entity_id=whose)
    found = [each for each in members(workshop.reader, entity_id=whose) if each.member_no == member_no]
    if len(found) != 1:
        hint = "say --entity" if found else "no member of that number"
        raise UnknownRecord(kind="member", member_no=member_no, hint=hint)
    return partial(keep_receipt, workshop.services, membership_id=found[0].membership_id)
