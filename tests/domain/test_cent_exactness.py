"""A hundred thousand invoices come to the cent, reckoned once more in another arithmetic."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from uuid import UUID

import pytest

from domain.errors import FiguresDoNotAddUp
from domain.ledger.entities import set_parameter
from domain.ledger.invoicing import AskedFigures, issue_invoice
from domain.ledger.presets import VAT_RATES_BP
from domain.money import share
from domain.vat import InvoiceLine, VatCategory, line_of, net_of, vat_of, vat_rows
from tests.cooperative import ENTITY, FOUNDED, found, invoice, line
from tests.domain.spending import DAY, INVOICE
from tests.paper import PaperLedger

INVOICES = 100_000
RATES_BP = (600, 1_200, 2_100)
CENT = Decimal("0.01")


def nearest(amount: Decimal) -> Decimal:
    """The amount in whole cents, halves away from zero."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def drawn(chance: Random) -> tuple[str, str, int]:
    """A quantity of up to three decimals, a price of up to four, and a rate."""
    quantity = Decimal(chance.randint(1, 20_000)).scaleb(-chance.randint(0, 3))
    price = Decimal(chance.randint(1, 5_000_000)).scaleb(-chance.randint(0, 4))
    return f"{quantity:f}", f"{price:f}", chance.choice(RATES_BP)


def ours(quantity: str, price: str, rate_bp: int) -> InvoiceLine:
    return line_of(
        quantity=quantity,
        unit_price=price,
        vat_category=VatCategory.STANDARD,
        vat_rate_bp=rate_bp,
        exemption_code="",
    )


def test_every_figure_of_a_hundred_thousand_invoices_is_that_of_exact_decimals() -> None:
    chance = Random(20_26)  # noqa: S311 - chance, not secrecy
    for _ in range(INVOICES):
        asked = [drawn(chance) for _ in range(chance.randint(1, 5))]
        rows = vat_rows([ours(*each) for each in asked])

        bases: dict[int, Decimal] = defaultdict(Decimal)
        for quantity, price, rate_bp in asked:
            bases[rate_bp] += nearest(Decimal(quantity) * Decimal(price))
        vat = {rate_bp: nearest(base * rate_bp / 10_000) for rate_bp, base in bases.items()}
        net = sum(bases.values(), Decimal())

        assert {row.rate_bp: row.base_c for row in rows} == {
            bp: int(base * 100) for bp, base in bases.items()
        }
        assert {row.rate_bp: row.vat_c for row in rows} == {bp: int(tax * 100) for bp, tax in vat.items()}
        assert net_of(rows) + vat_of(rows) == int((net + sum(vat.values())) * 100)
        for rate_bp in (1_000, 1_150, 100):
            assert share(net_of(rows), rate_bp) == int(nearest(net * rate_bp / 10_000) * 100)


@pytest.mark.parametrize(
    ("figures", "wrong"),
    [
        (AskedFigures(net_c=1_325_00, vat_c=331_75, gross_c=1_656_75), "vat_c"),
        (AskedFigures(net_c=1_325_00, vat_c=331_25, gross_c=1_656_75), "gross_c"),
        (AskedFigures(net_c=1_325_50, vat_c=331_25, gross_c=1_656_25), "net_c"),
        (AskedFigures(vat_c=331_26), "vat_c"),
    ],
)
def test_an_invoice_whose_figures_are_off_is_refused_however_little(
    figures: AskedFigures, wrong: str
) -> None:
    """VAT of 331.75 on 1,325.00 at 25 % is wrong by 0.50, which EN 16931's own rules let pass (BR-S-09)."""
    ledger = PaperLedger()
    found(ledger.perform)
    ledger.perform(
        set_parameter,
        on=FOUNDED,
        entity_id=ENTITY,
        name=VAT_RATES_BP,
        value="0,2500",
        valid_from=DAY,
        source_ref="a rate for this test",
    )
    lines = (line("400", quantity="7", rate_bp=2_500), line("500", quantity="-2.95", rate_bp=2_500))
    asked = invoice(INVOICE, *lines, on=DAY)
    with pytest.raises(FiguresDoNotAddUp) as refused:
        ledger.perform(issue_invoice, on=DAY, **asked, figures=figures)
    assert refused.value.facts["figure"] == wrong
    right = AskedFigures(net_c=1_325_00, vat_c=331_25, gross_c=1_656_25)
    ledger.perform(issue_invoice, on=DAY, **asked | {"invoice_id": UUID(int=501)}, figures=right)
