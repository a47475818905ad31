"""Internal transfers: what an activity leaves to another of its entity, proposed by one and accepted by another."""

from __future__ import annotations

from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.internal_transfer import InternalTransfer
from domain.aggregates.legal_entity import LegalEntity
from domain.errors import OtherEntity
from domain.facts import Stamp
from domain.ledger.activities import overdraft_c
from domain.ledger.books import Books
from domain.ledger.periods import booking_date


def propose_transfer(
    books: Books,
    stamp: Stamp,
    *,
    transfer_id: UUID,
    entity_id: UUID,
    from_activity_id: UUID | None,
    to_activity_id: UUID | None,
    amount_c: int,
    reason: str,
) -> None:
    """Propose that one activity leaves so much to another; None is the cooperative itself.

    It is set aside within what the giver has available. No VAT is due and no contribution charged.
    """
    books.get(LegalEntity, entity_id)
    transfer = InternalTransfer.propose(
        stamp,
        id=transfer_id,
        entity_id=entity_id,
        from_activity_id=from_activity_id,
        to_activity_id=to_activity_id,
        amount_c=amount_c,
        reason=reason,
    )
    giver, taker = (_side(books, entity_id, each) for each in (from_activity_id, to_activity_id))
    if taker is not None:
        taker.require_promising()
    if giver is not None:
        allowed_c = overdraft_c(books, entity_id, stamp.effective_on)
        giver.commit(stamp, document_id=transfer_id, amount_c=amount_c, overdraft_c=allowed_c)
    books.record(transfer)


def accept_transfer(books: Books, stamp: Stamp, *, transfer_id: UUID) -> None:
    """Accept a transfer as another person: one side bears it, the other earned it.

    A taker that was frozen or closed since takes nothing new. Raises ActivityIsFrozen, ActivityEnded.
    """
    transfer = books.get(InternalTransfer, transfer_id)
    transfer.accept(stamp, booked_on=booking_date(books, transfer.entity_id, stamp.effective_on))
    giver, taker = _sides(books, transfer)
    amount_c = transfer.amount_c
    if giver is not None:
        giver.bear(stamp, document_id=transfer_id, cost_c=amount_c, promised_c=amount_c)
    if taker is not None:
        taker.require_promising()
        taker.adjust(stamp, document_id=transfer_id, amount_c=amount_c)


def decline_transfer(books: Books, stamp: Stamp, *, transfer_id: UUID, reason: str) -> None:
    """Not accept a transfer; nothing is set aside for it any more."""
    transfer = books.get(InternalTransfer, transfer_id)
    transfer.decline(stamp, reason=reason)
    giver, _ = _sides(books, transfer)
    if giver is not None:
        giver.release(stamp, document_id=transfer_id, amount_c=transfer.amount_c)


def reverse_transfer(books: Books, stamp: Stamp, *, transfer_id: UUID, reason: str) -> None:
    """Take an accepted transfer back, whether or not the taker still has it; its payouts are held if not."""
    transfer = books.get(InternalTransfer, transfer_id)
    booked_on = booking_date(books, transfer.entity_id, stamp.effective_on)
    transfer.reverse(stamp, booked_on=booked_on, reason=reason)
    giver, taker = _sides(books, transfer)
    if giver is not None:
        giver.adjust(stamp, document_id=transfer_id, amount_c=transfer.amount_c)
    if taker is not None:
        taker.adjust(stamp, document_id=transfer_id, amount_c=-transfer.amount_c)


def _sides(books: Books, transfer: InternalTransfer) -> tuple[Activity | None, Activity | None]:
    giver = _side(books, transfer.entity_id, transfer.from_activity_id)
    return giver, _side(books, transfer.entity_id, transfer.to_activity_id)


def _side(books: Books, entity_id: UUID, activity_id: UUID | None) -> Activity | None:
    if activity_id is None:
        return None
    activity = books.get(Activity, activity_id)
    if activity.entity_id != entity_id:
        raise OtherEntity(activity_id=activity_id, entity_id=entity_id)
    return activity
