"""Internal transfers: what one activity leaves to another of its entity, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.aggregates.internal_transfer import InternalTransfer, TransferState
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader

TRANSFERS = Table(
    "internal_transfer",
    (
        """
        CREATE TABLE internal_transfer (
            transfer_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            from_activity_id uuid,
            to_activity_id uuid,
            amount_c bigint NOT NULL,
            reason text NOT NULL,
            proposed_on date NOT NULL,
            proposed_by text NOT NULL,
            state text NOT NULL,
            answered_on date,
            answered_by text,
            position bigint NOT NULL
        )
        """,
        "CREATE INDEX internal_transfer_of_entity ON internal_transfer (entity_id, position)",
    ),
    "SELECT * FROM internal_transfer ORDER BY transfer_id",
)

_ADD = """
    COPY internal_transfer (
        transfer_id, entity_id, from_activity_id, to_activity_id, amount_c, reason, proposed_on, proposed_by,
        state, position
    ) FROM STDIN
"""
_ANSWER = """
    UPDATE internal_transfer SET state = %(state)s, answered_on = %(on)s, answered_by = %(by)s
    WHERE transfer_id = %(transfer_id)s
"""


class InternalTransfersPage(Page):
    """Takes transfers in, and how each was answered."""

    @on(InternalTransfer.Proposed)
    def _proposed(self, position: int, event: InternalTransfer.Proposed) -> None:
        sides = (event.entity_id, event.from_activity_id, event.to_activity_id, event.amount_c)
        said = (event.reason, event.effective_on, event.actor, TransferState.PROPOSED.value)
        self.add(_ADD, event.originator_id, *sides, *said, position)

    @on(InternalTransfer.Accepted)
    def _accepted(self, _: int, event: InternalTransfer.Accepted) -> None:
        self._answered(event, TransferState.ACCEPTED)

    @on(InternalTransfer.Declined)
    def _declined(self, _: int, event: InternalTransfer.Declined) -> None:
        self._answered(event, TransferState.DECLINED)

    @on(InternalTransfer.Reversed)
    def _reversed(self, _: int, event: InternalTransfer.Reversed) -> None:
        self._answered(event, TransferState.REVERSED)

    def _answered(self, event: InternalTransfer.Event, state: TransferState) -> None:
        by = {"on": event.effective_on, "by": event.actor}
        self.change(_ANSWER, transfer_id=event.originator_id, state=state.value, **by)


INTERNAL_TRANSFERS = ReadModel("internal_transfers", 1, (TRANSFERS,), InternalTransfersPage)


@dataclass(frozen=True)
class Transfer:
    """One transfer, in cents; a side without an activity is the cooperative itself.

    `state` is proposed, accepted, declined or reversed; who did that last, and when, stands beside it.
    """

    transfer_id: UUID
    entity_id: UUID
    from_activity_id: UUID | None
    to_activity_id: UUID | None
    amount_c: int
    reason: str
    proposed_on: date
    proposed_by: str
    state: str
    answered_on: date | None
    answered_by: str | None
    position: int


_TRANSFERS_OF = """
    SELECT * FROM internal_transfer
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND position < coalesce(%(before)s::bigint, 9223372036854775807)
    ORDER BY position DESC LIMIT %(limit)s
"""


def internal_transfers(
    reader: Reader, *, entity_id: UUID | None = None, before: int | None = None, limit: int = 100
) -> list[Transfer]:
    """Return the transfers of an entity, or of all, the latest first."""
    return reader.rows(Transfer, _TRANSFERS_OF, entity_id=entity_id, before=before, limit=limit)
