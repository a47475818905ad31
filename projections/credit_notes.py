"""Credit notes: what was taken back of which invoice, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.aggregates.credit_note import CreditNote
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader

NOTES = Table(
    "credit_note",
    (
        """
        CREATE TABLE credit_note (
            credit_note_id uuid PRIMARY KEY,
            credit_note_no text NOT NULL,
            entity_id uuid NOT NULL,
            activity_id uuid NOT NULL,
            client_id uuid NOT NULL,
            invoice_id uuid NOT NULL,
            invoice_no text NOT NULL,
            issued_on date NOT NULL,
            booked_on date NOT NULL,
            net_c bigint NOT NULL,
            vat_c bigint NOT NULL,
            gross_c bigint NOT NULL,
            contribution_c bigint NOT NULL,
            issued_by text NOT NULL,
            position bigint NOT NULL
        )
        """,
        "CREATE INDEX credit_note_in_order ON credit_note (position)",
        "CREATE INDEX credit_note_of_invoice ON credit_note (invoice_id)",
    ),
    "SELECT * FROM credit_note ORDER BY credit_note_id",
)
ROWS = Table(
    "credit_note_vat",
    (
        """
        CREATE TABLE credit_note_vat (
            credit_note_id uuid,
            row_no integer,
            category text NOT NULL,
            rate_bp integer NOT NULL,
            exemption_code text NOT NULL,
            base_c bigint NOT NULL,
            vat_c bigint NOT NULL,
            PRIMARY KEY (credit_note_id, row_no)
        )
        """,
    ),
    "SELECT * FROM credit_note_vat ORDER BY credit_note_id, row_no",
)
REASONS = Table(
    "credit_note_reason",
    (
        """
        CREATE TABLE credit_note_reason (
            credit_note_id uuid PRIMARY KEY,
            buyer text NOT NULL,
            reason text NOT NULL
        )
        """,
    ),
    None,
)

_ADD_NOTE = """
    COPY credit_note (
        credit_note_id, credit_note_no, entity_id, activity_id, client_id, invoice_id, invoice_no,
        issued_on, booked_on, net_c, vat_c, gross_c, contribution_c, issued_by, position
    ) FROM STDIN
"""
_ADD_ROW = """
    COPY credit_note_vat (credit_note_id, row_no, category, rate_bp, exemption_code, base_c, vat_c)
    FROM STDIN
"""
_ADD_REASON = "COPY credit_note_reason (credit_note_id, buyer, reason) FROM STDIN"


class CreditNotesPage(Page):
    """Takes credit notes in."""

    @on(CreditNote.Issued)
    def _issued(self, position: int, event: CreditNote.Issued) -> None:
        note_id = event.originator_id
        whose = (event.entity_id, event.activity_id, event.client_id)
        of = (event.invoice_id, event.invoice_no, event.issued_on, event.booked_on)
        amounts = (event.net_c, event.vat_c, event.gross_c, event.contribution_c)
        self.add(_ADD_NOTE, note_id, event.credit_note_no, *whose, *of, *amounts, event.actor, position)
        for row_no, row in enumerate(event.vat, start=1):
            key = (row.category.value, row.rate_bp, row.exemption_code)
            self.add(_ADD_ROW, note_id, row_no, *key, row.base_c, row.vat_c)
        self.add(_ADD_REASON, note_id, event.buyer_name, event.reason)


CREDIT_NOTES = ReadModel("credit_notes", 1, (NOTES, ROWS, REASONS), CreditNotesPage)


@dataclass(frozen=True)
class Note:
    """One credit note, in cents; `contribution_c` is what its activity got back.

    `buyer` and `reason` read as erased once they were.
    """

    credit_note_id: UUID
    credit_note_no: str
    entity_id: UUID
    activity_id: UUID
    client_id: UUID
    invoice_id: UUID
    invoice_no: str
    issued_on: date
    booked_on: date
    net_c: int
    vat_c: int
    gross_c: int
    contribution_c: int
    issued_by: str
    buyer: str
    reason: str
    position: int


@dataclass(frozen=True)
class CreditedRow:
    """What was credited of one VAT row of the invoice, in cents."""

    category: str
    rate_bp: int
    exemption_code: str
    base_c: int
    vat_c: int


_NOTES = """
    SELECT credit_note_id, credit_note_no, entity_id, activity_id, client_id, invoice_id, invoice_no,
        issued_on, booked_on, net_c, vat_c, gross_c, contribution_c, issued_by, buyer, reason, position
    FROM credit_note JOIN credit_note_reason USING (credit_note_id)
"""
_NOTES_OF = f"""
    {_NOTES}
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND (%(invoice_id)s::uuid IS NULL OR invoice_id = %(invoice_id)s)
        AND position < coalesce(%(before)s::bigint, 9223372036854775807)
    ORDER BY position DESC LIMIT %(limit)s
"""
_NOTE = f"{_NOTES} WHERE credit_note_id = %(credit_note_id)s"
_ROWS_OF = """
    SELECT category, rate_bp, exemption_code, base_c, vat_c FROM credit_note_vat
    WHERE credit_note_id = %(credit_note_id)s ORDER BY row_no
"""


def credit_notes(
    reader: Reader,
    *,
    entity_id: UUID | None = None,
    invoice_id: UUID | None = None,
    before: int | None = None,
    limit: int = 100,
) -> list[Note]:
    """Return credit notes, the latest first, from before that position on."""
    values = {"entity_id": entity_id, "invoice_id": invoice_id, "before": before, "limit": limit}
    return reader.rows(Note, _NOTES_OF, **values)


def credit_note(reader: Reader, credit_note_id: UUID) -> Note | None:
    """Return one credit note, or None."""
    return next(iter(reader.rows(Note, _NOTE, credit_note_id=credit_note_id)), None)


def credited_rows(reader: Reader, credit_note_id: UUID) -> list[CreditedRow]:
    """Return the VAT rows of a credit note."""
    return reader.rows(CreditedRow, _ROWS_OF, credit_note_id=credit_note_id)
