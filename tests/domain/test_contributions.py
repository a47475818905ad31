"""What an activity leaves on collected money, on its margin, by tiers, by month, and by exception."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.contribution_month import ContributionMonth
from domain.aggregates.contribution_plan import ContributionPlan
from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import FundKind, MutualFund
from domain.contributions import ContributionBase, Counted, Exemptions, FundShare, Terms, Tier
from domain.errors import (
    AlreadyExists,
    AmountNegative,
    EmptyText,
    InvalidExemption,
    InvalidMonth,
    InvalidRate,
    MonthNotBegun,
    NothingForMonth,
    NotRetroactive,
    OtherEntity,
    OverrideEndsBefore,
    OverridesOverlap,
    Refusal,
    TiersNotAscending,
    TooManyTiers,
    UnknownRecord,
)
from domain.funding import LedgerPolicy
from domain.ledger.activities import activity_id
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.claims import approve_claim, submit_claim
from domain.ledger.entities import entity_id_of
from domain.ledger.funds import charter_fund, fund_id
from domain.ledger.invoicing import issue_invoice
from domain.ledger.plans import (
    charge_month,
    enact_contribution_rule,
    grant_contribution_override,
    month_id,
)
from domain.ledger.purchases import approve_purchase, purchase_id, receive_purchase, register_supplier
from domain.ledger.returns import record_bank_fee, return_payment, undo_allocation
from domain.purchasing import PurchaseLine
from domain.spending import ExpenseType
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ACTIVITY,
    ENTITY,
    FUND,
    OPENING_C,
    entry,
    found,
    found_entity,
    invoice,
    line,
    statement,
)
from tests.domain.crediting import base, credit
from tests.domain.spending import CLAIM, DAY, INVOICE, balances, claimed, expense
from tests.paper import PaperLedger

RULED = date(2026, 1, 1)
RECEIPT, MONEY_OUT = (line_id(ACCOUNT_ID, "2026/1", key) for key in ("in", "out"))
OTHER = UUID(int=502)
FLAT = Terms(ContributionBase.COLLECTED_NET, 1_000, fund_shares=(FundShare(FUND, 100),))
GRADUATED = Terms(ContributionBase.INVOICED_NET, 1_200, tiers=(Tier(10_000_00, 1_000), Tier(20_000_00, 500)))


def ruled(**says: Any) -> PaperLedger:
    """The cooperative under another rule from January on, with money in and out at its bank."""
    ledger = PaperLedger()
    found(ledger.perform)
    asked: dict[str, Any] = {"entity_id": ENTITY, "valid_from": RULED, "rate_bp": 1_000, "fund_shares": []}
    ledger.perform(enact_contribution_rule, on=RULED, decision_ref="assembly", **asked | says)
    entries = [entry("in", 5_000_00, on=DAY), entry("out", -5_000_00, on=DAY)]
    reported = statement(1, entries, opening_c=OPENING_C, on=DAY)
    ledger.perform(import_statements, on=DAY, account=ACCOUNT, statements=[reported])
    return ledger


def pay(ledger: PaperLedger, amount_c: int) -> list[Any]:
    asked: dict[str, Any] = {"bank_line_id": RECEIPT, "invoice_id": INVOICE, "amount_c": amount_c}
    return ledger.perform(allocate_receipt, on=DAY, **asked)


def left(facts: list[Any]) -> list[int]:
    """What was charged, and below zero what was given back, in order."""
    signs = {Activity.ContributionCharged: 1, Activity.ContributionReversed: -1}
    return [signs[type(each)] * each.amount_c for each in facts if type(each) in signs]


@pytest.mark.parametrize(
    ("base_c", "due_c"),
    [(0, 0), (10_000_00, 1_200_00), (10_000_01, 1_200_00), (15_000_00, 1_700_00), (30_000_00, 2_700_00)],
)
def test_each_tier_bears_its_own_rate(base_c: int, due_c: int) -> None:
    assert GRADUATED.contribution_c(Counted(invoiced_c=base_c)) == due_c


def test_what_is_exempt_of_a_year_takes_the_place_of_the_lowest_tiers() -> None:
    terms = Terms(
        ContributionBase.INVOICED_NET,
        1_200,
        tiers=GRADUATED.tiers,
        exemptions=Exemptions(year_c=12_000_00),
        fund_shares=(FundShare(FUND, 100),),
    )
    assert terms.contribution_c(Counted(invoiced_c=12_000_00)) == 0
    assert terms.contribution_c(Counted(invoiced_c=21_000_00)) == 800_00 + 50_00
    assert [part.amount_c for part in terms.accrued(Counted(invoiced_c=21_000_00))] == [90_00]


@pytest.mark.parametrize(
    ("says", "refusal"),
    [
        ({"tiers": (Tier(0, 100),)}, TiersNotAscending),
        ({"tiers": (Tier(5, 100), Tier(5, 200))}, TiersNotAscending),
        ({"tiers": (Tier(9, 100), Tier(5, 200))}, TiersNotAscending),
        ({"tiers": tuple(Tier(n, 100) for n in range(1, 22))}, TooManyTiers),
        ({"tiers": (Tier(5, 10_001),)}, InvalidRate),
        ({"tiers": (Tier(5, 9_901),), "fund_shares": (FundShare(FUND, 100),)}, InvalidRate),
        ({"fixed_month_c": -1}, AmountNegative),
        ({"exemptions": Exemptions(year_c=-1)}, InvalidExemption),
        ({"exemptions": Exemptions(first_months=-1)}, InvalidExemption),
        ({"exemptions": Exemptions(first_months=121)}, InvalidExemption),
    ],
)
def test_terms_that_cannot_be_reckoned_are_refused(says: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        replace(GRADUATED, **says).require_sound()


def test_tiers_count_the_invoices_of_the_year_together() -> None:
    ledger = ruled(rate_bp=1_200, tiers=GRADUATED.tiers)
    first = ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, line("9000"), on=DAY))
    second = ledger.perform(issue_invoice, on=DAY, **invoice(OTHER, line("2000"), on=DAY))
    assert (left(first), left(second)) == ([1_080_00], [120_00 + 100_00])
    charge = next(each for each in second if isinstance(each, Activity.ContributionCharged))
    assert (charge.plan_version, charge.base_c, charge.rate_bp) == (2, 2_000_00, None)
    assert ledger.get(Invoice, OTHER).plan_version == 2
    credit(ledger, invoice_id=INVOICE)
    assert sum(left(ledger.facts)) == 240_00


def test_a_contribution_on_what_is_collected_is_charged_at_each_receipt_and_never_off_by_a_cent() -> None:
    ledger = ruled(base=ContributionBase.COLLECTED_NET, rate_bp=333, fund_shares=[FundShare(FUND, 100)])
    issued = ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, on=DAY))
    assert (left(issued), ledger.get(Invoice, INVOICE).fund_parts) == ([], ())
    parts = [left(pay(ledger, amount_c)) for amount_c in (605_00, 604_99, 1)]
    assert parts == [[16_65], [16_65], []]
    fund = ledger.get(MutualFund, FUND)
    charged = [each.amount_c for each in ledger.facts if isinstance(each, MutualFund.ContributionCharged)]
    assert (sum(charged), fund.collected_c) == (10_00, 10_00)
    activity = ledger.get(Activity, ACTIVITY)
    assert activity.result_c == activity.collected_c == 1_000_00 - 33_30 - 10_00


def test_collected_counts_no_contribution_on_what_clients_have_not_paid() -> None:
    ledger = ruled(base=ContributionBase.COLLECTED_NET)
    ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, on=DAY))
    assert ledger.get(Activity, ACTIVITY).collected_c == 0
    pay(ledger, 605_00)
    assert ledger.get(Activity, ACTIVITY).collected_c == 500_00 - 50_00


def undone(ledger: PaperLedger) -> list[Any]:
    asked: dict[str, Any] = {"bank_line_id": RECEIPT, "invoice_id": INVOICE, "amount_c": 605_00}
    return ledger.perform(undo_allocation, on=DAY, reason="another invoice", **asked)


def returned(ledger: PaperLedger) -> list[Any]:
    asked: dict[str, Any] = {"bank_line_id": MONEY_OUT, "of_line_id": RECEIPT, "amount_c": 605_00}
    return ledger.perform(return_payment, on=DAY, invoice_id=INVOICE, **asked)


@pytest.mark.parametrize("take_back", [undone, returned])
def test_what_is_taken_back_of_a_receipt_takes_its_contribution_back(
    take_back: Callable[[PaperLedger], list[Any]],
) -> None:
    ledger = ruled(base=ContributionBase.COLLECTED_NET, fund_shares=[FundShare(FUND, 100)])
    ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, on=DAY))
    pay(ledger, 1_210_00)
    assert left(take_back(ledger)) == [-50_00]
    assert ledger.get(MutualFund, FUND).collected_c == 5_00
    assert ledger.get(Activity, ACTIVITY).collected_c == 500_00 - 50_00 - 5_00
    assert balances(ledger.facts)["4895"] == -5_00


def test_a_paid_invoice_credited_whole_leaves_nothing_of_what_was_collected() -> None:
    ledger = ruled(base=ContributionBase.COLLECTED_NET, fund_shares=[FundShare(FUND, 100)])
    ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, on=DAY))
    pay(ledger, 1_210_00)
    noted = credit(ledger)
    assert (noted.contribution_c, noted.fund_parts) == (0, ())
    assert sum(left(ledger.facts)) == ledger.get(MutualFund, FUND).collected_c == 0
    assert ledger.get(Activity, ACTIVITY).result_c == 0


def test_less_vat_in_what_was_paid_is_more_net_to_leave_a_contribution_on() -> None:
    ledger = ruled(base=ContributionBase.COLLECTED_NET)
    lines = line("1000"), line("1000", rate_bp=0)
    ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, *lines, on=DAY))
    assert left(pay(ledger, 1_000_00)) == [90_50]
    assert credit(ledger, base(1_000_00)).contribution_c == -9_50
    assert sum(left(ledger.facts)) == 100_00


def test_approved_claims_bills_and_bank_fees_lower_the_margin_never_below_nothing() -> None:
    ledger = ruled(base=ContributionBase.GROSS_MARGIN, rate_bp=1_350, fund_shares=[FundShare(FUND, 100)])
    assert left(ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, on=DAY))) == [135_00]
    pay(ledger, 605_00)
    assert ledger.get(MutualFund, FUND).collected_c == 5_00
    ledger.perform(submit_claim, on=DAY, **claimed(expense(net_c=200_00)))
    approved = ledger.perform(approve_claim, on=DAY, actor="ben", claim_id=CLAIM)
    reversed_ = next(each for each in approved if isinstance(each, Activity.ContributionReversed))
    assert (left(approved), reversed_.document_id, reversed_.invoice_id) == ([-27_00], CLAIM, None)
    assert ledger.get(MutualFund, FUND).collected_c == 4_00
    assert left(bought(ledger, 100_00)) == [-13_50]
    fee: dict[str, Any] = {"bank_line_id": MONEY_OUT, "amount_c": 1_000_00, "activity_id": ACTIVITY}
    assert left(ledger.perform(record_bank_fee, on=DAY, **fee)) == [-94_50]
    assert (sum(left(ledger.facts)), ledger.get(MutualFund, FUND).collected_c) == (0, 0)


def bought(ledger: PaperLedger, cost_c: int) -> list[Any]:
    """Approve a supplier's bill that the activity bears."""
    supplier: dict[str, Any] = {"supplier_id": OTHER, "entity_id": ENTITY, "name": "Timber Trade"}
    ledger.perform(register_supplier, address="Rue du Bois 3", vat_no="", **supplier)
    ledger.perform(
        receive_purchase,
        supplier_id=OTHER,
        activity_id=ACTIVITY,
        purchase_no="17",
        issued_on=DAY,
        due_on=DAY,
        lines=[PurchaseLine(ExpenseType.SUPPLIES, cost_c, 0, 0)],
        reverse_charge=False,
        document_sha256="d" * 64,
    )
    return ledger.perform(approve_purchase, on=DAY, actor="ben", purchase_id=purchase_id(OTHER, "17"))


def test_costs_change_nothing_under_a_plan_that_does_not_reckon_on_the_margin() -> None:
    ledger = ruled()
    fee: dict[str, Any] = {"bank_line_id": MONEY_OUT, "amount_c": 1_00, "activity_id": ACTIVITY}
    assert left(ledger.perform(record_bank_fee, on=DAY, **fee)) == []


def test_the_first_months_of_an_activity_leave_nothing() -> None:
    exempt = Exemptions(first_months=4)
    ledger = ruled(exemptions=exempt, fixed_month_c=30_00, fund_shares=[FundShare(FUND, 100)])
    within, after = date(2026, 2, 28), date(2026, 3, 1)
    free = ledger.perform(issue_invoice, on=within, **invoice(INVOICE, on=within))
    due = ledger.perform(issue_invoice, on=after, **invoice(OTHER, on=after))
    assert (left(free), left(due)) == ([], [100_00])
    assert ledger.get(Invoice, INVOICE).fund_parts == ()
    credit(ledger, on=after)
    assert left(ledger.facts) == [100_00]
    with pytest.raises(NothingForMonth):
        ledger.perform(charge_month, on=after, activity_id=ACTIVITY, month="2026-02")
    assert left(ledger.perform(charge_month, on=after, activity_id=ACTIVITY, month="2026-03")) == [30_00]


def test_the_fixed_part_of_a_month_is_charged_once_and_booked_on_its_first_day() -> None:
    ledger = ruled(fixed_month_c=30_00)
    asked: dict[str, Any] = {"activity_id": ACTIVITY, "month": "2026-02"}
    facts = ledger.perform(charge_month, on=date(2026, 2, 20), **asked)
    (charge,) = (each for each in facts if isinstance(each, Activity.ContributionCharged))
    assert (charge.amount_c, charge.base_c, charge.rate_bp) == (30_00, 0, None)
    assert charge.booked_on == charge.effective_on == date(2026, 2, 1)
    assert charge.document_id == month_id(ACTIVITY, "2026-02")
    (told,) = (each for each in facts if isinstance(each, ContributionMonth.Charged))
    assert (told.month, told.plan_version, told.amount_c) == ("2026-02", 2, 30_00)
    assert ledger.get(Activity, ACTIVITY).result_c == -30_00
    with pytest.raises(AlreadyExists):
        ledger.perform(charge_month, on=date(2026, 3, 1), **asked)


@pytest.mark.parametrize(
    ("month", "refusal"),
    [
        ("2026-02", MonthNotBegun),
        ("2025-12", NothingForMonth),
        ("2025-10", NothingForMonth),
        ("2026-13", InvalidMonth),
        ("January", InvalidMonth),
    ],
)
def test_no_fixed_part_before_its_month_begins_or_where_none_is_in_force(
    month: str, refusal: type[Refusal]
) -> None:
    ledger = ruled(fixed_month_c=30_00)
    with pytest.raises(refusal):
        ledger.perform(charge_month, on=date(2026, 1, 31), activity_id=ACTIVITY, month=month)


EXCEPTION: dict[str, Any] = {
    "activity_id": ACTIVITY,
    "valid_from": date(2026, 1, 5),
    "valid_until": date(2026, 1, 31),
    "rate_bp": 500,
    "fund_shares": [],
    "decision_ref": "board 7",
}


def test_an_exception_holds_for_its_activity_and_its_days_and_invoices_freeze_it() -> None:
    ledger = ruled()
    ledger.perform(grant_contribution_override, on=RULED, **EXCEPTION)
    later = date(2026, 2, 1)
    assert left(ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, on=DAY))) == [50_00]
    assert left(ledger.perform(issue_invoice, on=later, **invoice(OTHER, on=later))) == [100_00]
    assert (ledger.get(Invoice, INVOICE).plan_version, ledger.get(Invoice, OTHER).plan_version) == (3, 2)
    plan = next(each for each in ledger.facts if isinstance(each, ContributionPlan.OverrideGranted))
    assert (plan.version, plan.activity_id, plan.decision_ref) == (3, ACTIVITY, "board 7")
    assert credit(ledger, on=later).contribution_c == 50_00


def test_an_exception_does_not_stop_the_next_rule_and_outlives_it() -> None:
    ledger = ruled()
    ledger.perform(grant_contribution_override, on=RULED, **EXCEPTION)
    rule: dict[str, Any] = {
        "entity_id": ENTITY,
        "rate_bp": 700,
        "fund_shares": [],
        "decision_ref": "assembly",
    }
    ledger.perform(enact_contribution_rule, on=RULED, valid_from=date(2026, 1, 2), **rule)
    assert left(ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, on=DAY))) == [50_00]


@pytest.mark.parametrize(
    ("says", "refusal"),
    [
        ({"valid_from": date(2025, 12, 31)}, NotRetroactive),
        ({"valid_until": date(2026, 1, 4)}, OverrideEndsBefore),
        ({"decision_ref": " "}, EmptyText),
        ({"rate_bp": 10_001}, InvalidRate),
        ({"activity_id": activity_id(ENTITY, "NONE")}, UnknownRecord),
    ],
)
def test_an_exception_that_is_not_sound_is_refused(says: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        ruled().perform(grant_contribution_override, on=RULED, **EXCEPTION | says)


@pytest.mark.parametrize(
    ("first", "last", "meets"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), True),
        (date(2026, 1, 2), date(2026, 1, 5), True),
        (date(2026, 1, 10), date(2026, 1, 11), True),
        (date(2026, 2, 1), date(2026, 2, 28), False),
        (date(2026, 1, 2), date(2026, 1, 4), False),
    ],
)
def test_one_exception_at_a_time(first: date, last: date, *, meets: bool) -> None:
    ledger = ruled()
    ledger.perform(grant_contribution_override, on=RULED, **EXCEPTION)
    again = EXCEPTION | {"valid_from": first, "valid_until": last}
    if meets:
        with pytest.raises(OverridesOverlap):
            ledger.perform(grant_contribution_override, on=RULED, **again)
    else:
        ledger.perform(grant_contribution_override, on=RULED, **again)


def test_the_funds_of_an_exception_belong_to_the_activity_s_entity() -> None:
    ledger = ruled()
    found_entity(ledger.perform, code="SISTER")
    sister = entity_id_of("SISTER")
    ledger.perform(
        charter_fund,
        entity_id=sister,
        code="THEIRS",
        kind=FundKind.GUARANTEE,
        ledger_policy=LedgerPolicy.ANALYTIC_ONLY,
        floor_c=0,
        regulation_ref="regulation",
    )
    theirs = [FundShare(fund_id(sister, "THEIRS"), 100)]
    with pytest.raises(OtherEntity):
        ledger.perform(grant_contribution_override, on=RULED, **EXCEPTION | {"fund_shares": theirs})
