"""Members who subscribe to shares, or join later."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.ledger import shares
from workers.demo.group.founding import PLANS, SHARE_PRICE_C, SHARES, join, open_activity
from workers.demo.group.house import Coming, Group, House, Member
from workers.demo.group.size import later


def plan_memberships(group: Group, house: House) -> None:
    """Note who subscribes from the first day, and who joins in which month."""
    size, agenda = group.size, group.agenda
    settled = [member for member in house.members if member.joined_on is not None]
    latecomers = house.members[len(settled) :]
    for member in settled:
        agenda.on(size.month(0).on(4), partial(_subscribe, group, house, member))
    for n, member in enumerate(latecomers, start=1):
        month = size.month(min(size.months - 1, n * size.months // (len(latecomers) + 1)))
        agenda.on(month.on(5), partial(_join, group, house, member))


def _join(group: Group, house: House, member: Member, on: date) -> None:
    join(group.clerk, house, member, on)
    _subscribe(group, house, member, on)
    letter = next(plan.letter for plan in PLANS if plan.code == house.code)
    open_activity(group.clerk, house, letter, (member,), on)


def _subscribe(group: Group, house: House, member: Member, on: date) -> None:
    qty = group.clerk.chance.choice((1, 1, 2, 4))
    group.clerk.tell(
        "shares.subscribe",
        shares.subscribe_shares,
        on=on,
        membership_id=member.membership_id,
        share_class=SHARES,
        qty=qty,
        price_c=SHARE_PRICE_C,
    )
    house.account.coming.append(
        Coming(
            later(on, group.clerk.chance.randint(1, 5)),
            qty * SHARE_PRICE_C,
            member.person.name,
            member.iban,
            remittance=f"{qty} shares",
            then=partial(_allot, group, member, qty),
        )
    )


def _allot(group: Group, member: Member, qty: int, line_id: UUID, on: date) -> None:
    account_id = shares.share_account_id(member.membership_id, SHARES)
    group.clerk.tell(
        "shares.pay",
        shares.pay_share_contribution,
        on=on,
        bank_line_id=line_id,
        account_id=account_id,
        payer_id=member.person.id,
        amount_c=qty * SHARE_PRICE_C,
    )
    group.clerk.tell("shares.allot", shares.allot_shares, on=on, account_id=account_id, qty=qty)
    member.shares += qty
