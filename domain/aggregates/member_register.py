"""Who the effective members of an entity are, and the numbers they hold.

    ── Opened ──> kept
    ── NumbersTakenOver ──> kept, from the number after that of the old books
    ── MemberEntered ──> on the register ── MemberLeft ──> off it, for good
    on the register ── MembersMerged ──> counted with another ── MergeUndone ──> on the register
    ── VoteBegan ──> a vote goes on ── VoteEnded ──> it is over

The roll of a vote is decided on this stream, so that it can neither miss nor invent a member. A
member number is given once, without gaps, and never again. Whoever has two memberships by mistake
is counted once: one of them stands for both, unless a vote that both are on is going on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

from domain.facts import Ledgered, Stamp

V = TypeVar("V")


class MemberRegister(Ledgered):
    """The register of effective members of one entity."""

    TOPIC = "member-register"

    def __init__(self, entity_id: UUID) -> None:
        """Start empty."""
        self.entity_id = entity_id
        self.last_no = 0
        self.members: Mapping[UUID, int] = {}
        self.merged: Mapping[UUID, tuple[UUID, int]] = {}
        self.open_rolls: Mapping[UUID, UUID] = {}

    class Event(Ledgered.Event):
        """What happened to the register."""

        entity_id: UUID

    class Opened(Event, Ledgered.Created):
        """The entity keeps a register of its members."""

        TOPIC = "member-register.opened.v1"

    Created = Opened

    class MemberEntered(Event):
        """This membership is effective and holds this number."""

        TOPIC = "member-register.member-entered.v1"
        membership_id: UUID
        member_no: int

        def apply(self, register: MemberRegister) -> None:
            """Add the member."""
            register.last_no = self.member_no
            register.members = {**register.members, self.membership_id: self.member_no}

    class MemberLeft(Event):
        """This membership is no longer effective; its number stays its own."""

        TOPIC = "member-register.member-left.v1"
        membership_id: UUID
        member_no: int

        def apply(self, register: MemberRegister) -> None:
            """Take the member off the register."""
            register.members = _without(register.members, self.membership_id)

    class MembersMerged(Event):
        """Two memberships are one person's: `into_id` is counted, `membership_id` no longer."""

        TOPIC = "member-register.members-merged.v1"
        membership_id: UUID
        member_no: int
        into_id: UUID

        def apply(self, register: MemberRegister) -> None:
            """Count the person once."""
            register.members = _without(register.members, self.membership_id)
            register.merged = {**register.merged, self.membership_id: (self.into_id, self.member_no)}

    class MergeUndone(Event):
        """This membership is counted by itself again, under its old number."""

        TOPIC = "member-register.merge-undone.v1"
        membership_id: UUID
        member_no: int
        into_id: UUID

        def apply(self, register: MemberRegister) -> None:
            """Count both."""
            register.members = {**register.members, self.membership_id: self.member_no}
            register.merged = _without(register.merged, self.membership_id)

    class NumbersTakenOver(Event):
        """Old books gave the numbers up to this one, some of them to members who have left since."""

        TOPIC = "member-register.numbers-taken-over.v1"
        last_no: int

        def apply(self, register: MemberRegister) -> None:
            """Go on from this number."""
            register.last_no = self.last_no

    class VoteBegan(Event):
        """A poll or an assembly goes on with this roll."""

        TOPIC = "member-register.vote-began.v1"
        vote_id: UUID
        roll_id: UUID

        def apply(self, register: MemberRegister) -> None:
            """Remember that the roll is in use."""
            register.open_rolls = {**register.open_rolls, self.vote_id: self.roll_id}

    class VoteEnded(Event):
        """The poll was counted, or the assembly closed."""

        TOPIC = "member-register.vote-ended.v1"
        vote_id: UUID

        def apply(self, register: MemberRegister) -> None:
            """Forget the use of its roll."""
            register.open_rolls = _without(register.open_rolls, self.vote_id)

    def enter(self, stamp: Stamp, *, membership_id: UUID) -> None:
        """Enter a member under the next number."""
        self._note(self.MemberEntered, stamp, membership_id=membership_id, member_no=self.last_no + 1)

    def take_over(self, stamp: Stamp, *, members: Mapping[UUID, int], last_no: int) -> None:
        """Enter members under the numbers that old books gave them, and go on from the last one given."""
        for membership_id, number in sorted(members.items(), key=lambda each: each[1]):
            self._note(self.MemberEntered, stamp, membership_id=membership_id, member_no=number)
        if last_no > self.last_no:
            self._note(self.NumbersTakenOver, stamp, last_no=last_no)

    def remove(self, stamp: Stamp, *, membership_id: UUID) -> None:
        """Take a member off the register."""
        number = self.members[membership_id]
        self._note(self.MemberLeft, stamp, membership_id=membership_id, member_no=number)

    def merge(self, stamp: Stamp, *, membership_id: UUID, into_id: UUID) -> None:
        """Count two memberships once."""
        number = self.members[membership_id]
        self._note(self.MembersMerged, stamp, membership_id=membership_id, member_no=number, into_id=into_id)

    def undo_merge(self, stamp: Stamp, *, membership_id: UUID) -> None:
        """Count a merged membership by itself again."""
        into_id, number = self.merged[membership_id]
        self._note(self.MergeUndone, stamp, membership_id=membership_id, member_no=number, into_id=into_id)

    def merged_into(self, membership_id: UUID) -> tuple[UUID, ...]:
        """Return the memberships that this one stands for besides itself, in the order of their merging."""
        return tuple(each for each, (into_id, _) in self.merged.items() if into_id == membership_id)

    def begin_vote(self, stamp: Stamp, *, vote_id: UUID, roll_id: UUID) -> None:
        """Note that a poll or an assembly goes on with this roll."""
        self._note(self.VoteBegan, stamp, vote_id=vote_id, roll_id=roll_id)

    def end_vote(self, stamp: Stamp, *, vote_id: UUID) -> None:
        """Note that it is over."""
        if vote_id in self.open_rolls:
            self._note(self.VoteEnded, stamp, vote_id=vote_id)

    def _note(self, kind: type[Event], stamp: Stamp, **says: object) -> None:
        self.note(kind, stamp, entity_id=self.entity_id, **says)


def _without(held: Mapping[UUID, V], key: UUID) -> Mapping[UUID, V]:
    return {each: value for each, value in held.items() if each != key}
