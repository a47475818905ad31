"""An assembly: convened with an agenda, opened on a roll, quorate or not motion by motion, closed.

    ── Convened ──> convened ── Opened ──> open ── Closed ──> closed
    convened ── IrregularityRecorded, of the notice
    convened, open ── ProxyGranted ──> a proxy ── ProxyRevoked ──> none;  ProxyRefused, at the opening
    open ── AttendanceRecorded ──> present ── DepartureRecorded ──> gone, until AttendanceRecorded
    open ── QuorumReached or QuorumNotReached, by motion;  MotionsAdjourned, to another day

What happened is recorded and not refused: a late notice is an irregularity. Only what would falsify
a count is refused: a proxy of a proxy, more proxies than the rule allows, a vote without presence.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.errors import (
    AlreadyPresent,
    AssemblyAlreadyOpened,
    AssemblyNotOpen,
    AssemblyOver,
    InvalidAgenda,
    NoSuchProxy,
    NotOnTheAgenda,
    NotPresent,
    NotTheTextThatLackedQuorum,
)
from domain.facts import Ledgered, Stamp
from domain.governance.presence import (
    AttendanceMode,
    Established,
    GivenProxies,
    IrregularityKind,
    Proxy,
    ProxyEnd,
    ProxyFault,
    PutToTheVote,
    faulty,
    represented,
    require_grantable,
    require_voice,
    without,
)
from domain.governance.provisions import Notice
from domain.governance.reckoning import QuorumReckoned
from domain.governance.roots import root_of


class AssemblyState(StrEnum):
    """Where an assembly stands."""

    CONVENED = "convened"
    OPEN = "open"
    CLOSED = "closed"


class Assembly(Ledgered):
    """One assembly of the members of one legal entity."""

    TOPIC = "assembly"

    def __init__(
        self,
        entity_id: UUID,
        held_on: date,
        agenda: tuple[UUID, ...],
        texts: tuple[str, ...],
        agenda_sha256: str,
        rule_set_id: UUID | None,
        record_on: date | None,
        previous_id: UUID | None,
    ) -> None:
        """Start convened."""
        self.entity_id = entity_id
        self.held_on = held_on
        self.agenda = agenda
        self.texts: Mapping[UUID, str] = dict(zip(agenda, texts, strict=False))
        self.agenda_sha256 = agenda_sha256
        self.rule_set_id = rule_set_id
        self.record_on = record_on
        self.previous_id = previous_id
        self.state = AssemblyState.CONVENED
        self.roll_id: UUID | None = None
        self.present: frozenset[UUID] = frozenset()
        self.proxies: GivenProxies = {}
        self.lacking: Mapping[UUID, str] = {}
        self.polls: Mapping[UUID, frozenset[UUID]] = {}

    class Event(Ledgered.Event):
        """What happened to an assembly."""

        entity_id: UUID

    class Convened(Event, Ledgered.Created):
        """The members were convened for that day, by a notice sent on `notice_on`, to decide these motions.

        `texts` are the hashes of their texts, `agenda_sha256` is the root over both. `rule_set_id`
        says how it is called; `previous_id` the assembly in which each text lacked its quorum.
        """

        TOPIC = "assembly.convened.v1"
        held_on: date
        notice_on: date
        agenda: tuple[UUID, ...]
        texts: tuple[str, ...] = ()
        agenda_sha256: str = ""
        place: str = ""
        rule_set_id: UUID | None = None
        record_on: date | None = None
        convening_no: int = 1
        previous_id: UUID | None = None

    Created = Convened

    class IrregularityRecorded(Event):
        """Something was not as the rule asks: so many found (days of notice), so many required."""

        TOPIC = "assembly.irregularity-recorded.v1"
        kind: IrregularityKind
        found: int
        required: int

    class ProxyGranted(Event):
        """A member gave another one a proxy for this assembly; for these motions, or for all."""

        TOPIC = "assembly.proxy-granted.v1"
        principal_id: UUID
        holder_id: UUID
        motions: tuple[UUID, ...] = ()
        instructions_sha256: str | None = None

        def apply(self, assembly: Assembly) -> None:
            """Let the holder represent the member."""
            proxy = Proxy(self.holder_id, frozenset(self.motions))
            assembly.proxies = {**assembly.proxies, self.principal_id: proxy}

    class ProxyRevoked(Event):
        """A proxy no longer counts."""

        TOPIC = "assembly.proxy-revoked.v1"
        principal_id: UUID
        holder_id: UUID
        reason: ProxyEnd

        def apply(self, assembly: Assembly) -> None:
            """Let nobody represent the member."""
            assembly.proxies = without(assembly.proxies, self.principal_id)

    class ProxyRefused(Event):
        """A proxy that was given does not count: it would falsify the count."""

        TOPIC = "assembly.proxy-refused.v1"
        principal_id: UUID
        holder_id: UUID
        fault: ProxyFault
        limit: int

        def apply(self, assembly: Assembly) -> None:
            """Let nobody represent the member."""
            assembly.proxies = without(assembly.proxies, self.principal_id)

    class Opened(Event):
        """The assembly began, on this roll with so many votes."""

        TOPIC = "assembly.opened.v1"
        roll_id: UUID
        entitled: int

        def apply(self, assembly: Assembly) -> None:
            """Take the roll."""
            assembly.state = AssemblyState.OPEN
            assembly.roll_id = self.roll_id

    class AttendanceRecorded(Event):
        """A member on the roll is present, in person or remotely; `late` if a motion came to the vote before."""

        TOPIC = "assembly.attendance-recorded.v1"
        member_id: UUID
        mode: AttendanceMode = AttendanceMode.IN_PERSON
        late: bool = False

        def apply(self, assembly: Assembly) -> None:
            """Add the member to those present."""
            assembly.present = assembly.present | {self.member_id}

    class DepartureRecorded(Event):
        """A member left; who was represented by them is no longer."""

        TOPIC = "assembly.departure-recorded.v1"
        member_id: UUID

        def apply(self, assembly: Assembly) -> None:
            """Take the member off those present."""
            assembly.present = assembly.present - {self.member_id}

    class QuorumReached(Event, Established, PutToTheVote):
        """Enough take part to decide the motion, which goes to this poll."""

        TOPIC = "assembly.quorum-reached.v1"

        def apply(self, assembly: Assembly) -> None:
            """Remember the poll, and who is present or represented for it."""
            there = assembly.present | assembly.represented(self.motion_id)
            assembly.polls = {**assembly.polls, self.poll_id: there}
            assembly.lacking = without(assembly.lacking, self.motion_id)

    class QuorumNotReached(Event, Established):
        """Too few take part to decide the motion; it is not put to the vote."""

        TOPIC = "assembly.quorum-not-reached.v1"

        def apply(self, assembly: Assembly) -> None:
            """Remember the text: a second assembly may decide it."""
            assembly.lacking = {**assembly.lacking, self.motion_id: self.text_sha256}

    class MotionsAdjourned(Event):
        """These motions are left for that day; this assembly does not decide them."""

        TOPIC = "assembly.motions-adjourned.v1"
        to_on: date
        motions: tuple[UUID, ...]
        decision_ref: str

        def apply(self, assembly: Assembly) -> None:
            """Take them off the agenda."""
            assembly.agenda = tuple(each for each in assembly.agenda if each not in self.motions)

    class Closed(Event):
        """The assembly ended."""

        TOPIC = "assembly.closed.v1"

        def apply(self, assembly: Assembly) -> None:
            """End it."""
            assembly.state = AssemblyState.CLOSED

    @classmethod
    def convene(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        held_on: date,
        notice_on: date,
        notice: Notice,
        agenda: Sequence[UUID],
        texts: Sequence[str],
        **called: Any,
    ) -> Assembly:
        """Convene the members; a notice shorter than the rule asks is recorded as irregular."""
        if not agenda or len(set(agenda)) != len(agenda):
            raise InvalidAgenda(motions=len(agenda))
        root = root_of([f"{motion_id} {text}" for motion_id, text in zip(agenda, texts, strict=True)])
        days = {"held_on": held_on, "notice_on": notice_on}
        decides = {"agenda": tuple(agenda), "texts": tuple(texts), "agenda_sha256": root}
        assembly = cls.begin(stamp, id=id, **days, **decides, **called)
        found = notice.found(sent_on=notice_on, held_on=held_on)
        if found < notice.days:
            short = IrregularityKind.SHORT_NOTICE
            assembly.say(cls.IrregularityRecorded, stamp, kind=short, found=found, required=notice.days)
        return assembly

    def say(self, fact: type[Event], stamp: Stamp, /, **says: object) -> None:
        """Record one more fact of this assembly."""
        self.note(fact, stamp, entity_id=self.entity_id, **says)

    def grant_proxy(
        self,
        stamp: Stamp,
        *,
        principal_id: UUID,
        holder_id: UUID,
        limit: int,
        motions: Sequence[UUID] = (),
        instructions_sha256: str | None = None,
    ) -> None:
        """Let a member be represented by another who represents nobody's proxy holder, within the limit."""
        self.require_not_over()
        if principal_id in self.present:
            raise AlreadyPresent(member_id=principal_id)
        for motion_id in motions:
            self.require_on_the_agenda(motion_id)
        require_grantable(self.proxies, principal_id=principal_id, holder_id=holder_id, limit=limit)
        self.say(
            self.ProxyGranted,
            stamp,
            principal_id=principal_id,
            holder_id=holder_id,
            motions=tuple(motions),
            instructions_sha256=instructions_sha256,
        )

    def revoke_proxy(self, stamp: Stamp, *, principal_id: UUID) -> None:
        """Withdraw a proxy."""
        self.require_not_over()
        self._end_proxy(stamp, principal_id, ProxyEnd.WITHDRAWN)

    def require_not_opened(self) -> None:
        """Refuse what can only come before the opening."""
        if self.state is not AssemblyState.CONVENED:
            raise AssemblyAlreadyOpened(state=self.state)

    def require_not_over(self) -> None:
        """Refuse what comes too late."""
        if self.state is AssemblyState.CLOSED:
            raise AssemblyOver(assembly_id=self.id)

    def require_on_the_agenda(self, motion_id: UUID) -> None:
        """Refuse what the members were not convened for."""
        if motion_id not in self.agenda:
            raise NotOnTheAgenda(motion_id=motion_id)

    def open(
        self, stamp: Stamp, *, roll_id: UUID, entitled: int, limit: int, on_roll: Collection[UUID]
    ) -> None:
        """Begin, on this roll; proxies that cannot count are refused, each with its fault."""
        self.require_not_opened()
        self.say(self.Opened, stamp, roll_id=roll_id, entitled=entitled)
        for principal_id, holder_id, fault in faulty(self.proxies, limit=limit, on_roll=on_roll):
            named = {"principal_id": principal_id, "holder_id": holder_id}
            self.say(self.ProxyRefused, stamp, **named, fault=fault, limit=limit)

    def require_roll(self) -> UUID:
        """Return the roll of the open assembly; raises AssemblyNotOpen."""
        if self.state is not AssemblyState.OPEN or self.roll_id is None:
            raise AssemblyNotOpen(state=self.state)
        return self.roll_id

    def record_attendance(
        self, stamp: Stamp, *, member_id: UUID, mode: AttendanceMode = AttendanceMode.IN_PERSON
    ) -> None:
        """Record that a member on the roll is present; presence overrides her proxy."""
        self.require_roll()
        if member_id in self.present:
            raise AlreadyPresent(member_id=member_id)
        late = bool(self.polls or self.lacking)
        self.say(self.AttendanceRecorded, stamp, member_id=member_id, mode=mode, late=late)
        if member_id in self.proxies:
            self._end_proxy(stamp, member_id, ProxyEnd.ATTENDED)

    def record_departure(self, stamp: Stamp, *, member_id: UUID) -> None:
        """Record that a member left; votes already cast stand."""
        self.require_roll()
        if member_id not in self.present:
            raise NotPresent(member_id=member_id)
        self.say(self.DepartureRecorded, stamp, member_id=member_id)

    def represented(self, motion_id: UUID) -> frozenset[UUID]:
        """The members whose proxy holder is present and may vote on the motion."""
        return represented(self.proxies, self.present, motion_id)

    def require_voice(self, motion_id: UUID, member_id: UUID, holder_id: UUID | None) -> None:
        """Refuse a vote of a member who is neither present nor represented by this holder."""
        self.require_roll()
        require_voice(
            self.proxies, self.present, motion_id=motion_id, member_id=member_id, holder_id=holder_id
        )

    def require_text(self, motion_id: UUID, text_sha256: str) -> None:
        """Refuse, in a second assembly, another text than the one that lacked its quorum."""
        if self.previous_id is not None and self.texts.get(motion_id) != text_sha256:
            raise NotTheTextThatLackedQuorum(motion_id=motion_id)

    def establish_quorum(
        self, stamp: Stamp, *, motion_id: UUID, poll_id: UUID, reckoned: QuorumReckoned, **counted: Any
    ) -> bool:
        """Record whether enough take part to decide a motion of the agenda, and tell."""
        self.require_on_the_agenda(motion_id)
        threshold = {"num": reckoned.num, "den": reckoned.den, "reckoned": reckoned}
        if reckoned.met:
            self.say(self.QuorumReached, stamp, motion_id=motion_id, poll_id=poll_id, **threshold, **counted)
        else:
            self.say(self.QuorumNotReached, stamp, motion_id=motion_id, **threshold, **counted)
        return reckoned.met

    def adjourn(self, stamp: Stamp, *, to_on: date, motions: Sequence[UUID], decision_ref: str) -> None:
        """Leave motions of the agenda for another day, by a decision."""
        self.require_roll()
        if not motions or len(set(motions)) != len(motions):
            raise InvalidAgenda(motions=len(motions))
        for motion_id in motions:
            self.require_on_the_agenda(motion_id)
        self.say(self.MotionsAdjourned, stamp, to_on=to_on, motions=tuple(motions), decision_ref=decision_ref)

    def close(self, stamp: Stamp) -> None:
        """End the open assembly."""
        self.require_roll()
        self.say(self.Closed, stamp)

    def _end_proxy(self, stamp: Stamp, principal_id: UUID, reason: ProxyEnd) -> None:
        proxy = self.proxies.get(principal_id)
        if proxy is None:
            raise NoSuchProxy(member_id=principal_id)
        named = {"principal_id": principal_id, "holder_id": proxy.holder_id}
        self.say(self.ProxyRevoked, stamp, **named, reason=reason)
