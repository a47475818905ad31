"""A paid claim of which a line is taken back, and a paid wage whose slip is; both owed back by the member."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.aggregates.expense_claim import ClaimLine
from domain.ids import derived_id
from domain.ledger.claims import approve_claim, submit_claim
from domain.ledger.payee_debts import debt_id, set_off_payee_debt
from domain.ledger.payments import approve_payment, order_claim_payment, order_wage_payment
from domain.ledger.payout_corrections import reverse_claim, reverse_slip
from domain.owing import PaidFor
from domain.spending import ExpenseType
from tests.cooperative import ACTIVITY, MEMBER
from tests.projections.world import World

CLAIM, NEXT, TAKEN, WAGE, NEXT_WAGE = (UUID(int=1510 + n) for n in range(5))
CLAIM_DEBT = debt_id(CLAIM, derived_id("claim-reversal", CLAIM, 0))
WAGE_DEBT = debt_id(WAGE, WAGE)
CLAIM_ORDER, WAGE_ORDER = UUID(int=1520), UUID(int=1521)
IBAN = "BE29539000000289"


def claims(world: World, claim_id: UUID, *, on: date) -> None:
    """An approved claim of two lines of 1.00 + 0.21."""
    lines = [
        ClaimLine(on, ExpenseType.TRAVEL, 1_00, 21, 21, f"{claim_id.int * 10 + n:064}") for n in range(2)
    ]
    asked: dict[str, Any] = {"claim_id": claim_id, "activity_id": ACTIVITY, "claimant_id": MEMBER}
    world.perform(submit_claim, on=on, lines=lines, purpose="trains", **asked)
    world.perform(approve_claim, on=on, actor="bert", claim_id=claim_id)


def corrects_payouts(world: World, *, on: date) -> None:
    """A line of a paid claim and a paid wage are taken back; 0.50 of each is set off; another claim is reversed."""
    for claim_id in (CLAIM, NEXT, TAKEN):
        claims(world, claim_id, on=on)
    order: dict[str, Any] = {"order_id": CLAIM_ORDER}
    world.perform(order_claim_payment, on=on, claim_id=CLAIM, payee_iban=IBAN, **order)
    world.perform(approve_payment, on=on, actor="bert", **order)
    world.perform(reverse_claim, on=on, claim_id=CLAIM, line_nos=[2], reason="a private trip")
    world.perform(reverse_claim, on=on, claim_id=TAKEN, reason="brought twice")
    for wage in (WAGE, NEXT_WAGE):
        world.asks_a_wage(wage, budget_c=5_00, on=on)
        world.posts_a_slip(wage, gross_c=5_00, on=on)
    order = {"order_id": WAGE_ORDER}
    world.perform(order_wage_payment, on=on, payroll_id=WAGE, payee_iban=IBAN, **order)
    world.perform(approve_payment, on=on, actor="bert", **order)
    world.perform(reverse_slip, on=on, payroll_id=WAGE, reason="too many hours")
    for debt, paid_for, document in (
        (CLAIM_DEBT, PaidFor.CLAIM, NEXT),
        (WAGE_DEBT, PaidFor.WAGE, NEXT_WAGE),
    ):
        against: dict[str, Any] = {"paid_for": paid_for, "document_id": document, "amount_c": 50}
        world.perform(set_off_payee_debt, on=on, debt_id=debt, **against)
