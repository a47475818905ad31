"""Clients and the invoices addressed to them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.context import Ask
from api.forms import BasisPoints, Cents, Dated, Day, Form, Line, Number
from api.guard import GuardedRoute
from api.looking import Limit, Look, OfEntity, Position, next_of
from api.replies import Recorded
from domain.aggregates.client import ClientKind
from domain.errors import UnknownRecord
from domain.ledger import invoicing
from domain.ledger.invoicing import AskedFigures, AskedLine
from domain.vat import VatCategory
from projections import receivables
from projections.invoice_drafts import INVOICE_DRAFTS, draft_of
from projections.receivables import RECEIVABLES, Receivable

router = APIRouter(tags=["invoicing"], route_class=GuardedRoute)


class RegisterClient(Dated):
    """A client of an entity; `vat_no` is empty for a consumer."""

    entity_id: UUID
    client_id: UUID | None = None
    kind: ClientKind
    name: Line
    address: Line
    vat_no: Line = ""
    email: Line = ""


class InvoiceLine(Form):
    """One line: what for, how much of it at which price, and its VAT."""

    description: Line
    quantity: Number
    unit_price: Number
    vat_category: VatCategory = VatCategory.STANDARD
    vat_rate_bp: BasisPoints
    exemption_code: Line = ""

    def asked(self) -> AskedLine:
        """Return the line as the ledger is asked for it."""
        return AskedLine(
            description=self.description,
            quantity=self.quantity,
            unit_price=self.unit_price,
            vat_category=self.vat_category,
            vat_rate_bp=self.vat_rate_bp,
            exemption_code=self.exemption_code,
        )


class IssueInvoice(Form):
    """An invoice to a client, for an activity; issued today and supplied on that day by default.

    Figures that are given must be what the ledger reckons of the lines.
    """

    invoice_id: UUID | None = None
    activity_id: UUID
    client_id: UUID
    issued_on: Day | None = None
    supplied_on: Day | None = None
    due_on: Day | None = None
    lines: Annotated[list[InvoiceLine], Field(min_length=1, max_length=200)]
    net_c: Cents | None = None
    vat_c: Cents | None = None
    gross_c: Cents | None = None


class Invoices(BaseModel):
    """Issued invoices and what is open on each; `next` is the `before` of the next page."""

    position: int
    invoices: list[Receivable]
    next: int | None


class OneInvoice(BaseModel):
    """One invoice, what is open on it, and the draft of which it was issued, if there was one."""

    position: int
    invoice: Receivable
    invoice_draft_id: UUID | None


@router.post("/clients", status_code=201, name="client.register")
def register_client(asked: RegisterClient, ask: Ask) -> Recorded:
    """Register a client of an entity."""
    return ask(asked, on=asked.effective_on).record(
        invoicing.register_client,
        client_id=ask.id_or_new(asked.client_id),
        entity_id=asked.entity_id,
        kind=asked.kind,
        name=asked.name,
        address=asked.address,
        vat_no=asked.vat_no,
        email=asked.email,
    )


@router.post("/invoices", status_code=201, name="invoice.issue")
def issue_invoice(asked: IssueInvoice, ask: Ask) -> Recorded:
    """Issue an invoice: number, VAT, reference, contribution and fund parts at once."""
    issued_on = asked.issued_on or ask.today
    supplied_on = asked.supplied_on or issued_on
    return ask(asked, on=supplied_on).record(
        invoicing.issue_invoice,
        invoice_id=ask.id_or_new(asked.invoice_id),
        activity_id=asked.activity_id,
        client_id=asked.client_id,
        issued_on=issued_on,
        supplied_on=supplied_on,
        due_on=asked.due_on,
        lines=[line.asked() for line in asked.lines],
        figures=AskedFigures(asked.net_c, asked.vat_c, asked.gross_c),
    )


@router.get("/invoices", name="invoices.view")
def view_invoices(
    look: Look, entity_id: OfEntity = None, before: Position | None = None, limit: Limit = 100
) -> Invoices:
    """Show issued invoices, paid or not, the latest first."""
    position = look.standing_at(RECEIVABLES.name)
    found = receivables.invoices(
        look.reading(RECEIVABLES.name), entity_id=entity_id, before=before, limit=limit
    )
    return Invoices(position=position, invoices=found, next=next_of(found, limit))


@router.get("/invoices/{invoice_id}", name="invoice.view")
def view_invoice(invoice_id: UUID, look: Look) -> OneInvoice:
    """Show one invoice."""
    position = look.standing_at(RECEIVABLES.name, INVOICE_DRAFTS.name)
    found = receivables.invoice(look.reading(RECEIVABLES.name), invoice_id)
    if found is None:
        raise UnknownRecord(kind="invoice", id=invoice_id)
    drafted = draft_of(look.reading(INVOICE_DRAFTS.name), invoice_id)
    return OneInvoice(
        position=position, invoice=found, invoice_draft_id=drafted.invoice_draft_id if drafted else None
    )


@router.get("/receivables", name="receivables.view")
def view_receivables(look: Look, entity_id: OfEntity = None, due_by: Day | None = None) -> Invoices:
    """Show every invoice on which something is open, the first due first."""
    position = look.standing_at(RECEIVABLES.name)
    found = receivables.open_receivables(look.reading(RECEIVABLES.name), entity_id=entity_id, due_by=due_by)
    return Invoices(position=position, invoices=found, next=None)
