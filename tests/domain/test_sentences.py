"""Sentences that must hold of invoices, wages and credit notes, each word for word as its test's own text."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.credit_note import CreditNote
from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import MutualFund
from domain.bookkeeping.vat_grids import grid_of_credit, grid_of_sale
from domain.errors import OverAvailable, PayoutsHeld
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.claims import approve_claim, submit_claim
from domain.ledger.credit_notes import issue_credit_note
from domain.ledger.invoicing import issue_invoice
from domain.ledger.payments import approve_payment, order_claim_payment, order_wage_payment
from domain.ledger.payrolls import post_slip, request_payroll
from domain.slips import SlipLine, SlipType
from domain.vat import VatCategory
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ACTIVITY,
    FUND,
    MEMBER,
    OPENING_C,
    entry,
    found,
    invoice,
    line,
    statement,
)
from tests.domain.spending import CLAIM, DAY, INVOICE, PAYEE_IBAN, claimed, expense, paid_cooperative
from tests.paper import PaperLedger

WAGE, SECOND_WAGE, ORDER = UUID(int=721), UUID(int=722), UUID(int=723)
CREDIT_NOTE, SECOND_CLAIM = UUID(int=724), UUID(int=725)


def through_step_5() -> PaperLedger:
    """An invoice of 1,000.00 + 210.00 that is paid, and a claim of 50.00 + 10.50 that is approved."""
    ledger = paid_cooperative()
    ledger.perform(submit_claim, on=DAY, **claimed())
    ledger.perform(approve_claim, on=DAY, actor="ben", claim_id=CLAIM)
    return ledger


def request_wage(ledger: PaperLedger, budget_c: int, payroll_id: UUID = WAGE) -> None:
    ledger.perform(
        request_payroll,
        on=DAY,
        payroll_id=payroll_id,
        activity_id=ACTIVITY,
        employee_id=MEMBER,
        budget_c=budget_c,
    )


def test_sentence_3() -> None:
    """After steps 1-5 of the worked example Available is 840.00; on two copies of that history a payroll
    request of 840.00 is accepted and one of 840.01 refused.
    """
    ledger = through_step_5()
    assert ledger.get(Activity, ACTIVITY).available_c(0) == 840_00
    request_wage(ledger.copy(), 840_00)
    with pytest.raises(OverAvailable):
        request_wage(ledger.copy(), 840_01)


def test_sentence_6() -> None:
    """An invoice with bases 100.00 exempt, 200.00 reverse charge and 300.00 at 21 % stores three VAT rows,
    VAT 63.00, and three different grids (00, 45, 03).
    """
    ledger = PaperLedger()
    found(ledger.perform)
    lines = (
        line("100", rate_bp=0),
        line("200", rate_bp=0, vat_category=VatCategory.REVERSE_CHARGE),
        line("300"),
    )
    facts = ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, *lines, on=DAY))
    issued = next(each for each in facts if isinstance(each, Invoice.Issued))
    bases = {row.category: row.base_c for row in issued.vat}
    assert bases == {
        VatCategory.EXEMPT: 100_00,
        VatCategory.REVERSE_CHARGE: 200_00,
        VatCategory.STANDARD: 300_00,
    }
    assert (len(issued.vat), issued.vat_c) == (3, 63_00)
    grids = {row.category: grid_of_sale(row) for row in issued.vat}
    assert grids == {
        VatCategory.EXEMPT: "00",
        VatCategory.REVERSE_CHARGE: "45",
        VatCategory.STANDARD: "03",
    }
    assert {grid_of_credit(row) for row in issued.vat} == {"49"}


def test_sentence_8() -> None:
    """A credit note after payout makes the activity negative, holds further payouts, and reverses
    contribution and fund share to the cent at the invoice's rates.
    """
    ledger = through_step_5()
    second = claimed(expense(10_00, 0, 0, sha256="cd" * 32), claim_id=SECOND_CLAIM)
    ledger.perform(submit_claim, on=DAY, **second)
    ledger.perform(approve_claim, on=DAY, actor="ben", claim_id=SECOND_CLAIM)
    request_wage(ledger, 830_00)
    slip = (SlipLine(SlipType.GROSS, 664_00), SlipLine(SlipType.WAGE_TAX, -164_00))
    ledger.perform(
        post_slip,
        on=DAY,
        payroll_id=WAGE,
        slip_ref="2026-01/1",
        lines=slip,
        net_c=500_00,
        employer_c=166_00,
    )
    ledger.perform(order_wage_payment, on=DAY, order_id=ORDER, payroll_id=WAGE, payee_iban=PAYEE_IBAN)
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=ORDER)
    before = ledger.get(Activity, ACTIVITY)
    fund_before = ledger.get(MutualFund, FUND)
    assert before.available_c(0) == 0

    facts = ledger.perform(
        issue_credit_note,
        on=DAY,
        credit_note_id=CREDIT_NOTE,
        invoice_id=INVOICE,
        issued_on=DAY,
        reason="nothing was delivered",
    )

    # Out: 1,000.00 of turnover; back in: the contribution of 10 % and the fund's 1 %.
    assert ledger.get(Activity, ACTIVITY).available_c(0) == -1_000_00 + 100_00 + 10_00
    note = next(each for each in facts if isinstance(each, CreditNote.Issued))
    assert (note.contribution_c, [part.amount_c for part in note.fund_parts]) == (100_00, [10_00])
    assert ledger.get(MutualFund, FUND).collected_c == fund_before.collected_c - 10_00
    with pytest.raises(OverAvailable):
        request_wage(ledger, 1, SECOND_WAGE)
    with pytest.raises(PayoutsHeld):
        ledger.perform(
            order_claim_payment,
            on=DAY,
            order_id=UUID(int=726),
            claim_id=SECOND_CLAIM,
            payee_iban=PAYEE_IBAN,
        )


def test_sentence_9() -> None:
    """A part payment of 605.00 on 1,210.00, then 604.99, then 0.01: VAT and net collected are 210.00 and
    1,000.00 at the end, never off by a cent between.
    """
    ledger = PaperLedger()
    found(ledger.perform)
    day = date(2026, 1, 8)
    ledger.perform(issue_invoice, on=day, **invoice(INVOICE, on=day))
    parts = (605_00, 604_99, 1)
    entries = [entry(str(n), amount_c, on=day) for n, amount_c in enumerate(parts)]
    reported = statement(1, entries, opening_c=OPENING_C, on=day)
    ledger.perform(import_statements, on=day, account=ACCOUNT, statements=[reported])
    paid_c = net_c = vat_c = 0
    for each in entries:
        facts = ledger.perform(
            allocate_receipt,
            on=day,
            bank_line_id=line_id(ACCOUNT_ID, reported.identity, each.key),
            invoice_id=INVOICE,
            amount_c=each.amount_c,
        )
        received = next(fact for fact in facts if isinstance(fact, Invoice.PaymentReceived))
        paid_c, net_c, vat_c = paid_c + each.amount_c, net_c + received.net_c, vat_c + received.vat_c
        assert net_c + vat_c == paid_c
        # What is VAT of what was paid so far, to the nearest cent: 210 parts of 1,210.
        assert abs(1_210 * vat_c - 210 * paid_c) <= 1_210 // 2
    assert (net_c, vat_c) == (1_000_00, 210_00)
