"""A second class of shares: the statutes open it for those who only support, and a member converts into it."""

from __future__ import annotations

from datetime import date
from functools import partial

from domain.ledger import shares
from workers.demo.group.house import Group, House, Member
from workers.demo.relay.cast import SHARES
from workers.demo.relay.year import day

SUPPORTERS = "B"
CONVERTED, INTO = 2, 5
"""Two shares of 125.00 become five of 50.00."""
HOLDER = 12


def plan_conversion(group: Group, relay: House) -> None:
    """Note the new class in March, and who converts in April."""
    group.agenda.on(day(3, 17), partial(_open, group, relay))
    group.agenda.on(day(4, 8), partial(_convert, group, relay.members[HOLDER]))


def _open(group: Group, relay: House, on: date) -> None:
    group.clerk.tell(
        "share-class.open",
        shares.open_share_class,
        on=on,
        entity_id=relay.entity_id,
        share_class=SUPPORTERS,
        unavailable=False,
        statutes_ref="articles of association, art. 7 (fictional)",
    )


def _convert(group: Group, member: Member, on: date) -> None:
    group.clerk.tell(
        "shares.convert",
        shares.convert_shares,
        on=on,
        account_id=shares.share_account_id(member.membership_id, SHARES),
        into_class=SUPPORTERS,
        qty=CONVERTED,
        into_qty=INTO,
        decision_ref="board, decision on conversions (fictional)",
    )
    member.shares -= CONVERTED
