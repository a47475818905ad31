"""VAT on a document: one row per category and rate, rounded once per row.

EN 16931 BR-CO-17 reckons VAT on the sum of the lines of a category and rate, never per line; the
Royal Decree of July 2025 asks the same of Belgian structured invoices. Exempt, reverse charge,
intra-Community and export are different zeros: they go to different grids of the return.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction

from domain.errors import AmountTooLarge, Malformed, VatRateNotForCategory
from domain.money import rounded, share

MAX_CENTS = 10**15
"""Ten thousand billion euros: what fits a bigint sum for ever, and no honest invoice reaches."""


class VatCategory(StrEnum):
    """The VAT category codes of EN 16931 (UNCL 5305) that the cooperative uses."""

    STANDARD = "S"
    ZERO_RATED = "Z"
    EXEMPT = "E"
    REVERSE_CHARGE = "AE"
    INTRA_COMMUNITY = "K"
    EXPORT = "G"


@dataclass(frozen=True)
class InvoiceLine:
    """One line: decimal strings for quantity and unit price, whole cents for what they make."""

    quantity: str
    unit_price: str
    net_c: int
    vat_category: VatCategory
    vat_rate_bp: int
    exemption_code: str


@dataclass(frozen=True)
class VatRow:
    """The VAT of one category and rate of a document, in cents."""

    category: VatCategory
    rate_bp: int
    exemption_code: str
    base_c: int
    vat_c: int


def line_of(
    *,
    quantity: str,
    unit_price: str,
    vat_category: VatCategory,
    vat_rate_bp: int,
    exemption_code: str,
) -> InvoiceLine:
    """Return the line with its net amount: quantity times price, rounded once (BR-DEC-23)."""
    if (vat_category is VatCategory.STANDARD) != (vat_rate_bp > 0):
        raise VatRateNotForCategory(category=vat_category, rate_bp=vat_rate_bp)
    net = Fraction(_decimal(quantity)) * Fraction(_decimal(unit_price)) * 100
    if abs(net) > MAX_CENTS:
        raise AmountTooLarge(quantity=quantity, unit_price=unit_price)
    return InvoiceLine(quantity, unit_price, rounded(net), vat_category, vat_rate_bp, exemption_code)


def vat_rows(lines: Iterable[InvoiceLine]) -> tuple[VatRow, ...]:
    """Return one row per category, rate and exemption, in that order, each rounded once."""
    bases: dict[tuple[VatCategory, int, str], int] = {}
    for line in lines:
        key = (line.vat_category, line.vat_rate_bp, line.exemption_code)
        bases[key] = bases.get(key, 0) + line.net_c
    return tuple(
        VatRow(category, rate_bp, code, base_c, share(base_c, rate_bp))
        for (category, rate_bp, code), base_c in sorted(bases.items())
    )


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise Malformed(number=text) from None
    if not value.is_finite() or len(text) > 40 or abs(value.adjusted()) > 20:  # noqa: PLR2004 - beyond any price
        raise Malformed(number=text)
    return value
