"""A member tries a stall at a market beside their activity; what it lacks at its end is withheld from a wage."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.ledger import activities, deficit_set_offs, deficits, endings, payments
from domain.payouts import PayoutRegime
from workers.demo.clerk import TREASURER
from workers.demo.group.house import Group, House
from workers.demo.group.size import later
from workers.demo.relay.payouts import (
    approve_bill,
    ask_wage,
    gross_of,
    is_paid,
    its_id,
    order,
    order_wage,
    post_slip,
    receive_bill,
    register_supplier,
    supplier_paid_as,
)
from workers.demo.relay.year import day

CODE = "STALL"
FAIR = "Association of a market"
PLACE_C, BUDGET_C = 95_00, 900_00
"""What the place at the market costs, net of VAT, and the budget of the wage, in cents."""
TYPED_C = 59_00
"""What is withheld of the wage at first: two digits change places."""


def plan_market_stall(group: Group, relay: House) -> None:
    """Note the market of June, and the wage of that month."""
    group.agenda.on(day(6, 3), partial(_open, group, relay))
    group.agenda.on(day(6, 16), partial(_end, group, relay))
    group.agenda.on(day(6, 19), partial(_ask_wage, group, relay))


def _open(group: Group, relay: House, on: date) -> None:
    """Open it, and let it bear the bill for its place: nothing is sold, for it rains."""
    group.clerk.tell(
        "activity.open",
        activities.open_activity,
        on=on,
        entity_id=relay.entity_id,
        code=CODE,
        membership_ids=(relay.members[4].membership_id,),
        payout_regime=PayoutRegime.EMPLOYEE,
    )
    supplier_id = register_supplier(group, relay, FAIR, on)
    activity_id = activities.activity_id(relay.entity_id, CODE)
    purchase_id = receive_bill(group, relay, supplier_id, "PLACE-12", activity_id, PLACE_C, on)
    group.agenda.on(later(on, 1), partial(_pay_place, group, relay, purchase_id))


def _pay_place(group: Group, relay: House, purchase_id: UUID, on: date) -> None:
    order_id, payee = its_id(relay, "order of the place"), supplier_paid_as(relay, FAIR)
    approve_bill(group, purchase_id, on)
    order(
        group, order_id, "purchase.order", payments.order_purchase_payment, payee, on, purchase_id=purchase_id
    )
    is_paid(group, relay, order_id, gross_of(PLACE_C), payee, on)


def _end(group: Group, relay: House, on: date) -> None:
    """Close it: what it lacks is owed by who tried it."""
    tell, activity_id = group.clerk.tell, activities.activity_id(relay.entity_id, CODE)
    tell(
        "activity.begin-closing",
        endings.begin_closing,
        on=on,
        activity_id=activity_id,
        ends_on=on,
        reason="one market was enough (fictional)",
    )
    tell(
        "deficit.recognise",
        deficits.recognise_deficit,
        on=on,
        actor=TREASURER,
        deficit_id=its_id(relay, "deficit of the stall"),
        activity_id=activity_id,
        membership_id=relay.members[4].membership_id,
        decision_ref="convention, art. 9 (fictional)",
    )
    tell("activity.close", endings.close_activity, on=on, actor=TREASURER, activity_id=activity_id)


def _ask_wage(group: Group, relay: House, on: date) -> None:
    payroll_id = its_id(relay, "wage of June")
    ask_wage(group, relay.purses[4], payroll_id, BUDGET_C, on)
    group.agenda.on(later(on, 2), partial(_withhold, group, relay, payroll_id))


def _withhold(group: Group, relay: House, payroll_id: UUID, on: date) -> None:
    """Post the slip, withhold the whole deficit, which is less than a fifth of it, and pay the rest."""
    net_c = post_slip(group, payroll_id, BUDGET_C, "2025-06/R005", on)
    _set_off(group, relay, payroll_id, TYPED_C, on)
    group.clerk.tell(
        "deficit.undo-wage-set-off",
        deficit_set_offs.undo_wage_set_off,
        on=on,
        actor=TREASURER,
        deficit_id=its_id(relay, "deficit of the stall"),
        payroll_id=payroll_id,
        amount_c=TYPED_C,
        reason="mistyped (fictional)",
    )
    _set_off(group, relay, payroll_id, PLACE_C, on)
    order_wage(group, relay, relay.members[4], payroll_id, net_c - PLACE_C, on)


def _set_off(group: Group, relay: House, payroll_id: UUID, amount_c: int, on: date) -> None:
    group.clerk.tell(
        "deficit.set-off-wage",
        deficits.set_off_wage,
        on=on,
        actor=TREASURER,
        deficit_id=its_id(relay, "deficit of the stall"),
        payroll_id=payroll_id,
        amount_c=amount_c,
    )
