"""A contribution on the margin follows what a claim or a bill costs no longer: the margin is higher by that."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.mutual_fund import MutualFund
from domain.contributions import ContributionBase, FundShare
from domain.ledger.claims import approve_claim, submit_claim
from domain.ledger.explanations import reverse_bank_fee
from domain.ledger.invoicing import issue_invoice
from domain.ledger.payout_corrections import reverse_claim
from domain.ledger.purchase_corrections import receive_purchase_credit, reverse_purchase
from domain.ledger.purchases import approve_purchase, purchase_id, receive_purchase, register_supplier
from domain.ledger.returns import record_bank_fee
from domain.purchasing import AskedCredit, PurchaseLine
from domain.spending import ExpenseType
from tests.cooperative import ACTIVITY, ENTITY, FUND, invoice
from tests.domain.spending import CLAIM, DAY, INVOICE, claimed, expense
from tests.domain.test_contributions import MONEY_OUT, left, pay, ruled
from tests.paper import PaperLedger

SUPPLIER = UUID(int=502)
BILL = purchase_id(SUPPLIER, "17")


def earning() -> PaperLedger:
    """A paid invoice of 1,000.00 under a plan that takes 13.5 % of the margin, and 1 % of it for the fund."""
    ledger = ruled(base=ContributionBase.GROSS_MARGIN, rate_bp=1_350, fund_shares=[FundShare(FUND, 100)])
    ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, on=DAY))
    pay(ledger, 1_210_00)
    return ledger


def billed(ledger: PaperLedger) -> list[Any]:
    """Approve a bill of 100.00 and 21.00 of VAT, all of it deductible, that the activity bears."""
    supplier: dict[str, Any] = {"supplier_id": SUPPLIER, "entity_id": ENTITY, "name": "Timber Trade"}
    ledger.perform(register_supplier, address="Rue du Bois 3", vat_no="", **supplier)
    ledger.perform(
        receive_purchase,
        supplier_id=SUPPLIER,
        activity_id=ACTIVITY,
        purchase_no="17",
        issued_on=DAY,
        due_on=DAY,
        lines=[PurchaseLine(ExpenseType.SUPPLIES, 100_00, 21_00, 21_00)],
        reverse_charge=False,
        document_sha256="d" * 64,
    )
    return ledger.perform(approve_purchase, on=DAY, actor="ben", purchase_id=BILL)


def credited(ledger: PaperLedger, *lines: AskedCredit, number: str = "C1") -> list[Any]:
    """Receive a credit note on these parts of the bill."""
    asked: dict[str, Any] = {"purchase_id": BILL, "credit_note_no": number, "issued_on": DAY}
    return ledger.perform(receive_purchase_credit, on=DAY, document_sha256="e" * 64, lines=lines, **asked)


def accrued_c(ledger: PaperLedger) -> int:
    """What the fund is owed of the activity so far."""
    kinds = {MutualFund.ContributionCharged: 1, MutualFund.ContributionReversed: -1}
    return sum(kinds[type(each)] * each.amount_c for each in ledger.facts if type(each) in kinds)


def test_a_claim_that_is_taken_back_raises_the_margin_by_what_it_had_cost() -> None:
    ledger = earning()
    ledger.perform(submit_claim, on=DAY, **claimed(expense(net_c=200_00)))
    assert left(ledger.perform(approve_claim, on=DAY, actor="ben", claim_id=CLAIM)) == [-27_00]
    assert accrued_c(ledger) == 8_00
    taken_back = ledger.perform(reverse_claim, on=DAY, claim_id=CLAIM, reason="private")
    assert left(taken_back) == [27_00]
    charge = next(each for each in taken_back if isinstance(each, Activity.ContributionCharged))
    assert (charge.document_id, charge.booked_on) == (CLAIM, DAY)
    assert (sum(left(ledger.facts)), accrued_c(ledger)) == (135_00, 10_00)
    assert ledger.get(Activity, ACTIVITY).result_c == 1_000_00 - 135_00 - 10_00


def test_a_bill_that_is_reversed_or_credited_raises_the_margin_by_what_it_costs_no_longer() -> None:
    ledger = earning()
    assert left(billed(ledger)) == [-13_50]
    assert left(credited(ledger, AskedCredit(1, 40_00, 8_40))) == [5_40]
    assert accrued_c(ledger) == 9_40
    reversed_ = earning()
    billed(reversed_)
    assert left(reversed_.perform(reverse_purchase, on=DAY, purchase_id=BILL, reason="ours no more")) == [
        13_50
    ]
    assert (sum(left(reversed_.facts)), accrued_c(reversed_)) == (135_00, 10_00)


def test_a_credit_note_on_vat_alone_that_had_been_deducted_is_no_matter_of_the_activity() -> None:
    ledger = earning()
    billed(ledger)
    recorded = credited(ledger, AskedCredit(1, 0, 2_10))
    assert not any(isinstance(each, Activity.Event) for each in recorded)


def test_what_was_no_bank_fee_raises_the_margin_again() -> None:
    ledger = earning()
    before_c = accrued_c(ledger)
    fee: dict[str, Any] = {"bank_line_id": MONEY_OUT, "activity_id": ACTIVITY}
    assert left(ledger.perform(record_bank_fee, on=DAY, amount_c=100_00, **fee)) == [-13_50]
    assert left(ledger.perform(reverse_bank_fee, on=DAY, amount_c=40_00, reason="a card", **fee)) == [5_40]
    assert left(ledger.perform(reverse_bank_fee, on=DAY, amount_c=60_00, reason="a card", **fee)) == [8_10]
    assert accrued_c(ledger) == before_c
