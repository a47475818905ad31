"""A cooperative whose activity has money, and what is asked to spend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from domain.aggregates.expense_claim import ClaimLine
from domain.bookkeeping.rules_v1 import book
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.invoicing import issue_invoice
from domain.spending import ExpenseType
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ACTIVITY,
    MEMBER,
    OPENING_C,
    entry,
    found,
    invoice,
    line,
    statement,
)
from tests.paper import PaperLedger

DAY = date(2026, 1, 8)
CLAIM = UUID(int=701)
INVOICE = UUID(int=500)
PAYEE_IBAN = "BE29539000000289"
CLOSING_C = OPENING_C + 1_210_00


def paid_cooperative() -> PaperLedger:
    """The cooperative after one invoice of 1,000.00 + 210.00, paid by statement 1."""
    ledger = PaperLedger()
    found(ledger.perform)
    ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, on=DAY))
    receipt = statement(1, [entry("1", 1_210_00, on=DAY)], opening_c=OPENING_C, on=DAY)
    ledger.perform(import_statements, account=ACCOUNT, statements=[receipt])
    ledger.perform(
        allocate_receipt,
        on=DAY,
        bank_line_id=line_id(ACCOUNT_ID, "2026/1", "1"),
        invoice_id=INVOICE,
        amount_c=1_210_00,
    )
    return ledger


def fill_the_fund(ledger: PaperLedger) -> None:
    """Let the fund collect 3,000.00 more, by statement 2."""
    larger = UUID(int=501)
    ledger.perform(issue_invoice, on=DAY, **invoice(larger, line("300000"), on=DAY))
    receipt = statement(2, [entry("1", 363_000_00, on=DAY)], opening_c=CLOSING_C, on=DAY)
    ledger.perform(import_statements, account=ACCOUNT, statements=[receipt])
    ledger.perform(
        allocate_receipt,
        on=DAY,
        bank_line_id=line_id(ACCOUNT_ID, "2026/2", "1"),
        invoice_id=larger,
        amount_c=363_000_00,
    )


def bank_pays(
    ledger: PaperLedger, *amounts_c: int, number: int = 2, opening_c: int = CLOSING_C
) -> list[UUID]:
    """The bank's next statement with these amounts out; its lines."""
    entries = [entry(str(n), -cents, on=DAY) for n, cents in enumerate(amounts_c)]
    ledger.perform(
        import_statements,
        account=ACCOUNT,
        statements=[statement(number, entries, opening_c=opening_c, on=DAY)],
    )
    return [line_id(ACCOUNT_ID, f"2026/{number}", each.key) for each in entries]


def expense(
    net_c: int = 50_00, vat_c: int = 10_50, vat_deductible_c: int = 10_50, *, sha256: str = "ab" * 32
) -> ClaimLine:
    """Supplies of 50.00 + 10.50, all of whose VAT is deductible, unless told otherwise."""
    return ClaimLine(date(2026, 1, 2), ExpenseType.SUPPLIES, net_c, vat_c, vat_deductible_c, sha256)


def claimed(*lines: ClaimLine, **says: Any) -> dict[str, Any]:
    """What is asked of `submit_claim`."""
    asked: dict[str, Any] = {
        "claim_id": CLAIM,
        "activity_id": ACTIVITY,
        "claimant_id": MEMBER,
        "lines": lines or (expense(),),
        "purpose": "Screws",
    }
    return asked | says


def balances(facts: Sequence[Any]) -> Counter[str]:
    """What each account stands at by these facts, debits less credits, in cents; 0 for any other."""
    sums: Counter[str] = Counter()
    for each in facts:
        entry = book(each)
        for moved in entry.lines if entry is not None else ():
            sums[moved.account] += moved.debit_c - moved.credit_c
    return sums
