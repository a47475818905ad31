"""One entry of a bank statement, and what it was allocated to.

A line is what the bank reports, verbatim; what it means is decided by allocation. An amount alone
may suggest a match and never makes one.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from domain.errors import ExceedsLine, NotAPayment, NotAReceipt, ReferenceOfAnotherInvoice
from domain.facts import Ledgered, Stamp
from domain.money import require_positive
from domain.personal import Personal, Retention


class BankLine(Ledgered):
    """One booked entry of one account."""

    TOPIC = "bank-line"

    def __init__(self, entity_id: UUID, amount_c: int, references: tuple[str, ...]) -> None:
        """Start with everything to be allocated."""
        self.entity_id = entity_id
        self.amount_c = amount_c
        self.references = references
        self.allocated_c = 0
        self.cleared_c = 0

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

    class Allocated(Event):
        """Part of this receipt was set against an invoice.

        `despite_reference` says that the receipt bears the reference of another one and was overruled.
        """

        TOPIC = "bank-line.allocated.v1"
        invoice_id: UUID
        amount_c: int
        despite_reference: bool

        def apply(self, line: BankLine) -> None:
            """Count the part as allocated."""
            line.allocated_c += self.amount_c

    class PaymentCleared(Event):
        """Part of this money out was the payment of an order."""

        TOPIC = "bank-line.payment-cleared.v1"
        order_id: UUID
        amount_c: int

        def apply(self, line: BankLine) -> None:
            """Count the part as cleared."""
            line.cleared_c += self.amount_c

    class AllocatedToShares(Event):
        """Part of this receipt was set against the shares a person subscribed to."""

        TOPIC = "bank-line.allocated-to-shares.v1"
        account_id: UUID
        amount_c: int

        def apply(self, line: BankLine) -> None:
            """Count the part as allocated."""
            line.allocated_c += self.amount_c

    @property
    def left_c(self) -> int:
        """What of a receipt is not yet allocated, in cents."""
        return self.amount_c - self.allocated_c

    def allocate(
        self, stamp: Stamp, *, invoice_id: UUID, reference: str, amount_c: int, despite_reference: bool
    ) -> None:
        """Set part of the receipt against an invoice that bears `reference`."""
        self._require_left(amount_c)
        contradicted = bool(self.references) and reference not in self.references
        if contradicted and not despite_reference:
            raise ReferenceOfAnotherInvoice(line=self.references, invoice=reference)
        self.note(
            self.Allocated,
            stamp,
            entity_id=self.entity_id,
            invoice_id=invoice_id,
            amount_c=amount_c,
            despite_reference=contradicted,
        )

    def clear_payment(self, stamp: Stamp, *, order_id: UUID, amount_c: int) -> None:
        """Set part of the money out against a payment order of that amount."""
        if self.amount_c >= 0:
            raise NotAPayment(line_c=self.amount_c)
        left_c = -self.amount_c - self.cleared_c
        if amount_c > left_c:
            raise ExceedsLine(left_c=left_c, amount_c=amount_c)
        self.note(self.PaymentCleared, stamp, entity_id=self.entity_id, order_id=order_id, amount_c=amount_c)

    def allocate_to_shares(
        self, stamp: Stamp, *, account_id: UUID, amount_c: int, despite_reference: bool
    ) -> None:
        """Set part of the receipt against shares, which bear no reference."""
        self._require_left(amount_c)
        if self.references and not despite_reference:
            raise ReferenceOfAnotherInvoice(line=self.references, share_account=account_id)
        self.note(
            self.AllocatedToShares,
            stamp,
            entity_id=self.entity_id,
            account_id=account_id,
            amount_c=amount_c,
        )

    def _require_left(self, amount_c: int) -> None:
        if self.amount_c <= 0:
            raise NotAReceipt(line_c=self.amount_c)
        require_positive(amount_c)
        if amount_c > self.left_c:
            raise ExceedsLine(left_c=self.left_c, amount_c=amount_c)
