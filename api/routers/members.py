"""Memberships: applied for, admitted or refused, resigned, ended; and two of one person merged."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from api.context import Ask
from api.forms import Code, Dated, Day, Flag, Line
from api.guard import GuardedRoute
from api.replies import Recorded
from domain.aggregates.membership import DeemedCause
from domain.careers import CareerStage
from domain.ledger import members, merging

router = APIRouter(prefix="/memberships", tags=["members"], route_class=GuardedRoute)


class ApplyForMembership(Dated):
    """A person asks to become a member."""

    entity_id: UUID
    person_id: UUID | None = None
    category: Code
    name: Line
    address: Line
    email: Line


class AdmitMember(Dated):
    """The competent body admitted an applicant, or they founded the entity."""

    decision_ref: Line
    founder: Flag = False


class RefuseApplicant(Dated):
    """The competent body refused an applicant, and why."""

    decision_ref: Line
    reason: Line


class Resign(Dated):
    """A notice of resignation came in."""

    received_on: Day | None = None


class LetResignationTakeEffect(Dated):
    """The statutory day of a resignation has come."""


class DeemResigned(Dated):
    """The law takes the member to have resigned, by this judgment or other evidence."""

    cause: DeemedCause
    evidence_ref: Line


class RecordDeath(Dated):
    """The member died on `effective_on`, by this certificate."""

    evidence_ref: Line


class NameRepresentative(Dated):
    """Who represents the heirs, by this deed."""

    representative_id: UUID | None = None
    representative: Line
    evidence_ref: Line


class MergeMemberships(Dated):
    """The membership of the same person that stands for both."""

    into_id: UUID
    reason: Line


class UndoMerge(Dated):
    """Why the two are not the same person's after all."""

    reason: Line


class EnterCareerStage(Dated):
    """A stage, and the contract or amendment it rests on; it begins on `effective_on`."""

    stage: CareerStage
    contract_ref: Line


@router.post("", status_code=201, name="membership.apply")
def apply_for_membership(asked: ApplyForMembership, ask: Ask) -> Recorded:
    """Record that a person asks to become a member of an entity."""
    return ask(asked, on=asked.effective_on).record(
        members.apply_for_membership,
        entity_id=asked.entity_id,
        person_id=ask.id_or_new(asked.person_id),
        category=asked.category,
        name=asked.name,
        address=asked.address,
        email=asked.email,
    )


@router.post("/{membership_id}/admission", status_code=201, name="membership.admit")
def admit_member(membership_id: UUID, asked: AdmitMember, ask: Ask) -> Recorded:
    """Admit an applicant under the next member number."""
    return ask(asked, on=asked.effective_on).record(
        members.admit_member,
        membership_id=membership_id,
        decision_ref=asked.decision_ref,
        founder=asked.founder,
    )


@router.post("/{membership_id}/refusal", status_code=201, name="membership.refuse")
def refuse_applicant(membership_id: UUID, asked: RefuseApplicant, ask: Ask) -> Recorded:
    """Refuse an applicant, with a reason."""
    return ask(asked, on=asked.effective_on).record(
        members.refuse_applicant,
        membership_id=membership_id,
        decision_ref=asked.decision_ref,
        reason=asked.reason,
    )


@router.post("/{membership_id}/resignation", status_code=201, name="membership.resign")
def resign(membership_id: UUID, asked: Resign, ask: Ask) -> Recorded:
    """Record a notice of resignation; it takes effect on the statutory day."""
    return ask(asked, on=asked.effective_on).record(
        members.resign, membership_id=membership_id, received_on=asked.received_on or ask.today
    )


@router.post("/{membership_id}/departure", status_code=201, name="membership.leave")
def let_resignation_take_effect(membership_id: UUID, asked: LetResignationTakeEffect, ask: Ask) -> Recorded:
    """End a membership whose resignation is due."""
    return ask(asked, on=asked.effective_on).record(
        members.let_resignation_take_effect, membership_id=membership_id
    )


@router.post("/{membership_id}/deemed-resignation", status_code=201, name="membership.deem-resigned")
def deem_resigned(membership_id: UUID, asked: DeemResigned, ask: Ask) -> Recorded:
    """End a membership that the law takes to have ended."""
    return ask(asked, on=asked.effective_on).record(
        members.deem_resigned,
        membership_id=membership_id,
        cause=asked.cause,
        evidence_ref=asked.evidence_ref,
    )


@router.post("/{membership_id}/death", status_code=201, name="membership.record-death")
def record_death(membership_id: UUID, asked: RecordDeath, ask: Ask) -> Recorded:
    """Record that a member died; the heirs are owed what the shares are worth."""
    return ask(asked, on=asked.effective_on).record(
        members.record_death, membership_id=membership_id, evidence_ref=asked.evidence_ref
    )


@router.post("/{membership_id}/career-stages", status_code=201, name="career-stage.enter")
def enter_career_stage(membership_id: UUID, asked: EnterCareerStage, ask: Ask) -> Recorded:
    """Let a member be at another stage of their career from a day on."""
    return ask(asked, on=asked.effective_on).record(
        members.enter_career_stage,
        membership_id=membership_id,
        stage=asked.stage,
        contract_ref=asked.contract_ref,
    )


@router.post("/{membership_id}/heirs", status_code=201, name="membership.name-representative")
def name_representative(membership_id: UUID, asked: NameRepresentative, ask: Ask) -> Recorded:
    """Name who represents the heirs, and is paid for them."""
    return ask(asked, on=asked.effective_on).record(
        members.name_heirs_representative,
        membership_id=membership_id,
        representative_id=ask.id_or_new(asked.representative_id),
        representative=asked.representative,
        evidence_ref=asked.evidence_ref,
    )


@router.post("/{membership_id}/merging", status_code=201, name="membership.merge")
def merge_memberships(membership_id: UUID, asked: MergeMemberships, ask: Ask) -> Recorded:
    """Let another membership of the same person stand for both."""
    return ask(asked, on=asked.effective_on).record(
        merging.merge_memberships, membership_id=membership_id, into_id=asked.into_id, reason=asked.reason
    )


@router.post("/{membership_id}/unmerging", status_code=201, name="membership.undo-merge")
def undo_merge(membership_id: UUID, asked: UndoMerge, ask: Ask) -> Recorded:
    """Let a merged membership stand for itself again."""
    return ask(asked, on=asked.effective_on).record(
        merging.undo_merge, membership_id=membership_id, reason=asked.reason
    )
