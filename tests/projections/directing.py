"""An activity of a director, who is paid, in the world of the read models."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.ledger.activities import activity_id, open_activity
from domain.ledger.payments import approve_payment, order_wage_payment
from domain.ledger.payrolls import post_director_pay, request_payroll
from domain.ledger.transfers import accept_transfer, propose_transfer
from domain.payouts import PayoutRegime
from tests.cooperative import ENTITY, FOUNDED, OTHER_MEMBER
from tests.projections.world import World

DIRECTED = activity_id(ENTITY, "D1")
PAY, PAY_ORDER, START = UUID(int=1600), UUID(int=1601), UUID(int=1602)


def earns_as_a_director(world: World, *, on: date) -> None:
    """The cooperative gives an activity 800.00, all of which is its director's pay, 300.00 of it tax."""
    began: dict[str, Any] = {"entity_id": ENTITY, "code": "D1", "membership_ids": [OTHER_MEMBER]}
    world.perform(open_activity, on=FOUNDED, payout_regime=PayoutRegime.DIRECTOR, **began)
    given: dict[str, Any] = {"entity_id": ENTITY, "from_activity_id": None, "to_activity_id": DIRECTED}
    world.perform(propose_transfer, on=on, transfer_id=START, amount_c=800_00, reason="its start", **given)
    world.perform(accept_transfer, on=on, actor="bert", transfer_id=START)
    asked: dict[str, Any] = {"payroll_id": PAY, "activity_id": DIRECTED, "employee_id": OTHER_MEMBER}
    world.perform(request_payroll, on=on, budget_c=800_00, **asked)
    posted: dict[str, Any] = {"payroll_id": PAY, "statement_ref": "1"}
    world.perform(post_director_pay, on=on, gross_c=800_00, wage_tax_c=300_00, **posted)


def is_paid_as_a_director(world: World, *, on: date) -> None:
    """Two people pay the rest."""
    paid: dict[str, Any] = {"payroll_id": PAY, "payee_iban": "BE29539000000289"}
    world.perform(order_wage_payment, on=on, order_id=PAY_ORDER, **paid)
    world.perform(approve_payment, on=on, actor="bert", order_id=PAY_ORDER)
