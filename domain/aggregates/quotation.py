"""A quotation, and the client order it becomes: what will be done for a client, and at which price.

    ── Drafted ──> drafted ── Sent ──> sent ── Accepted ──> accepted ── OrderConfirmed ──> confirmed
    drafted ── Redrafted ──> drafted; sent ── Declined ──> declined; sent ── Lapsed ──> lapsed
    drafted, sent, accepted ── Withdrawn ──> withdrawn
    confirmed ── OrderAmended ──> confirmed, for more or less
    confirmed ── Invoiced ──> invoiced, in parts or whole ── InvoiceCredited ──> to be invoiced again

The client accepts, the cooperative confirms, resting on the document that proves the order. Once it is
confirmed it is invoiced, never above what was ordered; for more the order is amended first.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.drawn_up import DrawnUp
from domain.errors import (
    AmendedBelowInvoiced,
    EmptyText,
    ExceedsOrder,
    OrderNotConfirmed,
    OrderWithoutEvidence,
    QuotationExpired,
    QuotationInOtherState,
    QuotationStillValid,
)
from domain.facts import Ledgered, Stamp, is_sha256
from domain.personal import Personal, Retention
from domain.vat import InvoiceLine, VatRow


class QuotationState(StrEnum):
    """Where a quotation stands."""

    DRAFTED = "drafted"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    CONFIRMED = "confirmed"


class Quotation(Ledgered):
    """One quotation for one client."""

    TOPIC = "quotation"

    def __init__(
        self,
        entity_id: UUID,
        activity_id: UUID,
        client_id: UUID,
        lines: tuple[InvoiceLine, ...],
        descriptions: tuple[str, ...],
        net_c: int,
        valid_until: date,
    ) -> None:
        """Start as a draft of which nothing was invoiced."""
        self.entity_id = entity_id
        self.activity_id = activity_id
        self.client_id = client_id
        self.lines = lines
        self.descriptions = descriptions
        self.net_c = net_c
        self.valid_until = valid_until
        self.state = QuotationState.DRAFTED
        self.confirmed_on: date | None = None
        self.invoiced_c = 0

    class Event(Ledgered.Event):
        """What happened to a quotation."""

        entity_id: UUID
        activity_id: UUID
        client_id: UUID

    class Drafted(Event, Ledgered.Created):
        """This was drafted for a client, valid until that day."""

        TOPIC = "quotation.drafted.v1"
        quotation_no: str
        lines: tuple[InvoiceLine, ...]
        vat: tuple[VatRow, ...]
        net_c: int
        vat_c: int
        gross_c: int
        valid_until: date
        descriptions: Annotated[tuple[str, ...], Personal(Retention.ACCOUNTING, "client_id")]

    Created = Drafted

    class Redrafted(Event):
        """The draft says something else."""

        TOPIC = "quotation.redrafted.v1"
        lines: tuple[InvoiceLine, ...]
        vat: tuple[VatRow, ...]
        net_c: int
        vat_c: int
        gross_c: int
        valid_until: date
        descriptions: Annotated[tuple[str, ...], Personal(Retention.ACCOUNTING, "client_id")]

        def apply(self, quotation: Quotation) -> None:
            """Offer that instead."""
            quotation.lines, quotation.descriptions = self.lines, self.descriptions
            quotation.net_c, quotation.valid_until = self.net_c, self.valid_until

    class Sent(Event):
        """The quotation was sent to the client: it says the same from now on."""

        TOPIC = "quotation.sent.v1"

        def apply(self, quotation: Quotation) -> None:
            """Wait for an answer."""
            quotation.state = QuotationState.SENT

    class Accepted(Event):
        """The client accepted it."""

        TOPIC = "quotation.accepted.v1"

        def apply(self, quotation: Quotation) -> None:
            """Wait to be confirmed."""
            quotation.state = QuotationState.ACCEPTED

    class Declined(Event):
        """The client does not want it."""

        TOPIC = "quotation.declined.v1"
        reason: Annotated[str, Personal(Retention.ACCOUNTING, "client_id")]

        def apply(self, quotation: Quotation) -> None:
            """Be over."""
            quotation.state = QuotationState.DECLINED

    class Lapsed(Event):
        """The client did not answer while it was valid."""

        TOPIC = "quotation.lapsed.v1"

        def apply(self, quotation: Quotation) -> None:
            """Be over."""
            quotation.state = QuotationState.LAPSED

    class Withdrawn(Event):
        """The cooperative offers it no longer."""

        TOPIC = "quotation.withdrawn.v1"
        reason: Annotated[str, Personal(Retention.ACCOUNTING, "client_id")]

        def apply(self, quotation: Quotation) -> None:
            """Be over."""
            quotation.state = QuotationState.WITHDRAWN

    class OrderConfirmed(Event):
        """The cooperative confirmed the client's order, which this document proves."""

        TOPIC = "quotation.order-confirmed.v1"
        evidence_sha256: str

        def apply(self, quotation: Quotation) -> None:
            """Be an order from this day on."""
            quotation.state = QuotationState.CONFIRMED
            quotation.confirmed_on = self.effective_on

    class OrderAmended(Event):
        """The client ordered something else, which this document proves."""

        TOPIC = "quotation.order-amended.v1"
        lines: tuple[InvoiceLine, ...]
        vat: tuple[VatRow, ...]
        net_c: int
        vat_c: int
        gross_c: int
        evidence_sha256: str
        descriptions: Annotated[tuple[str, ...], Personal(Retention.ACCOUNTING, "client_id")]

        def apply(self, quotation: Quotation) -> None:
            """Have that ordered instead."""
            quotation.lines, quotation.descriptions = self.lines, self.descriptions
            quotation.net_c = self.net_c

    class Invoiced(Event):
        """So much of the order was invoiced, net of VAT; the invoice's own fact books it."""

        TOPIC = "quotation.invoiced.v1"
        invoice_id: UUID
        net_c: int

        def apply(self, quotation: Quotation) -> None:
            """Have less left to invoice."""
            quotation.invoiced_c += self.net_c

    class InvoiceCredited(Event):
        """So much of an invoice of the order was credited, net of VAT: it can be invoiced again."""

        TOPIC = "quotation.invoice-credited.v1"
        invoice_id: UUID
        credit_note_id: UUID
        net_c: int

        def apply(self, quotation: Quotation) -> None:
            """Have more left to invoice."""
            quotation.invoiced_c -= self.net_c

    @property
    def left_c(self) -> int:
        """What of the order is not invoiced, net of VAT, in cents."""
        return self.net_c - self.invoiced_c

    @classmethod
    def draft(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        entity_id: UUID,
        activity_id: UUID,
        client_id: UUID,
        quotation_no: str,
        quoted: DrawnUp,
        valid_until: date,
    ) -> Quotation:
        """Draft a quotation."""
        return cls.begin(
            stamp,
            id=id,
            entity_id=entity_id,
            activity_id=activity_id,
            client_id=client_id,
            quotation_no=quotation_no,
            valid_until=valid_until,
            **quoted.figures(),
        )

    def redraft(self, stamp: Stamp, *, quoted: DrawnUp, valid_until: date) -> None:
        """Offer something else, until it is sent."""
        self._require(QuotationState.DRAFTED)
        self._note(self.Redrafted, stamp, valid_until=valid_until, **quoted.figures())

    def send(self, stamp: Stamp) -> None:
        """Send it, while it is valid."""
        self._require(QuotationState.DRAFTED)
        self._require_valid(stamp)
        self._note(self.Sent, stamp)

    def accept(self, stamp: Stamp) -> None:
        """Let the client accept it, while it is valid."""
        self._require(QuotationState.SENT)
        self._require_valid(stamp)
        self._note(self.Accepted, stamp)

    def decline(self, stamp: Stamp, *, reason: str) -> None:
        """Let the client decline it, with a reason or without."""
        self._require(QuotationState.SENT)
        self._note(self.Declined, stamp, reason=reason)

    def lapse(self, stamp: Stamp) -> None:
        """Let it lapse once it is not valid any more."""
        self._require(QuotationState.SENT)
        if stamp.effective_on <= self.valid_until:
            raise QuotationStillValid(valid_until=self.valid_until)
        self._note(self.Lapsed, stamp)

    def withdraw(self, stamp: Stamp, *, reason: str) -> None:
        """Offer it no longer, with a reason, as long as it is no order."""
        self._require(QuotationState.DRAFTED, QuotationState.SENT, QuotationState.ACCEPTED)
        if not reason.strip():
            raise EmptyText(field="reason")
        self._note(self.Withdrawn, stamp, reason=reason)

    def confirm(self, stamp: Stamp, *, evidence_sha256: str) -> None:
        """Confirm the client's order, resting on a document."""
        self._require(QuotationState.ACCEPTED)
        _require_document(evidence_sha256)
        self._note(self.OrderConfirmed, stamp, evidence_sha256=evidence_sha256)

    def amend(self, stamp: Stamp, *, quoted: DrawnUp, evidence_sha256: str) -> None:
        """Let the client order something else, not less than what was invoiced."""
        self._require(QuotationState.CONFIRMED)
        _require_document(evidence_sha256)
        says = quoted.figures()
        if says["net_c"] < self.invoiced_c:
            raise AmendedBelowInvoiced(invoiced_c=self.invoiced_c, net_c=says["net_c"])
        self._note(self.OrderAmended, stamp, evidence_sha256=evidence_sha256, **says)

    def invoice(self, stamp: Stamp, *, invoice_id: UUID, net_c: int, issued_on: date) -> date:
        """Count an invoice of the order, and return the day the order was confirmed."""
        if self.confirmed_on is None or issued_on < self.confirmed_on:
            raise OrderNotConfirmed(confirmed_on=self.confirmed_on, issued_on=issued_on)
        if net_c > self.left_c:
            raise ExceedsOrder(left_c=self.left_c, net_c=net_c)
        self._note(self.Invoiced, stamp, invoice_id=invoice_id, net_c=net_c)
        return self.confirmed_on

    def credit(self, stamp: Stamp, *, invoice_id: UUID, credit_note_id: UUID, net_c: int) -> None:
        """Count that so much of one of its invoices was credited."""
        says = {"invoice_id": invoice_id, "credit_note_id": credit_note_id, "net_c": net_c}
        self._note(self.InvoiceCredited, stamp, **says)

    def _require(self, *states: QuotationState) -> None:
        if self.state not in states:
            raise QuotationInOtherState(state=self.state)

    def _require_valid(self, stamp: Stamp) -> None:
        if stamp.effective_on > self.valid_until:
            raise QuotationExpired(valid_until=self.valid_until)

    def _note(self, kind: type[Event], stamp: Stamp, **says: object) -> None:
        self.note(
            kind,
            stamp,
            entity_id=self.entity_id,
            activity_id=self.activity_id,
            client_id=self.client_id,
            **says,
        )


def _require_document(sha256: str) -> None:
    if not is_sha256(sha256):
        raise OrderWithoutEvidence(evidence_sha256=sha256)
