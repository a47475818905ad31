"""What each fact is declared in: the grids of the Belgian VAT return, and what they owe the State."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.expense_claim import ClaimLine
from domain.aggregates.invoice import Invoice
from domain.aggregates.manual_entry import ManualEntry, ManualLine
from domain.aggregates.purchase_invoice import PurchaseInvoice
from domain.bookkeeping.rules_v1 import book
from domain.bookkeeping.vat_grids import DECLARED, DEDUCTIBLE, DUE, NAMES, TO_PAY, TO_RECOVER, grids_of
from domain.ledger.claims import approve_claim, submit_claim
from domain.ledger.invoicing import issue_invoice
from domain.purchasing import PurchaseLine
from domain.spending import ExpenseType
from domain.vat import VatCategory, VatRow
from tests.cooperative import ACTIVITY, ENTITY, MEMBER, found, invoice, line
from tests.domain.crediting import base, credit
from tests.domain.doubting import doubt, invoiced, lose, reclaim, recover
from tests.domain.spending import DAY, paid_cooperative
from tests.facts.samples import events
from tests.paper import PaperLedger

VAT_ACCOUNTS = ("451", "411")


def grids(ledger: PaperLedger) -> Counter[str]:
    found: Counter[str] = Counter()
    for fact in ledger.facts:
        found.update(grids_of(fact))
    return found


def test_different_zeros_and_rates_stand_in_grids_of_their_own() -> None:
    ledger = PaperLedger()
    found(ledger.perform)
    categories = {
        VatCategory.EXEMPT: "300",
        VatCategory.ZERO_RATED: "30",
        VatCategory.REVERSE_CHARGE: "400",
        VatCategory.INTRA_COMMUNITY: "500",
        VatCategory.EXPORT: "600",
    }
    zeros = [
        line(price, rate_bp=0, vat_category=category, exemption_code="")
        for category, price in categories.items()
    ]
    rates = [line("100", rate_bp=rate_bp) for rate_bp in (600, 1_200, 2_100)]
    ledger.perform(issue_invoice, on=DAY, **invoice(UUID(int=500), *zeros, *rates, on=DAY))
    assert grids(ledger) == {
        "00": 330_00,
        "01": 100_00,
        "02": 100_00,
        "03": 100_00,
        "45": 400_00,
        "46": 500_00,
        "47": 600_00,
        "54": 39_00,
    }


def test_what_stands_outside_the_scope_of_vat_is_declared_in_no_grid() -> None:
    sale: Any = object.__new__(Invoice.Issued)
    vars(sale).update(vat=(VatRow(VatCategory.OUTSIDE_SCOPE, 0, "", 100_00, 0),))
    assert grids_of(sale) == {}


def test_a_credit_note_stands_in_grids_of_its_own() -> None:
    ledger = invoiced()
    credit(ledger, base(400_00))
    assert grids(ledger) == {"03": 1_000_00, "54": 210_00, "49": 400_00, "64": 84_00}


def test_vat_of_a_bankrupt_client_is_corrected_in_our_favour_and_on_a_dividend_for_the_state() -> None:
    ledger = invoiced()
    doubt(ledger)
    reclaim(ledger)
    lose(ledger)
    recover(ledger, 121_00)
    assert grids(ledger) == {"03": 1_000_00, "54": 210_00, "62": 210_00, "61": 21_00}


def test_what_is_claimed_stands_with_the_vat_that_cannot_be_deducted() -> None:
    ledger = paid_cooperative()
    before = grids(ledger)
    lines = [
        ClaimLine(DAY, ExpenseType.SUPPLIES, 50_00, 10_50, 10_50, "ab" * 32),
        ClaimLine(DAY, ExpenseType.TRAVEL, 100_00, 21_00, 10_50, "cd" * 32),
    ]
    asked: dict[str, Any] = {"claim_id": UUID(int=701), "activity_id": ACTIVITY, "claimant_id": MEMBER}
    ledger.perform(submit_claim, on=DAY, lines=lines, purpose="wood", **asked)
    ledger.perform(approve_claim, on=DAY, actor="bert", claim_id=UUID(int=701))
    assert grids(ledger) - before == {"81": 50_00, "82": 110_50, "59": 21_00}


@pytest.mark.parametrize("reverse_charge", [False, True])
def test_a_bill_under_reverse_charge_is_declared_on_both_sides(*, reverse_charge: bool) -> None:
    bill: Any = object.__new__(PurchaseInvoice.Approved)
    vars(bill).update(
        lines=(PurchaseLine(ExpenseType.SERVICES, 100_00, 21_00, 21_00),),
        reverse_charge=reverse_charge,
        outside_scope=False,
    )
    expected = {"82": 100_00, "59": 21_00}
    assert grids_of(bill) == (expected | {"87": 100_00, "56": 21_00} if reverse_charge else expected)


def test_an_entry_by_hand_on_a_vat_account_is_a_correction() -> None:
    lines = (
        ManualLine("451", 0, 10_00),
        ManualLine("411", 30_00, 0),
        ManualLine("411", 0, 5_00),
        ManualLine("613", 0, 15_00),
    )
    entry: Any = object.__new__(ManualEntry.Posted)
    vars(entry).update(lines=lines, booked_on=date(2026, 1, 31), entity_id=ENTITY)
    assert grids_of(entry) == {"61": 15_00, "62": 30_00}


def test_what_the_grids_owe_the_state_is_what_the_accounts_do_for_every_kind_of_fact() -> None:
    """One sample of each fact there is: nothing touches 451 or 411 that no grid declares."""
    declared = 0
    for fact in events():
        entry = book(fact)
        if entry is not None and entry.journal in ("declarations", "payments", "cutover", "brought-forward"):
            continue
        lines = entry.lines if entry is not None else ()
        booked_c = sum(each.credit_c - each.debit_c for each in lines if each.account in VAT_ACCOUNTS)
        told = grids_of(fact)
        owed_c = sum(amount_c for grid, amount_c in told.items() if grid in DUE)
        back_c = sum(amount_c for grid, amount_c in told.items() if grid in DEDUCTIBLE)
        assert owed_c - back_c == booked_c, type(fact)
        declared += bool(told)
    assert declared >= len(DECLARED) - 1


def test_every_grid_that_is_used_has_a_name_in_three_languages() -> None:
    used = {"81", "82", "85", "87", "63", TO_PAY, TO_RECOVER, "59", "61", "62", "54", "56", "64", "48", "49"}
    assert used <= set(NAMES)
    assert all(len(set(names)) == 3 for names in NAMES.values())
    for place in range(3):
        assert len({names[place] for names in NAMES.values()}) == len(NAMES)
