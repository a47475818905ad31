"""Receivables: what each client owes on each invoice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.aggregates.doubtful_claim import DoubtfulClaim
from domain.aggregates.invoice import Invoice
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader

INVOICES = Table(
    "receivable",
    (
        """
        CREATE TABLE receivable (
            invoice_id uuid PRIMARY KEY,
            invoice_no text NOT NULL,
            reference text NOT NULL,
            entity_id uuid NOT NULL,
            activity_id uuid NOT NULL,
            client_id uuid NOT NULL,
            issued_on date NOT NULL,
            due_on date NOT NULL,
            net_c bigint NOT NULL,
            vat_c bigint NOT NULL,
            gross_c bigint NOT NULL,
            credited_c bigint NOT NULL,
            open_c bigint NOT NULL,
            doubtful_c bigint NOT NULL,
            adjusted_c bigint NOT NULL,
            written_off_c bigint NOT NULL,
            recovered_c bigint NOT NULL,
            position bigint NOT NULL
        )
        """,
        "CREATE INDEX receivable_by_reference ON receivable (reference)",
        "CREATE INDEX receivable_still_open ON receivable (entity_id, due_on) WHERE open_c > 0",
        """
        CREATE INDEX receivable_in_doubt ON receivable (position)
        WHERE doubtful_c <> 0 OR adjusted_c <> 0 OR written_off_c <> 0
        """,
    ),
    "SELECT * FROM receivable ORDER BY invoice_id",
)
BUYERS = Table(
    "receivable_buyer",
    ("CREATE TABLE receivable_buyer (invoice_id uuid PRIMARY KEY, name text NOT NULL)",),
    None,
)

_ADD_INVOICE = """
    COPY receivable (
        invoice_id, invoice_no, reference, entity_id, activity_id, client_id, issued_on, due_on, net_c,
        vat_c, gross_c, credited_c, open_c, doubtful_c, adjusted_c, written_off_c,
        recovered_c, position
    ) FROM STDIN
"""
_ADD_BUYER = "COPY receivable_buyer (invoice_id, name) FROM STDIN"
_OPEN_MORE = """
    UPDATE receivable SET open_c = open_c + gained.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS gained (id, amount_c) WHERE invoice_id = gained.id
"""
_CREDIT = """
    UPDATE receivable SET open_c = open_c - gained.amount_c, credited_c = credited_c + gained.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS gained (id, amount_c) WHERE invoice_id = gained.id
"""
_DOUBT = """
    UPDATE receivable SET doubtful_c = doubtful_c + gained.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS gained (id, amount_c) WHERE invoice_id = gained.id
"""
_ADJUST = """
    UPDATE receivable SET adjusted_c = adjusted_c + gained.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS gained (id, amount_c) WHERE invoice_id = gained.id
"""
_WRITE_OFF = """
    UPDATE receivable SET written_off_c = written_off_c + gained.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS gained (id, amount_c) WHERE invoice_id = gained.id
"""
_RECOVER = """
    UPDATE receivable SET recovered_c = recovered_c + gained.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS gained (id, amount_c) WHERE invoice_id = gained.id
"""


class ReceivablesPage(Page):
    """Opens what is invoiced, and closes it as it is paid or credited."""

    @on(Invoice.Issued, Invoice.TakenOver)
    def _issued(self, position: int, event: Invoice.Issued | Invoice.TakenOver) -> None:
        invoice_id = event.originator_id
        whose = (event.entity_id, event.activity_id, event.client_id)
        days = (event.issued_on, event.due_on)
        amounts = (event.net_c, event.vat_c, event.gross_c, 0, event.gross_c, 0, 0, 0, 0)
        self.add(
            _ADD_INVOICE, invoice_id, event.invoice_no, event.reference, *whose, *days, *amounts, position
        )
        self.add(_ADD_BUYER, invoice_id, event.buyer_name)

    @on(Invoice.PaymentReceived)
    def _received(self, _: int, event: Invoice.PaymentReceived) -> None:
        self.add_amount(_OPEN_MORE, event.originator_id, -event.amount_c)

    @on(Invoice.PaymentReversed)
    def _reversed(self, _: int, event: Invoice.PaymentReversed) -> None:
        self.add_amount(_OPEN_MORE, event.originator_id, event.amount_c)

    @on(Invoice.Credited)
    def _credited(self, _: int, event: Invoice.Credited) -> None:
        self.add_amount(_CREDIT, event.originator_id, event.gross_c)

    @on(DoubtfulClaim.DoubtDeclared)
    def _doubted(self, _: int, event: DoubtfulClaim.DoubtDeclared) -> None:
        self.add_amount(_DOUBT, event.invoice_id, event.amount_c)

    @on(DoubtfulClaim.DoubtLifted)
    def _lifted(self, _: int, event: DoubtfulClaim.DoubtLifted) -> None:
        self.add_amount(_DOUBT, event.invoice_id, -event.amount_c)

    @on(DoubtfulClaim.ValueAdjustmentRecorded)
    def _adjusted(self, _: int, event: DoubtfulClaim.ValueAdjustmentRecorded) -> None:
        self.add_amount(_ADJUST, event.invoice_id, event.amount_c)

    @on(DoubtfulClaim.ValueAdjustmentTakenBack)
    def _taken_back(self, _: int, event: DoubtfulClaim.ValueAdjustmentTakenBack) -> None:
        self.add_amount(_ADJUST, event.invoice_id, -event.amount_c)

    @on(DoubtfulClaim.VatReclaimed)
    def _reclaimed(self, _: int, event: DoubtfulClaim.VatReclaimed) -> None:
        self._leaves(event.invoice_id, event.vat_c)
        self.add_amount(_WRITE_OFF, event.invoice_id, event.vat_c)

    @on(DoubtfulClaim.LossRecognised)
    def _lost(self, _: int, event: DoubtfulClaim.LossRecognised) -> None:
        self._leaves(event.invoice_id, event.amount_c)
        self.add_amount(_WRITE_OFF, event.invoice_id, event.amount_c)
        self.add_amount(_ADJUST, event.invoice_id, -event.adjusted_c)

    @on(DoubtfulClaim.RecoveryReceived)
    def _recovered(self, _: int, event: DoubtfulClaim.RecoveryReceived) -> None:
        self._leaves(event.invoice_id, event.bare_c)
        self.add_amount(_RECOVER, event.invoice_id, event.amount_c)

    @on(DoubtfulClaim.RecoveryReversed)
    def _recovered_no_more(self, _: int, event: DoubtfulClaim.RecoveryReversed) -> None:
        """Its amounts are below zero: so much is doubtful again, and adjusted again."""
        self._leaves(event.invoice_id, event.bare_c)
        self.add_amount(_RECOVER, event.invoice_id, event.amount_c)
        self.add_amount(_ADJUST, event.invoice_id, event.adjusted_c)

    def _leaves(self, invoice_id: UUID, amount_c: int) -> None:
        """Have so much of what is doubtful open no longer."""
        self.add_amount(_OPEN_MORE, invoice_id, -amount_c)
        self.add_amount(_DOUBT, invoice_id, -amount_c)


RECEIVABLES = ReadModel("receivables", 6, (INVOICES, BUYERS), ReceivablesPage)


@dataclass(frozen=True)
class Receivable:
    """One invoice, what was credited and what is open of it, in cents; `buyer` reads as erased once it was.

    `doubtful_c` of what is open may not come, and `adjusted_c` net of VAT is not expected to;
    `written_off_c` is VAT reclaimed and what was given up, of which `recovered_c` came after all.
    """

    invoice_id: UUID
    invoice_no: str
    reference: str
    entity_id: UUID
    activity_id: UUID
    client_id: UUID
    buyer: str
    issued_on: date
    due_on: date
    net_c: int
    vat_c: int
    gross_c: int
    credited_c: int
    open_c: int
    doubtful_c: int
    adjusted_c: int
    written_off_c: int
    recovered_c: int
    position: int


_RECEIVABLES = """
    SELECT invoice_id, invoice_no, reference, entity_id, activity_id, client_id, name AS buyer, issued_on,
        due_on, net_c, vat_c, gross_c, credited_c, open_c, doubtful_c, adjusted_c, written_off_c,
        recovered_c, position
    FROM receivable JOIN receivable_buyer USING (invoice_id)
"""
_OPEN = f"""
    {_RECEIVABLES}
    WHERE open_c > 0 AND (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND (%(activity_id)s::uuid IS NULL OR activity_id = %(activity_id)s)
        AND (%(client_id)s::uuid IS NULL OR client_id = %(client_id)s)
        AND due_on <= coalesce(%(due_by)s::date, 'infinity')
    ORDER BY due_on, invoice_no, invoice_id
"""
_ISSUED = f"""
    {_RECEIVABLES}
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND (%(activity_id)s::uuid IS NULL OR activity_id = %(activity_id)s)
        AND position < coalesce(%(before)s::bigint, 9223372036854775807)
    ORDER BY position DESC LIMIT %(limit)s
"""
_DOUBTFUL = f"""
    {_RECEIVABLES}
    WHERE (doubtful_c <> 0 OR adjusted_c <> 0 OR written_off_c <> 0)
        AND (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND position < coalesce(%(before)s::bigint, 9223372036854775807)
    ORDER BY position DESC LIMIT %(limit)s
"""
_NUMBERS = "SELECT invoice_id, invoice_no FROM receivable WHERE invoice_id = ANY(%(invoice_ids)s)"
_BY_ID = f"{_RECEIVABLES} WHERE invoice_id = %(invoice_id)s"
_BY_REFERENCE = f"""
    {_RECEIVABLES} WHERE entity_id = %(entity_id)s AND reference = ANY(%(references)s)
    ORDER BY position
"""


def open_receivables(
    reader: Reader,
    *,
    entity_id: UUID | None = None,
    activity_id: UUID | None = None,
    client_id: UUID | None = None,
    due_by: date | None = None,
) -> list[Receivable]:
    """Return the invoices on which something is open, and due by that day if one is given."""
    values = {"entity_id": entity_id, "activity_id": activity_id, "client_id": client_id, "due_by": due_by}
    return reader.rows(Receivable, _OPEN, **values)


def invoices(
    reader: Reader,
    *,
    entity_id: UUID | None = None,
    activity_id: UUID | None = None,
    before: int | None = None,
    limit: int = 100,
) -> list[Receivable]:
    """Return issued invoices, paid or not, the latest first, from before that position on."""
    values = {"entity_id": entity_id, "activity_id": activity_id, "before": before, "limit": limit}
    return reader.rows(Receivable, _ISSUED, **values)


def doubtful_invoices(
    reader: Reader, *, entity_id: UUID | None = None, before: int | None = None, limit: int = 100
) -> list[Receivable]:
    """Return the invoices that may not be paid or were written off, in part or whole, the latest first."""
    values = {"entity_id": entity_id, "before": before, "limit": limit}
    return reader.rows(Receivable, _DOUBTFUL, **values)


@dataclass(frozen=True)
class InvoiceNumber:
    """What an invoice is called."""

    invoice_id: UUID
    invoice_no: str


def numbers_of(reader: Reader, invoice_ids: Sequence[UUID]) -> list[InvoiceNumber]:
    """Return the numbers of these invoices."""
    return reader.rows(InvoiceNumber, _NUMBERS, invoice_ids=list(invoice_ids))


def invoice(reader: Reader, invoice_id: UUID) -> Receivable | None:
    """Return one invoice, or None."""
    return next(iter(reader.rows(Receivable, _BY_ID, invoice_id=invoice_id)), None)


def invoices_by_reference(
    reader: Reader, *, entity_id: UUID, references: tuple[str, ...]
) -> list[Receivable]:
    """Return the entity's invoices with one of these structured references (12 digits), paid or not."""
    return reader.rows(Receivable, _BY_REFERENCE, entity_id=entity_id, references=list(references))
