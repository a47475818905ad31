"""A director is paid by the cooperative, first by a statement of pay with the tax of another month, then by the right one."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.ledger import activities, payout_corrections, payrolls, transfers
from domain.payouts import PayoutRegime
from workers.demo.clerk import TREASURER
from workers.demo.group.house import Group, House
from workers.demo.group.size import later
from workers.demo.relay.payouts import its_id, order_wage
from workers.demo.relay.year import day

CODE = "BOARD"
START_C, GROSS_C, WRONG_TAX_C, TAX_C = 450_00, 450_00, 190_00, 150_00


def plan_director(group: Group, relay: House) -> None:
    """Note the activity that is paid so, and its pay of June."""
    group.agenda.on(day(6, 2), partial(_open, group, relay))
    group.agenda.on(day(6, 23), partial(_post_wrong, group, relay))


def _open(group: Group, relay: House, on: date) -> None:
    """Open an activity for what a director does for the cooperative, which gives it the pay of a month."""
    tell, transfer_id = group.clerk.tell, its_id(relay, "pay of a director")
    tell(
        "activity.open",
        activities.open_activity,
        on=on,
        entity_id=relay.entity_id,
        code=CODE,
        membership_ids=(relay.members[3].membership_id,),
        payout_regime=PayoutRegime.DIRECTOR,
    )
    tell(
        "internal-transfer.propose",
        transfers.propose_transfer,
        on=on,
        transfer_id=transfer_id,
        entity_id=relay.entity_id,
        from_activity_id=None,
        to_activity_id=activities.activity_id(relay.entity_id, CODE),
        amount_c=START_C,
        reason="work for the board in June (fictional)",
    )
    tell(
        "internal-transfer.accept", transfers.accept_transfer, on=on, actor=TREASURER, transfer_id=transfer_id
    )


def _post_wrong(group: Group, relay: House, on: date) -> None:
    """Post the pay with a tax that the accounting office takes back on the next day."""
    payroll_id = its_id(relay, "director, statement 1")
    _post(group, relay, payroll_id, "statement 1 (fictional)", WRONG_TAX_C, on)
    group.agenda.on(later(on, 1), partial(_post_right, group, relay, payroll_id))


def _post_right(group: Group, relay: House, wrong_id: UUID, on: date) -> None:
    """Take it back before it is paid, and pay by the right statement."""
    group.clerk.tell(
        "slip.reverse",
        payout_corrections.reverse_slip,
        on=on,
        payroll_id=wrong_id,
        reason="the tax of another month (fictional)",
    )
    payroll_id = its_id(relay, "director, statement 2")
    _post(group, relay, payroll_id, "statement 2 (fictional)", TAX_C, on)
    order_wage(group, relay, relay.members[3], payroll_id, GROSS_C - TAX_C, on)


def _post(group: Group, relay: House, payroll_id: UUID, statement_ref: str, tax_c: int, on: date) -> None:
    group.clerk.tell(
        "payroll.request",
        payrolls.request_payroll,
        on=on,
        payroll_id=payroll_id,
        activity_id=activities.activity_id(relay.entity_id, CODE),
        employee_id=relay.members[3].membership_id,
        budget_c=GROSS_C,
    )
    group.clerk.tell(
        "director-pay.post",
        payrolls.post_director_pay,
        on=on,
        payroll_id=payroll_id,
        statement_ref=statement_ref,
        gross_c=GROSS_C,
        wage_tax_c=tax_c,
    )
