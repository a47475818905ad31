"""Activities: open one, and by how much it may be overdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.membership import Membership, Standing
from domain.errors import NotAMember, OtherEntity
from domain.facts import Stamp
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.presets import ACTIVITY_OVERDRAFT_C
from domain.payouts import PayoutRegime


def activity_id(entity_id: UUID, code: str) -> UUID:
    """Return the id of the activity with that code in that entity."""
    return derived_id("activity", entity_id, code)


def overdraft_c(books: Books, entity_id: UUID, on: date) -> int:
    """Return by how much an activity of that entity may be overdrawn on that day, in cents."""
    return int(books.get(LegalEntity, entity_id).parameter(ACTIVITY_OVERDRAFT_C, on))


def open_activity(
    books: Books,
    stamp: Stamp,
    *,
    entity_id: UUID,
    code: str,
    membership_ids: Sequence[UUID],
    payout_regime: PayoutRegime,
) -> None:
    """Open an activity run by effective members of the entity."""
    books.get(LegalEntity, entity_id)
    for id_ in membership_ids:
        membership = books.get(Membership, id_)
        if membership.entity_id != entity_id:
            raise OtherEntity(membership_id=id_, entity_id=entity_id)
        if membership.standing not in (Standing.MEMBER, Standing.LEAVING):
            raise NotAMember(membership_id=id_, standing=membership.standing)
    books.record(
        Activity.open(
            stamp,
            id=activity_id(entity_id, code),
            entity_id=entity_id,
            code=code,
            membership_ids=tuple(dict.fromkeys(membership_ids)),
            payout_regime=payout_regime,
        )
    )
