"""The grids of the Belgian VAT return: where the base of each VAT row of a sale is declared.

Different zeros stand in different grids: exempt is not reverse charge, and neither is an export. The
numbers are those of the periodical return (form 625) ◇; a supply of services to the Union by reverse
charge (44) needs a category of its own before it can be told from a domestic one (45).
"""

from __future__ import annotations

from collections.abc import Mapping

from domain.vat import VatCategory, VatRow

_BY_RATE: Mapping[int, str] = {600: "01", 1200: "02", 2100: "03"}
_BY_CATEGORY: Mapping[VatCategory, str] = {
    VatCategory.ZERO_RATED: "00",
    VatCategory.EXEMPT: "00",
    VatCategory.REVERSE_CHARGE: "45",
    VatCategory.INTRA_COMMUNITY: "46",
    VatCategory.EXPORT: "47",
}
_CREDITED_ABROAD = "48"
_CREDITED = "49"


def grid_of_sale(row: VatRow) -> str | None:
    """Return the grid of the base of a row of an invoice; raises LookupError for a rate without one.

    What stands outside the scope of VAT, as within a VAT unit, is declared in none.
    """
    if row.category is VatCategory.OUTSIDE_SCOPE:
        return None
    if row.category is VatCategory.STANDARD:
        return _BY_RATE[row.rate_bp]
    return _BY_CATEGORY[row.category]


def grid_of_credit(row: VatRow) -> str | None:
    """Return the grid of the base of a row of a credit note: 48 within the Union, none outside the scope, else 49."""
    if row.category is VatCategory.OUTSIDE_SCOPE:
        return None
    return _CREDITED_ABROAD if row.category is VatCategory.INTRA_COMMUNITY else _CREDITED
