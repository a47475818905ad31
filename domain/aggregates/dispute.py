"""A dispute with a member: opened, and settled.

    ── Opened ──> open ── Settled ──> settled
                   └── AmountBlocked, of a withdrawal share

What is blocked for it is not paid until then.
"""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from domain.errors import DisputeOver, EmptyText
from domain.facts import Ledgered, Stamp
from domain.personal import Personal, Retention


class Dispute(Ledgered):
    """One dispute with one member or former member."""

    TOPIC = "dispute"

    def __init__(self, entity_id: UUID, membership_id: UUID, person_id: UUID) -> None:
        """Start open, with nothing blocked."""
        self.entity_id = entity_id
        self.membership_id = membership_id
        self.person_id = person_id
        self.blocks: frozenset[UUID] = frozenset()
        self.settled = False

    class Event(Ledgered.Event):
        """What happened to a dispute."""

        entity_id: UUID
        membership_id: UUID
        person_id: UUID

    class Opened(Event, Ledgered.Created):
        """The entity and the member disagree about this."""

        TOPIC = "dispute.opened.v1"
        about: Annotated[str, Personal(Retention.GOVERNANCE, "person_id")]

    Created = Opened

    class AmountBlocked(Event):
        """So much of this withdrawal share is not paid while the dispute goes on."""

        TOPIC = "dispute.amount-blocked.v1"
        withdrawal_id: UUID
        amount_c: int

        def apply(self, dispute: Dispute) -> None:
            """Remember where something is blocked."""
            dispute.blocks = dispute.blocks | {self.withdrawal_id}

    class Settled(Event):
        """The dispute ended so; what was blocked for it no longer is."""

        TOPIC = "dispute.settled.v1"
        outcome: Annotated[str, Personal(Retention.GOVERNANCE, "person_id")]

        def apply(self, dispute: Dispute) -> None:
            """Be over."""
            dispute.settled = True

    def block(self, stamp: Stamp, *, withdrawal_id: UUID, amount_c: int) -> None:
        """Block so much of a withdrawal share."""
        self._require_open()
        self._note(self.AmountBlocked, stamp, withdrawal_id=withdrawal_id, amount_c=amount_c)

    def settle(self, stamp: Stamp, *, outcome: str) -> None:
        """Settle the dispute, once."""
        self._require_open()
        if not outcome.strip():
            raise EmptyText(field="outcome")
        self._note(self.Settled, stamp, outcome=outcome)

    def _require_open(self) -> None:
        if self.settled:
            raise DisputeOver(dispute_id=self.id)

    def _note(self, kind: type[Event], stamp: Stamp, **says: object) -> None:
        self.note(
            kind,
            stamp,
            entity_id=self.entity_id,
            membership_id=self.membership_id,
            person_id=self.person_id,
            **says,
        )
