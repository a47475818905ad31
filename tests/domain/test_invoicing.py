"""Issuing an invoice: number, VAT, reference, contribution and fund parts, all or nothing."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.client import Client, ClientKind
from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.number_series import NumberSeries
from domain.errors import (
    AlreadyExists,
    ClientErased,
    EmptyText,
    FiguresDoNotAddUp,
    InvalidDay,
    InvoiceWithoutLines,
    IssueDateGoesBack,
    NoContributionRule,
    NoOpenPeriod,
    NotANumber,
    OtherEntity,
    ParameterNotSet,
    UnknownRecord,
    UnknownVatRate,
    VatRateNotForCategory,
)
from domain.funding import LedgerPolicy
from domain.ledger.entities import entity_id_of, set_parameter
from domain.ledger.invoicing import AskedFigures, issue_invoice, register_client
from domain.ledger.periods import stop_bookings
from domain.ledger.plans import enact_contribution_rule
from domain.ledger.presets import PAYMENT_TERM_DAYS, VAT_RATES_BP
from domain.personal import ERASED
from domain.references import parse
from domain.settlement import FundPart
from domain.vat import VatCategory
from tests.cooperative import ACTIVITY, CLIENT, ENTITY, FOUNDED, FUND, found, found_entity, invoice, line
from tests.paper import PaperLedger
from tests.scenario import Given, fact, says, stamp

DAY = date(2026, 1, 10)
INVOICE, ANOTHER = UUID(int=500), UUID(int=501)
CLIENT_SAYS: dict[str, Any] = {
    "entity_id": ENTITY,
    "kind": ClientKind.CONSUMER,
    "name": "Somebody",
    "address": "",
    "vat_no": "",
    "email": "",
}


@pytest.fixture
def ledger() -> PaperLedger:
    paper = PaperLedger()
    found(paper.perform)
    return paper


def issue(ledger: PaperLedger, invoice_id: UUID = INVOICE, *lines: Any, on: date = DAY, **asked: Any) -> Any:
    """Issue an invoice and return what `Invoice.Issued` says."""
    recorded = ledger.perform(issue_invoice, on=on, **invoice(invoice_id, *lines, on=on, **asked))
    (issued,) = (each for each in recorded if isinstance(each, Invoice.Issued))
    return issued


def test_an_invoice_is_recorded_with_its_number_contribution_and_fund_part(ledger: PaperLedger) -> None:
    recorded = ledger.perform(issue_invoice, **invoice(INVOICE, on=DAY))
    assert {type(each) for each in recorded} == {
        NumberSeries.Opened,
        NumberSeries.NumberTaken,
        Invoice.Issued,
        Activity.Invoiced,
        Activity.ContributionCharged,
        Activity.FundContributionCharged,
        MutualFund.ContributionCharged,
    }
    by_kind = {type(each): each for each in recorded}
    issued = by_kind[Invoice.Issued]
    assert (issued.invoice_no, issued.net_c, issued.vat_c, issued.gross_c) == (
        "2026-F-000001",
        1_000_00,
        210_00,
        1_210_00,
    )
    assert (issued.contribution_c, issued.fund_parts) == (100_00, (FundPart(FUND, 10_00),))
    assert (issued.buyer_name, issued.buyer_vat_no) == ("Client and Sons", "BE0987654394")
    assert says(by_kind[Activity.ContributionCharged]) == fact(
        Activity.ContributionCharged,
        entity_id=ENTITY,
        booked_on=DAY,
        document_id=INVOICE,
        plan_version=1,
        base_c=1_000_00,
        rate_bp=1_000,
        amount_c=100_00,
    )
    assert says(by_kind[MutualFund.ContributionCharged]) == fact(
        MutualFund.ContributionCharged,
        entity_id=ENTITY,
        booked_on=DAY,
        ledger_policy=LedgerPolicy.LIABILITY,
        activity_id=ACTIVITY,
        document_id=INVOICE,
        plan_version=1,
        base_c=1_000_00,
        rate_bp=100,
        amount_c=10_00,
    )


def test_three_kinds_of_zero_and_standard_vat_have_rows_of_their_own(ledger: PaperLedger) -> None:
    issued = issue(
        ledger,
        INVOICE,
        line("100", rate_bp=0, exemption_code="VATEX-EU-132"),
        line("200", rate_bp=0, vat_category=VatCategory.REVERSE_CHARGE, exemption_code="VATEX-EU-AE"),
        line("300"),
    )
    assert [(row.category, row.base_c, row.vat_c) for row in issued.vat] == [
        (VatCategory.REVERSE_CHARGE, 200_00, 0),
        (VatCategory.EXEMPT, 100_00, 0),
        (VatCategory.STANDARD, 300_00, 63_00),
    ]
    assert issued.vat_c == 63_00


def test_numbers_follow_one_another_and_no_refusal_leaves_a_gap(ledger: PaperLedger) -> None:
    assert issue(ledger).invoice_no == "2026-F-000001"
    with pytest.raises(InvoiceWithoutLines):
        issue(ledger, ANOTHER, line("0"))
    with pytest.raises(AlreadyExists):
        issue(ledger, INVOICE)
    assert issue(ledger, ANOTHER).invoice_no == "2026-F-000002"


def test_each_year_has_a_series_of_its_own(ledger: PaperLedger) -> None:
    assert issue(ledger).invoice_no == "2026-F-000001"
    assert issue(ledger, ANOTHER, on=date(2025, 12, 31)).invoice_no == "2025-F-000001"


def test_invoices_of_a_series_are_issued_in_date_order(ledger: PaperLedger) -> None:
    issue(ledger)
    with pytest.raises(IssueDateGoesBack):
        issue(ledger, ANOTHER, on=date(2026, 1, 9))
    issue(ledger, ANOTHER, on=DAY)


def test_the_reference_tells_entity_year_and_number(ledger: PaperLedger) -> None:
    reference = issue(ledger).reference
    assert reference.startswith("0126000001")
    assert parse(reference) == reference


def test_an_invoice_is_booked_when_issued_and_takes_effect_when_supplied(ledger: PaperLedger) -> None:
    for month in ("2025-11", "2025-12"):
        ledger.perform(stop_bookings, entity_id=ENTITY, month=month)
    recorded = ledger.perform(
        issue_invoice, on=DAY, **invoice(INVOICE, on=DAY, supplied_on=date(2025, 12, 20))
    )
    posted = [each for each in recorded if hasattr(each, "booked_on")]
    assert len(posted) == 3
    assert {(each.booked_on, each.effective_on) for each in posted} == {(DAY, date(2025, 12, 20))}


def test_an_invoice_of_a_stopped_month_is_booked_in_the_next_open_one(ledger: PaperLedger) -> None:
    for month in ("2025-11", "2025-12", "2026-01"):
        ledger.perform(stop_bookings, entity_id=ENTITY, month=month)
    issued = issue(ledger)
    assert (issued.issued_on, issued.booked_on) == (DAY, date(2026, 2, 1))


def test_without_an_open_month_nothing_is_issued(ledger: PaperLedger) -> None:
    with pytest.raises(NoOpenPeriod):
        issue(ledger, on=date(2026, 4, 1))


def test_an_invoice_falls_due_after_the_term_in_force_unless_it_says_otherwise(ledger: PaperLedger) -> None:
    ledger.perform(
        set_parameter,
        on=FOUNDED,
        entity_id=ENTITY,
        name=PAYMENT_TERM_DAYS,
        value="60",
        valid_from=date(2026, 2, 1),
        source_ref="assembly",
    )
    assert issue(ledger).due_on == date(2026, 2, 9)
    assert issue(ledger, ANOTHER, on=date(2026, 2, 1)).due_on == date(2026, 4, 2)
    assert issue(ledger, UUID(int=502), on=date(2026, 2, 1), due_on=date(2026, 2, 1)).due_on == date(
        2026, 2, 1
    )


def test_the_plan_of_the_day_of_issue_is_frozen_and_a_later_one_not_retroactive(ledger: PaperLedger) -> None:
    ledger.perform(
        enact_contribution_rule,
        on=DAY,
        entity_id=ENTITY,
        valid_from=date(2026, 2, 1),
        rate_bp=500,
        fund_shares=[],
        decision_ref="assembly 2026",
    )
    before, after = issue(ledger, on=date(2026, 1, 31)), issue(ledger, ANOTHER, on=date(2026, 2, 1))
    assert (before.plan_version, before.contribution_c, len(before.fund_parts)) == (1, 100_00, 1)
    assert (after.plan_version, after.contribution_c, len(after.fund_parts)) == (2, 50_00, 0)


def test_parts_that_round_to_nothing_are_not_charged(ledger: PaperLedger) -> None:
    recorded = ledger.perform(issue_invoice, **invoice(INVOICE, line("0.04"), on=DAY))
    issued = next(each for each in recorded if isinstance(each, Invoice.Issued))
    assert (issued.net_c, issued.contribution_c, issued.fund_parts) == (4, 0, ())
    assert not any(
        isinstance(each, Activity.ContributionCharged | MutualFund.ContributionCharged) for each in recorded
    )


def test_without_a_contribution_rule_nothing_is_issued() -> None:
    ledger = PaperLedger()
    found(ledger.perform)
    with pytest.raises(NoContributionRule):
        issue(ledger, on=date(2025, 10, 31))


@pytest.mark.parametrize("rate_bp", [500, 2_200, -2_100])
def test_a_vat_rate_not_in_force_is_refused(ledger: PaperLedger, rate_bp: int) -> None:
    with pytest.raises(UnknownVatRate):
        issue(ledger, INVOICE, line(rate_bp=rate_bp))


def test_vat_rates_are_those_of_the_day_of_issue(ledger: PaperLedger) -> None:
    ledger.perform(
        set_parameter,
        on=FOUNDED,
        entity_id=ENTITY,
        name=VAT_RATES_BP,
        value="0,600,2200",
        valid_from=date(2026, 2, 1),
        source_ref="law",
    )
    issue(ledger)
    with pytest.raises(UnknownVatRate):
        issue(ledger, ANOTHER, on=date(2026, 2, 1))


@pytest.mark.parametrize(
    ("says", "refusal"),
    [
        ({"vat_category": VatCategory.EXEMPT}, VatRateNotForCategory),
        ({"unit_price": "1e3"}, NotANumber),
        ({"quantity": ""}, NotANumber),
        ({"description": " "}, EmptyText),
    ],
)
def test_a_line_that_makes_no_sense_is_refused(
    ledger: PaperLedger, says: dict[str, Any], refusal: Any
) -> None:
    with pytest.raises(refusal):
        issue(ledger, INVOICE, line(), line(**{"unit_price": "1"} | says))


def test_figures_that_are_given_are_those_the_lines_come_to(ledger: PaperLedger) -> None:
    right = AskedFigures(net_c=1_000_00, vat_c=210_00, gross_c=1_210_00)
    assert issue(ledger, figures=right).gross_c == 1_210_00
    assert issue(ledger, ANOTHER, figures=AskedFigures()).gross_c == 1_210_00


@pytest.mark.parametrize("figure", ["net_c", "vat_c", "gross_c"])
@pytest.mark.parametrize("cents_more", [-1, 1])
def test_figures_that_do_not_add_up_are_not_accepted(
    ledger: PaperLedger, figure: str, cents_more: int
) -> None:
    right = {"net_c": 1_000_00, "vat_c": 210_00, "gross_c": 1_210_00}
    before = len(ledger.facts)
    with pytest.raises(FiguresDoNotAddUp) as refused:
        issue(ledger, figures=AskedFigures(**right | {figure: right[figure] + cents_more}))
    assert refused.value.facts == {
        "figure": figure,
        "given": right[figure] + cents_more,
        "reckoned": right[figure],
    }
    assert len(ledger.facts) == before


def test_an_invoice_without_lines_is_refused(ledger: PaperLedger) -> None:
    with pytest.raises(InvoiceWithoutLines):
        ledger.perform(issue_invoice, **invoice(INVOICE, on=DAY) | {"lines": ()})


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_day_of_supply_outside_the_calendar_is_refused(ledger: PaperLedger, day: date) -> None:
    with pytest.raises(InvalidDay):
        issue(ledger, supplied_on=day)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_day_of_issue_outside_the_calendar_is_refused(ledger: PaperLedger, day: date) -> None:
    with pytest.raises((InvalidDay, NoContributionRule, ParameterNotSet)):
        issue(ledger, issued_on=day)


def test_an_unknown_activity_or_client_is_refused(ledger: PaperLedger) -> None:
    wrongs: list[dict[str, Any]] = [
        {"activity_id": UUID(int=9)},
        {"client_id": UUID(int=9)},
        {"client_id": ACTIVITY},
    ]
    for wrong in wrongs:
        with pytest.raises(UnknownRecord):
            issue(ledger, **wrong)


def test_a_client_of_another_entity_is_refused(ledger: PaperLedger) -> None:
    found_entity(ledger.perform, code="SISTER")
    ledger.perform(register_client, client_id=ANOTHER, **CLIENT_SAYS | {"entity_id": entity_id_of("SISTER")})
    with pytest.raises(OtherEntity):
        issue(ledger, client_id=ANOTHER)


def test_a_client_whose_particulars_were_erased_gets_no_invoice(ledger: PaperLedger) -> None:
    stream = ledger._streams[CLIENT]
    object.__setattr__(stream[0], "name", ERASED)
    with pytest.raises(ClientErased):
        issue(ledger)


def test_a_client_is_registered_with_an_id_that_names_its_subject() -> None:
    Given(Client).when(lambda _: Client.register(stamp(), id=CLIENT, **CLIENT_SAYS)).then(
        fact(Client.Registered, subject_id=CLIENT, **CLIENT_SAYS)
    )


@pytest.mark.parametrize("name", ["", "  "])
def test_a_client_without_a_name_is_refused(name: str) -> None:
    Given(Client).when(
        lambda _: Client.register(stamp(), id=CLIENT, **CLIENT_SAYS | {"name": name})
    ).then_refused(EmptyText, field="name")


def test_a_client_is_registered_once_by_a_known_entity(ledger: PaperLedger) -> None:
    with pytest.raises(AlreadyExists):
        ledger.perform(register_client, client_id=CLIENT, **CLIENT_SAYS)
    with pytest.raises(UnknownRecord):
        ledger.perform(register_client, client_id=ANOTHER, **CLIENT_SAYS | {"entity_id": UUID(int=9)})
