"""What the entities declare to the state of their closed months, and pay: VAT, wage tax, contributions."""

from __future__ import annotations

from datetime import date
from functools import partial

from domain.aggregates.declaration import Levy
from domain.ledger import declarations, payments
from workers.demo.clerk import TREASURER
from workers.demo.group.banking import clear
from workers.demo.group.house import Coming, Group, House, account_of
from workers.demo.group.keeping import OPEN_MONTHS
from workers.demo.group.size import Month, later
from workers.demo.people import FICTIONAL, random_id

DAY = 20
OFFICES = {
    Levy.VAT: "VAT office",
    Levy.WAGE_TAX: "Tax office",
    Levy.SOCIAL_CONTRIBUTIONS: "Social security office",
    Levy.DIVIDEND_TAX: "Tax office",
}


def declare_closed(group: Group, house: House, month: Month) -> None:
    """Declare, after its closing, what the month that is two months back made due."""
    if month.n >= OPEN_MONTHS:
        closed = group.size.month(month.n - OPEN_MONTHS)
        group.agenda.on(month.on(DAY), partial(_declare, group, house, closed))


def _declare(group: Group, house: House, closed: Month, on: date) -> None:
    from api.declaring import owed_for

    clerk = group.clerk
    clerk.let_readers_catch_up()
    for levy in Levy:
        owed = owed_for(
            clerk.workshop.services,
            entity_id=house.entity_id,
            levy=levy,
            first_on=closed.first,
            last_on=closed.last,
        )
        if levy is Levy.DIVIDEND_TAX and not owed.due_c:
            continue
        clerk.tell(
            "declaration.file",
            declarations.file_declaration,
            on=on,
            actor=TREASURER,
            entity_id=house.entity_id,
            levy=levy,
            first_on=closed.first,
            last_on=closed.last,
            due_c=max(owed.due_c, 0),
            deductible_c=max(owed.deductible_c, 0),
            position=owed.position,
        )
        if owed.due_c > owed.deductible_c:
            _pay(group, house, levy, closed, owed.due_c - owed.deductible_c, on)


def _pay(group: Group, house: House, levy: Levy, closed: Month, amount_c: int, on: date) -> None:
    clerk, order_id = group.clerk, random_id(group.of_purchases)
    payee_id = declarations.authority_id(house.entity_id, levy)
    clerk.tell(
        "declaration.order",
        payments.order_declaration_payment,
        on=on,
        order_id=order_id,
        declaration_id=declarations.declaration_id(house.entity_id, levy, closed.first),
        payee_iban=account_of(payee_id),
    )
    clerk.tell("payment.approve", payments.approve_payment, on=on, actor=TREASURER, order_id=order_id)
    house.account.coming.append(
        Coming(
            later(on, 1),
            -amount_c,
            f"{OFFICES[levy]} {FICTIONAL}",
            account_of(payee_id),
            remittance=f"{house.code} {levy.value} {closed}",
            then=partial(clear, group, order_id),
        )
    )
