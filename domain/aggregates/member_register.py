"""Who the effective members of an entity are, and the numbers they hold.

The roll of a vote is decided on this stream, so that it can neither miss nor invent a member. A
member number is given once, without gaps, and never again.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from domain.facts import Ledgered, Stamp


class MemberRegister(Ledgered):
    """The register of effective members of one entity."""

    TOPIC = "member-register"

    def __init__(self) -> None:
        """Start empty."""
        self.last_no = 0
        self.members: Mapping[UUID, int] = {}

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
            register.members = {
                member: number for member, number in register.members.items() if member != self.membership_id
            }

    def enter(self, stamp: Stamp, *, entity_id: UUID, membership_id: UUID) -> int:
        """Enter a member under the next number and return it."""
        number = self.last_no + 1
        self.note(
            self.MemberEntered, stamp, entity_id=entity_id, membership_id=membership_id, member_no=number
        )
        return number

    def remove(self, stamp: Stamp, *, entity_id: UUID, membership_id: UUID) -> None:
        """Take a member off the register."""
        self.note(
            self.MemberLeft,
            stamp,
            entity_id=entity_id,
            membership_id=membership_id,
            member_no=self.members[membership_id],
        )
