"""What the entities buy themselves: rent and services, each bill kept, approved by another person and paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID

from domain.ledger import payments, purchases
from domain.money import share
from domain.personal import Retention
from domain.purchasing import PurchaseLine
from domain.spending import ExpenseType
from workers.demo.clerk import TREASURER
from workers.demo.group.banking import clear
from workers.demo.group.correcting import follow_credit, record_anew
from workers.demo.group.house import Coming, Group, House, account_of
from workers.demo.group.size import Month, later
from workers.demo.people import FICTIONAL, random_id

VAT_BP = 2_100
DISPUTED = 0.1
PAID_AFTER_DAYS = 12
REVERSED_IN = 1
"""The month, from 0, whose rent is recorded wrong at first."""


@dataclass(frozen=True, slots=True)
class Habit:
    """What an entity buys every month of one supplier, for about so much."""

    supplier: str
    type: ExpenseType
    least_c: int
    most_c: int
    reverse_charge: bool = False


HABITS = (
    Habit("Rent of the shared office", ExpenseType.RENT, 1_150_00, 1_150_00),
    Habit("Accounting office", ExpenseType.SERVICES, 300_00, 800_00),
    Habit("Cleaning by a contractor", ExpenseType.MAINTENANCE, 150_00, 400_00, reverse_charge=True),
)


def plan_purchases(group: Group, house: House) -> None:
    """Register the suppliers on the first day, and note a bill of each for every month."""
    for habit in HABITS:
        supplier_id = random_id(group.of_purchases)
        group.agenda.on(group.size.first_day, partial(_register, group, house, habit, supplier_id))
        for n in range(group.size.months):
            month = group.size.month(n)
            day = month.on(group.of_purchases.randint(2, 8))
            group.agenda.on(day, partial(_receive, group, house, habit, supplier_id, month))


def _register(group: Group, house: House, habit: Habit, supplier_id: UUID, on: date) -> None:
    group.clerk.tell(
        "supplier.register",
        purchases.register_supplier,
        on=on,
        supplier_id=supplier_id,
        entity_id=house.entity_id,
        name=f"{habit.supplier} {FICTIONAL}",
        address="Rue de l'Exemple 1, 1000 Bruxelles",
        vat_no="",
    )


def _receive(group: Group, house: House, habit: Habit, supplier_id: UUID, month: Month, on: date) -> None:
    """Keep the bill and record it; a treasurer answers on the next day."""
    clerk, chance = group.clerk, group.of_purchases
    net_c = chance.randint(habit.least_c, habit.most_c)
    vat_c = share(net_c, VAT_BP)
    bill = f"Bill {house.code} {month} (fictional): {habit.supplier}, {net_c} + {vat_c} cents\n".encode()
    clerk.workshop.documents.keep(bill, house.entity_id, Retention.ACCOUNTING)
    asked: dict[str, Any] = {
        "supplier_id": supplier_id,
        "activity_id": None,
        "purchase_no": f"{month}",
        "issued_on": month.first,
        "due_on": later(on, 20),
        "lines": (PurchaseLine(habit.type, net_c, vat_c, vat_c),),
        "reverse_charge": habit.reverse_charge,
        "document_sha256": sha256(bill).hexdigest(),
    }
    clerk.tell("purchase.receive", purchases.receive_purchase, on=on, **asked)
    due_c = net_c if habit.reverse_charge else net_c + vat_c
    answer = partial(_answer, group, house, habit, asked, due_c)
    group.agenda.on(later(on, 1), answer)


def _answer(group: Group, house: House, habit: Habit, asked: Mapping[str, Any], due_c: int, on: date) -> None:
    """Approve the bill, some after a dispute, and order that it is paid."""
    clerk, order_id = group.clerk, random_id(group.of_purchases)
    supplier_id = asked["supplier_id"]
    purchase_id = purchases.purchase_id(supplier_id, asked["purchase_no"])
    if group.of_purchases.random() < DISPUTED:
        clerk.tell(
            "purchase.dispute",
            purchases.dispute_purchase,
            on=on,
            purchase_id=purchase_id,
            reason="an hour too many (fictional)",
        )
    clerk.tell(
        "purchase.approve", purchases.approve_purchase, on=on, actor=TREASURER, purchase_id=purchase_id
    )
    if habit is HABITS[0] and asked["purchase_no"] == f"{group.size.month(REVERSED_IN)}":
        purchase_id = record_anew(group, asked, purchase_id, on)
    if habit is HABITS[1]:
        due_c -= follow_credit(group, house, asked, purchase_id, on)
    clerk.tell(
        "purchase.order",
        payments.order_purchase_payment,
        on=on,
        order_id=order_id,
        purchase_id=purchase_id,
        payee_iban=account_of(supplier_id),
    )
    clerk.tell("payment.approve", payments.approve_payment, on=on, actor=TREASURER, order_id=order_id)
    house.account.coming.append(
        Coming(
            later(on, PAID_AFTER_DAYS),
            -due_c,
            f"{habit.supplier} {FICTIONAL}",
            account_of(supplier_id),
            remittance=f"{house.code} {order_id}",
            then=partial(clear, group, order_id),
        )
    )
