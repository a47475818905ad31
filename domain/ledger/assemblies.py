"""Assemblies: convene, take proxies, open on a roll, put motions to the vote, close."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.aggregates.assembly import Assembly
from domain.aggregates.electoral_roll import ElectoralRoll
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.motion import Motion
from domain.aggregates.poll import Poll, PollState
from domain.aggregates.rule_set import RuleSet
from domain.errors import NotOnTheRoll, OtherEntity, PollsNotCounted
from domain.facts import Stamp, require_day
from domain.ledger.books import Books
from domain.ledger.entities import register_id
from domain.ledger.governance import freeze_roll, open_poll, require_in_force, rule_set_id
from domain.ledger.presets import ASSEMBLY_NOTICE_DAYS, ASSEMBLY_PROXIES_PER_HOLDER


def convene_assembly(
    books: Books,
    stamp: Stamp,
    *,
    assembly_id: UUID,
    entity_id: UUID,
    held_on: date,
    notice_on: date,
    agenda: Sequence[UUID],
) -> None:
    """Convene the members of an entity to decide motions that were tabled and not yet voted on."""
    require_day(held_on)
    require_day(notice_on)
    entity = books.get(LegalEntity, entity_id)
    for motion_id in agenda:
        motion = books.get(Motion, motion_id)
        if motion.entity_id != entity_id:
            raise OtherEntity(motion_id=motion_id)
        motion.require_tabled()
    books.record(
        Assembly.convene(
            stamp,
            id=assembly_id,
            entity_id=entity_id,
            held_on=held_on,
            notice_on=notice_on,
            agenda=agenda,
            notice_days=int(entity.parameter(ASSEMBLY_NOTICE_DAYS, held_on)),
        )
    )


def grant_proxy(
    books: Books, stamp: Stamp, *, assembly_id: UUID, principal_id: UUID, holder_id: UUID
) -> None:
    """Record the proxy of one member to another: of the register before the opening, of the roll after."""
    assembly = books.get(Assembly, assembly_id)
    for member_id in (principal_id, holder_id):
        _require_voter(books, assembly, member_id)
    entity = books.get(LegalEntity, assembly.entity_id)
    limit = int(entity.parameter(ASSEMBLY_PROXIES_PER_HOLDER, assembly.held_on))
    assembly.grant_proxy(stamp, principal_id=principal_id, holder_id=holder_id, limit=limit)


def revoke_proxy(books: Books, stamp: Stamp, *, assembly_id: UUID, principal_id: UUID) -> None:
    """Record that a member withdrew a proxy."""
    books.get(Assembly, assembly_id).revoke_proxy(stamp, principal_id=principal_id)


def open_assembly(books: Books, stamp: Stamp, *, assembly_id: UUID, roll_id: UUID) -> None:
    """Freeze the roll as the register stands now, and begin on it.

    A Belgian unlisted cooperative has no record date unless its statutes set one ◇.
    """
    assembly = books.get(Assembly, assembly_id)
    assembly.require_not_opened()
    freeze_roll(books, stamp, roll_id=roll_id, entity_id=assembly.entity_id)
    roll = books.get(ElectoralRoll, roll_id)
    assembly.open(stamp, roll_id=roll_id, entitled=roll.require_entitled())
    books.get(MemberRegister, register_id(assembly.entity_id)).begin_vote(
        stamp, vote_id=assembly_id, roll_id=roll_id
    )


def record_attendance(books: Books, stamp: Stamp, *, assembly_id: UUID, member_id: UUID) -> None:
    """Record that a member on the roll is present."""
    assembly = books.get(Assembly, assembly_id)
    books.get(ElectoralRoll, assembly.require_roll()).votes_of(member_id)
    assembly.record_attendance(stamp, member_id=member_id)


def put_to_the_vote(
    books: Books,
    stamp: Stamp,
    *,
    assembly_id: UUID,
    motion_id: UUID,
    poll_id: UUID,
    rule_name: str,
    rule_version: int,
) -> None:
    """Establish the quorum for a motion and, if it is reached, open its poll in the assembly."""
    assembly = books.get(Assembly, assembly_id)
    roll_id = assembly.require_roll()
    roll = books.get(ElectoralRoll, roll_id)
    rule_id = rule_set_id(assembly.entity_id, rule_name, rule_version)
    books.get(Motion, motion_id).require_tabled()
    require_in_force(books, assembly.entity_id, rule_name, rule_version, stamp.effective_on)
    present = sum(roll.votes_of(member_id) for member_id in assembly.present)
    represented = sum(roll.votes_of(each) for each in assembly.represented if roll.holds(each))
    reached = assembly.establish_quorum(
        stamp,
        motion_id=motion_id,
        poll_id=poll_id,
        rule_set_id=rule_id,
        quorum=books.get(RuleSet, rule_id).quorum,
        present=present,
        represented=represented,
        entitled=roll.require_entitled(),
    )
    if not reached:
        return
    open_poll(
        books,
        stamp,
        poll_id=poll_id,
        motion_id=motion_id,
        roll_id=roll_id,
        rule_name=rule_name,
        rule_version=rule_version,
    )
    books.get(Poll, poll_id).place(stamp, assembly_id=assembly_id, took_part=present + represented)


def close_assembly(books: Books, stamp: Stamp, *, assembly_id: UUID) -> None:
    """End an assembly whose polls are all counted."""
    assembly = books.get(Assembly, assembly_id)
    waiting = [each for each in assembly.polls if books.get(Poll, each).state is not PollState.COUNTED]
    if waiting:
        raise PollsNotCounted(polls=len(waiting))
    assembly.close(stamp)
    books.get(MemberRegister, register_id(assembly.entity_id)).end_vote(stamp, vote_id=assembly_id)


def _require_voter(books: Books, assembly: Assembly, member_id: UUID) -> None:
    if assembly.roll_id is not None:
        books.get(ElectoralRoll, assembly.roll_id).votes_of(member_id)
    elif member_id not in books.get(MemberRegister, register_id(assembly.entity_id)).members:
        raise NotOnTheRoll(member_id=member_id)
