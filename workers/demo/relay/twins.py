"""Two members who seem to be one: one had applied twice and is merged, two are father and son and are not.

Whom staff took for one person is told apart again as soon as the son writes.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from domain.ids import derived_id
from domain.ledger import members, merging, shares
from workers.demo.group.founding import join
from workers.demo.group.house import Coming, Group, House, Member
from workers.demo.group.size import later
from workers.demo.people import Person
from workers.demo.relay.cast import SHARE_PRICE_C, SHARES, newcomer
from workers.demo.relay.year import day


def plan_twins(group: Group, relay: House) -> None:
    """Note who joins twice in February, and who joins beside his father in June."""
    twice = newcomer("Noor Reseda"), newcomer("Eleonora Reseda")
    father = newcomer("Alois Carline")
    son = Person(derived_id("demo", relay.entity_id, "son"), father.name, father.address, "son@example.org")
    group.agenda.on(day(2, 5), partial(_join_twice, group, relay, twice))
    group.agenda.on(day(6, 3), partial(_join_both, group, relay, (father, son)))


def _join_twice(group: Group, relay: House, names: tuple[Person, Person], on: date) -> None:
    """Let somebody join under her passport's name, and take a share under each."""
    called, official = [_member(group, relay, person, on) for person in names]
    for member in (called, official):
        _subscribe(group, relay, member, on)
    group.agenda.on(later(on, 2), partial(_merge, group, called, official, "the same register number"))


def _join_both(group: Group, relay: House, names: tuple[Person, Person], on: date) -> None:
    father, son = [_member(group, relay, person, on) for person in names]
    group.agenda.on(later(on, 1), partial(_merge, group, son, father, "the same name and address"))
    group.agenda.on(later(on, 6), partial(_tell_apart, group, son))


def _member(group: Group, relay: House, person: Person, on: date) -> Member:
    member = Member(members.membership_id(relay.entity_id, person.id), person)
    join(group.clerk, relay, member, on)
    return member


def _subscribe(group: Group, relay: House, member: Member, on: date) -> None:
    """Subscribe to one share, and pay it a few days later."""
    group.clerk.tell(
        "shares.subscribe",
        shares.subscribe_shares,
        on=on,
        membership_id=member.membership_id,
        share_class=SHARES,
        qty=1,
        price_c=SHARE_PRICE_C,
    )
    paid = partial(_allot, group, member)
    relay.account.coming.append(
        Coming(later(on, 3), SHARE_PRICE_C, member.person.name, member.iban, remittance="1 share", then=paid)
    )


def _allot(group: Group, member: Member, line_id: UUID, on: date) -> None:
    account_id = shares.share_account_id(member.membership_id, SHARES)
    group.clerk.tell(
        "shares.pay",
        shares.pay_share_contribution,
        on=on,
        bank_line_id=line_id,
        account_id=account_id,
        payer_id=member.person.id,
        amount_c=SHARE_PRICE_C,
    )
    group.clerk.tell("shares.allot", shares.allot_shares, on=on, account_id=account_id, qty=1)
    member.shares += 1


def _merge(group: Group, member: Member, into: Member, reason: str, on: date) -> None:
    group.clerk.tell(
        "membership.merge",
        merging.merge_memberships,
        on=on,
        membership_id=member.membership_id,
        into_id=into.membership_id,
        reason=f"{reason} (fictional)",
    )


def _tell_apart(group: Group, son: Member, on: date) -> None:
    reason: dict[str, Any] = {"reason": "father and son, says the son (fictional)"}
    group.clerk.tell(
        "membership.undo-merge", merging.undo_merge, on=on, membership_id=son.membership_id, **reason
    )
