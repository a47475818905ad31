"""A bill comes that is meant for another cooperative of a similar name: it is disputed, and turned down for good."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.ledger import purchases
from workers.demo.group.house import Group, House
from workers.demo.group.size import later
from workers.demo.relay.payouts import receive_bill, register_supplier
from workers.demo.relay.year import day

HEATING_C = 310_00
DEALER = "Dealer in heating oil"


def plan_stray_bill(group: Group, relay: House) -> None:
    """Note the bill of January."""
    group.agenda.on(day(1, 14), partial(_receive, group, relay))


def _receive(group: Group, relay: House, on: date) -> None:
    """Record it as it came; nobody here heats with oil."""
    supplier_id = register_supplier(group, relay, DEALER, on)
    purchase_id = receive_bill(group, relay, supplier_id, "H-2025-8", None, HEATING_C, on)
    group.agenda.on(later(on, 1), partial(_dispute, group, purchase_id))


def _dispute(group: Group, purchase_id: UUID, on: date) -> None:
    group.clerk.tell(
        "purchase.dispute",
        purchases.dispute_purchase,
        on=on,
        purchase_id=purchase_id,
        reason="we never ordered any oil (fictional)",
    )
    group.agenda.on(later(on, 4), partial(_reject, group, purchase_id))


def _reject(group: Group, purchase_id: UUID, on: date) -> None:
    group.clerk.tell(
        "purchase.reject",
        purchases.reject_purchase,
        on=on,
        purchase_id=purchase_id,
        reason="meant for a cooperative of a similar name (fictional)",
    )
