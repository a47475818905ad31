"""A decision in writing: proposed to all members of a roll, signed by each, adopted when all have.

    ── Proposed ──> proposed ── Signed, by a member ──> proposed
    proposed ── Adopted, with the last signature ──> adopted;  Dropped ──> dropped

It takes every member: one who does not sign, or a change of the statutes, needs an assembly. Each
signature has its day and, if it was given on paper, the document it stands on.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.errors import DecisionInWritingOver, EmptyText, NotOnTheRoll, SignedAlready
from domain.facts import Ledgered, Stamp


class WrittenState(StrEnum):
    """Where a decision in writing stands."""

    PROPOSED = "proposed"
    ADOPTED = "adopted"
    DROPPED = "dropped"


class WrittenDecision(Ledgered):
    """One motion that is decided in writing."""

    TOPIC = "written-decision"

    def __init__(self, entity_id: UUID, motion_id: UUID, text_sha256: str, roll_id: UUID) -> None:
        """Start without signatures."""
        self.entity_id = entity_id
        self.motion_id = motion_id
        self.text_sha256 = text_sha256
        self.roll_id = roll_id
        self.state = WrittenState.PROPOSED
        self.signed_by: frozenset[UUID] = frozenset()

    class Event(Ledgered.Event):
        """What happened to a decision in writing."""

        entity_id: UUID
        motion_id: UUID

    class Proposed(Event, Ledgered.Created):
        """This text was sent to all members of this roll to sign, under this version of a rule."""

        TOPIC = "written-decision.proposed.v1"
        text_sha256: str
        roll_id: UUID
        members: int
        rule_set_id: UUID
        rule_name: str
        rule_version: int

    Created = Proposed

    class Signed(Event):
        """A member signed and dated it; on the document of this hash, if it was on paper."""

        TOPIC = "written-decision.signed.v1"
        member_id: UUID
        signed_on: date
        document_sha256: str | None

        def apply(self, decision: WrittenDecision) -> None:
            """Remember who signed."""
            decision.signed_by = decision.signed_by | {self.member_id}

    class Adopted(Event):
        """Every member of the roll has signed."""

        TOPIC = "written-decision.adopted.v1"
        signatures: int

        def apply(self, decision: WrittenDecision) -> None:
            """Take no more."""
            decision.state = WrittenState.ADOPTED

    class Dropped(Event):
        """It will not be adopted in writing, for this reason."""

        TOPIC = "written-decision.dropped.v1"
        decision_ref: str

        def apply(self, decision: WrittenDecision) -> None:
            """Take no more."""
            decision.state = WrittenState.DROPPED

    def sign(
        self,
        stamp: Stamp,
        *,
        member_id: UUID,
        signed_on: date,
        document_sha256: str | None,
        members: Collection[UUID],
    ) -> bool:
        """Record the signature of a member of the roll, and tell whether all on it have signed now.

        One who was taken off the roll after signing stands for nobody else on it.
        """
        self._require_proposed()
        if member_id not in members:
            raise NotOnTheRoll(member_id=member_id)
        if member_id in self.signed_by:
            raise SignedAlready(member_id=member_id)
        signature = {"member_id": member_id, "signed_on": signed_on, "document_sha256": document_sha256}
        self._say(self.Signed, stamp, **signature)
        if not self.signed_by.issuperset(members):
            return False
        self._say(self.Adopted, stamp, signatures=len(self.signed_by))
        return True

    def drop(self, stamp: Stamp, *, decision_ref: str) -> None:
        """Let it be."""
        self._require_proposed()
        if not decision_ref.strip():
            raise EmptyText(field="decision_ref")
        self._say(self.Dropped, stamp, decision_ref=decision_ref)

    def _require_proposed(self) -> None:
        if self.state is not WrittenState.PROPOSED:
            raise DecisionInWritingOver(state=self.state)

    def _say(self, kind: type[Event], stamp: Stamp, **says: object) -> None:
        self.note(kind, stamp, entity_id=self.entity_id, motion_id=self.motion_id, **says)
