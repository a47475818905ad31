"""Memberships: applied for, admitted, resigned, ended."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from api.context import Ask
from api.forms import Code, Dated, Day, Line
from api.guard import GuardedRoute
from api.replies import Recorded
from domain.ledger import members

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
    """The competent body admitted an applicant."""

    decision_ref: Line


class Resign(Dated):
    """A notice of resignation came in."""

    received_on: Day | None = None


class LetResignationTakeEffect(Dated):
    """The statutory day of a resignation has come."""


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
        members.admit_member, membership_id=membership_id, decision_ref=asked.decision_ref
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
