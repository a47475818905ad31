"""What is drawn up for a client could be invoiced as it stands: its figures are reckoned, positive and holdable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.aggregates.invoice import Invoice
from domain.drawn_up import DrawnUp
from domain.errors import AmountTooLarge, FiguresDoNotAddUp, InvalidDay, InvoiceWithoutLines, Refusal
from domain.ledger import invoice_drafts as cases
from domain.money import MAX_CENTS
from domain.vat import InvoiceLine, VatCategory, line_of
from tests.cooperative import line
from tests.domain.drafting import DRAFTED_ON, ISSUED_ON, drafted, issue, perform


def drawn(price: str, rate_bp: int = 2_100) -> InvoiceLine:
    return line_of(
        quantity="1",
        unit_price=price,
        vat_category=VatCategory.STANDARD,
        vat_rate_bp=rate_bp,
        exemption_code="",
    )


NO_DAY = date(1899, 12, 31)
NEARLY_ALL = f"{MAX_CENTS // 100}.00"


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        ((), InvoiceWithoutLines),
        ((drawn("0"),), InvoiceWithoutLines),
        ((drawn("100"), drawn("-1", 600)), InvoiceWithoutLines),
        ((drawn(NEARLY_ALL),), AmountTooLarge),
        ((replace(drawn("100"), net_c=100_01),), FiguresDoNotAddUp),
    ],
)
def test_what_could_not_be_invoiced_has_no_figures(
    lines: tuple[InvoiceLine, ...], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        DrawnUp(lines, ("work",) * len(lines)).figures()


def test_a_line_below_zero_lowers_what_stands_at_its_own_rate() -> None:
    told = DrawnUp((drawn("100"), drawn("-99.99")), ("work", "a discount")).figures()
    assert (told["net_c"], told["vat_c"], told["gross_c"]) == (1, 0, 1)


def test_a_draft_that_is_amended_is_invoiced_for_its_new_day_of_supply() -> None:
    ledger = drafted()
    perform(ledger, cases.amend_invoice_draft, supplied_on=ISSUED_ON, lines=[line()])
    perform(ledger, cases.submit_invoice_draft)
    issue(ledger)
    (issued,) = (fact for fact in ledger.facts if isinstance(fact, Invoice.Issued))
    assert issued.supplied_on == ISSUED_ON != DRAFTED_ON


def test_a_draft_is_not_amended_to_a_day_that_the_calendar_lacks() -> None:
    ledger = drafted()
    with pytest.raises(InvalidDay):
        perform(ledger, cases.amend_invoice_draft, supplied_on=NO_DAY, lines=[line()])
