"""Deficits of activities at their end: recognised, repaid, set off, covered by a fund, written off."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from api.context import Ask
from api.evidence import entity_of_deficit, resting_on
from api.forms import Cents, Dated, Line
from api.guard import GuardedRoute
from api.looking import Look, OfEntity
from api.replies import Recorded
from domain.ledger import deficit_receipts, deficit_set_offs, deficits
from projections import deficits as views
from projections.deficits import DEFICITS, DeficitOwed

router = APIRouter(tags=["activities"], route_class=GuardedRoute)


class RecogniseDeficit(Dated):
    """Who owes what the activity lacks, or that much of it, and what that rests on."""

    deficit_id: UUID | None = None
    activity_id: UUID
    membership_id: UUID
    amount_c: Cents | None = None
    decision_ref: Line


class RecordConsent(Dated):
    """How much may be set off against the withdrawal share; the signed document by its SHA-256."""

    amount_c: Cents
    evidence_sha256: Line


class RepayDeficit(Dated):
    """How much of a receipt pays a deficit."""

    deficit_id: UUID
    amount_c: Cents


class RecoverDeficit(Dated):
    """How much of a receipt came of what was written off of a deficit."""

    deficit_id: UUID
    amount_c: Cents


class UndoDeficitReceipt(RepayDeficit):
    """What was set against it by mistake, and why that was one."""

    reason: Line


class ReturnDeficitReceipt(RepayDeficit):
    """The receipt that this money out takes back; the bank's reason code."""

    of_line_id: UUID
    reason_code: Line = ""


class SetOffShare(Dated):
    """How much of a withdrawal share pays the deficit."""

    withdrawal_id: UUID
    amount_c: Cents


class SetOffWage(Dated):
    """How much of a posted wage pays the deficit."""

    payroll_id: UUID
    amount_c: Cents


class UndoShareSetOff(SetOffShare):
    """What was set off by mistake, and why that was one."""

    reason: Line


class UndoWageSetOff(SetOffWage):
    """What was withheld by mistake, and why that was one."""

    reason: Line


class CoverDeficit(Dated):
    """The decided grant that pays the deficit."""

    aid_id: UUID


class WriteDeficitOff(Dated):
    """The decision by which the rest is expected no longer."""

    decision_ref: Line


class UndoWriteOff(Dated):
    """The decision by which it is expected after all."""

    decision_ref: Line


class Deficits(BaseModel):
    """Deficits in the order in which they were recognised, with what became of each."""

    position: int
    deficits: list[DeficitOwed]


@router.post("/deficits", status_code=201, name="deficit.recognise")
def recognise_deficit(asked: RecogniseDeficit, ask: Ask) -> Recorded:
    """Let a member who ran a closing activity owe what it lacks."""
    return ask(asked, on=asked.effective_on).record(
        deficits.recognise_deficit,
        deficit_id=ask.id_or_new(asked.deficit_id),
        activity_id=asked.activity_id,
        membership_id=asked.membership_id,
        amount_c=asked.amount_c,
        decision_ref=asked.decision_ref,
    )


@router.get("/deficits", name="deficits.view")
def view_deficits(look: Look, entity_id: OfEntity = None) -> Deficits:
    """Show the deficits, what is still owed of each, and what paid the rest."""
    position = look.standing_at(DEFICITS.name)
    found = views.deficits(look.reading(DEFICITS.name), entity_id=entity_id)
    return Deficits(position=position, deficits=found)


@router.post("/deficits/{deficit_id}/consents", status_code=201, name="deficit.consent")
def record_consent(deficit_id: UUID, asked: RecordConsent, ask: Ask) -> Recorded:
    """Record that the person agreed, by a document kept for the entity, to a set-off against the withdrawal share."""
    entity_id = entity_of_deficit(ask.services, deficit_id)
    return ask(asked, on=asked.effective_on).record(
        resting_on(ask.services, asked.evidence_sha256, entity_id, deficits.record_consent),
        deficit_id=deficit_id,
        amount_c=asked.amount_c,
        evidence_sha256=asked.evidence_sha256,
    )


@router.post("/bank/lines/{line_id}/deficit-repayments", status_code=201, name="deficit.repay")
def repay_deficit(line_id: UUID, asked: RepayDeficit, ask: Ask) -> Recorded:
    """Set part of a receipt against a deficit."""
    return ask(asked, on=asked.effective_on).record(
        deficits.repay_deficit,
        bank_line_id=line_id,
        deficit_id=asked.deficit_id,
        amount_c=asked.amount_c,
    )


@router.post("/bank/lines/{line_id}/deficit-recoveries", status_code=201, name="deficit.recover")
def recover_deficit(line_id: UUID, asked: RecoverDeficit, ask: Ask) -> Recorded:
    """Set part of a receipt against what was written off of a deficit."""
    return ask(asked, on=asked.effective_on).record(
        deficits.recover_deficit,
        bank_line_id=line_id,
        deficit_id=asked.deficit_id,
        amount_c=asked.amount_c,
    )


@router.post("/bank/lines/{line_id}/deficit-receipts/undoing", status_code=201, name="deficit.undo-receipt")
def undo_deficit_receipt(line_id: UUID, asked: UndoDeficitReceipt, ask: Ask) -> Recorded:
    """Take back what a receipt paid of a deficit, or of what was written off of it, by mistake."""
    return ask(asked, on=asked.effective_on).record(
        deficit_receipts.undo_deficit_receipt,
        bank_line_id=line_id,
        deficit_id=asked.deficit_id,
        amount_c=asked.amount_c,
        reason=asked.reason,
    )


@router.post(
    "/bank/lines/{line_id}/deficit-receipts/returning", status_code=201, name="deficit.return-receipt"
)
def return_deficit_receipt(line_id: UUID, asked: ReturnDeficitReceipt, ask: Ask) -> Recorded:
    """Say that this money out takes back what another line had paid of it."""
    return ask(asked, on=asked.effective_on).record(
        deficit_receipts.return_deficit_receipt,
        bank_line_id=line_id,
        of_line_id=asked.of_line_id,
        deficit_id=asked.deficit_id,
        amount_c=asked.amount_c,
        reason_code=asked.reason_code,
    )


@router.post("/deficits/{deficit_id}/share-set-offs", status_code=201, name="deficit.set-off-share")
def set_off_share(deficit_id: UUID, asked: SetOffShare, ask: Ask) -> Recorded:
    """Pay part of a deficit out of the same person's withdrawal share, as far as they agreed."""
    return ask(asked, on=asked.effective_on).record(
        deficits.set_off_share,
        deficit_id=deficit_id,
        withdrawal_id=asked.withdrawal_id,
        amount_c=asked.amount_c,
    )


@router.post("/deficits/{deficit_id}/wage-set-offs", status_code=201, name="deficit.set-off-wage")
def set_off_wage(deficit_id: UUID, asked: SetOffWage, ask: Ask) -> Recorded:
    """Withhold part of a deficit from a wage of the same person, within the statutory limit."""
    return ask(asked, on=asked.effective_on).record(
        deficits.set_off_wage,
        deficit_id=deficit_id,
        payroll_id=asked.payroll_id,
        amount_c=asked.amount_c,
    )


@router.post(
    "/deficits/{deficit_id}/share-set-offs/undoing", status_code=201, name="deficit.undo-share-set-off"
)
def undo_share_set_off(deficit_id: UUID, asked: UndoShareSetOff, ask: Ask) -> Recorded:
    """Owe both again, the deficit and the withdrawal share, as far as they were set off by mistake."""
    return ask(asked, on=asked.effective_on).record(
        deficit_set_offs.undo_share_set_off,
        deficit_id=deficit_id,
        withdrawal_id=asked.withdrawal_id,
        amount_c=asked.amount_c,
        reason=asked.reason,
    )


@router.post(
    "/deficits/{deficit_id}/wage-set-offs/undoing", status_code=201, name="deficit.undo-wage-set-off"
)
def undo_wage_set_off(deficit_id: UUID, asked: UndoWageSetOff, ask: Ask) -> Recorded:
    """Owe both again, the deficit and the wage, as far as the one was withheld from the other by mistake."""
    return ask(asked, on=asked.effective_on).record(
        deficit_set_offs.undo_wage_set_off,
        deficit_id=deficit_id,
        payroll_id=asked.payroll_id,
        amount_c=asked.amount_c,
        reason=asked.reason,
    )


@router.post("/deficits/{deficit_id}/covering", status_code=201, name="deficit.cover")
def cover_deficit(deficit_id: UUID, asked: CoverDeficit, ask: Ask) -> Recorded:
    """Let a grant that a fund decided pay a deficit of its activity, as a second person."""
    return ask(asked, on=asked.effective_on).record(
        deficits.cover_deficit, deficit_id=deficit_id, aid_id=asked.aid_id
    )


@router.post("/deficits/{deficit_id}/write-off", status_code=201, name="deficit.write-off")
def write_deficit_off(deficit_id: UUID, asked: WriteDeficitOff, ask: Ask) -> Recorded:
    """Expect the rest of a deficit no longer, as a second person; the cooperative bears it."""
    return ask(asked, on=asked.effective_on).record(
        deficits.write_deficit_off, deficit_id=deficit_id, decision_ref=asked.decision_ref
    )


@router.post("/deficits/{deficit_id}/write-off/undoing", status_code=201, name="deficit.undo-write-off")
def undo_write_off(deficit_id: UUID, asked: UndoWriteOff, ask: Ask) -> Recorded:
    """Let what was written off by mistake, and has not come since, be owed again, as a second person."""
    return ask(asked, on=asked.effective_on).record(
        deficits.undo_write_off, deficit_id=deficit_id, decision_ref=asked.decision_ref
    )
