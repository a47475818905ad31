"""Members: apply, admit, resign, leave."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from uuid import UUID

from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.membership import Membership
from domain.errors import AlreadyAMember
from domain.facts import Stamp, require_day
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.entities import register_id
from domain.ledger.presets import RESIGNATION_EFFECT_MONTH, RESIGNATION_WINDOW_LAST_MONTH


def membership_id(entity_id: UUID, person_id: UUID) -> UUID:
    """Return the id of the one membership of that person and entity."""
    return derived_id("membership", entity_id, person_id)


def apply_for_membership(
    books: Books,
    stamp: Stamp,
    *,
    entity_id: UUID,
    person_id: UUID,
    category: str,
    name: str,
    address: str,
    email: str,
) -> None:
    """Record that a person asks to become a member of an entity."""
    books.get(LegalEntity, entity_id)
    id_ = membership_id(entity_id, person_id)
    if books.find(Membership, id_) is not None:
        raise AlreadyAMember(membership_id=id_)
    books.record(
        Membership.apply_for(
            stamp,
            id=id_,
            entity_id=entity_id,
            person_id=person_id,
            category=category,
            name=name,
            address=address,
            email=email,
        )
    )


def admit_member(books: Books, stamp: Stamp, *, membership_id: UUID, decision_ref: str) -> None:
    """Admit an applicant under the next member number."""
    membership = books.get(Membership, membership_id)
    register = books.get(MemberRegister, register_id(membership.entity_id))
    membership.admit(stamp, member_no=register.last_no + 1, decision_ref=decision_ref)
    register.enter(stamp, entity_id=membership.entity_id, membership_id=membership_id)


def resign(books: Books, stamp: Stamp, *, membership_id: UUID, received_on: date) -> None:
    """Record a notice of resignation; it takes effect on the statutory day."""
    require_day(received_on)
    membership = books.get(Membership, membership_id)
    entity = books.get(LegalEntity, membership.entity_id)
    membership.resign(stamp, received_on=received_on, effect_on=_statutory_day(entity, received_on))


def let_resignation_take_effect(books: Books, stamp: Stamp, *, membership_id: UUID) -> None:
    """End a membership whose resignation is due, and take it off the register."""
    membership = books.get(Membership, membership_id)
    membership.leave(stamp)
    books.get(MemberRegister, register_id(membership.entity_id)).remove(
        stamp, entity_id=membership.entity_id, membership_id=membership_id
    )


def _statutory_day(entity: LegalEntity, received_on: date) -> date:
    """Return the last day of the effect month, of this year if notice came within the window."""
    last_month = int(entity.parameter(RESIGNATION_WINDOW_LAST_MONTH, received_on))
    month = int(entity.parameter(RESIGNATION_EFFECT_MONTH, received_on))
    year = received_on.year + (received_on.month > last_month)
    return date(year, month, monthrange(year, month)[1])
