"""`tutti document`: the bytes behind a fact, by the SHA-256 it names."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from domain.errors import Malformed
from workers.cli.session import Session, command

Sha256 = Annotated[str, typer.Argument(metavar="SHA256", help="The SHA-256 of its bytes, in hex.")]
Output = Annotated[
    Path | None, typer.Option("--output", help="Write it to this file instead, which must not exist.")
]


class CannotWrite(Malformed):
    """This file cannot be written: choose a name that is not taken, in a folder of yours."""

    code = "cannot-write"


@command
def document(session: Session, sha256: Sha256, *, output: Output = None) -> None:
    """Print a document as it was kept, or write it to a file."""
    with session.ledger() as workshop:
        content = workshop.documents.find(sha256.lower())
    if output is not None:
        _write(output, content)
    if session.screen.as_json:
        session.screen.data({"sha256": sha256.lower(), "bytes": len(content), "file": output})
    elif output is not None:
        session.screen.say(f"{len(content)} bytes written to {output}.")
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()


def _write(path: Path, content: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(content)
    except OSError as error:
        raise CannotWrite(file=path, reason=error.strerror) from error
