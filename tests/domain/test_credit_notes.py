"""A credit note takes an invoice back at its own rates, and nobody loses what was paid beyond."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.bank_line import BankLine
from domain.aggregates.client import Client
from domain.aggregates.credit_note import CreditNote
from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.number_series import NumberSeries
from domain.errors import (
    AlreadyExists,
    AmountNotPositive,
    ClientErased,
    CreditExceedsInvoice,
    CreditPrecedesInvoice,
    CreditWithoutRows,
    EmptyText,
    InvoiceCreditedWhole,
    InvoicePaid,
    IssueDateGoesBack,
    IssueDateTooFar,
    UnknownRecord,
    VatRowNamedTwice,
    VatRowNotOfInvoice,
)
from domain.funding import LedgerPolicy
from domain.ledger.bank import line_id
from domain.ledger.invoicing import issue_invoice
from domain.ledger.overpayments import allocate_overpayment, order_refund
from domain.ledger.payments import approve_payment
from domain.ledger.periods import stop_bookings
from domain.ledger.plans import enact_contribution_rule
from domain.ledger.reminders import remind_of_invoice
from domain.personal import ERASED
from domain.settlement import FundPart
from domain.vat import VatCategory, VatRow
from tests.cooperative import ACCOUNT_ID, ACTIVITY, CLIENT, ENTITY, FUND, found, invoice, line
from tests.domain.crediting import NEXT_NOTE, NOTE, base, credit
from tests.domain.spending import DAY, INVOICE, PAYEE_IBAN, balances, paid_cooperative
from tests.paper import PaperLedger
from tests.scenario import fact, says

RECEIPT = line_id(ACCOUNT_ID, "2026/1", "1")
NEXT, ORDER = UUID(int=502), UUID(int=760)


@pytest.fixture
def ledger() -> PaperLedger:
    """One invoice of 1,000.00 + 210.00, not paid."""
    paper = PaperLedger()
    found(paper.perform)
    paper.perform(issue_invoice, on=DAY, **invoice(INVOICE, on=DAY))
    return paper


def test_a_credit_note_mirrors_its_invoice_with_contribution_and_fund_part(ledger: PaperLedger) -> None:
    before = len(ledger.facts)
    issued = credit(ledger)
    recorded = ledger.facts[before:]
    assert {type(each) for each in recorded} == {
        NumberSeries.Opened,
        NumberSeries.NumberTaken,
        CreditNote.Issued,
        Invoice.Credited,
        Activity.Credited,
        Activity.ContributionReversed,
        Activity.FundContributionReversed,
        MutualFund.ContributionReversed,
    }
    assert (issued.credit_note_no, issued.invoice_no) == ("2026-C-000001", "2026-F-000001")
    assert (issued.net_c, issued.vat_c, issued.gross_c) == (1_000_00, 210_00, 1_210_00)
    assert issued.vat == (VatRow(VatCategory.STANDARD, 2_100, "", 1_000_00, 210_00),)
    assert (issued.contribution_c, issued.fund_parts) == (100_00, (FundPart(FUND, 10_00),))
    assert (issued.reason, issued.buyer_name) == ("not delivered", "Client and Sons")
    by_kind = {type(each): each for each in recorded}
    reversal: dict[str, Any] = {
        "entity_id": ENTITY,
        "booked_on": DAY,
        "document_id": NOTE,
        "invoice_id": INVOICE,
        "plan_version": 1,
        "base_c": 1_000_00,
    }
    assert says(by_kind[Activity.ContributionReversed]) == fact(
        Activity.ContributionReversed, **reversal, rate_bp=1_000, amount_c=100_00
    )
    assert says(by_kind[MutualFund.ContributionReversed]) == fact(
        MutualFund.ContributionReversed,
        **reversal,
        ledger_policy=LedgerPolicy.LIABILITY,
        activity_id=ACTIVITY,
        rate_bp=100,
        amount_c=10_00,
    )


def test_an_invoice_credited_whole_leaves_nothing_behind(ledger: PaperLedger) -> None:
    credit(ledger)
    assert {account: cents for account, cents in balances(ledger.facts).items() if cents} == {
        "550": 5_000_00,
        "4998": -5_000_00,
    }
    activity = ledger.get(Activity, ACTIVITY)
    assert (activity.result_c, activity.open_net_c) == (0, 0)
    with pytest.raises(InvoicePaid):
        ledger.perform(remind_of_invoice, on=date(2026, 3, 1), invoice_id=INVOICE)


def test_credit_notes_have_a_series_of_their_own_in_date_order_without_a_gap(ledger: PaperLedger) -> None:
    assert credit(ledger, base(1_00)).credit_note_no == "2026-C-000001"
    with pytest.raises(CreditExceedsInvoice):
        credit(ledger, base(1_000_00), credit_note_id=NEXT_NOTE)
    with pytest.raises(AlreadyExists):
        credit(ledger, base(1_00))
    later = date(2026, 1, 9)
    assert credit(ledger, base(1_00), credit_note_id=NEXT_NOTE, on=later).credit_note_no == "2026-C-000002"
    with pytest.raises(IssueDateGoesBack):
        credit(ledger, base(1_00), credit_note_id=NEXT)
    with pytest.raises(IssueDateTooFar):
        credit(ledger, base(1_00), credit_note_id=NEXT, issued_on=date(2026, 3, 31))
    ledger.perform(issue_invoice, on=later, **invoice(NEXT, on=later))
    assert ledger.get(Invoice, NEXT).invoice_no == "2026-F-000002"


def test_each_year_has_a_series_of_credit_notes_of_its_own() -> None:
    ledger = PaperLedger()
    found(ledger.perform)
    day = date(2025, 12, 30)
    ledger.perform(issue_invoice, on=day, **invoice(INVOICE, on=day))
    assert credit(ledger, base(1_00), on=day).credit_note_no == "2025-C-000001"
    assert credit(ledger, base(1_00), credit_note_id=NEXT_NOTE).credit_note_no == "2026-C-000001"


def test_parts_that_add_up_to_the_invoice_reverse_exactly_its_vat() -> None:
    ledger = PaperLedger()
    found(ledger.perform)
    ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, line("0.07"), on=DAY))
    vat = [credit(ledger, base(1), credit_note_id=UUID(int=810 + n)).vat_c for n in range(7)]
    assert vat == [0, 0, 1, 0, 0, 0, 0]
    assert sum(vat) == 1
    assert ledger.get(Invoice, INVOICE).open_c == 0


def test_it_is_at_the_rates_of_the_invoice_whatever_the_plan_says_later(ledger: PaperLedger) -> None:
    ledger.perform(
        enact_contribution_rule,
        on=DAY,
        entity_id=ENTITY,
        valid_from=date(2026, 2, 1),
        rate_bp=500,
        fund_shares=[],
        decision_ref="assembly 2026",
    )
    issued = credit(ledger, base(500_00), on=date(2026, 2, 10))
    assert (issued.plan_version, issued.contribution_c) == (1, 50_00)
    assert issued.fund_parts == (FundPart(FUND, 5_00),)


def test_each_vat_row_is_credited_apart_and_never_beyond_the_invoice() -> None:
    ledger = PaperLedger()
    found(ledger.perform)
    ledger.perform(
        issue_invoice,
        on=DAY,
        **invoice(INVOICE, line("100", rate_bp=0), line("300"), line("0", rate_bp=600), on=DAY),
    )
    credit(ledger, base(60_00, 0), base(100_00))
    with pytest.raises(CreditExceedsInvoice) as refused:
        credit(ledger, base(40_01, 0), credit_note_id=NEXT_NOTE)
    assert refused.value.facts == {"rate_bp": 0, "left_c": 40_00, "asked_c": 40_01}
    with pytest.raises(CreditExceedsInvoice):
        credit(ledger, base(1, 600), credit_note_id=NEXT_NOTE)
    rest = credit(ledger, credit_note_id=NEXT_NOTE)
    assert [(row.rate_bp, row.base_c, row.vat_c) for row in rest.vat] == [
        (0, 40_00, 0),
        (2_100, 200_00, 42_00),
    ]
    with pytest.raises(InvoiceCreditedWhole):
        credit(ledger, credit_note_id=UUID(int=802))


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"rows": []}, CreditWithoutRows),
        ({"rows": [base(0)]}, AmountNotPositive),
        ({"rows": [base(-1)]}, AmountNotPositive),
        ({"rows": [base(1), base(2)]}, VatRowNamedTwice),
        ({"rows": [base(1, 600)]}, VatRowNotOfInvoice),
        ({"rows": [base(1, exemption_code="VATEX-EU-132")]}, VatRowNotOfInvoice),
        ({"rows": [base(1_000_01)]}, CreditExceedsInvoice),
        ({"reason": " "}, EmptyText),
        ({"issued_on": date(2026, 1, 7)}, CreditPrecedesInvoice),
        ({"invoice_id": NEXT}, UnknownRecord),
    ],
)
def test_what_is_no_credit_of_the_invoice_is_refused_and_changes_nothing(
    ledger: PaperLedger, asked: dict[str, Any], refusal: Any
) -> None:
    before = len(ledger.facts)
    with pytest.raises(refusal):
        credit(ledger, **asked)
    assert len(ledger.facts) == before


def test_a_client_whose_particulars_were_erased_gets_no_credit_note(ledger: PaperLedger) -> None:
    object.__setattr__(ledger._streams[CLIENT][0], "name", ERASED)
    assert ledger.get(Client, CLIENT).name == ERASED
    with pytest.raises(ClientErased):
        credit(ledger)


def test_it_is_booked_in_the_first_open_month_on_its_own_day(ledger: PaperLedger) -> None:
    for month in ("2025-11", "2025-12", "2026-01"):
        ledger.perform(stop_bookings, entity_id=ENTITY, month=month)
    issued = credit(ledger)
    assert (issued.issued_on, issued.effective_on, issued.booked_on) == (DAY, DAY, date(2026, 2, 1))


def test_what_was_paid_beyond_is_held_for_the_client_and_refunded_by_two_people() -> None:
    ledger = paid_cooperative()
    credit(ledger, base(400_00))
    standing = balances(ledger.facts)
    assert (standing["400"], standing["4894"], standing["499"]) == (0, -484_00, 0)
    assert ledger.get(BankLine, RECEIPT).held_for == {CLIENT: 484_00}
    assert ledger.get(MutualFund, FUND).collected_c == 6_00

    refund: dict[str, Any] = {"bank_line_id": RECEIPT, "client_id": CLIENT, "payee_iban": PAYEE_IBAN}
    ledger.perform(order_refund, on=DAY, order_id=ORDER, amount_c=484_00, **refund)
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=ORDER)
    assert balances(ledger.facts)["4894"] == 0
    assert balances(ledger.facts)["580"] == -484_00


def test_what_was_paid_beyond_can_be_set_against_another_invoice_of_the_client() -> None:
    ledger = paid_cooperative()
    ledger.perform(issue_invoice, on=DAY, **invoice(NEXT, on=DAY))
    credit(ledger)
    ledger.perform(allocate_overpayment, on=DAY, bank_line_id=RECEIPT, invoice_id=NEXT, amount_c=1_210_00)
    assert ledger.get(Invoice, NEXT).open_c == 0
    standing = balances(ledger.facts)
    assert (standing["400"], standing["4894"], standing["499"]) == (0, 0, 0)
    assert ledger.get(Activity, ACTIVITY).collected_c == 890_00


def test_a_payment_in_part_then_a_credit_note_leaves_what_is_still_open() -> None:
    ledger = paid_cooperative()
    ledger.perform(issue_invoice, on=DAY, **invoice(NEXT, line("100", rate_bp=0), line("100"), on=DAY))
    credit(ledger, base(800_00))
    # Of 221.00 half is paid, 10.50 of it VAT. What stays, 100.00, bears no VAT: 10.50 are held, and the
    # 100.00 that pay it had settled 9.50 of VAT, so 109.50 net were still open.
    ledger.perform(allocate_overpayment, on=DAY, bank_line_id=RECEIPT, invoice_id=NEXT, amount_c=110_50)
    note = credit(ledger, base(100_00), credit_note_id=NEXT_NOTE, invoice_id=NEXT)
    assert note.open_net_c == 109_50
    after = ledger.get(Invoice, NEXT)
    assert (after.open_c, after.received_c) == (0, 100_00)
    assert ledger.get(BankLine, RECEIPT).held_for == {CLIENT: 968_00 - 100_00}
    with pytest.raises(InvoicePaid):
        ledger.perform(remind_of_invoice, on=date(2026, 3, 1), invoice_id=NEXT)


def test_the_last_payments_are_released_first() -> None:
    ledger = paid_cooperative()
    ledger.perform(issue_invoice, on=DAY, **invoice(NEXT, line("2000"), on=DAY))
    credit(ledger)
    ledger.perform(allocate_overpayment, on=DAY, bank_line_id=RECEIPT, invoice_id=NEXT, amount_c=1_210_00)
    credit(ledger, base(1_500_00), credit_note_id=NEXT_NOTE, invoice_id=NEXT)
    assert ledger.get(Invoice, NEXT).paid_by == {RECEIPT: 605_00}
    assert ledger.get(BankLine, RECEIPT).held_for == {CLIENT: 605_00}


def test_a_credit_note_of_an_unpaid_invoice_gives_its_activity_the_contribution_back(
    ledger: PaperLedger,
) -> None:
    before = ledger.get(Activity, ACTIVITY).collected_c
    credit(ledger, base(500_00))
    assert ledger.get(Activity, ACTIVITY).collected_c - before == 55_00
