"""Other people's cases of rounding are reckoned right, and an invoice that validators let pass is refused."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from domain.errors import FiguresDoNotAddUp
from domain.ledger.invoicing import AskedFigures
from domain.vat import InvoiceLine, VatCategory, line_of, net_of, vat_of, vat_rows

pytestmark = pytest.mark.samples

CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"


def cents(text: str) -> int:
    amount = Decimal(text) * 100
    assert amount == int(amount)
    return int(amount)


def ours(quantity: str, price: str, rate: str) -> InvoiceLine:
    return line_of(
        quantity=quantity,
        unit_price=price,
        vat_category=VatCategory.STANDARD,
        vat_rate_bp=cents(rate),
        exemption_code="",
    )


def test_each_case_of_rounding_comes_to_its_figures(samples: Path) -> None:
    cases = json.loads((samples / "rounding" / "cases.json").read_text())
    assert len(cases) >= 4
    for case in cases:
        rows = vat_rows([ours(each["qty"], each["price"], each["rate"]) for each in case["lines"]])
        assert net_of(rows) == cents(case["net"])
        assert {row.rate_bp: row.vat_c for row in rows} == {
            cents(rate): cents(vat) for rate, vat in case["vat_by_rate"].items()
        }
        assert net_of(rows) + vat_of(rows) == cents(case["gross"])


def test_figures_that_official_validators_let_pass_are_refused(samples: Path) -> None:
    file = samples / "einvoice" / "invalid" / "PASSES-VALIDATORS-vat-off-by-0.50.xml"
    root = etree.parse(file).getroot()

    def said(name: str) -> list[str]:
        return [each.text or "" for each in root.iter(f"{CBC}{name}")]

    # One rate only: the base of its one VAT row is the net amount of the document.
    rows = vat_rows([ours("1", said("TaxableAmount")[0], said("Percent")[0])])
    figures = AskedFigures(net_c=cents(said("TaxExclusiveAmount")[0]), vat_c=cents(said("TaxAmount")[0]))
    with pytest.raises(FiguresDoNotAddUp) as refused:
        figures.require(rows)
    assert (refused.value.facts["given"], refused.value.facts["reckoned"]) == (331_75, 331_25)
