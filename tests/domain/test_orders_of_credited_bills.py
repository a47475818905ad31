"""A bill that was credited while an order paid it is due for the rest once that order is over, and nothing is owed back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.payee_debt import PayeeDebt
from domain.aggregates.purchase_invoice import PurchaseInvoice
from domain.errors import NothingDue
from domain.ledger.bank import import_statements, line_id
from domain.ledger.payee_debts import give_payee_debt_up, repay_payee_debt, undo_payee_debt_repayment
from domain.ledger.payments import approve_payment, clear_payment, return_payout, withdraw_payment
from domain.ledger.purchase_corrections import reverse_purchase
from domain.purchasing import AskedCredit
from tests.cooperative import ACCOUNT, ACCOUNT_ID, entry, statement
from tests.domain.departing import told
from tests.domain.spending import CLOSING_C, DAY, balances
from tests.domain.test_purchase_corrections import DEBT, NEXT_BILL, credit, next_bill, ordered, set_off
from tests.domain.test_purchase_corrections import ledger as approved_bill
from tests.domain.test_purchases import BILL, ORDER, order
from tests.paper import PaperLedger

ledger = pytest.fixture(name="ledger")(approved_bill.__wrapped__)  # type: ignore[attr-defined] # the fixture's own function


def test_an_order_taken_back_after_the_credit_note_leaves_less_due_and_nothing_owed_back(
    ledger: PaperLedger,
) -> None:
    """The bill could be ordered whole again, and its supplier owed the credit back of what was never paid."""
    ordered(ledger)
    credit(ledger, AskedCredit(1, 100_00, 21_00))
    facts = ledger.perform(withdraw_payment, on=DAY, order_id=ORDER, reason="credited")
    assert balances(facts) == {"580": 181_50, "440": -60_50, "416": -121_00}
    less, ended = told(facts, PurchaseInvoice.SetOff), told(facts, PayeeDebt.SetOff)
    assert (less.debt_id, less.amount_c) == (DEBT, 121_00)
    assert (ended.originator_id, ended.document_id, ended.amount_c) == (DEBT, BILL, 121_00)
    assert (ledger.get(PurchaseInvoice, BILL).due_c, ledger.get(PayeeDebt, DEBT).open_c) == (60_50, 0)
    order(ledger, order_id=UUID(int=744))
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=UUID(int=744))
    stand = balances(ledger.facts)
    assert (stand["440"], stand["416"], stand["580"]) == (0, 0, -60_50)


def test_a_bill_credited_whole_and_in_parts_is_due_no_more_once_its_order_is_taken_back(
    ledger: PaperLedger,
) -> None:
    ordered(ledger)
    credit(ledger, AskedCredit(1, 100_00, 21_00))
    credit(ledger, credit_note_no="C8")
    facts = ledger.perform(withdraw_payment, on=DAY, order_id=ORDER, reason="credited")
    assert [each.amount_c for each in facts if isinstance(each, PayeeDebt.SetOff)] == [121_00, 60_50]
    stand = balances(ledger.facts)
    assert (stand["440"], stand["416"], stand["580"]) == (0, 0, 0)
    with pytest.raises(NothingDue):
        order(ledger, order_id=UUID(int=744))


def test_only_what_is_still_owed_back_lessens_a_bill_whose_order_is_taken_back(ledger: PaperLedger) -> None:
    """What went against another bill meanwhile was paid there: it is due here."""
    ordered(ledger)
    credit(ledger, AskedCredit(1, 100_00, 21_00))
    next_bill(ledger)
    set_off(ledger, 21_00)
    ledger.perform(withdraw_payment, on=DAY, order_id=ORDER, reason="credited")
    due_c = {each: ledger.get(PurchaseInvoice, each).due_c for each in (BILL, NEXT_BILL)}
    assert due_c == {BILL: 81_50, NEXT_BILL: 100_00}
    stand = balances(ledger.facts)
    assert (stand["440"], stand["416"], stand["580"]) == (-181_50, 0, 0)


def test_an_order_that_nobody_approved_is_taken_back_without_a_trace_on_what_is_owed(
    ledger: PaperLedger,
) -> None:
    order(ledger)
    credit(ledger, AskedCredit(1, 100_00, 21_00))
    (withdrawn,) = ledger.perform(withdraw_payment, on=DAY, order_id=ORDER, reason="credited")
    assert withdrawn.was_approved is False
    assert ledger.get(PurchaseInvoice, BILL).due_c == 60_50


def test_a_payment_that_came_back_after_the_credit_note_leaves_less_due_and_nothing_owed_back(
    ledger: PaperLedger,
) -> None:
    ordered(ledger)
    paid, back = entry("1", -181_50, on=DAY), entry("2", 181_50, on=DAY)
    moved = statement(2, [paid, back], opening_c=CLOSING_C, on=DAY)
    ledger.perform(import_statements, account=ACCOUNT, statements=[moved])
    out, in_ = (line_id(ACCOUNT_ID, "2026/2", each) for each in ("1", "2"))
    ledger.perform(clear_payment, on=DAY, bank_line_id=out, order_id=ORDER)
    credit(ledger, AskedCredit(1, 100_00, 21_00))
    facts = ledger.perform(return_payout, on=DAY, bank_line_id=in_, order_id=ORDER)
    assert balances(facts) == {"499": 181_50, "440": -60_50, "416": -121_00}
    assert (ledger.get(PurchaseInvoice, BILL).due_c, ledger.get(PayeeDebt, DEBT).open_c) == (60_50, 0)


def test_what_was_given_up_of_a_payment_that_was_not_made_is_no_loss_and_lessens_the_bill(
    ledger: PaperLedger,
) -> None:
    """The cooperative bore the credit, and its bill could be ordered whole again: it lost the same money twice."""
    ordered(ledger)
    credit(ledger, AskedCredit(1, 100_00, 21_00))
    given_up: dict[str, Any] = {"debt_id": DEBT, "decision_ref": "board 9"}
    ledger.perform(give_payee_debt_up, on=DAY, actor="ben", **given_up)
    facts = ledger.perform(withdraw_payment, on=DAY, order_id=ORDER, reason="credited")
    assert balances(facts) == {"580": 181_50, "440": -60_50, "416": 0, "642": -121_00}
    again = told(facts, PayeeDebt.GivingUpReversed)
    assert (again.originator_id, again.booked_on, again.amount_c) == (DEBT, DAY, -121_00)
    owed = ledger.get(PayeeDebt, DEBT)
    assert (ledger.get(PurchaseInvoice, BILL).due_c, owed.open_c, owed.given_up_c) == (60_50, 0, 0)


def test_no_more_of_what_was_given_up_is_taken_back_than_is_due(ledger: PaperLedger) -> None:
    """Part of it went against another bill, was paid there, and is due here; the rest was given up."""
    ordered(ledger)
    credit(ledger, AskedCredit(1, 100_00, 21_00))
    next_bill(ledger)
    set_off(ledger, 121_00 - 1)
    ledger.perform(give_payee_debt_up, on=DAY, actor="ben", debt_id=DEBT, decision_ref="board 9")
    facts = ledger.perform(withdraw_payment, on=DAY, order_id=ORDER, reason="credited")
    assert told(facts, PayeeDebt.GivingUpReversed).amount_c == -1
    assert ledger.get(PurchaseInvoice, BILL).due_c == 181_49
    stand = balances(ledger.facts)
    assert (stand["440"], stand["416"], stand["642"], stand["580"]) == (-181_50, 0, 0, 0)


def test_what_a_supplier_repaid_of_a_bill_that_was_never_paid_is_due_though_the_bill_is_reversed(
    ledger: PaperLedger,
) -> None:
    """It could not be ordered, and the repayment could not be undone either."""
    ordered(ledger)
    credit(ledger, AskedCredit(1, 100_00, 21_00))
    came = statement(2, [entry("1", 21_00, on=DAY)], opening_c=CLOSING_C, on=DAY)
    ledger.perform(import_statements, account=ACCOUNT, statements=[came])
    asked: dict[str, Any] = {"bank_line_id": line_id(ACCOUNT_ID, "2026/2", "1"), "debt_id": DEBT}
    ledger.perform(repay_payee_debt, on=DAY, amount_c=21_00, **asked)
    ledger.perform(withdraw_payment, on=DAY, order_id=ORDER, reason="credited")
    ledger.perform(reverse_purchase, on=DAY, purchase_id=BILL, reason="of another client")
    assert balances(ledger.facts)["440"] == -21_00
    undone = ledger.copy()
    undone.perform(undo_payee_debt_repayment, on=DAY, amount_c=21_00, reason="it paid an invoice", **asked)
    stand = balances(undone.facts)
    assert (stand["440"], stand["416"], stand["499"]) == (0, 0, -21_00)
    with pytest.raises(NothingDue):
        order(undone, order_id=UUID(int=744))
    order(ledger, order_id=UUID(int=744))
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=UUID(int=744))
    stand = balances(ledger.facts)
    assert (stand["440"], stand["580"]) == (0, -21_00)
