"""Two members take a fifth share each; the payment of one is set against the shares of the other, and put right."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.ledger import shares
from workers.demo.group.house import Group, House, Member
from workers.demo.group.size import later
from workers.demo.relay.cast import SHARE_PRICE_C, SHARES
from workers.demo.relay.payouts import comes_in, paid_as
from workers.demo.relay.year import day


def plan_fifth_shares(group: Group, relay: House) -> None:
    """Note both subscriptions of October."""
    group.agenda.on(day(10, 6), partial(_subscribe, group, relay))


def _subscribe(group: Group, relay: House, on: date) -> None:
    """Both subscribe; one pays in the same month, the other in the next."""
    quick, slow = relay.members[9], relay.members[0]
    for member in (quick, slow):
        group.clerk.tell(
            "shares.subscribe",
            shares.subscribe_shares,
            on=on,
            membership_id=member.membership_id,
            share_class=SHARES,
            qty=1,
            price_c=SHARE_PRICE_C,
        )
    mistake = partial(_mistake, group, slow, quick)
    comes_in(relay, later(on, 3), SHARE_PRICE_C, paid_as(quick), "my fifth share", mistake)
    in_order = partial(_allot, group, slow)
    comes_in(relay, day(11, 5), SHARE_PRICE_C, paid_as(slow), "a fifth share", in_order)


def _mistake(group: Group, slow: Member, quick: Member, receipt: UUID, on: date) -> None:
    """Set the receipt against the shares of whoever has not paid; it is noticed on the next day."""
    _set_against(group, slow, receipt, on)
    group.agenda.on(later(on, 1), partial(_put_right, group, slow, quick, receipt))


def _put_right(group: Group, slow: Member, quick: Member, receipt: UUID, on: date) -> None:
    """Take it back, before a share was allotted for it, and allot one to whoever paid."""
    group.clerk.tell(
        "shares.undo-payment",
        shares.undo_share_contribution,
        on=on,
        bank_line_id=receipt,
        account_id=_account(slow),
        amount_c=SHARE_PRICE_C,
        reason="paid by another member (fictional)",
    )
    _allot(group, quick, receipt, on)


def _allot(group: Group, member: Member, receipt: UUID, on: date) -> None:
    _set_against(group, member, receipt, on)
    group.clerk.tell("shares.allot", shares.allot_shares, on=on, account_id=_account(member), qty=1)
    member.shares += 1


def _set_against(group: Group, member: Member, receipt: UUID, on: date) -> None:
    group.clerk.tell(
        "shares.pay",
        shares.pay_share_contribution,
        on=on,
        bank_line_id=receipt,
        account_id=_account(member),
        payer_id=member.person.id,
        amount_c=SHARE_PRICE_C,
    )


def _account(member: Member) -> UUID:
    return shares.share_account_id(member.membership_id, SHARES)
