"""What is declared is paid to the state; the first payment of VAT is taken back before it leaves, and ordered anew.

The office had asked for another communication than in the old books, and the bank had not paid yet.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.aggregates.declaration import Levy
from domain.ids import derived_id
from domain.ledger.declarations import declaration_id
from workers.demo.group.declaring import levy_is_paid, order_levy
from workers.demo.group.house import Group, House
from workers.demo.group.size import Month, later
from workers.demo.relay.payouts import withdraw
from workers.demo.relay.year import FIRST_DAY

TAKEN_BACK = (Levy.VAT, FIRST_DAY)
"""Which levy, of the month that begins on that day."""


def pay_levy(group: Group, relay: House, levy: Levy, closed: Month, amount_c: int, on: date) -> None:
    """Order what is left to pay of a levy; the bank pays it on the next day, unless it is taken back."""
    order_id = _order_id(relay, levy, closed)
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


def _order_id(relay: House, levy: Levy, closed: Month) -> UUID:
    return derived_id("demo", "order", declaration_id(relay.entity_id, levy, closed.first))
