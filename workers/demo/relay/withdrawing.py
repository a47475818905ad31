"""What members of the third entity who left are paid for their shares: tested, ordered, paid by the bank."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID

from domain.ids import derived_id
from domain.ledger import members, payments, shares, withdrawals
from workers.demo.clerk import TREASURER
from workers.demo.group.banking import clear
from workers.demo.group.house import Coming, Group, House, Member
from workers.demo.group.size import later
from workers.demo.relay.cast import SHARES, SHARES_EACH
from workers.demo.relay.year import FIRST_DAY, day

NET_ASSET_C = 118_50
WORTH_C = SHARES_EACH * NET_ASSET_C
"""What four shares are worth by the last approved accounts."""
TESTED: dict[str, Any] = {
    "net_asset_c": 50_000_00,
    "unavailable_c": 8_000_00,
    "means_c": 80_000_00,
    "debts_c": 40_000_00,
}


def plan_worth(group: Group, relay: House) -> None:
    """Note that the accounts of the year before last, approved on paper, say what a share is worth."""
    group.agenda.on(day(1, 8), partial(_approve_accounts, group, relay))


def resign(group: Group, member: Member, on: date) -> None:
    """Give notice, and leave on the day after it takes effect."""
    outcome = group.clerk.ask(
        "membership.resign", members.resign, on=on, membership_id=member.membership_id, received_on=on
    )
    member.leaving = True
    effect_on: date = outcome.facts[0].event.effect_on
    group.agenda.on(effect_on + timedelta(days=1), partial(_leave, group, member))


def _leave(group: Group, member: Member, on: date) -> None:
    group.clerk.tell(
        "membership.leave", members.let_resignation_take_effect, on=on, membership_id=member.membership_id
    )


def withdrawal_of(member: Member) -> UUID:
    """Return the withdrawal share of a member who left."""
    return withdrawals.withdrawal_id(shares.share_account_id(member.membership_id, SHARES))


def order(
    group: Group, relay: House, member: Member, what: str, amount_c: int, on: date, *, iban: str = ""
) -> UUID:
    """Make both tests, then let two people order so much of a withdrawal share; return the order."""
    tell, order_id = group.clerk.tell, derived_id("demo", relay.entity_id, what)
    record_tests(group, relay, on)
    tell(
        "withdrawal.order",
        withdrawals.order_withdrawal_payment,
        on=on,
        order_id=order_id,
        withdrawal_id=withdrawal_of(member),
        amount_c=amount_c,
        payee_iban=iban or member.iban,
    )
    tell("payment.approve", payments.approve_payment, on=on, actor=TREASURER, order_id=order_id)
    return order_id


def pay(
    group: Group, relay: House, member: Member, what: str, amount_c: int, on: date, *, iban: str = ""
) -> None:
    """Order so much of a withdrawal share, which the bank pays on the next day."""
    order_id = order(group, relay, member, what, amount_c, on, iban=iban)
    relay.account.coming.append(
        Coming(
            later(on, 1),
            -amount_c,
            member.person.name,
            iban or member.iban,
            remittance=f"{what} (fictional)",
            then=partial(clear, group, order_id),
        )
    )


def record_tests(group: Group, relay: House, on: date) -> None:
    """Record what the board found: there is enough to pay those who left."""
    group.clerk.tell(
        "distribution-tests.record",
        withdrawals.record_distribution_tests,
        on=on,
        actor=TREASURER,
        entity_id=relay.entity_id,
        report_sha256=sha256(f"{relay.code} {on} (fictional)".encode()).hexdigest(),
        **TESTED,
    )


def _approve_accounts(group: Group, relay: House, on: date) -> None:
    group.clerk.tell(
        "net-asset.approve",
        withdrawals.approve_net_asset,
        on=on,
        actor=TREASURER,
        entity_id=relay.entity_id,
        share_class=SHARES,
        closing_on=date(FIRST_DAY.year - 2, 12, 31),
        net_asset_per_share_c=NET_ASSET_C,
        accounts_ref=f"annual accounts {FIRST_DAY.year - 2} (fictional)",
        decision_ref="annual assembly, on paper (fictional)",
    )
