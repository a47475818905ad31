"""Old books are refused by name for each code given twice, unknown or beyond, and each figure that is not sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.errors import (
    AmountNotPositive,
    AmountTooLarge,
    DuePrecedesIssue,
    EmptyText,
    FiguresDoNotAddUp,
    InvalidDay,
    OldBooksUnreadable,
    OldCodeTwice,
    OldCodeUnknown,
    OldItemTooLate,
    OldNumberBeyondLast,
    OldSharesOverlap,
    Refusal,
    VatRateNotForCategory,
)
from domain.ledger.old_codes import require_sound
from domain.money import MAX_CENTS
from domain.old_books import OldBalance, OldBooks, OldSeries, OldShareClass, OldShares
from domain.vat import VatCategory, VatRow
from tests.old_books import BOOKS, FIRST_DAY, row

FIRST, SECOND = BOOKS.invoices
(BILL,) = BOOKS.purchases
LAST_OLD_DAY = FIRST_DAY - timedelta(days=1)
TOO_EARLY = date(1899, 12, 31)


def twice(part: str) -> OldBooks:
    """The books with the first of a kind given twice."""
    given = getattr(BOOKS, part)
    says: dict[str, Any] = {part: (*given, given[0])}
    return replace(BOOKS, **says)


def but(part: str, n: int, **says: Any) -> OldBooks:
    """The books in which one thing says something else."""
    given = list(getattr(BOOKS, part))
    given[n] = replace(given[n], **says)
    changed: dict[str, Any] = {part: tuple(given)}
    return replace(BOOKS, **changed)


def rows(*made: VatRow, open_c: int | None = None) -> OldBooks:
    """The books whose first invoice has these rows, and is open for what they come to unless told otherwise."""
    comes_to_c = sum(each.base_c + each.vat_c for each in made)
    return but("invoices", 0, vat=made, open_c=comes_to_c if open_c is None else open_c)


def test_the_books_are_sound_and_so_are_they_at_every_bound() -> None:
    at_bounds: Sequence[OldBooks] = [
        BOOKS,
        but("members", 1, member_no=7, joined_on=LAST_OLD_DAY),
        replace(BOOKS, last_register_no=3),
        replace(BOOKS, share_classes=(replace(BOOKS.share_classes[0], last_no=16),)),
        but("shares", 1, from_no=11, to_no=11),
        but("series", 0, last_no=1, last_on=LAST_OLD_DAY),
        but("invoices", 0, due_on=FIRST.issued_on),
        but("invoices", 1, doubtful_c=SECOND.open_c, adjusted_c=SECOND.open_c),
        but("invoices", 0, contribution_bp=0, fund_bp={"SOLIDARITY": 10_000}),
        rows(row(1_000_00, 210_01)),
        rows(row(1_000_00, 209_99)),
        rows(row(1_000_00, 0, rate_bp=0)),
        rows(row(1_000_00, 10, rate_bp=1)),
        rows(row(100, 21), row(100, 6, rate_bp=600)),
    ]
    for old in at_bounds:
        require_sound(old)


REFUSED: Sequence[tuple[OldBooks, type[Refusal], dict[str, Any]]] = [
    (twice("members"), OldCodeTwice, {"kind": "member", "given": "M1"}),
    (twice("activities"), OldCodeTwice, {"kind": "activity", "given": "A1"}),
    (twice("share_classes"), OldCodeTwice, {"kind": "share class", "given": "A"}),
    (twice("funds"), OldCodeTwice, {"kind": "fund", "given": "SOLIDARITY"}),
    (twice("clients"), OldCodeTwice, {"kind": "client", "given": "D100"}),
    (twice("suppliers"), OldCodeTwice, {"kind": "supplier", "given": "K7"}),
    (twice("invoices"), OldCodeTwice, {"kind": "invoice", "given": "2026/117"}),
    (twice("purchases"), OldCodeTwice, {"kind": "bill", "given": ("K7", "TT/8")}),
    (twice("series"), OldCodeTwice, {"kind": "series", "given": ("F", 2026)}),
    (twice("balances"), OldCodeTwice, {"kind": "balance", "given": ("1109", None)}),
    (but("members", 1, member_no=1), OldCodeTwice, {"kind": "member number", "given": 1}),
    (but("activities", 0, members=("M9",)), OldCodeUnknown, {"kind": "member", "named": "M9"}),
    (but("shares", 0, member="M9"), OldCodeUnknown, {"kind": "member", "named": "M9"}),
    (but("shares", 0, share_class="Z"), OldCodeUnknown, {"kind": "share class", "named": "Z"}),
    (but("balances", 8, activity="A9"), OldCodeUnknown, {"kind": "activity", "named": "A9"}),
    (but("invoices", 0, activity="A9"), OldCodeUnknown, {"kind": "activity", "named": "A9"}),
    (but("invoices", 0, client="D9"), OldCodeUnknown, {"kind": "client", "named": "D9"}),
    (but("invoices", 0, fund_bp={"NONE": 1}), OldCodeUnknown, {"kind": "fund", "named": "NONE"}),
    (but("purchases", 0, supplier="K9"), OldCodeUnknown, {"kind": "supplier", "named": "K9"}),
    (but("series", 0, series="Q"), OldCodeUnknown, {"kind": "series", "named": "Q"}),
    (
        but("balances", 0, activity="A1"),
        OldCodeUnknown,
        {"kind": "activity of an account", "named": "1109"},
    ),
    (but("members", 1, member_no=8), OldNumberBeyondLast, {"kind": "member", "number": 8, "last_no": 7}),
    (but("members", 1, member_no=0), AmountNotPositive, {}),
    (
        but("shares", 1, register_no=6),
        OldNumberBeyondLast,
        {"kind": "register entry", "number": 6, "last_no": 5},
    ),
    (
        but("shares", 1, to_no=21),
        OldNumberBeyondLast,
        {"kind": "share of class A", "number": 21, "last_no": 20},
    ),
    (but("members", 0, joined_on=FIRST_DAY), OldItemTooLate, {"day": FIRST_DAY, "first_day_here": FIRST_DAY}),
    (but("members", 0, joined_on=TOO_EARLY), InvalidDay, {"day": TOO_EARLY}),
    (but("series", 0, last_on=FIRST_DAY), OldItemTooLate, {"day": FIRST_DAY}),
    (but("series", 0, last_no=0), AmountNotPositive, {}),
    (but("series", 0, year=2025), OldBooksUnreadable, {"series": "F", "year": 2025}),
    (but("invoices", 0, issued_on=FIRST_DAY), OldItemTooLate, {"day": FIRST_DAY}),
    (but("purchases", 0, issued_on=FIRST_DAY), OldItemTooLate, {"day": FIRST_DAY}),
    (but("invoices", 0, due_on=date(3000, 1, 1)), InvalidDay, {"day": date(3000, 1, 1)}),
    (but("invoices", 0, due_on=date(2026, 2, 19)), DuePrecedesIssue, {"due_on": date(2026, 2, 19)}),
    (but("purchases", 0, due_on=date(2026, 2, 1)), DuePrecedesIssue, {"due_on": date(2026, 2, 1)}),
    (but("shares", 1, from_no=10), OldSharesOverlap, {"from_no": 10, "to_no": 10}),
    (but("shares", 0, from_no=0), OldSharesOverlap, {"from_no": 0}),
    (but("shares", 0, from_no=5, to_no=4), OldSharesOverlap, {"from_no": 5, "to_no": 4}),
    (but("balances", 0, balance_c=MAX_CENTS + 1), AmountTooLarge, {}),
    (but("shares", 0, price_c=0), AmountNotPositive, {}),
    (but("shares", 0, price_c=MAX_CENTS), AmountTooLarge, {}),
    (but("purchases", 0, open_c=0), AmountNotPositive, {}),
    (but("purchases", 0, purchase_no=" "), EmptyText, {"field": "purchase_no"}),
    (but("funds", 0, accrued_c=MAX_CENTS + 1), AmountTooLarge, {}),
    (but("activities", 0, result_c=MAX_CENTS + 1), AmountTooLarge, {}),
    (replace(BOOKS, cooperative_c=MAX_CENTS + 1), AmountTooLarge, {}),
    (but("invoices", 0, open_c=0), AmountNotPositive, {}),
    (but("invoices", 0, invoice_no=" "), EmptyText, {"field": "invoice_no"}),
    (rows(row(100, 21), row(200, 42)), OldCodeTwice, {"kind": "VAT row of 2026/117"}),
    (rows(row(0, 0), row(100, 6, rate_bp=600)), AmountNotPositive, {}),
    (
        rows(VatRow(VatCategory.EXEMPT, 2_100, "", 100, 21)),
        VatRateNotForCategory,
        {"category": VatCategory.EXEMPT, "rate_bp": 2_100},
    ),
    (rows(VatRow(VatCategory.EXEMPT, 1, "", 1_000_00, 10)), VatRateNotForCategory, {"rate_bp": 1}),
    (
        rows(VatRow(VatCategory.STANDARD, 0, "", 100, 0)),
        VatRateNotForCategory,
        {"category": VatCategory.STANDARD, "rate_bp": 0},
    ),
    (
        rows(row(1_000_00, 210_02)),
        FiguresDoNotAddUp,
        {"figure": "vat_c", "given": 210_02, "reckoned": 210_00, "invoice_no": "2026/117"},
    ),
    (rows(row(100, 1, rate_bp=0)), FiguresDoNotAddUp, {"figure": "vat_c", "given": 1, "reckoned": 0}),
    (
        rows(row(1_000_00, 210_00), open_c=1_210_01),
        FiguresDoNotAddUp,
        {"figure": "open_c", "given": 1_210_01, "reckoned": 1_210_00, "invoice_no": "2026/117"},
    ),
    (but("invoices", 1, doubtful_c=500_01), OldBooksUnreadable, {"doubtful_c": 500_01}),
    (but("invoices", 1, doubtful_c=10, adjusted_c=11), OldBooksUnreadable, {"adjusted_c": 11}),
    (but("invoices", 1, doubtful_c=10, adjusted_c=-1), OldBooksUnreadable, {"adjusted_c": -1}),
    (but("invoices", 0, contribution_bp=-1), OldBooksUnreadable, {"rates_bp": [-1, 100]}),
    (but("invoices", 0, contribution_bp=9_901), OldBooksUnreadable, {"rates_bp": [9_901, 100]}),
]


@pytest.mark.parametrize(("old", "refusal", "facts"), REFUSED)
def test_what_is_not_sound_is_refused_by_name(
    old: OldBooks, refusal: type[Refusal], facts: dict[str, Any]
) -> None:
    with pytest.raises(Refusal) as refused:
        require_sound(old)
    assert type(refused.value) is refusal
    assert {name: refused.value.facts.get(name) for name in facts} == facts


def test_what_is_given_for_each_of_two_is_given_once() -> None:
    """Two suppliers, years, activities and classes may use the same number."""
    supplier = replace(BOOKS.suppliers[0], code="K8")
    share_class = OldShareClass("B", unavailable=True, statutes_ref="statutes art. 7", last_no=10)
    require_sound(
        replace(
            BOOKS,
            suppliers=(*BOOKS.suppliers, supplier),
            purchases=(BILL, replace(BILL, supplier="K8")),
            series=(*BOOKS.series, OldSeries("F", 2025, 300, date(2025, 12, 31))),
            balances=(*BOOKS.balances, OldBalance("612", 1, "A2")),
            share_classes=(*BOOKS.share_classes, share_class),
            shares=(*BOOKS.shares, OldShares("M1", "B", 5, 1, 10, 250_00)),
        )
    )
