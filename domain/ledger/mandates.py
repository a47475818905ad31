"""Offices and their mandates: open, appoint by a motion, renew, resign, revoke, let expire."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.aggregates.assembly import Assembly
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.mandate_register import MandateRegister
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.motion import Motion, MotionState
from domain.aggregates.rule_set import RuleSet
from domain.elections.mandates import Term, require_term
from domain.errors import EmptyText, NoCarryingMotion, NotOnTheRoll, OtherEntity
from domain.facts import Stamp, require_day
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.entities import register_id
from domain.ledger.governance import require_in_force, rule_set_id


def office_id(entity_id: UUID, office: str) -> UUID:
    """Return the id of the register of mandates of that office of the entity."""
    return derived_id("mandate-register", entity_id, office)


def open_office(
    books: Books, stamp: Stamp, *, entity_id: UUID, office: str, seats: int, source_ref: str
) -> None:
    """Open an office of an entity, by the text that creates it."""
    books.get(LegalEntity, entity_id)
    if not office.strip():
        raise EmptyText(field="office")
    books.record(
        MandateRegister.open(
            stamp,
            id=office_id(entity_id, office),
            entity_id=entity_id,
            office=office,
            seats=seats,
            source_ref=source_ref,
        )
    )


def change_seats(books: Books, stamp: Stamp, *, office_id: UUID, seats: int, source_ref: str) -> None:
    """Let an office have so many seats from now on."""
    books.get(MandateRegister, office_id).change_seats(stamp, seats=seats, source_ref=source_ref)


def appoint(
    books: Books,
    stamp: Stamp,
    *,
    office_id: UUID,
    mandate_id: UUID,
    membership_id: UUID,
    motion_id: UUID,
    rule_name: str,
    rule_version: int,
    term: Term,
) -> None:
    """Confer the office on a member by a motion that was adopted, for a term the rule allows."""
    register = books.get(MandateRegister, office_id)
    _require_member(books, register, membership_id)
    _require_carried(books, register, motion_id)
    _require_allowed(books, stamp, register, rule_name, rule_version, term)
    register.confer(stamp, mandate_id=mandate_id, membership_id=membership_id, term=term, motion_id=motion_id)


def renew_mandate(
    books: Books,
    stamp: Stamp,
    *,
    office_id: UUID,
    mandate_id: UUID,
    motion_id: UUID,
    rule_name: str,
    rule_version: int,
    term: Term,
) -> None:
    """Renew the mandate of a member by a motion that was adopted; the new term is measured from its own start.

    Whoever is no member any more keeps the term they have, until it ends, is given up or is taken back.
    """
    register = books.get(MandateRegister, office_id)
    held = register.require_held(mandate_id, term.starts_on)
    merged = books.get(MemberRegister, register_id(register.entity_id)).merged
    counted_as, _ = merged.get(held.membership_id, (held.membership_id, 0))
    _require_member(books, register, counted_as)
    _require_carried(books, register, motion_id)
    _require_allowed(books, stamp, register, rule_name, rule_version, term)
    register.renew(stamp, mandate_id=mandate_id, term=term, motion_id=motion_id)


def resign_mandate(books: Books, stamp: Stamp, *, office_id: UUID, mandate_id: UUID, ends_on: date) -> None:
    """Record that a holder gave the office up; `ends_on` is the first day without."""
    require_day(ends_on)
    books.get(MandateRegister, office_id).resign(stamp, mandate_id=mandate_id, ends_on=ends_on)


def revoke_mandate(
    books: Books, stamp: Stamp, *, office_id: UUID, mandate_id: UUID, ends_on: date, motion_id: UUID
) -> None:
    """Take the office back by a motion that was adopted; `ends_on` is the first day without."""
    require_day(ends_on)
    register = books.get(MandateRegister, office_id)
    _require_carried(books, register, motion_id)
    register.revoke(stamp, mandate_id=mandate_id, ends_on=ends_on, motion_id=motion_id)


def expire_mandates(books: Books, stamp: Stamp, *, office_id: UUID, assembly_id: UUID | None = None) -> None:
    """Record the end of the mandates that have come to it; those of an ordinary assembly name it.

    Which assembly of a year is the ordinary one is for the cooperative to say: it is the one it names.
    """
    register = books.get(MandateRegister, office_id)
    on, year = stamp.effective_on, None
    if assembly_id is not None:
        assembly = books.get(Assembly, assembly_id)
        if assembly.entity_id != register.entity_id:
            raise OtherEntity(assembly_id=assembly_id)
        if assembly.roll_id is None:
            assembly.require_roll()
        on, year = assembly.held_on, assembly.held_on.year
    register.expire(stamp, on=on, assembly_id=assembly_id, year=year)


def _require_member(books: Books, register: MandateRegister, membership_id: UUID) -> None:
    """Refuse who is not on the register of members."""
    if membership_id not in books.get(MemberRegister, register_id(register.entity_id)).members:
        raise NotOnTheRoll(member_id=membership_id)


def _require_carried(books: Books, register: MandateRegister, motion_id: UUID) -> None:
    motion = books.find(Motion, motion_id)
    if motion is None or motion.entity_id != register.entity_id or motion.state is not MotionState.ADOPTED:
        raise NoCarryingMotion(motion_id=motion_id)


def _require_allowed(
    books: Books, stamp: Stamp, register: MandateRegister, rule_name: str, rule_version: int, term: Term
) -> None:
    require_in_force(books, register.entity_id, rule_name, rule_version, stamp.effective_on)
    rule = books.get(RuleSet, rule_set_id(register.entity_id, rule_name, rule_version))
    require_term(term, most_years=rule.provisions.max_term_years)
