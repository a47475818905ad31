"""A cooperative of five members, of whom one holds shares and leaves, and the bank that pays."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.ledger.bank import import_statements, line_id
from domain.ledger.members import let_resignation_take_effect, membership_id, resign
from domain.ledger.payments import approve_payment, clear_payment
from domain.ledger.periods import open_period
from domain.ledger.shares import (
    allot_shares,
    open_share_class,
    pay_share_contribution,
    share_account_id,
    subscribe_shares,
)
from domain.ledger.withdrawals import (
    approve_net_asset,
    order_withdrawal_payment,
    record_distribution_tests,
    withdrawal_id,
)
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ENTITY,
    MEMBER,
    OPENING_C,
    OTHER_MEMBER,
    OTHER_PERSON,
    PERSON,
    entry,
    found,
    join,
    statement,
)
from tests.paper import PaperLedger
from tests.scenario import TODAY

MARCH, JUNE, JULY = date(2026, 3, 10), date(2026, 6, 30), date(2026, 7, 15)
JOINED = date(2026, 1, 8)
PEOPLE = (PERSON, OTHER_PERSON, UUID(int=110), UUID(int=111), UUID(int=112))
MEMBERS = tuple(membership_id(ENTITY, person) for person in PEOPLE)
ACCOUNT_A, OTHER_ACCOUNT_A = share_account_id(MEMBER, "A"), share_account_id(OTHER_MEMBER, "A")
WITHDRAWAL, OTHER_WITHDRAWAL = withdrawal_id(ACCOUNT_A), withdrawal_id(OTHER_ACCOUNT_A)
ORDER = UUID(int=900)
PAYEE_IBAN = "BE29539000000289"
RECEIPT = line_id(ACCOUNT_ID, "2026/1", "1")
RECEIVED_C = 20_000_00
REPORT = "cd" * 32
FAILS: dict[str, Any] = {
    "net_asset_c": 9_000_00,
    "unavailable_c": 8_000_00,
    "means_c": 900_00,
    "debts_c": 1_500_00,
}
HOLDS: dict[str, Any] = {
    "net_asset_c": 12_000_00,
    "unavailable_c": 8_000_00,
    "means_c": 9_000_00,
    "debts_c": 5_500_00,
}


def cooperative() -> PaperLedger:
    """Five members, classes A (available) and B (unavailable), and a receipt of 20,000.00."""
    ledger = PaperLedger()
    found(ledger.perform)
    for person in PEOPLE[2:]:
        join(ledger.perform, person)
    for month in ("2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09"):
        ledger.perform(open_period, entity_id=ENTITY, month=month)
    for share_class, unavailable in (("A", False), ("B", True)):
        ledger.perform(
            open_share_class,
            entity_id=ENTITY,
            share_class=share_class,
            unavailable=unavailable,
            statutes_ref="statutes art. 6",
        )
    reported = statement(1, [entry("1", RECEIVED_C, on=JOINED)], opening_c=OPENING_C, on=JOINED)
    ledger.perform(import_statements, account=ACCOUNT, statements=[reported])
    return ledger


def takes(
    ledger: PaperLedger,
    nth: int,
    qty: int,
    *,
    price_c: int = 250_00,
    share_class: str = "A",
    on: date = TODAY,
) -> UUID:
    """Let the nth member subscribe to so many shares, pay, and be allotted them; return the account."""
    account_id = share_account_id(MEMBERS[nth], share_class)
    ledger.perform(
        subscribe_shares, on=on, membership_id=MEMBERS[nth], share_class=share_class, qty=qty, price_c=price_c
    )
    ledger.perform(
        pay_share_contribution,
        on=on,
        bank_line_id=RECEIPT,
        account_id=account_id,
        payer_id=PEOPLE[nth],
        amount_c=qty * price_c,
    )
    ledger.perform(allot_shares, on=on, account_id=account_id, qty=qty)
    return account_id


def approves_accounts(
    ledger: PaperLedger, per_share_c: int = 240_00, *, on: date = date(2026, 5, 20), share_class: str = "A"
) -> None:
    """The assembly approves the accounts of 2025."""
    ledger.perform(
        approve_net_asset,
        on=on,
        entity_id=ENTITY,
        share_class=share_class,
        closing_on=date(2025, 12, 31),
        net_asset_per_share_c=per_share_c,
        accounts_ref="annual accounts 2025",
        decision_ref="assembly 2026",
    )


def board_tests(ledger: PaperLedger, figures: dict[str, Any], *, on: date = JULY) -> list[Any]:
    """The board records both tests."""
    return ledger.perform(record_distribution_tests, on=on, entity_id=ENTITY, report_sha256=REPORT, **figures)


def orders(
    ledger: PaperLedger,
    amount_c: int,
    *,
    withdrawal: UUID = WITHDRAWAL,
    order_id: UUID = ORDER,
    on: date = JULY,
) -> None:
    """Anna orders that so much of a withdrawal share is paid."""
    ledger.perform(
        order_withdrawal_payment,
        on=on,
        order_id=order_id,
        withdrawal_id=withdrawal,
        amount_c=amount_c,
        payee_iban=PAYEE_IBAN,
    )


def pays(
    ledger: PaperLedger,
    amount_c: int,
    *,
    withdrawal: UUID = WITHDRAWAL,
    order_id: UUID = ORDER,
    on: date = JULY,
) -> None:
    """Anna orders, Ben approves."""
    orders(ledger, amount_c, withdrawal=withdrawal, order_id=order_id, on=on)
    ledger.perform(approve_payment, on=on, actor="ben", order_id=order_id)


def bank_clears(ledger: PaperLedger, amount_c: int, *, order_id: UUID = ORDER, on: date = JULY) -> None:
    """The bank's second statement pays the order out."""
    paid = statement(2, [entry("1", -amount_c, on=on)], opening_c=OPENING_C + RECEIVED_C, on=on)
    ledger.perform(import_statements, account=ACCOUNT, statements=[paid])
    ledger.perform(clear_payment, on=on, bank_line_id=line_id(ACCOUNT_ID, "2026/2", "1"), order_id=order_id)


def leaves(ledger: PaperLedger, member: UUID = MEMBER) -> list[Any]:
    """Resign in March; on 15 July somebody lets it take effect, as of 30 June."""
    ledger.perform(resign, on=MARCH, membership_id=member, received_on=MARCH)
    return ledger.perform(let_resignation_take_effect, on=JULY, membership_id=member)


def told(facts: list[Any], kind: type[Any]) -> Any:
    """Return the first of the facts of that kind."""
    return next(each for each in facts if isinstance(each, kind))


def within(distributable_c: int) -> dict[str, Any]:
    """Tests that leave so much."""
    return {"net_asset_c": distributable_c, "unavailable_c": 0, "means_c": distributable_c, "debts_c": 0}
