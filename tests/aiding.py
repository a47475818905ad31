"""Aid of the small cooperative's fund, asked of any `perform`: anna asks, ben decides, carla pays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from domain.aggregates.fund_aid import AidOutcome
from domain.instalments import Instalment
from domain.ledger.aid import decide_aid, pay_aid, request_aid
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.invoicing import issue_invoice
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ACTIVITY,
    FUND,
    MEMBER,
    OPENING_C,
    OTHER_MEMBER,
    entry,
    invoice,
    line,
    statement,
)
from tests.scenario import TODAY

Perform = Callable[..., object]

AID, SECOND_AID = UUID(int=140), UUID(int=141)
LARGE_INVOICE = UUID(int=501)
ACCRUED_C, COLLECTED_C, PAID_C = 10_000_00, 3_000_00, 363_000_00
CLOSING_C = OPENING_C + PAID_C
PAYEE_IBAN = "BE29539000000289"


def fill_the_fund(perform: Perform, *, on: date = TODAY) -> None:
    """Let the fund accrue 10,000.00 from one invoice, of which the client pays the part behind 3,000.00."""
    perform(issue_invoice, on=on, **invoice(LARGE_INVOICE, line("1000000"), on=on))
    receipt = statement(1, [entry("1", PAID_C, on=on)], opening_c=OPENING_C, on=on)
    perform(import_statements, on=on, account=ACCOUNT, statements=[receipt])
    perform(
        allocate_receipt,
        on=on,
        bank_line_id=line_id(ACCOUNT_ID, f"{on.year}/1", "1"),
        invoice_id=LARGE_INVOICE,
        amount_c=PAID_C,
    )


def ask(perform: Perform, amount_c: int, aid_id: UUID = AID, *, actor: str = "anna", **says: Any) -> object:
    """Let the first member ask for aid to their activity."""
    asked: dict[str, Any] = {
        "aid_id": aid_id,
        "fund_id": FUND,
        "activity_id": ACTIVITY,
        "member_id": MEMBER,
        "amount_c": amount_c,
        "purpose": "A lathe",
    }
    return perform(request_aid, actor=actor, **asked | says)


def grant(perform: Perform, amount_c: int, aid_id: UUID = AID, *, actor: str = "ben", **says: Any) -> object:
    """Let a committee of the other member grant it."""
    asked: dict[str, Any] = {
        "aid_id": aid_id,
        "outcome": AidOutcome.GRANTED,
        "amount_c": amount_c,
        "decision_ref": "committee 1",
        "decided_by": [OTHER_MEMBER],
    }
    return perform(decide_aid, actor=actor, **asked | says)


def lend(perform: Perform, amount_c: int, aid_id: UUID = AID, **says: Any) -> object:
    """Let a committee of the other member lend it, to be paid back at once at the end of the year."""
    schedule: Sequence[Instalment] = [Instalment(date(2026, 12, 31), amount_c)]
    return grant(perform, amount_c, aid_id, **{"outcome": AidOutcome.LENT, "schedule": schedule} | says)


def pay(perform: Perform, aid_id: UUID = AID, *, actor: str = "carla", **says: Any) -> object:
    """Let a second person pay it."""
    return perform(pay_aid, actor=actor, **{"aid_id": aid_id, "payee_iban": PAYEE_IBAN} | says)


def bank_line(perform: Perform, amount_c: int, *references: str) -> UUID:
    """The one line of the statement after that which filled the fund."""
    entries = [entry("1", amount_c, on=TODAY, references=references)]
    reported = statement(2, entries, opening_c=CLOSING_C, on=TODAY)
    perform(import_statements, account=ACCOUNT, statements=[reported])
    return line_id(ACCOUNT_ID, "2026/2", "1")
