"""Credit notes and fees in the world of the read models."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from domain.aggregates.credit_note import CreditNote
from domain.ledger.credit_notes import issue_credit_note
from domain.ledger.returns import record_bank_fee, return_receipt
from domain.vat import CreditedBase, VatCategory
from tests.cooperative import ACTIVITY
from tests.projections.world import World


def credits_invoice(
    world: World, invoice_id: UUID, *, on: date, base_c: int | None = None
) -> CreditNote.Issued:
    """Credit so much of the invoice's row at 21 %, or all that is left of it."""
    rows = None if base_c is None else [CreditedBase(VatCategory.STANDARD, 2_100, "", base_c)]
    outcome = world.perform(
        issue_credit_note,
        on=on,
        credit_note_id=uuid4(),
        invoice_id=invoice_id,
        issued_on=on,
        reason="not delivered",
        rows=rows,
    )
    return next(fact.event for fact in outcome.facts if isinstance(fact.event, CreditNote.Issued))


def charges_a_fee(world: World, *, on: date) -> None:
    """Let an activity that has earned nothing bear a bank fee of 1.00: that holds its payouts."""
    (fee,) = world.receives(-1_00, on=on)
    world.perform(record_bank_fee, on=on, bank_line_id=fee, amount_c=1_00, activity_id=ACTIVITY)


def takes_a_receipt_back(world: World, *, on: date) -> None:
    """Let the bank take back 2.00 of a receipt of 3.00 that nobody allocated."""
    receipt, taken = world.receives(3_00, -2_00, on=on)
    world.perform(return_receipt, on=on, bank_line_id=taken, of_line_id=receipt, amount_c=2_00)
