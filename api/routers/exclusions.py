"""Exclusions of members, from the proposal to the notice; and disputes with them."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from api.context import Ask
from api.forms import Cents, Dated, Flag, Line, Text
from api.guard import GuardedRoute
from api.looking import Look, OfEntity
from api.replies import Recorded
from domain.ledger import disputes, exclusions
from projections import member_cases as views
from projections.member_cases import MEMBER_CASES, DisputeCase, ExclusionCase

router = APIRouter(tags=["members"], route_class=GuardedRoute)


class ProposeExclusion(Dated):
    """Who is told, on `effective_on`, that their exclusion is proposed, and why."""

    exclusion_id: UUID | None = None
    membership_id: UUID
    reasons: Text


class ReceiveObservations(Dated):
    """What the member answers in writing, and whether they ask to be heard."""

    observations: Text
    hearing_asked: Flag = False


class HoldHearing(Dated):
    """The minutes of the hearing, by their SHA-256."""

    minutes_sha256: Line


class ExcludeMember(Dated):
    """The reasoned decision; the adopted motion if the members decide."""

    decision_ref: Line
    motivation: Text
    motion_id: UUID | None = None


class NotifyExclusion(Dated):
    """The day on which the member was told the decision."""


class DropExclusion(Dated):
    """Why the member is not excluded."""

    reason: Line


class OpenDispute(Dated):
    """With whom, and about what."""

    dispute_id: UUID | None = None
    membership_id: UUID
    about: Text


class BlockAmount(Dated):
    """How much of which withdrawal share is not paid while the dispute goes on."""

    withdrawal_id: UUID
    amount_c: Cents


class SettleDispute(Dated):
    """How the dispute ended."""

    outcome: Text


class Exclusions(BaseModel):
    """The exclusions, in the order in which they were proposed."""

    position: int
    exclusions: list[ExclusionCase]


class Disputes(BaseModel):
    """The disputes, in the order in which they were opened."""

    position: int
    disputes: list[DisputeCase]


@router.post("/exclusions", status_code=201, name="exclusion.propose")
def propose_exclusion(asked: ProposeExclusion, ask: Ask) -> Recorded:
    """Propose to exclude a member, who is told why and has time to answer."""
    return ask(asked, on=asked.effective_on).record(
        exclusions.propose_exclusion,
        exclusion_id=ask.id_or_new(asked.exclusion_id),
        membership_id=asked.membership_id,
        reasons=asked.reasons,
    )


@router.post("/exclusions/{exclusion_id}/observations", status_code=201, name="exclusion.answer")
def receive_observations(exclusion_id: UUID, asked: ReceiveObservations, ask: Ask) -> Recorded:
    """Record what the member answers."""
    return ask(asked, on=asked.effective_on).record(
        exclusions.receive_observations,
        exclusion_id=exclusion_id,
        observations=asked.observations,
        hearing_asked=asked.hearing_asked,
    )


@router.post("/exclusions/{exclusion_id}/hearing", status_code=201, name="exclusion.hear")
def hold_hearing(exclusion_id: UUID, asked: HoldHearing, ask: Ask) -> Recorded:
    """Record that the member was heard."""
    return ask(asked, on=asked.effective_on).record(
        exclusions.hold_hearing, exclusion_id=exclusion_id, minutes_sha256=asked.minutes_sha256
    )


@router.post("/exclusions/{exclusion_id}/decision", status_code=201, name="exclusion.decide")
def exclude_member(exclusion_id: UUID, asked: ExcludeMember, ask: Ask) -> Recorded:
    """Exclude the member: the membership and its shares end."""
    return ask(asked, on=asked.effective_on).record(
        exclusions.exclude_member,
        exclusion_id=exclusion_id,
        decision_ref=asked.decision_ref,
        motivation=asked.motivation,
        motion_id=asked.motion_id,
    )


@router.post("/exclusions/{exclusion_id}/notification", status_code=201, name="exclusion.notify")
def notify_exclusion(exclusion_id: UUID, asked: NotifyExclusion, ask: Ask) -> Recorded:
    """Record that the member was told the decision."""
    return ask(asked, on=asked.effective_on).record(exclusions.notify_exclusion, exclusion_id=exclusion_id)


@router.post("/exclusions/{exclusion_id}/dropping", status_code=201, name="exclusion.drop")
def drop_exclusion(exclusion_id: UUID, asked: DropExclusion, ask: Ask) -> Recorded:
    """Do not exclude the member."""
    return ask(asked, on=asked.effective_on).record(
        exclusions.drop_exclusion, exclusion_id=exclusion_id, reason=asked.reason
    )


@router.post("/disputes", status_code=201, name="dispute.open")
def open_dispute(asked: OpenDispute, ask: Ask) -> Recorded:
    """Record that a member or former member and the entity disagree."""
    return ask(asked, on=asked.effective_on).record(
        disputes.open_dispute,
        dispute_id=ask.id_or_new(asked.dispute_id),
        membership_id=asked.membership_id,
        about=asked.about,
    )


@router.post("/disputes/{dispute_id}/blocks", status_code=201, name="dispute.block")
def block_amount(dispute_id: UUID, asked: BlockAmount, ask: Ask) -> Recorded:
    """Hold back part of a withdrawal share while the dispute goes on."""
    return ask(asked, on=asked.effective_on).record(
        disputes.block_amount,
        dispute_id=dispute_id,
        withdrawal_id=asked.withdrawal_id,
        amount_c=asked.amount_c,
    )


@router.post("/disputes/{dispute_id}/settlement", status_code=201, name="dispute.settle")
def settle_dispute(dispute_id: UUID, asked: SettleDispute, ask: Ask) -> Recorded:
    """Settle a dispute; what it held back may be paid."""
    return ask(asked, on=asked.effective_on).record(
        disputes.settle_dispute, dispute_id=dispute_id, outcome=asked.outcome
    )


@router.get("/exclusions", name="exclusions.view")
def view_exclusions(look: Look, entity_id: OfEntity = None) -> Exclusions:
    """Show the exclusions and how each stands."""
    position = look.standing_at(MEMBER_CASES.name)
    return Exclusions(position=position, exclusions=views.exclusions(look.reader, entity_id=entity_id))


@router.get("/disputes", name="disputes.view")
def view_disputes(look: Look, entity_id: OfEntity = None) -> Disputes:
    """Show the disputes and what each holds back."""
    position = look.standing_at(MEMBER_CASES.name)
    return Disputes(position=position, disputes=views.disputes(look.reader, entity_id=entity_id))
