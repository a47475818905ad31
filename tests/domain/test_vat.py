"""VAT is rounded once per category and rate of the document, never per line."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import AmountTooLarge, ExemptionNotForCategory, NotANumber, VatRateNotForCategory
from domain.money import euros, rounded
from domain.vat import InvoiceLine, VatCategory, VatRow, line_of, vat_rows

STANDARD, EXEMPT, REVERSE = VatCategory.STANDARD, VatCategory.EXEMPT, VatCategory.REVERSE_CHARGE


def line(unit_price: str, **says: Any) -> InvoiceLine:
    asked: dict[str, Any] = {
        "quantity": "1",
        "unit_price": unit_price,
        "vat_category": STANDARD,
        "vat_rate_bp": 2_100,
        "exemption_code": "",
    }
    return line_of(**asked | says)


@pytest.mark.parametrize(
    ("lines", "price", "vat_c"),
    [(10, "0.70", 1_47), (7, "0.07", 10), (1, "1000", 210_00), (2, "-0.50", -21), (3, "0", 0)],
)
def test_vat_is_reckoned_on_the_sum_of_the_lines(lines: int, price: str, vat_c: int) -> None:
    (row,) = vat_rows([line(price)] * lines)
    assert row.vat_c == vat_c


def test_different_zeros_have_rows_of_their_own() -> None:
    lines = [
        line("300"),
        line("100", vat_category=EXEMPT, vat_rate_bp=0, exemption_code="VATEX-EU-132"),
        line("200", vat_category=REVERSE, vat_rate_bp=0, exemption_code="VATEX-EU-AE"),
    ]
    assert vat_rows(lines) == (
        VatRow(REVERSE, 0, "VATEX-EU-AE", 200_00, 0),
        VatRow(EXEMPT, 0, "VATEX-EU-132", 100_00, 0),
        VatRow(STANDARD, 2_100, "", 300_00, 63_00),
    )


def test_two_rates_of_one_category_have_rows_of_their_own() -> None:
    rows = vat_rows([line("100"), line("50", vat_rate_bp=600), line("1")])
    assert [(row.rate_bp, row.base_c, row.vat_c) for row in rows] == [
        (600, 50_00, 3_00),
        (2_100, 101_00, 21_21),
    ]


@given(st.lists(st.tuples(st.integers(-(10**7), 10**7), st.sampled_from([600, 1_200, 2_100])), max_size=30))
def test_the_order_of_the_lines_changes_nothing(drawn: list[tuple[int, int]]) -> None:
    lines = [line(euros(cents).replace(",", ""), vat_rate_bp=rate) for cents, rate in drawn]
    rows = vat_rows(lines)
    assert rows == vat_rows(lines[::-1])
    assert sum(row.base_c for row in rows) == sum(each.net_c for each in lines)
    assert all(row.vat_c == rounded(Fraction(row.base_c * row.rate_bp, 10_000)) for row in rows)


@pytest.mark.parametrize(
    ("quantity", "unit_price", "net_c"),
    [
        ("1", "0.005", 1),
        ("-1", "0.005", -1),
        ("0.333", "3", 100),
        ("7.5", "65.00", 487_50),
        ("3", "0.0033", 1),
    ],
)
def test_a_line_is_quantity_times_price_rounded_once(quantity: str, unit_price: str, net_c: int) -> None:
    drawn = line(unit_price, quantity=quantity)
    assert (drawn.net_c, drawn.quantity, drawn.unit_price) == (net_c, quantity, unit_price)


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "one",
        "1,5",
        "1e2",
        "1_0",
        " 1",
        "1.",
        ".5",
        "+1",
        "NaN",
        "Infinity",
        "٣",
        "1" * 16,
        "0." + "1" * 11,
    ],
)
def test_a_quantity_or_price_that_no_e_invoice_can_repeat_is_refused(junk: str) -> None:
    for says in ({"quantity": junk}, {"unit_price": junk}):
        with pytest.raises(NotANumber):
            line(**{"unit_price": "1"} | says)


def test_a_line_larger_than_the_ledger_holds_is_refused() -> None:
    assert line("1" + "0" * 13).net_c == 10**15
    with pytest.raises(AmountTooLarge):
        line("1" + "0" * 13 + ".01")


@pytest.mark.parametrize("category", [each for each in VatCategory if each is not STANDARD])
def test_only_the_standard_category_carries_a_rate(category: VatCategory) -> None:
    assert line("1", vat_category=category, vat_rate_bp=0).vat_category is category
    with pytest.raises(VatRateNotForCategory):
        line("1", vat_category=category)


@pytest.mark.parametrize("rate_bp", [0, -2_100])
def test_the_standard_category_always_carries_a_rate(rate_bp: int) -> None:
    with pytest.raises(VatRateNotForCategory):
        line("1", vat_rate_bp=rate_bp)


@pytest.mark.parametrize(("category", "rate_bp"), [(STANDARD, 2_100), (VatCategory.ZERO_RATED, 0)])
def test_no_exemption_code_can_part_what_is_rounded_once(category: VatCategory, rate_bp: int) -> None:
    with pytest.raises(ExemptionNotForCategory):
        line("1", vat_category=category, vat_rate_bp=rate_bp, exemption_code="VATEX-EU-132")
