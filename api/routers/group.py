"""Inside the group: transfers between activities of one entity, and invoices from one entity to another."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.context import Ask
from api.forms import Cents, Dated, Day, Form, Line
from api.guard import GuardedRoute
from api.looking import Limit, Look, OfEntity, Position, next_of
from api.replies import Recorded
from api.routers.invoicing import InvoiceLine
from domain.ledger import intercompany, transfers
from domain.ledger.intercompany import ALL_BP
from domain.spending import ExpenseType
from projections.intercompany import Reconciliation, reconciliation
from projections.internal_transfers import INTERNAL_TRANSFERS, Transfer, internal_transfers

router = APIRouter(tags=["group"], route_class=GuardedRoute)


class ProposeTransfer(Dated):
    """Who leaves how much to whom, and why; a side without an activity is the cooperative itself."""

    transfer_id: UUID | None = None
    entity_id: UUID
    from_activity_id: UUID | None = None
    to_activity_id: UUID | None = None
    amount_c: Cents
    reason: Line


class AcceptTransfer(Dated):
    """The answer of another person."""


class SayWhy(Dated):
    """Why a transfer is not accepted, or taken back."""

    reason: Line


class LinkEntities(Dated):
    """Which client of the seller the buyer is, and which supplier of the buyer the seller is."""

    seller_id: UUID
    buyer_id: UUID
    client_id: UUID
    supplier_id: UUID


class IssueGroupInvoice(Form):
    """An invoice to another entity of the group, and what it is there: a cost of this type, VAT deducted so far."""

    invoice_id: UUID | None = None
    activity_id: UUID
    buyer_id: UUID
    buyer_activity_id: UUID | None = None
    expense_type: ExpenseType
    issued_on: Day | None = None
    supplied_on: Day | None = None
    due_on: Day | None = None
    lines: Annotated[list[InvoiceLine], Field(min_length=1, max_length=200)]
    deductible_bp: Annotated[int, Field(strict=True, ge=0, le=ALL_BP)] = ALL_BP


class Transfers(BaseModel):
    """Transfers, the latest first; `next` is the `before` of the next page."""

    position: int
    transfers: list[Transfer]
    next: int | None


@router.post("/internal-transfers", status_code=201, name="internal-transfer.propose")
def propose_transfer(asked: ProposeTransfer, ask: Ask) -> Recorded:
    """Propose that an activity leaves so much of what it has available to another of its entity."""
    return ask(asked, on=asked.effective_on).record(
        transfers.propose_transfer,
        transfer_id=ask.id_or_new(asked.transfer_id),
        entity_id=asked.entity_id,
        from_activity_id=asked.from_activity_id,
        to_activity_id=asked.to_activity_id,
        amount_c=asked.amount_c,
        reason=asked.reason,
    )


@router.get("/internal-transfers", name="internal-transfers.view")
def view_transfers(
    look: Look, entity_id: OfEntity = None, before: Position | None = None, limit: Limit = 100
) -> Transfers:
    """Show the internal transfers, the latest first."""
    position = look.standing_at(INTERNAL_TRANSFERS.name)
    reading = look.reading(INTERNAL_TRANSFERS.name)
    rows = internal_transfers(reading, entity_id=entity_id, before=before, limit=limit)
    return Transfers(position=position, transfers=rows, next=next_of(rows, limit))


@router.post("/internal-transfers/{transfer_id}/acceptance", status_code=201, name="internal-transfer.accept")
def accept_transfer(transfer_id: UUID, asked: AcceptTransfer, ask: Ask) -> Recorded:
    """Accept a transfer as another person."""
    return ask(asked, on=asked.effective_on).record(transfers.accept_transfer, transfer_id=transfer_id)


@router.post("/internal-transfers/{transfer_id}/declining", status_code=201, name="internal-transfer.decline")
def decline_transfer(transfer_id: UUID, asked: SayWhy, ask: Ask) -> Recorded:
    """Not accept a transfer; nothing is set aside for it any more."""
    return ask(asked, on=asked.effective_on).record(
        transfers.decline_transfer, transfer_id=transfer_id, reason=asked.reason
    )


@router.post("/internal-transfers/{transfer_id}/reversal", status_code=201, name="internal-transfer.reverse")
def reverse_transfer(transfer_id: UUID, asked: SayWhy, ask: Ask) -> Recorded:
    """Take an accepted transfer back."""
    return ask(asked, on=asked.effective_on).record(
        transfers.reverse_transfer, transfer_id=transfer_id, reason=asked.reason
    )


@router.post("/group-links", status_code=201, name="group-link.open")
def link_entities(asked: LinkEntities, ask: Ask) -> Recorded:
    """Link two entities of the group, one as the seller and the other as the buyer."""
    return ask(asked, on=asked.effective_on).record(
        intercompany.link_entities,
        seller_id=asked.seller_id,
        buyer_id=asked.buyer_id,
        client_id=asked.client_id,
        supplier_id=asked.supplier_id,
    )


@router.post("/group-invoices", status_code=201, name="group-invoice.issue")
def issue_group_invoice(asked: IssueGroupInvoice, ask: Ask) -> Recorded:
    """Issue an invoice to another entity of the group, which receives it as a bill."""
    issued_on = asked.issued_on or ask.today
    supplied_on = asked.supplied_on or issued_on
    return ask(asked, on=supplied_on).record(
        intercompany.invoice_within_group,
        invoice_id=ask.id_or_new(asked.invoice_id),
        activity_id=asked.activity_id,
        buyer_id=asked.buyer_id,
        buyer_activity_id=asked.buyer_activity_id,
        expense_type=asked.expense_type,
        issued_on=issued_on,
        supplied_on=supplied_on,
        due_on=asked.due_on,
        lines=[line.asked() for line in asked.lines],
        deductible_bp=asked.deductible_bp,
    )


@router.get("/intercompany", name="intercompany.view")
def view_intercompany(look: Look, entity_id: OfEntity = None) -> Reconciliation:
    """Show what entities sold each other on both sides, and what of it does not agree."""
    found = reconciliation(look.reader, entity_id=entity_id)
    look.at(found.position)
    return found
