"""A payment that the payee's bank sends back is owed again, and another order may pay it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.expense_claim import ExpenseClaim
from domain.aggregates.payment_order import PaymentOrder, Pays
from domain.aggregates.payroll import Payroll
from domain.aggregates.withdrawal_share import WithdrawalShare
from domain.errors import (
    ExceedsLine,
    NotAReceipt,
    OrderClearedAlready,
    OrderNotCleared,
    OrderOfFund,
    OtherEntity,
    PaidAlready,
)
from domain.ledger.bank import account_id_of, import_statements, line_id, open_bank_account
from domain.ledger.claims import approve_claim, submit_claim
from domain.ledger.entities import entity_id_of
from domain.ledger.payments import (
    approve_payment,
    clear_payment,
    order_claim_payment,
    order_wage_payment,
    return_payout,
    withdraw_payment,
)
from tests.cooperative import ACCOUNT, ACCOUNT_ID, FOUNDED, OPENING_C, entry, found_entity, statement
from tests.domain.departing import (
    JULY,
    ORDER,
    RECEIVED_C,
    WITHDRAWAL,
    approves_accounts,
    bank_clears,
    board_tests,
    cooperative,
    leaves,
    pays,
    takes,
    within,
)
from tests.domain.spending import (
    CLAIM,
    CLOSING_C,
    DAY,
    PAYEE_IBAN,
    balances,
    bank_pays,
    claimed,
    paid_cooperative,
)
from tests.domain.test_payouts_held import WAGE, WAGE_ORDER, posts_wage
from tests.paper import PaperLedger
from tests.scenario import Given, fact, stamp

PAID, NEXT = UUID(int=720), UUID(int=721)
OTHER_ACCOUNT = "BE29539000000289"


@pytest.fixture
def paid() -> PaperLedger:
    """A claim of 60.50 was paid, and the bank has made the payment."""
    ledger = paid_cooperative()
    ledger.perform(submit_claim, on=DAY, **claimed())
    ledger.perform(approve_claim, on=DAY, actor="ben", claim_id=CLAIM)
    orders(ledger)
    (line,) = bank_pays(ledger, 60_50)
    ledger.perform(clear_payment, on=DAY, bank_line_id=line, order_id=PAID)
    return ledger


def orders(ledger: PaperLedger, order_id: UUID = PAID) -> None:
    ledger.perform(order_claim_payment, on=DAY, order_id=order_id, claim_id=CLAIM, payee_iban=PAYEE_IBAN)
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=order_id)


def comes_back(
    ledger: PaperLedger, amount_c: int, *, number: int = 3, opening_c: int = CLOSING_C - 60_50, on: date = DAY
) -> UUID:
    """The bank's next statement with this receipt; its line."""
    reported = statement(number, [entry("1", amount_c, on=on)], opening_c=opening_c, on=on)
    ledger.perform(import_statements, account=ACCOUNT, statements=[reported])
    return line_id(ACCOUNT_ID, f"2026/{number}", "1")


def returns(ledger: PaperLedger, line: UUID, order_id: UUID = PAID, on: date = DAY, **says: Any) -> list[Any]:
    return ledger.perform(return_payout, on=on, bank_line_id=line, order_id=order_id, **says)


def test_what_came_back_is_owed_again_and_paid_by_another_order(paid: PaperLedger) -> None:
    before = balances(paid.facts)
    assert before["4890"] == 0
    recorded = returns(paid, comes_back(paid, 60_50), reason_code="AC04")
    (returned,) = (each for each in recorded if isinstance(each, PaymentOrder.Returned))
    assert (returned.reason_code, returned.amount_c) == ("AC04", 60_50)
    after = balances(paid.facts)
    assert (after["4890"], after["499"], after["550"] - before["550"]) == (-60_50, 0, 60_50)
    assert paid.get(ExpenseClaim, CLAIM).order_id is None
    orders(paid, NEXT)
    assert paid.get(ExpenseClaim, CLAIM).order_id == NEXT


def test_a_payment_comes_back_once_and_only_after_the_bank_made_it(paid: PaperLedger) -> None:
    line = comes_back(paid, 121_00)
    returns(paid, line)
    with pytest.raises(OrderNotCleared):
        returns(paid, line)
    with pytest.raises(OrderClearedAlready):
        paid.perform(withdraw_payment, on=DAY, order_id=PAID, reason="it came back")
    orders(paid, NEXT)
    with pytest.raises(OrderNotCleared):
        returns(paid, line, NEXT)
    with pytest.raises(PaidAlready):
        orders(paid, UUID(int=722))


def test_it_comes_back_whole_by_a_receipt_of_the_same_entity(paid: PaperLedger) -> None:
    with pytest.raises(ExceedsLine):
        returns(paid, comes_back(paid, 60_49))
    (sent,) = bank_pays(paid, 1, number=4, opening_c=CLOSING_C - 1)
    with pytest.raises(NotAReceipt):
        returns(paid, sent)
    found_entity(paid.perform, code="OTHER")
    opened: dict[str, Any] = {"account": OTHER_ACCOUNT, "balance_c": 0, "balance_on": FOUNDED}
    paid.perform(open_bank_account, on=FOUNDED, entity_id=entity_id_of("OTHER"), **opened)
    elsewhere = statement(1, [entry("1", 60_50, on=DAY)], opening_c=0, on=DAY)
    paid.perform(import_statements, account=OTHER_ACCOUNT, statements=[elsewhere])
    with pytest.raises(OtherEntity):
        returns(paid, line_id(account_id_of(OTHER_ACCOUNT), "2026/1", "1"))


def test_a_wage_that_came_back_is_due_again(paid: PaperLedger) -> None:
    posts_wage(paid, 100_00)
    wage: dict[str, Any] = {"order_id": WAGE_ORDER, "payroll_id": WAGE, "payee_iban": PAYEE_IBAN}
    paid.perform(order_wage_payment, on=DAY, **wage)
    paid.perform(approve_payment, on=DAY, actor="ben", order_id=WAGE_ORDER)
    (line,) = bank_pays(paid, 100_00, number=3, opening_c=CLOSING_C - 60_50)
    paid.perform(clear_payment, on=DAY, bank_line_id=line, order_id=WAGE_ORDER)
    back = comes_back(paid, 100_00, number=4, opening_c=CLOSING_C - 160_50)
    returns(paid, back, WAGE_ORDER)
    assert paid.get(Payroll, WAGE).order_id is None
    assert balances(paid.facts)["455"] == -100_00


def test_a_withdrawal_share_that_came_back_is_owed_in_its_old_place() -> None:
    ledger = cooperative()
    takes(ledger, 0, 10)
    approves_accounts(ledger)
    leaves(ledger)
    board_tests(ledger, within(3_000_00))
    pays(ledger, 2_400_00)
    bank_clears(ledger, 2_400_00)
    back = comes_back(ledger, 2_400_00, opening_c=OPENING_C + RECEIVED_C - 2_400_00, on=JULY)
    returns(ledger, back, ORDER, JULY)
    assert ledger.get(WithdrawalShare, WITHDRAWAL).open_c == 2_400_00
    assert balances(ledger.facts)["4892"] == -2_400_00
    pays(ledger, 2_400_00, order_id=UUID(int=901))


def test_the_aid_of_a_fund_does_not_come_back_this_way() -> None:
    order = fact(
        PaymentOrder.Ordered,
        entity_id=entity_id_of("PILOT"),
        pays=Pays.GRANT,
        document_id=UUID(int=140),
        amount_c=60_50,
        payee_id=UUID(int=1),
        payee_iban=PAYEE_IBAN,
    )
    Given(PaymentOrder, order).when(
        lambda sent: sent.take_back(stamp(), line_id=UUID(int=2), booked_on=DAY, reason_code="")
    ).then_refused(OrderOfFund)
