"""What is asked about a claim that may not come, and what everything stands at after it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.ledger import doubts, losses
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.invoicing import issue_invoice
from tests.cooperative import ACCOUNT, ACCOUNT_ID, OPENING_C, entry, found, invoice, line, statement
from tests.domain.spending import DAY, INVOICE
from tests.paper import PaperLedger

BALANCE_SHEET_DAY, JUDGED_ON = date(2026, 1, 31), date(2026, 1, 20)
RECEIPT, LATER_RECEIPT = (line_id(ACCOUNT_ID, "2026/1", key) for key in ("1", "2"))
IMPORTED_C = 5_000_00


def invoiced(*lines: Any) -> PaperLedger:
    """The cooperative after one invoice, of 1,000.00 + 210.00 unless told otherwise, and two receipts."""
    ledger = PaperLedger()
    found(ledger.perform)
    ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, *(lines or (line("1000"),)), on=DAY))
    entries = [entry(key, IMPORTED_C, on=DAY) for key in ("1", "2")]
    received = statement(1, entries, opening_c=OPENING_C, on=DAY)
    ledger.perform(import_statements, on=DAY, account=ACCOUNT, statements=[received])
    return ledger


def doubt(ledger: PaperLedger, amount_c: int | None = None, reason: str = "it went bankrupt") -> list[Any]:
    """Doubt so much of the invoice, or all that is open."""
    asked: dict[str, Any] = {"invoice_id": INVOICE, "amount_c": amount_c, "reason": reason}
    return ledger.perform(doubts.declare_doubt, on=DAY, **asked)


def adjust(ledger: PaperLedger, amount_c: int, on: date = BALANCE_SHEET_DAY) -> list[Any]:
    """Charge so much at the end of the month."""
    return ledger.perform(doubts.record_value_adjustment, on=on, invoice_id=INVOICE, amount_c=amount_c)


def reclaim(ledger: PaperLedger, judgment_on: date = JUDGED_ON, on: date = BALANCE_SHEET_DAY) -> list[Any]:
    """Reclaim the VAT of what is doubtful."""
    return ledger.perform(losses.reclaim_vat, on=on, invoice_id=INVOICE, judgment_on=judgment_on)


def lose(ledger: PaperLedger, amount_c: int | None = None) -> list[Any]:
    """Give so much up, or all that is doubtful."""
    asked: dict[str, Any] = {"invoice_id": INVOICE, "amount_c": amount_c}
    return ledger.perform(losses.recognise_loss, on=BALANCE_SHEET_DAY, **asked)


def recover(ledger: PaperLedger, amount_c: int, bank_line_id: UUID = LATER_RECEIPT) -> list[Any]:
    """Let so much of it come after all."""
    asked: dict[str, Any] = {"bank_line_id": bank_line_id, "invoice_id": INVOICE, "amount_c": amount_c}
    return ledger.perform(losses.receive_recovery, on=BALANCE_SHEET_DAY, **asked)


def pay(
    ledger: PaperLedger, amount_c: int, bank_line_id: UUID = RECEIPT, invoice_id: UUID = INVOICE
) -> list[Any]:
    """Let the client pay so much."""
    asked: dict[str, Any] = {"bank_line_id": bank_line_id, "invoice_id": invoice_id, "amount_c": amount_c}
    return ledger.perform(allocate_receipt, on=DAY, **asked)
