"""An activity that lacks money at its end, and what is asked about that."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.ledger import deficits, endings
from domain.ledger.entities import set_parameter
from domain.ledger.payrolls import post_slip, request_payroll
from domain.ledger.presets import ACTIVITY_OVERDRAFT_C
from domain.slips import SlipLine, SlipType
from tests.cooperative import ACTIVITY, ENTITY, MEMBER
from tests.domain.departing import JULY, MARCH, cooperative, takes
from tests.paper import PaperLedger

DEFICIT, WAGE = UUID(int=1200), UUID(int=1201)
AGREED = "ef" * 32
LACKING_C = 1_500_00
LAST_DAY = date(2026, 3, 31)


def posts_wage(ledger: PaperLedger, cost_c: int, *, payroll_id: UUID = WAGE, asked_c: int = 1) -> None:
    """Post a slip of that gross wage, a fifth of it withheld as tax, whatever was asked."""
    wage: dict[str, Any] = {"payroll_id": payroll_id, "activity_id": ACTIVITY, "employee_id": MEMBER}
    ledger.perform(request_payroll, on=MARCH, budget_c=asked_c, **wage)
    taxed = [SlipLine(SlipType.GROSS, cost_c), SlipLine(SlipType.WAGE_TAX, -cost_c // 5)]
    slip: dict[str, Any] = {"slip_ref": f"slip {payroll_id.int}", "lines": taxed, "employer_c": 0}
    ledger.perform(post_slip, on=MARCH, payroll_id=payroll_id, net_c=cost_c - cost_c // 5, **slip)


def closes(ledger: PaperLedger, ends_on: date = LAST_DAY, *, on: date = MARCH) -> list[Any]:
    """Begin the closing of the activity."""
    return ledger.perform(
        endings.begin_closing, on=on, activity_id=ACTIVITY, ends_on=ends_on, reason="the member leaves"
    )


def recognises(
    ledger: PaperLedger, amount_c: int | None = None, *, on: date = MARCH, **says: Any
) -> list[Any]:
    """Anna recognises so much of what the activity lacks, or all of it."""
    asked: dict[str, Any] = {
        "deficit_id": DEFICIT,
        "activity_id": ACTIVITY,
        "membership_id": MEMBER,
        "decision_ref": "convention, article 9",
        "amount_c": amount_c,
    }
    return ledger.perform(deficits.recognise_deficit, on=on, **asked | says)


def agrees(ledger: PaperLedger, amount_c: int, *, on: date = JULY, sha256: str = AGREED) -> list[Any]:
    """Record the person's consent to a set-off of so much."""
    asked: dict[str, Any] = {"deficit_id": DEFICIT, "amount_c": amount_c, "evidence_sha256": sha256}
    return ledger.perform(deficits.record_consent, on=on, **asked)


def overdrawn() -> PaperLedger:
    """The activity of a holder of ten shares of 250.00, whose posted slip cost 1,500.00 more than it had."""
    ledger = cooperative()
    takes(ledger, 0, 10)
    ledger.perform(
        set_parameter,
        on=MARCH,
        entity_id=ENTITY,
        name=ACTIVITY_OVERDRAFT_C,
        value="1",
        valid_from=MARCH,
        source_ref="board",
    )
    posts_wage(ledger, LACKING_C)
    return ledger


def lacking() -> PaperLedger:
    """The activity is closing, and what it lacks is recognised."""
    ledger = overdrawn()
    closes(ledger)
    recognises(ledger)
    return ledger
