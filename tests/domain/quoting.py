"""What is asked about quotations and client orders."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.aggregates.quotation import Quotation
from domain.ledger import quotations as cases
from domain.ledger.invoicing import AskedLine
from tests.cooperative import ACTIVITY, CLIENT, found, line
from tests.paper import PaperLedger

QUOTATION, INVOICE, OTHER_INVOICE = UUID(int=520), UUID(int=521), UUID(int=522)
DRAFTED_ON, CONFIRMED_ON, VALID_UNTIL = date(2026, 1, 5), date(2026, 1, 10), date(2026, 1, 31)
PROOF, OTHER_PROOF = "ab" * 32, "cd" * 32


def drafted(*lines: AskedLine) -> PaperLedger:
    """The cooperative after a draft of 1,000.00 + 210.00, valid until 31 January, unless told otherwise."""
    ledger = PaperLedger()
    found(ledger.perform)
    draft(ledger, *lines)
    return ledger


def draft(ledger: PaperLedger, *lines: AskedLine, quotation_id: UUID = QUOTATION, **says: Any) -> None:
    asked: dict[str, Any] = {
        "quotation_id": quotation_id,
        "activity_id": ACTIVITY,
        "client_id": CLIENT,
        "valid_until": VALID_UNTIL,
        "lines": lines or (line(),),
    }
    ledger.perform(cases.draft_quotation, on=DRAFTED_ON, **asked | says)


def perform(ledger: PaperLedger, case: Any, on: date = DRAFTED_ON, **says: Any) -> None:
    """Ask something of the quotation."""
    ledger.perform(case, on=on, quotation_id=QUOTATION, **says)


def accepted(*lines: AskedLine) -> PaperLedger:
    """The quotation, sent and accepted."""
    ledger = drafted(*lines)
    perform(ledger, cases.send_quotation)
    perform(ledger, cases.accept_quotation)
    return ledger


def ordered(*lines: AskedLine) -> PaperLedger:
    """The order, confirmed on 10 January."""
    ledger = accepted(*lines)
    perform(ledger, cases.confirm_order, on=CONFIRMED_ON, evidence_sha256=PROOF)
    return ledger


def invoice_it(
    ledger: PaperLedger, *lines: AskedLine, invoice_id: UUID = INVOICE, on: date = CONFIRMED_ON, **says: Any
) -> None:
    """Invoice these lines of the order, or all of it."""
    days = {"issued_on": on, "supplied_on": on, "due_on": None}
    asked = {"invoice_id": invoice_id, "lines": lines or None, **days, **says}
    perform(ledger, cases.invoice_order, on=on, **asked)


def quotation(ledger: PaperLedger) -> Quotation:
    """The quotation as it stands."""
    return ledger.get(Quotation, QUOTATION)
