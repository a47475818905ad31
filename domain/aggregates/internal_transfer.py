"""An internal transfer: what one activity leaves to another of the same legal entity, without VAT.

    ── Proposed ──> proposed ── Accepted ──> accepted ── Reversed ──> reversed
    proposed ── Declined ──> declined

Within one entity nobody invoices themselves: no VAT is due, and no second contribution on what bore one
already. Either side may be the cooperative itself. What is proposed is set aside within what the giver
has available; another person accepts it.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.errors import (
    EmptyText,
    SecondPersonNeeded,
    TransferNotAccepted,
    TransferNotWaiting,
    TransferToItself,
)
from domain.facts import Ledgered, Stamp, people_of
from domain.money import require_positive


class TransferState(StrEnum):
    """Where a transfer stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REVERSED = "reversed"


class InternalTransfer(Ledgered):
    """One transfer; a side without an activity is the cooperative itself."""

    TOPIC = "internal-transfer"

    def __init__(
        self,
        entity_id: UUID,
        from_activity_id: UUID | None,
        to_activity_id: UUID | None,
        amount_c: int,
    ) -> None:
        """Start waiting for another person."""
        self.entity_id = entity_id
        self.from_activity_id = from_activity_id
        self.to_activity_id = to_activity_id
        self.amount_c = amount_c
        self.state = TransferState.PROPOSED
        # Said by the first fact, before anyone can ask.
        self.proposed_by: str
        self.people: frozenset[str]

    class Event(Ledgered.Event):
        """What happened to a transfer; the amount is in cents."""

        entity_id: UUID
        from_activity_id: UUID | None
        to_activity_id: UUID | None
        amount_c: int

    class Proposed(Event, Ledgered.Created):
        """Someone proposed it for this reason, which names no person."""

        TOPIC = "internal-transfer.proposed.v1"
        reason: str

        def apply(self, transfer: InternalTransfer) -> None:
            """Remember who proposed it: none of them accepts it."""
            transfer.proposed_by = self.actor
            transfer.people = people_of(self.actor, self.on_behalf_of)

    Created = Proposed

    class Accepted(Event):
        """Another person accepted it: one side bears it, the other earned it."""

        TOPIC = "internal-transfer.accepted.v1"
        booked_on: date
        proposed_by: str

        def apply(self, transfer: InternalTransfer) -> None:
            """Be booked."""
            transfer.state = TransferState.ACCEPTED

    class Declined(Event):
        """It was not accepted."""

        TOPIC = "internal-transfer.declined.v1"
        reason: str

        def apply(self, transfer: InternalTransfer) -> None:
            """Be over."""
            transfer.state = TransferState.DECLINED

    class Reversed(Event):
        """It was a mistake: both sides stand as before."""

        TOPIC = "internal-transfer.reversed.v1"
        booked_on: date
        reason: str

        def apply(self, transfer: InternalTransfer) -> None:
            """Be taken back."""
            transfer.state = TransferState.REVERSED

    @classmethod
    def propose(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        entity_id: UUID,
        from_activity_id: UUID | None,
        to_activity_id: UUID | None,
        amount_c: int,
        reason: str,
    ) -> InternalTransfer:
        """Propose that one side leaves so much to the other, for a reason."""
        require_positive(amount_c)
        if from_activity_id == to_activity_id:
            raise TransferToItself(activity_id=from_activity_id)
        if not reason.strip():
            raise EmptyText(field="reason")
        sides = {"from_activity_id": from_activity_id, "to_activity_id": to_activity_id}
        return cls.begin(stamp, id=id, entity_id=entity_id, **sides, amount_c=amount_c, reason=reason)

    def accept(self, stamp: Stamp, *, booked_on: date) -> None:
        """Accept it as another person."""
        self._require_waiting()
        if self.people & people_of(stamp.actor, stamp.on_behalf_of):
            raise SecondPersonNeeded(proposed_by=self.proposed_by)
        self._note(self.Accepted, stamp, booked_on=booked_on, proposed_by=self.proposed_by)

    def decline(self, stamp: Stamp, *, reason: str) -> None:
        """Not accept it, for a reason."""
        self._require_waiting()
        if not reason.strip():
            raise EmptyText(field="reason")
        self._note(self.Declined, stamp, reason=reason)

    def reverse(self, stamp: Stamp, *, booked_on: date, reason: str) -> None:
        """Take an accepted transfer back, for a reason."""
        if self.state is not TransferState.ACCEPTED:
            raise TransferNotAccepted(state=self.state)
        if not reason.strip():
            raise EmptyText(field="reason")
        self._note(self.Reversed, stamp, booked_on=booked_on, reason=reason)

    def _require_waiting(self) -> None:
        if self.state is not TransferState.PROPOSED:
            raise TransferNotWaiting(state=self.state)

    def _note(self, kind: type[Event], stamp: Stamp, **says: object) -> None:
        self.note(
            kind,
            stamp,
            entity_id=self.entity_id,
            from_activity_id=self.from_activity_id,
            to_activity_id=self.to_activity_id,
            amount_c=self.amount_c,
            **says,
        )
