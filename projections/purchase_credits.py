"""Credit notes of suppliers: which bill each takes back, by how much, and by which document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.aggregates.purchase_credit_note import PurchaseCreditNote
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader

CREDIT_NOTES = Table(
    "purchase_credit_note",
    (
        """
        CREATE TABLE purchase_credit_note (
            credit_note_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            purchase_id uuid NOT NULL,
            issued_on date NOT NULL,
            gross_c bigint NOT NULL,
            cost_c bigint NOT NULL,
            document_sha256 text NOT NULL,
            received_by text NOT NULL,
            position bigint NOT NULL,
            intercompany_id uuid
        )
        """,
        "CREATE INDEX purchase_credit_note_of_purchase ON purchase_credit_note (purchase_id)",
    ),
    "SELECT * FROM purchase_credit_note ORDER BY credit_note_id",
)
NUMBERS = Table(
    "purchase_credit_number",
    ("CREATE TABLE purchase_credit_number (credit_note_id uuid PRIMARY KEY, credit_note_no text NOT NULL)",),
    None,
)
_ADD = """
    COPY purchase_credit_note (
        credit_note_id, entity_id, purchase_id, issued_on, gross_c, cost_c, document_sha256, received_by,
        position, intercompany_id
    ) FROM STDIN
"""
_ADD_NUMBER = "COPY purchase_credit_number (credit_note_id, credit_note_no) FROM STDIN"


class PurchaseCreditsPage(Page):
    """Takes suppliers' credit notes in."""

    @on(PurchaseCreditNote.Received)
    def _credit_note(self, position: int, event: PurchaseCreditNote.Received) -> None:
        self._noted(position, event, event.document_sha256, None)

    @on(PurchaseCreditNote.Mirrored)
    def _credit_of_group(self, position: int, event: PurchaseCreditNote.Mirrored) -> None:
        """The credit note of the other entity is its document: no file came in."""
        self._noted(position, event, "", event.intercompany_id)

    def _noted(
        self, position: int, event: PurchaseCreditNote.Event, sha256: str, intercompany_id: UUID | None
    ) -> None:
        said = (event.entity_id, event.purchase_id, event.issued_on, event.gross_c, event.cost_c)
        self.add(_ADD, event.originator_id, *said, sha256, event.actor, position, intercompany_id)
        self.add(_ADD_NUMBER, event.originator_id, event.credit_note_no)


PURCHASE_CREDITS = ReadModel("purchase_credits", 1, (CREDIT_NOTES, NUMBERS), PurchaseCreditsPage)


@dataclass(frozen=True)
class PurchaseCredit:
    """One credit note of a supplier on a bill, in cents: `gross_c` is owed less, and `cost_c` borne no longer."""

    credit_note_id: UUID
    entity_id: UUID
    purchase_id: UUID
    credit_note_no: str
    issued_on: date
    gross_c: int
    cost_c: int
    document_sha256: str
    received_by: str
    position: int
    intercompany_id: UUID | None


_CREDITS = """
    SELECT credit_note_id, entity_id, purchase_id, credit_note_no, issued_on, gross_c, cost_c, document_sha256,
        received_by, position, intercompany_id
    FROM purchase_credit_note JOIN purchase_credit_number USING (credit_note_id)
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND position < coalesce(%(before)s::bigint, 9223372036854775807)
    ORDER BY position DESC LIMIT %(limit)s
"""


def purchase_credits(
    reader: Reader, *, entity_id: UUID | None = None, before: int | None = None, limit: int = 100
) -> list[PurchaseCredit]:
    """Return suppliers' credit notes, the latest first."""
    return reader.rows(PurchaseCredit, _CREDITS, entity_id=entity_id, before=before, limit=limit)
