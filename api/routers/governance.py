"""Decisions: rules, rolls, motions, and roll-call polls.

A key is not bound to a member yet: staff and the committee enter the votes the members gave.
"""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from api import counting, rolls
from api.context import Ask
from api.forms import Code, Count, Dated, Day, Form, Line, Text
from api.guard import GuardedRoute
from api.looking import Look, OfEntity
from api.replies import Recorded
from domain.governance.provisions import PLAIN, Provisions
from domain.governance.rules import Basis, Choice, Comparator, Denominator, Majority, Quorum
from domain.governance.secrecy import Secrecy
from domain.ledger import governance
from domain.ledger.rule_presets import RULE_PRESETS, RulePreset
from projections.governance_trail import GOVERNANCE_TRAIL
from projections.poll_trail import PollSummary, PollTrail, poll_trail, polls

router = APIRouter(tags=["governance"], route_class=GuardedRoute)


class AskedQuorum(Form):
    """Which fraction of the votes on the roll must take part; 0/1 asks for none."""

    num: Count
    den: Count
    basis: Basis = Basis.VOTES


class AskedMajority(Form):
    """Which fraction of the denominator must be in favour."""

    num: Count
    den: Count
    comparator: Comparator
    denominator: Denominator


class AdoptRuleSet(Dated):
    """One version of how a kind of decision is taken."""

    entity_id: UUID
    name: Code
    version: Count
    valid_from: Day
    quorum: AskedQuorum
    majority: AskedMajority
    source_ref: Line
    provisions: Provisions = PLAIN


class AdoptPreset(Dated):
    """One version of how a kind of decision is taken, as a preset says it."""

    entity_id: UUID
    preset: Code
    name: Code
    version: Count
    valid_from: Day


class FreezeRoll(Dated):
    """The effective members as the register stands, one vote each, or as a rule weighs them."""

    entity_id: UUID
    rule_name: Code | None = None
    rule_version: Count = 0
    roll_id: UUID | None = None


class TableMotion(Dated):
    """What is put before the members."""

    entity_id: UUID
    motion_id: UUID | None = None
    title: Line
    text: Text


class OpenPoll(Dated):
    """A motion put to the vote of a roll, under a version of a rule."""

    poll_id: UUID | None = None
    motion_id: UUID
    roll_id: UUID
    rule_name: Code
    rule_version: Count
    secrecy: Secrecy = Secrecy.ROLL_CALL


class CastVote(Dated):
    """What a member on the roll said; in an assembly perhaps by a proxy holder."""

    member_id: UUID
    choice: Line
    holder_id: UUID | None = None


class RulePresets(BaseModel):
    """Rules of decision as laws and approvals are known to have them, each number with its source."""

    presets: list[RulePreset]


class Polls(BaseModel):
    """Polls and where each stands, the latest first."""

    position: int
    polls: list[PollSummary]


@router.post("/rule-sets", status_code=201, name="rule-set.adopt")
def adopt_rule_set(asked: AdoptRuleSet, ask: Ask) -> Recorded:
    """Adopt one version of a rule set."""
    majority = asked.majority
    return ask(asked, on=asked.effective_on).record(
        governance.adopt_rule_set,
        entity_id=asked.entity_id,
        name=asked.name,
        version=asked.version,
        valid_from=asked.valid_from,
        quorum=Quorum(asked.quorum.num, asked.quorum.den, asked.quorum.basis),
        majority=Majority(majority.num, majority.den, majority.comparator, majority.denominator),
        source_ref=asked.source_ref,
        provisions=asked.provisions,
    )


@router.post("/rule-sets/from-preset", status_code=201, name="rule-set.adopt-preset")
def adopt_preset(asked: AdoptPreset, ask: Ask) -> Recorded:
    """Adopt one version of a rule set with the numbers of a preset; a later version may change them."""
    return ask(asked, on=asked.effective_on).record(
        governance.adopt_preset,
        entity_id=asked.entity_id,
        preset_name=asked.preset,
        name=asked.name,
        version=asked.version,
        valid_from=asked.valid_from,
    )


@router.post("/rolls", status_code=201, name="roll.freeze")
def freeze_roll(asked: FreezeRoll, ask: Ask) -> Recorded:
    """Freeze the roll of the effective members."""
    return ask(asked, on=asked.effective_on).record(
        governance.freeze_roll_for,
        roll_id=ask.id_or_new(asked.roll_id),
        entity_id=asked.entity_id,
        rule_name=asked.rule_name or "",
        rule_version=asked.rule_version,
        drawn=rolls.drawn_now(ask.services.log, asked.entity_id) if asked.rule_name else None,
    )


@router.post("/motions", status_code=201, name="motion.table")
def table_motion(asked: TableMotion, ask: Ask) -> Recorded:
    """Table a motion; its text is fixed by its hash."""
    return ask(asked, on=asked.effective_on).record(
        governance.table_motion,
        motion_id=ask.id_or_new(asked.motion_id),
        entity_id=asked.entity_id,
        title=asked.title,
        text=asked.text,
    )


@router.post("/polls", status_code=201, name="poll.open")
def open_poll(asked: OpenPoll, ask: Ask) -> Recorded:
    """Put a motion to the vote."""
    return ask(asked, on=asked.effective_on).record(
        governance.open_poll,
        poll_id=ask.id_or_new(asked.poll_id),
        motion_id=asked.motion_id,
        roll_id=asked.roll_id,
        rule_name=asked.rule_name,
        rule_version=asked.rule_version,
        secrecy=asked.secrecy,
    )


@router.post("/polls/{poll_id}/votes", status_code=201, name="vote.cast")
def cast_vote(poll_id: UUID, asked: CastVote, ask: Ask) -> Recorded:
    """Enter the vote of a member on the roll, or its change, while the poll is open."""
    return ask(asked, on=asked.effective_on).record(
        governance.cast_vote,
        poll_id=poll_id,
        member_id=asked.member_id,
        choice=Choice.read(asked.choice),
        holder_id=asked.holder_id,
    )


@router.post("/polls/{poll_id}/close", status_code=201, name="poll.close")
def close_poll(poll_id: UUID, ask: Ask) -> Recorded:
    """Close a poll: the votes recorded so far count, and no other."""
    return ask().record(governance.close_poll, poll_id=poll_id)


@router.post("/polls/{poll_id}/count", status_code=201, name="poll.count")
def count_poll(poll_id: UUID, ask: Ask) -> Recorded:
    """Count a closed poll and record the verdict on its motion."""
    return ask().record(
        governance.count_poll, poll_id=poll_id, ballots=counting.ballots_of(ask.services.log, poll_id)
    )


@router.get("/rule-presets", name="rule-presets.view")
def view_rule_presets() -> RulePresets:
    """Show rules of decision as starting points; none is in force by itself."""
    return RulePresets(presets=list(RULE_PRESETS))


@router.get("/polls", name="polls.view")
def view_polls(look: Look, entity_id: OfEntity = None) -> Polls:
    """Show the polls and their results."""
    position = look.standing_at(GOVERNANCE_TRAIL.name)
    return Polls(position=position, polls=polls(look.reading(GOVERNANCE_TRAIL.name), entity_id=entity_id))


@router.get("/polls/{poll_id}/trail", name="poll-trail.view")
def view_poll_trail(poll_id: UUID, look: Look) -> PollTrail:
    """Show a poll from the roll to the verdict, every vote, and whether a recount agrees."""
    trail = poll_trail(look.reading(GOVERNANCE_TRAIL.name), poll_id)
    look.at(trail.position)
    return trail
