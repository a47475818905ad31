"""A bill that was wrong is reversed, or credited by its supplier, to the cent; what was paid of it is owed back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.aggregates.activity import Activity
from domain.aggregates.payee_debt import PayeeDebt
from domain.aggregates.purchase_credit_note import PurchaseCreditNote
from domain.aggregates.purchase_invoice import PurchaseInvoice, PurchaseState
from domain.bookkeeping.vat_grids import grids_of
from domain.errors import (
    AlreadyExists,
    AmountNegative,
    AmountNotPositive,
    CreditExceedsPurchase,
    DebtOfAnother,
    EmptyText,
    ExceedsDue,
    NoEvidence,
    NothingDue,
    NothingLeftOfPurchase,
    PaidAlready,
    PurchaseLineNamedTwice,
    PurchaseLineUnknown,
    PurchaseNotApproved,
    PurchaseNotOfGroup,
    Refusal,
    SecondPersonNeeded,
)
from domain.ledger.bank import import_statements, line_id
from domain.ledger.payee_debts import (
    debt_id,
    give_payee_debt_up,
    repay_payee_debt,
    set_off_payee_debt,
)
from domain.ledger.payments import approve_payment, withdraw_payment
from domain.ledger.purchase_corrections import (
    credit_within_group,
    purchase_credit_note_id,
    receive_purchase_credit,
    reverse_purchase,
)
from domain.ledger.purchases import approve_purchase, purchase_id
from domain.owing import PaidFor
from domain.purchasing import AskedCredit, PurchaseLine, less_of
from domain.spending import ExpenseType
from tests.cooperative import ACCOUNT, ACCOUNT_ID, ACTIVITY, ENTITY, entry, statement
from tests.domain.departing import told
from tests.domain.spending import CLOSING_C, DAY, balances
from tests.domain.test_purchases import (
    BILL,
    ORDER,
    SUPPLIER,
    approve,
    order,
    receive,
    register,
    with_supplier,
)
from tests.paper import PaperLedger

NOTE = purchase_credit_note_id(SUPPLIER, "C7")
DEBT = debt_id(BILL, NOTE)
NEXT_BILL = purchase_id(SUPPLIER, "2026/18")
HALF_DEDUCTIBLE = PurchaseLine(ExpenseType.SERVICES, 50_00, 10_50, 5_25)
SUPPLIES = PurchaseLine(ExpenseType.SUPPLIES, 100_00, 21_00, 21_00)


@pytest.fixture
def ledger() -> PaperLedger:
    """An activity with 890.00 available, and an approved bill of 150.00 + 31.50."""
    paper = with_supplier()
    receive(paper, SUPPLIES, HALF_DEDUCTIBLE)
    approve(paper)
    return paper


def reverse(ledger: PaperLedger, *, reason: str = "the wrong activity") -> list[Any]:
    return ledger.perform(reverse_purchase, on=DAY, purchase_id=BILL, reason=reason)


def credit(ledger: PaperLedger, *lines: AskedCredit, **says: Any) -> list[Any]:
    asked: dict[str, Any] = {
        "purchase_id": BILL,
        "credit_note_no": "C7",
        "issued_on": date(2026, 1, 25),
        "document_sha256": "e" * 64,
        "lines": lines or None,
    }
    return ledger.perform(receive_purchase_credit, on=DAY, **asked | says)


def ordered(ledger: PaperLedger) -> None:
    order(ledger)
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=ORDER)


def next_bill(ledger: PaperLedger) -> None:
    """Another bill of 121.00 of the same supplier, approved."""
    receive(ledger, SUPPLIES, purchase_no="2026/18")
    ledger.perform(approve_purchase, on=DAY, actor="ben", purchase_id=NEXT_BILL)


def set_off(ledger: PaperLedger, amount_c: int, *, document_id: UUID = NEXT_BILL) -> list[Any]:
    asked: dict[str, Any] = {"debt_id": DEBT, "paid_for": PaidFor.PURCHASE, "document_id": document_id}
    return ledger.perform(set_off_payee_debt, on=DAY, amount_c=amount_c, **asked)


def test_a_reversed_bill_is_the_mirror_of_the_approved_one(ledger: PaperLedger) -> None:
    facts = reverse(ledger)
    assert balances(facts) == {"440": 181_50, "612": -100_00, "613": -55_25, "411": -26_25}
    stand = balances(ledger.facts)
    assert (stand["440"], stand["612"], stand["613"], stand["411"]) == (0, 0, 0, 0)
    assert ledger.get(Activity, ACTIVITY).available_c(0) == 890_00
    assert ledger.get(PurchaseInvoice, BILL).state is PurchaseState.REVERSED
    assert not [each for each in facts if isinstance(each, PayeeDebt.Arose)]


def test_a_reversed_bill_is_declared_as_a_correction_without_a_credit_note(ledger: PaperLedger) -> None:
    reversed_ = told(reverse(ledger), PurchaseInvoice.Reversed)
    assert grids_of(reversed_) == {"81": -100_00, "82": -55_25, "85": 155_25, "61": 26_25}


def test_the_number_of_a_reversed_bill_can_be_recorded_anew_as_it_should_have_been(
    ledger: PaperLedger,
) -> None:
    with pytest.raises(AlreadyExists):
        receive(ledger, activity_id=None)
    reverse(ledger)
    again = receive(ledger, activity_id=None)
    assert again.originator_id == purchase_id(SUPPLIER, "2026/17", 1)
    with pytest.raises(AlreadyExists):
        receive(ledger, activity_id=None)


def test_a_bill_is_reversed_once_with_a_reason_and_before_its_payment_is_ordered(ledger: PaperLedger) -> None:
    with pytest.raises(EmptyText):
        reverse(ledger, reason=" ")
    paid = ledger.copy()
    ordered(paid)
    with pytest.raises(PaidAlready):
        reverse(paid)
    paid.perform(withdraw_payment, on=DAY, order_id=ORDER, reason="wrong")
    reverse(paid)
    reverse(ledger)
    for ask in (reverse, credit):
        with pytest.raises(PurchaseNotApproved):
            ask(ledger)
    with pytest.raises(NothingDue):
        order(ledger, order_id=UUID(int=744))


def test_a_bill_that_waits_is_rejected_and_not_reversed() -> None:
    paper = with_supplier()
    receive(paper)
    for ask in (reverse, credit):
        with pytest.raises(PurchaseNotApproved):
            ask(paper)


def test_under_reverse_charge_what_was_owed_to_the_state_comes_back_too() -> None:
    paper = with_supplier()
    receive(paper, PurchaseLine(ExpenseType.SERVICES, 100_00, 21_00, 10_50), reverse_charge=True)
    approve(paper)
    noted = told(credit(paper, AskedCredit(1, 50_00, 10_50)), PurchaseCreditNote.Received)
    assert balances([noted]) == {"440": 50_00, "451": 10_50, "613": -55_25, "411": -5_25}
    assert grids_of(noted) == {"82": -55_25, "85": 55_25, "87": -50_00, "61": 5_25, "62": 10_50}
    facts = reverse(paper)
    assert balances(facts) == {"440": 50_00, "451": 10_50, "613": -55_25, "411": -5_25}


def test_a_credit_note_before_payment_leaves_less_to_pay(ledger: PaperLedger) -> None:
    facts = credit(ledger, AskedCredit(1, 40_00, 8_40), AskedCredit(2, 50_00, 10_50))
    noted = told(facts, PurchaseCreditNote.Received)
    assert (noted.gross_c, noted.cost_c) == (108_90, 95_25)
    assert balances(facts) == {"440": 108_90, "612": -40_00, "613": -55_25, "411": -13_65}
    assert grids_of(noted) == {"81": -40_00, "82": -55_25, "85": 95_25, "63": 13_65}
    assert ledger.get(PurchaseInvoice, BILL).due_c == 181_50 - 108_90
    assert ledger.get(Activity, ACTIVITY).result_c == 890_00 - 155_25 + 95_25
    ordered(ledger)
    assert balances(ledger.facts)["440"] == 0


def test_a_credit_note_on_all_that_is_left_leaves_nothing_to_pay(ledger: PaperLedger) -> None:
    credit(ledger, AskedCredit(1, 40_00, 8_40))
    credit(ledger, credit_note_no="C8")
    assert balances(ledger.facts)["440"] == 0
    assert balances(ledger.facts)["411"] == 0
    for ask in (order, reverse):
        with pytest.raises((NothingDue, NothingLeftOfPurchase)):
            ask(ledger)
    with pytest.raises(NothingLeftOfPurchase):
        credit(ledger, credit_note_no="C9")


@pytest.mark.parametrize(
    ("lines", "says", "refusal"),
    [
        ((AskedCredit(1, 100_01, 0),), {}, CreditExceedsPurchase),
        ((AskedCredit(1, 100_00, 21_01),), {}, CreditExceedsPurchase),
        ((AskedCredit(3, 1, 0),), {}, PurchaseLineUnknown),
        ((AskedCredit(0, 1, 0),), {}, PurchaseLineUnknown),
        ((AskedCredit(1, 1, 0), AskedCredit(1, 1, 0)), {}, PurchaseLineNamedTwice),
        ((AskedCredit(1, -1, 2),), {}, AmountNegative),
        ((AskedCredit(1, 2, -1),), {}, AmountNegative),
        ((AskedCredit(1, 0, 0),), {}, AmountNotPositive),
        ((), {"lines": ()}, NothingLeftOfPurchase),
        ((), {"credit_note_no": " "}, EmptyText),
        ((), {"document_sha256": "a letter"}, NoEvidence),
    ],
)
def test_a_credit_note_that_is_none_is_refused(
    ledger: PaperLedger, lines: tuple[AskedCredit, ...], says: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        credit(ledger, *lines, **says)


def test_a_number_of_a_credit_note_stands_once(ledger: PaperLedger) -> None:
    credit(ledger, AskedCredit(1, 10_00, 2_10))
    with pytest.raises(AlreadyExists):
        credit(ledger, AskedCredit(1, 10_00, 2_10), credit_note_no=" C7 ")


def test_what_was_paid_of_a_credited_bill_is_owed_back_and_set_off_against_the_next_one(
    ledger: PaperLedger,
) -> None:
    ordered(ledger)
    facts = credit(ledger, AskedCredit(1, 100_00, 21_00))
    assert balances(facts) == {"440": 0, "416": 121_00, "612": -100_00, "411": -21_00}
    assert told(facts, PayeeDebt.Arose).cause_id == NOTE
    next_bill(ledger)
    assert balances(set_off(ledger, 100_00)) == {"440": 100_00, "416": -100_00}
    assert ledger.get(PurchaseInvoice, NEXT_BILL).due_c == 21_00
    with pytest.raises(ExceedsDue):
        set_off(ledger, 21_01)
    set_off(ledger, 21_00)
    stand = balances(ledger.facts)
    assert (stand["440"], stand["416"]) == (0, 0)
    assert ledger.get(PayeeDebt, DEBT).open_c == 0
    with pytest.raises(NothingDue):
        order(ledger, order_id=UUID(int=744), purchase_id=NEXT_BILL)


def test_no_more_is_set_off_than_is_owed_back(ledger: PaperLedger) -> None:
    ordered(ledger)
    credit(ledger, AskedCredit(1, 50_00, 10_50))
    next_bill(ledger)
    with pytest.raises(ExceedsDue):
        set_off(ledger, 60_51)
    with pytest.raises(AmountNotPositive):
        set_off(ledger, 0)


def test_a_debt_is_set_off_only_against_what_the_same_payee_is_owed(ledger: PaperLedger) -> None:
    ordered(ledger)
    credit(ledger, AskedCredit(1, 50_00, 10_50))
    other = UUID(int=755)
    register(ledger, other, ENTITY)
    receive(ledger, SUPPLIES, supplier_id=other)
    theirs = purchase_id(other, "2026/17")
    ledger.perform(approve_purchase, on=DAY, actor="ben", purchase_id=theirs)
    with pytest.raises(DebtOfAnother):
        set_off(ledger, 1, document_id=theirs)


def test_what_was_set_off_against_a_bill_is_owed_back_when_that_bill_is_reversed(ledger: PaperLedger) -> None:
    ordered(ledger)
    credit(ledger, AskedCredit(1, 100_00, 21_00))
    next_bill(ledger)
    set_off(ledger, 100_00)
    facts = ledger.perform(reverse_purchase, on=DAY, purchase_id=NEXT_BILL, reason="never ordered")
    assert told(facts, PayeeDebt.Arose).amount_c == 100_00
    stand = balances(ledger.facts)
    assert (stand["440"], stand["416"]) == (0, 121_00)


def test_what_is_owed_back_comes_through_the_bank_or_is_given_up_by_a_second_person(
    ledger: PaperLedger,
) -> None:
    ordered(ledger)
    credit(ledger, AskedCredit(1, 100_00, 21_00))
    receipt = statement(2, [entry("1", 100_00, on=DAY)], opening_c=CLOSING_C, on=DAY)
    ledger.perform(import_statements, account=ACCOUNT, statements=[receipt])
    asked: dict[str, Any] = {"bank_line_id": line_id(ACCOUNT_ID, "2026/2", "1"), "debt_id": DEBT}
    facts = ledger.perform(repay_payee_debt, on=DAY, amount_c=100_00, **asked)
    assert balances(facts) == {"499": 100_00, "416": -100_00}
    given_up: dict[str, Any] = {"debt_id": DEBT, "decision_ref": "board 9"}
    with pytest.raises(SecondPersonNeeded):
        ledger.perform(give_payee_debt_up, on=DAY, **given_up)
    with pytest.raises(EmptyText):
        ledger.perform(give_payee_debt_up, on=DAY, actor="ben", debt_id=DEBT, decision_ref=" ")
    facts = ledger.perform(give_payee_debt_up, on=DAY, actor="ben", **given_up)
    assert balances(facts) == {"642": 21_00, "416": -21_00}
    with pytest.raises(ExceedsDue):
        ledger.perform(give_payee_debt_up, on=DAY, actor="ben", **given_up)


def test_a_bill_from_outside_is_not_credited_as_one_of_the_group(ledger: PaperLedger) -> None:
    with pytest.raises(PurchaseNotOfGroup):
        ledger.perform(
            credit_within_group,
            purchase_id=BILL,
            credit_note_id=UUID(int=1),
            issued_on=DAY,
            reason="wrong",
        )


@given(data=st.data(), net_c=st.integers(1, 10**6), vat_c=st.integers(0, 10**6))
def test_whatever_the_parts_credit_notes_take_off_a_line_exactly_what_it_deducted(
    data: st.DataObject, net_c: int, vat_c: int
) -> None:
    deductible_c = data.draw(st.integers(0, vat_c))
    line = PurchaseLine(ExpenseType.RENT, net_c, vat_c, deductible_c)
    taken: tuple[Any, ...] = ()
    for _ in range(data.draw(st.integers(0, 4))):
        left = (net_c - sum(each.net_c for each in taken), vat_c - sum(each.vat_c for each in taken))
        part = AskedCredit(1, *(data.draw(st.integers(0, each)) for each in left))
        if part.net_c + part.vat_c:
            (less,) = less_of([line], taken, [part])
            assert 0 <= less.vat_deductible_c <= less.vat_c
            taken += (less,)
    if sum(each.net_c + each.vat_c for each in taken) < net_c + vat_c:
        taken += less_of([line], taken, None)
    sums = [sum(getattr(each, name) for each in taken) for name in ("net_c", "vat_c", "vat_deductible_c")]
    assert sums == [net_c, vat_c, deductible_c]
    assert sum(each.cost_c for each in taken) == line.cost_c
