"""A roll-call poll: the window in which votes on a motion are cast, and their count.

    ── Opened ──> open ── Closed ──> closed ── Counted ──> counted
                   └── HeldInAssembly, if it is
    open, closed, counted ── Annulled ──> annulled

Closing fixes the position of the log up to which votes count; the count comes after, and names
the root of the ballots it rests on.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.errors import EmptyText, PollAlreadyCounted, PollIsAnnulled, PollNotOpen, PollStillOpen
from domain.facts import Ledgered, Stamp
from domain.governance.rules import Quorum
from domain.governance.secrecy import Secrecy
from domain.governance.tally import Tally
from domain.personal import Personal, Retention


class PollState(StrEnum):
    """Where a poll stands."""

    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    ANNULLED = "annulled"


class Poll(Ledgered):
    """One poll on one motion, under one rule and roll."""

    TOPIC = "poll"

    def __init__(self, entity_id: UUID, motion_id: UUID, roll_id: UUID, rule_set_id: UUID) -> None:
        """Start open."""
        self.entity_id = entity_id
        self.motion_id = motion_id
        self.roll_id = roll_id
        self.rule_set_id = rule_set_id
        self.state = PollState.OPEN
        self.closed_at: int | None = None
        self.assembly_id: UUID | None = None
        self.took_part = 0
        self.quorum: Quorum | None = None

    class Event(Ledgered.Event):
        """What happened to a poll."""

        entity_id: UUID
        motion_id: UUID

    class Opened(Event, Ledgered.Created):
        """Members on this roll may vote on the motion, by roll-call, under this rule."""

        TOPIC = "poll.opened.v1"
        roll_id: UUID
        rule_set_id: UUID
        rule_name: str
        rule_version: int
        secrecy: Secrecy = Secrecy.ROLL_CALL

    Created = Opened

    class HeldInAssembly(Event):
        """The poll is held in this assembly, of whose roll so many votes take part by this quorum.

        Votes in advance are among them; the quorum of a second convening is not that of the rule.
        """

        TOPIC = "poll.held-in-assembly.v1"
        assembly_id: UUID
        took_part: int
        quorum: Quorum | None = None
        in_advance: int = 0

        def apply(self, poll: Poll) -> None:
            """Remember the assembly."""
            poll.assembly_id = self.assembly_id
            poll.took_part = self.took_part
            poll.quorum = self.quorum

    class Closed(Event):
        """No more votes are cast; those recorded up to `position` count."""

        TOPIC = "poll.closed.v1"
        position: int

        def apply(self, poll: Poll) -> None:
            """Close the window."""
            poll.state = PollState.CLOSED
            poll.closed_at = self.position

    class Counted(Event):
        """The votes were counted: so many ballots, under this root, with this tally."""

        TOPIC = "poll.counted.v1"
        position: int
        ballots: int
        input_root: str
        yes: int
        no: int
        abstain: int
        blank: int
        invalid: int = 0

        def apply(self, poll: Poll) -> None:
            """Count only once."""
            poll.state = PollState.COUNTED

    class Annulled(Event):
        """The poll is void, by this decision; its votes stay on record and count nowhere."""

        TOPIC = "poll.annulled.v1"
        decision_ref: str
        subject_id: UUID
        reason: Annotated[str, Personal(Retention.GOVERNANCE, "subject_id")]

        def apply(self, poll: Poll) -> None:
            """Take no more votes, and count none."""
            poll.state = PollState.ANNULLED

    def place(
        self, stamp: Stamp, *, assembly_id: UUID, took_part: int, quorum: Quorum, in_advance: int
    ) -> None:
        """Hold the poll in an assembly, with the votes of its quorum."""
        self.note(
            self.HeldInAssembly,
            stamp,
            entity_id=self.entity_id,
            motion_id=self.motion_id,
            assembly_id=assembly_id,
            took_part=took_part,
            quorum=quorum,
            in_advance=in_advance,
        )

    def require_open(self) -> None:
        """Refuse a vote outside the window."""
        if self.state is not PollState.OPEN:
            raise PollNotOpen(state=self.state)

    def close(self, stamp: Stamp, *, position: int) -> None:
        """Close the window at this position of the log."""
        self.require_open()
        self.note(self.Closed, stamp, entity_id=self.entity_id, motion_id=self.motion_id, position=position)

    def require_countable(self) -> int:
        """Return the position up to which votes count; the poll is closed and not yet counted."""
        if self.state is PollState.ANNULLED:
            raise PollIsAnnulled(poll_id=self.id)
        if self.closed_at is None:
            raise PollStillOpen(state=self.state)
        if self.state is PollState.COUNTED:
            raise PollAlreadyCounted(state=self.state)
        return self.closed_at

    def annul(self, stamp: Stamp, *, decision_ref: str, reason: str) -> None:
        """Void the poll, once, with a reason."""
        if self.state is PollState.ANNULLED:
            raise PollIsAnnulled(poll_id=self.id)
        for field, said in (("decision_ref", decision_ref), ("reason", reason)):
            if not said.strip():
                raise EmptyText(field=field)
        self.note(
            self.Annulled,
            stamp,
            entity_id=self.entity_id,
            motion_id=self.motion_id,
            decision_ref=decision_ref,
            subject_id=self.motion_id,
            reason=reason,
        )

    def record_count(self, stamp: Stamp, *, ballots: int, input_root: str, tally: Tally) -> None:
        """Record the count of the ballots."""
        position = self.require_countable()
        self.note(
            self.Counted,
            stamp,
            entity_id=self.entity_id,
            motion_id=self.motion_id,
            position=position,
            ballots=ballots,
            input_root=input_root,
            yes=tally.yes,
            no=tally.no,
            abstain=tally.abstain,
            blank=tally.blank,
            invalid=tally.invalid,
        )
