"""One member's paper in one election: the stream is the uniqueness of the paper.

    ── PaperCast ──> cast ── PaperChanged ──> cast, otherwise

A changed paper is recorded as a change and shown as such; the last one before closing counts.
"""

from __future__ import annotations

from uuid import UUID

from domain.elections.casting import Ranked
from domain.errors import PaperUnchanged
from domain.facts import Ledgered, Stamp


class ElectionPaper(Ledgered):
    """What one member ranked in one election, by roll-call."""

    TOPIC = "election-paper"

    def __init__(
        self, entity_id: UUID, election_id: UUID, member_id: UUID, votes: int, ranking: Ranked
    ) -> None:
        """Start with the first paper."""
        self.entity_id = entity_id
        self.election_id = election_id
        self.member_id = member_id
        self.votes = votes
        self.ranking = ranking
        self.seq = 1

    class Event(Ledgered.Event):
        """What happened to a paper; `ranking` are numbers on it, equals together, the best first.

        `holder_id` gave it by the member's proxy; None is the member. `seq` numbers the changes.
        """

        entity_id: UUID
        election_id: UUID
        member_id: UUID
        votes: int
        ranking: Ranked
        seq: int
        holder_id: UUID | None

    class PaperCast(Event, Ledgered.Created):
        """The member voted, with the votes the roll gives."""

        TOPIC = "election-paper.paper-cast.v1"

    Created = PaperCast

    class PaperChanged(Event):
        """The member ranked otherwise."""

        TOPIC = "election-paper.paper-changed.v1"

        def apply(self, paper: ElectionPaper) -> None:
            """Let the new ranking count."""
            paper.ranking = self.ranking
            paper.seq = self.seq

    def change(self, stamp: Stamp, *, ranking: Ranked, holder_id: UUID | None) -> None:
        """Rank otherwise; raises PaperUnchanged."""
        if ranking == self.ranking:
            raise PaperUnchanged(seq=self.seq)
        self.note(
            self.PaperChanged,
            stamp,
            entity_id=self.entity_id,
            election_id=self.election_id,
            member_id=self.member_id,
            votes=self.votes,
            ranking=ranking,
            seq=self.seq + 1,
            holder_id=holder_id,
        )
