"""One entry of a bank statement, and what it was allocated to.

    ── Imported ──> waiting, money in or money out
    waiting ── Allocated, AllocatedToShares, AllocatedToFund, AllocatedToRecovery ──> allocated
    waiting ── AllocatedToLateClaim, AllocatedToDeficit, AllocatedToPayeeDebt, PayoutReturned ──> allocated
    allocated ── AllocationUndone, OtherAllocationUndone ──> waiting
    allocated ── AllocationReturned, OtherAllocationReturned ──> taken back by the bank
    waiting ── UnallocatedReturned ──> taken back by the bank ── Regained ──> waiting
    waiting ── OverpaymentHeld ──> held ── OverpaymentReleased ──> waiting
    held ── RefundOrdered ──> paid back ── RefundWithdrawn ──> held
    money out ── PaymentCleared, PaymentReturned, OtherPaymentReturned, ReceiptReturned, FeeRecorded ──> explained
    explained ── FeeReversed, ClearingUndone, ReturnUndone ──> money out

A line is what the bank reports, verbatim; what it means is decided by allocation. An amount alone
may suggest a match and never makes one. What a client paid beyond what they owed is held here, on the
receipt it came with: each overpayment stands alone, and no more can leave than came in.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated
from uuid import UUID

from domain.allocating import (
    Explained,
    ExplainedNoLonger,
    Gone,
    GoneUnallocated,
    HeldLess,
    HeldMore,
    HeldOfReceipt,
    LeftToAllocate,
    NoFee,
    NotOfOrder,
    NotReturning,
    PaidAndGone,
    PaidByMistake,
    PaysInvoice,
    RegainedOfReturn,
    Returning,
    ReturningUnallocated,
    SetAgainst,
    TakenBack,
    require_part,
    require_reason,
)
from domain.errors import ReferenceOfAnotherInvoice
from domain.facts import Ledgered, Stamp
from domain.line_limits import (
    require_explained,
    require_held,
    require_left,
    require_unallocated,
    require_unexplained,
    require_unreferenced,
)
from domain.personal import Personal, Retention


class BankLine(Ledgered):
    """One booked entry of one account."""

    TOPIC = "bank-line"

    def __init__(
        self, entity_id: UUID, effective_on: date, amount_c: int, references: tuple[str, ...]
    ) -> None:
        """Start with everything to be allocated."""
        self.entity_id = entity_id
        self.entry_on = effective_on
        self.amount_c = amount_c
        self.references = references
        self.allocated_c = 0
        self.cleared_c = 0
        self.paid_of: Mapping[UUID, int] = {}
        self.set_against: Mapping[UUID, int] = {}
        self.held_for: Mapping[UUID, int] = {}
        self.explained_by: Mapping[UUID, int] = {}

    class Event(Ledgered.Event):
        """What happened to a bank line."""

        entity_id: UUID

    class Imported(Event, Ledgered.Created):
        """The bank booked this entry on the day `effective_on`; money out is negative.

        `references` are the valid structured references it bears (12 digits each).
        """

        TOPIC = "bank-line.imported.v1"
        booked_on: date
        account_id: UUID
        statement: str
        amount_c: int
        value_on: date | None
        references: tuple[str, ...]
        subject_id: UUID
        entry: Annotated[str, Personal(Retention.ACCOUNTING, "subject_id")]
        counterparty_name: Annotated[str, Personal(Retention.ACCOUNTING, "subject_id")]
        counterparty_iban: Annotated[str, Personal(Retention.ACCOUNTING, "subject_id")]
        remittance: Annotated[str, Personal(Retention.ACCOUNTING, "subject_id")]

    Created = Imported

    class Allocated(Event, PaysInvoice):
        """Part of this receipt was set against an invoice.

        `despite_reference` says that the receipt bears the reference of another one and was overruled.
        """

        TOPIC = "bank-line.allocated.v1"
        invoice_id: UUID
        amount_c: int
        despite_reference: bool

    class AllocationUndone(Event, PaidByMistake):
        """Part of this receipt was set against the wrong invoice, or paid what a credit note took off it.

        It waits again to be allocated.
        """

        TOPIC = "bank-line.allocation-undone.v1"
        invoice_id: UUID
        amount_c: int
        reason: str

    class AllocationReturned(Event, PaidAndGone):
        """The bank took part of this receipt back, by another line: the allocation counts no longer."""

        TOPIC = "bank-line.allocation-returned.v1"
        invoice_id: UUID
        amount_c: int
        by_line_id: UUID

    class OverpaymentHeld(Event, HeldOfReceipt):
        """Part of this receipt was more than the client owed; it is held for them."""

        TOPIC = "bank-line.overpayment-held.v1"
        booked_on: date
        client_id: UUID
        amount_c: int

    class OverpaymentReleased(Event, LeftToAllocate):
        """Part of what was held for a client waits again, such as for their next invoice."""

        TOPIC = "bank-line.overpayment-released.v1"
        booked_on: date
        client_id: UUID
        amount_c: int

    class RefundOrdered(Event, HeldLess):
        """An approved order pays back part of what was held for a client."""

        TOPIC = "bank-line.refund-ordered.v1"
        order_id: UUID
        client_id: UUID
        amount_c: int

    class RefundWithdrawn(Event, HeldMore):
        """The approved order that would have paid a client back was withdrawn."""

        TOPIC = "bank-line.refund-withdrawn.v1"
        order_id: UUID
        client_id: UUID
        amount_c: int

    class PaymentReturned(Event, Explained):
        """Part of this money out is a client's payment that the bank took back.

        `of_line_id` is its receipt; `reason_code` the bank's (ISO 20022 external return reason), or empty.
        """

        TOPIC = "bank-line.payment-returned.v1"
        of_line_id: UUID
        invoice_id: UUID
        amount_c: int
        reason_code: str

    class OtherPaymentReturned(Event, Returning):
        """Part of this money out is a payment that the bank took back, of a document that is no invoice."""

        TOPIC = "bank-line.other-payment-returned.v1"

    class UnallocatedReturned(Event, GoneUnallocated):
        """The bank took back, by another line, part of this receipt that was not allocated, or not any more."""

        TOPIC = "bank-line.unallocated-returned.v1"

    class ReceiptReturned(Event, ReturningUnallocated):
        """Part of this money out takes back what of another line, a receipt, was not allocated."""

        TOPIC = "bank-line.receipt-returned.v1"

    class FeeRecorded(Event, Explained):
        """Part of this money out is the bank's fee, borne by the cooperative unless an activity is named."""

        TOPIC = "bank-line.fee-recorded.v1"
        BY = "activity_id"
        booked_on: date
        activity_id: UUID | None
        amount_c: int

    class FeeReversed(Event, NoFee):
        """Part of what was recorded as the bank's fee was something else; it is to be explained again."""

        TOPIC = "bank-line.fee-reversed.v1"

    class PaymentCleared(Event, Explained):
        """Part of this money out was the payment of an order."""

        TOPIC = "bank-line.payment-cleared.v1"
        BY = "order_id"
        order_id: UUID
        amount_c: int

    class ClearingUndone(Event, NotOfOrder):
        """Part of this money out was not the payment of that order; it is to be explained again."""

        TOPIC = "bank-line.clearing-undone.v1"

    class ReturnUndone(Event, NotReturning):
        """Part of this money out did not take back that receipt; it is to be explained again."""

        TOPIC = "bank-line.return-undone.v1"

    class Regained(Event, RegainedOfReturn):
        """Part of this receipt was not taken back by that money out, as was said; it waits again."""

        TOPIC = "bank-line.regained.v1"

    class AllocatedToShares(Event, SetAgainst):
        """Part of this receipt was set against the shares a person subscribed to."""

        TOPIC = "bank-line.allocated-to-shares.v1"
        AGAINST = "account_id"
        account_id: UUID
        amount_c: int

    class AllocatedToFund(Event, SetAgainst):
        """Part of this receipt pays back what a mutual fund had advanced."""

        TOPIC = "bank-line.allocated-to-fund.v1"
        AGAINST = "aid_id"
        aid_id: UUID
        amount_c: int

    class AllocatedToRecovery(Event, SetAgainst):
        """Part of this receipt came of what was written off of an invoice, such as a dividend of its estate."""

        TOPIC = "bank-line.allocated-to-recovery.v1"
        AGAINST = "invoice_id"
        invoice_id: UUID
        amount_c: int

    class AllocatedToLateClaim(Event, SetAgainst):
        """Part of this receipt was set against what is claimed for paying an invoice late."""

        TOPIC = "bank-line.allocated-to-late-claim.v1"
        AGAINST = "claim_id"
        claim_id: UUID
        amount_c: int

    class OtherAllocationUndone(Event, TakenBack):
        """Part of this receipt was set against the wrong document, one that is no invoice; it waits again."""

        TOPIC = "bank-line.other-allocation-undone.v1"

    class OtherAllocationReturned(Event, Gone):
        """The bank took back, by another line, part of what was set against a document that is no invoice."""

        TOPIC = "bank-line.other-allocation-returned.v1"

    class AllocatedToDeficit(Event, SetAgainst):
        """Part of this receipt pays what an entrepreneur owes of a deficit, or what was written off of one."""

        TOPIC = "bank-line.allocated-to-deficit.v1"
        AGAINST = "deficit_id"
        deficit_id: UUID
        amount_c: int

    class AllocatedToPayeeDebt(Event, SetAgainst):
        """Part of this receipt pays back part of what a payee was paid and was not owed."""

        TOPIC = "bank-line.allocated-to-payee-debt.v1"
        AGAINST = "debt_id"
        debt_id: UUID
        amount_c: int

    class PayoutReturned(Event, SetAgainst):
        """Part of this receipt is a payment of the cooperative that the payee's bank sent back."""

        TOPIC = "bank-line.payout-returned.v1"
        AGAINST = "order_id"
        order_id: UUID
        amount_c: int

    @property
    def left_c(self) -> int:
        """What of a receipt is not yet allocated, in cents."""
        return self.amount_c - self.allocated_c

    def allocate(
        self, stamp: Stamp, *, invoice_id: UUID, reference: str, amount_c: int, despite_reference: bool
    ) -> None:
        """Set part of the receipt against an invoice that bears `reference`."""
        require_left(self, amount_c)
        contradicted = bool(self.references) and reference not in self.references
        if contradicted and not despite_reference:
            raise ReferenceOfAnotherInvoice(line=self.references, invoice=reference)
        self._note(
            self.Allocated, stamp, invoice_id=invoice_id, amount_c=amount_c, despite_reference=contradicted
        )

    def allocate_to(
        self,
        kind: type[SetAgainst],
        stamp: Stamp,
        *,
        document_id: UUID,
        amount_c: int,
        unless_referenced: bool = False,
    ) -> None:
        """Set part of the receipt against a document of that kind, which bears no reference itself."""
        document = {kind.AGAINST: document_id}
        require_unreferenced(self, amount_c, despite_reference=not unless_referenced, **document)
        self._note(kind, stamp, **document, amount_c=amount_c)

    def undo_allocation(self, stamp: Stamp, *, invoice_id: UUID, amount_c: int, reason: str) -> None:
        """Take back part of what was set against an invoice, with a reason; it waits again."""
        require_part(self.paid_of, invoice_id, amount_c)
        require_reason(reason)
        self._note(self.AllocationUndone, stamp, invoice_id=invoice_id, amount_c=amount_c, reason=reason)

    def undo_other(self, stamp: Stamp, *, document_id: UUID, amount_c: int, reason: str) -> None:
        """Take back part of what was set against a document that is no invoice, with a reason."""
        require_part(self.set_against, document_id, amount_c)
        require_reason(reason)
        says = {"document_id": document_id, "amount_c": amount_c, "reason": reason}
        self._note(self.OtherAllocationUndone, stamp, **says)

    def lose_allocation(self, stamp: Stamp, *, invoice_id: UUID, amount_c: int, by_line_id: UUID) -> None:
        """Let the bank take back part of what was set against an invoice."""
        require_part(self.paid_of, invoice_id, amount_c)
        says = {"invoice_id": invoice_id, "amount_c": amount_c, "by_line_id": by_line_id}
        self._note(self.AllocationReturned, stamp, **says)

    def lose_other(self, stamp: Stamp, *, document_id: UUID, amount_c: int, by_line_id: UUID) -> None:
        """Let the bank take back part of what was set against a document that is no invoice."""
        require_part(self.set_against, document_id, amount_c)
        says = {"document_id": document_id, "amount_c": amount_c, "by_line_id": by_line_id}
        self._note(self.OtherAllocationReturned, stamp, **says)

    def lose_unallocated(self, stamp: Stamp, *, amount_c: int, by_line_id: UUID) -> None:
        """Let the bank take back part of the receipt that is not allocated."""
        require_unallocated(self, amount_c)
        self._note(self.UnallocatedReturned, stamp, amount_c=amount_c, by_line_id=by_line_id)

    def explain(self, kind: type[Explained], stamp: Stamp, *, amount_c: int, **says: object) -> None:
        """Say what part of this money out was: a payment, the bank's fee, or a receipt taken back."""
        require_unexplained(self, amount_c)
        self._note(kind, stamp, amount_c=amount_c, **says)

    def explain_no_longer(
        self, kind: type[ExplainedNoLonger], stamp: Stamp, *, amount_c: int, reason: str, **says: object
    ) -> None:
        """Say, with a reason, that part of this money out was not what was said; raises ExceedsExplained."""
        require_explained(self, says[kind.BY] or self.entity_id, amount_c)
        require_reason(reason)
        self._note(kind, stamp, amount_c=amount_c, reason=reason, **says)

    def regain(self, stamp: Stamp, *, amount_c: int, by_line_id: UUID) -> None:
        """Let part of the receipt wait again that another line had not taken back after all."""
        self._note(self.Regained, stamp, amount_c=amount_c, by_line_id=by_line_id)

    def hold(self, stamp: Stamp, *, booked_on: date, client_id: UUID, amount_c: int) -> None:
        """Hold part of the receipt for a client."""
        require_left(self, amount_c)
        self._note(self.OverpaymentHeld, stamp, booked_on=booked_on, client_id=client_id, amount_c=amount_c)

    def release(self, stamp: Stamp, *, booked_on: date, client_id: UUID, amount_c: int) -> None:
        """Hold part of it no longer: it waits again."""
        require_held(self, client_id, amount_c)
        self._note(
            self.OverpaymentReleased, stamp, booked_on=booked_on, client_id=client_id, amount_c=amount_c
        )

    def order_refund(self, stamp: Stamp, *, order_id: UUID, client_id: UUID, amount_c: int) -> None:
        """Pay part of what is held back, by this approved order."""
        require_held(self, client_id, amount_c)
        self._note(self.RefundOrdered, stamp, order_id=order_id, client_id=client_id, amount_c=amount_c)

    def withdraw_refund(self, stamp: Stamp, *, order_id: UUID, client_id: UUID, amount_c: int) -> None:
        """Hold again what an order would have paid back."""
        self._note(self.RefundWithdrawn, stamp, order_id=order_id, client_id=client_id, amount_c=amount_c)

    def _note(self, kind: type[Ledgered.Event], stamp: Stamp, **says: object) -> None:
        self.note(kind, stamp, entity_id=self.entity_id, **says)
