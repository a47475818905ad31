"""A dividend in the world of the read models: voted, appropriated with a year, shared out, ordered."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.aggregates.fiscal_year import Accounts, Appropriation
from domain.ledger.dividends import dividend_due_id, dividend_id, share_out_dividend, vote_dividend
from domain.ledger.entities import set_parameter
from domain.ledger.patronage import patronage_id, share_out_patronage, vote_patronage
from domain.ledger.payments import approve_payment, order_dividend_payment
from domain.ledger.periods import close_period, stop_bookings
from domain.ledger.presets import ACCOUNTS_BODY
from domain.ledger.years import appropriate_result, approve_accounts, year_id
from projections.patronage import contributed
from tests.cooperative import ENTITY
from tests.projections.departing import board_tests
from tests.projections.world import MARCH, SHARES, World

YEAR = year_id(ENTITY, "2025")
DIVIDEND = dividend_id(ENTITY, 1)
DUE = dividend_due_id(DIVIDEND, SHARES)
REFUND = patronage_id(ENTITY, 1)
PAID_BY = UUID(int=1700)
DECIDED = {"decision_ref": "assembly 2026"}


def gives_a_dividend(
    world: World, *, on: date = MARCH, per_share_c: int = 5_55, patronage_c: int = 0
) -> None:
    """The first member's two shares are given 5.55 each, with the result of the year 2025, which is open.

    The activities are given `patronage_c` in all, by what they contributed in that year.
    """
    appropriates_a_dividend(world, on=on, per_share_c=per_share_c, patronage_c=patronage_c)
    world.perform(share_out_dividend, on=on, dividend_id=DIVIDEND)
    if patronage_c:
        gives_the_activities_their_parts(world, on=on)


def appropriates_a_dividend(
    world: World, *, on: date = MARCH, per_share_c: int = 5_55, patronage_c: int = 0
) -> None:
    """It is voted and appropriated, and none of it has reached anybody."""
    elsewhere: dict[str, Any] = {
        "value": "elsewhere",
        "valid_from": on,
        "source_ref": "minutes on paper",
    }
    world.perform(set_parameter, entity_id=ENTITY, name=ACCOUNTS_BODY, **elsewhere)
    board_tests(world, 1_000_00, on=on)
    asked: dict[str, Any] = {"entity_id": ENTITY, "share_class": "A", "per_share_c": per_share_c}
    world.perform(vote_dividend, on=on, **asked, **DECIDED)
    if patronage_c:
        world.perform(vote_patronage, on=on, entity_id=ENTITY, amount_c=patronage_c, **DECIDED)
    balances: dict[str, Any] = {"trial_balance_sha256": "d" * 64, "debit_c": 5, "credit_c": 5}
    for month in ("2025-11", "2025-12"):
        world.perform(stop_bookings, entity_id=ENTITY, month=month)
        at: dict[str, Any] = {"entity_id": ENTITY, "month": month, "position": world.log.head().size}
        world.perform(close_period, **at, **balances)
    given_c = 2 * per_share_c
    position = world.log.head().size
    result_c = given_c + patronage_c
    told: dict[str, Any] = {"result_c": result_c, "net_asset_c": 1_000_00, "brought_forward_c": 0}
    accounts = Accounts(position=position, **told, **balances)
    world.perform(approve_accounts, on=on, year_id=YEAR, accounts=accounts, **DECIDED)
    uses = Appropriation(0, 0, 0, given_c, 0, patronage_c)
    world.perform(appropriate_result, on=on, year_id=YEAR, appropriation=uses, **DECIDED)


def gives_the_activities_their_parts(world: World, *, on: date) -> None:
    """By what the journal says they contributed in the year."""
    world.project()
    position = world.log.head().size
    days: dict[str, Any] = {"first_on": date(2025, 11, 1), "last_on": date(2025, 12, 31)}
    reader = world.reader()
    by_basis = contributed(reader, entity_id=ENTITY, position=position, **days)
    asked: dict[str, Any] = {"patronage_id": REFUND, "position": position, "by_basis": by_basis}
    world.perform(share_out_patronage, on=on, **asked)


def orders_it(world: World, *, on: date = MARCH) -> None:
    """Two people order that the holder is paid."""
    paid: dict[str, Any] = {"dividend_due_id": DUE, "payee_iban": "BE29539000000289"}
    world.perform(order_dividend_payment, on=on, order_id=PAID_BY, **paid)
    world.perform(approve_payment, on=on, actor="bert", order_id=PAID_BY)
