"""Draws minutes up at the head of the log, so that they can name the root that vouches for all they say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from uuid import UUID

from api.minutes.content import content_of
from api.minutes.document import Known, Person, document_of
from domain.aggregates.assembly import Assembly
from domain.errors import AssemblyNotOver
from domain.facts import Stamp
from domain.ledger import notices
from domain.ledger.books import Books
from domain.personal import Retention
from eventstore.documents import Documents
from eventstore.log import Log
from interchange.documents.pages import page
from interchange.documents.records import Document
from projections.lookups import entities, members
from projections.reader import Reader


@dataclass(frozen=True)
class Drawn:
    """Minutes as they can be drawn up now: the document, and the position and root it rests on."""

    entity_id: UUID
    document: Document
    position: int
    root: str
    drawn_up: str | None
    """The hash of the minutes that were recorded last, which are kept and signed; None before."""

    def page(self) -> bytes:
        """Return them as a page of HTML: what is kept and signed."""
        return page(self.document).encode()

    @property
    def sha256(self) -> str:
        """The hash of the page, in hex."""
        return sha256(self.page()).hexdigest()


def draw(log: Log, reader: Reader, assembly_id: UUID, *, lang: str) -> Drawn:
    """Draw the minutes of an assembly from the facts; a draft until it is closed. Raises UnknownRecord."""
    position, root = log.root()
    content = content_of(log, assembly_id, up_to=position)
    entity_id = content.convened.entity_id
    entity = next(each for each in entities(reader) if each.entity_id == entity_id)
    people = {
        each.membership_id: Person(each.member_no or 0, each.name)
        for each in members(reader, entity_id=entity_id)
    }
    known = Known(f"{entity.name} ({entity.enterprise_no})", people, root)
    recorded = content.drawn_up.document_sha256 if content.drawn_up else None
    return Drawn(entity_id, document_of(content, known, lang), position, root, recorded)


def drawn_up_by_us(
    log: Log, reader: Reader, documents: Documents, assembly_id: UUID, *, lang: str, reason: str
) -> Callable[[Books, Stamp], None]:
    """Return the use case that records the page drawn up here, which is kept for the entity before."""
    if not any(isinstance(each.event, Assembly.Closed) for each in log.stream(assembly_id)):
        return partial(_refuse, assembly_id=assembly_id)
    drawn = draw(log, reader, assembly_id, lang=lang)
    digest = documents.keep(drawn.page(), drawn.entity_id, Retention.GOVERNANCE)
    return partial(
        notices.draw_up_minutes,
        assembly_id=assembly_id,
        document_sha256=digest,
        language=lang,
        last_position=drawn.position,
        reason=reason,
    )


def _refuse(books: Books, stamp: Stamp, *, assembly_id: UUID) -> None:  # noqa: ARG001 - as use cases are called
    raise AssemblyNotOver(state=books.get(Assembly, assembly_id).state)
