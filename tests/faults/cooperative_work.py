"""What the clients of a cooperative ask while it is shaken: invoices, claims, and what must be refused.

What a key asks follows from the key alone. Invoices meet in one number series, one activity and one
fund; claims spend what the activity has collected until it is spent; invoices of a month that nobody
opened are refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from random import Random
from typing import Any
from uuid import UUID, uuid5

from domain.aggregates.expense_claim import ClaimLine
from domain.facts import Stamp
from domain.ledger import bank, claims, invoicing
from domain.ledger.books import Books
from domain.spending import ExpenseType
from eventstore.desk import Caller, Desk
from tests import cooperative

DAY = date(2026, 3, 2)
UNOPENED = date(2026, 6, 1)
HERE = UUID("fa017000-0000-4000-8000-000000000000")
PAID = "20000"
MOST_CLAIMED_C = 60_00
UseCase = Callable[[Books, Stamp], object]


@dataclass(frozen=True)
class Wanted:
    """One request: as a form for the API, and as a use case for who works on the books directly."""

    path: str
    form: dict[str, Any]
    operation: str
    effective_on: date
    use_case: UseCase


def wanted(key: str) -> Wanted:
    """Return what this key asks."""
    chance = Random(key)  # noqa: S311 - chance, not secrecy
    draw = chance.random()
    if draw < 0.6:
        return _invoice(key, str(chance.randint(1, 2_000)), on=DAY)
    if draw < 0.7:
        return _invoice(key, "100", on=UNOPENED)
    return _claim(key, chance.randint(1_00, MOST_CLAIMED_C))


def _invoice(key: str, unit_price: str, *, on: date) -> Wanted:
    asked = cooperative.invoice(uuid5(HERE, key), cooperative.line(unit_price), on=on)
    line = {
        "description": "Carpentry",
        "quantity": "1",
        "unit_price": unit_price,
        "vat_category": "S",
        "vat_rate_bp": 2_100,
    }
    form = {
        "invoice_id": str(asked["invoice_id"]),
        "activity_id": str(cooperative.ACTIVITY),
        "client_id": str(cooperative.CLIENT),
        "issued_on": on.isoformat(),
        "supplied_on": on.isoformat(),
        "lines": [line],
    }
    return Wanted("/v1/invoices", form, "invoice.issue", on, partial(_run, invoicing.issue_invoice, asked))


def _claim(key: str, net_c: int) -> Wanted:
    claim_id = uuid5(HERE, key)
    asked = {
        "claim_id": claim_id,
        "activity_id": cooperative.ACTIVITY,
        "claimant_id": cooperative.MEMBER,
        "purpose": "tools",
        "lines": [ClaimLine(DAY, ExpenseType.SUPPLIES, net_c, 0, 0, f"{claim_id.int:064x}")],
    }
    form = {
        "claim_id": str(claim_id),
        "activity_id": str(cooperative.ACTIVITY),
        "claimant_id": str(cooperative.MEMBER),
        "purpose": "tools",
        "effective_on": DAY.isoformat(),
        "lines": [
            {
                "spent_on": DAY.isoformat(),
                "type": ExpenseType.SUPPLIES.value,
                "net_c": net_c,
                "receipt_sha256": f"{claim_id.int:064x}",
            }
        ],
    }
    return Wanted("/v1/claims", form, "claim.submit", DAY, partial(_run, claims.submit_claim, asked))


def _run(use_case: Callable[..., object], asked: dict[str, Any], books: Books, stamp: Stamp) -> object:
    return use_case(books, stamp, **asked)


def found(desk: Desk) -> None:
    """Found the cooperative; one invoice is paid, so that its activity has something to spend."""
    done = 0

    def perform(
        use_case: Callable[..., object], *, on: date = DAY, actor: str = "anna", **asked: Any
    ) -> None:
        nonlocal done
        done += 1
        desk.perform(
            Caller(actor, actor),
            operation="found",
            key=str(done),
            body=b"",
            effective_on=on,
            run=partial(_run, use_case, asked),
        )

    cooperative.found(perform)
    invoice_id = uuid5(HERE, "paid")
    perform(invoicing.issue_invoice, **cooperative.invoice(invoice_id, cooperative.line(PAID), on=DAY))
    gross_c = int(PAID) * 121
    receipt = cooperative.statement(
        1,
        [cooperative.entry("1", gross_c, on=DAY)],
        opening_c=cooperative.OPENING_C,
        on=DAY,
    )
    perform(bank.import_statements, account=cooperative.ACCOUNT, statements=[receipt])
    perform(
        bank.allocate_receipt,
        bank_line_id=bank.line_id(cooperative.ACCOUNT_ID, receipt.identity, "1"),
        invoice_id=invoice_id,
        amount_c=gross_c,
    )
