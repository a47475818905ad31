"""A member goes bankrupt and leaves by law; a van that was lent to them holds part of the shares' worth back.

What nobody disputes is paid at once, the rest when the van is back.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from domain.aggregates.membership import DeemedCause
from domain.ids import derived_id
from domain.ledger import disputes, members
from workers.demo.group.house import Group, House, Member
from workers.demo.relay.withdrawing import WORTH_C, pay, withdrawal_of
from workers.demo.relay.year import day

BANKRUPT = 13
BLOCKED_C = 200_00


def plan_dispute(group: Group, relay: House) -> None:
    """Note the bankruptcy in March and how it goes on."""
    member, on = relay.members[BANKRUPT], group.agenda.on
    dispute: dict[str, Any] = {"dispute_id": derived_id("demo", relay.entity_id, "van")}
    undisputed = partial(pay, group, relay, member, "withdrawal share, undisputed", WORTH_C - BLOCKED_C)
    on(day(3, 10), partial(_leave, group, member))
    on(day(3, 12), partial(_open, group, member, dispute))
    on(day(3, 24), undisputed)
    on(day(6, 11), partial(_settle, group, dispute))
    on(day(6, 16), partial(pay, group, relay, member, "withdrawal share, the rest", BLOCKED_C))


def _leave(group: Group, member: Member, on: date) -> None:
    group.clerk.tell(
        "membership.deem-resigned",
        members.deem_resigned,
        on=on,
        membership_id=member.membership_id,
        cause=DeemedCause.BANKRUPTCY,
        evidence_ref="judgment of the business court (fictional)",
    )
    member.leaving = True


def _open(group: Group, member: Member, dispute: dict[str, Any], on: date) -> None:
    group.clerk.tell(
        "dispute.open",
        disputes.open_dispute,
        on=on,
        membership_id=member.membership_id,
        about="the cooperative's van, lent and not given back (fictional)",
        **dispute,
    )
    group.clerk.tell(
        "dispute.block",
        disputes.block_amount,
        on=on,
        withdrawal_id=withdrawal_of(member),
        amount_c=BLOCKED_C,
        **dispute,
    )


def _settle(group: Group, dispute: dict[str, Any], on: date) -> None:
    outcome = "the van is back, without damage (fictional)"
    group.clerk.tell("dispute.settle", disputes.settle_dispute, on=on, outcome=outcome, **dispute)
