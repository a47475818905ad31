"""An assembly: convened with an agenda, opened on a roll, quorate or not motion by motion, closed.

    ── Convened ──> convened ── Opened ──> open ── Closed ──> closed
                        │                    └── AttendanceRecorded; QuorumReached or QuorumNotReached, by motion
                        ├── IrregularityRecorded, of the notice
                        └── ProxyGranted ──> a proxy, until the end or ── ProxyRevoked ──> none (also while it is open)

What happened is recorded and not refused: a late notice is an irregularity. Only what would falsify
a count is refused: a proxy of a proxy, more proxies than the rule allows, a vote without presence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from domain.errors import (
    AlreadyPresent,
    AssemblyAlreadyOpened,
    AssemblyNotOpen,
    AssemblyOver,
    ChainedProxy,
    InvalidAgenda,
    NoSuchProxy,
    NotOnTheAgenda,
    NotPresent,
    ProxyAlreadyGiven,
    TooManyProxies,
)
from domain.facts import Ledgered, Stamp
from domain.governance.rules import Quorum


class AssemblyState(StrEnum):
    """Where an assembly stands."""

    CONVENED = "convened"
    OPEN = "open"
    CLOSED = "closed"


class IrregularityKind(StrEnum):
    """What was not as the rule asks."""

    SHORT_NOTICE = "short-notice"


class ProxyEnd(StrEnum):
    """Why a proxy no longer counts."""

    WITHDRAWN = "withdrawn"
    ATTENDED = "attended"
    """The member came in person: presence overrides the proxy."""


class Assembly(Ledgered):
    """One assembly of the members of one legal entity."""

    TOPIC = "assembly"

    def __init__(self, entity_id: UUID, held_on: date, agenda: tuple[UUID, ...]) -> None:
        """Start convened."""
        self.entity_id = entity_id
        self.held_on = held_on
        self.agenda = agenda
        self.state = AssemblyState.CONVENED
        self.roll_id: UUID | None = None
        self.present: frozenset[UUID] = frozenset()
        self.proxies: Mapping[UUID, UUID] = {}
        self.polls: Mapping[UUID, frozenset[UUID]] = {}

    class Event(Ledgered.Event):
        """What happened to an assembly."""

        entity_id: UUID

    class Convened(Event, Ledgered.Created):
        """The members were convened for that day, by a notice sent on `notice_on`, to decide these motions."""

        TOPIC = "assembly.convened.v1"
        held_on: date
        notice_on: date
        agenda: tuple[UUID, ...]

    Created = Convened

    class IrregularityRecorded(Event):
        """Something was not as the rule asks: so many found (days of notice), so many required."""

        TOPIC = "assembly.irregularity-recorded.v1"
        kind: IrregularityKind
        found: int
        required: int

    class ProxyGranted(Event):
        """A member gave another one a proxy for this assembly."""

        TOPIC = "assembly.proxy-granted.v1"
        principal_id: UUID
        holder_id: UUID

        def apply(self, assembly: Assembly) -> None:
            """Let the holder represent the member."""
            assembly.proxies = {**assembly.proxies, self.principal_id: self.holder_id}

    class ProxyRevoked(Event):
        """A proxy no longer counts."""

        TOPIC = "assembly.proxy-revoked.v1"
        principal_id: UUID
        holder_id: UUID
        reason: ProxyEnd

        def apply(self, assembly: Assembly) -> None:
            """Let nobody represent the member."""
            assembly.proxies = {
                principal: holder
                for principal, holder in assembly.proxies.items()
                if principal != self.principal_id
            }

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
        """A member on the roll is present."""

        TOPIC = "assembly.attendance-recorded.v1"
        member_id: UUID

        def apply(self, assembly: Assembly) -> None:
            """Add the member to those present."""
            assembly.present = assembly.present | {self.member_id}

    class QuorumReached(Event):
        """Enough votes are present or represented to decide the motion, which goes to this poll.

        `present + represented >= num/den of entitled`, in votes of the roll.
        """

        TOPIC = "assembly.quorum-reached.v1"
        motion_id: UUID
        poll_id: UUID
        rule_set_id: UUID
        present: int
        represented: int
        entitled: int
        num: int
        den: int

        def apply(self, assembly: Assembly) -> None:
            """Remember the poll, and who takes part in it."""
            assembly.polls = {**assembly.polls, self.poll_id: assembly.present | assembly.represented}

    class QuorumNotReached(Event):
        """Too few votes are present or represented to decide the motion; it is not put to the vote."""

        TOPIC = "assembly.quorum-not-reached.v1"
        motion_id: UUID
        rule_set_id: UUID
        present: int
        represented: int
        entitled: int
        num: int
        den: int

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
        entity_id: UUID,
        held_on: date,
        notice_on: date,
        agenda: Sequence[UUID],
        notice_days: int,
    ) -> Assembly:
        """Convene the members; a notice shorter than `notice_days` is recorded as irregular.

        The day of the notice does not count, that of the assembly does.
        """
        if not agenda or len(set(agenda)) != len(agenda):
            raise InvalidAgenda(motions=len(agenda))
        assembly = cls.begin(
            stamp, id=id, entity_id=entity_id, held_on=held_on, notice_on=notice_on, agenda=tuple(agenda)
        )
        days = (held_on - notice_on).days
        if days < notice_days:
            assembly.note(
                cls.IrregularityRecorded,
                stamp,
                entity_id=entity_id,
                kind=IrregularityKind.SHORT_NOTICE,
                found=days,
                required=notice_days,
            )
        return assembly

    def grant_proxy(self, stamp: Stamp, *, principal_id: UUID, holder_id: UUID, limit: int) -> None:
        """Let a member be represented by another who represents nobody's proxy holder, within the limit."""
        self.require_not_over()
        if principal_id in self.present:
            raise AlreadyPresent(member_id=principal_id)
        if principal_id in self.proxies:
            raise ProxyAlreadyGiven(holder_id=self.proxies[principal_id])
        holders = set(self.proxies.values())
        if holder_id == principal_id or holder_id in self.proxies or principal_id in holders:
            raise ChainedProxy(principal_id=principal_id, holder_id=holder_id)
        held = sum(each == holder_id for each in self.proxies.values())
        if held >= limit:
            raise TooManyProxies(holder_id=holder_id, limit=limit)
        self.note(
            self.ProxyGranted,
            stamp,
            entity_id=self.entity_id,
            principal_id=principal_id,
            holder_id=holder_id,
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

    def open(self, stamp: Stamp, *, roll_id: UUID, entitled: int) -> None:
        """Begin, on this roll."""
        self.require_not_opened()
        self.note(self.Opened, stamp, entity_id=self.entity_id, roll_id=roll_id, entitled=entitled)

    def require_roll(self) -> UUID:
        """Return the roll of the open assembly; raises AssemblyNotOpen."""
        if self.state is not AssemblyState.OPEN or self.roll_id is None:
            raise AssemblyNotOpen(state=self.state)
        return self.roll_id

    def record_attendance(self, stamp: Stamp, *, member_id: UUID) -> None:
        """Record that a member on the roll is present; presence overrides her proxy."""
        self.require_roll()
        if member_id in self.present:
            raise AlreadyPresent(member_id=member_id)
        self.note(self.AttendanceRecorded, stamp, entity_id=self.entity_id, member_id=member_id)
        if member_id in self.proxies:
            self._end_proxy(stamp, member_id, ProxyEnd.ATTENDED)

    @property
    def represented(self) -> frozenset[UUID]:
        """The members whose proxy holder is present."""
        return frozenset(principal for principal, holder in self.proxies.items() if holder in self.present)

    def require_voice(self, member_id: UUID, holder_id: UUID | None) -> None:
        """Refuse a vote of a member who is neither present nor represented by this holder."""
        self.require_roll()
        if holder_id is None:
            if member_id not in self.present:
                raise NotPresent(member_id=member_id)
        elif self.proxies.get(member_id) != holder_id:
            raise NoSuchProxy(member_id=member_id, holder_id=holder_id)
        elif holder_id not in self.present:
            raise NotPresent(holder_id=holder_id)

    def establish_quorum(
        self,
        stamp: Stamp,
        *,
        motion_id: UUID,
        poll_id: UUID,
        rule_set_id: UUID,
        quorum: Quorum,
        present: int,
        represented: int,
        entitled: int,
    ) -> bool:
        """Record whether enough votes are there to decide a motion of the agenda, and tell."""
        if motion_id not in self.agenda:
            raise NotOnTheAgenda(motion_id=motion_id)
        counted = {
            "entity_id": self.entity_id,
            "motion_id": motion_id,
            "rule_set_id": rule_set_id,
            "present": present,
            "represented": represented,
            "entitled": entitled,
            "num": quorum.num,
            "den": quorum.den,
        }
        reached = present + represented >= Fraction(quorum.num, quorum.den) * entitled
        if reached:
            self.note(self.QuorumReached, stamp, poll_id=poll_id, **counted)
        else:
            self.note(self.QuorumNotReached, stamp, **counted)
        return reached

    def close(self, stamp: Stamp) -> None:
        """End the open assembly."""
        self.require_roll()
        self.note(self.Closed, stamp, entity_id=self.entity_id)

    def _end_proxy(self, stamp: Stamp, principal_id: UUID, reason: ProxyEnd) -> None:
        holder_id = self.proxies.get(principal_id)
        if holder_id is None:
            raise NoSuchProxy(member_id=principal_id)
        self.note(
            self.ProxyRevoked,
            stamp,
            entity_id=self.entity_id,
            principal_id=principal_id,
            holder_id=holder_id,
            reason=reason,
        )
