"""Offices and mandates: opened, conferred by a motion, renewed, resigned, revoked, expired."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter

from api.context import Ask, Today, Using
from api.forms import Code, Count, Dated, Day, Line
from api.guard import GuardedRoute
from api.looking import AsOf, KnownAt, Look, OfEntity
from api.replies import Recorded
from api.routers.elections import AskedTerm
from domain.ledger import mandates
from projections.mandates import MANDATES, MandateBook, mandate_book

router = APIRouter(tags=["governance"], route_class=GuardedRoute)


class OpenOffice(Dated):
    """An office of an entity, its seats, and the text that creates it."""

    entity_id: UUID
    office: Code
    seats: Count
    source_ref: Line


class ChangeSeats(Dated):
    """So many seats from now on, by this text or decision."""

    seats: Count
    source_ref: Line


class ByMotion(Dated):
    """A term the rule allows, by a motion that was adopted."""

    motion_id: UUID
    rule_name: Code
    rule_version: Count
    term: AskedTerm


class Appoint(ByMotion):
    """A member is given the office."""

    membership_id: UUID
    mandate_id: UUID | None = None


class EndMandate(Dated):
    """The first day without the mandate; by default that on which it is recorded."""

    ends_on: Day | None = None


class RevokeMandate(EndMandate):
    """The motion that takes the office back."""

    motion_id: UUID


class ExpireMandates(Dated):
    """The ordinary assembly at which mandates end, if it is one that ends them."""

    assembly_id: UUID | None = None


@router.post("/offices", status_code=201, name="office.open")
def open_office(asked: OpenOffice, ask: Ask) -> Recorded:
    """Open an office with its seats."""
    return ask(asked, on=asked.effective_on).record(
        mandates.open_office,
        entity_id=asked.entity_id,
        office=asked.office,
        seats=asked.seats,
        source_ref=asked.source_ref,
    )


@router.post("/offices/{office_id}/seats", status_code=201, name="office.change-seats")
def change_seats(office_id: UUID, asked: ChangeSeats, ask: Ask) -> Recorded:
    """Change the number of seats; mandates that run stay."""
    return ask(asked, on=asked.effective_on).record(
        mandates.change_seats, office_id=office_id, seats=asked.seats, source_ref=asked.source_ref
    )


@router.post("/offices/{office_id}/mandates", status_code=201, name="mandate.appoint")
def appoint(office_id: UUID, asked: Appoint, ask: Ask) -> Recorded:
    """Confer the office on a member by an adopted motion."""
    return ask(asked, on=asked.effective_on).record(
        mandates.appoint,
        office_id=office_id,
        mandate_id=ask.id_or_new(asked.mandate_id),
        membership_id=asked.membership_id,
        motion_id=asked.motion_id,
        rule_name=asked.rule_name,
        rule_version=asked.rule_version,
        term=asked.term.term(),
    )


@router.post("/offices/{office_id}/mandates/{mandate_id}/renewal", status_code=201, name="mandate.renew")
def renew_mandate(office_id: UUID, mandate_id: UUID, asked: ByMotion, ask: Ask) -> Recorded:
    """Renew a mandate by an adopted motion."""
    return ask(asked, on=asked.effective_on).record(
        mandates.renew_mandate,
        office_id=office_id,
        mandate_id=mandate_id,
        motion_id=asked.motion_id,
        rule_name=asked.rule_name,
        rule_version=asked.rule_version,
        term=asked.term.term(),
    )


@router.post("/offices/{office_id}/mandates/{mandate_id}/resignation", status_code=201, name="mandate.resign")
def resign_mandate(office_id: UUID, mandate_id: UUID, asked: EndMandate, ask: Ask) -> Recorded:
    """Record that a holder gave the office up."""
    recording = ask(asked, on=asked.effective_on)
    return recording.record(
        mandates.resign_mandate,
        office_id=office_id,
        mandate_id=mandate_id,
        ends_on=asked.ends_on or recording.effective_on,
    )


@router.post("/offices/{office_id}/mandates/{mandate_id}/revocation", status_code=201, name="mandate.revoke")
def revoke_mandate(office_id: UUID, mandate_id: UUID, asked: RevokeMandate, ask: Ask) -> Recorded:
    """Take the office back by an adopted motion."""
    recording = ask(asked, on=asked.effective_on)
    return recording.record(
        mandates.revoke_mandate,
        office_id=office_id,
        mandate_id=mandate_id,
        ends_on=asked.ends_on or recording.effective_on,
        motion_id=asked.motion_id,
    )


@router.post("/offices/{office_id}/expiry", status_code=201, name="mandates.expire")
def expire_mandates(office_id: UUID, asked: ExpireMandates, ask: Ask) -> Recorded:
    """Record the end of the mandates that have come to it, by their day or at this assembly."""
    return ask(asked, on=asked.effective_on).record(
        mandates.expire_mandates, office_id=office_id, assembly_id=asked.assembly_id
    )


@router.get("/mandates", name="mandates.view")
def view_mandates(
    look: Look,
    today: Today,
    services: Using,
    entity_id: OfEntity = None,
    as_of: AsOf | None = None,
    known_at: KnownAt | None = None,
) -> MandateBook:
    """Show the offices and their mandates: those of a day, or all there ever were."""
    position = services.log.position_at(known_at) if isinstance(known_at, datetime) else known_at
    book = mandate_book(
        look.reading(MANDATES.name), today=today, as_of=as_of, known_at=position, entity_id=entity_id
    )
    look.at(book.position)
    return book
