"""What a command answers: what was recorded, and where it stands in the log."""

from __future__ import annotations

from typing import Self
from uuid import UUID

from pydantic import BaseModel, Field

from eventstore.store import Outcome

FIRST = 1


class RecordedFact(BaseModel):
    """One fact: its place in the log, what it says, and whose it is."""

    position: int
    topic: str = Field(examples=["invoice.issued.v1"])
    id: UUID = Field(description="of the thing it is about")
    version: int = Field(description="the place of the fact in the history of that thing")


class Begun(BaseModel):
    """A thing that began with this command."""

    kind: str = Field(examples=["invoice"])
    id: UUID


class Recorded(BaseModel):
    """What a command recorded; a repeat of its Idempotency-Key answers the same, byte for byte."""

    position: int = Field(description="of the last fact; send it as Ledger-Min-Position to read it back")
    facts: list[RecordedFact]
    begun: list[Begun] = Field(description="what is new, in the order of the facts")

    @classmethod
    def of(cls, outcome: Outcome) -> Self:
        """Say what the facts of an outcome say, and nothing that a repeat could not."""
        facts = [
            RecordedFact(
                position=each.position,
                topic=each.event.TOPIC,
                id=each.event.originator_id,
                version=each.event.originator_version,
            )
            for each in outcome.facts
        ]
        begun = [
            Begun(kind=each.event.TOPIC.partition(".")[0], id=each.event.originator_id)
            for each in outcome.facts
            if each.event.originator_version == FIRST
        ]
        return cls(position=outcome.position, facts=facts, begun=begun)
