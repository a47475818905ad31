"""Drafts of invoices: those who run an activity draft and submit them, staff issue them or give them back."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from api.context import Ask
from api.forms import Cents, Dated, Day, Form, Line
from api.guard import GuardedRoute, caller_of
from api.looking import Limit, Look, OfEntity, Position, next_of
from api.replies import Recorded
from api.routers.invoicing import InvoiceLine
from domain.aggregates.invoice_draft import DraftState
from domain.errors import UnknownRecord
from domain.ledger import invoice_drafts as cases
from domain.ledger.invoicing import AskedFigures
from eventstore.desk import Caller
from projections import invoice_drafts as views
from projections.invoice_drafts import INVOICE_DRAFTS, Draft, DraftedLine

router = APIRouter(prefix="/invoice-drafts", tags=["invoicing"], route_class=GuardedRoute)

Lines = Annotated[list[InvoiceLine], Field(min_length=1, max_length=200)]
InState = Annotated[DraftState | None, Query(description="in this state only")]
Asker = Annotated[Caller, Depends(caller_of)]


class DraftInvoice(Dated):
    """What is to be invoiced to a client, by which member who runs the activity; supplied today if not said."""

    invoice_draft_id: UUID | None = None
    activity_id: UUID
    client_id: UUID
    membership_id: UUID
    supplied_on: Day | None = None
    lines: Lines


class AmendInvoiceDraft(Dated):
    """What is to be invoiced instead."""

    supplied_on: Day
    lines: Lines


class MoveInvoiceDraft(Dated):
    """The day on which it happened."""


class RejectInvoiceDraft(Dated):
    """Why it is not issued as it is."""

    reason: Line


class IssueInvoiceDraft(Form):
    """The invoice that is issued of it; figures that are given must be what the ledger reckons of its lines."""

    invoice_id: UUID | None = None
    issued_on: Day | None = None
    due_on: Day | None = None
    net_c: Cents | None = None
    vat_c: Cents | None = None
    gross_c: Cents | None = None


class InvoiceDrafts(BaseModel):
    """Drafts of invoices; `next` is the `before` of the next page."""

    position: int
    invoice_drafts: list[Draft]
    next: int | None


class OneInvoiceDraft(BaseModel):
    """One draft of an invoice with its lines."""

    position: int
    invoice_draft: Draft
    lines: list[DraftedLine]


@router.post("", status_code=201, name="invoice.draft")
def draft_invoice(asked: DraftInvoice, ask: Ask) -> Recorded:
    """Draft an invoice: it takes no number and books nothing."""
    return ask(asked, on=asked.effective_on).record(
        cases.draft_invoice,
        invoice_draft_id=ask.id_or_new(asked.invoice_draft_id),
        activity_id=asked.activity_id,
        client_id=asked.client_id,
        membership_id=asked.membership_id,
        supplied_on=asked.supplied_on or asked.effective_on or ask.today,
        lines=[line.asked() for line in asked.lines],
    )


@router.post("/{invoice_draft_id}/amendment", status_code=201, name="invoice-draft.amend")
def amend_invoice_draft(invoice_draft_id: UUID, asked: AmendInvoiceDraft, ask: Ask) -> Recorded:
    """Let your own draft say something else, until it is submitted and once it was rejected."""
    return ask(asked, on=asked.effective_on).record(
        cases.amend_invoice_draft,
        invoice_draft_id=invoice_draft_id,
        supplied_on=asked.supplied_on,
        lines=[line.asked() for line in asked.lines],
    )


@router.post("/{invoice_draft_id}/submission", status_code=201, name="invoice-draft.submit")
def submit_invoice_draft(invoice_draft_id: UUID, asked: MoveInvoiceDraft, ask: Ask) -> Recorded:
    """Hand your own draft in: it says the same until it is answered."""
    return ask(asked, on=asked.effective_on).record(
        cases.submit_invoice_draft, invoice_draft_id=invoice_draft_id
    )


@router.post("/{invoice_draft_id}/withdrawal", status_code=201, name="invoice-draft.withdraw")
def withdraw_invoice_draft(invoice_draft_id: UUID, asked: MoveInvoiceDraft, ask: Ask) -> Recorded:
    """Ask for your own draft no longer, as long as no invoice was issued of it."""
    return ask(asked, on=asked.effective_on).record(
        cases.withdraw_invoice_draft, invoice_draft_id=invoice_draft_id
    )


@router.post("/{invoice_draft_id}/rejection", status_code=201, name="invoice-draft.reject")
def reject_invoice_draft(invoice_draft_id: UUID, asked: RejectInvoiceDraft, ask: Ask) -> Recorded:
    """Give a submitted draft back, with a reason: it may be amended and submitted again."""
    return ask(asked, on=asked.effective_on).record(
        cases.reject_invoice_draft, invoice_draft_id=invoice_draft_id, reason=asked.reason
    )


@router.post("/{invoice_draft_id}/invoice", status_code=201, name="invoice-draft.issue")
def issue_invoice_draft(invoice_draft_id: UUID, asked: IssueInvoiceDraft, ask: Ask) -> Recorded:
    """Issue the invoice that was submitted, under the next number of its series."""
    issued_on = asked.issued_on or ask.today
    return ask(asked, on=issued_on).record(
        cases.issue_invoice_draft,
        invoice_draft_id=invoice_draft_id,
        invoice_id=ask.id_or_new(asked.invoice_id),
        issued_on=issued_on,
        due_on=asked.due_on,
        figures=AskedFigures(asked.net_c, asked.vat_c, asked.gross_c),
    )


@router.get("", name="invoice-drafts.view")
def view_invoice_drafts(
    look: Look,
    entity_id: OfEntity = None,
    state: InState = None,
    before: Position | None = None,
    limit: Limit = 100,
) -> InvoiceDrafts:
    """Show the drafts of invoices, the latest first."""
    position = look.standing_at(INVOICE_DRAFTS.name)
    found = views.invoice_drafts(look.reader, entity_id=entity_id, state=state, before=before, limit=limit)
    return InvoiceDrafts(position=position, invoice_drafts=found, next=next_of(found, limit))


@router.get("/own", name="own-invoice-drafts.view")
def view_own_invoice_drafts(
    look: Look, asker: Asker, state: InState = None, before: Position | None = None, limit: Limit = 100
) -> InvoiceDrafts:
    """Show the drafts that you made, or that were made for you, the latest first."""
    position = look.standing_at(INVOICE_DRAFTS.name)
    found = views.invoice_drafts(look.reader, of=asker.actor, state=state, before=before, limit=limit)
    return InvoiceDrafts(position=position, invoice_drafts=found, next=next_of(found, limit))


@router.get("/own/{invoice_draft_id}", name="own-invoice-draft.view")
def view_own_invoice_draft(invoice_draft_id: UUID, look: Look, asker: Asker) -> OneInvoiceDraft:
    """Show one draft of yours with its lines; that of another is not found."""
    return _one(look, invoice_draft_id, of=asker.actor)


@router.get("/{invoice_draft_id}", name="invoice-draft.view")
def view_invoice_draft(invoice_draft_id: UUID, look: Look) -> OneInvoiceDraft:
    """Show one draft of an invoice with its lines."""
    return _one(look, invoice_draft_id, of=None)


def _one(look: Look, invoice_draft_id: UUID, *, of: str | None) -> OneInvoiceDraft:
    position = look.standing_at(INVOICE_DRAFTS.name)
    found = views.invoice_draft(look.reader, invoice_draft_id, of=of)
    if found is None:
        raise UnknownRecord(kind="invoice-draft", id=invoice_draft_id)
    lines = views.lines_of(look.reader, invoice_draft_id)
    return OneInvoiceDraft(position=position, invoice_draft=found, lines=lines)
