"""A wage comes back: the account of the member was blocked for some days. It is owed again, and paid once more."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.ids import derived_id
from domain.ledger import payments
from workers.demo.group.house import Group, House, Member
from workers.demo.group.size import later
from workers.demo.relay.payouts import (
    ask_wage,
    comes_in,
    is_paid,
    its_id,
    order,
    order_wage,
    paid_as,
    post_slip,
)
from workers.demo.relay.year import day

BUDGET_C = 900_00
BLOCKED = "AC06"
"""The account is blocked (ISO 20022 external return reasons)."""
UNBLOCKED_AFTER_DAYS = 5


def plan_returned_wage(group: Group, relay: House) -> None:
    """Note the wage of September."""
    payroll_id = its_id(relay, "wage of September")
    group.agenda.on(day(9, 18), partial(_ask, group, relay, payroll_id))


def _ask(group: Group, relay: House, payroll_id: UUID, on: date) -> None:
    ask_wage(group, relay.purses[4], payroll_id, BUDGET_C, on)
    group.agenda.on(later(on, 2), partial(_pay, group, relay, payroll_id))


def _pay(group: Group, relay: House, payroll_id: UUID, on: date) -> None:
    """Post the slip and pay it; the bank of the member sends it back after two days."""
    net_c, member = post_slip(group, payroll_id, BUDGET_C, "2025-09/R005", on), relay.members[4]
    order_id, payee = derived_id("demo", "order in vain", payroll_id), paid_as(member)
    order(group, order_id, "wage.order", payments.order_wage_payment, payee, on, payroll_id=payroll_id)
    is_paid(group, relay, order_id, net_c, payee, on)
    again = partial(_come_back, group, relay, member, payroll_id, order_id, net_c)
    comes_in(relay, later(on, 3), net_c, payee, f"RETURN {BLOCKED} {order_id}", again)


def _come_back(
    group: Group,
    relay: House,
    member: Member,
    payroll_id: UUID,
    order_id: UUID,
    net_c: int,
    line_id: UUID,
    on: date,
) -> None:
    """Say what the receipt is; pay again once the member says that the account is free."""
    group.clerk.tell(
        "payment.return",
        payments.return_payout,
        on=on,
        bank_line_id=line_id,
        order_id=order_id,
        reason_code=BLOCKED,
    )
    again = partial(order_wage, group, relay, member, payroll_id, net_c)
    group.agenda.on(later(on, UNBLOCKED_AFTER_DAYS), again)
