"""VAT on a document: one row per category and rate, rounded once per row.

EN 16931 BR-CO-17 reckons VAT on the sum of the lines of a category and rate, never per line; the
Royal Decree of July 2025 asks the same of Belgian structured invoices. Exempt, reverse charge,
intra-Community and export are different zeros: they go to different grids of the return.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from domain.errors import (
    CreditExceedsInvoice,
    CreditWithoutRows,
    ExemptionNotForCategory,
    FiguresDoNotAddUp,
    NotANumber,
    VatRateNotForCategory,
    VatRowNamedTwice,
    VatRowNotOfInvoice,
)
from domain.money import require_holdable, require_positive, rounded, share

_PLAIN_DECIMAL = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,10})?")


class VatCategory(StrEnum):
    """The VAT category codes of EN 16931 (UNCL 5305) that the cooperative uses."""

    STANDARD = "S"
    ZERO_RATED = "Z"
    EXEMPT = "E"
    REVERSE_CHARGE = "AE"
    INTRA_COMMUNITY = "K"
    EXPORT = "G"
    OUTSIDE_SCOPE = "O"


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

    @property
    def key(self) -> RowKey:
        """What tells it from the other rows of its document."""
        return self.category, self.rate_bp, self.exemption_code


@dataclass(frozen=True)
class CreditedBase:
    """What is asked to be credited of one VAT row of an invoice, net of VAT, in cents."""

    category: VatCategory
    rate_bp: int
    exemption_code: str
    base_c: int

    @property
    def key(self) -> RowKey:
        """Which row of the invoice is meant."""
        return self.category, self.rate_bp, self.exemption_code


RowKey = tuple[VatCategory, int, str]


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


def require_reckoned(lines: Iterable[InvoiceLine]) -> None:
    """Refuse a line whose net amount is not its quantity times its price; raises FiguresDoNotAddUp."""
    for line in lines:
        reckoned_c = rounded(_decimal(line.quantity) * _decimal(line.unit_price) * 100)
        if line.net_c != reckoned_c:
            raise FiguresDoNotAddUp(figure="net_c", given=line.net_c, reckoned=reckoned_c)


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


def net_of(rows: Iterable[VatRow]) -> int:
    """Return what rows come to net of VAT, in cents."""
    return sum(row.base_c for row in rows)


def vat_of(rows: Iterable[VatRow]) -> int:
    """Return the VAT of rows, in cents."""
    return sum(row.vat_c for row in rows)


def credit_rows(
    rows: Sequence[VatRow], credited: Sequence[VatRow], asked: Sequence[CreditedBase] | None
) -> tuple[VatRow, ...]:
    """Return the VAT rows of a credit note on a document with these rows, some of it `credited` before.

    Each at the document's own rate, as the difference of two rounded sums: credit notes that add up
    to the document reverse exactly its VAT. None asks for all that is left. Raises
    CreditWithoutRows, VatRowNamedTwice, VatRowNotOfInvoice, CreditExceedsInvoice, AmountNotPositive.
    """
    left = {row.key: row for row in left_of(rows, credited)}
    if asked is None:
        return tuple(row for row in left.values() if row.base_c)
    if not asked:
        raise CreditWithoutRows
    if len({each.key for each in asked}) != len(asked):
        raise VatRowNamedTwice(rows=len(asked))
    before = {row.key: row.base_c for row in credited}
    made: list[VatRow] = []
    for each in sorted(asked, key=lambda each: each.key):
        require_positive(each.base_c)
        row = left.get(each.key)
        if row is None:
            raise VatRowNotOfInvoice(category=each.category, rate_bp=each.rate_bp)
        if each.base_c > row.base_c:
            raise CreditExceedsInvoice(rate_bp=each.rate_bp, left_c=row.base_c, asked_c=each.base_c)
        sooner_c = before.get(each.key, 0)
        vat_c = share(sooner_c + each.base_c, each.rate_bp) - share(sooner_c, each.rate_bp)
        if each.base_c == row.base_c or vat_c > row.vat_c:
            # What is open of an old invoice may bear a cent more or less than its rate makes of it.
            vat_c = row.vat_c
        made.append(replace(row, base_c=each.base_c, vat_c=vat_c))
    return tuple(made)


def left_of(rows: Sequence[VatRow], credited: Sequence[VatRow]) -> tuple[VatRow, ...]:
    """Return what stays of a document's rows beside what was credited; all its rows, nothing left or not."""
    taken = {row.key: row for row in credited}
    return tuple(
        replace(row, base_c=row.base_c - taken[row.key].base_c, vat_c=row.vat_c - taken[row.key].vat_c)
        if row.key in taken
        else row
        for row in rows
    )


def added(rows: Sequence[VatRow], more: Sequence[VatRow]) -> tuple[VatRow, ...]:
    """Return rows with more added to them, key by key."""
    sums = {row.key: row for row in rows}
    for row in more:
        known = sums.get(row.key, replace(row, base_c=0, vat_c=0))
        sums[row.key] = replace(row, base_c=known.base_c + row.base_c, vat_c=known.vat_c + row.vat_c)
    return tuple(sums.values())


def _decimal(text: str) -> Fraction:
    """Read what an e-invoice can repeat as it stands: no exponent, no other digits than ours."""
    if not _PLAIN_DECIMAL.fullmatch(text):
        raise NotANumber(number=text[:40])
    return Fraction(text)
