"""A credit note in the world of the read models."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from domain.aggregates.credit_note import CreditNote
from domain.ledger.credit_notes import issue_credit_note
from domain.vat import CreditedBase, VatCategory
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
