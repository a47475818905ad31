"""One member's right to vote in one poll: the stream is the uniqueness of the vote.

    ── VoteCast ──> cast ── VoteChanged ──> cast, otherwise
                      └── GivenByProxy, if a proxy's holder gave it

A changed vote is recorded as a change and shown as such; the last one before closing counts.
"""

from __future__ import annotations

from uuid import UUID

from domain.errors import VoteUnchanged
from domain.facts import Ledgered, Stamp
from domain.governance.rules import Choice


class VotingRight(Ledgered):
    """The vote of one member in one roll-call poll."""

    TOPIC = "voting-right"

    def __init__(self, poll_id: UUID, member_id: UUID, choice: Choice, votes: int) -> None:
        """Start with the first vote cast."""
        self.poll_id = poll_id
        self.member_id = member_id
        self.choice = choice
        self.votes = votes
        self.seq = 1

    class Event(Ledgered.Event):
        """What happened to a voting right."""

        entity_id: UUID
        poll_id: UUID
        member_id: UUID
        choice: Choice
        votes: int
        seq: int

    class VoteCast(Event, Ledgered.Created):
        """The member voted, with the votes the roll gives."""

        TOPIC = "voting-right.vote-cast.v1"

    Created = VoteCast

    class VoteChanged(Event):
        """The member changed the vote; `seq` numbers the changes."""

        TOPIC = "voting-right.vote-changed.v1"

        def apply(self, right: VotingRight) -> None:
            """Let the new choice count."""
            right.choice = self.choice
            right.seq = self.seq

    class GivenByProxy(Event):
        """The vote of this number was given by the holder of the member's proxy."""

        TOPIC = "voting-right.given-by-proxy.v1"
        holder_id: UUID

    def note_holder(self, stamp: Stamp, *, entity_id: UUID, holder_id: UUID) -> None:
        """Say that the last vote was given by the proxy holder."""
        self.note(
            self.GivenByProxy,
            stamp,
            entity_id=entity_id,
            poll_id=self.poll_id,
            member_id=self.member_id,
            choice=self.choice,
            votes=self.votes,
            seq=self.seq,
            holder_id=holder_id,
        )

    @classmethod
    def cast(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        entity_id: UUID,
        poll_id: UUID,
        member_id: UUID,
        choice: Choice,
        votes: int,
    ) -> VotingRight:
        """Cast the first vote."""
        return cls.begin(
            stamp,
            id=id,
            entity_id=entity_id,
            poll_id=poll_id,
            member_id=member_id,
            choice=choice,
            votes=votes,
            seq=1,
        )

    def change(self, stamp: Stamp, *, entity_id: UUID, choice: Choice) -> None:
        """Change the vote to another choice."""
        if choice is self.choice:
            raise VoteUnchanged(choice=choice)
        self.note(
            self.VoteChanged,
            stamp,
            entity_id=entity_id,
            poll_id=self.poll_id,
            member_id=self.member_id,
            choice=choice,
            votes=self.votes,
            seq=self.seq + 1,
        )
