"""The votes sent in before an assembly on one motion: sealed until its poll opens, then read out.

    ── Placed ──> sealed ── PageOpened, for every page ──> sealed ── Opened ──> opened, under one root
    sealed ── Received, again if it is changed ──> sealed ── Withdrawn ──> sealed

Who voted in advance takes part in the quorum. What is said is sealed in the log and shown nowhere
before the poll opens; then every vote that still stands is read out. It yields to presence, and
lapses if the text is amended.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.errors import AdvanceVotesClosed, AdvanceVotesMissing, NoAdvanceVote
from domain.facts import Ledgered, Stamp
from domain.governance.roots import root_of
from domain.governance.rules import Choice
from domain.personal import Personal, Retention

PAGE = 500


class BoxState(StrEnum):
    """Where a box stands."""

    SEALED = "sealed"
    OPENED = "opened"


@dataclass(frozen=True)
class AdvanceVote:
    """A vote as it is read out."""

    member_id: UUID
    choice: Choice

    def line(self) -> str:
        """Return the vote as the root hashes it."""
        return f"{self.member_id} {self.choice}"


class AdvanceBox(Ledgered):
    """The advance votes on one motion of one assembly."""

    TOPIC = "advance-box"

    def __init__(self, entity_id: UUID, assembly_id: UUID, motion_id: UUID) -> None:
        """Start empty."""
        self.entity_id = entity_id
        self.assembly_id = assembly_id
        self.motion_id = motion_id
        self.state = BoxState.SEALED
        self.texts: Mapping[UUID, str] = {}

    class Event(Ledgered.Event):
        """What happened to a box."""

        entity_id: UUID
        assembly_id: UUID
        motion_id: UUID

    class Placed(Event, Ledgered.Created):
        """Votes on this motion of this assembly are taken in advance."""

        TOPIC = "advance-box.placed.v1"

    Created = Placed

    class Received(Event):
        """A member voted on the text of this hash; a later vote takes the place of an earlier one."""

        TOPIC = "advance-box.received.v1"
        member_id: UUID
        person_id: UUID
        text_sha256: str
        choice: Annotated[str, Personal(Retention.GOVERNANCE, "person_id")]

        def apply(self, box: AdvanceBox) -> None:
            """Count the member as taking part."""
            box.texts = {**box.texts, self.member_id: self.text_sha256}

    class Withdrawn(Event):
        """A member took the vote back."""

        TOPIC = "advance-box.withdrawn.v1"
        member_id: UUID

        def apply(self, box: AdvanceBox) -> None:
            """Count the member no longer."""
            box.texts = {
                member_id: text for member_id, text in box.texts.items() if member_id != self.member_id
            }

    class PageOpened(Event):
        """These votes are read out; page `n`, at most 500 of them, in the order of the members' ids."""

        TOPIC = "advance-box.page-opened.v1"
        poll_id: UUID
        n: int
        votes: tuple[AdvanceVote, ...]

    class Opened(Event):
        """All votes that still stand are read out: so many pages and votes, under this root."""

        TOPIC = "advance-box.opened.v1"
        poll_id: UUID
        pages: int
        count: int
        root: str

        def apply(self, box: AdvanceBox) -> None:
            """Take no more."""
            box.state = BoxState.OPENED

    def receive(
        self, stamp: Stamp, *, member_id: UUID, person_id: UUID, text_sha256: str, choice: Choice
    ) -> None:
        """Take a vote in, or another one in its place."""
        self.require_sealed()
        voter = {"member_id": member_id, "person_id": person_id}
        self._say(self.Received, stamp, **voter, text_sha256=text_sha256, choice=choice.value)

    def withdraw(self, stamp: Stamp, *, member_id: UUID) -> None:
        """Take a vote back."""
        self.require_sealed()
        if member_id not in self.texts:
            raise NoAdvanceVote(member_id=member_id)
        self._say(self.Withdrawn, stamp, member_id=member_id)

    def require_sealed(self) -> None:
        """Refuse a vote that comes too late to be one in advance."""
        if self.state is not BoxState.SEALED:
            raise AdvanceVotesClosed(motion_id=self.motion_id)

    def standing(self, text_sha256: str) -> frozenset[UUID]:
        """Return who voted in advance on this text."""
        return frozenset(member_id for member_id, text in self.texts.items() if text == text_sha256)

    def open(
        self, stamp: Stamp, *, poll_id: UUID, voters: Collection[UUID], votes: Sequence[AdvanceVote]
    ) -> None:
        """Read out the votes of exactly these voters, page by page."""
        self.require_sealed()
        said = {each.member_id: each for each in votes}
        if len(said) != len(votes) or said.keys() != set(voters):
            raise AdvanceVotesMissing(found=len(said), expected=len(voters))
        ordered = [said[member_id] for member_id in sorted(said)]
        pages = [tuple(ordered[start : start + PAGE]) for start in range(0, len(ordered), PAGE)]
        for n, page in enumerate(pages, start=1):
            self._say(self.PageOpened, stamp, poll_id=poll_id, n=n, votes=page)
        root = root_of([each.line() for each in ordered])
        self._say(self.Opened, stamp, poll_id=poll_id, pages=len(pages), count=len(ordered), root=root)

    def _say(self, kind: type[Event], stamp: Stamp, **says: object) -> None:
        named = {"entity_id": self.entity_id, "assembly_id": self.assembly_id, "motion_id": self.motion_id}
        self.note(kind, stamp, **named, **says)
