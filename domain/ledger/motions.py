"""Motions beside their polls: amended, objected to, adopted by consent or in writing, in conflict."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.aggregates.assembly import Assembly
from domain.aggregates.electoral_roll import ElectoralRoll
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.membership import Membership
from domain.aggregates.motion import Motion
from domain.aggregates.written_decision import WrittenDecision
from domain.errors import (
    NotByConsent,
    NotInWriting,
    NotOnTheAgenda,
    NotOnTheRoll,
    OtherEntity,
)
from domain.facts import Stamp, require_day, require_readable
from domain.governance.provisions import Method, Writing
from domain.governance.roots import root_of
from domain.ledger.books import Books
from domain.ledger.entities import register_id
from domain.ledger.governance import require_in_force


def amend_motion(
    books: Books, stamp: Stamp, *, motion_id: UUID, title: str, text: str, decision_ref: str
) -> None:
    """Change the text of a motion before it is put to the vote; every earlier text is kept."""
    require_readable({"title": title, "text": text})
    motion = books.get(Motion, motion_id)
    digest = root_of((title, text))
    motion.amend(stamp, title=title, text=text, text_sha256=digest, decision_ref=decision_ref)


def declare_conflict(books: Books, stamp: Stamp, *, motion_id: UUID, member_id: UUID, interest: str) -> None:
    """Record that a member has an interest of their own in a motion."""
    motion, person_id = _motion_and_person(books, motion_id, member_id)
    motion.declare_conflict(stamp, member_id=member_id, person_id=person_id, interest=interest)


def raise_objection(
    books: Books, stamp: Stamp, *, motion_id: UUID, objection_id: UUID, member_id: UUID, reason: str
) -> None:
    """Record the objection of a member to a motion."""
    motion, person_id = _motion_and_person(books, motion_id, member_id)
    named = {"objection_id": objection_id, "member_id": member_id, "person_id": person_id}
    motion.raise_objection(stamp, **named, reason=reason)


def resolve_objection(books: Books, stamp: Stamp, *, motion_id: UUID, objection_id: UUID, how: str) -> None:
    """Record what met an objection, or that it was taken back."""
    books.get(Motion, motion_id).resolve_objection(stamp, objection_id=objection_id, how=how)


def adopt_by_consent(
    books: Books,
    stamp: Stamp,
    *,
    motion_id: UUID,
    rule_name: str,
    rule_version: int,
    assembly_id: UUID | None = None,
) -> None:
    """Adopt a motion against which no objection stands, under a rule of consent; in an open assembly or not."""
    motion = books.get(Motion, motion_id)
    rule = require_in_force(books, motion.entity_id, rule_name, rule_version, stamp.effective_on)
    if rule.provisions.method is not Method.CONSENT:
        raise NotByConsent(rule=rule_name, method=rule.provisions.method)
    if assembly_id is not None:
        assembly = books.get(Assembly, assembly_id)
        assembly.require_roll()
        if motion_id not in assembly.agenda:
            raise NotOnTheAgenda(motion_id=motion_id)
    motion.adopt_by_consent(
        stamp,
        rule_set_id=rule.id,
        rule_name=rule_name,
        rule_version=rule_version,
        assembly_id=assembly_id,
    )


def propose_in_writing(
    books: Books,
    stamp: Stamp,
    *,
    written_decision_id: UUID,
    motion_id: UUID,
    roll_id: UUID,
    rule_name: str,
    rule_version: int,
) -> None:
    """Send a motion to all members of a roll to sign, if the rule lets it be decided in writing."""
    motion, roll = books.get(Motion, motion_id), books.get(ElectoralRoll, roll_id)
    if roll.entity_id != motion.entity_id:
        raise OtherEntity(motion_id=motion_id, roll_id=roll_id)
    motion.require_tabled()
    rule = require_in_force(books, motion.entity_id, rule_name, rule_version, stamp.effective_on)
    if rule.provisions.writing is not Writing.UNANIMOUS or rule.provisions.changes_statutes:
        raise NotInWriting(rule=rule_name)
    roll.require_entitled()
    books.record(
        WrittenDecision.begin(
            stamp,
            id=written_decision_id,
            entity_id=motion.entity_id,
            motion_id=motion_id,
            text_sha256=motion.text_sha256,
            roll_id=roll_id,
            members=len(_members(roll)),
            rule_set_id=rule.id,
            rule_name=rule_name,
            rule_version=rule_version,
        )
    )


def sign_decision(
    books: Books,
    stamp: Stamp,
    *,
    written_decision_id: UUID,
    member_id: UUID,
    signed_on: date,
    document_sha256: str | None = None,
) -> None:
    """Record the signature of a member; with the last one the motion is adopted, and the roll is final."""
    require_day(signed_on)
    decision = books.get(WrittenDecision, written_decision_id)
    roll = books.get(ElectoralRoll, decision.roll_id)
    members = _members(roll)
    complete = decision.sign(
        stamp,
        member_id=member_id,
        signed_on=signed_on,
        document_sha256=document_sha256,
        members=members,
    )
    if complete:
        books.get(Motion, decision.motion_id).adopt_in_writing(
            stamp,
            written_decision_id=written_decision_id,
            text_sha256=decision.text_sha256,
            signatures=len(decision.signed_by),
        )
        roll.use(stamp, poll_id=written_decision_id)


def drop_decision(books: Books, stamp: Stamp, *, written_decision_id: UUID, decision_ref: str) -> None:
    """Let a decision in writing be; the motion can be put to an assembly."""
    books.get(WrittenDecision, written_decision_id).drop(stamp, decision_ref=decision_ref)


def _motion_and_person(books: Books, motion_id: UUID, member_id: UUID) -> tuple[Motion, UUID]:
    motion = books.get(Motion, motion_id)
    if member_id not in books.get(MemberRegister, register_id(motion.entity_id)).members:
        raise NotOnTheRoll(member_id=member_id)
    return motion, books.get(Membership, member_id).person_id


def _members(roll: ElectoralRoll) -> frozenset[UUID]:
    return frozenset(each.member_id for each in roll.entries if each.votes)
