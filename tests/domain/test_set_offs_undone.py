"""What was set off against the wrong claim, wage or bill is taken back: both sides are owed again, to the cent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.expense_claim import ExpenseClaim
from domain.aggregates.payee_debt import PayeeDebt
from domain.aggregates.payroll import Payroll
from domain.aggregates.purchase_invoice import PurchaseInvoice
from domain.errors import (
    AmountNotPositive,
    EmptyText,
    ExceedsSetOff,
    OverWageLimit,
    OwnSetOffStands,
    PaidAlready,
)
from domain.ids import derived_id
from domain.ledger.payee_debts import (
    debt_id,
    give_payee_debt_up,
    set_off_payee_debt,
    undo_payee_debt_set_off,
)
from domain.ledger.payments import approve_payment, order_claim_payment, withdraw_payment
from domain.ledger.payout_corrections import reverse_claim, reverse_slip
from domain.ledger.purchase_corrections import reverse_purchase
from domain.owing import PaidFor
from domain.purchasing import AskedCredit
from tests.domain import test_payout_corrections as payouts
from tests.domain import test_purchase_corrections as purchases
from tests.domain.departing import told
from tests.domain.spending import CLAIM, DAY, PAYEE_IBAN, balances
from tests.domain.test_payout_corrections import DEBT, NEXT_CLAIM, NEXT_WAGE, ORDER, WAGE_DEBT
from tests.domain.test_purchases import BILL
from tests.domain.test_purchases import ORDER as BILL_ORDER
from tests.domain.test_purchases import order as order_purchase
from tests.paper import PaperLedger

AGAIN = UUID(int=781)
OF_NEXT_CLAIM = debt_id(NEXT_CLAIM, derived_id("claim-reversal", NEXT_CLAIM, 0))


@pytest.fixture
def claimed() -> PaperLedger:
    """Of a paid claim 60.50 was taken back, and set off whole against the next claim of 60.50."""
    paper: PaperLedger = payouts.ledger.__wrapped__()  # type: ignore[attr-defined] # the fixture's own function
    payouts.pay(paper)
    payouts.reverse(paper, 1)
    payouts.next_claim(paper)
    set_off(paper, 60_50)
    return paper


@pytest.fixture
def billed() -> PaperLedger:
    """Of a paid bill 121.00 was credited, and 100.00 of it set off against the next bill of 121.00."""
    paper: PaperLedger = purchases.ledger.__wrapped__()  # type: ignore[attr-defined] # the fixture's own function
    purchases.ordered(paper)
    purchases.credit(paper, AskedCredit(1, 100_00, 21_00))
    purchases.next_bill(paper)
    set_off(paper, 100_00, **AGAINST_BILL)
    return paper


AGAINST_CLAIM: dict[str, Any] = {"debt_id": DEBT, "paid_for": PaidFor.CLAIM, "document_id": NEXT_CLAIM}
AGAINST_WAGE: dict[str, Any] = {"debt_id": WAGE_DEBT, "paid_for": PaidFor.WAGE, "document_id": NEXT_WAGE}
AGAINST_BILL: dict[str, Any] = {
    "debt_id": purchases.DEBT,
    "paid_for": PaidFor.PURCHASE,
    "document_id": purchases.NEXT_BILL,
}


def set_off(ledger: PaperLedger, amount_c: int, **against: Any) -> list[Any]:
    return ledger.perform(set_off_payee_debt, on=DAY, amount_c=amount_c, **against or AGAINST_CLAIM)


def undo(
    ledger: PaperLedger, amount_c: int, *, reason: str = "of another month", **against: Any
) -> list[Any]:
    asked = AGAINST_CLAIM | against
    return ledger.perform(undo_payee_debt_set_off, on=DAY, amount_c=amount_c, reason=reason, **asked)


def order_next_claim(ledger: PaperLedger) -> None:
    order: dict[str, Any] = {"order_id": AGAIN}
    ledger.perform(order_claim_payment, on=DAY, claim_id=NEXT_CLAIM, payee_iban=PAYEE_IBAN, **order)
    ledger.perform(approve_payment, on=DAY, actor="ben", **order)


def test_a_set_off_taken_back_leaves_the_claim_due_and_the_debt_owed(claimed: PaperLedger) -> None:
    facts = undo(claimed, 60_50)
    assert balances(facts) == {"4890": -60_50, "416": 60_50}
    again, owed = told(facts, ExpenseClaim.SetOffReversed), told(facts, PayeeDebt.SetOffReversed)
    assert (again.originator_id, again.debt_id, again.amount_c) == (NEXT_CLAIM, DEBT, -60_50)
    assert (owed.originator_id, owed.document_id, owed.paid_for) == (DEBT, NEXT_CLAIM, PaidFor.CLAIM)
    assert (owed.booked_on, owed.amount_c, owed.reason) == (DAY, -60_50, "of another month")
    assert claimed.get(ExpenseClaim, NEXT_CLAIM).due_c == claimed.get(PayeeDebt, DEBT).open_c == 60_50
    order_next_claim(claimed)
    stand = balances(claimed.facts)
    assert (stand["4890"], stand["416"]) == (0, 60_50)


def test_it_is_taken_back_in_parts_and_set_off_anew_but_never_more_than_was_set_off(
    claimed: PaperLedger,
) -> None:
    undo(claimed, 20_00)
    with pytest.raises(ExceedsSetOff) as refused:
        undo(claimed, 40_51)
    assert refused.value.facts == {"document_id": NEXT_CLAIM, "set_off_c": 40_50, "amount_c": 40_51}
    set_off(claimed, 5_00)
    undo(claimed, 45_50)
    with pytest.raises(ExceedsSetOff):
        undo(claimed, 1)
    assert claimed.get(ExpenseClaim, NEXT_CLAIM).due_c == claimed.get(PayeeDebt, DEBT).open_c == 60_50


@pytest.mark.parametrize(
    ("amount_c", "beside", "refusal"),
    [
        (0, {}, AmountNotPositive),
        (1, {"reason": " "}, EmptyText),
        (1, {"paid_for": PaidFor.WAGE}, ExceedsSetOff),
        (1, {"document_id": UUID(int=9)}, ExceedsSetOff),
        (1, {"document_id": CLAIM}, OwnSetOffStands),
    ],
)
def test_what_was_not_set_off_so_or_has_no_reason_is_not_taken_back(
    claimed: PaperLedger, amount_c: int, beside: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        undo(claimed, amount_c, **beside)


def test_what_was_set_off_against_the_documents_own_payment_taken_back_stands(claimed: PaperLedger) -> None:
    undo(claimed, 60_50)
    facts = claimed.perform(withdraw_payment, on=DAY, order_id=ORDER, reason="it was wrong")
    assert told(facts, PayeeDebt.SetOff).document_id == CLAIM
    with pytest.raises(OwnSetOffStands) as refused:
        undo(claimed, 60_50, document_id=CLAIM)
    assert refused.value.facts == {"debt_id": DEBT, "document_id": CLAIM}


def test_it_stands_while_an_order_pays_the_rest_of_the_claim(claimed: PaperLedger) -> None:
    undo(claimed, 10_00)
    order_next_claim(claimed)
    with pytest.raises(PaidAlready) as refused:
        undo(claimed, 1)
    assert refused.value.facts == {"order_id": AGAIN}
    claimed.perform(withdraw_payment, on=DAY, order_id=AGAIN, reason="set off by mistake")
    undo(claimed, 50_50)
    assert claimed.get(ExpenseClaim, NEXT_CLAIM).due_c == 60_50


def test_a_set_off_taken_back_of_a_wage_makes_room_within_its_limit() -> None:
    paper: PaperLedger = payouts.waged.__wrapped__()  # type: ignore[attr-defined] # the fixture's own function
    payouts.pay_wage(paper)
    payouts.take_slip_back(paper)
    payouts.next_wage(paper)
    set_off(paper, 100_00, **AGAINST_WAGE)
    facts = undo(paper, 30_00, **AGAINST_WAGE)
    assert balances(facts) == {"455": -30_00, "416": 30_00}
    again = told(facts, Payroll.DebtSetOffReversed)
    assert (again.originator_id, again.debt_id, again.amount_c) == (NEXT_WAGE, WAGE_DEBT, -30_00)
    assert paper.get(Payroll, NEXT_WAGE).due_c == 430_00
    with pytest.raises(OverWageLimit):
        set_off(paper, 30_01, **AGAINST_WAGE)
    set_off(paper, 30_00, **AGAINST_WAGE)
    payouts.pay_wage(paper, NEXT_WAGE, AGAIN)
    with pytest.raises(PaidAlready):
        undo(paper, 1, **AGAINST_WAGE)


def test_a_set_off_taken_back_of_a_bill_leaves_it_due(billed: PaperLedger) -> None:
    facts = undo(billed, 40_00, **AGAINST_BILL)
    assert balances(facts) == {"440": -40_00, "416": 40_00}
    again = told(facts, PurchaseInvoice.SetOffReversed)
    assert (again.debt_id, again.amount_c) == (purchases.DEBT, -40_00)
    assert billed.get(PurchaseInvoice, purchases.NEXT_BILL).due_c == 61_00
    assert billed.get(PayeeDebt, purchases.DEBT).open_c == 61_00
    order_purchase(billed, order_id=AGAIN, purchase_id=purchases.NEXT_BILL)
    billed.perform(approve_payment, on=DAY, actor="ben", order_id=AGAIN)
    with pytest.raises(PaidAlready):
        undo(billed, 1, **AGAINST_BILL)


def reverse_next_claim(ledger: PaperLedger) -> None:
    ledger.perform(reverse_claim, on=DAY, claim_id=NEXT_CLAIM, reason="private")


def test_what_the_claim_itself_left_to_be_owed_back_is_owed_no_more(claimed: PaperLedger) -> None:
    """It was taken back after the set-off had paid it: without that set-off nobody paid it."""
    reverse_next_claim(claimed)
    assert claimed.get(PayeeDebt, OF_NEXT_CLAIM).open_c == 60_50
    undo(claimed, 60_50)
    open_c = [claimed.get(PayeeDebt, each).open_c for each in (DEBT, OF_NEXT_CLAIM)]
    assert (open_c, claimed.get(ExpenseClaim, NEXT_CLAIM).due_c) == ([60_50, 0], 0)
    stand = balances(claimed.facts)
    assert (stand["4890"], stand["416"]) == (0, 60_50)


def test_nor_is_what_was_given_up_of_it_lost(claimed: PaperLedger) -> None:
    reverse_next_claim(claimed)
    given_up: dict[str, Any] = {"debt_id": OF_NEXT_CLAIM, "decision_ref": "board 9"}
    claimed.perform(give_payee_debt_up, on=DAY, actor="ben", **given_up)
    assert balances(undo(claimed, 60_50)) == {"4890": 0, "416": 60_50, "642": -60_50}


@pytest.mark.parametrize("reverses", [reverse_purchase, None])
def test_nor_is_what_a_bill_left_that_was_reversed_or_credited(
    billed: PaperLedger, reverses: Callable[..., Any] | None
) -> None:
    next_ = purchases.NEXT_BILL
    if reverses is None:
        purchases.credit(billed, purchase_id=next_, credit_note_no="C8")
    else:
        billed.perform(reverses, on=DAY, purchase_id=next_, reason="twice")
    undo(billed, 100_00, **AGAINST_BILL)
    assert billed.get(PurchaseInvoice, next_).due_c == 0
    stand = balances(billed.facts)
    assert (stand["440"], stand["416"]) == (0, 121_00)


def test_nor_is_what_a_wage_left_that_was_taken_back() -> None:
    paper: PaperLedger = payouts.waged.__wrapped__()  # type: ignore[attr-defined] # the fixture's own function
    payouts.pay_wage(paper)
    payouts.take_slip_back(paper)
    payouts.next_wage(paper)
    set_off(paper, 100_00, **AGAINST_WAGE)
    paper.perform(reverse_slip, on=DAY, payroll_id=NEXT_WAGE, reason="never worked")
    undo(paper, 100_00, **AGAINST_WAGE)
    assert paper.get(Payroll, NEXT_WAGE).due_c == 0
    stand = balances(paper.facts)
    assert (stand["455"], stand["416"]) == (0, 500_00)


def test_what_is_owed_again_lessens_its_own_document_if_the_payment_of_that_came_back(
    billed: PaperLedger,
) -> None:
    billed.perform(withdraw_payment, on=DAY, order_id=BILL_ORDER, reason="credited")
    assert billed.get(PurchaseInvoice, BILL).due_c == 160_50
    undo(billed, 100_00, **AGAINST_BILL)
    assert billed.get(PurchaseInvoice, BILL).due_c == 60_50
    assert billed.get(PayeeDebt, purchases.DEBT).open_c == 0
    stand = balances(billed.facts)
    assert (stand["440"], stand["416"]) == (-60_50 - 121_00, 0)
