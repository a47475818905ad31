"""An invoice: one claim of the cooperative on a client, for one activity.

    ── Issued ──> open ── PaymentReceived, Credited ──> less is open, down to nothing
    ── TakenOver ──> open, what the old books left of it
    less is open ── PaymentReversed ──> more is open; open ── WrittenOff ──> given up ── Recovered ──> come
    come ── RecoveryReversed ──> given up

Frozen at issue, with its VAT rows, its contribution and its fund parts; never edited. Receipts are
allocated to it until nothing is open; a mistake is answered by credit notes, at its own rates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated
from uuid import UUID

from domain.brought import FundRate, InvoiceBrought
from domain.doubt import PartRecovered, PartWrittenOff
from domain.errors import (
    CreditPrecedesInvoice,
    DuePrecedesIssue,
    ExceedsOpenAmount,
    InvoiceCreditedWhole,
    InvoiceWithoutLines,
    InvoiceWrittenOff,
)
from domain.facts import Ledgered, Stamp
from domain.money import plus, require_holdable, require_positive
from domain.personal import Personal, Retention
from domain.settlement import FundPart, GivenUp, Lowered, Received, Settlement
from domain.vat import (
    CreditedBase,
    InvoiceLine,
    VatRow,
    added,
    credit_rows,
    net_of,
    require_reckoned,
    vat_of,
    vat_rows,
)


class Invoice(Ledgered):
    """One issued invoice."""

    TOPIC = "invoice"

    def __init__(
        self,
        entity_id: UUID,
        activity_id: UUID,
        client_id: UUID,
        invoice_no: str,
        issued_on: date,
        due_on: date,
        reference: str,
        vat: tuple[VatRow, ...],
        gross_c: int,
        plan_version: int,
        fund_parts: tuple[FundPart, ...],
    ) -> None:
        """Start with everything open."""
        self.entity_id = entity_id
        self.activity_id = activity_id
        self.client_id = client_id
        self.invoice_no = invoice_no
        self.issued_on = issued_on
        self.due_on = due_on
        self.reference = reference
        self.vat = vat
        self.gross_c = gross_c
        self.plan_version = plan_version
        self.fund_parts = fund_parts
        self.credited: tuple[VatRow, ...] = ()
        self.reversed_parts: tuple[FundPart, ...] = ()
        self.received_c = 0
        self.paid_by: Mapping[UUID, int] = {}
        self.rates_of_old_books: tuple[int, tuple[FundRate, ...]] | None = None
        self.off_net_c = self.off_vat_c = 0
        self.recovered_c = self.recovered_net_c = 0

    class Event(Ledgered.Event):
        """What happened to an invoice."""

        entity_id: UUID
        activity_id: UUID
        client_id: UUID

    class Issued(Event, Ledgered.Created):
        """The cooperative claimed an amount from a client, on an activity's behalf.

        `reference` is the structured reference (12 digits) the client pays with; `plan_version`
        freezes the contribution plan of the day of issue, `contribution_c` what was charged by it at
        once. `fund_parts` are collected in proportion to what the client pays; none where the plan
        reckons on what is collected, or over years.
        """

        TOPIC = "invoice.issued.v1"
        booked_on: date
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

    class TakenOver(Event, InvoiceBrought, Ledgered.Created):
        """An invoice of the old books was still open, whole or in part."""

        TOPIC = "invoice.taken-over.v1"

    class PaymentReceived(Event):
        """Part of a bank line was set against this invoice.

        `net_c` and `vat_c` are the parts of `amount_c`, cumulatively rounded: at the end they are
        the invoice's own net and VAT.
        """

        TOPIC = "invoice.payment-received.v1"
        booked_on: date
        line_id: UUID
        amount_c: int
        net_c: int
        vat_c: int

        def apply(self, invoice: Invoice) -> None:
            """Count the amount as received."""
            invoice.received_c += self.amount_c
            invoice.paid_by = plus(invoice.paid_by, self.line_id, self.amount_c)

    class PaymentReversed(Event):
        """What a bank line paid of this invoice was taken back, whole or in part, and is open again.

        `net_c` and `vat_c` are what its receipt had settled of `amount_c`, cumulatively rounded.
        """

        TOPIC = "invoice.payment-reversed.v1"
        booked_on: date
        line_id: UUID
        amount_c: int
        net_c: int
        vat_c: int

        def apply(self, invoice: Invoice) -> None:
            """Have received less."""
            invoice.received_c -= self.amount_c
            invoice.paid_by = plus(invoice.paid_by, self.line_id, -self.amount_c)

    class Credited(Event):
        """A credit note took this much off the invoice, at its own rates; its own fact books it.

        `settled_vat_c` is by how much more VAT what was received now settles, and so less net: what
        stays of an invoice with several rates may bear another share of VAT. Below zero is less VAT.
        """

        TOPIC = "invoice.credited.v1"
        credit_note_id: UUID
        vat: tuple[VatRow, ...]
        net_c: int
        vat_c: int
        gross_c: int
        settled_vat_c: int
        fund_parts: tuple[FundPart, ...]

        def apply(self, invoice: Invoice) -> None:
            """Claim less."""
            invoice.credited = added(invoice.credited, self.vat)
            invoice.reversed_parts = (*invoice.reversed_parts, *self.fund_parts)

    class WrittenOff(Event, PartWrittenOff):
        """So much is waited for no longer: its VAT was reclaimed, or it is lost; the claim's own fact books it."""

        TOPIC = "invoice.written-off.v1"

    class Recovered(Event, PartRecovered):
        """So much of what was written off came after all; the claim's own fact books it."""

        TOPIC = "invoice.recovered.v1"

    class RecoveryReversed(Event, PartRecovered):
        """So much of that came of something else: its amounts are below zero."""

        TOPIC = "invoice.recovery-reversed.v1"

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
        require_reckoned(lines)
        rows = vat_rows(lines)
        net_c, vat_c = net_of(rows), vat_of(rows)
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
    def settlement(self) -> Settlement:
        """What is left to claim, and what of it is received."""
        off = (self.off_net_c, self.off_vat_c, self.recovered_c, self.recovered_net_c)
        issued = Settlement(net_of(self.vat), vat_of(self.vat), self.fund_parts, self.received_c, *off)
        return issued.less(self.credited_net_c, vat_of(self.credited), self.reversed_parts)

    @property
    def open_c(self) -> int:
        """What the client still owes, in cents."""
        return self.settlement.open_c

    @property
    def credited_net_c(self) -> int:
        """What was credited so far, net of VAT, in cents."""
        return net_of(self.credited)

    def receive(self, stamp: Stamp, *, line_id: UUID, amount_c: int, booked_on: date) -> Received:
        """Set part of a bank line against what is open, and say what that settles."""
        require_positive(amount_c)
        if amount_c > self.open_c:
            raise ExceedsOpenAmount(open_c=self.open_c, amount_c=amount_c)
        before = self.settlement
        after = replace(before, received_c=self.received_c + amount_c)
        settled = Received(
            after.settled_net_c - before.settled_net_c,
            after.settled_vat_c - before.settled_vat_c,
            after.collected_since(before),
        )
        self._note(
            self.PaymentReceived,
            stamp,
            booked_on=booked_on,
            line_id=line_id,
            amount_c=amount_c,
            net_c=settled.net_c,
            vat_c=settled.vat_c,
        )
        return settled

    def reverse_payment(self, stamp: Stamp, *, line_id: UUID, amount_c: int, booked_on: date) -> Received:
        """Take back part of what a bank line paid, as its stream allows; say what is unsettled by that."""
        before = self.settlement
        after = replace(before, received_c=self.received_c - amount_c)
        undone = Received(
            before.settled_net_c - after.settled_net_c,
            before.settled_vat_c - after.settled_vat_c,
            before.collected_since(after),
        )
        self._note(
            self.PaymentReversed,
            stamp,
            booked_on=booked_on,
            line_id=line_id,
            amount_c=amount_c,
            net_c=undone.net_c,
            vat_c=undone.vat_c,
        )
        return undone

    def to_credit(self, asked: Sequence[CreditedBase] | None, *, issued_on: date) -> tuple[VatRow, ...]:
        """Return the VAT rows of a credit note for these bases, or for all that is left; or refuse them."""
        if issued_on < self.issued_on:
            raise CreditPrecedesInvoice(issued_on=issued_on, invoice_issued_on=self.issued_on)
        if not self.settlement.net_c:
            raise InvoiceCreditedWhole(invoice_no=self.invoice_no)
        rows, left = credit_rows(self.vat, self.credited, asked), self.settlement
        if net_of(rows) > left.net_c - self.off_net_c or vat_of(rows) > left.vat_c - self.off_vat_c:
            raise InvoiceWrittenOff(net_c=left.net_c - self.off_net_c, vat_c=left.vat_c - self.off_vat_c)
        return rows

    def paid_beyond(self, rows: Sequence[VatRow]) -> Sequence[tuple[UUID, int]]:
        """Return what of which bank line exceeds the invoice less these rows, the last payment first."""
        gross_c = net_of(rows) + vat_of(rows)
        beyond: list[tuple[UUID, int]] = []
        excess_c = gross_c - self.open_c
        for line_id, paid_c in reversed(tuple(self.paid_by.items())):
            amount_c = min(paid_c, excess_c)
            if amount_c > 0:
                beyond.append((line_id, amount_c))
                excess_c -= amount_c
        return beyond

    def credit(
        self,
        stamp: Stamp,
        *,
        credit_note_id: UUID,
        rows: tuple[VatRow, ...],
        fund_parts: tuple[FundPart, ...],
    ) -> Lowered:
        """Claim less, by the rows that `to_credit` answered; no more is received than what stays."""
        before = self.settlement
        net_c, vat_c = net_of(rows), vat_of(rows)
        after = before.less(net_c, vat_c, fund_parts)
        self._note(
            self.Credited,
            stamp,
            credit_note_id=credit_note_id,
            vat=rows,
            net_c=net_c,
            vat_c=vat_c,
            gross_c=net_c + vat_c,
            settled_vat_c=after.settled_vat_c - before.settled_vat_c,
            fund_parts=fund_parts,
        )
        return Lowered(before.open_net_c - after.open_net_c, after.collected_since(before))

    def write_off(self, stamp: Stamp, *, amount_c: int) -> GivenUp:
        """Wait for so much of what is open no longer, VAT included."""
        if amount_c > self.open_c:
            raise ExceedsOpenAmount(open_c=self.open_c, amount_c=amount_c)
        before = self.settlement
        vat_c = before.vat_in(amount_c)
        net_c = amount_c - vat_c
        after = before.without(net_c, vat_c)
        settled_vat_c = after.settled_vat_c - before.settled_vat_c
        self._note(self.WrittenOff, stamp, net_c=net_c, vat_c=vat_c, settled_vat_c=settled_vat_c)
        return GivenUp(net_c, vat_c, before.open_net_c - after.open_net_c)

    def recover(self, stamp: Stamp, *, amount_c: int, net_c: int) -> tuple[FundPart, ...]:
        """Count what came of what was written off, below zero if it did not; say what each fund collects of it."""
        before = self.settlement
        kind = self.Recovered if amount_c > 0 else self.RecoveryReversed
        self._note(kind, stamp, amount_c=amount_c, net_c=net_c)
        return self.settlement.collected_since(before)

    def _note(self, kind: type[Event], stamp: Stamp, **says: object) -> None:
        self.note(
            kind,
            stamp,
            entity_id=self.entity_id,
            activity_id=self.activity_id,
            client_id=self.client_id,
            **says,
        )
