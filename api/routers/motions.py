"""Motions beside their polls: amended, objected to, adopted by consent or in writing, annulled."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from api.context import Ask
from api.forms import Code, Count, Dated, Day, Line, Text
from api.guard import GuardedRoute
from api.replies import Recorded
from api.routers.meetings import Digest
from domain.governance.rolls import EntryReason
from domain.ledger import governance, motions, rolls

router = APIRouter(tags=["governance"], route_class=GuardedRoute)


class AmendMotion(Dated):
    """Another text, by the decision that carries the amendment."""

    title: Line
    text: Text
    decision_ref: Line


class DeclareConflict(Dated):
    """A member has an interest of their own in the motion."""

    member_id: UUID
    interest: Text


class RaiseObjection(Dated):
    """A member objects, with a reason."""

    objection_id: UUID | None = None
    member_id: UUID
    reason: Text


class ResolveObjection(Dated):
    """What met the objection, or that it was taken back."""

    how: Text


class AdoptByConsent(Dated):
    """The rule of consent, and the assembly if it is in one."""

    rule_name: Code
    rule_version: Count
    assembly_id: UUID | None = None


class ProposeInWriting(Dated):
    """A motion that all members of a roll sign."""

    written_decision_id: UUID | None = None
    motion_id: UUID
    roll_id: UUID
    rule_name: Code
    rule_version: Count


class SignDecision(Dated):
    """A member signed and dated it."""

    member_id: UUID
    signed_on: Day
    document_sha256: Digest | None = None


class DropDecision(Dated):
    """It is not decided in writing after all."""

    decision_ref: Line


class AnnulPoll(Dated):
    """Why the poll is void, and by what decision."""

    decision_ref: Line
    reason: Text


class CorrectRoll(Dated):
    """An entry as it must be, why, and on what evidence."""

    member_id: UUID
    votes: Count
    reason: EntryReason
    evidence_ref: Line
    shares: Count | None = None
    college: Code | None = None


@router.post("/motions/{motion_id}/amendments", status_code=201, name="motion.amend")
def amend_motion(motion_id: UUID, asked: AmendMotion, ask: Ask) -> Recorded:
    """Change the text of a motion before it is put to the vote; earlier texts are kept."""
    return ask(asked, on=asked.effective_on).record(
        motions.amend_motion,
        motion_id=motion_id,
        title=asked.title,
        text=asked.text,
        decision_ref=asked.decision_ref,
    )


@router.post("/motions/{motion_id}/conflicts", status_code=201, name="conflict.declare")
def declare_conflict(motion_id: UUID, asked: DeclareConflict, ask: Ask) -> Recorded:
    """Record a conflict of interest; what it does to the vote, the rule says."""
    return ask(asked, on=asked.effective_on).record(
        motions.declare_conflict,
        motion_id=motion_id,
        member_id=asked.member_id,
        interest=asked.interest,
    )


@router.post("/motions/{motion_id}/objections", status_code=201, name="objection.raise")
def raise_objection(motion_id: UUID, asked: RaiseObjection, ask: Ask) -> Recorded:
    """Record an objection: while it stands, there is no consent."""
    return ask(asked, on=asked.effective_on).record(
        motions.raise_objection,
        motion_id=motion_id,
        objection_id=ask.id_or_new(asked.objection_id),
        member_id=asked.member_id,
        reason=asked.reason,
    )


@router.post(
    "/motions/{motion_id}/objections/{objection_id}/resolution", status_code=201, name="objection.resolve"
)
def resolve_objection(motion_id: UUID, objection_id: UUID, asked: ResolveObjection, ask: Ask) -> Recorded:
    """Record that an objection stands no longer."""
    return ask(asked, on=asked.effective_on).record(
        motions.resolve_objection, motion_id=motion_id, objection_id=objection_id, how=asked.how
    )


@router.post("/motions/{motion_id}/consent", status_code=201, name="motion.adopt-by-consent")
def adopt_by_consent(motion_id: UUID, asked: AdoptByConsent, ask: Ask) -> Recorded:
    """Adopt a motion against which no objection stands."""
    return ask(asked, on=asked.effective_on).record(
        motions.adopt_by_consent,
        motion_id=motion_id,
        rule_name=asked.rule_name,
        rule_version=asked.rule_version,
        assembly_id=asked.assembly_id,
    )


@router.post("/written-decisions", status_code=201, name="written-decision.propose")
def propose_in_writing(asked: ProposeInWriting, ask: Ask) -> Recorded:
    """Send a motion to all members of a roll to sign."""
    return ask(asked, on=asked.effective_on).record(
        motions.propose_in_writing,
        written_decision_id=ask.id_or_new(asked.written_decision_id),
        motion_id=asked.motion_id,
        roll_id=asked.roll_id,
        rule_name=asked.rule_name,
        rule_version=asked.rule_version,
    )


@router.post(
    "/written-decisions/{written_decision_id}/signatures", status_code=201, name="written-decision.sign"
)
def sign_decision(written_decision_id: UUID, asked: SignDecision, ask: Ask) -> Recorded:
    """Record the signature of a member; with the last one the motion is adopted."""
    return ask(asked, on=asked.effective_on).record(
        motions.sign_decision,
        written_decision_id=written_decision_id,
        member_id=asked.member_id,
        signed_on=asked.signed_on,
        document_sha256=asked.document_sha256,
    )


@router.post("/written-decisions/{written_decision_id}/drop", status_code=201, name="written-decision.drop")
def drop_decision(written_decision_id: UUID, asked: DropDecision, ask: Ask) -> Recorded:
    """Let a decision in writing be; the motion can be put to an assembly."""
    return ask(asked, on=asked.effective_on).record(
        motions.drop_decision, written_decision_id=written_decision_id, decision_ref=asked.decision_ref
    )


@router.post("/polls/{poll_id}/annulment", status_code=201, name="poll.annul")
def annul_poll(poll_id: UUID, asked: AnnulPoll, ask: Ask) -> Recorded:
    """Void a poll; its votes stay on record and count nowhere."""
    return ask(asked, on=asked.effective_on).record(
        governance.annul_poll, poll_id=poll_id, decision_ref=asked.decision_ref, reason=asked.reason
    )


@router.post("/rolls/{roll_id}/corrections", status_code=201, name="roll.correct")
def correct_roll(roll_id: UUID, asked: CorrectRoll, ask: Ask) -> Recorded:
    """Correct or add an entry before the first poll on the roll."""
    return ask(asked, on=asked.effective_on).record(
        rolls.correct_roll,
        roll_id=roll_id,
        member_id=asked.member_id,
        votes=asked.votes,
        reason=asked.reason,
        evidence_ref=asked.evidence_ref,
        shares=asked.shares,
        college=asked.college,
    )
