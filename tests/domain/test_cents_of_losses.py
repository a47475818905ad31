"""The last cent of credit notes, losses and what comes of them: no fund, activity or State is left with another's."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.doubtful_claim import DoubtfulClaim
from domain.aggregates.fund_guarantee import FundGuarantee
from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import FundKind, MutualFund
from domain.contributions import ContributionBase, FundShare
from domain.errors import InvoiceWrittenOff
from domain.funding import LedgerPolicy
from domain.ledger.bank import allocate_receipt
from domain.ledger.doubts import doubt_id
from domain.ledger.funds import charter_fund, fund_id
from domain.ledger.guarantees import call_guarantee, guarantee_id, reserve_guarantee
from domain.ledger.invoicing import issue_invoice
from domain.ledger.plans import enact_contribution_rule
from domain.vat import VatCategory
from tests.cooperative import ACTIVITY, ENTITY, FUND, invoice, line
from tests.domain import test_contributions as contributions
from tests.domain.crediting import base, credit
from tests.domain.departing import told
from tests.domain.doubting import (
    BALANCE_SHEET_DAY,
    RECEIPT,
    adjust,
    doubt,
    invoiced,
    lose,
    pay,
    reclaim,
    recover,
)
from tests.domain.spending import DAY, INVOICE
from tests.domain.test_doubts import fill_the_fund
from tests.paper import PaperLedger

OTHER_FUND = fund_id(ENTITY, "SECOND")


def collected_c(ledger: PaperLedger, fund: UUID = FUND) -> int:
    return ledger.get(MutualFund, fund).collected_c


# Credit notes


def test_a_fund_collects_its_part_of_what_stays_of_an_invoice_that_is_paid_in_the_end() -> None:
    ledger = invoiced()
    credit(ledger, base(500_00))
    pay(ledger, 605_00)
    assert collected_c(ledger) == 5_00


def test_a_credit_note_gives_back_the_cent_that_a_fund_had_collected_of_it() -> None:
    ledger = invoiced(line("55.55"))
    pay(ledger, 23_42)
    assert collected_c(ledger) == 20
    credit(ledger, base(10))
    # Of 1 % of 55.45, rounded up, 23.42 of 67.09 are paid.
    assert collected_c(ledger) == 19


def test_a_credit_note_says_what_it_takes_off_with_its_vat() -> None:
    ledger = invoiced()
    credit(ledger, base(400_00))
    credited = told(ledger.facts, Invoice.Credited)
    assert (credited.net_c, credited.vat_c, credited.gross_c) == (400_00, 84_00, 484_00)


def test_what_was_written_off_is_not_credited_too() -> None:
    ledger = invoiced()
    doubt(ledger, 605_00)
    reclaim(ledger)
    with pytest.raises(InvoiceWrittenOff) as refused:
        credit(ledger, base(500_01))
    assert (refused.value.facts["net_c"], refused.value.facts["vat_c"]) == (500_00, 105_00)
    credit(ledger, base(500_00))


def test_what_was_given_up_of_an_exempt_invoice_is_not_credited_too() -> None:
    exempt = line("1000", rate_bp=0, vat_category=VatCategory.EXEMPT)
    ledger = invoiced(exempt)
    doubt(ledger, 500_00)
    lose(ledger, 500_00)
    with pytest.raises(InvoiceWrittenOff):
        credit(ledger, base(600_00, rate_bp=0))
    credit(ledger, base(500_00, rate_bp=0))


# Losses


def test_reclaimed_vat_settles_nothing_of_what_was_paid() -> None:
    ledger = invoiced()
    pay(ledger, 605_00)
    doubt(ledger)
    reclaim(ledger)
    off = told(ledger.facts, Invoice.WrittenOff)
    assert (off.net_c, off.vat_c, off.settled_vat_c) == (500_00, 105_00, 0)


def test_a_cent_that_is_settled_otherwise_by_a_reclaim_is_one_that_is_no_longer_open() -> None:
    """Of 0.10 + 0.02, 0.03 is paid and 0.05 doubted: the cent of VAT that is reclaimed was paid with the 0.03."""
    ledger = invoiced(line("0.10"))
    pay(ledger, 3)
    doubt(ledger, 5)
    before = ledger.get(Activity, ACTIVITY)
    recorded = reclaim(ledger)
    reclaimed = told(recorded, DoubtfulClaim.VatReclaimed)
    assert (reclaimed.vat_c, reclaimed.net_c, reclaimed.open_net_c) == (1, 4, 1)
    adjusted = told(recorded, Activity.ResultAdjusted)
    assert (adjusted.amount_c, adjusted.open_net_c) == (0, -1)
    assert ledger.get(Activity, ACTIVITY).collected_c == before.collected_c + 1


def test_a_contribution_on_what_is_collected_follows_the_cent_that_a_reclaim_settles() -> None:
    rule: dict[str, Any] = {"base": ContributionBase.COLLECTED_NET, "rate_bp": 5_000}
    ledger = contributions.ruled(**rule, fund_shares=[FundShare(FUND, 100)])
    ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, line("0.10"), on=DAY))
    pay(ledger, 3, contributions.RECEIPT)
    doubt(ledger, 5)
    assert contributions.left(reclaim(ledger)) == [1]


def claim(ledger: PaperLedger) -> DoubtfulClaim:
    return ledger.get(DoubtfulClaim, doubt_id(INVOICE))


def test_a_loss_in_part_uses_no_more_of_what_was_charged_than_is_lost_net_of_vat() -> None:
    ledger = invoiced()
    doubt(ledger)
    adjust(ledger, 700_00)
    lost = told(lose(ledger, 605_00), DoubtfulClaim.LossRecognised)
    assert lost.adjusted_c == 500_00
    rest = told(lose(ledger), DoubtfulClaim.LossRecognised)
    assert (rest.adjusted_c, claim(ledger).adjusted_c) == (200_00, 0)


def test_a_loss_of_what_is_bare_of_vat_uses_what_was_charged_for_it() -> None:
    ledger = invoiced()
    doubt(ledger, 605_00)
    reclaim(ledger)
    doubt(ledger, 605_00)
    adjust(ledger, 700_00)
    assert (claim(ledger).doubtful_c, claim(ledger).bare_c) == (605_00, 500_00)
    lost = told(lose(ledger, 105_00), DoubtfulClaim.LossRecognised)
    assert (lost.bare_c, lost.adjusted_c, lost.open_net_c) == (105_00, 105_00, 105_00)


def test_a_loss_after_a_part_of_the_vat_was_reclaimed_takes_the_bare_first_and_then_with_its_vat() -> None:
    ledger = invoiced()
    doubt(ledger, 605_00)
    reclaim(ledger)
    doubt(ledger, 605_00)
    before = ledger.get(Activity, ACTIVITY)
    lost = told(lose(ledger), DoubtfulClaim.LossRecognised)
    assert (lost.amount_c, lost.bare_c, lost.open_net_c) == (1_105_00, 500_00, 1_000_00)
    # The VAT that nobody reclaimed, 105.00, is the only part of it that the activity had not waited for.
    assert ledger.get(Activity, ACTIVITY).collected_c == before.collected_c - 105_00
    assert (claim(ledger).doubtful_c, claim(ledger).bare_c, claim(ledger).lost_c) == (0, 0, 1_105_00)


# What comes after all


def stands_in(ledger: PaperLedger, fund: UUID, amount_c: int) -> None:
    """Let a fund guarantee so much and stand in with it."""
    reserved: dict[str, Any] = {"fund_id": fund, "invoice_id": INVOICE, "amount_c": amount_c}
    ledger.perform(reserve_guarantee, on=DAY, actor="vera", decision_ref="committee 3", **reserved)
    called: dict[str, Any] = {"guarantee_id": guarantee_id(fund, INVOICE), "amount_c": amount_c}
    ledger.perform(call_guarantee, on=BALANCE_SHEET_DAY, actor="carl", decision_ref="committee 4", **called)


def test_what_comes_repays_the_funds_that_stood_in_one_after_the_other() -> None:
    ledger = invoiced()
    says: dict[str, Any] = {"code": "SECOND", "kind": FundKind.SOLIDARITY, "floor_c": 0}
    told_of: dict[str, Any] = {"ledger_policy": LedgerPolicy.LIABILITY, "regulation_ref": "regulation 2025"}
    ledger.perform(charter_fund, on=DAY, entity_id=ENTITY, **says, **told_of)
    fill_the_fund(ledger)
    both = [FundShare(FUND, 100), FundShare(OTHER_FUND, 100)]
    ruled: dict[str, Any] = {"entity_id": ENTITY, "valid_from": DAY, "rate_bp": 1_000, "fund_shares": both}
    ledger.perform(enact_contribution_rule, on=DAY, decision_ref="assembly", **ruled)
    ledger.perform(issue_invoice, on=DAY, **invoice(UUID(int=3_100), line("30000"), on=DAY))
    pay_other(ledger)
    doubt(ledger)
    stands_in(ledger, FUND, 300_00)
    stands_in(ledger, OTHER_FUND, 30_00)
    lose(ledger)
    recover(ledger, 320_00)

    def owed_c(fund: UUID) -> int:
        return ledger.get(FundGuarantee, guarantee_id(fund, INVOICE)).outstanding_c

    assert (owed_c(FUND), owed_c(OTHER_FUND)) == (0, 10_00)


def pay_other(ledger: PaperLedger) -> None:
    """Pay what the first receipt holds of the other invoice, so that the second fund has collected something."""
    asked: dict[str, Any] = {"invoice_id": UUID(int=3_100), "amount_c": 4_000_00}
    ledger.perform(allocate_receipt, on=DAY, bank_line_id=RECEIPT, **asked)
