"""The accountant's own entries: book one by hand, take one back, defer or accrue over the end of a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from domain.account_codes import account_on
from domain.aggregates.activity import Activity
from domain.aggregates.fiscal_year import FiscalYear
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.manual_entry import ManualEntry, ManualLine, earned_by_activity
from domain.aggregates.period import Period
from domain.bookkeeping import chart
from domain.errors import ControlAccount, NotALeafAccount, OtherEntity, ReversalPrecedes
from domain.facts import Stamp
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.periods import booking_date, is_soft_closed, period_id


def reversal_id(entry_id: UUID) -> UUID:
    """Return the id of the entry that takes another one back."""
    return derived_id("manual-entry-reversal", entry_id)


def post_entry(
    books: Books,
    stamp: Stamp,
    *,
    entry_id: UUID,
    entity_id: UUID,
    day: date,
    lines: Sequence[ManualLine],
    reason: str,
    evidence_sha256: str,
) -> None:
    """Book an entry by hand on that day, also into a month whose bookings have stopped.

    Into a closed month it cannot come: it is booked on the first day of the first open one.
    """
    books.get(LegalEntity, entity_id)
    soft_closed = is_soft_closed(books, entity_id, day)
    booked_on = day if soft_closed else booking_date(books, entity_id, day)
    _post(
        books,
        stamp,
        entry_id=entry_id,
        entity_id=entity_id,
        booked_on=booked_on,
        lines=tuple(lines),
        reason=reason,
        evidence_sha256=evidence_sha256,
    )
    if soft_closed:
        books.get(Period, period_id(entity_id, f"{day:%Y-%m}")).authorise_late_entry(
            stamp, entry_id=entry_id, on=day, position=books.position
        )


def adjust_year(
    books: Books,
    stamp: Stamp,
    *,
    entry_id: UUID,
    year_id: UUID,
    lines: Sequence[ManualLine],
    reason: str,
    evidence_sha256: str,
    taken_back_on: date | None = None,
) -> None:
    """Book an entry at year end, until the accounts are approved; no month's digest counts it.

    A cut-off names the day in the next year on which it is taken back, by an entry of its own that
    is recorded with it.
    """
    year = books.get(FiscalYear, year_id)
    year.require_adjustable()
    if taken_back_on is not None and taken_back_on <= year.last_on:
        raise ReversalPrecedes(taken_back_on=taken_back_on, year_ends_on=year.last_on)
    _post(
        books,
        stamp,
        entry_id=entry_id,
        entity_id=year.entity_id,
        booked_on=year.last_on,
        lines=tuple(lines),
        reason=reason,
        evidence_sha256=evidence_sha256,
        year_end=True,
    )
    year.adjust(stamp, entry_id=entry_id, position=books.position)
    if taken_back_on is not None:
        _take_back(books, stamp, entry_id, day=taken_back_on, reason=reason, evidence_sha256=evidence_sha256)


def reverse_entry(
    books: Books, stamp: Stamp, *, entry_id: UUID, day: date, reason: str, evidence_sha256: str
) -> None:
    """Take an entry back by one with its sides turned round; each names the other."""
    _take_back(books, stamp, entry_id, day=day, reason=reason, evidence_sha256=evidence_sha256)


def _take_back(
    books: Books, stamp: Stamp, entry_id: UUID, *, day: date, reason: str, evidence_sha256: str
) -> None:
    entry = books.get(ManualEntry, entry_id)
    entry.reverse(stamp, by_entry_id=reversal_id(entry_id))
    _post(
        books,
        stamp,
        entry_id=reversal_id(entry_id),
        entity_id=entry.entity_id,
        booked_on=booking_date(books, entry.entity_id, day),
        lines=entry.turned_round(),
        reason=reason,
        evidence_sha256=evidence_sha256,
        reverses=entry_id,
    )


def _post(
    books: Books,
    stamp: Stamp,
    *,
    entry_id: UUID,
    entity_id: UUID,
    booked_on: date,
    lines: tuple[ManualLine, ...],
    reason: str,
    evidence_sha256: str,
    year_end: bool = False,
    reverses: UUID | None = None,
) -> None:
    """Record the entry on standard accounts, and tell each activity what it earns by it."""
    codes = books.get(LegalEntity, entity_id).account_codes
    lines = tuple(replace(line, account=account_on(codes, line.account, booked_on)) for line in lines)
    _require_accounts(lines)
    activities = {
        line.activity_id: books.get(Activity, line.activity_id)
        for line in lines
        if line.activity_id is not None
    }
    for activity_id, activity in activities.items():
        if activity.entity_id != entity_id:
            raise OtherEntity(entity_id=entity_id, activity_id=activity_id)
    books.record(
        ManualEntry.post(
            stamp,
            id=entry_id,
            entity_id=entity_id,
            booked_on=booked_on,
            lines=lines,
            reason=reason,
            evidence_sha256=evidence_sha256,
            year_end=year_end,
            reverses=reverses,
        )
    )
    for activity_id, amount_c in earned_by_activity(lines).items():
        activities[activity_id].adjust(stamp, document_id=entry_id, amount_c=amount_c)


def _require_accounts(lines: Sequence[ManualLine]) -> None:
    """Refuse accounts that have others below them, or that facts of their own keep."""
    for line in lines:
        if line.account in chart.CONTROLLED:
            raise ControlAccount(account=line.account)
        if not chart.is_leaf(line.account):
            raise NotALeafAccount(account=line.account)
