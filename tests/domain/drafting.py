"""What is asked about drafts of invoices."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.aggregates.invoice_draft import InvoiceDraft
from domain.ledger import invoice_drafts as cases
from domain.ledger.invoicing import AskedLine
from tests.cooperative import ACTIVITY, CLIENT, MEMBER, found, line
from tests.paper import PaperLedger

DRAFT, INVOICE = UUID(int=570), UUID(int=571)
DRAFTED_ON, ISSUED_ON = date(2026, 1, 5), date(2026, 1, 10)
MEMBERS_KEY, OFFICE = "carla", "anna"


def drafted(*lines: AskedLine) -> PaperLedger:
    """The cooperative after a draft of 1,000.00 + 210.00 by a member, unless told otherwise."""
    ledger = PaperLedger()
    found(ledger.perform)
    draft(ledger, *lines)
    return ledger


def draft(ledger: PaperLedger, *lines: AskedLine, actor: str = MEMBERS_KEY, **says: Any) -> None:
    asked: dict[str, Any] = {
        "invoice_draft_id": DRAFT,
        "activity_id": ACTIVITY,
        "client_id": CLIENT,
        "membership_id": MEMBER,
        "supplied_on": DRAFTED_ON,
        "lines": lines or (line(),),
    }
    ledger.perform(cases.draft_invoice, on=DRAFTED_ON, actor=actor, **asked | says)


def perform(
    ledger: PaperLedger, case: Any, *, on: date = DRAFTED_ON, actor: str = MEMBERS_KEY, **says: Any
) -> None:
    """Ask something of the draft, as the member who drafted it."""
    ledger.perform(case, on=on, actor=actor, invoice_draft_id=DRAFT, **says)


def submitted(*lines: AskedLine) -> PaperLedger:
    """The draft, handed in."""
    ledger = drafted(*lines)
    perform(ledger, cases.submit_invoice_draft)
    return ledger


def amend(ledger: PaperLedger, *lines: AskedLine, actor: str = MEMBERS_KEY) -> None:
    """Let it ask for 500.00, unless told otherwise."""
    says: dict[str, Any] = {"supplied_on": DRAFTED_ON, "lines": lines or (line("500"),)}
    perform(ledger, cases.amend_invoice_draft, actor=actor, **says)


def reject(ledger: PaperLedger, reason: str = "the hours are missing") -> None:
    """Give it back, as staff."""
    perform(ledger, cases.reject_invoice_draft, on=ISSUED_ON, actor=OFFICE, reason=reason)


def issue(ledger: PaperLedger, *, actor: str = OFFICE, **says: Any) -> None:
    """Issue it on 10 January, as staff."""
    asked: dict[str, Any] = {"invoice_id": INVOICE, "issued_on": ISSUED_ON, "due_on": None, **says}
    perform(ledger, cases.issue_invoice_draft, on=ISSUED_ON, actor=actor, **asked)


def invoice_draft(ledger: PaperLedger) -> InvoiceDraft:
    """The draft as it stands."""
    return ledger.get(InvoiceDraft, DRAFT)
