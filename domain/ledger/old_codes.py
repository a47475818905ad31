"""The codes and numbers of old books: each is given once, and what speaks of one finds it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from uuid import UUID

from domain.errors import (
    DuePrecedesIssue,
    EmptyText,
    FiguresDoNotAddUp,
    OldBooksUnreadable,
    OldCodeTwice,
    OldCodeUnknown,
    OldItemTooLate,
    OldNumberBeyondLast,
    OldSharesOverlap,
    VatRateNotForCategory,
)
from domain.facts import require_day
from domain.ids import derived_id
from domain.ledger.credit_notes import SERIES as CREDIT_NOTES
from domain.ledger.invoicing import SERIES as INVOICES
from domain.ledger.reconciling import RESULTS
from domain.money import BASIS_POINTS, require_holdable, require_positive, share
from domain.old_books import OldBooks, OldInvoice, OldShares
from domain.vat import VatCategory


def old_id(kind: str, entity_id: UUID, code: str) -> UUID:
    """Return the id of what an entity's old books call by that code, or number."""
    return derived_id(f"old-{kind}", entity_id, code)


def require_sound(old: OldBooks) -> None:
    """Refuse old books that speak of what they do not explain, give a number twice, or one too high."""
    members = _once("member", (each.code for each in old.members))
    activities = _once("activity", (each.code for each in old.activities))
    classes = _once("share class", (each.code for each in old.share_classes))
    funds = _once("fund", (each.code for each in old.funds))
    clients = _once("client", (each.code for each in old.clients))
    suppliers = _once("supplier", (each.code for each in old.suppliers))
    _once("member number", (each.member_no for each in old.members))
    _once("invoice", (each.invoice_no for each in old.invoices))
    _once("bill", ((each.supplier, each.purchase_no) for each in old.purchases))
    _once("series", ((each.series, each.year) for each in old.series))
    _once("balance", ((each.account, each.activity) for each in old.balances))
    _known("member", members, (code for each in old.activities for code in each.members))
    _known("member", members, (each.member for each in old.shares))
    _known("share class", classes, (each.share_class for each in old.shares))
    _known("activity", activities, (each.activity for each in old.balances if each.activity is not None))
    _known("activity", activities, (each.activity for each in old.invoices))
    _known("client", clients, (each.client for each in old.invoices))
    _known("fund", funds, (fund for each in old.invoices for fund in each.fund_bp))
    _known("supplier", suppliers, (each.supplier for each in old.purchases))
    _known("series", {INVOICES, CREDIT_NOTES}, (each.series for each in old.series))
    _require_numbers(old)
    _require_amounts(old)


def _once(kind: str, given: Iterable[object]) -> set[object]:
    """Return what is given, each once; raises OldCodeTwice."""
    seen: set[object] = set()
    for each in given:
        if each in seen:
            raise OldCodeTwice(kind=kind, given=each)
        seen.add(each)
    return seen


def _known(kind: str, known: Iterable[object], named: Iterable[object]) -> None:
    held = set(known)
    for each in named:
        if each not in held:
            raise OldCodeUnknown(kind=kind, named=each)


def _require_numbers(old: OldBooks) -> None:
    """Refuse numbers beyond the last one, shares given twice, and documents that are not old."""
    for member in old.members:
        _require_within("member", member.member_no, old.last_member_no)
        _require_before(member.joined_on, old.day)
    for line in old.shares:
        _require_within("register entry", line.register_no, old.last_register_no)
    for share_class in old.share_classes:
        lines = [each for each in old.shares if each.share_class == share_class.code]
        _require_apart(lines)
        for line in lines:
            _require_within(f"share of class {share_class.code}", line.to_no, share_class.last_no)
    for series in old.series:
        _require_before(series.last_on, old.day)
        require_positive(series.last_no)
        if series.year != series.last_on.year:
            raise OldBooksUnreadable(series=series.series, year=series.year, last_on=series.last_on)
    documents = [(each.issued_on, each.due_on) for each in old.invoices]
    documents += [(each.issued_on, each.due_on) for each in old.purchases]
    for issued_on, due_on in documents:
        _require_before(issued_on, old.day)
        require_day(due_on)
        if due_on < issued_on:
            raise DuePrecedesIssue(issued_on=issued_on, due_on=due_on)


def _require_within(kind: str, number: int, last_no: int) -> None:
    require_positive(number)
    if number > last_no:
        raise OldNumberBeyondLast(kind=kind, number=number, last_no=last_no)


def _require_before(day: date, first: date) -> None:
    require_day(day)
    if day >= first:
        raise OldItemTooLate(day=day, first_day_here=first)


def _require_apart(lines: Sequence[OldShares]) -> None:
    ordered = sorted(lines, key=lambda each: each.from_no)
    for line in ordered:
        if line.from_no < 1 or line.qty < 1:
            raise OldSharesOverlap(share_class=line.share_class, from_no=line.from_no, to_no=line.to_no)
    for one, next_one in pairwise(ordered):
        if next_one.from_no <= one.to_no:
            raise OldSharesOverlap(share_class=one.share_class, from_no=next_one.from_no, to_no=one.to_no)


def _require_amounts(old: OldBooks) -> None:
    """Refuse amounts that this ledger cannot hold, or that do not add up within an item."""
    for balance in old.balances:
        require_holdable(balance.balance_c)
        if balance.activity is not None and not balance.account.startswith(RESULTS):
            raise OldCodeUnknown(kind="activity of an account", named=balance.account)
    for line in old.shares:
        require_positive(line.price_c)
        require_holdable(line.price_c, line.to_no, line.amount_c)
    for purchase in old.purchases:
        require_positive(purchase.open_c)
        if not purchase.purchase_no.strip():
            raise EmptyText(field="purchase_no")
    for fund in old.funds:
        require_holdable(fund.accrued_c, fund.collected_c)
    for invoice in old.invoices:
        _require_invoice(invoice)
    require_holdable(old.cooperative_c, *(each.result_c for each in old.activities))


def _require_invoice(invoice: OldInvoice) -> None:
    """Refuse an open invoice whose rows are not at their rates, to the cent, or do not come to what is open."""
    require_positive(invoice.open_c)
    if not invoice.invoice_no.strip():
        raise EmptyText(field="invoice_no")
    _once(f"VAT row of {invoice.invoice_no}", (row.key for row in invoice.vat))
    for row in invoice.vat:
        require_positive(row.base_c)
        if (row.category is VatCategory.STANDARD) != (row.rate_bp > 0):
            raise VatRateNotForCategory(category=row.category, rate_bp=row.rate_bp)
        reckoned_c = share(row.base_c, row.rate_bp)
        if abs(row.vat_c - reckoned_c) > (1 if row.rate_bp else 0):
            raise FiguresDoNotAddUp(figure="vat_c", given=row.vat_c, reckoned=reckoned_c).about(
                invoice_no=invoice.invoice_no
            )
    if invoice.reckoned_c != invoice.open_c:
        raise FiguresDoNotAddUp(figure="open_c", given=invoice.open_c, reckoned=invoice.reckoned_c).about(
            invoice_no=invoice.invoice_no
        )
    if not 0 <= invoice.adjusted_c <= invoice.doubtful_c <= invoice.open_c:
        raise OldBooksUnreadable(
            invoice_no=invoice.invoice_no, doubtful_c=invoice.doubtful_c, adjusted_c=invoice.adjusted_c
        )
    rates = [invoice.contribution_bp, *invoice.fund_bp.values()]
    if min(rates) < 0 or sum(rates) > BASIS_POINTS:
        raise OldBooksUnreadable(invoice_no=invoice.invoice_no, rates_bp=rates)
