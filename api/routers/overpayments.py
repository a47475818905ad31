"""What a bank line can mean besides a receipt for an invoice: overpayments, returned payments, fees."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import AfterValidator, BaseModel

from api.context import Ask
from api.forms import Cents, Dated, Line
from api.guard import GuardedRoute
from api.looking import Look, OfEntity
from api.replies import Recorded
from api.routers.bank import BankLines
from domain.ledger import overpayments, returns
from interchange.identifiers import iban
from projections import bank_lines as views
from projections import overpayments as held_views
from projections.bank_lines import BANK_LINES
from projections.overpayments import Overpayment

router = APIRouter(prefix="/bank", tags=["bank"], route_class=GuardedRoute)


class HoldOverpayment(Dated):
    """Part of a receipt that is more than the client owed."""

    client_id: UUID
    amount_c: Cents


class ReleaseOverpayment(Dated):
    """Part of what is held for a client, to wait again on its receipt."""

    client_id: UUID
    amount_c: Cents


class AllocateOverpayment(Dated):
    """Part of what is held, for another invoice of the same client."""

    invoice_id: UUID
    amount_c: Cents


class OrderRefund(Dated):
    """Part of what is held, to be paid back to the client."""

    order_id: UUID | None = None
    client_id: UUID
    amount_c: Cents
    payee_iban: Annotated[Line, AfterValidator(iban)]


class UndoAllocation(Dated):
    """What was set against the wrong invoice, and why it was wrong."""

    invoice_id: UUID
    amount_c: Cents
    reason: Line


class ReturnPayment(Dated):
    """The receipt and the invoice whose payment this money out takes back; the bank's reason code."""

    of_line_id: UUID
    invoice_id: UUID
    amount_c: Cents
    reason_code: Line | None = None


class ReturnReceipt(Dated):
    """The receipt of which this money out takes back what is not allocated; the bank's reason code."""

    of_line_id: UUID
    amount_c: Cents
    reason_code: Line | None = None


class RecordFee(Dated):
    """The bank's fee; without an activity the cooperative bears it."""

    amount_c: Cents
    activity_id: UUID | None = None


class Overpayments(BaseModel):
    """What is held for clients, the oldest first."""

    position: int
    overpayments: list[Overpayment]


@router.post("/lines/{line_id}/overpayments", status_code=201, name="overpayment.hold")
def hold_overpayment(line_id: UUID, asked: HoldOverpayment, ask: Ask) -> Recorded:
    """Hold part of a receipt for a client."""
    return ask(asked, on=asked.effective_on).record(
        overpayments.hold_overpayment,
        bank_line_id=line_id,
        client_id=asked.client_id,
        amount_c=asked.amount_c,
    )


@router.post("/lines/{line_id}/overpayments/releases", status_code=201, name="overpayment.release")
def release_overpayment(line_id: UUID, asked: ReleaseOverpayment, ask: Ask) -> Recorded:
    """Hold part of it no longer: it was held for the wrong client, or the bank took the receipt back."""
    return ask(asked, on=asked.effective_on).record(
        overpayments.release_overpayment,
        bank_line_id=line_id,
        client_id=asked.client_id,
        amount_c=asked.amount_c,
    )


@router.post("/lines/{line_id}/overpayments/allocations", status_code=201, name="overpayment.allocate")
def allocate_overpayment(line_id: UUID, asked: AllocateOverpayment, ask: Ask) -> Recorded:
    """Set part of what is held against an invoice of the same client."""
    return ask(asked, on=asked.effective_on).record(
        overpayments.allocate_overpayment,
        bank_line_id=line_id,
        invoice_id=asked.invoice_id,
        amount_c=asked.amount_c,
    )


@router.post("/lines/{line_id}/overpayments/refunds", status_code=201, name="refund.order")
def order_refund(line_id: UUID, asked: OrderRefund, ask: Ask) -> Recorded:
    """Order that part of what is held is paid back."""
    return ask(asked, on=asked.effective_on).record(
        overpayments.order_refund,
        order_id=ask.id_or_new(asked.order_id),
        bank_line_id=line_id,
        client_id=asked.client_id,
        amount_c=asked.amount_c,
        payee_iban=asked.payee_iban,
    )


@router.post("/lines/{line_id}/undone-allocations", status_code=201, name="allocation.undo")
def undo_allocation(line_id: UUID, asked: UndoAllocation, ask: Ask) -> Recorded:
    """Take back an allocation that was wrong."""
    return ask(asked, on=asked.effective_on).record(
        returns.undo_allocation,
        bank_line_id=line_id,
        invoice_id=asked.invoice_id,
        amount_c=asked.amount_c,
        reason=asked.reason,
    )


@router.post("/lines/{line_id}/returned-payments", status_code=201, name="client-payment.return")
def return_payment(line_id: UUID, asked: ReturnPayment, ask: Ask) -> Recorded:
    """Say that this money out takes back a client's payment."""
    return ask(asked, on=asked.effective_on).record(
        returns.return_payment,
        bank_line_id=line_id,
        of_line_id=asked.of_line_id,
        invoice_id=asked.invoice_id,
        amount_c=asked.amount_c,
        reason_code=asked.reason_code or "",
    )


@router.post("/lines/{line_id}/returned-receipts", status_code=201, name="receipt.return")
def return_receipt(line_id: UUID, asked: ReturnReceipt, ask: Ask) -> Recorded:
    """Say that this money out takes back what of another line, a receipt, is not allocated."""
    return ask(asked, on=asked.effective_on).record(
        returns.return_receipt,
        bank_line_id=line_id,
        of_line_id=asked.of_line_id,
        amount_c=asked.amount_c,
        reason_code=asked.reason_code or "",
    )


@router.post("/lines/{line_id}/fees", status_code=201, name="bank-fee.record")
def record_bank_fee(line_id: UUID, asked: RecordFee, ask: Ask) -> Recorded:
    """Say that this money out is the bank's fee."""
    return ask(asked, on=asked.effective_on).record(
        returns.record_bank_fee,
        bank_line_id=line_id,
        amount_c=asked.amount_c,
        activity_id=asked.activity_id,
    )


@router.get("/lines/unexplained", name="unexplained-lines.view")
def view_unexplained_lines(look: Look, entity_id: OfEntity = None) -> BankLines:
    """Show the lines, money in and out, that are not yet explained whole, the oldest first."""
    position = look.standing_at(BANK_LINES.name)
    lines = views.unexplained_lines(look.reading(BANK_LINES.name), entity_id=entity_id)
    return BankLines(position=position, lines=lines, next=None)


@router.get("/overpayments", name="overpayments.view")
def view_overpayments(look: Look, entity_id: OfEntity = None) -> Overpayments:
    """Show what is held for clients."""
    position = look.standing_at(BANK_LINES.name)
    held = held_views.overpayments(look.reading(BANK_LINES.name), entity_id=entity_id)
    return Overpayments(position=position, overpayments=held)
