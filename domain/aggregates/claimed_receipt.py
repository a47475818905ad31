"""A receipt that was claimed: one stream a receipt, so that none is ever reimbursed twice.

    ── Claimed ──> claimed ── Released ──> free ── ClaimedAgain ──> claimed

Its id follows from the hash of the document, whoever claims it and in whichever entity.
"""

from __future__ import annotations

from uuid import UUID

from domain.errors import ReceiptClaimedAlready
from domain.facts import Ledgered, Stamp


class ClaimedReceipt(Ledgered):
    """One receipt, by its hash."""

    TOPIC = "claimed-receipt"

    def __init__(self, claim_id: UUID) -> None:
        """Start in the hands of the claim that brought it."""
        self.claim_id: UUID | None = claim_id

    class Event(Ledgered.Event):
        """What happened to a receipt."""

        entity_id: UUID
        claim_id: UUID

    class Claimed(Event, Ledgered.Created):
        """A claim brought this receipt for the first time."""

        TOPIC = "claimed-receipt.claimed.v1"
        sha256: str

    Created = Claimed

    class Released(Event):
        """The claim was rejected: another may bring the receipt."""

        TOPIC = "claimed-receipt.released.v1"

        def apply(self, receipt: ClaimedReceipt) -> None:
            """Leave it to nobody."""
            receipt.claim_id = None

    class ClaimedAgain(Event):
        """Another claim brought the receipt after the first was rejected."""

        TOPIC = "claimed-receipt.claimed-again.v1"

        def apply(self, receipt: ClaimedReceipt) -> None:
            """Leave it to that claim."""
            receipt.claim_id = self.claim_id

    def claim_again(self, stamp: Stamp, *, entity_id: UUID, claim_id: UUID) -> None:
        """Let another claim bring the receipt, if none holds it."""
        if self.claim_id is not None:
            raise ReceiptClaimedAlready(claim_id=self.claim_id)
        self.note(self.ClaimedAgain, stamp, entity_id=entity_id, claim_id=claim_id)

    def release(self, stamp: Stamp, *, entity_id: UUID, claim_id: UUID) -> None:
        """Take the receipt from a rejected claim."""
        self.note(self.Released, stamp, entity_id=entity_id, claim_id=claim_id)
