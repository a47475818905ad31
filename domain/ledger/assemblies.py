"""Assemblies: convene, take proxies, open on a roll, put motions to the vote, adjourn, close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from domain.aggregates.advance_box import AdvanceBox, AdvanceVote
from domain.aggregates.assembly import Assembly
from domain.aggregates.electoral_roll import ElectoralRoll
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.motion import Motion
from domain.aggregates.poll import Poll, PollState
from domain.aggregates.rule_set import RuleSet
from domain.errors import (
    NotOnTheRoll,
    NotTheTextThatLackedQuorum,
    OtherEntity,
    PollsNotCounted,
    RollNotOfTheRecordDate,
)
from domain.facts import Stamp, require_day
from domain.governance.presence import AttendanceMode
from domain.governance.provisions import PLAIN, Notice, Provisions, Proxies
from domain.governance.reckoning import counted, reckon_quorum
from domain.governance.rules import Quorum
from domain.governance.secrecy import Secrecy, require_offered
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.entities import register_id
from domain.ledger.governance import box_id, freeze_roll, open_poll, require_in_force
from domain.ledger.presets import ASSEMBLY_NOTICE_DAYS, ASSEMBLY_PROXIES_PER_HOLDER
from domain.ledger.rolls import Drawn

SETTLED = (PollState.COUNTED, PollState.ANNULLED)


def record_roll_id(assembly_id: UUID) -> UUID:
    """Return the id of the roll of an assembly that has a record date."""
    return derived_id("record-roll", assembly_id)


def convene_assembly(
    books: Books,
    stamp: Stamp,
    *,
    assembly_id: UUID,
    entity_id: UUID,
    held_on: date,
    notice_on: date,
    agenda: Sequence[UUID],
    place: str = "",
    rule_name: str = "",
    rule_version: int = 0,
    previous_id: UUID | None = None,
) -> None:
    """Convene the members of an entity to decide motions that were tabled and not yet voted on.

    It is called as the rule says, or else by the parameters of the entity. A second convening names
    the assembly in which each of its texts lacked the quorum.
    """
    require_day(held_on)
    require_day(notice_on)
    entity = books.get(LegalEntity, entity_id)
    rule = None
    if rule_name:
        rule = require_in_force(books, entity_id, rule_name, rule_version, stamp.effective_on)
    provisions = rule.provisions if rule else PLAIN
    notice = provisions.notice or Notice(int(entity.parameter(ASSEMBLY_NOTICE_DAYS, held_on)))
    motions = [books.get(Motion, motion_id) for motion_id in agenda]
    for motion in motions:
        if motion.entity_id != entity_id:
            raise OtherEntity(motion_id=motion.id)
        motion.require_tabled()
    if previous_id is not None:
        _require_lacking(books, entity_id, previous_id, motions)
        notice = replace(notice, days=provisions.second.notice_days if provisions.second else notice.days)
    books.record(
        Assembly.convene(
            stamp,
            id=assembly_id,
            entity_id=entity_id,
            held_on=held_on,
            notice_on=notice_on,
            notice=notice,
            agenda=agenda,
            texts=[motion.text_sha256 for motion in motions],
            place=place,
            rule_set_id=rule.id if rule else None,
            record_on=provisions.roll.record_on(held_on),
            convening_no=1 if previous_id is None else 2,
            previous_id=previous_id,
        )
    )


def grant_proxy(
    books: Books,
    stamp: Stamp,
    *,
    assembly_id: UUID,
    principal_id: UUID,
    holder_id: UUID,
    motions: Sequence[UUID] = (),
    instructions_sha256: str | None = None,
) -> None:
    """Record the proxy of one member to another: of the register before the opening, of the roll after."""
    assembly = books.get(Assembly, assembly_id)
    for member_id in (principal_id, holder_id):
        require_voter(books, assembly, member_id)
    assembly.grant_proxy(
        stamp,
        principal_id=principal_id,
        holder_id=holder_id,
        limit=_proxy_limit(books, assembly),
        motions=motions,
        instructions_sha256=instructions_sha256,
    )


def revoke_proxy(books: Books, stamp: Stamp, *, assembly_id: UUID, principal_id: UUID) -> None:
    """Record that a member withdrew a proxy."""
    books.get(Assembly, assembly_id).revoke_proxy(stamp, principal_id=principal_id)


def freeze_record_roll(books: Books, stamp: Stamp, *, assembly_id: UUID, drawn: Drawn | None = None) -> None:
    """Freeze the roll of an assembly on its record date, or later as it stood at the end of that day."""
    assembly = books.get(Assembly, assembly_id)
    assembly.require_not_opened()
    if assembly.record_on is None or stamp.effective_on < assembly.record_on:
        raise RollNotOfTheRecordDate(record_on=assembly.record_on)
    freeze_roll(
        books,
        stamp,
        roll_id=record_roll_id(assembly_id),
        entity_id=assembly.entity_id,
        provisions=provisions_of(books, assembly),
        drawn=drawn,
        record_on=assembly.record_on,
    )


def open_assembly(
    books: Books, stamp: Stamp, *, assembly_id: UUID, roll_id: UUID, drawn: Drawn | None = None
) -> None:
    """Begin: on the roll of its record date if the rule has one, else on one frozen now under this id.

    A Belgian unlisted cooperative has no record date unless its statutes set one ◇.
    """
    assembly = books.get(Assembly, assembly_id)
    assembly.require_not_opened()
    if assembly.record_on is not None:
        roll_id = record_roll_id(assembly_id)
        if books.find(ElectoralRoll, roll_id) is None:
            raise RollNotOfTheRecordDate(record_on=assembly.record_on)
    else:
        provisions = provisions_of(books, assembly)
        freeze_roll(
            books,
            stamp,
            roll_id=roll_id,
            entity_id=assembly.entity_id,
            provisions=provisions,
            drawn=drawn,
        )
    roll = books.get(ElectoralRoll, roll_id)
    assembly.open(
        stamp,
        roll_id=roll_id,
        entitled=roll.require_entitled(),
        limit=_proxy_limit(books, assembly, roll),
        on_roll=frozenset(each.member_id for each in roll.entries if each.votes),
    )
    register = books.get(MemberRegister, register_id(assembly.entity_id))
    register.begin_vote(stamp, vote_id=assembly_id, roll_id=roll_id)


def record_attendance(
    books: Books,
    stamp: Stamp,
    *,
    assembly_id: UUID,
    member_id: UUID,
    mode: AttendanceMode = AttendanceMode.IN_PERSON,
) -> None:
    """Record that a member on the roll is present."""
    assembly = books.get(Assembly, assembly_id)
    books.get(ElectoralRoll, assembly.require_roll()).entry_of(member_id)
    assembly.record_attendance(stamp, member_id=member_id, mode=mode)


def record_departure(books: Books, stamp: Stamp, *, assembly_id: UUID, member_id: UUID) -> None:
    """Record that a member left: they and whom they represent take part in no quorum from here on."""
    books.get(Assembly, assembly_id).record_departure(stamp, member_id=member_id)


def put_to_the_vote(
    books: Books,
    stamp: Stamp,
    *,
    assembly_id: UUID,
    motion_id: UUID,
    poll_id: UUID,
    rule_name: str,
    rule_version: int,
    secrecy: Secrecy = Secrecy.ROLL_CALL,
    advance_votes: Sequence[AdvanceVote] = (),
) -> None:
    """Establish the quorum for a motion and, if it is reached, open its poll in the assembly.

    `advance_votes` are those received on this motion, folded from the log: each that still stands is
    read out with the poll.
    """
    require_offered(secrecy)
    assembly = books.get(Assembly, assembly_id)
    roll_id = assembly.require_roll()
    motion = books.get(Motion, motion_id)
    motion.require_tabled()
    assembly.require_text(motion_id, motion.text_sha256)
    rule = require_in_force(books, assembly.entity_id, rule_name, rule_version, stamp.effective_on)
    quorum = _quorum_of(assembly, rule)
    took_part, in_advance = _establish(books, stamp, assembly, motion, poll_id, rule, quorum)
    if took_part is None:
        return
    open_poll(
        books,
        stamp,
        poll_id=poll_id,
        motion_id=motion_id,
        roll_id=roll_id,
        rule_name=rule_name,
        rule_version=rule_version,
        secrecy=secrecy,
    )
    books.get(Poll, poll_id).place(
        stamp, assembly_id=assembly_id, took_part=took_part, quorum=quorum, in_advance=in_advance
    )
    _open_box(books, stamp, assembly, motion, poll_id, advance_votes)


def adjourn_motions(
    books: Books,
    stamp: Stamp,
    *,
    assembly_id: UUID,
    to_on: date,
    motions: Sequence[UUID],
    decision_ref: str,
) -> None:
    """Leave motions that were not put to the vote for another day; they are convened for again."""
    require_day(to_on)
    for motion_id in motions:
        books.get(Motion, motion_id).require_tabled()
    assembly = books.get(Assembly, assembly_id)
    assembly.adjourn(stamp, to_on=to_on, motions=motions, decision_ref=decision_ref)


def close_assembly(books: Books, stamp: Stamp, *, assembly_id: UUID) -> None:
    """End an assembly whose polls are all counted or annulled."""
    assembly = books.get(Assembly, assembly_id)
    waiting = [each for each in assembly.polls if books.get(Poll, each).state not in SETTLED]
    if waiting:
        raise PollsNotCounted(polls=len(waiting))
    assembly.close(stamp)
    books.get(MemberRegister, register_id(assembly.entity_id)).end_vote(stamp, vote_id=assembly_id)


def provisions_of(books: Books, assembly: Assembly) -> Provisions:
    """Return the provisions of the rule an assembly is called under; those of none if it names none."""
    return books.get(RuleSet, assembly.rule_set_id).provisions if assembly.rule_set_id else PLAIN


def require_voter(books: Books, assembly: Assembly, member_id: UUID) -> None:
    """Refuse who has no vote: on the register before the opening, on the roll after."""
    if assembly.roll_id is not None:
        books.get(ElectoralRoll, assembly.roll_id).votes_of(member_id)
    elif member_id not in books.get(MemberRegister, register_id(assembly.entity_id)).members:
        raise NotOnTheRoll(member_id=member_id)


def _require_lacking(books: Books, entity_id: UUID, previous_id: UUID, motions: Sequence[Motion]) -> None:
    previous = books.get(Assembly, previous_id)
    if previous.entity_id != entity_id:
        raise OtherEntity(assembly_id=previous_id)
    for motion in motions:
        if motion.text_sha256 not in previous.lacking.values():
            raise NotTheTextThatLackedQuorum(motion_id=motion.id)


def _proxy_limit(books: Books, assembly: Assembly, roll: ElectoralRoll | None = None) -> int:
    """Return how many proxies one may hold, by the rule or else by the parameter of the entity."""
    proxies = provisions_of(books, assembly).proxies
    if proxies is None:
        entity = books.get(LegalEntity, assembly.entity_id)
        proxies = Proxies(most=int(entity.parameter(ASSEMBLY_PROXIES_PER_HOLDER, assembly.held_on)))
    if roll is None and assembly.roll_id is not None:
        roll = books.get(ElectoralRoll, assembly.roll_id)
    if roll is not None:
        return proxies.limit(sum(each.votes > 0 for each in roll.entries))
    return proxies.limit(len(books.get(MemberRegister, register_id(assembly.entity_id)).members))


def _quorum_of(assembly: Assembly, rule: RuleSet) -> Quorum:
    """Return the quorum that is asked for: of a second convening, what the rule says of one."""
    second = rule.provisions.second
    return rule.quorum if assembly.previous_id is None or second is None else second.quorum


def _establish(
    books: Books,
    stamp: Stamp,
    assembly: Assembly,
    motion: Motion,
    poll_id: UUID,
    rule: RuleSet,
    quorum: Quorum,
) -> tuple[int | None, int]:
    """Record the quorum; return the votes that take part if it is reached, and those of them in advance."""
    roll = books.get(ElectoralRoll, assembly.require_roll())
    box = books.find(AdvanceBox, box_id(assembly.id, motion.id))
    present = assembly.present
    represented = assembly.represented(motion.id) - present
    in_advance = (box.standing(motion.text_sha256) if box else frozenset()) - present - represented
    votes = {each.member_id: each.votes for each in roll.entries}
    sums = [sum(votes.get(each, 0) for each in group) for group in (present, represented, in_advance)]
    entries = counted(roll.entries, motion.conflicted, rule.provisions)
    there = present | represented | in_advance
    reached = assembly.establish_quorum(
        stamp,
        motion_id=motion.id,
        poll_id=poll_id,
        rule_set_id=rule.id,
        rule_name=rule.name,
        rule_version=rule.number,
        text_sha256=motion.text_sha256,
        present=sums[0],
        represented=sums[1],
        in_advance=sums[2],
        entitled=roll.require_entitled(),
        reckoned=reckon_quorum(quorum, entries, there, rule.provisions.colleges),
    )
    return (sum(sums) if reached else None), sums[2]


def _open_box(
    books: Books,
    stamp: Stamp,
    assembly: Assembly,
    motion: Motion,
    poll_id: UUID,
    advance_votes: Sequence[AdvanceVote],
) -> None:
    """Read out the advance votes of those who are not present, have a vote, and voted on this text."""
    box = books.find(AdvanceBox, box_id(assembly.id, motion.id))
    if box is None:
        return
    roll = books.get(ElectoralRoll, assembly.require_roll())
    voters = {each for each in box.standing(motion.text_sha256) if roll.holds(each)} - assembly.present
    votes = [each for each in advance_votes if each.member_id in voters]
    box.open(stamp, poll_id=poll_id, voters=voters, votes=votes)
