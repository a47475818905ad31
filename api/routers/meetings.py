"""What stands around an assembly: its notice, its record date, votes in advance, minutes."""

from __future__ import annotations

from typing import Annotated, Literal, Self
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import Field, model_validator

from api import minutes, rolls
from api.context import Ask
from api.forms import MOST_CENTS, Dated, Day, Line, Text
from api.guard import GuardedRoute
from api.languages import Spoken, headers_of
from api.looking import Look
from api.replies import Recorded
from domain.aggregates.convening_notice import Channel
from domain.governance.presence import IrregularityKind
from domain.governance.rules import Choice
from domain.ledger import advance_votes, assemblies, notices
from interchange.documents.paper import paper
from projections.directory import DIRECTORY
from projections.governance_trail import GOVERNANCE_TRAIL

MEDIA_TYPES = {"page": "text/html", "paper": "application/pdf"}

router = APIRouter(prefix="/assemblies/{assembly_id}", tags=["governance"], route_class=GuardedRoute)

Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="the SHA-256 of a document, in hex")]


class SendNotice(Dated):
    """To whom the notice was sent, when and how."""

    channel: Channel
    sent_on: Day
    member_ids: Annotated[list[UUID], Field(max_length=20_000)]


class WaiveNotice(Dated):
    """A member gives up the notice, or what it lacked."""

    member_id: UUID


class ReportIrregularity(Dated):
    """What was not as it should be."""

    kind: IrregularityKind
    what: Text
    evidence_sha256: Digest | None = None


class FreezeRecordRoll(Dated):
    """The roll as the registers stood at the end of the record date."""


class ReceiveAdvanceVote(Dated):
    """What a member says on a motion of the agenda before the assembly."""

    motion_id: UUID
    member_id: UUID
    choice: Line


class WithdrawAdvanceVote(Dated):
    """A member takes a vote in advance back."""

    motion_id: UUID
    member_id: UUID


class RecordDeparture(Dated):
    """A member left."""

    member_id: UUID


class AdjournMotions(Dated):
    """Motions left for another day, by a decision."""

    to_on: Day
    motions: Annotated[list[UUID], Field(max_length=500)]
    decision_ref: Line


class DrawUpMinutes(Dated):
    """The minutes in a language; others in their place with a reason.

    Without a hash the ledger draws them up itself, as `GET` shows them, and keeps the page. A document
    made elsewhere is named by its hash and the position it tells up to.
    """

    document_sha256: Digest | None = None
    language: Literal["en", "fr", "nl"]
    last_position: Annotated[int, Field(strict=True, ge=1, le=MOST_CENTS)] | None = None
    reason: Line = ""

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.document_sha256 is None) != (self.last_position is None):
            raise ValueError("document_sha256 and last_position belong together")
        return self


class SignMinutes(Dated):
    """A member signs exactly these minutes."""

    member_id: UUID
    document_sha256: Digest


@router.post("/notices", status_code=201, name="notice.send")
def send_notice(assembly_id: UUID, asked: SendNotice, ask: Ask) -> Recorded:
    """Record to whom the notice was sent."""
    return ask(asked, on=asked.effective_on).record(
        notices.send_notice,
        assembly_id=assembly_id,
        channel=asked.channel,
        sent_on=asked.sent_on,
        member_ids=asked.member_ids,
    )


@router.post("/waivers", status_code=201, name="notice.waive")
def waive_notice(assembly_id: UUID, asked: WaiveNotice, ask: Ask) -> Recorded:
    """Record that a member waives the notice."""
    return ask(asked, on=asked.effective_on).record(
        notices.waive_notice, assembly_id=assembly_id, member_id=asked.member_id
    )


@router.post("/irregularities", status_code=201, name="irregularity.report")
def report_irregularity(assembly_id: UUID, asked: ReportIrregularity, ask: Ask) -> Recorded:
    """Record what was not as it should be, for the minutes to show."""
    return ask(asked, on=asked.effective_on).record(
        notices.report_irregularity,
        assembly_id=assembly_id,
        kind=asked.kind,
        what=asked.what,
        evidence_sha256=asked.evidence_sha256,
    )


@router.post("/record-roll", status_code=201, name="record-roll.freeze")
def freeze_record_roll(assembly_id: UUID, asked: FreezeRecordRoll, ask: Ask) -> Recorded:
    """Freeze the roll of the record date, on that day or later as it stood at its end."""
    return ask(asked, on=asked.effective_on).record(
        assemblies.freeze_record_roll,
        assembly_id=assembly_id,
        drawn=rolls.drawn_for(ask.services, assembly_id, at_record_date=True),
    )


@router.post("/advance-votes", status_code=201, name="advance-vote.receive")
def receive_advance_vote(assembly_id: UUID, asked: ReceiveAdvanceVote, ask: Ask) -> Recorded:
    """Take a vote in before the opening; it stays sealed until the poll opens."""
    return ask(asked, on=asked.effective_on).record(
        advance_votes.receive_advance_vote,
        assembly_id=assembly_id,
        motion_id=asked.motion_id,
        member_id=asked.member_id,
        choice=Choice.read(asked.choice),
    )


@router.post("/advance-votes/withdrawal", status_code=201, name="advance-vote.withdraw")
def withdraw_advance_vote(assembly_id: UUID, asked: WithdrawAdvanceVote, ask: Ask) -> Recorded:
    """Take a vote in advance back, before the opening."""
    return ask(asked, on=asked.effective_on).record(
        advance_votes.withdraw_advance_vote,
        assembly_id=assembly_id,
        motion_id=asked.motion_id,
        member_id=asked.member_id,
    )


@router.post("/departures", status_code=201, name="departure.record")
def record_departure(assembly_id: UUID, asked: RecordDeparture, ask: Ask) -> Recorded:
    """Record that a member left; votes already cast stand."""
    return ask(asked, on=asked.effective_on).record(
        assemblies.record_departure, assembly_id=assembly_id, member_id=asked.member_id
    )


@router.post("/adjournments", status_code=201, name="motions.adjourn")
def adjourn_motions(assembly_id: UUID, asked: AdjournMotions, ask: Ask) -> Recorded:
    """Leave motions that were not put to the vote for another day."""
    return ask(asked, on=asked.effective_on).record(
        assemblies.adjourn_motions,
        assembly_id=assembly_id,
        to_on=asked.to_on,
        motions=asked.motions,
        decision_ref=asked.decision_ref,
    )


@router.post("/minutes", status_code=201, name="minutes.draw-up")
def draw_up_minutes(assembly_id: UUID, asked: DrawUpMinutes, ask: Ask) -> Recorded:
    """Draw up the minutes of a closed assembly, or record those made elsewhere by their hash."""
    recording = ask(asked, on=asked.effective_on)
    if asked.document_sha256 is None or asked.last_position is None:
        services = ask.services
        ours = minutes.drawn_up_by_us(
            services.log,
            services.reader,
            services.documents,
            assembly_id,
            lang=asked.language,
            reason=asked.reason,
        )
        return recording.record(ours)
    return recording.record(
        notices.draw_up_minutes,
        assembly_id=assembly_id,
        document_sha256=asked.document_sha256,
        language=asked.language,
        last_position=asked.last_position,
        reason=asked.reason,
    )


@router.get("/trail", name="assembly-trail.view")
def view_assembly_trail(assembly_id: UUID, look: Look) -> minutes.MeetingTrail:
    """Show an assembly from its notice to its minutes: roll, attendance, proxies, each motion and its arithmetic."""
    trail = minutes.trail_of(minutes.content_of(look.log, assembly_id, up_to=look.log.head().size))
    look.at(trail.position)
    return trail


@router.get(
    "/minutes",
    name="minutes.view",
    response_class=Response,
    responses={200: {"content": {each: {"schema": {"type": "string"}} for each in MEDIA_TYPES.values()}}},
)
def view_minutes(
    assembly_id: UUID,
    look: Look,
    lang: Spoken,
    as_: Annotated[
        Literal["page", "paper"], Query(alias="as", description="a page (HTML) or a paper (PDF)")
    ] = "page",
) -> Response:
    """Show the minutes as the facts tell them now, in the language asked for; a draft until the end."""
    reader = look.reading(GOVERNANCE_TRAIL.name, DIRECTORY.name)
    drawn = minutes.draw(look.log, reader, assembly_id, lang=lang)
    content = drawn.page() if as_ == "page" else paper(drawn.document)
    told = {"Ledger-Position": str(drawn.position), "Ledger-Root": drawn.root, "Minutes-Sha256": drawn.sha256}
    if drawn.drawn_up is not None:
        told["Minutes-Drawn-Up"] = drawn.drawn_up
    return Response(content, media_type=MEDIA_TYPES[as_], headers=told | headers_of(lang))


@router.post("/minutes/signatures", status_code=201, name="minutes.sign")
def sign_minutes(assembly_id: UUID, asked: SignMinutes, ask: Ask) -> Recorded:
    """Record the signature of a member under exactly these minutes."""
    return ask(asked, on=asked.effective_on).record(
        notices.sign_minutes,
        assembly_id=assembly_id,
        member_id=asked.member_id,
        document_sha256=asked.document_sha256,
    )
