"""An assembly of the third entity, as its script has it: tabled, convened, opened, voted motion by motion, closed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.governance.presence import AttendanceMode
from domain.governance.rules import Choice
from domain.ids import derived_id
from domain.ledger import assemblies, governance
from workers.demo.group.electing import Voice
from workers.demo.group.founding import ORDINARY
from workers.demo.group.house import Group, House, Member

Said = Sequence[tuple[Voice, Choice]]
"""What each voice says on a motion."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One assembly of the entity; its ids, and those of its motions and polls, follow from its name."""

    group: Group
    relay: House
    name: str

    @property
    def id(self) -> UUID:
        """The id of the assembly."""
        return self.named("assembly")

    def named(self, what: str) -> UUID:
        """Return the id of what belongs to this assembly."""
        return derived_id("demo", self.relay.entity_id, self.name, what)

    def tell(self, operation: str, use_case: Callable[..., object], *, on: date, **says: Any) -> None:
        """Hand in a request about this assembly."""
        self.group.clerk.tell(operation, use_case, on=on, assembly_id=self.id, **says)

    def table(self, what: str, title: str, text: str, on: date) -> UUID:
        """Table a motion."""
        motion_id = self.named(what)
        self.group.clerk.tell(
            "motion.table",
            governance.table_motion,
            on=on,
            motion_id=motion_id,
            entity_id=self.relay.entity_id,
            title=title,
            text=text,
        )
        return motion_id

    def convene(self, agenda: Sequence[UUID], held_on: date, on: date, **called: Any) -> None:
        """Convene the members for that day, by a notice of today."""
        self.tell(
            "assembly.convene",
            assemblies.convene_assembly,
            on=on,
            entity_id=self.relay.entity_id,
            held_on=held_on,
            notice_on=on,
            agenda=agenda,
            **called,
        )

    def open(self, on: date) -> None:
        """Begin, on the roll of the record date if there is one, else on one frozen now."""
        self.tell("assembly.open", assemblies.open_assembly, on=on, roll_id=self.named("roll"))

    def welcome(
        self, members: Iterable[Member], on: date, mode: AttendanceMode = AttendanceMode.IN_PERSON
    ) -> None:
        """Record who is there."""
        for member in members:
            self.tell(
                "attendance.record",
                assemblies.record_attendance,
                on=on,
                member_id=member.membership_id,
                mode=mode,
            )

    def put(self, motion_id: UUID, on: date, poll: str = "poll") -> UUID:
        """Put a motion to the vote, with what was said on it in advance; return the poll."""
        from api.counting import advance_votes_of

        clerk, poll_id = self.group.clerk, derived_id("demo", motion_id, poll)
        clerk.settle()
        self.tell(
            "motion.put-to-the-vote",
            assemblies.put_to_the_vote,
            on=on,
            motion_id=motion_id,
            poll_id=poll_id,
            rule_name=ORDINARY,
            rule_version=1,
            advance_votes=advance_votes_of(clerk.workshop.log, self.id, motion_id),
        )
        return poll_id

    def hear(self, poll_id: UUID, said: Said, on: date) -> None:
        """Let voices be heard one after another."""
        for (member, holder), choice in said:
            self.group.clerk.tell(
                "vote.cast",
                governance.cast_vote,
                on=on,
                poll_id=poll_id,
                member_id=member.membership_id,
                choice=choice,
                holder_id=holder.membership_id if holder else None,
            )

    def count(self, poll_id: UUID, on: date) -> None:
        """Close a poll and count it."""
        from api.counting import ballots_of

        clerk = self.group.clerk
        clerk.ask("poll.close", governance.close_poll, on=on, poll_id=poll_id)
        ballots = ballots_of(clerk.workshop.log, poll_id)
        clerk.tell("poll.count", governance.count_poll, on=on, poll_id=poll_id, ballots=ballots)

    def decide(self, motion_id: UUID, said: Said, on: date, poll: str = "poll") -> UUID:
        """Put a motion to the vote, hear these voices and count them; return the poll."""
        poll_id = self.put(motion_id, on, poll)
        self.hear(poll_id, said, on)
        self.count(poll_id, on)
        return poll_id

    def close(self, on: date) -> None:
        """End the assembly."""
        self.tell("assembly.close", assemblies.close_assembly, on=on)


def voices_of(members: Iterable[Member]) -> list[Voice]:
    """Return the voices of those who speak for themselves."""
    return [(member, None) for member in members]


def all_say(choice: Choice, voices: Iterable[Voice]) -> list[tuple[Voice, Choice]]:
    """Let all of them say the same."""
    return [(voice, choice) for voice in voices]
