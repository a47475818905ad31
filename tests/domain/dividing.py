"""A dividend on paper: voted for shares that are held, appropriated with a year, shared out to the holders."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.aggregates.fiscal_year import Accounts, Appropriation
from domain.aggregates.member_register import MemberRegister
from domain.ledger.dividends import dividend_due_id, dividend_id, share_out_dividend, vote_dividend
from domain.ledger.entities import register_id
from domain.ledger.payments import approve_payment, order_dividend_payment
from domain.ledger.periods import close_period, stop_bookings
from domain.ledger.years import appropriate_result, approve_accounts, open_year, year_id
from tests.carried import adopted
from tests.cooperative import ENTITY
from tests.domain.departing import JULY, PAYEE_IBAN, board_tests, cooperative, takes, within
from tests.paper import PaperLedger

MOTION = UUID(int=0x9010)
YEAR = year_id(ENTITY, "2025")
DIVIDEND = dividend_id(ENTITY, 1)
PAID_BY = UUID(int=950)
DECIDED: dict[str, Any] = {"decision_ref": "assembly 2026", "motion_id": MOTION}


def with_shares(*held: int) -> PaperLedger:
    """The cooperative whose first members hold so many shares of 250.00, and a motion they signed."""
    ledger = cooperative()
    for nth, qty in enumerate(held):
        takes(ledger, nth, qty)
    members = tuple(ledger.get(MemberRegister, register_id(ENTITY)).members)
    assert adopted(ledger.perform, members, on=JULY) == MOTION
    return ledger


def votes(
    ledger: PaperLedger, per_share_c: int, *, distributable_c: int = 10_000_00, **says: Any
) -> list[Any]:
    """The board makes both tests, and the assembly gives each share so much."""
    board_tests(ledger, within(distributable_c))
    asked: dict[str, Any] = {"entity_id": ENTITY, "share_class": "A", "per_share_c": per_share_c}
    return ledger.perform(vote_dividend, on=JULY, **(asked | DECIDED | says))


def appropriates(
    ledger: PaperLedger, dividend_c: int, *, carried_forward_c: int = 0, patronage_c: int = 0
) -> list[Any]:
    """The books of 2025 are closed and approved, and the result, just what is given, is appropriated."""
    ledger.perform(
        open_year, entity_id=ENTITY, year="2025", first_on=date(2025, 11, 1), last_on=date(2025, 12, 31)
    )
    balances: dict[str, Any] = {"trial_balance_sha256": "d" * 64, "debit_c": 5, "credit_c": 5}
    for month in ("2025-11", "2025-12"):
        ledger.perform(stop_bookings, entity_id=ENTITY, month=month)
        at: dict[str, Any] = {"entity_id": ENTITY, "month": month, "position": ledger.position}
        ledger.perform(close_period, **at, **balances)
    result_c = dividend_c + patronage_c + carried_forward_c
    accounts = Accounts(
        position=ledger.position, result_c=result_c, net_asset_c=result_c, brought_forward_c=0, **balances
    )
    ledger.perform(approve_accounts, on=JULY, year_id=YEAR, accounts=accounts, **DECIDED)
    uses = Appropriation(0, 0, 0, dividend_c, carried_forward_c, patronage_c)
    return ledger.perform(appropriate_result, on=JULY, year_id=YEAR, appropriation=uses, **DECIDED)


def shares_out(ledger: PaperLedger, dividend: UUID = DIVIDEND, *, on: date = JULY) -> list[Any]:
    """The treasurer names the next holders."""
    return ledger.perform(share_out_dividend, on=on, dividend_id=dividend)


def orders_dividend(
    ledger: PaperLedger, account_id: UUID, *, order_id: UUID = PAID_BY, **says: Any
) -> list[Any]:
    """Anna orders that the holder of that account is paid."""
    asked: dict[str, Any] = {"dividend_due_id": dividend_due_id(DIVIDEND, account_id)}
    asked |= {"order_id": order_id, "payee_iban": PAYEE_IBAN, "on": JULY}
    return ledger.perform(order_dividend_payment, **asked | says)


def pays_dividend(ledger: PaperLedger, account_id: UUID, *, order_id: UUID = PAID_BY) -> None:
    """Anna orders, Ben approves."""
    orders_dividend(ledger, account_id, order_id=order_id)
    ledger.perform(approve_payment, on=JULY, actor="ben", order_id=order_id)
