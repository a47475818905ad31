"""Credit notes, and what is owed to clients because of them or because they paid too much."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.context import Ask
from api.forms import BasisPoints, Cents, Day, Form, Line
from api.guard import GuardedRoute
from api.looking import Limit, Look, OfEntity, Position, next_of
from api.replies import Recorded
from domain.errors import UnknownRecord
from domain.ledger import credit_notes
from domain.vat import CreditedBase, VatCategory
from projections import credit_notes as views
from projections.bank_lines import BANK_LINES
from projections.credit_notes import CREDIT_NOTES, CreditedRow, Note
from projections.overpayments import OwedToClient, owed_to_clients

router = APIRouter(tags=["invoicing"], route_class=GuardedRoute)


class CreditedBases(Form):
    """What to credit of one VAT row of the invoice, net of VAT; the VAT follows at the row's own rate."""

    vat_category: VatCategory = VatCategory.STANDARD
    vat_rate_bp: BasisPoints
    exemption_code: Line = ""
    base_c: Cents

    def asked(self) -> CreditedBase:
        """Return it as the domain asks for it."""
        return CreditedBase(self.vat_category, self.vat_rate_bp, self.exemption_code, self.base_c)


class IssueCreditNote(Form):
    """A credit note on an invoice, issued today by default; without `rows`, on all that is left of it."""

    credit_note_id: UUID | None = None
    invoice_id: UUID
    issued_on: Day | None = None
    reason: Line
    rows: Annotated[list[CreditedBases], Field(max_length=100)] | None = None


class Notes(BaseModel):
    """Issued credit notes; `next` is the `before` of the next page."""

    position: int
    credit_notes: list[Note]
    next: int | None


class OneNote(BaseModel):
    """One credit note with its VAT rows."""

    position: int
    credit_note: Note
    vat: list[CreditedRow]


class Owed(BaseModel):
    """What is held for each client, the oldest first: to be set against an invoice, or paid back."""

    position: int
    clients: list[OwedToClient]


@router.post("/credit-notes", status_code=201, name="credit-note.issue")
def issue_credit_note(asked: IssueCreditNote, ask: Ask) -> Recorded:
    """Credit an invoice, whole or in part, at its own rates; what was paid beyond is held for the client."""
    issued_on = asked.issued_on or ask.today
    return ask(asked, on=issued_on).record(
        credit_notes.issue_credit_note,
        credit_note_id=ask.id_or_new(asked.credit_note_id),
        invoice_id=asked.invoice_id,
        issued_on=issued_on,
        reason=asked.reason,
        rows=None if asked.rows is None else [each.asked() for each in asked.rows],
    )


@router.get("/credit-notes", name="credit-notes.view")
def view_credit_notes(
    look: Look,
    entity_id: OfEntity = None,
    invoice_id: Annotated[UUID | None, Query(description="of this invoice only")] = None,
    before: Position | None = None,
    limit: Limit = 100,
) -> Notes:
    """Show the credit notes, the latest first."""
    position = look.standing_at(CREDIT_NOTES.name)
    found = views.credit_notes(
        look.reader, entity_id=entity_id, invoice_id=invoice_id, before=before, limit=limit
    )
    return Notes(position=position, credit_notes=found, next=next_of(found, limit))


@router.get("/credit-notes/{credit_note_id}", name="credit-note.view")
def view_credit_note(credit_note_id: UUID, look: Look) -> OneNote:
    """Show one credit note with its VAT rows."""
    position = look.standing_at(CREDIT_NOTES.name)
    found = views.credit_note(look.reader, credit_note_id)
    if found is None:
        raise UnknownRecord(kind="credit-note", id=credit_note_id)
    return OneNote(position=position, credit_note=found, vat=views.credited_rows(look.reader, credit_note_id))


@router.get("/owed-to-clients", name="owed-to-clients.view")
def view_owed_to_clients(look: Look, entity_id: OfEntity = None) -> Owed:
    """Show what is held for each client; receipt by receipt it stands at `/v1/bank/overpayments`."""
    position = look.standing_at(BANK_LINES.name)
    return Owed(position=position, clients=owed_to_clients(look.reader, entity_id=entity_id))
