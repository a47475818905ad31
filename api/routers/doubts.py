"""Claims that may not come: doubted, adjusted, their VAT reclaimed, lost, and recovered after all."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from api.context import Ask
from api.forms import Cents, Dated, Day, Line
from api.guard import GuardedRoute
from api.looking import Limit, Look, OfEntity, Position, next_of
from api.replies import Recorded
from domain.ledger import doubts, losses
from projections.receivables import RECEIVABLES, Receivable, doubtful_invoices

router = APIRouter(tags=["invoicing"], route_class=GuardedRoute)


class DeclareDoubt(Dated):
    """Why so much of what is open may not come; without an amount, all of it."""

    amount_c: Cents | None = None
    reason: Line


class SomeOfIt(Dated):
    """How much of it."""

    amount_c: Cents


class ReclaimVat(Dated):
    """The day of the client's judgment, from which the VAT is reclaimed."""

    judgment_on: Day


class RecogniseLoss(Dated):
    """How much will not come; without an amount, all that is doubtful."""

    amount_c: Cents | None = None


class ReceiveRecovery(Dated):
    """How much of a receipt came of what was written off of an invoice."""

    invoice_id: UUID
    amount_c: Cents


class UndoRecovery(Dated):
    """The invoice, and why the receipt came of something else."""

    invoice_id: UUID
    reason: Line


class Doubts(BaseModel):
    """Invoices that may not be paid or were written off; `next` is the `before` of the next page."""

    position: int
    invoices: list[Receivable]
    next: int | None


@router.post("/invoices/{invoice_id}/doubts", status_code=201, name="doubt.declare")
def declare_doubt(invoice_id: UUID, asked: DeclareDoubt, ask: Ask) -> Recorded:
    """Declare that what is open on an invoice may not come; what was collected does not change."""
    return ask(asked, on=asked.effective_on).record(
        doubts.declare_doubt, invoice_id=invoice_id, amount_c=asked.amount_c, reason=asked.reason
    )


@router.post("/invoices/{invoice_id}/doubts/lifting", status_code=201, name="doubt.lift")
def lift_doubt(invoice_id: UUID, asked: SomeOfIt, ask: Ask) -> Recorded:
    """Expect so much of it again."""
    return ask(asked, on=asked.effective_on).record(
        doubts.lift_doubt, invoice_id=invoice_id, amount_c=asked.amount_c
    )


@router.post("/invoices/{invoice_id}/value-adjustments", status_code=201, name="value-adjustment.record")
def record_value_adjustment(invoice_id: UUID, asked: SomeOfIt, ask: Ask) -> Recorded:
    """Charge, on the last day of a month, what of it is not expected to come, net of VAT."""
    return ask(asked, on=asked.effective_on).record(
        doubts.record_value_adjustment, invoice_id=invoice_id, amount_c=asked.amount_c
    )


@router.post(
    "/invoices/{invoice_id}/value-adjustments/taking-back",
    status_code=201,
    name="value-adjustment.take-back",
)
def take_value_adjustment_back(invoice_id: UUID, asked: SomeOfIt, ask: Ask) -> Recorded:
    """Expect so much of what was adjusted after all."""
    return ask(asked, on=asked.effective_on).record(
        doubts.take_value_adjustment_back, invoice_id=invoice_id, amount_c=asked.amount_c
    )


@router.post("/invoices/{invoice_id}/vat-reclaim", status_code=201, name="bad-debt-vat.reclaim")
def reclaim_vat(invoice_id: UUID, asked: ReclaimVat, ask: Ask) -> Recorded:
    """Reclaim the VAT of what is doubtful, from the day of the client's judgment on."""
    return ask(asked, on=asked.effective_on).record(
        losses.reclaim_vat, invoice_id=invoice_id, judgment_on=asked.judgment_on
    )


@router.post("/invoices/{invoice_id}/losses", status_code=201, name="loss.recognise")
def recognise_loss(invoice_id: UUID, asked: RecogniseLoss, ask: Ask) -> Recorded:
    """Give up what is doubtful, with what was adjusted for it."""
    return ask(asked, on=asked.effective_on).record(
        losses.recognise_loss, invoice_id=invoice_id, amount_c=asked.amount_c
    )


@router.post("/bank/lines/{line_id}/recoveries", status_code=201, name="recovery.receive")
def receive_recovery(line_id: UUID, asked: ReceiveRecovery, ask: Ask) -> Recorded:
    """Set part of a receipt against what was written off: VAT is due again, a fund that stood in comes first."""
    return ask(asked, on=asked.effective_on).record(
        losses.receive_recovery,
        bank_line_id=line_id,
        invoice_id=asked.invoice_id,
        amount_c=asked.amount_c,
    )


@router.post("/bank/lines/{line_id}/recoveries/undoing", status_code=201, name="recovery.undo")
def undo_recovery(line_id: UUID, asked: UndoRecovery, ask: Ask) -> Recorded:
    """Take back, whole, the last that this receipt brought of it: it was set against it by mistake."""
    return ask(asked, on=asked.effective_on).record(
        losses.undo_recovery, bank_line_id=line_id, invoice_id=asked.invoice_id, reason=asked.reason
    )


@router.get("/doubts", name="doubts.view")
def view_doubts(
    look: Look, entity_id: OfEntity = None, before: Position | None = None, limit: Limit = 100
) -> Doubts:
    """Show the invoices that may not be paid or were written off, the latest first."""
    position = look.standing_at(RECEIVABLES.name)
    found = doubtful_invoices(look.reader, entity_id=entity_id, before=before, limit=limit)
    return Doubts(position=position, invoices=found, next=next_of(found, limit))
