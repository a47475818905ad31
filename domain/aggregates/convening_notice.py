"""The notice of an assembly: to whom it was sent, by what channel, who waived it, and what went wrong.

    ── Opened ──> kept ── Sent, to at most 500 members a fact ──> kept
    kept ── Waived, by a member;  IrregularityReported, for the minutes to show

Nothing here is refused that happened: a notice sent late or twice, or to nobody, is a fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.errors import EmptyText, WaivedAlready
from domain.facts import Ledgered, Stamp
from domain.governance.presence import IrregularityKind
from domain.personal import Personal, Retention

PAGE = 500


class Channel(StrEnum):
    """How a notice is sent."""

    POST = "post"
    EMAIL = "email"
    PLATFORM = "platform"
    BY_HAND = "by-hand"


class ConveningNotice(Ledgered):
    """What was sent for one assembly, and what became of it."""

    TOPIC = "convening-notice"

    def __init__(self, entity_id: UUID, assembly_id: UUID) -> None:
        """Start unsent."""
        self.entity_id = entity_id
        self.assembly_id = assembly_id
        self.waived: frozenset[UUID] = frozenset()

    class Event(Ledgered.Event):
        """What happened to a notice."""

        entity_id: UUID
        assembly_id: UUID

    class Opened(Event, Ledgered.Created):
        """A record of the notice is kept; the agenda is named by its hash."""

        TOPIC = "convening-notice.opened.v1"
        agenda_sha256: str

    Created = Opened

    class Sent(Event):
        """The notice was sent to these members on that day, by this channel."""

        TOPIC = "convening-notice.sent.v1"
        channel: Channel
        sent_on: date
        member_ids: tuple[UUID, ...]

    class Waived(Event):
        """The member gave up the notice, or what it lacked."""

        TOPIC = "convening-notice.waived.v1"
        member_id: UUID

        def apply(self, notice: ConveningNotice) -> None:
            """Remember who needs none."""
            notice.waived = notice.waived | {self.member_id}

    class IrregularityReported(Event):
        """Somebody reported that something was not as it should be; the evidence is named by its hash."""

        TOPIC = "convening-notice.irregularity-reported.v1"
        kind: IrregularityKind
        subject_id: UUID
        what: Annotated[str, Personal(Retention.GOVERNANCE, "subject_id")]
        evidence_sha256: str | None

    def send(self, stamp: Stamp, *, channel: Channel, sent_on: date, member_ids: Sequence[UUID]) -> None:
        """Record to whom it was sent, page by page."""
        if not member_ids:
            raise EmptyText(field="member_ids")
        for start in range(0, len(member_ids), PAGE):
            page = tuple(member_ids[start : start + PAGE])
            self._say(self.Sent, stamp, channel=channel, sent_on=sent_on, member_ids=page)

    def waive(self, stamp: Stamp, *, member_id: UUID) -> None:
        """Record that a member waives it, once."""
        if member_id in self.waived:
            raise WaivedAlready(member_id=member_id)
        self._say(self.Waived, stamp, member_id=member_id)

    def report(self, stamp: Stamp, *, kind: IrregularityKind, what: str, evidence_sha256: str | None) -> None:
        """Record what was not as it should be."""
        if not what.strip():
            raise EmptyText(field="what")
        said = {"subject_id": self.assembly_id, "what": what, "evidence_sha256": evidence_sha256}
        self._say(self.IrregularityReported, stamp, kind=kind, **said)

    def _say(self, fact: type[Event], stamp: Stamp, /, **says: object) -> None:
        self.note(fact, stamp, entity_id=self.entity_id, assembly_id=self.assembly_id, **says)
