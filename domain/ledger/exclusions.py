"""Exclusions: propose one to the member, hear them, decide, notify; or drop it."""

from __future__ import annotations

from uuid import UUID

from domain.aggregates.exclusion import Exclusion
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.membership import Membership
from domain.aggregates.motion import Motion, MotionState
from domain.errors import DecisionNotAdopted
from domain.facts import Stamp, months_after
from domain.ledger.books import Books
from domain.ledger.departures import end_shares, require_members_left, take_off_register
from domain.ledger.presets import EXCLUSION_ANSWER_MONTHS, EXCLUSION_BODY, EXCLUSION_NOTICE_DAYS

BY_THE_MEMBERS = "assembly"


def propose_exclusion(
    books: Books, stamp: Stamp, *, exclusion_id: UUID, membership_id: UUID, reasons: str
) -> None:
    """Tell a member that their exclusion is proposed, and why; they have time to answer."""
    membership = books.get(Membership, membership_id)
    membership.require_effective()
    entity = books.get(LegalEntity, membership.entity_id)
    months = int(entity.parameter(EXCLUSION_ANSWER_MONTHS, stamp.effective_on))
    books.record(
        Exclusion.propose(
            stamp,
            id=exclusion_id,
            entity_id=membership.entity_id,
            membership_id=membership_id,
            person_id=membership.person_id,
            answer_by=months_after(stamp.effective_on, months),
            reasons=reasons,
        )
    )


def receive_observations(
    books: Books, stamp: Stamp, *, exclusion_id: UUID, observations: str, hearing_asked: bool
) -> None:
    """Record the written answer of the member, and whether they ask to be heard."""
    books.get(Exclusion, exclusion_id).receive_observations(
        stamp, observations=observations, hearing_asked=hearing_asked
    )


def hold_hearing(books: Books, stamp: Stamp, *, exclusion_id: UUID, minutes_sha256: str) -> None:
    """Record that the member was heard; the minutes are named by their hash."""
    books.get(Exclusion, exclusion_id).hold_hearing(stamp, minutes_sha256=minutes_sha256)


def exclude_member(
    books: Books,
    stamp: Stamp,
    *,
    exclusion_id: UUID,
    decision_ref: str,
    motivation: str,
    motion_id: UUID | None = None,
) -> None:
    """Exclude the member by a reasoned decision; the membership and its shares end on this day.

    The members decide by an adopted motion, unless the statutes leave it to another body.
    """
    exclusion = books.get(Exclusion, exclusion_id)
    membership = books.get(Membership, exclusion.membership_id)
    entity = books.get(LegalEntity, exclusion.entity_id)
    if motion_id is not None or entity.parameter(EXCLUSION_BODY, stamp.effective_on) == BY_THE_MEMBERS:
        _require_adopted(books, exclusion.entity_id, motion_id)
    exclusion.decide(stamp, decision_ref=decision_ref, motion_id=motion_id, motivation=motivation)
    require_members_left(books, membership, stamp.effective_on)
    membership.exclude(stamp, exclusion_id=exclusion_id, decision_ref=decision_ref)
    take_off_register(books, stamp, membership)
    end_shares(books, stamp, membership, reason="exclusion")


def notify_exclusion(books: Books, stamp: Stamp, *, exclusion_id: UUID) -> None:
    """Record that the member was told the decision on this day, and how many days after it."""
    exclusion = books.get(Exclusion, exclusion_id)
    entity = books.get(LegalEntity, exclusion.entity_id)
    exclusion.notify(stamp, within_days=int(entity.parameter(EXCLUSION_NOTICE_DAYS, stamp.effective_on)))


def drop_exclusion(books: Books, stamp: Stamp, *, exclusion_id: UUID, reason: str) -> None:
    """Do not exclude the member, with a reason."""
    books.get(Exclusion, exclusion_id).drop(stamp, reason=reason)


def _require_adopted(books: Books, entity_id: UUID, motion_id: UUID | None) -> None:
    motion = books.find(Motion, motion_id) if motion_id is not None else None
    if motion is None or motion.entity_id != entity_id or motion.state is not MotionState.ADOPTED:
        raise DecisionNotAdopted(motion_id=motion_id)
