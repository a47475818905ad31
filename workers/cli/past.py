"""The past a question is asked for: options of the command line and what they mean."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from projections.dated_sums import Axis
from workers.cli.session import Session

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from projections.reader import Reader
    from workers.workshop import Workshop

Day = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="A business day.")]
KnownAt = Annotated[str | None, typer.Option("--known-at", help="A position of the log, or a time.")]
AxisOption = Annotated[Axis, typer.Option("--axis", help="Which business date --as-of goes by.")]
EntityCode = Annotated[str | None, typer.Option("--entity", help="The code of one legal entity.")]

MOST_DIGITS = 18
"""A position of more digits than this is none: the database could not hold it either."""


def title(session: Session, key: str, position: int, as_of: datetime | None, axis: Axis) -> str:
    """Return the title of an answer: what it is, of which day and position."""
    when = f", {as_of:%Y-%m-%d} ({axis.value})" if as_of else ""
    return f"{session.screen.words(key)}{when} — {session.screen.words('position').lower()} {position}"


def day(as_of: datetime | None) -> date | None:
    """Read --as-of."""
    return as_of.date() if as_of else None


def position(workshop: Workshop, known_at: str | None) -> int | None:
    """Read --known-at: a position, or a time that the log resolves to one."""
    if known_at is None:
        return None
    if known_at.isascii() and known_at.isdigit() and len(known_at) <= MOST_DIGITS:
        return int(known_at)
    try:
        moment = datetime.fromisoformat(known_at)
    except ValueError:
        raise typer.BadParameter("a position of the log, or a time such as 2026-01-31T18:00:00Z") from None
    return workshop.log.position_at(
        moment if moment.tzinfo else moment.replace(tzinfo=workshop.settings.timezone)
    )


def entity_id(reader: Reader, code: str | None) -> UUID | None:
    """Return the id of the entity with that code; raises UnknownRecord, which names the known ones."""
    from domain.errors import UnknownRecord
    from projections.lookups import entities

    if code is None:
        return None
    known = {entity.code: entity.entity_id for entity in entities(reader)}
    if code not in known:
        raise UnknownRecord(kind="legal entity", code=code, known=", ".join(known) or "none")
    return known[code]


def the_only(kind: str, known: list[tuple[str, UUID]], code: str) -> UUID:
    """Return the id that goes by this code, if exactly one does; raises UnknownRecord."""
    from domain.errors import UnknownRecord

    found = [id_ for each, id_ in known if each == code]
    if len(found) != 1:
        raise UnknownRecord(kind=kind, code=code, found=len(found))
    return found[0]
