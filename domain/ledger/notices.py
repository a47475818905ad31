"""The notice of an assembly and what went wrong with it, and the minutes of what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from domain.aggregates.assembly import Assembly, AssemblyState
from domain.aggregates.convening_notice import Channel, ConveningNotice
from domain.aggregates.electoral_roll import ElectoralRoll
from domain.aggregates.minutes import Minutes
from domain.errors import AssemblyNotOver, DigestTooEarly
from domain.facts import Stamp, require_day
from domain.governance.presence import IrregularityKind
from domain.ids import derived_id
from domain.ledger.assemblies import require_voter
from domain.ledger.books import Books


def notice_id(assembly_id: UUID) -> UUID:
    """Return the id of the record of an assembly's notice."""
    return derived_id("convening-notice", assembly_id)


def minutes_id(assembly_id: UUID) -> UUID:
    """Return the id of the minutes of an assembly."""
    return derived_id("minutes", assembly_id)


def send_notice(
    books: Books,
    stamp: Stamp,
    *,
    assembly_id: UUID,
    channel: Channel,
    sent_on: date,
    member_ids: Sequence[UUID],
) -> None:
    """Record that the notice was sent to these members."""
    require_day(sent_on)
    _notice(books, stamp, assembly_id).send(stamp, channel=channel, sent_on=sent_on, member_ids=member_ids)


def waive_notice(books: Books, stamp: Stamp, *, assembly_id: UUID, member_id: UUID) -> None:
    """Record that a member waives the notice."""
    require_voter(books, books.get(Assembly, assembly_id), member_id)
    _notice(books, stamp, assembly_id).waive(stamp, member_id=member_id)


def report_irregularity(
    books: Books,
    stamp: Stamp,
    *,
    assembly_id: UUID,
    kind: IrregularityKind,
    what: str,
    evidence_sha256: str | None = None,
) -> None:
    """Record what was not as it should be, whenever it is found."""
    notice = _notice(books, stamp, assembly_id)
    notice.report(stamp, kind=kind, what=what, evidence_sha256=evidence_sha256)


def draw_up_minutes(
    books: Books,
    stamp: Stamp,
    *,
    assembly_id: UUID,
    document_sha256: str,
    language: str,
    last_position: int,
    reason: str = "",
) -> None:
    """Record the minutes of an assembly that is over, or others in their place for a reason."""
    assembly = books.get(Assembly, assembly_id)
    if assembly.state is not AssemblyState.CLOSED:
        raise AssemblyNotOver(state=assembly.state)
    if last_position > books.position:
        raise DigestTooEarly(position=last_position, log_ends_at=books.position)
    drawn: dict[str, Any] = {
        "document_sha256": document_sha256,
        "language": language,
        "last_position": last_position,
    }
    minutes = books.find(Minutes, minutes_id(assembly_id))
    if minutes is None:
        named = {"entity_id": assembly.entity_id, "assembly_id": assembly_id}
        books.record(Minutes.begin(stamp, id=minutes_id(assembly_id), **named, **drawn))
    else:
        minutes.draw_up_again(stamp, **drawn, reason=reason)


def sign_minutes(
    books: Books, stamp: Stamp, *, assembly_id: UUID, member_id: UUID, document_sha256: str
) -> None:
    """Record the signature of a member of the roll under exactly these minutes."""
    assembly = books.get(Assembly, assembly_id)
    if assembly.roll_id is not None:
        books.get(ElectoralRoll, assembly.roll_id).entry_of(member_id)
    minutes = books.get(Minutes, minutes_id(assembly_id))
    minutes.sign(stamp, member_id=member_id, document_sha256=document_sha256)


def _notice(books: Books, stamp: Stamp, assembly_id: UUID) -> ConveningNotice:
    assembly = books.get(Assembly, assembly_id)
    notice = books.find(ConveningNotice, notice_id(assembly_id))
    if notice is None:
        named = {"entity_id": assembly.entity_id, "assembly_id": assembly_id}
        notice = ConveningNotice.begin(
            stamp, id=notice_id(assembly_id), **named, agenda_sha256=assembly.agenda_sha256
        )
        books.record(notice)
    return notice
