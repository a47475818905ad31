"""What the facts say of one assembly, up to a position of the log, in the order of its agenda."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.aggregates.advance_box import AdvanceBox
from domain.aggregates.assembly import Assembly
from domain.aggregates.convening_notice import ConveningNotice
from domain.aggregates.election import Election
from domain.aggregates.electoral_roll import ElectoralRoll
from domain.aggregates.minutes import Minutes
from domain.aggregates.motion import Motion
from domain.aggregates.poll import Poll
from domain.errors import UnknownRecord
from domain.governance.rolls import RollEntry
from domain.ledger.governance import box_id, voting_right_id
from domain.ledger.notices import minutes_id, notice_id
from eventstore.log import Log

Quorum = Assembly.QuorumReached | Assembly.QuorumNotReached
Verdict = Motion.Adopted | Motion.Rejected


@dataclass(frozen=True)
class Attendance:
    """One arrival of a member, and whether they left before the end."""

    member_id: UUID
    mode: str
    late: bool
    left: bool


@dataclass(frozen=True)
class GivenProxy:
    """A proxy, and why it did not count to the end: withdrawn, attended, or the fault it was refused for."""

    principal_id: UUID
    holder_id: UUID
    motions: int
    ended: str | None


@dataclass(frozen=True)
class LiveVote:
    """The vote of a member that counted, who gave it, and how often it was changed before."""

    member_id: UUID
    holder_id: UUID | None
    choice: str
    votes: int
    changes: int
    in_advance: bool = False


@dataclass(frozen=True)
class MotionContent:
    """One motion of the agenda: its text, what was said against it, its quorum, votes and verdict."""

    motion_id: UUID
    title: str
    text: str
    text_sha256: str
    amendments: int
    conflicted: tuple[UUID, ...]
    objections: tuple[tuple[UUID, str, str | None], ...]
    quorums: tuple[Quorum, ...]
    votes: tuple[LiveVote, ...]
    verdict: Verdict | Motion.AdoptedByConsent | None
    adjourned_to: date | None
    annulled: bool


@dataclass(frozen=True)
class ElectionContent:
    """An election held in the assembly, and whom it elected in their order."""

    called: Election.Called
    candidates: tuple[UUID, ...]
    counted: Election.Counted | None
    ties: int


@dataclass(frozen=True)
class Content:
    """Everything the minutes tell; the facts themselves where they say it best."""

    position: int
    assembly_id: UUID
    convened: Assembly.Convened
    opened: Assembly.Opened | None
    closed: Assembly.Closed | None
    short_notice: tuple[Assembly.IrregularityRecorded, ...]
    reported: tuple[ConveningNotice.IrregularityReported, ...]
    sent: dict[str, int]
    waived: tuple[UUID, ...]
    roll: ElectoralRoll.Frozen | None
    record_on: date | None
    drawn_at: int | None
    entries: dict[UUID, RollEntry]
    corrected: tuple[RollEntry, ...]
    attendance: tuple[Attendance, ...]
    proxies: tuple[GivenProxy, ...]
    motions: tuple[MotionContent, ...]
    elections: tuple[ElectionContent, ...]
    drawn_up: Minutes.DrawnUp | Minutes.DrawnUpAgain | None
    signed_by: tuple[UUID, ...]


def content_of(log: Log, assembly_id: UUID, *, up_to: int) -> Content:
    """Return what the minutes of an assembly tell; raises UnknownRecord."""
    facts = [each.event for each in log.stream(assembly_id, up_to=up_to)]
    if not facts or not isinstance(facts[0], Assembly.Convened):
        raise UnknownRecord(kind="assembly", id=assembly_id)
    convened = facts[0]
    opened = _first(facts, Assembly.Opened)
    notice = [each.event for each in log.stream(notice_id(assembly_id), up_to=up_to)]
    rolled = [each.event for each in log.stream(opened.roll_id, up_to=up_to)] if opened else []
    drawn = _first(rolled, ElectoralRoll.Drawn)
    entries = {
        entry.member_id: entry
        for page in rolled
        if isinstance(page, ElectoralRoll.PageFrozen)
        for entry in page.entries
    }
    corrected = tuple(each.entry for each in rolled if isinstance(each, ElectoralRoll.EntryCorrected))
    entries |= {entry.member_id: entry for entry in corrected}
    sent: Counter[str] = Counter()
    for each in notice:
        if isinstance(each, ConveningNotice.Sent):
            sent[each.channel.value] += len(each.member_ids)
    drawn_up, signed_by = _drawn_up(log, assembly_id, up_to=up_to)
    motions = tuple(_motion(log, facts, motion_id, entries, up_to=up_to) for motion_id in convened.agenda)
    return Content(
        position=up_to,
        assembly_id=assembly_id,
        convened=convened,
        opened=opened,
        closed=_first(facts, Assembly.Closed),
        short_notice=_all(facts, Assembly.IrregularityRecorded),
        reported=_all(notice, ConveningNotice.IrregularityReported),
        sent=dict(sent),
        waived=tuple(each.member_id for each in notice if isinstance(each, ConveningNotice.Waived)),
        roll=_first(rolled, ElectoralRoll.Frozen),
        record_on=drawn.record_on if drawn else None,
        drawn_at=drawn.position if drawn else None,
        entries=entries,
        corrected=corrected,
        attendance=_attendance(facts),
        proxies=_proxies(facts),
        motions=motions,
        elections=_elections(log, assembly_id, up_to=up_to),
        drawn_up=drawn_up,
        signed_by=signed_by,
    )


def _attendance(facts: Sequence[Any]) -> tuple[Attendance, ...]:
    found: list[Attendance] = []
    for fact in facts:
        match fact:
            case Assembly.AttendanceRecorded():
                found.append(Attendance(fact.member_id, fact.mode.value, fact.late, left=False))
            case Assembly.DepartureRecorded():
                last = max(place for place, each in enumerate(found) if each.member_id == fact.member_id)
                here = found[last]
                found[last] = Attendance(here.member_id, here.mode, here.late, left=True)
            case _:
                pass
    return tuple(found)


def _proxies(facts: Sequence[Any]) -> tuple[GivenProxy, ...]:
    found: list[GivenProxy] = []
    for fact in facts:
        match fact:
            case Assembly.ProxyGranted():
                found.append(GivenProxy(fact.principal_id, fact.holder_id, len(fact.motions), None))
            case Assembly.ProxyRevoked() | Assembly.ProxyRefused():
                why = fact.reason if isinstance(fact, Assembly.ProxyRevoked) else fact.fault
                last = max(
                    place for place, each in enumerate(found) if each.principal_id == fact.principal_id
                )
                given = found[last]
                found[last] = GivenProxy(given.principal_id, given.holder_id, given.motions, why.value)
            case _:
                pass
    return tuple(found)


def _motion(
    log: Log, assembly: Sequence[Any], motion_id: UUID, entries: dict[UUID, RollEntry], *, up_to: int
) -> MotionContent:
    facts = [each.event for each in log.stream(motion_id, up_to=up_to)]
    texts = [each for each in facts if isinstance(each, Motion.Tabled | Motion.Amended)]
    resolved = {each.objection_id: each.how for each in facts if isinstance(each, Motion.ObjectionResolved)}
    quorums = tuple(
        each
        for each in assembly
        if isinstance(each, Assembly.QuorumReached | Assembly.QuorumNotReached)
        and each.motion_id == motion_id
    )
    polls = [each.poll_id for each in quorums if isinstance(each, Assembly.QuorumReached)]
    verdicts = [
        each
        for each in facts
        if (isinstance(each, Motion.Adopted | Motion.Rejected) and each.poll_id in polls)
        or isinstance(each, Motion.AdoptedByConsent)
    ]
    adjourned = [
        each.to_on
        for each in assembly
        if isinstance(each, Assembly.MotionsAdjourned) and motion_id in each.motions
    ]
    return MotionContent(
        motion_id=motion_id,
        title=texts[-1].title,
        text=texts[-1].text,
        text_sha256=texts[-1].text_sha256,
        amendments=len(texts) - 1,
        conflicted=tuple(each.member_id for each in facts if isinstance(each, Motion.ConflictDeclared)),
        objections=tuple(
            (each.member_id, each.reason, resolved.get(each.objection_id))
            for each in facts
            if isinstance(each, Motion.ObjectionRaised)
        ),
        quorums=quorums,
        votes=_votes(log, polls[-1], entries, up_to=up_to) if polls else (),
        verdict=verdicts[-1] if verdicts else None,
        adjourned_to=adjourned[-1] if adjourned else None,
        annulled=any(isinstance(each, Motion.VerdictAnnulled) for each in facts),
    )


def _votes(log: Log, poll_id: UUID, entries: dict[UUID, RollEntry], *, up_to: int) -> tuple[LiveVote, ...]:
    """Return the vote of each member that counted, by the members' numbers."""
    poll = [each.event for each in log.stream(poll_id, up_to=up_to)]
    held, closed = _first(poll, Poll.HeldInAssembly), _first(poll, Poll.Closed)
    live: dict[UUID, LiveVote] = {}
    if held is not None:
        box = log.stream(box_id(held.assembly_id, held.motion_id), up_to=up_to)
        pages = [each.event for each in box if isinstance(each.event, AdvanceBox.PageOpened)]
        for vote in (vote for page in pages if page.poll_id == poll_id for vote in page.votes):
            votes = entries[vote.member_id].votes
            live[vote.member_id] = LiveVote(
                vote.member_id, None, vote.choice.value, votes, 0, in_advance=True
            )
    until = closed.position if closed else up_to
    rights = [voting_right_id(poll_id, member_id) for member_id in entries]
    for recorded in log.streams(rights, up_to=until):
        cast = recorded.event
        holder_id = getattr(cast, "holder_id", None)
        live[cast.member_id] = LiveVote(
            cast.member_id, holder_id, cast.choice.value, cast.votes, cast.seq - 1
        )
    return tuple(live[member_id] for member_id in entries if member_id in live)


def _elections(log: Log, assembly_id: UUID, *, up_to: int) -> tuple[ElectionContent, ...]:
    called = [
        each.event
        for each in log.of_kinds(Election.Called)
        if each.position <= up_to and each.event.assembly_id == assembly_id
    ]
    found = []
    for each in called:
        facts = [fact.event for fact in log.stream(each.originator_id, up_to=up_to)]
        opened = _first(facts, Election.VotingOpened)
        ties = len(_all(facts, Election.TieBreakApplied))
        candidates = opened.candidates if opened else ()
        found.append(ElectionContent(each, candidates, _first(facts, Election.Counted), ties))
    return tuple(found)


def _drawn_up(
    log: Log, assembly_id: UUID, *, up_to: int
) -> tuple[Minutes.DrawnUp | Minutes.DrawnUpAgain | None, tuple[UUID, ...]]:
    """Return the minutes that were recorded last, and who signed them."""
    drawn: Minutes.DrawnUp | Minutes.DrawnUpAgain | None = None
    signed: list[UUID] = []
    for recorded in log.stream(minutes_id(assembly_id), up_to=up_to):
        match recorded.event:
            case Minutes.Signed():
                signed.append(recorded.event.member_id)
            case Minutes.DrawnUp() | Minutes.DrawnUpAgain():
                drawn = recorded.event
                signed.clear()
            case _:
                pass
    return drawn, tuple(signed)


def _first(facts: Sequence[Any], kind: type[Any]) -> Any:
    return next((fact for fact in facts if isinstance(fact, kind)), None)


def _all(facts: Sequence[Any], kind: type[Any]) -> tuple[Any, ...]:
    return tuple(fact for fact in facts if isinstance(fact, kind))
