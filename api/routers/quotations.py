"""Quotations and client orders: drafted, sent, answered, confirmed, amended, invoiced."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.context import Ask
from api.evidence import entity_of_quotation, resting_on
from api.forms import Cents, Dated, Day, Form, Line
from api.guard import GuardedRoute
from api.looking import Limit, Look, OfEntity, Position, next_of
from api.replies import Recorded
from api.routers.invoicing import InvoiceLine
from domain.aggregates.quotation import QuotationState
from domain.errors import UnknownRecord
from domain.ledger import quotations as cases
from domain.ledger.invoicing import AskedFigures
from projections import quotations as views
from projections.quotations import QUOTATIONS, Quoted, QuotedLine

router = APIRouter(prefix="/quotations", tags=["invoicing"], route_class=GuardedRoute)

Lines = Annotated[list[InvoiceLine], Field(min_length=1, max_length=200)]


class DraftQuotation(Dated):
    """What is offered to a client, and until when."""

    quotation_id: UUID | None = None
    activity_id: UUID
    client_id: UUID
    valid_until: Day
    lines: Lines


class RedraftQuotation(Dated):
    """What is offered instead, until it is sent."""

    valid_until: Day
    lines: Lines


class AnswerQuotation(Dated):
    """The day on which it happened."""


class EndQuotation(Dated):
    """Why it came to nothing."""

    reason: Line = ""


class ConfirmOrder(Dated):
    """The document that proves the client's order: kept before, under this SHA-256."""

    evidence_sha256: Line


class AmendOrder(ConfirmOrder):
    """What the client ordered instead."""

    lines: Lines


class InvoiceOrder(Form):
    """An invoice of a confirmed order; without `lines`, all of it as it was ordered.

    Figures that are given must be what the ledger reckons of the lines.
    """

    invoice_id: UUID | None = None
    issued_on: Day | None = None
    supplied_on: Day | None = None
    due_on: Day | None = None
    lines: Lines | None = None
    net_c: Cents | None = None
    vat_c: Cents | None = None
    gross_c: Cents | None = None


class Quotations(BaseModel):
    """Quotations; `next` is the `before` of the next page."""

    position: int
    quotations: list[Quoted]
    next: int | None


class OneQuotation(BaseModel):
    """One quotation with its lines."""

    position: int
    quotation: Quoted
    lines: list[QuotedLine]


@router.post("", status_code=201, name="quotation.draft")
def draft_quotation(asked: DraftQuotation, ask: Ask) -> Recorded:
    """Draft a quotation under the next number of its series."""
    return ask(asked, on=asked.effective_on).record(
        cases.draft_quotation,
        quotation_id=ask.id_or_new(asked.quotation_id),
        activity_id=asked.activity_id,
        client_id=asked.client_id,
        valid_until=asked.valid_until,
        lines=[line.asked() for line in asked.lines],
    )


@router.post("/{quotation_id}/redrafting", status_code=201, name="quotation.redraft")
def redraft_quotation(quotation_id: UUID, asked: RedraftQuotation, ask: Ask) -> Recorded:
    """Let a draft say something else."""
    return ask(asked, on=asked.effective_on).record(
        cases.redraft_quotation,
        quotation_id=quotation_id,
        valid_until=asked.valid_until,
        lines=[line.asked() for line in asked.lines],
    )


@router.post("/{quotation_id}/sending", status_code=201, name="quotation.send")
def send_quotation(quotation_id: UUID, asked: AnswerQuotation, ask: Ask) -> Recorded:
    """Say that it was sent: it says the same from now on."""
    return ask(asked, on=asked.effective_on).record(cases.send_quotation, quotation_id=quotation_id)


@router.post("/{quotation_id}/acceptance", status_code=201, name="quotation.accept")
def accept_quotation(quotation_id: UUID, asked: AnswerQuotation, ask: Ask) -> Recorded:
    """Say that the client accepted it."""
    return ask(asked, on=asked.effective_on).record(cases.accept_quotation, quotation_id=quotation_id)


@router.post("/{quotation_id}/declining", status_code=201, name="quotation.decline")
def decline_quotation(quotation_id: UUID, asked: EndQuotation, ask: Ask) -> Recorded:
    """Say that the client does not want it."""
    return ask(asked, on=asked.effective_on).record(
        cases.decline_quotation, quotation_id=quotation_id, reason=asked.reason
    )


@router.post("/{quotation_id}/lapsing", status_code=201, name="quotation.lapse")
def lapse_quotation(quotation_id: UUID, asked: AnswerQuotation, ask: Ask) -> Recorded:
    """Let it lapse, once it is valid no more; the scheduler does so by itself."""
    return ask(asked, on=asked.effective_on).record(cases.lapse_quotation, quotation_id=quotation_id)


@router.post("/{quotation_id}/withdrawal", status_code=201, name="quotation.withdraw")
def withdraw_quotation(quotation_id: UUID, asked: EndQuotation, ask: Ask) -> Recorded:
    """Offer it no longer, with a reason, as long as no order was confirmed."""
    return ask(asked, on=asked.effective_on).record(
        cases.withdraw_quotation, quotation_id=quotation_id, reason=asked.reason
    )


@router.post("/{quotation_id}/confirmation", status_code=201, name="order.confirm")
def confirm_order(quotation_id: UUID, asked: ConfirmOrder, ask: Ask) -> Recorded:
    """Confirm the client's order; some funds guarantee its invoices only then."""
    entity_id = entity_of_quotation(ask.services, quotation_id)
    return ask(asked, on=asked.effective_on).record(
        resting_on(ask.services, asked.evidence_sha256, entity_id, cases.confirm_order),
        quotation_id=quotation_id,
        evidence_sha256=asked.evidence_sha256,
    )


@router.post("/{quotation_id}/amendment", status_code=201, name="order.amend")
def amend_order(quotation_id: UUID, asked: AmendOrder, ask: Ask) -> Recorded:
    """Let the client order something else, not less than what was invoiced."""
    entity_id = entity_of_quotation(ask.services, quotation_id)
    return ask(asked, on=asked.effective_on).record(
        resting_on(ask.services, asked.evidence_sha256, entity_id, cases.amend_order),
        quotation_id=quotation_id,
        lines=[line.asked() for line in asked.lines],
        evidence_sha256=asked.evidence_sha256,
    )


@router.post("/{quotation_id}/invoices", status_code=201, name="order.invoice")
def invoice_order(quotation_id: UUID, asked: InvoiceOrder, ask: Ask) -> Recorded:
    """Invoice a confirmed order, once or by parts, never above it."""
    issued_on = asked.issued_on or ask.today
    supplied_on = asked.supplied_on or issued_on
    return ask(asked, on=supplied_on).record(
        cases.invoice_order,
        quotation_id=quotation_id,
        invoice_id=ask.id_or_new(asked.invoice_id),
        issued_on=issued_on,
        supplied_on=supplied_on,
        due_on=asked.due_on,
        lines=None if asked.lines is None else [line.asked() for line in asked.lines],
        figures=AskedFigures(asked.net_c, asked.vat_c, asked.gross_c),
    )


@router.get("", name="quotations.view")
def view_quotations(
    look: Look,
    entity_id: OfEntity = None,
    state: Annotated[QuotationState | None, Query(description="in this state only")] = None,
    before: Position | None = None,
    limit: Limit = 100,
) -> Quotations:
    """Show the quotations and client orders, the latest first."""
    position = look.standing_at(QUOTATIONS.name)
    found = views.quotations(look.reader, entity_id=entity_id, state=state, before=before, limit=limit)
    return Quotations(position=position, quotations=found, next=next_of(found, limit))


@router.get("/{quotation_id}", name="quotation.view")
def view_quotation(quotation_id: UUID, look: Look) -> OneQuotation:
    """Show one quotation with its lines."""
    position = look.standing_at(QUOTATIONS.name)
    found = views.quotation(look.reader, quotation_id)
    if found is None:
        raise UnknownRecord(kind="quotation", id=quotation_id)
    return OneQuotation(position=position, quotation=found, lines=views.lines_of(look.reader, quotation_id))
