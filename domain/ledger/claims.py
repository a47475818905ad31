"""Expense claims: submit one with its receipts, approve it as another person, or reject it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.claimed_receipt import ClaimedReceipt
from domain.aggregates.expense_claim import ClaimLine, ExpenseClaim
from domain.aggregates.membership import Membership
from domain.errors import NotOfTheActivity
from domain.facts import Stamp
from domain.ids import derived_id
from domain.ledger.activities import overdraft_c
from domain.ledger.books import Books
from domain.ledger.contributions import Cause, follow_cost
from domain.ledger.periods import booking_date


def receipt_id(sha256: str) -> UUID:
    """Return the id of the one receipt with that hash."""
    return derived_id("claimed-receipt", sha256)


def submit_claim(
    books: Books,
    stamp: Stamp,
    *,
    claim_id: UUID,
    activity_id: UUID,
    claimant_id: UUID,
    lines: Sequence[ClaimLine],
    purpose: str,
) -> None:
    """Submit a claim within what is available; its cost is set aside until it is answered.

    The claimant's membership runs the activity; no receipt is held by another claim.
    """
    activity = books.get(Activity, activity_id)
    if claimant_id not in activity.membership_ids:
        raise NotOfTheActivity(claimant_id=claimant_id, activity_id=activity_id)
    claim = ExpenseClaim.submit(
        stamp,
        id=claim_id,
        entity_id=activity.entity_id,
        activity_id=activity_id,
        claimant_id=claimant_id,
        person_id=books.get(Membership, claimant_id).person_id,
        lines=tuple(lines),
        purpose=purpose,
    )
    books.record(claim)
    for sha256 in claim.receipts:
        _bring(books, stamp, claim, sha256)
    activity.commit(
        stamp,
        document_id=claim_id,
        amount_c=claim.cost_c,
        overdraft_c=overdraft_c(books, activity.entity_id, stamp.effective_on),
    )


def approve_claim(books: Books, stamp: Stamp, *, claim_id: UUID) -> None:
    """Approve a claim as another person; the activity bears it, the claimant is owed it."""
    claim = books.get(ExpenseClaim, claim_id)
    booked_on = booking_date(books, claim.entity_id, stamp.effective_on)
    claim.approve(stamp, booked_on=booked_on)
    activity = books.get(Activity, claim.activity_id)
    cause = Cause(claim_id, None, booked_on)
    follow_cost(books, stamp, activity=activity, cost_c=claim.cost_c, cause=cause)
    activity.bear(stamp, document_id=claim_id, cost_c=claim.cost_c, promised_c=claim.cost_c)


def reject_claim(books: Books, stamp: Stamp, *, claim_id: UUID, reason: str) -> None:
    """Turn a claim down; its receipts may be brought again."""
    claim = books.get(ExpenseClaim, claim_id)
    claim.reject(stamp, reason=reason)
    for sha256 in claim.receipts:
        books.get(ClaimedReceipt, receipt_id(sha256)).release(
            stamp, entity_id=claim.entity_id, claim_id=claim_id
        )
    books.get(Activity, claim.activity_id).release(stamp, document_id=claim_id, amount_c=claim.cost_c)


def _bring(books: Books, stamp: Stamp, claim: ExpenseClaim, sha256: str) -> None:
    known = books.find(ClaimedReceipt, receipt_id(sha256))
    if known is not None:
        known.claim_again(stamp, entity_id=claim.entity_id, claim_id=claim.id)
        return
    books.record(
        ClaimedReceipt.begin(
            stamp, id=receipt_id(sha256), entity_id=claim.entity_id, claim_id=claim.id, sha256=sha256
        )
    )
