"""The same as data: an assembly with all that happened in it, and each motion with its whole arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from api.minutes.content import (
    Attendance,
    Content,
    ElectionContent,
    GivenProxy,
    LiveVote,
    MotionContent,
    Quorum,
)
from domain.aggregates.assembly import Assembly
from domain.aggregates.motion import Motion
from domain.governance.reckoning import QuorumReckoned, Reckoning
from domain.governance.rolls import RollEntry


@dataclass(frozen=True)
class NoticeTrail:
    """How the members were convened; `sent` counts notices by channel."""

    notice_on: date
    agenda_sha256: str
    sent: dict[str, int]
    waived: tuple[UUID, ...]
    irregularities: tuple[str, ...]


@dataclass(frozen=True)
class RollTrail:
    """The roll the assembly was opened on, as the registers stood at `drawn_at`; entries as corrected."""

    record_on: date | None
    drawn_at: int | None
    members: int
    votes: int
    root: str
    corrected: tuple[RollEntry, ...]
    entries: tuple[RollEntry, ...]


@dataclass(frozen=True)
class QuorumTrail:
    """A quorum as it was established: votes taking part, the rule, and the exact comparison."""

    reached: bool
    rule_name: str
    rule_version: int
    present: int
    represented: int
    in_advance: int
    entitled: int
    reckoned: QuorumReckoned | None


@dataclass(frozen=True)
class Objection:
    """An objection, and what met it; None while it stands."""

    member_id: UUID
    reason: str
    resolved: str | None


@dataclass(frozen=True)
class MotionTrail:
    """One motion of the agenda: text, conflicts, quorums, votes that counted, verdict with its arithmetic."""

    motion_id: UUID
    title: str
    text: str
    text_sha256: str
    amendments: int
    conflicted: tuple[UUID, ...]
    objections: tuple[Objection, ...]
    quorums: tuple[QuorumTrail, ...]
    votes: tuple[LiveVote, ...]
    adopted: bool | None
    by_consent: bool
    reckoning: Reckoning | None
    adjourned_to: date | None
    annulled: bool


@dataclass(frozen=True)
class ElectionHeld:
    """An election held in the assembly; `elected` in their order, None before the count."""

    election_id: UUID
    office: str
    seats: int
    candidates: tuple[UUID, ...]
    elected: tuple[UUID, ...] | None


@dataclass(frozen=True)
class MeetingTrail:
    """An assembly from its notice to its minutes, as the log stood at `position`."""

    position: int
    assembly_id: UUID
    entity_id: UUID
    held_on: date
    place: str
    convening_no: int
    previous_id: UUID | None
    closed: bool
    notice: NoticeTrail
    roll: RollTrail | None
    attendance: tuple[Attendance, ...]
    proxies: tuple[GivenProxy, ...]
    motions: tuple[MotionTrail, ...]
    elections: tuple[ElectionHeld, ...]
    minutes_sha256: str | None
    signed_by: tuple[UUID, ...]


def trail_of(content: Content) -> MeetingTrail:
    """Return an assembly as data."""
    convened = content.convened
    return MeetingTrail(
        position=content.position,
        assembly_id=content.assembly_id,
        entity_id=convened.entity_id,
        held_on=convened.held_on,
        place=convened.place,
        convening_no=convened.convening_no,
        previous_id=convened.previous_id,
        closed=content.closed is not None,
        notice=_notice(content),
        roll=_roll(content),
        attendance=content.attendance,
        proxies=content.proxies,
        motions=tuple(map(_motion, content.motions)),
        elections=tuple(map(_election, content.elections)),
        minutes_sha256=content.drawn_up.document_sha256 if content.drawn_up else None,
        signed_by=content.signed_by,
    )


def _notice(content: Content) -> NoticeTrail:
    convened = content.convened
    irregular = [f"{each.kind.value}: {each.found} / {each.required}" for each in content.short_notice]
    irregular += [f"{each.kind.value}: {each.what}" for each in content.reported]
    return NoticeTrail(
        convened.notice_on, convened.agenda_sha256, content.sent, content.waived, tuple(irregular)
    )


def _roll(content: Content) -> RollTrail | None:
    if content.roll is None:
        return None
    frozen = content.roll
    entries = tuple(content.entries.values())
    return RollTrail(
        content.record_on,
        content.drawn_at,
        frozen.count,
        frozen.votes,
        frozen.root,
        content.corrected,
        entries,
    )


def _quorum(quorum: Quorum) -> QuorumTrail:
    return QuorumTrail(
        isinstance(quorum, Assembly.QuorumReached),
        quorum.rule_name,
        quorum.rule_version,
        quorum.present,
        quorum.represented,
        quorum.in_advance,
        quorum.entitled,
        quorum.reckoned,
    )


def _motion(motion: MotionContent) -> MotionTrail:
    verdict = motion.verdict
    voted = verdict if isinstance(verdict, Motion.Adopted | Motion.Rejected) else None
    return MotionTrail(
        motion_id=motion.motion_id,
        title=motion.title,
        text=motion.text,
        text_sha256=motion.text_sha256,
        amendments=motion.amendments,
        conflicted=motion.conflicted,
        objections=tuple(Objection(*each) for each in motion.objections),
        quorums=tuple(map(_quorum, motion.quorums)),
        votes=motion.votes,
        adopted=None if verdict is None else not isinstance(verdict, Motion.Rejected),
        by_consent=isinstance(verdict, Motion.AdoptedByConsent),
        reckoning=voted.reckoning if voted else None,
        adjourned_to=motion.adjourned_to,
        annulled=motion.annulled,
    )


def _election(election: ElectionContent) -> ElectionHeld:
    called, counted = election.called, election.counted
    return ElectionHeld(
        called.originator_id,
        called.office,
        called.seats,
        election.candidates,
        counted.elected if counted else None,
    )
