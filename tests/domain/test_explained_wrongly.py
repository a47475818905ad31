"""What was said of a bank line by mistake is taken back by new facts, to the cent, and the line waits again."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.bank_line import BankLine
from domain.aggregates.expense_claim import ExpenseClaim
from domain.aggregates.invoice import Invoice
from domain.aggregates.payment_order import PaymentOrder, Pays
from domain.errors import (
    AmountNotPositive,
    DueChanged,
    EmptyText,
    ExceedsExplained,
    NoLineCleared,
    OrderNotReturned,
    PaidAlready,
)
from domain.ledger.bank import allocate_receipt
from domain.ledger.explanations import reverse_bank_fee, undo_clearing, undo_return
from domain.ledger.payments import clear_payment, return_payout, undo_payout_return, withdraw_payment
from domain.ledger.payout_corrections import reverse_claim
from domain.ledger.returns import record_bank_fee, return_payment, return_receipt
from tests.cooperative import ACTIVITY, ENTITY
from tests.domain.spending import CLAIM, CLOSING_C, DAY, INVOICE, balances, bank_pays, paid_cooperative
from tests.domain.test_returned_payouts import PAID, comes_back, orders
from tests.domain.test_returned_payouts import paid as paid_claim
from tests.domain.test_returned_receipts import ALLOCATED, LATER, RECEIPT, TAKEN, left, reported, return_
from tests.paper import PaperLedger
from tests.scenario import fact, says

WHY = "the wrong line"
paid = paid_claim


@pytest.mark.parametrize("activity_id", [None, ACTIVITY])
def test_what_was_no_fee_is_borne_by_nobody_and_can_be_something_else(activity_id: UUID | None) -> None:
    ledger = paid_cooperative()
    before, earned_c = balances(ledger.facts), ledger.get(Activity, ACTIVITY).result_c
    (line,) = bank_pays(ledger, 12_50)
    asked: dict[str, Any] = {"on": DAY, "bank_line_id": line, "activity_id": activity_id}
    ledger.perform(record_bank_fee, amount_c=12_50, **asked)
    reversed_, *_ = ledger.perform(reverse_bank_fee, amount_c=12_50, reason=WHY, **asked)
    assert says(reversed_) == fact(
        BankLine.FeeReversed,
        entity_id=ENTITY,
        booked_on=DAY,
        activity_id=activity_id,
        amount_c=12_50,
        reason=WHY,
    )
    after = balances(ledger.facts) - Counter({"499": 12_50}) + Counter({"550": 12_50})
    assert {each: cents for each, cents in after.items() if cents > 0} == {
        each: cents for each, cents in before.items() if cents > 0
    }
    assert ledger.get(Activity, ACTIVITY).result_c == earned_c
    assert left(ledger, line) == 12_50
    ledger.perform(record_bank_fee, amount_c=12_50, **asked)


def test_no_more_is_taken_back_than_whoever_is_named_bore() -> None:
    ledger = paid_cooperative()
    (line,) = bank_pays(ledger, 12_50)
    ledger.perform(record_bank_fee, on=DAY, bank_line_id=line, amount_c=10_00)
    asked: dict[str, Any] = {"on": DAY, "bank_line_id": line, "reason": WHY}
    with pytest.raises(ExceedsExplained) as refused:
        ledger.perform(reverse_bank_fee, amount_c=10_01, **asked)
    assert refused.value.facts == {"by": ENTITY, "explained_c": 10_00, "amount_c": 10_01}
    with pytest.raises(ExceedsExplained):
        ledger.perform(reverse_bank_fee, amount_c=1, activity_id=ACTIVITY, **asked)
    with pytest.raises(AmountNotPositive):
        ledger.perform(reverse_bank_fee, amount_c=0, **asked)
    with pytest.raises(EmptyText):
        ledger.perform(reverse_bank_fee, amount_c=1, **asked | {"reason": " "})
    ledger.perform(reverse_bank_fee, amount_c=4_00, **asked)
    ledger.perform(reverse_bank_fee, amount_c=6_00, **asked)
    with pytest.raises(ExceedsExplained):
        ledger.perform(reverse_bank_fee, amount_c=1, **asked)


def test_an_order_cleared_by_the_wrong_line_waits_for_the_right_one(paid: PaperLedger) -> None:
    wrong = paid.get(PaymentOrder, PAID).cleared_by
    (right,) = bank_pays(paid, 60_50, number=3, opening_c=CLOSING_C - 60_50)
    of_order, of_line = paid.perform(undo_clearing, on=DAY, order_id=PAID, reason=WHY)
    assert says(of_order) == fact(
        PaymentOrder.ClearingUndone,
        entity_id=ENTITY,
        pays=Pays.CLAIM,
        document_id=CLAIM,
        amount_c=60_50,
        booked_on=DAY,
        line_id=wrong,
        reason=WHY,
    )
    assert says(of_line) == fact(
        BankLine.ClearingUndone, entity_id=ENTITY, order_id=PAID, amount_c=60_50, reason=WHY
    )
    standing = balances(paid.facts)
    assert (standing["580"], standing["499"], standing["4890"]) == (-60_50, 121_00, 0)
    paid.perform(clear_payment, on=DAY, bank_line_id=right, order_id=PAID)
    standing = balances(paid.facts)
    assert (standing["580"], standing["499"]) == (0, 60_50)
    assert paid.get(PaymentOrder, PAID).cleared_by == right


def test_an_order_that_the_bank_did_not_pay_after_all_is_withdrawn(paid: PaperLedger) -> None:
    paid.perform(undo_clearing, on=DAY, order_id=PAID, reason=WHY)
    paid.perform(withdraw_payment, on=DAY, order_id=PAID, reason="never sent")
    assert paid.get(ExpenseClaim, CLAIM).order_id is None
    with pytest.raises(NoLineCleared):
        paid.perform(undo_clearing, on=DAY, order_id=PAID, reason=WHY)


def test_only_a_payment_that_stands_is_uncleared_and_only_with_a_reason(paid: PaperLedger) -> None:
    with pytest.raises(EmptyText):
        paid.perform(undo_clearing, on=DAY, order_id=PAID, reason=" ")
    paid.perform(return_payout, on=DAY, bank_line_id=comes_back(paid, 60_50), order_id=PAID)
    with pytest.raises(NoLineCleared):
        paid.perform(undo_clearing, on=DAY, order_id=PAID, reason=WHY)


def test_a_payment_that_did_not_come_back_stays_paid_and_the_receipt_waits(paid: PaperLedger) -> None:
    cleared_by, before = paid.get(PaymentOrder, PAID).cleared_by, balances(paid.facts)
    line = comes_back(paid, 60_50)
    paid.perform(return_payout, on=DAY, bank_line_id=line, order_id=PAID)
    of_order, of_line, of_claim = paid.perform(undo_payout_return, on=DAY, order_id=PAID, reason=WHY)
    assert says(of_order) == fact(
        PaymentOrder.ReturnUndone,
        entity_id=ENTITY,
        pays=Pays.CLAIM,
        document_id=CLAIM,
        amount_c=60_50,
        booked_on=DAY,
        line_id=line,
        cleared_by_line_id=cleared_by,
        reason=WHY,
    )
    assert isinstance(of_line, BankLine.OtherAllocationUndone)
    assert isinstance(of_claim, ExpenseClaim.PaymentOrdered)
    standing = balances(paid.facts)
    assert (standing["4890"], standing["499"]) == (before["4890"], -60_50)
    assert paid.get(ExpenseClaim, CLAIM).order_id == PAID
    paid.perform(return_payout, on=DAY, bank_line_id=line, order_id=PAID)


def test_a_return_is_not_undone_once_its_claim_was_ordered_anew_or_is_due_no_more(paid: PaperLedger) -> None:
    with pytest.raises(OrderNotReturned):
        paid.perform(undo_payout_return, on=DAY, order_id=PAID, reason=WHY)
    paid.perform(return_payout, on=DAY, bank_line_id=comes_back(paid, 60_50), order_id=PAID)
    with pytest.raises(EmptyText):
        paid.perform(undo_payout_return, on=DAY, order_id=PAID, reason=" ")
    anew = paid.copy()
    orders(anew, UUID(int=721))
    with pytest.raises(PaidAlready):
        anew.perform(undo_payout_return, on=DAY, order_id=PAID, reason=WHY)
    paid.perform(reverse_claim, on=DAY, actor="ben", claim_id=CLAIM, reason="private")
    with pytest.raises(DueChanged):
        paid.perform(undo_payout_return, on=DAY, order_id=PAID, reason=WHY)


def test_a_receipt_that_was_not_taken_back_waits_again_with_the_money_out() -> None:
    ledger = reported()
    before = balances(ledger.facts)
    return_(ledger)
    asked: dict[str, Any] = {"on": DAY, "bank_line_id": TAKEN, "of_line_id": RECEIPT, "reason": WHY}
    out, regained = ledger.perform(undo_return, amount_c=300_00, **asked)
    assert says(out) == fact(
        BankLine.ReturnUndone, entity_id=ENTITY, of_line_id=RECEIPT, amount_c=300_00, reason=WHY
    )
    assert says(regained) == fact(BankLine.Regained, entity_id=ENTITY, by_line_id=TAKEN, amount_c=300_00)
    assert (left(ledger, RECEIPT), left(ledger, TAKEN)) == (300_00, 300_00)
    assert balances(ledger.facts) == before
    with pytest.raises(ExceedsExplained):
        ledger.perform(undo_return, amount_c=1, **asked)
    return_(ledger)


def test_a_payment_that_was_not_taken_back_is_allocated_anew() -> None:
    ledger = reported()
    before = balances(ledger.facts)
    taken: dict[str, Any] = {"bank_line_id": LATER, "of_line_id": ALLOCATED, "amount_c": 1_210_00}
    ledger.perform(return_payment, on=DAY, invoice_id=INVOICE, **taken)
    with pytest.raises(EmptyText):
        ledger.perform(undo_return, on=DAY, reason=" ", **taken)
    with pytest.raises(ExceedsExplained):
        ledger.perform(undo_return, on=DAY, reason=WHY, **taken | {"of_line_id": RECEIPT})
    ledger.perform(undo_return, on=DAY, reason=WHY, **taken)
    assert ledger.get(Invoice, INVOICE).open_c == 1_210_00
    assert (left(ledger, ALLOCATED), left(ledger, LATER)) == (1_210_00, 1_210_00)
    ledger.perform(allocate_receipt, on=DAY, bank_line_id=ALLOCATED, invoice_id=INVOICE, amount_c=1_210_00)
    assert balances(ledger.facts) == before
    assert ledger.get(Invoice, INVOICE).open_c == 0


def test_of_several_receipts_taken_back_by_one_line_each_is_told_apart() -> None:
    ledger = reported()
    return_(ledger, 100_00, bank_line_id=LATER)
    ledger.perform(
        return_payment,
        on=DAY,
        bank_line_id=LATER,
        of_line_id=ALLOCATED,
        invoice_id=INVOICE,
        amount_c=1_000_00,
    )
    asked: dict[str, Any] = {"on": DAY, "bank_line_id": LATER, "of_line_id": RECEIPT, "reason": WHY}
    with pytest.raises(ExceedsExplained):
        ledger.perform(undo_return, amount_c=100_01, **asked)
    ledger.perform(undo_return, amount_c=100_00, **asked)
    assert left(ledger, LATER) == 210_00
    ledger.perform(return_receipt, on=DAY, bank_line_id=LATER, of_line_id=RECEIPT, amount_c=210_00)
