"""Disputes with members and former members, and what they hold back of a withdrawal share."""

from __future__ import annotations

from uuid import UUID

from domain.aggregates.dispute import Dispute
from domain.aggregates.membership import Membership
from domain.aggregates.withdrawal_share import WithdrawalShare
from domain.errors import DisputeWithAnother, EmptyText
from domain.facts import Stamp
from domain.ledger.books import Books


def open_dispute(books: Books, stamp: Stamp, *, dispute_id: UUID, membership_id: UUID, about: str) -> None:
    """Record that the entity and a member or former member disagree about something."""
    if not about.strip():
        raise EmptyText(field="about")
    membership = books.get(Membership, membership_id)
    books.record(
        Dispute.begin(
            stamp,
            id=dispute_id,
            entity_id=membership.entity_id,
            membership_id=membership_id,
            person_id=membership.person_id,
            about=about,
        )
    )


def block_amount(books: Books, stamp: Stamp, *, dispute_id: UUID, withdrawal_id: UUID, amount_c: int) -> None:
    """Hold back so much of a withdrawal share of that member until the dispute is settled."""
    dispute, withdrawal = books.get(Dispute, dispute_id), books.get(WithdrawalShare, withdrawal_id)
    if dispute.membership_id != withdrawal.membership_id:
        raise DisputeWithAnother(dispute_id=dispute_id, withdrawal_id=withdrawal_id)
    dispute.block(stamp, withdrawal_id=withdrawal_id, amount_c=amount_c)
    withdrawal.block(stamp, dispute_id=dispute_id, amount_c=amount_c)


def settle_dispute(books: Books, stamp: Stamp, *, dispute_id: UUID, outcome: str) -> None:
    """Settle a dispute; what it held back may be paid."""
    dispute = books.get(Dispute, dispute_id)
    dispute.settle(stamp, outcome=outcome)
    for withdrawal_id in sorted(dispute.blocks):
        books.get(WithdrawalShare, withdrawal_id).unblock(stamp, dispute_id=dispute_id)
