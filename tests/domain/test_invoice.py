"""What an invoice accepts, and what it refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.aggregates.invoice import Invoice
from domain.errors import (
    AmountNotPositive,
    AmountTooLarge,
    DuePrecedesIssue,
    ExceedsOpenAmount,
    FiguresDoNotAddUp,
    InvoiceWithoutLines,
    UnreadableText,
)
from domain.money import MAX_CENTS, share
from domain.settlement import FundPart
from domain.vat import InvoiceLine, VatCategory, VatRow, line_of, vat_of
from tests.cooperative import ACTIVITY, CLIENT, ENTITY, FUND
from tests.scenario import ID, TODAY, Fact, Given, fact, replayed, stamp

OTHER_FUND, LINE = UUID(int=120), UUID(int=121)


def line(price: str, rate_bp: int = 2_100, category: VatCategory | None = None) -> InvoiceLine:
    return line_of(
        quantity="1",
        unit_price=price,
        vat_category=category or (VatCategory.STANDARD if rate_bp else VatCategory.EXEMPT),
        vat_rate_bp=rate_bp,
        exemption_code="",
    )


ASKED: dict[str, Any] = {
    "entity_id": ENTITY,
    "activity_id": ACTIVITY,
    "client_id": CLIENT,
    "booked_on": TODAY,
    "invoice_no": "2026-F-000001",
    "issued_on": TODAY,
    "supplied_on": TODAY,
    "due_on": TODAY + timedelta(days=30),
    "reference": "012600000194",
    "lines": (line("1000"),),
    "plan_version": 1,
    "contribution_c": 100_00,
    "fund_parts": (FundPart(FUND, 10_00), FundPart(OTHER_FUND, 1)),
    "descriptions": ("Carpentry",),
    "buyer_name": "Client and Sons",
    "buyer_address": "Rue Basse 2, 1000 Brussels",
    "buyer_vat_no": "BE0987654394",
}
RECKONED: dict[str, Any] = {
    "vat": (VatRow(VatCategory.STANDARD, 2_100, "", 1_000_00, 210_00),),
    "net_c": 1_000_00,
    "vat_c": 210_00,
    "gross_c": 1_210_00,
}
ISSUED = fact(Invoice.Issued, **ASKED, **RECKONED)


def issuing(**says: Any) -> Any:
    return lambda _: Invoice.issue(stamp(), id=ID, **ASKED | says)


def received(amount_c: int, *, net_c: int, vat_c: int) -> Fact:
    return fact(
        Invoice.PaymentReceived,
        entity_id=ENTITY,
        activity_id=ACTIVITY,
        client_id=CLIENT,
        booked_on=TODAY,
        line_id=LINE,
        amount_c=amount_c,
        net_c=net_c,
        vat_c=vat_c,
    )


def receiving(amount_c: int) -> Any:
    def ask(invoice: Invoice) -> None:
        invoice.receive(stamp(), line_id=LINE, amount_c=amount_c, booked_on=TODAY)

    return ask


def test_an_invoice_is_issued_with_its_vat_rows_and_totals() -> None:
    Given(Invoice).when(issuing()).then(ISSUED)


def test_an_invoice_without_lines_is_refused() -> None:
    Given(Invoice).when(issuing(lines=())).then_refused(InvoiceWithoutLines)


def test_a_line_whose_net_is_not_quantity_times_price_is_refused() -> None:
    wrong = InvoiceLine("2", "500.00", 1_000_01, VatCategory.STANDARD, 2_100, "")
    Given(Invoice).when(issuing(lines=(wrong,))).then_refused(
        FiguresDoNotAddUp, given=1_000_01, reckoned=1_000_00
    )


@pytest.mark.parametrize(
    "lines",
    [
        (line("0"),),
        (line("-1"),),
        (line("1"), line("-1")),
        (line("2"), line("-1", 600)),
        (line("-1", 0), line("2")),
    ],
)
def test_an_invoice_for_nothing_or_with_a_negative_base_is_refused(lines: tuple[InvoiceLine, ...]) -> None:
    Given(Invoice).when(issuing(lines=lines)).then_refused(InvoiceWithoutLines)


def test_a_discount_within_a_rate_is_accepted() -> None:
    lines = (line("100"), line("-10"), line("0", 0))
    vat = (VatRow(VatCategory.EXEMPT, 0, "", 0, 0), VatRow(VatCategory.STANDARD, 2_100, "", 90_00, 18_90))
    Given(Invoice).when(issuing(lines=lines)).then(
        fact(Invoice.Issued, **ASKED | {"lines": lines}, vat=vat, net_c=90_00, vat_c=18_90, gross_c=108_90)
    )


def test_an_invoice_larger_than_the_ledger_holds_is_refused() -> None:
    most = line(str(MAX_CENTS // 100), 0)
    Given(Invoice).when(issuing(lines=(most, most))).then_refused(AmountTooLarge)
    Given(Invoice).when(issuing(lines=(line(str(MAX_CENTS // 100)),))).then_refused(AmountTooLarge)


def test_an_invoice_falls_due_on_its_day_of_issue_at_the_earliest() -> None:
    on_the_day = {"due_on": TODAY}
    Given(Invoice).when(issuing(**on_the_day)).then(fact(Invoice.Issued, **ASKED | on_the_day, **RECKONED))
    Given(Invoice).when(issuing(due_on=TODAY - timedelta(days=1))).then_refused(DuePrecedesIssue)


@pytest.mark.parametrize("text", ["a\x00b", "\x1b[2J", "\ud800", "￿"])
def test_text_that_no_document_can_hold_is_refused_wherever_it_stands(text: str) -> None:
    for says in ({"buyer_name": text}, {"descriptions": ("fine", text)}):
        Given(Invoice).when(issuing(**says)).then_refused(UnreadableText)


@pytest.mark.parametrize("text", ["Zoë & Søn", "第一公司", "two\nlines\tand a tab", "🪑", "rtl \u202e"])
def test_text_in_any_language_is_kept_as_it_was_given(text: str) -> None:
    Given(Invoice).when(issuing(buyer_name=text)).then(
        fact(Invoice.Issued, **ASKED | {"buyer_name": text}, **RECKONED)
    )


def test_a_payment_settles_net_and_vat_in_proportion() -> None:
    Given(Invoice, ISSUED).when(receiving(605_00)).then(received(605_00, net_c=500_00, vat_c=105_00))


def test_three_part_payments_end_exact() -> None:
    first, second = received(605_00, net_c=500_00, vat_c=105_00), received(604_99, net_c=499_99, vat_c=105_00)
    Given(Invoice, ISSUED, first).when(receiving(604_99)).then(second)
    Given(Invoice, ISSUED, first, second).when(receiving(1)).then(received(1, net_c=1, vat_c=0))


@pytest.mark.parametrize("amount_c", [0, -1])
def test_a_payment_of_nothing_is_refused(amount_c: int) -> None:
    Given(Invoice, ISSUED).when(receiving(amount_c)).then_refused(AmountNotPositive)


def test_more_than_is_open_is_refused() -> None:
    Given(Invoice, ISSUED).when(receiving(1_210_01)).then_refused(ExceedsOpenAmount, open_c=1_210_00)
    part = received(1_000_00, net_c=826_45, vat_c=173_55)
    Given(Invoice, ISSUED, part).when(receiving(210_01)).then_refused(ExceedsOpenAmount, open_c=210_00)


def test_a_paid_invoice_takes_no_more() -> None:
    paid = received(1_210_00, net_c=1_000_00, vat_c=210_00)
    Given(Invoice, ISSUED, paid).when(receiving(1)).then_refused(ExceedsOpenAmount, open_c=0)


@given(
    price_c=st.integers(1, 10**9),
    rate_bp=st.sampled_from([0, 600, 1_200, 2_100]),
    fund_bps=st.lists(st.integers(1, 5_000), max_size=3),
    cuts=st.lists(st.fractions(0, 1), max_size=8),
)
def test_any_part_payments_settle_vat_net_and_funds_to_the_cent(
    price_c: int, rate_bp: int, fund_bps: list[int], cuts: list[Any]
) -> None:
    parts = tuple(FundPart(UUID(int=n), share(price_c, bp)) for n, bp in enumerate(fund_bps))
    drawn = line(f"{price_c // 100}.{price_c % 100:02}", rate_bp)
    invoice = Invoice.issue(stamp(), id=ID, **ASKED | {"lines": (drawn,), "fund_parts": parts})
    gross_c = invoice.open_c
    ends = sorted({gross_c, *(int(cut * gross_c) for cut in cuts)} - {0})
    settled = [
        invoice.receive(stamp(), line_id=LINE, amount_c=end - start, booked_on=TODAY)
        for start, end in zip([0, *ends], ends, strict=False)
    ]
    assert invoice.open_c == 0
    assert sum(each.vat_c for each in settled) == vat_of(invoice.vat)
    assert sum(each.net_c for each in settled) == price_c
    assert all(min(each.vat_c, each.net_c) >= 0 for each in settled)
    for part in parts:
        collected = [p.amount_c for each in settled for p in each.fund_parts if p.fund_id == part.fund_id]
        assert sum(collected) == part.amount_c
        assert all(amount_c > 0 for amount_c in collected)


def test_an_invoice_without_fund_parts_settles_none() -> None:
    invoice = replayed(Invoice, fact(Invoice.Issued, **ASKED | {"fund_parts": ()}, **RECKONED))
    assert invoice.receive(stamp(), line_id=LINE, amount_c=1, booked_on=TODAY).fund_parts == ()
