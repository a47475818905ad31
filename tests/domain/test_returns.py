"""A payment the bank takes back, or one set against the wrong invoice, leaves no cent behind."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.aggregates.activity import Activity
from domain.aggregates.expense_claim import ExpenseClaim
from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.payment_order import PaymentOrder
from domain.errors import (
    EmptyText,
    ExceedsAllocation,
    ExceedsLine,
    NotAPayment,
    OrderClearedAlready,
    OrderWithdrawn,
    PayrollWithdrawn,
)
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.claims import approve_claim, submit_claim
from domain.ledger.invoicing import issue_invoice
from domain.ledger.payments import approve_payment, clear_payment, order_claim_payment, withdraw_payment
from domain.ledger.payrolls import post_slip, request_payroll, withdraw_payroll
from domain.ledger.returns import record_bank_fee, return_payment, undo_allocation
from domain.slips import SlipLine, SlipType
from tests.cooperative import ACCOUNT, ACCOUNT_ID, ACTIVITY, FUND, MEMBER, entry, invoice, line, statement
from tests.domain.spending import (
    CLAIM,
    CLOSING_C,
    DAY,
    INVOICE,
    PAYEE_IBAN,
    balances,
    bank_pays,
    claimed,
    paid_cooperative,
)
from tests.paper import PaperLedger

RECEIPT = line_id(ACCOUNT_ID, "2026/1", "1")
OTHER, ORDER = UUID(int=503), UUID(int=731)


def collected(ledger: PaperLedger) -> tuple[int, int, int]:
    """What the invoice still has open, what its activity has collected, what the fund has."""
    return (
        ledger.get(Invoice, INVOICE).open_c,
        ledger.get(Activity, ACTIVITY).collected_c,
        ledger.get(MutualFund, FUND).collected_c,
    )


def test_a_returned_payment_opens_the_invoice_again_and_the_allocation_stays_visible() -> None:
    ledger = paid_cooperative()
    before = len(ledger.facts)
    (taken,) = bank_pays(ledger, 1_210_00)
    ledger.perform(
        return_payment,
        on=DAY,
        bank_line_id=taken,
        of_line_id=RECEIPT,
        invoice_id=INVOICE,
        amount_c=1_210_00,
        reason_code="MD06",
    )
    open_c, collected_c, in_fund_c = collected(ledger)
    assert (open_c, in_fund_c) == (1_210_00, 0)
    assert collected_c == ledger.get(Activity, ACTIVITY).result_c - 1_000_00
    standing = balances(ledger.facts)
    assert (standing["400"], standing["499"]) == (1_210_00, 0)
    assert ledger.facts[:before] == paid_cooperative().facts


def test_no_more_is_returned_than_that_receipt_paid_and_only_by_money_out() -> None:
    ledger = paid_cooperative()
    (taken,) = bank_pays(ledger, 1_300_00)
    asked: dict[str, Any] = {"of_line_id": RECEIPT, "invoice_id": INVOICE, "on": DAY}
    with pytest.raises(ExceedsAllocation):
        ledger.perform(return_payment, bank_line_id=taken, amount_c=1_210_01, **asked)
    with pytest.raises(NotAPayment):
        ledger.perform(return_payment, bank_line_id=RECEIPT, amount_c=10_00, **asked)
    ledger.perform(return_payment, bank_line_id=taken, amount_c=1_000_00, **asked)
    with pytest.raises(ExceedsAllocation):
        ledger.perform(return_payment, bank_line_id=taken, amount_c=210_01, **asked)


def test_an_allocation_to_the_wrong_invoice_is_undone_with_a_reason_and_set_right() -> None:
    ledger = paid_cooperative()
    ledger.perform(issue_invoice, on=DAY, **invoice(OTHER, on=DAY))
    asked: dict[str, Any] = {"bank_line_id": RECEIPT, "invoice_id": INVOICE, "amount_c": 1_210_00, "on": DAY}
    with pytest.raises(EmptyText):
        ledger.perform(undo_allocation, reason="  ", **asked)
    ledger.perform(undo_allocation, reason="the other invoice was meant", **asked)
    assert balances(ledger.facts)["499"] == -1_210_00
    ledger.perform(allocate_receipt, **asked | {"invoice_id": OTHER})

    assert ledger.get(Invoice, INVOICE).open_c == 1_210_00
    assert ledger.get(Invoice, OTHER).open_c == 0
    with pytest.raises(ExceedsAllocation):
        ledger.perform(undo_allocation, reason="again", **asked)


@settings(max_examples=60, deadline=None)
@given(
    price_c=st.integers(1, 3_000_00),
    steps=st.lists(st.tuples(st.booleans(), st.integers(1, 4_000_00)), max_size=8),
)
def test_whatever_is_paid_and_taken_back_all_is_settled_when_all_is_paid(
    price_c: int, steps: list[tuple[bool, int]]
) -> None:
    ledger = paid_cooperative()
    ledger.perform(
        issue_invoice, on=DAY, **invoice(OTHER, line(f"{price_c // 100}.{price_c % 100:02}"), on=DAY)
    )
    gross_c = ledger.get(Invoice, OTHER).gross_c
    funded = {part.fund_id: part.amount_c for part in ledger.get(Invoice, OTHER).fund_parts}
    before = ledger.get(MutualFund, FUND).collected_c
    entries = [entry("1", 100_000_00, on=DAY)]
    ledger.perform(
        import_statements, account=ACCOUNT, statements=[statement(2, entries, opening_c=CLOSING_C, on=DAY)]
    )
    line_2 = line_id(ACCOUNT_ID, "2026/2", "1")
    paid_c = 0
    for pays, wanted_c in [*steps, (True, gross_c)]:
        amount_c = min(wanted_c, gross_c - paid_c if pays else paid_c)
        if amount_c == 0:
            continue
        asked: dict[str, Any] = {"bank_line_id": line_2, "invoice_id": OTHER, "amount_c": amount_c, "on": DAY}
        if pays:
            ledger.perform(allocate_receipt, **asked)
        else:
            ledger.perform(undo_allocation, reason="wrong", **asked)
        paid_c += amount_c if pays else -amount_c
        assert ledger.get(Activity, ACTIVITY).open_net_c >= 0

    assert ledger.get(Invoice, OTHER).open_c == 0
    assert ledger.get(Activity, ACTIVITY).open_net_c == 0
    assert ledger.get(MutualFund, FUND).collected_c - before == funded.get(FUND, 0)


@pytest.mark.parametrize(("activity_id", "borne_c"), [(None, 0), (ACTIVITY, 12_50)])
def test_the_bank_s_fee_is_borne_by_the_cooperative_or_by_the_activity_that_is_named(
    activity_id: UUID | None, borne_c: int
) -> None:
    ledger = paid_cooperative()
    earned_c = ledger.get(Activity, ACTIVITY).result_c
    (fee,) = bank_pays(ledger, 12_50)
    asked: dict[str, Any] = {"bank_line_id": fee, "activity_id": activity_id, "on": DAY}
    with pytest.raises(ExceedsLine):
        ledger.perform(record_bank_fee, amount_c=12_51, **asked)
    ledger.perform(record_bank_fee, amount_c=12_50, **asked)

    standing = balances(ledger.facts)
    assert (standing["6572"], standing["499"]) == (12_50, 0)
    assert ledger.get(Activity, ACTIVITY).result_c == earned_c - borne_c


def approved_claim() -> PaperLedger:
    ledger = paid_cooperative()
    ledger.perform(submit_claim, on=DAY, **claimed())
    ledger.perform(approve_claim, on=DAY, actor="ben", claim_id=CLAIM)
    ledger.perform(order_claim_payment, on=DAY, order_id=ORDER, claim_id=CLAIM, payee_iban=PAYEE_IBAN)
    return ledger


def test_an_order_nobody_approved_is_withdrawn_without_a_booking() -> None:
    ledger = approved_claim()
    before = balances(ledger.facts)
    ledger.perform(withdraw_payment, on=DAY, order_id=ORDER, reason="wrong account")
    assert balances(ledger.facts) == before
    with pytest.raises(OrderWithdrawn):
        ledger.perform(approve_payment, on=DAY, actor="ben", order_id=ORDER)


def test_an_approved_order_is_withdrawn_with_its_booking_and_the_claim_is_paid_by_another() -> None:
    ledger = approved_claim()
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=ORDER)
    with pytest.raises(EmptyText):
        ledger.perform(withdraw_payment, on=DAY, order_id=ORDER, reason="")
    ledger.perform(withdraw_payment, on=DAY, order_id=ORDER, reason="wrong account")
    standing = balances(ledger.facts)
    assert (standing["580"], standing["4890"]) == (0, -60_50)

    other = UUID(int=732)
    ledger.perform(order_claim_payment, on=DAY, order_id=other, claim_id=CLAIM, payee_iban=PAYEE_IBAN)
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=other)
    (paid,) = bank_pays(ledger, 60_50)
    with pytest.raises(OrderWithdrawn):
        ledger.perform(clear_payment, on=DAY, bank_line_id=paid, order_id=ORDER)
    ledger.perform(clear_payment, on=DAY, bank_line_id=paid, order_id=other)
    assert ledger.get(ExpenseClaim, CLAIM).order_id == other
    with pytest.raises(OrderClearedAlready):
        ledger.perform(withdraw_payment, on=DAY, order_id=other, reason="too late")
    assert ledger.get(PaymentOrder, other).cleared_by == paid


def test_a_wage_that_is_withdrawn_is_available_again_and_takes_no_slip() -> None:
    ledger = paid_cooperative()
    payroll_id = UUID(int=741)
    before = ledger.get(Activity, ACTIVITY).committed_c
    ledger.perform(
        request_payroll,
        on=DAY,
        payroll_id=payroll_id,
        activity_id=ACTIVITY,
        employee_id=MEMBER,
        budget_c=500_00,
    )
    ledger.perform(withdraw_payroll, on=DAY, payroll_id=payroll_id)
    assert ledger.get(Activity, ACTIVITY).committed_c == before
    slip: dict[str, Any] = {
        "slip_ref": "S1",
        "lines": [SlipLine(SlipType.GROSS, 400_00)],
        "net_c": 400_00,
        "employer_c": 100_00,
    }
    with pytest.raises(PayrollWithdrawn):
        ledger.perform(post_slip, on=DAY, payroll_id=payroll_id, **slip)
    with pytest.raises(PayrollWithdrawn):
        ledger.perform(withdraw_payroll, on=DAY, payroll_id=payroll_id)
