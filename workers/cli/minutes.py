"""`tutti minutes`: the minutes of an assembly as the facts tell them, as a page or as paper."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from domain.errors import Malformed
from workers.cli.session import Session, command, id_of

Assembly = Annotated[
    str, typer.Argument(help="The id of the assembly; `tutti assemblies --json` lists them.")
]
Output = Annotated[
    Path | None,
    typer.Option("--output", help="Write them to this file, which must not exist: .html or .pdf."),
]
PAPER, PAGE = ".pdf", ".html"


class NeitherPageNorPaper(Malformed):
    """Minutes are written as a page (.html) or as paper (.pdf): end the name of the file so."""

    code = "neither-page-nor-paper"
    fr = "Un procès-verbal s'écrit en page (.html) ou en papier (.pdf) : terminez ainsi le nom du fichier."
    nl = (
        "Notulen worden geschreven als pagina (.html) of als papier (.pdf): laat de bestandsnaam zo eindigen."
    )


@command
def minutes(session: Session, assembly: Assembly, *, output: Output = None) -> None:
    """Draw the minutes of an assembly up from its facts; print the page, or write it or a PDF to a file."""
    from api.minutes import draw
    from interchange.documents.paper import paper
    from workers.cli.documents import write

    if output is not None and output.suffix not in (PAGE, PAPER):
        raise NeitherPageNorPaper(file=output.name)
    assembly_id = id_of(assembly, listed_by="tutti assemblies --json")
    with session.ledger() as workshop:
        drawn = draw(workshop.log, workshop.up_to_date(), assembly_id, lang=session.screen.lang)
    page = drawn.page()
    if output is not None:
        write(output, paper(drawn.document) if output.suffix == PAPER else page)
    if session.screen.as_json:
        session.screen.data(
            {
                "assembly_id": assembly_id,
                "position": drawn.position,
                "root": drawn.root,
                "sha256": drawn.sha256,
                "file": output,
            }
        )
    elif output is None:
        session.screen.line(page.decode().rstrip("\n"))
    else:
        session.screen.line(session.screen.told("minutes-drawn", file=output, position=drawn.position))
