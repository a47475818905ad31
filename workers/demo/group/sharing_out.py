"""The dividend of a good year: tested, voted, and paid to each holder once the result is appropriated."""

from __future__ import annotations

from datetime import date
from functools import partial
from hashlib import sha256
from random import Random
from uuid import UUID

from domain.aggregates.dividend import Dividend
from domain.aggregates.dividend_due import DividendDue
from domain.aggregates.fiscal_year import Accounts
from domain.ids import derived_id
from domain.ledger import corrections, dividends, payments, withdrawals
from workers.demo.clerk import TREASURER
from workers.demo.group.banking import clear
from workers.demo.group.founding import SHARES
from workers.demo.group.house import Coming, Group, House, Member
from workers.demo.group.size import later
from workers.demo.people import random_id

PER_SHARE_C = 1_25
"""A hundredth of what a share cost, before tax."""


def vote_dividend(
    group: Group, house: House, accounts: Accounts, motion_id: UUID, decision_ref: str, on: date
) -> Dividend.Voted | None:
    """Give each share a little of a good year, unless somebody waits to be paid for shares; return the vote."""
    amount_c = _shares_of(group, house) * PER_SHARE_C
    able_c = min(accounts.net_asset_c, house.account.balance_c)
    if not 0 < amount_c <= min(accounts.result_c // 2, able_c):
        return None
    clerk = group.clerk
    clerk.tell(
        "distribution-tests.record",
        withdrawals.record_distribution_tests,
        on=on,
        actor=TREASURER,
        entity_id=house.entity_id,
        net_asset_c=accounts.net_asset_c,
        unavailable_c=0,
        means_c=house.account.balance_c,
        debts_c=0,
        report_sha256=sha256(f"{house.code} dividend {on} (fictional)".encode()).hexdigest(),
    )
    outcome = clerk.ask(
        "dividend.vote",
        dividends.vote_dividend,
        on=on,
        actor=TREASURER,
        entity_id=house.entity_id,
        share_class=SHARES,
        per_share_c=PER_SHARE_C,
        decision_ref=decision_ref,
        motion_id=motion_id,
    )
    return next(each.event for each in outcome.facts if isinstance(each.event, Dividend.Voted))


def share_out(group: Group, house: House, voted: Dividend.Voted, on: date) -> None:
    """Name the holders, and let two people pay each of them, the first at the second try; the bank pays next day."""
    chance = Random(f"dividend {voted.originator_id} {group.size.seed}")  # noqa: S311 - a demo is drawn from its seed
    outcome = group.clerk.ask(
        "dividend.share-out",
        dividends.share_out_dividend,
        on=on,
        actor=TREASURER,
        dividend_id=voted.originator_id,
    )
    named = [each.event for each in outcome.facts if isinstance(each.event, DividendDue.Determined)]
    for n, due in enumerate(named):
        order_id = random_id(chance)
        if n == 0:
            order_id = _order_anew(group, house, due, order_id, on)
        _pay(group, house, due, order_id, on)


def _order_anew(group: Group, house: House, due: DividendDue.Determined, order_id: UUID, on: date) -> UUID:
    """Order the first one, and withdraw that before the bank has it; return the order that pays in its place."""
    _order(group, house, due, order_id, on)
    group.clerk.tell(
        "payment.withdraw",
        corrections.withdraw_order,
        on=on,
        order_id=order_id,
        reason="the bank refused the file with one order in it (fictional)",
    )
    return derived_id("payment-order", "again", order_id)


def _order(group: Group, house: House, due: DividendDue.Determined, order_id: UUID, on: date) -> Member:
    """Let two people order what a holder is due; return the holder."""
    member = next(each for each in house.members if each.membership_id == due.membership_id)
    group.clerk.tell(
        "dividend.order",
        payments.order_dividend_payment,
        on=on,
        order_id=order_id,
        dividend_due_id=due.originator_id,
        payee_iban=member.iban,
    )
    group.clerk.tell("payment.approve", payments.approve_payment, on=on, actor=TREASURER, order_id=order_id)
    return member


def _pay(group: Group, house: House, due: DividendDue.Determined, order_id: UUID, on: date) -> None:
    member = _order(group, house, due, order_id, on)
    house.account.coming.append(
        Coming(
            later(on, 1),
            -due.net_c,
            member.person.name,
            member.iban,
            remittance="dividend",
            then=partial(clear, group, order_id),
        )
    )


def _shares_of(group: Group, house: House) -> int:
    """Return how many shares are held, or none while a withdrawal share waits, which is paid before."""
    from projections.share_register import share_register
    from projections.withdrawals import withdrawals_owed

    group.clerk.let_readers_catch_up()
    reader = group.clerk.workshop.reader
    owed = withdrawals_owed(reader, entity_id=house.entity_id).withdrawals
    if any(each.owed_c > each.ordered_c for each in owed):
        return 0
    return sum(each.held for each in share_register(reader, entity_id=house.entity_id).holdings)
