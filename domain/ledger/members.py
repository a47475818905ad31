"""Members: apply, be admitted or refused, resign, leave; and what ends a membership by law."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from uuid import UUID

from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.membership import DeemedCause, Membership
from domain.careers import CareerStage
from domain.errors import AlreadyAMember
from domain.facts import Stamp, require_day
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.departures import end_shares, require_members_left, take_off_register
from domain.ledger.entities import register_id
from domain.ledger.presets import (
    RESIGNATION_EFFECT_MONTH,
    RESIGNATION_FOUNDERS_FROM_YEAR,
    RESIGNATION_WINDOW_LAST_MONTH,
)

FIRST = 1


def membership_id(entity_id: UUID, person_id: UUID, nth: int = FIRST) -> UUID:
    """Return the id of that person's first membership of the entity, or of the one after others ended."""
    return derived_id("membership", entity_id, person_id, *([] if nth == FIRST else [nth]))


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
    """Record that a person asks to become a member of an entity, anew if an earlier time is over."""
    books.get(LegalEntity, entity_id)
    books.record(
        Membership.apply_for(
            stamp,
            id=_next_membership_id(books, entity_id, person_id),
            entity_id=entity_id,
            person_id=person_id,
            category=category,
            name=name,
            address=address,
            email=email,
        )
    )


def admit_member(
    books: Books, stamp: Stamp, *, membership_id: UUID, decision_ref: str, founder: bool = False
) -> None:
    """Admit an applicant under the next member number; the founders are there from the beginning."""
    membership = books.get(Membership, membership_id)
    register = books.get(MemberRegister, register_id(membership.entity_id))
    membership.admit(stamp, member_no=register.last_no + 1, decision_ref=decision_ref, founder=founder)
    register.enter(stamp, membership_id=membership_id)


def refuse_applicant(
    books: Books, stamp: Stamp, *, membership_id: UUID, decision_ref: str, reason: str
) -> None:
    """Refuse an applicant, with a reason."""
    books.get(Membership, membership_id).refuse(stamp, decision_ref=decision_ref, reason=reason)


def resign(books: Books, stamp: Stamp, *, membership_id: UUID, received_on: date) -> None:
    """Record a notice of resignation; it takes effect on the statutory day."""
    require_day(received_on)
    membership = books.get(Membership, membership_id)
    entity = books.get(LegalEntity, membership.entity_id)
    counts_on = max(received_on, _free_from(entity, membership, received_on))
    membership.resign(stamp, received_on=received_on, effect_on=_statutory_day(entity, counts_on))


def let_resignation_take_effect(books: Books, stamp: Stamp, *, membership_id: UUID) -> None:
    """End a membership whose resignation is due, and its shares, on the statutory day itself.

    Never below the least number of members: who is one of the last waits until another joins.
    """
    membership = books.get(Membership, membership_id)
    then = stamp.dated(membership.require_due(stamp.effective_on))
    require_members_left(books, membership, then.effective_on)
    membership.leave(then)
    take_off_register(books, then, membership)
    end_shares(books, then, membership, reason="resignation")


def deem_resigned(
    books: Books, stamp: Stamp, *, membership_id: UUID, cause: DeemedCause, evidence_ref: str
) -> None:
    """End a membership that the law takes to have ended, and its shares."""
    membership = books.get(Membership, membership_id)
    membership.deem_resigned(stamp, cause=cause, evidence_ref=evidence_ref)
    take_off_register(books, stamp, membership)
    end_shares(books, stamp, membership, reason=cause.value)


def record_death(books: Books, stamp: Stamp, *, membership_id: UUID, evidence_ref: str) -> None:
    """Record that a member died, on the day of the stamp; the shares end, the heirs are owed their worth."""
    membership = books.get(Membership, membership_id)
    membership.die(stamp, evidence_ref=evidence_ref)
    take_off_register(books, stamp, membership)
    end_shares(books, stamp, membership, reason="death")


def name_heirs_representative(
    books: Books,
    stamp: Stamp,
    *,
    membership_id: UUID,
    representative_id: UUID,
    representative: str,
    evidence_ref: str,
) -> None:
    """Name who represents the heirs of a member who died."""
    books.get(Membership, membership_id).represent_heirs(
        stamp, representative_id=representative_id, representative=representative, evidence_ref=evidence_ref
    )


def enter_career_stage(
    books: Books, stamp: Stamp, *, membership_id: UUID, stage: CareerStage, contract_ref: str
) -> None:
    """Let a member be at another stage of their career from this day on, by a contract or amendment."""
    books.get(Membership, membership_id).enter_stage(stamp, stage=stage, contract_ref=contract_ref)


def _next_membership_id(books: Books, entity_id: UUID, person_id: UUID) -> UUID:
    """Return the id of the next membership of a person, all of whose earlier ones are over."""
    nth = FIRST
    while (earlier := books.find(Membership, membership_id(entity_id, person_id, nth))) is not None:
        if not earlier.is_over:
            raise AlreadyAMember(membership_id=earlier.id)
        nth += 1
    return membership_id(entity_id, person_id, nth)


def _statutory_day(entity: LegalEntity, counts_on: date) -> date:
    """Return the last day of the effect month, of this year if notice counts within the window."""
    last_month = int(entity.parameter(RESIGNATION_WINDOW_LAST_MONTH, counts_on))
    month = int(entity.parameter(RESIGNATION_EFFECT_MONTH, counts_on))
    year = counts_on.year + (counts_on.month > last_month)
    return date(year, month, monthrange(year, month)[1])


def _free_from(entity: LegalEntity, membership: Membership, received_on: date) -> date:
    """Return the first day on which a notice counts: of a founder that of the third financial year."""
    if membership.founded_on is None:
        return received_on
    years = int(entity.parameter(RESIGNATION_FOUNDERS_FROM_YEAR, received_on)) - 1
    return date(membership.founded_on.year + years, 1, 1)
