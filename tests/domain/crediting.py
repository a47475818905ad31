"""What is asked of a credit note, and what an invoice, its activity and the fund stand at after it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.aggregates.credit_note import CreditNote
from domain.ledger.credit_notes import issue_credit_note
from domain.vat import CreditedBase, VatCategory
from tests.domain.spending import DAY, INVOICE
from tests.paper import PaperLedger

NOTE, NEXT_NOTE = UUID(int=800), UUID(int=801)


def base(base_c: int, rate_bp: int = 2_100, exemption_code: str = "") -> CreditedBase:
    """So much of the row at 21 %, or at another rate, net of VAT."""
    category = VatCategory.STANDARD if rate_bp else VatCategory.EXEMPT
    return CreditedBase(category, rate_bp, exemption_code, base_c)


def credit(
    ledger: PaperLedger,
    *rows: CreditedBase,
    credit_note_id: UUID = NOTE,
    invoice_id: UUID = INVOICE,
    on: date = DAY,
    reason: str = "not delivered",
    **asked: Any,
) -> CreditNote.Issued:
    """Credit these bases of the invoice, or all that is left; what the credit note says."""
    says: dict[str, Any] = {
        "credit_note_id": credit_note_id,
        "invoice_id": invoice_id,
        "issued_on": on,
        "reason": reason,
        "rows": rows or None,
    }
    recorded = ledger.perform(issue_credit_note, on=on, **says | asked)
    (issued,) = (each for each in recorded if isinstance(each, CreditNote.Issued))
    return issued
