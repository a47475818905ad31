"""An invoice: one claim of the cooperative on a client, for one activity.

Frozen at issue, with its VAT rows, its contribution and its fund parts; never edited. Receipts are
allocated to it until nothing is open; a mistake will be answered by a credit note.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, NamedTuple
from uuid import UUID

from domain.errors import DuePrecedesIssue, ExceedsOpenAmount, InvoiceWithoutLines
from domain.facts import Ledgered, Stamp
from domain.money import proportion, require_holdable, require_positive
from domain.personal import Personal, Retention
from domain.vat import InvoiceLine, VatRow, vat_rows


@dataclass(frozen=True)
class FundPart:
    """What an invoice owes a mutual fund, in cents."""

    fund_id: UUID
    amount_c: int


class Received(NamedTuple):
    """What one allocation settles: its net and VAT part, and what each fund now collects."""

    net_c: int
    vat_c: int
    fund_parts: tuple[FundPart, ...]


class Invoice(Ledgered):
    """One issued invoice."""

    TOPIC = "invoice"

    def __init__(
        self,
        entity_id: UUID,
        activity_id: UUID,
        client_id: UUID,
        due_on: date,
        reference: str,
        vat_c: int,
        gross_c: int,
        fund_parts: tuple[FundPart, ...],
    ) -> None:
        """Start with everything open."""
        self.entity_id = entity_id
        self.activity_id = activity_id
        self.client_id = client_id
        self.due_on = due_on
        self.reference = reference
        self.vat_c = vat_c
        self.gross_c = gross_c
        self.fund_parts = fund_parts
        self.received_c = 0

    class Event(Ledgered.Event):
        """What happened to an invoice."""

        entity_id: UUID
        activity_id: UUID
        client_id: UUID
        booked_on: date

    class Issued(Event, Ledgered.Created):
        """The cooperative claimed an amount from a client, on an activity's behalf.

        `reference` is the structured reference (12 digits) the client pays with; `plan_version`,
        `contribution_c` and `fund_parts` freeze the contribution plan of the day of issue.
        """

        TOPIC = "invoice.issued.v1"
        invoice_no: str
        issued_on: date
        supplied_on: date
        due_on: date
        reference: str
        lines: tuple[InvoiceLine, ...]
        vat: tuple[VatRow, ...]
        net_c: int
        vat_c: int
        gross_c: int
        plan_version: int
        contribution_c: int
        fund_parts: tuple[FundPart, ...]
        descriptions: Annotated[tuple[str, ...], Personal(Retention.ACCOUNTING, "client_id")]
        buyer_name: Annotated[str, Personal(Retention.ACCOUNTING, "client_id")]
        buyer_address: Annotated[str, Personal(Retention.ACCOUNTING, "client_id")]
        buyer_vat_no: Annotated[str, Personal(Retention.ACCOUNTING, "client_id")]

    Created = Issued

    class PaymentReceived(Event):
        """Part of a bank line was set against this invoice.

        `net_c` and `vat_c` are the parts of `amount_c`, cumulatively rounded: at the end they are
        the invoice's own net and VAT.
        """

        TOPIC = "invoice.payment-received.v1"
        line_id: UUID
        amount_c: int
        net_c: int
        vat_c: int

        def apply(self, invoice: Invoice) -> None:
            """Count the amount as received."""
            invoice.received_c += self.amount_c

    class PaymentReversed(Event):
        """What a bank line paid of this invoice was taken back, whole or in part, and is open again.

        `net_c` and `vat_c` are what its receipt had settled of `amount_c`, cumulatively rounded.
        """

        TOPIC = "invoice.payment-reversed.v1"
        line_id: UUID
        amount_c: int
        net_c: int
        vat_c: int

        def apply(self, invoice: Invoice) -> None:
            """Have received less."""
            invoice.received_c -= self.amount_c

    @classmethod
    def issue(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        entity_id: UUID,
        activity_id: UUID,
        client_id: UUID,
        booked_on: date,
        invoice_no: str,
        issued_on: date,
        supplied_on: date,
        due_on: date,
        reference: str,
        lines: tuple[InvoiceLine, ...],
        plan_version: int,
        contribution_c: int,
        fund_parts: tuple[FundPart, ...],
        descriptions: tuple[str, ...],
        buyer_name: str,
        buyer_address: str,
        buyer_vat_no: str,
    ) -> Invoice:
        """Issue an invoice whose VAT is reckoned once per category and rate."""
        rows = vat_rows(lines)
        net_c, vat_c = sum(row.base_c for row in rows), sum(row.vat_c for row in rows)
        if not lines or net_c <= 0 or min(row.base_c for row in rows) < 0:
            raise InvoiceWithoutLines(lines=len(lines), net_c=net_c)
        require_holdable(net_c + vat_c)
        if due_on < issued_on:
            raise DuePrecedesIssue(issued_on=issued_on, due_on=due_on)
        return cls.begin(
            stamp,
            id=id,
            entity_id=entity_id,
            activity_id=activity_id,
            client_id=client_id,
            booked_on=booked_on,
            invoice_no=invoice_no,
            issued_on=issued_on,
            supplied_on=supplied_on,
            due_on=due_on,
            reference=reference,
            lines=lines,
            vat=rows,
            net_c=net_c,
            vat_c=vat_c,
            gross_c=net_c + vat_c,
            plan_version=plan_version,
            contribution_c=contribution_c,
            fund_parts=fund_parts,
            descriptions=descriptions,
            buyer_name=buyer_name,
            buyer_address=buyer_address,
            buyer_vat_no=buyer_vat_no,
        )

    @property
    def open_c(self) -> int:
        """What the client still owes, in cents."""
        return self.gross_c - self.received_c

    def receive(self, stamp: Stamp, *, line_id: UUID, amount_c: int, booked_on: date) -> Received:
        """Set part of a bank line against what is open, and say what that settles."""
        require_positive(amount_c)
        if amount_c > self.open_c:
            raise ExceedsOpenAmount(open_c=self.open_c, amount_c=amount_c)
        vat_c = self._falls_due(self.vat_c, amount_c)
        settled = Received(amount_c - vat_c, vat_c, tuple(self._fund_parts_due(amount_c)))
        self.note(
            self.PaymentReceived,
            stamp,
            entity_id=self.entity_id,
            activity_id=self.activity_id,
            client_id=self.client_id,
            booked_on=booked_on,
            line_id=line_id,
            amount_c=amount_c,
            net_c=settled.net_c,
            vat_c=settled.vat_c,
        )
        return settled

    def reverse_payment(self, stamp: Stamp, *, line_id: UUID, amount_c: int, booked_on: date) -> Received:
        """Take back part of what a bank line paid, as its stream allows; say what is unsettled by that."""
        vat_c = -self._falls_due(self.vat_c, -amount_c)
        parts = tuple(FundPart(part.fund_id, -part.amount_c) for part in self._fund_parts_due(-amount_c))
        self.note(
            self.PaymentReversed,
            stamp,
            entity_id=self.entity_id,
            activity_id=self.activity_id,
            client_id=self.client_id,
            booked_on=booked_on,
            line_id=line_id,
            amount_c=amount_c,
            net_c=amount_c - vat_c,
            vat_c=vat_c,
        )
        return Received(amount_c - vat_c, vat_c, parts)

    def _falls_due(self, whole_c: int, amount_c: int) -> int:
        """Return what of `whole_c` this payment settles, so that all payments settle all of it."""
        before = proportion(whole_c, part=self.received_c, whole=self.gross_c)
        after = proportion(whole_c, part=self.received_c + amount_c, whole=self.gross_c)
        return after - before

    def _fund_parts_due(self, amount_c: int) -> Sequence[FundPart]:
        due = [FundPart(part.fund_id, self._falls_due(part.amount_c, amount_c)) for part in self.fund_parts]
        return [part for part in due if part.amount_c]
