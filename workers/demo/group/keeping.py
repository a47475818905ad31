"""What the office keeps: grants from the fund, and months closed with their digest."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.ledger import funds, periods
from domain.ledger.payments import grant_order_id
from workers.demo.clerk import TREASURER
from workers.demo.group.banking import clear
from workers.demo.group.founding import FLOOR_C
from workers.demo.group.house import Coming, Group, House
from workers.demo.group.size import Month, later

MOST_GRANT_C = 250_00
LEAST_GRANT_C = 5_00
OPEN_MONTHS = 2
"""How many months stay open behind the current one, for what comes late."""


def plan_grants(group: Group, house: House) -> None:
    """Note a grant of the fund every half year, and one in the last month."""
    last = group.size.months - 1
    for n in sorted({*range(5, last, 6), last}):
        group.agenda.on(group.size.month(n).on(18), partial(_grant, group, house))


def _grant(group: Group, house: House, on: date) -> None:
    """Grant half of what the fund can dispose of, by two people."""
    clerk, purse = group.clerk, group.clerk.chance.choice(house.purses)
    amount_c = min(MOST_GRANT_C, (house.fund_collected_c - FLOOR_C) // 2)
    if amount_c < LEAST_GRANT_C:
        return
    grant_id = clerk.new_id()
    clerk.tell(
        "grant.propose",
        funds.propose_grant,
        on=on,
        fund_id=house.fund_id,
        grant_id=grant_id,
        activity_id=purse.activity_id,
        amount_c=amount_c,
        purpose="bridging a late payment (fictional)",
        decision_ref="solidarity committee",
    )
    clerk.tell("grant.pay", funds.pay_grant, on=on, actor=TREASURER, fund_id=house.fund_id, grant_id=grant_id)
    house.fund_collected_c -= amount_c
    payee = purse.members[0]
    house.account.coming.append(
        Coming(
            later(on, 1),
            -amount_c,
            payee.person.name,
            payee.iban,
            remittance="grant",
            then=partial(clear, group, grant_order_id(grant_id)),
        )
    )


def close_earlier(group: Group, house: House, month: Month) -> None:
    """Close, towards the middle of this month, the one that is two months back."""
    if month.n >= OPEN_MONTHS:
        closing = str(group.size.month(month.n - OPEN_MONTHS))
        group.agenda.on(month.on(10), partial(_close, group, house.entity_id, closing))


def _close(group: Group, entity_id: UUID, month: str, on: date) -> None:
    from api.closing import close_month
    from eventstore.desk import Caller

    clerk = group.clerk
    clerk.ask("period.stop-bookings", periods.stop_bookings, on=on, entity_id=entity_id, month=month)
    clerk.let_readers_catch_up()
    close_month(
        clerk.workshop.services,
        Caller(principal="demo", actor=TREASURER),
        entity_id=entity_id,
        month=month,
    )
