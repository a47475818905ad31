"""Who leaves, how, and what becomes of the shares: paid, suspended and paid later, transferred."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID

from domain.ledger import entities, exclusions, members, payments, shares, withdrawals
from domain.ledger.presets import EXCLUSION_BODY
from workers.demo.clerk import TREASURER
from workers.demo.group.banking import clear
from workers.demo.group.founding import SHARES
from workers.demo.group.house import Coming, Group, House, Member
from workers.demo.group.size import later

LEAST_TO_SPARE = 4
ENOUGH_TO_SPARE = 8
"""How many settled members a house has in which one may resign, and in which all kinds of leaving happen."""

NET_ASSET_C = 118_50
"""What a share of 125.00 is worth by the accounts of the demo."""

ENOUGH_C, UNAVAILABLE_C = 900_000_00, 20_000_00


def plan_departures(group: Group, house: House) -> None:
    """Note who resigns, and in a house of some size who gives shares away, is excluded and dies."""
    size, agenda = group.size, group.agenda
    settled = [member for member in house.members if member.joined_on is not None]
    agenda.on(size.month(0).on(20), partial(_approve_accounts, group, house))
    if len(settled) >= LEAST_TO_SPARE:
        agenda.on(
            size.month(size.months // 3).on(12), partial(_resign, group, house, settled[-1], fails_first=True)
        )
    if len(settled) < ENOUGH_TO_SPARE:
        return
    agenda.on(
        size.month(size.months // 12).on(13), partial(_resign, group, house, settled[-2], fails_first=False)
    )
    agenda.on(size.month(size.months // 2).on(6), partial(_transfer, group, settled[0], settled[1]))
    agenda.on(size.month(size.months // 6).on(14), partial(_propose_exclusion, group, house, settled[-3]))
    agenda.on(size.month(size.months * 2 // 3).on(7), partial(_die, group, house, settled[-4]))


def _approve_accounts(group: Group, house: House, on: date) -> None:
    """Record what the accounts of the year before the demo make a share worth."""
    group.clerk.tell(
        "net-asset.approve",
        withdrawals.approve_net_asset,
        on=on,
        actor=TREASURER,
        entity_id=house.entity_id,
        share_class=SHARES,
        closing_on=group.size.first_day - timedelta(days=1),
        net_asset_per_share_c=NET_ASSET_C,
        accounts_ref="annual accounts before the demo (fictional)",
        decision_ref="annual assembly (fictional)",
    )


def _resign(group: Group, house: House, member: Member, on: date, *, fails_first: bool) -> None:
    """Give notice; the departure takes effect on the statutory day, should the demo live to see it."""
    outcome = group.clerk.ask(
        "membership.resign", members.resign, on=on, membership_id=member.membership_id, received_on=on
    )
    member.leaving = True
    effect_on: date = outcome.facts[0].event.effect_on
    if effect_on < group.size.month(group.size.months).first:
        leave = partial(_leave, group, house, member, fails_first=fails_first)
        group.agenda.on(effect_on + timedelta(days=1), leave)


def _leave(group: Group, house: House, member: Member, on: date, *, fails_first: bool) -> None:
    group.clerk.tell(
        "membership.leave",
        members.let_resignation_take_effect,
        on=on,
        membership_id=member.membership_id,
    )
    _pay_out(group, house, member, on, fails_first=fails_first)


def _transfer(group: Group, giver: Member, receiver: Member, on: date) -> None:
    """Transfer one share to another member, as the board approved."""
    group.clerk.tell(
        "shares.transfer",
        shares.transfer_shares,
        on=on,
        transfer_id=group.clerk.new_id(),
        from_account_id=shares.share_account_id(giver.membership_id, SHARES),
        to_membership_id=receiver.membership_id,
        qty=1,
        decision_ref="board, decision on transfers",
    )


def _propose_exclusion(group: Group, house: House, member: Member, on: date) -> None:
    """Tell a member why; they answer and ask to be heard, and are excluded all the same."""
    clerk, exclusion_id = group.clerk, group.clerk.new_id()
    clerk.tell(
        "parameter.set",
        entities.set_parameter,
        on=on,
        actor=TREASURER,
        entity_id=house.entity_id,
        name=EXCLUSION_BODY,
        value="board",
        valid_from=on,
        source_ref="articles of association, art. 9 (fictional)",
    )
    clerk.tell(
        "exclusion.propose",
        exclusions.propose_exclusion,
        on=on,
        exclusion_id=exclusion_id,
        membership_id=member.membership_id,
        reasons="works for the cooperative's clients on the side (fictional)",
    )
    group.agenda.on(later(on, 6), partial(_hear, group, house, member, exclusion_id))


def _hear(group: Group, house: House, member: Member, exclusion_id: UUID, on: date) -> None:
    clerk = group.clerk
    clerk.tell(
        "exclusion.answer",
        exclusions.receive_observations,
        on=on,
        exclusion_id=exclusion_id,
        observations="these were friends (fictional)",
        hearing_asked=True,
    )
    minutes = sha256(f"minutes {exclusion_id} (fictional)".encode()).hexdigest()
    clerk.tell(
        "exclusion.hear", exclusions.hold_hearing, on=on, exclusion_id=exclusion_id, minutes_sha256=minutes
    )
    group.agenda.on(later(on, 5), partial(_exclude, group, house, member, exclusion_id))


def _exclude(group: Group, house: House, member: Member, exclusion_id: UUID, on: date) -> None:
    clerk = group.clerk
    clerk.tell(
        "exclusion.decide",
        exclusions.exclude_member,
        on=on,
        exclusion_id=exclusion_id,
        decision_ref="board, decision on an exclusion",
        motivation="the hearing changed nothing (fictional)",
    )
    member.leaving = True
    group.agenda.on(later(on, 3), partial(_notify, group, exclusion_id))
    _pay_out(group, house, member, on, fails_first=False)


def _notify(group: Group, exclusion_id: UUID, on: date) -> None:
    group.clerk.tell("exclusion.notify", exclusions.notify_exclusion, on=on, exclusion_id=exclusion_id)


def _die(group: Group, house: House, member: Member, on: date) -> None:
    """Record a death; the heirs name who represents them, and that person is paid."""
    clerk = group.clerk
    certificate: dict[str, Any] = {
        "membership_id": member.membership_id,
        "evidence_ref": "certificate (fictional)",
    }
    clerk.tell("membership.record-death", members.record_death, on=on, **certificate)
    member.leaving = True
    clerk.tell(
        "membership.name-representative",
        members.name_heirs_representative,
        on=on,
        representative_id=clerk.new_id(),
        representative="The heirs' notary (fictional)",
        **certificate,
    )
    _pay_out(group, house, member, on, fails_first=False)


def _pay_out(group: Group, house: House, member: Member, on: date, *, fails_first: bool) -> None:
    """Let the board make its tests and pay; if they fail at first, only when they hold two months later."""
    pays_on = later(on, 5)
    if fails_first:
        group.agenda.on(pays_on, partial(_test, group, house, UNAVAILABLE_C // 2))
        pays_on = later(pays_on, 40)
    last = group.size.month(group.size.months).first
    if pays_on < last:
        group.agenda.on(pays_on, partial(_test, group, house, ENOUGH_C))
        group.agenda.on(pays_on, partial(_pay, group, house, member))


def _test(group: Group, house: House, net_asset_c: int, on: date) -> None:
    """Record both tests; the report is made up like all else."""
    group.clerk.tell(
        "distribution-tests.record",
        withdrawals.record_distribution_tests,
        on=on,
        actor=TREASURER,
        entity_id=house.entity_id,
        net_asset_c=net_asset_c,
        unavailable_c=UNAVAILABLE_C,
        means_c=ENOUGH_C,
        debts_c=UNAVAILABLE_C,
        report_sha256=sha256(f"{house.code} {on} (fictional)".encode()).hexdigest(),
    )


def _pay(group: Group, house: House, member: Member, on: date) -> None:
    """Order and approve what is owed; the bank pays on the next day."""
    clerk, order_id = group.clerk, group.clerk.new_id()
    account_id = shares.share_account_id(member.membership_id, SHARES)
    withdrawal_id = withdrawals.withdrawal_id(account_id)
    amount_c = member.shares * NET_ASSET_C
    if not amount_c:
        return
    clerk.tell(
        "withdrawal.order",
        withdrawals.order_withdrawal_payment,
        on=on,
        order_id=order_id,
        withdrawal_id=withdrawal_id,
        amount_c=amount_c,
        payee_iban=member.iban,
    )
    clerk.tell("payment.approve", payments.approve_payment, on=on, actor=TREASURER, order_id=order_id)
    house.account.coming.append(
        Coming(
            later(on, 1),
            -amount_c,
            member.person.name,
            member.iban,
            remittance="withdrawal share",
            then=partial(clear, group, order_id),
        )
    )
