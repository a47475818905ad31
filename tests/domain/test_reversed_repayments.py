"""A receipt that was no repayment, or that the bank took back, leaves what a payee owes back as it was."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.bank_line import BankLine
from domain.aggregates.payee_debt import PayeeDebt
from domain.aggregates.purchase_invoice import PurchaseInvoice
from domain.errors import (
    AmountNotPositive,
    EmptyText,
    ExceedsAllocation,
    ExceedsLine,
    NotAPayment,
    OtherEntity,
)
from domain.ledger.bank import account_id_of, import_statements, line_id, open_bank_account
from domain.ledger.entities import entity_id_of
from domain.ledger.payee_debts import (
    give_payee_debt_up,
    repay_payee_debt,
    return_payee_debt_repayment,
    undo_payee_debt_repayment,
)
from domain.ledger.payments import approve_payment, clear_payment, return_payout
from domain.purchasing import AskedCredit
from tests.cooperative import ACCOUNT, ACCOUNT_ID, FOUNDED, entry, found_entity, statement
from tests.domain.departing import told
from tests.domain.spending import CLOSING_C, DAY, balances
from tests.domain.test_purchase_corrections import DEBT, credit, ordered
from tests.domain.test_purchase_corrections import ledger as approved_bill
from tests.domain.test_purchases import BILL, ORDER, order
from tests.paper import PaperLedger

OWED_C = 121_00
AMOUNTS = {"1": -181_50, "2": 181_50, "3": 100_00, "4": -100_00, "5": -1}
PAID, CAME_BACK, RECEIPT, TAKEN, FEE = (line_id(ACCOUNT_ID, "2026/2", number) for number in AMOUNTS)


@pytest.fixture
def ledger() -> PaperLedger:
    """A bill of 181.50, paid, credited by 121.00, of which a receipt is held to have repaid 100.00."""
    paper: PaperLedger = approved_bill.__wrapped__()  # type: ignore[attr-defined] # the fixture's own function
    ordered(paper)
    entries = [entry(number, amount_c, on=DAY) for number, amount_c in AMOUNTS.items()]
    reported = statement(2, entries, opening_c=CLOSING_C, on=DAY)
    paper.perform(import_statements, account=ACCOUNT, statements=[reported])
    paper.perform(clear_payment, on=DAY, bank_line_id=PAID, order_id=ORDER)
    credit(paper, AskedCredit(1, 100_00, 21_00))
    paper.perform(repay_payee_debt, on=DAY, bank_line_id=RECEIPT, debt_id=DEBT, amount_c=100_00)
    return paper


def undo(ledger: PaperLedger, amount_c: int = 100_00, **says: Any) -> list[Any]:
    asked: dict[str, Any] = {"bank_line_id": RECEIPT, "debt_id": DEBT, "reason": "it paid an invoice"}
    return ledger.perform(undo_payee_debt_repayment, on=DAY, amount_c=amount_c, **asked | says)


def return_(ledger: PaperLedger, amount_c: int = 100_00, **says: Any) -> list[Any]:
    asked: dict[str, Any] = {"bank_line_id": TAKEN, "of_line_id": RECEIPT, "debt_id": DEBT}
    asked["reason_code"] = "MD06"
    return ledger.perform(return_payee_debt_repayment, on=DAY, amount_c=amount_c, **asked | says)


def test_what_was_set_against_a_debt_by_mistake_waits_again_and_is_owed_again(ledger: PaperLedger) -> None:
    facts = undo(ledger, 40_00)
    assert balances(facts) == {"499": -40_00, "416": 40_00}
    waits, owed = told(facts, BankLine.OtherAllocationUndone), told(facts, PayeeDebt.RepaymentReversed)
    assert (waits.originator_id, waits.document_id, waits.amount_c) == (RECEIPT, DEBT, 40_00)
    assert (owed.originator_id, owed.line_id, owed.by_line_id, owed.amount_c) == (DEBT, RECEIPT, None, -40_00)
    assert (ledger.get(PayeeDebt, DEBT).open_c, ledger.get(BankLine, RECEIPT).left_c) == (61_00, 40_00)
    with pytest.raises(ExceedsAllocation):
        undo(ledger, 60_01)
    undo(ledger, 60_00)
    assert ledger.get(PayeeDebt, DEBT).open_c == OWED_C
    ledger.perform(repay_payee_debt, on=DAY, bank_line_id=RECEIPT, debt_id=DEBT, amount_c=100_00)
    assert balances(ledger.facts)["416"] == 21_00


def test_a_repayment_that_the_bank_took_back_is_owed_again_and_explains_the_money_out(
    ledger: PaperLedger,
) -> None:
    facts = return_(ledger)
    assert balances(facts) == {"499": -100_00, "416": 100_00}
    gone, out = told(facts, BankLine.OtherAllocationReturned), told(facts, BankLine.OtherPaymentReturned)
    assert (gone.originator_id, gone.document_id, gone.by_line_id) == (RECEIPT, DEBT, TAKEN)
    assert (out.originator_id, out.of_line_id, out.document_id) == (TAKEN, RECEIPT, DEBT)
    assert (out.amount_c, out.reason_code) == (100_00, "MD06")
    owed = told(facts, PayeeDebt.RepaymentReversed)
    assert (owed.line_id, owed.by_line_id, owed.amount_c) == (RECEIPT, TAKEN, -100_00)
    assert ledger.get(PayeeDebt, DEBT).open_c == OWED_C
    assert (ledger.get(BankLine, RECEIPT).left_c, ledger.get(BankLine, TAKEN).cleared_c) == (0, 100_00)
    for ask in (undo, return_):
        with pytest.raises(ExceedsAllocation):
            ask(ledger, 1)


def test_no_more_is_taken_back_than_the_receipt_repaid_and_never_without_a_reason(
    ledger: PaperLedger,
) -> None:
    before = ledger.position
    for wrong, refusal in ((100_01, ExceedsAllocation), (0, AmountNotPositive), (-1, AmountNotPositive)):
        for ask in (undo, return_):
            with pytest.raises(refusal):
                ask(ledger, wrong)
    with pytest.raises(EmptyText):
        undo(ledger, reason=" ")
    with pytest.raises(ExceedsAllocation):
        undo(ledger, 1, bank_line_id=CAME_BACK)
    with pytest.raises(ExceedsLine):
        return_(ledger, 2, bank_line_id=FEE)
    with pytest.raises(NotAPayment):
        return_(ledger, bank_line_id=CAME_BACK)
    assert ledger.position == before


def test_a_line_of_another_entity_takes_no_repayment_back(ledger: PaperLedger) -> None:
    found_entity(ledger.perform, code="OTHER")
    account = "BE29539000000289"
    opened: dict[str, Any] = {"entity_id": entity_id_of("OTHER"), "account": account, "balance_c": 0}
    ledger.perform(open_bank_account, on=FOUNDED, balance_on=FOUNDED, **opened)
    theirs = statement(1, [entry("1", -100_00, on=DAY)], opening_c=0, on=DAY)
    ledger.perform(import_statements, account=account, statements=[theirs])
    with pytest.raises(OtherEntity):
        return_(ledger, bank_line_id=line_id(account_id_of(account), "2026/1", "1"))


def test_what_was_given_up_stays_given_up_when_a_repayment_is_taken_back(ledger: PaperLedger) -> None:
    given_up: dict[str, Any] = {"debt_id": DEBT, "decision_ref": "board 9"}
    ledger.perform(give_payee_debt_up, on=DAY, actor="ben", **given_up)
    undo(ledger)
    assert ledger.get(PayeeDebt, DEBT).open_c == 100_00
    stand = balances(ledger.facts)
    assert (stand["416"], stand["642"]) == (100_00, 21_00)


def test_what_is_owed_back_again_of_a_bill_that_is_due_again_lessens_it(ledger: PaperLedger) -> None:
    """Its payment came back, so it was due for what the supplier had repaid: if that was none, it is not due."""
    ledger.perform(return_payout, on=DAY, bank_line_id=CAME_BACK, order_id=ORDER)
    assert ledger.get(PurchaseInvoice, BILL).due_c == 181_50 - 21_00
    facts = undo(ledger)
    assert balances(facts) == {"499": -100_00, "416": 0, "440": 100_00}
    assert (ledger.get(PurchaseInvoice, BILL).due_c, ledger.get(PayeeDebt, DEBT).open_c) == (60_50, 0)


def test_a_bill_whose_payment_is_ordered_again_is_paid_whole_and_the_rest_owed_back(
    ledger: PaperLedger,
) -> None:
    ledger.perform(return_payout, on=DAY, bank_line_id=CAME_BACK, order_id=ORDER)
    again = UUID(int=744)
    order(ledger, order_id=again)
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=again)
    undo(ledger)
    assert ledger.get(PayeeDebt, DEBT).open_c == 100_00
    stand = balances(ledger.facts)
    assert (stand["440"], stand["416"]) == (0, 100_00)
