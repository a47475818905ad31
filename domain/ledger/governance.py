"""Governance: adopt a rule, freeze a roll, table a motion, vote by roll-call, count, decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.aggregates.advance_box import AdvanceBox
from domain.aggregates.assembly import Assembly
from domain.aggregates.electoral_roll import ElectoralRoll
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.motion import Motion
from domain.aggregates.poll import Poll
from domain.aggregates.rule_set import RuleSet
from domain.aggregates.voting_right import VotingRight
from domain.errors import (
    CountDisagrees,
    InConflict,
    MergedAway,
    NoSuchProxy,
    NotByConsent,
    NotRetroactive,
    OtherEntity,
    RuleNotInForce,
)
from domain.facts import Stamp, require_readable
from domain.governance.provisions import PLAIN, Conflicts, Method, Provisions
from domain.governance.reckoning import reckon
from domain.governance.roots import root_of
from domain.governance.rules import Choice, Majority, Quorum
from domain.governance.secrecy import Secrecy, require_offered
from domain.governance.tally import Ballot, count, decide
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.entities import register_id
from domain.ledger.rolls import Drawn, current_entries, entries_of
from domain.ledger.rule_presets import preset

FIRST_VERSION = 1


def rule_set_id(entity_id: UUID, name: str, version: int) -> UUID:
    """Return the id of that version of that rule set of the entity."""
    return derived_id("rule-set", entity_id, name, version)


def voting_right_id(poll_id: UUID, member_id: UUID) -> UUID:
    """Return the id of the one vote of that member in that poll."""
    return derived_id("voting-right", poll_id, member_id)


def adopt_rule_set(
    books: Books,
    stamp: Stamp,
    *,
    entity_id: UUID,
    name: str,
    version: int,
    valid_from: date,
    quorum: Quorum,
    majority: Majority,
    source_ref: str,
    provisions: Provisions = PLAIN,
) -> None:
    """Adopt the next version of a rule set; after the first, from today or later."""
    books.get(LegalEntity, entity_id)
    if version != FIRST_VERSION:
        previous = books.get(RuleSet, rule_set_id(entity_id, name, version - 1))
        if valid_from < stamp.effective_on or valid_from <= previous.valid_from:
            raise NotRetroactive(rule_set=name, version=version, valid_from=valid_from)
    books.record(
        RuleSet.adopt(
            stamp,
            id=rule_set_id(entity_id, name, version),
            entity_id=entity_id,
            name=name,
            version=version,
            valid_from=valid_from,
            quorum=quorum,
            majority=majority,
            source_ref=source_ref,
            provisions=provisions,
        )
    )


def adopt_preset(
    books: Books,
    stamp: Stamp,
    *,
    entity_id: UUID,
    preset_name: str,
    name: str,
    version: int,
    valid_from: date,
) -> None:
    """Adopt the next version of a rule set as a preset says it; raises UnknownPreset."""
    known = preset(preset_name)
    adopt_rule_set(
        books,
        stamp,
        entity_id=entity_id,
        name=name,
        version=version,
        valid_from=valid_from,
        quorum=known.quorum,
        majority=known.majority,
        source_ref=known.source_ref,
        provisions=known.provisions,
    )


def freeze_roll(
    books: Books,
    stamp: Stamp,
    *,
    roll_id: UUID,
    entity_id: UUID,
    provisions: Provisions = PLAIN,
    drawn: Drawn | None = None,
    record_on: date | None = None,
) -> None:
    """Freeze the roll of the effective members, as the rule weighs them and the registers stand now.

    It is decided on the registers themselves, so no admission or departure can fall between. The roll
    of a record date that has passed rests on `drawn` alone, as the log stood at its end.
    """
    if record_on is not None and record_on < stamp.effective_on and drawn is not None:
        position, entries = drawn.position, entries_of(drawn, provisions)
    else:
        position, entries = current_entries(books, entity_id, provisions, drawn)
    books.record(
        ElectoralRoll.freeze(
            stamp,
            id=roll_id,
            entity_id=entity_id,
            position=position,
            entries=entries,
            record_on=record_on,
        )
    )


def freeze_roll_for(
    books: Books,
    stamp: Stamp,
    *,
    roll_id: UUID,
    entity_id: UUID,
    rule_name: str = "",
    rule_version: int = 0,
    drawn: Drawn | None = None,
) -> None:
    """Freeze a roll as a version of a rule weighs it; without one, one vote each."""
    provisions = PLAIN
    if rule_name:
        rule = require_in_force(books, entity_id, rule_name, rule_version, stamp.effective_on)
        provisions = rule.provisions
    freeze_roll(books, stamp, roll_id=roll_id, entity_id=entity_id, provisions=provisions, drawn=drawn)


def table_motion(
    books: Books, stamp: Stamp, *, motion_id: UUID, entity_id: UUID, title: str, text: str
) -> None:
    """Table a motion, fixed by the root of title and text: neither can lend the other a line."""
    books.get(LegalEntity, entity_id)
    require_readable({"title": title, "text": text})
    digest = root_of((title, text))
    books.record(
        Motion.table(stamp, id=motion_id, entity_id=entity_id, title=title, text=text, text_sha256=digest)
    )


def open_poll(
    books: Books,
    stamp: Stamp,
    *,
    poll_id: UUID,
    motion_id: UUID,
    roll_id: UUID,
    rule_name: str,
    rule_version: int,
    secrecy: Secrecy = Secrecy.ROLL_CALL,
) -> None:
    """Put a motion to the vote of a roll, under a rule in force, by roll-call."""
    require_offered(secrecy)
    motion = books.get(Motion, motion_id)
    roll = books.get(ElectoralRoll, roll_id)
    if roll.entity_id != motion.entity_id:
        raise OtherEntity(motion_id=motion_id, roll_id=roll_id)
    rule = require_in_force(books, motion.entity_id, rule_name, rule_version, stamp.effective_on)
    if rule.provisions.method is not Method.VOTE:
        raise NotByConsent(rule=rule_name, method=rule.provisions.method)
    roll.use(stamp, poll_id=poll_id)
    motion.open(stamp, poll_id=poll_id)
    books.record(
        Poll.begin(
            stamp,
            id=poll_id,
            entity_id=motion.entity_id,
            motion_id=motion_id,
            roll_id=roll_id,
            rule_set_id=rule.id,
            rule_name=rule_name,
            rule_version=rule_version,
            secrecy=secrecy,
        )
    )
    books.get(MemberRegister, register_id(motion.entity_id)).begin_vote(
        stamp, vote_id=poll_id, roll_id=roll_id
    )


def require_in_force(books: Books, entity_id: UUID, name: str, version: int, on: date) -> RuleSet:
    """Return a version that is in force, neither not yet nor no longer: nobody chooses among the rules."""
    rule = books.get(RuleSet, rule_set_id(entity_id, name, version))
    rule.require_in_force(on)
    successor = books.find(RuleSet, rule_set_id(entity_id, name, version + 1))
    if successor is not None and successor.valid_from <= on:
        raise RuleNotInForce(rule=name, version=version, replaced_on=successor.valid_from)
    return rule


def cast_vote(
    books: Books,
    stamp: Stamp,
    *,
    poll_id: UUID,
    member_id: UUID,
    choice: Choice,
    holder_id: UUID | None = None,
) -> None:
    """Cast or change the vote of a member on the roll, while the poll is open.

    In an assembly the member is present, or represented by `holder_id`, who is.
    """
    poll = books.get(Poll, poll_id)
    poll.require_open()
    _require_voice(books, poll, member_id, holder_id)
    _require_no_conflict(books, poll, member_id)
    votes = books.get(ElectoralRoll, poll.roll_id).votes_of(member_id)
    right_id = voting_right_id(poll_id, member_id)
    right = books.find(VotingRight, right_id)
    if right is not None:
        right.change(stamp, entity_id=poll.entity_id, choice=choice)
    else:
        right = VotingRight.cast(
            stamp,
            id=right_id,
            entity_id=poll.entity_id,
            poll_id=poll_id,
            member_id=member_id,
            choice=choice,
            votes=votes,
        )
        books.record(right)
    if holder_id is not None:
        right.note_holder(stamp, entity_id=poll.entity_id, holder_id=holder_id)


def _require_voice(books: Books, poll: Poll, member_id: UUID, holder_id: UUID | None) -> None:
    """Refuse a vote for another outside an assembly, of the absent in one, and a second one of a person."""
    merged = books.get(MemberRegister, register_id(poll.entity_id)).merged
    if member_id in merged:
        raise MergedAway(into_id=merged[member_id][0])
    if poll.assembly_id is not None:
        books.get(Assembly, poll.assembly_id).require_voice(poll.motion_id, member_id, holder_id)
    elif holder_id is not None:
        raise NoSuchProxy(member_id=member_id, holder_id=holder_id)


def _require_no_conflict(books: Books, poll: Poll, member_id: UUID) -> None:
    """Refuse the vote of a member whose declared conflict the rule does not let vote."""
    if member_id in books.get(Motion, poll.motion_id).conflicted:
        rule = books.get(RuleSet, poll.rule_set_id)
        if rule.provisions.conflicts is not Conflicts.NOTED:
            raise InConflict(member_id=member_id)


def close_poll(books: Books, stamp: Stamp, *, poll_id: UUID) -> None:
    """Close a poll: the votes recorded so far count, and no other."""
    books.get(Poll, poll_id).close(stamp, position=books.position)


def count_poll(books: Books, stamp: Stamp, *, poll_id: UUID, ballots: Sequence[Ballot]) -> None:
    """Record the count of a closed poll and the verdict on its motion.

    `ballots` are the live votes up to the closing position, folded from the log; each must stand
    on the roll, once and with its votes.
    """
    poll = books.get(Poll, poll_id)
    poll.require_countable()
    roll = books.get(ElectoralRoll, poll.roll_id)
    rule = books.get(RuleSet, poll.rule_set_id)
    for ballot in ballots:
        if roll.votes_of(ballot.member_id) != ballot.votes:
            raise CountDisagrees(member_id=ballot.member_id, votes=ballot.votes)
    if len({ballot.member_id for ballot in ballots}) != len(ballots):
        raise CountDisagrees(ballots=len(ballots))
    tally = count(ballots)
    motion, quorum = books.get(Motion, poll.motion_id), poll.quorum or rule.quorum
    verdict = decide(
        tally,
        entitled=roll.require_entitled(),
        quorum=quorum,
        majority=rule.majority,
        present=poll.took_part,
    )
    reckoning = reckon(
        quorum=quorum,
        majority=rule.majority,
        provisions=rule.provisions,
        entries=roll.entries,
        took_part=_took_part(books, poll),
        ballots=ballots,
        conflicted=motion.conflicted,
    )
    poll.record_count(stamp, ballots=len(ballots), input_root=ballots_root(ballots), tally=tally)
    motion.settle(
        stamp,
        poll_id=poll_id,
        tally=tally,
        verdict=verdict,
        reckoning=reckoning,
        rule_set_id=rule.id,
        rule_name=rule.name,
        rule_version=rule.number,
    )
    books.get(MemberRegister, register_id(poll.entity_id)).end_vote(stamp, vote_id=poll_id)


def _took_part(books: Books, poll: Poll) -> frozenset[UUID]:
    """Return who was there or had voted in advance when the poll was opened, if that was in an assembly."""
    if poll.assembly_id is None:
        return frozenset()
    there = books.get(Assembly, poll.assembly_id).polls[poll.id]
    box = books.find(AdvanceBox, box_id(poll.assembly_id, poll.motion_id))
    text = books.get(Motion, poll.motion_id).text_sha256
    return there if box is None else there | box.standing(text)


def box_id(assembly_id: UUID, motion_id: UUID) -> UUID:
    """Return the id of the box of the advance votes on that motion of that assembly."""
    return derived_id("advance-box", assembly_id, motion_id)


def annul_poll(books: Books, stamp: Stamp, *, poll_id: UUID, decision_ref: str, reason: str) -> None:
    """Void a poll: its motion can be put to the vote again, or what it decided carries nothing any more."""
    poll = books.get(Poll, poll_id)
    poll.annul(stamp, decision_ref=decision_ref, reason=reason)
    books.get(Motion, poll.motion_id).annul(stamp, poll_id=poll_id, decision_ref=decision_ref)
    books.get(MemberRegister, register_id(poll.entity_id)).end_vote(stamp, vote_id=poll_id)


def ballots_root(ballots: Sequence[Ballot]) -> str:
    """Return the root over the ballots of a count, in the order of their members' ids."""
    ordered = sorted(ballots, key=lambda ballot: ballot.member_id.int)
    return root_of([f"{each.member_id} {each.choice} {each.votes}" for each in ordered])
