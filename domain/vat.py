"""VAT on a document: one row per category and rate, rounded once per row.

EN 16931 BR-CO-17 reckons VAT on the sum of the lines of a category and rate, never per line; the
Royal Decree of July 2025 asks the same of Belgian structured invoices. Exempt, reverse charge,
intra-Community and export are different zeros: they go to different grids of the return.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from domain.errors import ExemptionNotForCategory, NotANumber, VatRateNotForCategory
from domain.money import require_holdable, rounded, share

_PLAIN_DECIMAL = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,10})?")


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
    # BR-S-10, BR-Z-10: so that no code can part what is rounded once.
    if exemption_code and vat_category in (VatCategory.STANDARD, VatCategory.ZERO_RATED):
        raise ExemptionNotForCategory(category=vat_category, exemption_code=exemption_code)
    net_c = rounded(_decimal(quantity) * _decimal(unit_price) * 100)
    require_holdable(net_c)
    return InvoiceLine(quantity, unit_price, net_c, vat_category, vat_rate_bp, exemption_code)


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


def _decimal(text: str) -> Fraction:
    """Read what an e-invoice can repeat as it stands: no exponent, no other digits than ours."""
    if not _PLAIN_DECIMAL.fullmatch(text):
        raise NotANumber(number=text[:40])
    return Fraction(text)
