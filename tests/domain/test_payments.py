"""Money leaves by two people, waits in transit, and is cleared by the bank's own line."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.bank_line import BankLine
from domain.aggregates.payee_account import PayeeAccount
from domain.aggregates.payment_order import PaymentOrder, Pays
from domain.bookkeeping.rules_v1 import book
from domain.errors import (
    EmptyText,
    ExceedsLine,
    NotAPayment,
    NothingDue,
    OrderApprovedAlready,
    OrderClearedAlready,
    OrderNotApproved,
    OtherEntity,
    PaidAlready,
    SecondPersonNeeded,
    UnknownRecord,
)
from domain.ledger.bank import account_id_of, import_statements, line_id, open_bank_account
from domain.ledger.claims import approve_claim, submit_claim
from domain.ledger.entities import entity_id_of
from domain.ledger.payments import aid_order_id, approve_payment, clear_payment, order_claim_payment
from tests import aiding
from tests.cooperative import (
    ACCOUNT_ID,
    ENTITY,
    FOUNDED,
    PERSON,
    entry,
    found_entity,
    statement,
)
from tests.domain.spending import (
    CLAIM,
    CLOSING_C,
    DAY,
    PAYEE_IBAN,
    bank_pays,
    claimed,
    expense,
    fill_the_fund,
    paid_cooperative,
)
from tests.paper import PaperLedger
from tests.scenario import fact, says

ORDER, OTHER_ORDER = UUID(int=711), UUID(int=712)


@pytest.fixture
def ledger() -> PaperLedger:
    """A claim of 60.50 is approved."""
    paper = paid_cooperative()
    paper.perform(submit_claim, on=DAY, **claimed())
    paper.perform(approve_claim, on=DAY, actor="ben", claim_id=CLAIM)
    return paper


def order(ledger: PaperLedger, order_id: UUID = ORDER, **asked: Any) -> list[Any]:
    says: dict[str, Any] = {"order_id": order_id, "claim_id": CLAIM, "payee_iban": PAYEE_IBAN}
    return ledger.perform(order_claim_payment, on=DAY, **says | asked)


def approve(ledger: PaperLedger, order_id: UUID = ORDER, *, actor: str = "ben") -> list[Any]:
    return ledger.perform(approve_payment, on=DAY, actor=actor, order_id=order_id)


def clear(ledger: PaperLedger, line: UUID, order_id: UUID = ORDER) -> list[Any]:
    return ledger.perform(clear_payment, on=DAY, bank_line_id=line, order_id=order_id)


def balances(ledger: PaperLedger, *accounts: str) -> tuple[int, ...]:
    sums = dict.fromkeys(accounts, 0)
    for each in ledger.facts:
        entry = book(each)
        for line in entry.lines if entry is not None else ():
            if line.account in sums:
                sums[line.account] += line.debit_c - line.credit_c
    return tuple(sums.values())


def test_a_payment_is_ordered_approved_and_cleared_and_leaves_nothing_in_transit(
    ledger: PaperLedger,
) -> None:
    assert balances(ledger, "4890", "580", "499") == (-60_50, 0, 0)
    order(ledger)
    assert balances(ledger, "4890", "580", "499") == (-60_50, 0, 0)
    approve(ledger)
    assert balances(ledger, "4890", "580", "499") == (0, -60_50, 0)
    (line,) = bank_pays(ledger, 60_50)
    assert balances(ledger, "4890", "580", "499") == (0, -60_50, 60_50)
    of_line, cleared = clear(ledger, line)
    assert balances(ledger, "4890", "580", "499") == (0, 0, 0)
    assert says(cleared) == fact(
        PaymentOrder.Cleared,
        entity_id=ENTITY,
        pays=Pays.CLAIM,
        document_id=CLAIM,
        amount_c=60_50,
        booked_on=DAY,
        line_id=line,
    )
    assert says(of_line) == fact(BankLine.PaymentCleared, entity_id=ENTITY, order_id=ORDER, amount_c=60_50)


def test_an_order_pays_the_claimant_what_was_paid(ledger: PaperLedger) -> None:
    account, ordered = order(ledger)
    assert says(account) == fact(PayeeAccount.Recorded, payee_id=PERSON, iban=PAYEE_IBAN)
    assert says(ordered) == fact(
        PaymentOrder.Ordered,
        entity_id=ENTITY,
        pays=Pays.CLAIM,
        document_id=CLAIM,
        amount_c=60_50,
        payee_id=PERSON,
        payee_iban=PAYEE_IBAN,
    )


def test_whoever_ordered_a_payment_does_not_approve_it(ledger: PaperLedger) -> None:
    order(ledger)
    with pytest.raises(SecondPersonNeeded):
        approve(ledger, actor="anna")
    with pytest.raises(SecondPersonNeeded):
        ledger.perform(approve_payment, on=DAY, actor="desk", on_behalf_of="anna", order_id=ORDER)


def test_nothing_is_ordered_for_a_claim_that_nobody_approved() -> None:
    ledger = paid_cooperative()
    ledger.perform(submit_claim, on=DAY, **claimed())
    with pytest.raises(NothingDue):
        order(ledger)


def test_of_two_orders_for_one_claim_one_is_approved(ledger: PaperLedger) -> None:
    order(ledger)
    order(ledger, OTHER_ORDER)
    approve(ledger)
    with pytest.raises(PaidAlready):
        approve(ledger, OTHER_ORDER)
    with pytest.raises(PaidAlready):
        order(ledger, UUID(int=713))
    with pytest.raises(OrderApprovedAlready):
        approve(ledger)


def test_an_order_names_an_account(ledger: PaperLedger) -> None:
    with pytest.raises(EmptyText):
        order(ledger, payee_iban=" ")


def test_only_an_approved_payment_is_cleared_and_once(ledger: PaperLedger) -> None:
    order(ledger)
    first, second = bank_pays(ledger, 60_50, 60_50)
    with pytest.raises(OrderNotApproved):
        clear(ledger, first)
    approve(ledger)
    clear(ledger, first)
    with pytest.raises(OrderClearedAlready):
        clear(ledger, second)


def test_a_line_clears_several_payments_up_to_its_amount(ledger: PaperLedger) -> None:
    second = UUID(int=704)
    ledger.perform(submit_claim, on=DAY, **claimed(expense(sha256="cd" * 32), claim_id=second))
    ledger.perform(approve_claim, on=DAY, actor="ben", claim_id=second)
    order(ledger)
    order(ledger, OTHER_ORDER, claim_id=second)
    approve(ledger)
    approve(ledger, OTHER_ORDER)
    both, short = bank_pays(ledger, 121_00, 120_99)
    one_short = ledger.copy()
    clear(ledger, both)
    clear(ledger, both, OTHER_ORDER)
    assert balances(ledger, "580") == (0,)
    clear(one_short, short)
    with pytest.raises(ExceedsLine) as refused:
        clear(one_short, short, OTHER_ORDER)
    assert refused.value.facts == {"left_c": 60_49, "amount_c": 60_50}


def test_a_receipt_clears_no_payment(ledger: PaperLedger) -> None:
    order(ledger)
    approve(ledger)
    with pytest.raises(NotAPayment):
        clear(ledger, line_id(ACCOUNT_ID, "2026/1", "1"))


def test_a_line_of_another_entity_clears_nothing(ledger: PaperLedger) -> None:
    order(ledger)
    approve(ledger)
    found_entity(ledger.perform, code="SISTER")
    ledger.perform(
        open_bank_account,
        on=FOUNDED,
        entity_id=entity_id_of("SISTER"),
        account=PAYEE_IBAN,
        balance_c=100_00,
        balance_on=FOUNDED,
    )
    paid = statement(1, [entry("1", -60_50, on=DAY)], opening_c=100_00, on=DAY)
    ledger.perform(import_statements, account=PAYEE_IBAN, statements=[paid])
    with pytest.raises(OtherEntity):
        clear(ledger, line_id(account_id_of(PAYEE_IBAN), "2026/1", "1"))


def test_an_unknown_order_line_or_claim_is_refused(ledger: PaperLedger) -> None:
    with pytest.raises(UnknownRecord):
        approve(ledger)
    with pytest.raises(UnknownRecord):
        order(ledger, claim_id=UUID(int=9))
    order(ledger)
    with pytest.raises(UnknownRecord):
        clear(ledger, UUID(int=9))


def test_a_grant_waits_in_transit_for_the_bank_as_any_payment() -> None:
    ledger = paid_cooperative()
    fill_the_fund(ledger)
    aiding.ask(ledger.perform, 500_00, on=DAY)
    aiding.grant(ledger.perform, 500_00, on=DAY)
    aiding.pay(ledger.perform, on=DAY)
    assert balances(ledger, "580") == (-500_00,)
    (paid,) = bank_pays(ledger, 500_00, number=3, opening_c=CLOSING_C + 363_000_00)
    clear(ledger, paid, aid_order_id(aiding.AID))
    assert balances(ledger, "580", "499") == (0, 0)
    with pytest.raises(OrderApprovedAlready):
        approve(ledger, aid_order_id(aiding.AID), actor="carla")
