"""Assemblies: convened, opened on a roll, attended, deciding by several polls, closed."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api import rolls
from api.context import Ask
from api.counting import advance_votes_of
from api.forms import Code, Count, Dated, Day, Line
from api.guard import GuardedRoute
from api.looking import Look, OfEntity
from api.replies import Recorded
from api.routers.meetings import Digest
from domain.governance.presence import AttendanceMode
from domain.governance.secrecy import Secrecy
from domain.ledger import assemblies
from projections import assembly_trail as views
from projections.assembly_trail import AssemblyTrail
from projections.governance_trail import GOVERNANCE_TRAIL

router = APIRouter(prefix="/assemblies", tags=["governance"], route_class=GuardedRoute)


class ConveneAssembly(Dated):
    """A day, an agenda of tabled motions, and the day the notice was sent; the rule it is called under.

    A second convening names in `previous_id` the assembly in which each text lacked its quorum.
    """

    entity_id: UUID
    assembly_id: UUID | None = None
    held_on: Day
    notice_on: Day
    agenda: Annotated[list[UUID], Field(max_length=500)]
    place: Line = ""
    rule_name: Code | None = None
    rule_version: Count = 0
    previous_id: UUID | None = None


class GrantProxy(Dated):
    """A member lets another one vote for her, on these motions or on all."""

    principal_id: UUID
    holder_id: UUID
    motions: Annotated[tuple[UUID, ...], Field(max_length=500)] = ()
    instructions_sha256: Digest | None = None


class RevokeProxy(Dated):
    """A member withdraws a proxy."""


class OpenAssembly(Dated):
    """The roll is frozen as the register stands, and the assembly begins."""

    roll_id: UUID | None = None


class RecordAttendance(Dated):
    """A member on the roll is present."""

    member_id: UUID
    mode: AttendanceMode = AttendanceMode.IN_PERSON


class PutToTheVote(Dated):
    """A motion of the agenda, to be decided under a version of a rule."""

    motion_id: UUID
    poll_id: UUID | None = None
    rule_name: Code
    rule_version: Count
    secrecy: Secrecy = Secrecy.ROLL_CALL


class CloseAssembly(Dated):
    """The assembly ends."""


class Assemblies(BaseModel):
    """The calendar of assemblies, the latest first."""

    position: int
    assemblies: list[AssemblyTrail]


@router.post("", status_code=201, name="assembly.convene")
def convene_assembly(asked: ConveneAssembly, ask: Ask) -> Recorded:
    """Convene the members; a notice that is too short is recorded as irregular."""
    return ask(asked, on=asked.effective_on).record(
        assemblies.convene_assembly,
        assembly_id=ask.id_or_new(asked.assembly_id),
        entity_id=asked.entity_id,
        held_on=asked.held_on,
        notice_on=asked.notice_on,
        agenda=asked.agenda,
        place=asked.place,
        rule_name=asked.rule_name or "",
        rule_version=asked.rule_version,
        previous_id=asked.previous_id,
    )


@router.post("/{assembly_id}/proxies", status_code=201, name="proxy.grant")
def grant_proxy(assembly_id: UUID, asked: GrantProxy, ask: Ask) -> Recorded:
    """Record the proxy of a member to another."""
    return ask(asked, on=asked.effective_on).record(
        assemblies.grant_proxy,
        assembly_id=assembly_id,
        principal_id=asked.principal_id,
        holder_id=asked.holder_id,
        motions=asked.motions,
        instructions_sha256=asked.instructions_sha256,
    )


@router.post("/{assembly_id}/proxies/{principal_id}/revocation", status_code=201, name="proxy.revoke")
def revoke_proxy(assembly_id: UUID, principal_id: UUID, asked: RevokeProxy, ask: Ask) -> Recorded:
    """Record that a member withdrew a proxy."""
    return ask(asked, on=asked.effective_on).record(
        assemblies.revoke_proxy, assembly_id=assembly_id, principal_id=principal_id
    )


@router.post("/{assembly_id}/opening", status_code=201, name="assembly.open")
def open_assembly(assembly_id: UUID, asked: OpenAssembly, ask: Ask) -> Recorded:
    """Freeze the roll and begin."""
    return ask(asked, on=asked.effective_on).record(
        assemblies.open_assembly,
        assembly_id=assembly_id,
        roll_id=ask.id_or_new(asked.roll_id),
        drawn=rolls.drawn_for(ask.services, assembly_id),
    )


@router.post("/{assembly_id}/attendance", status_code=201, name="attendance.record")
def record_attendance(assembly_id: UUID, asked: RecordAttendance, ask: Ask) -> Recorded:
    """Record that a member is present, which overrides her proxy."""
    return ask(asked, on=asked.effective_on).record(
        assemblies.record_attendance,
        assembly_id=assembly_id,
        member_id=asked.member_id,
        mode=asked.mode,
    )


@router.post("/{assembly_id}/polls", status_code=201, name="motion.put-to-the-vote")
def put_to_the_vote(assembly_id: UUID, asked: PutToTheVote, ask: Ask) -> Recorded:
    """Establish the quorum for a motion and, if it is reached, open its poll."""
    return ask(asked, on=asked.effective_on).record(
        assemblies.put_to_the_vote,
        assembly_id=assembly_id,
        motion_id=asked.motion_id,
        poll_id=ask.id_or_new(asked.poll_id),
        rule_name=asked.rule_name,
        rule_version=asked.rule_version,
        secrecy=asked.secrecy,
        advance_votes=advance_votes_of(ask.services.log, assembly_id, asked.motion_id),
    )


@router.post("/{assembly_id}/closing", status_code=201, name="assembly.close")
def close_assembly(assembly_id: UUID, asked: CloseAssembly, ask: Ask) -> Recorded:
    """End an assembly whose polls are all counted."""
    return ask(asked, on=asked.effective_on).record(assemblies.close_assembly, assembly_id=assembly_id)


@router.get("", name="assemblies.view")
def view_assemblies(look: Look, entity_id: OfEntity = None) -> Assemblies:
    """Show the assemblies with their irregularities, quorums and verdicts."""
    position = look.standing_at(GOVERNANCE_TRAIL.name)
    return Assemblies(
        position=position,
        assemblies=views.assemblies(look.reading(GOVERNANCE_TRAIL.name), entity_id=entity_id),
    )
