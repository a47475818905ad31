"""A supplier's bill is approved by another person, costs whoever ordered it, and is paid once."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.payment_order import PaymentOrder, Pays
from domain.aggregates.purchase_invoice import PurchaseInvoice
from domain.errors import (
    AlreadyExists,
    AmountNotPositive,
    DeductibleExceedsVat,
    DuePrecedesIssue,
    EmptyText,
    NoEvidence,
    NothingDue,
    OtherEntity,
    PaidAlready,
    PurchaseNotWaiting,
    PurchaseWithoutLines,
    Refusal,
    SecondPersonNeeded,
)
from domain.ledger.entities import entity_id_of
from domain.ledger.payments import (
    approve_payment,
    clear_payment,
    order_purchase_payment,
    withdraw_payment,
)
from domain.ledger.purchases import (
    approve_purchase,
    dispute_purchase,
    purchase_id,
    receive_purchase,
    register_supplier,
    reject_purchase,
)
from domain.purchasing import PurchaseLine
from domain.spending import ExpenseType
from tests.cooperative import ACTIVITY, ENTITY, found_entity
from tests.domain.spending import PAYEE_IBAN, balances, bank_pays, paid_cooperative
from tests.paper import PaperLedger

SUPPLIER, ELSEWHERE = UUID(int=741), UUID(int=742)
BILL = purchase_id(SUPPLIER, "2026/17")
ORDER = UUID(int=743)
LINE = PurchaseLine(ExpenseType.SUPPLIES, 100_00, 21_00, 21_00)
DAY = date(2026, 1, 20)


def register(ledger: PaperLedger, supplier_id: UUID, entity_id: UUID) -> None:
    ledger.perform(
        register_supplier,
        supplier_id=supplier_id,
        entity_id=entity_id,
        name="Timber Trade",
        address="Rue du Bois 3, 1000 Brussels",
        vat_no="BE0123456749",
    )


def with_supplier() -> PaperLedger:
    """An activity with 890.00 available, and a supplier."""
    paper = paid_cooperative()
    register(paper, SUPPLIER, ENTITY)
    return paper


@pytest.fixture
def ledger() -> PaperLedger:
    """An activity with 890.00 available, and a supplier."""
    return with_supplier()


def receive(ledger: PaperLedger, *lines: PurchaseLine, **says: Any) -> PurchaseInvoice.Received:
    asked: dict[str, Any] = {
        "supplier_id": SUPPLIER,
        "activity_id": ACTIVITY,
        "purchase_no": "2026/17",
        "issued_on": date(2026, 1, 15),
        "due_on": date(2026, 2, 14),
        "lines": lines or (LINE,),
        "reverse_charge": False,
        "document_sha256": "d" * 64,
    }
    (received,) = ledger.perform(receive_purchase, on=DAY, **asked | says)
    assert isinstance(received, PurchaseInvoice.Received)
    return received


def approve(ledger: PaperLedger, *, actor: str = "ben") -> list[Any]:
    return ledger.perform(approve_purchase, on=DAY, actor=actor, purchase_id=BILL)


def order(ledger: PaperLedger, **says: Any) -> None:
    asked: dict[str, Any] = {"order_id": ORDER, "purchase_id": BILL, "payee_iban": PAYEE_IBAN}
    ledger.perform(order_purchase_payment, on=DAY, **asked | says)


def test_an_approved_bill_is_a_cost_of_the_activity_and_a_debt_to_the_supplier(ledger: PaperLedger) -> None:
    received = receive(ledger, LINE, PurchaseLine(ExpenseType.SERVICES, 50_00, 10_50, 5_25))
    assert (received.net_c, received.vat_c, received.due_c) == (150_00, 31_50, 181_50)
    facts = approve(ledger)
    assert balances(facts) == {"612": 100_00, "613": 55_25, "411": 26_25, "440": -181_50}
    told = next(each for each in facts if isinstance(each, Activity.CostPosted))
    assert (told.amount_c, told.released_c) == (155_25, 0)


def test_under_reverse_charge_the_vat_is_owed_to_the_state(ledger: PaperLedger) -> None:
    received = receive(ledger, PurchaseLine(ExpenseType.SERVICES, 100_00, 21_00, 10_50), reverse_charge=True)
    assert received.due_c == 100_00
    assert balances(approve(ledger)) == {"613": 110_50, "411": 10_50, "451": -21_00, "440": -100_00}


def test_what_the_cooperative_itself_bought_costs_no_activity(ledger: PaperLedger) -> None:
    receive(ledger, activity_id=None)
    (approved,) = approve(ledger)
    assert approved.activity_id is None


def test_a_bill_beyond_what_is_available_is_accepted_and_flagged(ledger: PaperLedger) -> None:
    receive(ledger, PurchaseLine(ExpenseType.SUPPLIES, 1_000_00, 0, 0))
    approved = next(each for each in approve(ledger) if isinstance(each, PurchaseInvoice.Approved))
    assert approved.overdrawn_c == 110_00
    assert ledger.get(Activity, ACTIVITY).available_c(0) == -110_00


def test_a_number_of_a_supplier_stands_once(ledger: PaperLedger) -> None:
    receive(ledger)
    for number in ("2026/17", " 2026/17 "):
        with pytest.raises(AlreadyExists):
            receive(ledger, purchase_no=number)


@pytest.mark.parametrize(
    ("says", "refusal"),
    [
        ({"purchase_no": " "}, EmptyText),
        ({"lines": ()}, PurchaseWithoutLines),
        ({"lines": (PurchaseLine(ExpenseType.RENT, 0, 0, 0),)}, AmountNotPositive),
        ({"lines": (PurchaseLine(ExpenseType.RENT, 10_00, 2_10, 2_11),)}, DeductibleExceedsVat),
        ({"lines": (PurchaseLine(ExpenseType.RENT, 10_00, -1, 0),)}, DeductibleExceedsVat),
        ({"due_on": date(2026, 1, 14)}, DuePrecedesIssue),
        ({"document_sha256": "the bill"}, NoEvidence),
    ],
)
def test_a_bill_that_is_none_is_refused(
    ledger: PaperLedger, says: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        receive(ledger, **says)


def test_a_bill_stays_within_its_entity(ledger: PaperLedger) -> None:
    found_entity(ledger.perform, code="OTHER")
    register(ledger, ELSEWHERE, entity_id_of("OTHER"))
    with pytest.raises(OtherEntity):
        receive(ledger, supplier_id=ELSEWHERE)


def test_who_recorded_a_bill_does_not_approve_it(ledger: PaperLedger) -> None:
    receive(ledger)
    with pytest.raises(SecondPersonNeeded):
        approve(ledger, actor="anna")


def test_a_disputed_bill_waits_and_may_be_approved_or_rejected(ledger: PaperLedger) -> None:
    receive(ledger)
    with pytest.raises(EmptyText):
        ledger.perform(dispute_purchase, purchase_id=BILL, reason=" ")
    ledger.perform(dispute_purchase, purchase_id=BILL, reason="half of it never came")
    with pytest.raises(PurchaseNotWaiting):
        ledger.perform(dispute_purchase, purchase_id=BILL, reason="again")
    with pytest.raises(NothingDue):
        order(ledger)
    agreed = ledger.copy()
    approve(agreed)
    ledger.perform(reject_purchase, purchase_id=BILL, reason="it never came")
    for ask in (lambda: approve(ledger), lambda: reject(ledger)):
        with pytest.raises(PurchaseNotWaiting):
            ask()


def reject(ledger: PaperLedger) -> None:
    ledger.perform(reject_purchase, purchase_id=BILL, reason="again")


def test_an_approved_bill_is_paid_once_by_two_people_and_cleared_by_the_bank(ledger: PaperLedger) -> None:
    receive(ledger)
    approve(ledger)
    order(ledger)
    assert ledger.get(PaymentOrder, ORDER).pays is Pays.PURCHASE
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=ORDER)
    with pytest.raises(PaidAlready):
        order(ledger, order_id=UUID(int=744))
    (line,) = bank_pays(ledger, 121_00)
    ledger.perform(clear_payment, on=DAY, bank_line_id=line, order_id=ORDER)
    stand = balances(ledger.facts)
    assert (stand["440"], stand["580"], stand["499"]) == (0, 0, 0)


def test_a_payment_that_was_taken_back_is_ordered_again(ledger: PaperLedger) -> None:
    receive(ledger)
    approve(ledger)
    order(ledger)
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=ORDER)
    ledger.perform(withdraw_payment, on=DAY, order_id=ORDER, reason="paid in cash")
    order(ledger, order_id=UUID(int=744))
    assert balances(ledger.facts)["440"] == -121_00
