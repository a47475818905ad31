"""A member who resigned banks elsewhere: the order is withdrawn in time, the new account confirmed by two people.

Nothing is paid there before the waiting time, in which the member was asked by telephone.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.ids import derived_id
from domain.ledger import corrections, payees
from workers.demo.clerk import TREASURER
from workers.demo.group.house import Group, House, Member, account_of
from workers.demo.group.size import later
from workers.demo.relay.withdrawing import WORTH_C, order, pay, resign
from workers.demo.relay.year import day

RESIGNS = 14
WAITING_WORKING_DAYS = 4


def plan_account_change(group: Group, relay: House) -> None:
    """Note the notice in March; it takes effect at the end of June."""
    member = relay.members[RESIGNS]
    group.agenda.on(day(3, 5), partial(resign, group, member))
    group.agenda.on(day(7, 8), partial(_order, group, relay, member))


def _order(group: Group, relay: House, member: Member, on: date) -> None:
    """Order to the account that is known; before the bank pays, the member writes that it is closed."""
    order_id = order(group, relay, member, "withdrawal share, to a closed account", WORTH_C, on)
    group.agenda.on(later(on, 1), partial(_withdraw, group, relay, member, order_id))


def _withdraw(group: Group, relay: House, member: Member, order_id: UUID, on: date) -> None:
    """Take the order back and propose the new account, which the treasurer confirms on the next day."""
    iban = account_of(derived_id("demo", relay.entity_id, "new account"))
    group.clerk.tell(
        "payment.withdraw",
        corrections.withdraw_order,
        on=on,
        order_id=order_id,
        reason="the account is closed (fictional)",
    )
    group.clerk.tell(
        "payee.propose-account",
        payees.propose_payee_account,
        on=on,
        payee_id=member.person.id,
        iban=iban,
        evidence="letter of the member, who was called back (fictional)",
    )
    group.agenda.on(later(on, 1), partial(_confirm, group, relay, member, iban))


def _confirm(group: Group, relay: House, member: Member, iban: str, on: date) -> None:
    group.clerk.tell(
        "payee.change-account",
        payees.change_payee_account,
        on=on,
        actor=TREASURER,
        entity_id=relay.entity_id,
        payee_id=member.person.id,
    )
    again = partial(pay, group, relay, member, "withdrawal share, to the new account", WORTH_C, iban=iban)
    group.agenda.on(later(on, WAITING_WORKING_DAYS), again)
