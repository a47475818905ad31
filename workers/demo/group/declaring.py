"""What the entities declare to the state of their closed months, and pay: VAT, wage tax, contributions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from domain.aggregates.declaration import Levy
from domain.ledger import declarations, payments
from workers.demo.clerk import TREASURER
from workers.demo.group.banking import clear
from workers.demo.group.house import Coming, Group, House, account_of
from workers.demo.group.keeping import OPEN_MONTHS
from workers.demo.group.size import Month, later
from workers.demo.people import FICTIONAL, random_id

if TYPE_CHECKING:
    from api.declaring import Owed

DAY = 20
OFFICES = {
    Levy.VAT: "VAT office",
    Levy.WAGE_TAX: "Tax office",
    Levy.SOCIAL_CONTRIBUTIONS: "Social security office",
    Levy.DIVIDEND_TAX: "Tax office",
}


Pay = Callable[[Group, House, Levy, Month, int, date], None]
"""How what a month made due of a levy, in cents, is paid on that day."""


def declare_closed(group: Group, house: House, month: Month, pay: Pay | None = None) -> None:
    """Declare, after its closing, what the month that is two months back made due, and `pay` it."""
    if month.n >= OPEN_MONTHS:
        closed = group.size.month(month.n - OPEN_MONTHS)
        group.agenda.on(month.on(DAY), partial(_declare, group, house, closed, pay or _pay))


def file_levy(group: Group, house: House, levy: Levy, closed: Month, owed: Owed, on: date) -> None:
    """Declare what that month made due of a levy."""
    group.clerk.tell(
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


def _declare(group: Group, house: House, closed: Month, pay: Pay, on: date) -> None:
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
        file_levy(group, house, levy, closed, owed, on)
        if owed.due_c > owed.deductible_c:
            pay(group, house, levy, closed, owed.due_c - owed.deductible_c, on)


def order_levy(
    group: Group, house: House, levy: Levy, closed: Month, order_id: UUID, on: date, *, withdrawn: int = 0
) -> None:
    """Order that the state is paid what is left to pay of a levy, and approve it as a second person.

    `withdrawn` is how many declarations of that month were withdrawn before the one that is paid.
    """
    group.clerk.tell(
        "declaration.order",
        payments.order_declaration_payment,
        on=on,
        order_id=order_id,
        declaration_id=declarations.declaration_id(house.entity_id, levy, closed.first, withdrawn),
        payee_iban=account_of(declarations.authority_id(house.entity_id, levy)),
    )
    group.clerk.tell("payment.approve", payments.approve_payment, on=on, actor=TREASURER, order_id=order_id)


def levy_is_paid(
    group: Group, house: House, levy: Levy, closed: Month, order_id: UUID, amount_c: int, on: date
) -> None:
    """Let the bank pay it on the next day, by that order."""
    house.account.coming.append(
        Coming(
            later(on, 1),
            -amount_c,
            f"{OFFICES[levy]} {FICTIONAL}",
            account_of(declarations.authority_id(house.entity_id, levy)),
            remittance=f"{house.code} {levy.value} {closed}",
            then=partial(clear, group, order_id),
        )
    )


def _pay(group: Group, house: House, levy: Levy, closed: Month, amount_c: int, on: date) -> None:
    order_id = random_id(group.of_purchases)
    order_levy(group, house, levy, closed, order_id, on)
    levy_is_paid(group, house, levy, closed, order_id, amount_c, on)
