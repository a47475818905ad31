"""Reminders that were sent, and what is claimed of clients for paying late: paid, waived, reversed."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.context import Ask
from api.forms import Cents, Dated, Line
from api.guard import GuardedRoute
from api.looking import Limit, Look, OfEntity, Position, next_of
from api.replies import Recorded
from domain.errors import UnknownRecord
from domain.late_payment import Channel
from domain.ledger import late_payment, reminders
from projections import late_payments as views
from projections.late_payments import LATE_PAYMENTS, ClaimedSpan, LateClaimed, SentReminder

router = APIRouter(tags=["invoicing"], route_class=GuardedRoute)

OfInvoice = Annotated[UUID | None, Query(description="of this invoice only")]
Number = Annotated[int, Field(strict=True, ge=1, le=99, description="which reminder of the invoice")]


class RemindOfInvoice(Dated):
    """The day on which the reminder falls due."""


class SendReminder(Dated):
    """Which reminder was sent on that day, how, and what it charged; the first of a consumer is free."""

    number: Number
    channel: Channel
    fee_c: Cents = 0


class ClaimLatePayment(Dated):
    """The day through which interest is claimed."""


class PartOfReceipt(Dated):
    """The invoice that was paid late, and how much of the receipt pays for that."""

    invoice_id: UUID
    amount_c: Cents


class UndoLatePayment(PartOfReceipt):
    """What was set against it by mistake, and why that was one."""

    reason: Line


class ReturnLatePayment(PartOfReceipt):
    """The receipt whose payment this money out takes back; the bank's reason code."""

    of_line_id: UUID
    reason_code: Line = ""


class WaiveLateClaim(Dated):
    """How much is asked for no longer, and why; without an amount, all that is open."""

    amount_c: Cents | None = None
    reason: Line


class ReverseWaiver(Dated):
    """How much is asked for again, and why it was waived; without an amount, all that was."""

    amount_c: Cents | None = None
    reason: Line


class ReverseLateClaim(Dated):
    """Why it was a mistake."""

    reason: Line


class Reminders(BaseModel):
    """Payment reminders; `next` is the `before` of the next page."""

    position: int
    reminders: list[SentReminder]
    next: int | None


class LateClaims(BaseModel):
    """What is claimed for paying late; `next` is the `before` of the next page."""

    position: int
    late_claims: list[LateClaimed]
    next: int | None


class OneLateClaim(BaseModel):
    """What is claimed for paying one invoice late, and the days behind its interest."""

    position: int
    late_claim: LateClaimed
    spans: list[ClaimedSpan]


@router.post("/invoices/{invoice_id}/reminders", status_code=201, name="invoice.remind")
def remind_of_invoice(invoice_id: UUID, asked: RemindOfInvoice, ask: Ask) -> Recorded:
    """Record the next reminder of an open invoice if it falls due on that day; the scheduler does so by itself."""
    return ask(asked, on=asked.effective_on).record(reminders.remind_of_invoice, invoice_id=invoice_id)


@router.post("/invoices/{invoice_id}/reminders/sending", status_code=201, name="reminder.send")
def send_reminder(invoice_id: UUID, asked: SendReminder, ask: Ask) -> Recorded:
    """Say that a reminder was sent: a consumer's term begins with it."""
    return ask(asked, on=asked.effective_on).record(
        reminders.send_reminder,
        invoice_id=invoice_id,
        number=asked.number,
        channel=asked.channel,
        fee_c=asked.fee_c,
    )


@router.post("/invoices/{invoice_id}/late-claims", status_code=201, name="late-payment.claim")
def claim_late_payment(invoice_id: UUID, asked: ClaimLatePayment, ask: Ask) -> Recorded:
    """Claim interest and the flat sum by the law of the client's kind, less what was claimed before."""
    return ask(asked, on=asked.effective_on).record(late_payment.claim_late_payment, invoice_id=invoice_id)


@router.post("/invoices/{invoice_id}/late-claims/waiving", status_code=201, name="late-payment.waive")
def waive_late_claim(invoice_id: UUID, asked: WaiveLateClaim, ask: Ask) -> Recorded:
    """Ask for some of it no longer; it is not claimed anew."""
    return ask(asked, on=asked.effective_on).record(
        late_payment.waive_late_claim, invoice_id=invoice_id, amount_c=asked.amount_c, reason=asked.reason
    )


@router.post(
    "/invoices/{invoice_id}/late-claims/waiving/reversal", status_code=201, name="late-payment.reverse-waiver"
)
def reverse_waiver(invoice_id: UUID, asked: ReverseWaiver, ask: Ask) -> Recorded:
    """Ask again for what was waived by mistake."""
    return ask(asked, on=asked.effective_on).record(
        late_payment.reverse_waiver, invoice_id=invoice_id, amount_c=asked.amount_c, reason=asked.reason
    )


@router.post("/invoices/{invoice_id}/late-claims/reversal", status_code=201, name="late-payment.reverse")
def reverse_late_claim(invoice_id: UUID, asked: ReverseLateClaim, ask: Ask) -> Recorded:
    """Take back what was claimed by mistake and is not paid; it can be claimed anew."""
    return ask(asked, on=asked.effective_on).record(
        late_payment.reverse_late_claim, invoice_id=invoice_id, reason=asked.reason
    )


@router.post("/bank/lines/{line_id}/late-payments", status_code=201, name="late-payment.receive")
def receive_late_payment(line_id: UUID, asked: PartOfReceipt, ask: Ask) -> Recorded:
    """Set part of a receipt against what is claimed for paying late; the invoice stays as open as it was."""
    return ask(asked, on=asked.effective_on).record(
        late_payment.receive_late_payment,
        bank_line_id=line_id,
        invoice_id=asked.invoice_id,
        amount_c=asked.amount_c,
    )


@router.post("/bank/lines/{line_id}/late-payments/undoing", status_code=201, name="late-payment.undo")
def undo_late_payment(line_id: UUID, asked: UndoLatePayment, ask: Ask) -> Recorded:
    """Take back what was set against it by mistake."""
    return ask(asked, on=asked.effective_on).record(
        late_payment.undo_late_payment,
        bank_line_id=line_id,
        invoice_id=asked.invoice_id,
        amount_c=asked.amount_c,
        reason=asked.reason,
    )


@router.post("/bank/lines/{line_id}/late-payments/returning", status_code=201, name="late-payment.return")
def return_late_payment(line_id: UUID, asked: ReturnLatePayment, ask: Ask) -> Recorded:
    """Say that this money out takes back what another line paid of it."""
    return ask(asked, on=asked.effective_on).record(
        late_payment.return_late_payment,
        bank_line_id=line_id,
        of_line_id=asked.of_line_id,
        invoice_id=asked.invoice_id,
        amount_c=asked.amount_c,
        reason_code=asked.reason_code,
    )


@router.get("/reminders", name="reminders.view")
def view_reminders(
    look: Look,
    entity_id: OfEntity = None,
    invoice_id: OfInvoice = None,
    before: Position | None = None,
    limit: Limit = 100,
) -> Reminders:
    """Show the payment reminders, the latest first, and when they were sent."""
    position = look.standing_at(LATE_PAYMENTS.name)
    found = views.reminders(
        look.reader, entity_id=entity_id, invoice_id=invoice_id, before=before, limit=limit
    )
    return Reminders(position=position, reminders=found, next=next_of(found, limit))


@router.get("/late-claims", name="late-claims.view")
def view_late_claims(
    look: Look,
    entity_id: OfEntity = None,
    before: Position | None = None,
    limit: Limit = 100,
) -> LateClaims:
    """Show what is claimed for paying late, the latest first."""
    position = look.standing_at(LATE_PAYMENTS.name)
    found = views.late_claims(look.reader, entity_id=entity_id, before=before, limit=limit)
    return LateClaims(position=position, late_claims=found, next=next_of(found, limit))


@router.get("/invoices/{invoice_id}/late-claims", name="late-claim.view")
def view_late_claim(invoice_id: UUID, look: Look) -> OneLateClaim:
    """Show what is claimed for paying one invoice late, with the days behind its interest."""
    position = look.standing_at(LATE_PAYMENTS.name)
    found = views.late_claims(look.reader, invoice_id=invoice_id)
    if not found:
        raise UnknownRecord(kind="late-claim", id=invoice_id)
    (claim,) = found
    return OneLateClaim(
        position=position, late_claim=claim, spans=views.spans_of(look.reader, claim.claim_id)
    )
