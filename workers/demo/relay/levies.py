"""What is declared is paid to the state; a payment of VAT is taken back, and a declaration withdrawn.

The office had asked for another communication than in the old books, and the bank had not paid yet. The
month after was declared for the wrong office, and is declared anew on the next day.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.aggregates.declaration import Levy
from domain.ids import derived_id
from domain.ledger.declarations import declaration_id, withdraw_declaration
from workers.demo.clerk import TREASURER
from workers.demo.group.declaring import file_levy, levy_is_paid, order_levy
from workers.demo.group.house import Group, House
from workers.demo.group.size import Month, later
from workers.demo.relay.payouts import withdraw
from workers.demo.relay.year import FIRST_DAY

TAKEN_BACK = (Levy.VAT, FIRST_DAY)
WITHDRAWN = (Levy.VAT, FIRST_DAY.replace(month=2))
"""Which levy, of the month that begins on that day."""


def pay_levy(group: Group, relay: House, levy: Levy, closed: Month, amount_c: int, on: date) -> None:
    """Order what is left to pay of a levy; the bank pays it on the next day, unless it is taken back."""
    order_id = _order_id(relay, levy, closed)
    if (levy, closed.first) == WITHDRAWN:
        group.agenda.on(later(on, 1), partial(_declare_anew, group, relay, closed, order_id, amount_c))
        return
    order_levy(group, relay, levy, closed, order_id, on)
    if (levy, closed.first) == TAKEN_BACK:
        group.agenda.on(later(on, 1), partial(_order_anew, group, relay, closed, order_id, amount_c))
        return
    levy_is_paid(group, relay, levy, closed, order_id, amount_c, on)


def _order_anew(group: Group, relay: House, closed: Month, order_id: UUID, amount_c: int, on: date) -> None:
    """Take the order back, and order it once more."""
    levy, again = TAKEN_BACK[0], derived_id("demo", "order again", order_id)
    withdraw(group, order_id, "the office asks for another communication", on)
    order_levy(group, relay, levy, closed, again, on)
    levy_is_paid(group, relay, levy, closed, again, amount_c, on)


def _declare_anew(group: Group, relay: House, closed: Month, order_id: UUID, amount_c: int, on: date) -> None:
    """Withdraw the declaration, file it once more, and have it paid."""
    from api.declaring import owed_for

    levy = WITHDRAWN[0]
    group.clerk.tell(
        "declaration.withdraw",
        withdraw_declaration,
        on=on,
        actor=TREASURER,
        declaration_id=declaration_id(relay.entity_id, levy, closed.first),
        reason="filed at the office of the old seat (fictional)",
    )
    group.clerk.let_readers_catch_up()
    services, span = group.clerk.workshop.services, {"first_on": closed.first, "last_on": closed.last}
    owed = owed_for(services, entity_id=relay.entity_id, levy=levy, **span)
    file_levy(group, relay, levy, closed, owed, on)
    order_levy(group, relay, levy, closed, order_id, on, withdrawn=1)
    levy_is_paid(group, relay, levy, closed, order_id, amount_c, on)


def _order_id(relay: House, levy: Levy, closed: Month) -> UUID:
    return derived_id("demo", "order", declaration_id(relay.entity_id, levy, closed.first))
