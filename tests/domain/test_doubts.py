"""A claim that may not come: doubted, adjusted, its VAT reclaimed, lost, and recovered after all."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.doubtful_claim import DoubtfulClaim
from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import MutualFund
from domain.contributions import ContributionBase, FundShare
from domain.errors import (
    AdjustmentExceedsDoubt,
    EmptyText,
    ExceedsAdjustment,
    ExceedsDoubt,
    ExceedsOpenAmount,
    ExceedsWrittenOff,
    InvoicePaid,
    InvoiceWrittenOff,
    JudgmentPrecedes,
    NotABalanceSheetDay,
    NothingDoubtful,
    NoVatToReclaim,
)
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.doubts import doubt_id, lift_doubt, take_value_adjustment_back
from domain.ledger.guarantees import call_guarantee, guarantee_id, reserve_guarantee
from domain.ledger.invoicing import issue_invoice
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ACTIVITY,
    FUND,
    OPENING_C,
    entry,
    invoice,
    line,
    statement,
)
from tests.domain import test_contributions as contributions
from tests.domain.crediting import base, credit
from tests.domain.doubting import (
    BALANCE_SHEET_DAY,
    IMPORTED_C,
    adjust,
    doubt,
    invoiced,
    lose,
    pay,
    reclaim,
    recover,
)
from tests.domain.spending import DAY, INVOICE, balances
from tests.paper import PaperLedger

CHARGED_C = 110_00


def collected_c(ledger: PaperLedger) -> int:
    return ledger.get(Activity, ACTIVITY).collected_c


def fill_the_fund(ledger: PaperLedger) -> None:
    """Let the fund collect 3,000.00 more, by statement 2."""
    larger, opening_c = UUID(int=501), OPENING_C + 2 * IMPORTED_C
    ledger.perform(issue_invoice, on=DAY, **invoice(larger, line("300000"), on=DAY))
    receipt = statement(2, [entry("1", 363_000_00, on=DAY)], opening_c=opening_c, on=DAY)
    ledger.perform(import_statements, on=DAY, account=ACCOUNT, statements=[receipt])
    asked: dict[str, Any] = {"bank_line_id": line_id(ACCOUNT_ID, "2026/2", "1"), "invoice_id": larger}
    ledger.perform(allocate_receipt, on=DAY, amount_c=363_000_00, **asked)


def claim(ledger: PaperLedger) -> DoubtfulClaim:
    return ledger.get(DoubtfulClaim, doubt_id(INVOICE))


def test_doubt_and_adjustment_leave_collected_alone() -> None:
    """Neither declaring a receivable doubtful nor charging a value adjustment on it changes Collected."""
    ledger = invoiced()
    pay(ledger, 605_00)
    before_c = collected_c(ledger)
    doubt(ledger)
    assert collected_c(ledger) == before_c == 500_00 - CHARGED_C
    adjust(ledger, 400_00)
    assert collected_c(ledger) == before_c
    assert ledger.get(Activity, ACTIVITY).result_c == 1_000_00 - CHARGED_C - 400_00
    standing = balances(ledger.facts)
    assert [standing[account] for account in ("400", "407", "409", "634")] == [0, 605_00, -400_00, 400_00]


def test_a_bankrupt_client_costs_the_net_of_vat_and_nothing_that_was_collected() -> None:
    ledger = invoiced()
    doubt(ledger)
    adjust(ledger, 600_00)
    reclaim(ledger)
    standing = balances(ledger.facts)
    assert [standing[account] for account in ("400", "407", "411")] == [0, 1_000_00, 210_00]
    lose(ledger)
    standing = balances(ledger.facts)
    assert [standing[account] for account in ("407", "409", "634", "642")] == [0, 0, 0, 1_000_00]
    activity = ledger.get(Activity, ACTIVITY)
    assert (activity.result_c, activity.open_net_c) == (-CHARGED_C, 0)
    assert (ledger.get(Invoice, INVOICE).open_c, claim(ledger).written_off_c) == (0, 1_210_00)


def test_a_loss_without_a_judgment_bears_the_vat_too() -> None:
    ledger = invoiced()
    doubt(ledger)
    lose(ledger)
    standing = balances(ledger.facts)
    assert (standing["642"], standing["407"], standing["451"]) == (1_210_00, 0, -210_00)
    assert collected_c(ledger) == -210_00 - CHARGED_C


def test_vat_is_due_again_on_a_later_dividend_and_its_net_is_collected() -> None:
    ledger = invoiced()
    doubt(ledger)
    reclaim(ledger)
    lose(ledger)
    recover(ledger, 121_00)
    standing = balances(ledger.facts)
    assert (standing["451"], standing["742"]) == (-210_00 - 21_00, -100_00)
    assert collected_c(ledger) == 100_00 - CHARGED_C
    assert ledger.get(MutualFund, FUND).collected_c == 1_00
    with pytest.raises(ExceedsWrittenOff):
        recover(ledger, 1_089_01)
    recover(ledger, 1_089_00)
    assert balances(ledger.facts)["742"] == -1_000_00
    assert ledger.get(MutualFund, FUND).collected_c == 10_00


def test_what_comes_before_the_loss_is_recognised_lowers_the_doubt_and_what_was_adjusted() -> None:
    ledger = invoiced()
    doubt(ledger)
    adjust(ledger, 950_00)
    reclaim(ledger)
    recover(ledger, 121_00)
    standing = balances(ledger.facts)
    assert [standing[account] for account in ("407", "409", "451")] == [900_00, -900_00, -231_00]
    assert collected_c(ledger) == 100_00 - CHARGED_C


def test_a_doubtful_invoice_can_be_paid_and_what_was_not_doubted_is_paid_first() -> None:
    ledger = invoiced()
    doubt(ledger, 605_00)
    adjust(ledger, 400_00)
    pay(ledger, 605_00)
    assert claim(ledger).doubtful_c == 605_00
    pay(ledger, 242_00)
    assert (claim(ledger).doubtful_c, claim(ledger).adjusted_c) == (363_00, 300_00)
    pay(ledger, 363_00)
    assert (claim(ledger).doubtful_c, claim(ledger).adjusted_c) == (0, 0)
    standing = balances(ledger.facts)
    assert [standing[account] for account in ("400", "407", "409", "634")] == [0, 0, 0, 0]
    assert collected_c(ledger) == 1_000_00 - CHARGED_C


def test_a_doubtful_invoice_can_be_credited_but_not_what_was_written_off_of_it() -> None:
    ledger = invoiced()
    doubt(ledger)
    credit(ledger, base(400_00))
    assert claim(ledger).doubtful_c == 726_00
    reclaim(ledger)
    with pytest.raises(InvoiceWrittenOff):
        credit(ledger, base(1))
    assert balances(ledger.facts)["407"] == 600_00


def test_doubt_is_lifted_with_what_was_adjusted_beyond_the_rest() -> None:
    ledger = invoiced()
    doubt(ledger)
    adjust(ledger, 900_00)
    ledger.perform(lift_doubt, on=DAY, invoice_id=INVOICE, amount_c=605_00)
    assert (claim(ledger).doubtful_c, claim(ledger).adjusted_c) == (605_00, 500_00)
    ledger.perform(take_value_adjustment_back, on=DAY, invoice_id=INVOICE, amount_c=200_00)
    assert claim(ledger).adjusted_c == 300_00
    with pytest.raises(ExceedsAdjustment):
        ledger.perform(take_value_adjustment_back, on=DAY, invoice_id=INVOICE, amount_c=300_01)
    with pytest.raises(ExceedsDoubt):
        ledger.perform(lift_doubt, on=DAY, invoice_id=INVOICE, amount_c=605_01)


def test_no_more_is_doubted_than_what_is_open_nor_without_a_reason() -> None:
    ledger = invoiced()
    with pytest.raises(ExceedsOpenAmount):
        doubt(ledger, 1_210_01)
    with pytest.raises(EmptyText):
        doubt(ledger, reason=" ")
    doubt(ledger)
    with pytest.raises(InvoicePaid):
        doubt(ledger)


def test_a_value_is_adjusted_at_the_end_of_a_month_up_to_what_is_doubtful_net_of_vat() -> None:
    ledger = invoiced()
    with pytest.raises(NothingDoubtful):
        adjust(ledger, 1_00)
    doubt(ledger)
    with pytest.raises(NotABalanceSheetDay):
        adjust(ledger, 1_00, on=date(2026, 1, 30))
    with pytest.raises(AdjustmentExceedsDoubt):
        adjust(ledger, 1_000_01)
    adjust(ledger, 1_000_00)


def test_vat_is_reclaimed_once_from_a_judgment_that_was_given() -> None:
    ledger = invoiced()
    with pytest.raises(NothingDoubtful):
        reclaim(ledger)
    doubt(ledger)
    for on in (date(2026, 1, 7), date(2026, 2, 1)):
        with pytest.raises(JudgmentPrecedes):
            reclaim(ledger, judgment_on=on)
    reclaimed = reclaim(ledger)
    (fact,) = (each for each in reclaimed if isinstance(each, DoubtfulClaim.VatReclaimed))
    assert (fact.effective_on, fact.booked_on, fact.vat_c) == (date(2026, 1, 20), date(2026, 1, 20), 210_00)
    with pytest.raises(NoVatToReclaim):
        reclaim(ledger)


def test_of_an_exempt_invoice_no_vat_is_reclaimed() -> None:
    ledger = invoiced(line("1000", rate_bp=0))
    doubt(ledger)
    with pytest.raises(NoVatToReclaim):
        reclaim(ledger)
    lose(ledger)
    assert balances(ledger.facts)["642"] == 1_000_00


def test_nothing_is_lost_or_recovered_that_was_not_in_doubt() -> None:
    ledger = invoiced()
    with pytest.raises(NothingDoubtful):
        lose(ledger)
    with pytest.raises(NothingDoubtful):
        recover(ledger, 1_00)
    doubt(ledger, 605_00)
    with pytest.raises(ExceedsDoubt):
        lose(ledger, 605_01)
    lose(ledger)
    with pytest.raises(NothingDoubtful):
        lose(ledger)
    with pytest.raises(ExceedsOpenAmount):
        pay(ledger, 605_01)


def test_a_fund_stands_in_by_decision_even_after_the_loss_and_has_the_dividend_first() -> None:
    ledger = invoiced()
    fill_the_fund(ledger)
    reserved: dict[str, Any] = {
        "fund_id": FUND,
        "invoice_id": INVOICE,
        "amount_c": 800_00,
        "decision_ref": "committee 3",
    }
    ledger.perform(reserve_guarantee, on=DAY, actor="vera", **reserved)
    doubt(ledger)
    reclaim(ledger)
    lose(ledger)
    before_c = collected_c(ledger)
    called: dict[str, Any] = {
        "guarantee_id": guarantee_id(FUND, INVOICE),
        "amount_c": 800_00,
        "decision_ref": "committee 4",
    }
    ledger.perform(call_guarantee, on=BALANCE_SHEET_DAY, actor="carl", **called)
    assert collected_c(ledger) == before_c + 800_00
    recover(ledger, 121_00)
    assert collected_c(ledger) == before_c + 800_00
    recover(ledger, 1_089_00)
    assert collected_c(ledger) == before_c + 1_000_00


def test_a_contribution_on_what_is_collected_is_due_on_a_late_dividend_and_not_on_a_loss() -> None:
    ledger = contributions.ruled(base=ContributionBase.COLLECTED_NET, fund_shares=[FundShare(FUND, 100)])
    ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, on=DAY))
    pay(ledger, 605_00, contributions.RECEIPT)
    doubt(ledger)
    given_up = [*reclaim(ledger), *lose(ledger)]
    assert contributions.left(given_up) == []
    came = recover(ledger, 121_00, contributions.RECEIPT)
    assert contributions.left(came) == [10_00]
    assert ledger.get(MutualFund, FUND).collected_c == 5_00 + 1_00
    assert ledger.get(Activity, ACTIVITY).collected_c == 600_00 - 60_00 - 6_00
