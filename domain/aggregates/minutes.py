"""The minutes of an assembly: drawn up from the facts, signed, drawn up again if they must be mended.

    ── DrawnUp ──> drawn up ── Signed, by a member ──> drawn up
    drawn up ── DrawnUpAgain ──> drawn up, to be signed anew

They are derived, and can be derived again; what is recorded is which document was signed, by whom,
and up to which position of the log it tells.
"""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from domain.errors import EmptyText, NotTheseMinutes, SignedAlready
from domain.facts import Ledgered, Stamp
from domain.personal import Personal, Retention


class Minutes(Ledgered):
    """The minutes of one assembly."""

    TOPIC = "minutes"

    def __init__(self, entity_id: UUID, assembly_id: UUID, document_sha256: str) -> None:
        """Start unsigned."""
        self.entity_id = entity_id
        self.assembly_id = assembly_id
        self.document_sha256 = document_sha256
        self.signed_by: frozenset[UUID] = frozenset()

    class Event(Ledgered.Event):
        """What happened to minutes."""

        entity_id: UUID
        assembly_id: UUID

    class DrawnUp(Event, Ledgered.Created):
        """They were drawn up from the facts up to `last_position`: the document of this hash."""

        TOPIC = "minutes.drawn-up.v1"
        document_sha256: str
        language: str
        last_position: int

    Created = DrawnUp

    class DrawnUpAgain(Event):
        """Another document took the place of the one before; nobody has signed it yet."""

        TOPIC = "minutes.drawn-up-again.v1"
        document_sha256: str
        language: str
        last_position: int
        reason: Annotated[str, Personal(Retention.GOVERNANCE, "assembly_id")]

        def apply(self, minutes: Minutes) -> None:
            """Begin to sign anew."""
            minutes.document_sha256 = self.document_sha256
            minutes.signed_by = frozenset()

    class Signed(Event):
        """This member signed the document of this hash."""

        TOPIC = "minutes.signed.v1"
        document_sha256: str
        member_id: UUID

        def apply(self, minutes: Minutes) -> None:
            """Remember who signed."""
            minutes.signed_by = minutes.signed_by | {self.member_id}

    def draw_up_again(
        self, stamp: Stamp, *, document_sha256: str, language: str, last_position: int, reason: str
    ) -> None:
        """Put another document in the place of the one before, for a reason."""
        if not reason.strip():
            raise EmptyText(field="reason")
        drawn = {"document_sha256": document_sha256, "language": language, "last_position": last_position}
        self._say(self.DrawnUpAgain, stamp, **drawn, reason=reason)

    def sign(self, stamp: Stamp, *, member_id: UUID, document_sha256: str) -> None:
        """Record a signature under exactly this document, once a member."""
        if document_sha256 != self.document_sha256:
            raise NotTheseMinutes(document_sha256=self.document_sha256)
        if member_id in self.signed_by:
            raise SignedAlready(member_id=member_id)
        self._say(self.Signed, stamp, document_sha256=document_sha256, member_id=member_id)

    def _say(self, kind: type[Event], stamp: Stamp, **says: object) -> None:
        self.note(kind, stamp, entity_id=self.entity_id, assembly_id=self.assembly_id, **says)
