"""Periods: open a month, book into it, stop its bookings, close it with its digest."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.period import Period, PeriodState
from domain.errors import (
    BooksStopped,
    DigestTooEarly,
    EarlierPeriodOpen,
    InvalidMonth,
    LaterPeriodStopped,
    NoOpenPeriod,
)
from domain.facts import FIRST_DAY, LAST_DAY, Stamp, require_day
from domain.ids import derived_id
from domain.ledger.books import Books

# Every posted fact asks for its month: what follows from its name alone is worked out once.
MONTHS_AT_HAND = 1_024
_ONE_DAY = timedelta(days=1)
LOOK_AHEAD_MONTHS = 24
"""How far a late fact may be carried forward; two years without an open month is no running ledger."""


@lru_cache(maxsize=MONTHS_AT_HAND)
def period_id(entity_id: UUID, month: str) -> UUID:
    """Return the id of the period of that entity and month."""
    return derived_id("period", entity_id, month)


def open_period(books: Books, stamp: Stamp, *, entity_id: UUID, month: str) -> None:
    """Let a month take bookings, unless the books are stopped beyond it."""
    entity = books.get(LegalEntity, entity_id)
    first_on, last_on = days_of(month)
    if last_on <= entity.stopped_through:
        raise BooksStopped(month=month, stopped_through=entity.stopped_through)
    books.record(
        Period.begin(
            stamp,
            id=period_id(entity_id, month),
            entity_id=entity_id,
            month=month,
            first_on=first_on,
            last_on=last_on,
        )
    )


def stop_bookings(books: Books, stamp: Stamp, *, entity_id: UUID, month: str) -> None:
    """Book nothing more into a month, nor ever before it; no earlier month may still take bookings."""
    first_on, last_on = days_of(month)
    period = books.get(Period, period_id(entity_id, month))
    earlier = _earlier_open(books, entity_id, first_on)
    if earlier is not None:
        raise EarlierPeriodOpen(month=month, earlier=earlier)
    period.stop_bookings(stamp, position=books.position)
    books.get(LegalEntity, entity_id).stop_books(stamp, through_on=last_on)


def close_period(
    books: Books,
    stamp: Stamp,
    *,
    entity_id: UUID,
    month: str,
    position: int,
    trial_balance_sha256: str,
    debit_c: int,
    credit_c: int,
) -> None:
    """Close a month whose bookings have stopped, with the digest of its trial balance at `position`."""
    if position > books.position:
        raise DigestTooEarly(position=position, log_ends_at=books.position)
    books.get(Period, period_id(entity_id, month)).close(
        stamp,
        position=position,
        trial_balance_sha256=trial_balance_sha256,
        debit_c=debit_c,
        credit_c=credit_c,
    )


def propose_reopening(books: Books, stamp: Stamp, *, entity_id: UUID, month: str, reason: str) -> None:
    """Propose to open the last closed month again; a second person does it."""
    _require_last_stopped(books, entity_id, month)
    books.get(Period, period_id(entity_id, month)).propose_reopening(stamp, reason=reason)


def reopen_period(books: Books, stamp: Stamp, *, entity_id: UUID, month: str) -> None:
    """Open the last closed month again as a second person; it takes bookings until it is closed anew."""
    _require_last_stopped(books, entity_id, month)
    books.get(Period, period_id(entity_id, month)).reopen(stamp)
    books.get(LegalEntity, entity_id).reopen_books(stamp, from_on=days_of(month)[0])


def is_soft_closed(books: Books, entity_id: UUID, day: date) -> bool:
    """Tell whether that day's month takes bookings from the accountant's hand only."""
    period = books.find(Period, period_id(entity_id, _month(day, 0)))
    return period is not None and period.state is PeriodState.CLOSING


def months_not_closed(books: Books, entity_id: UUID, first_on: date, last_on: date) -> list[str]:
    """Return the months between two days that are not closed, or were never opened."""
    months = (last_on.year - first_on.year) * 12 + last_on.month - first_on.month + 1
    named = [_month(first_on, ahead) for ahead in range(months)]
    return [month for month in named if not _is_closed(books, entity_id, month)]


def booking_date(books: Books, entity_id: UUID, day: date) -> date:
    """Return the day on which a fact of that day is booked.

    The day itself if its period is open, else the first day of the first open period after it;
    never a day through which the books are stopped. Raises InvalidDay, NoOpenPeriod.
    """
    require_day(day)
    earliest = max(day, books.get(LegalEntity, entity_id).stopped_through + _ONE_DAY)
    for ahead in range(LOOK_AHEAD_MONTHS + 1):
        month = _month(earliest, ahead)
        if _is_open(books, entity_id, month):
            return max(earliest, days_of(month)[0])
    raise NoOpenPeriod(day=day, looked_through=_month(earliest, LOOK_AHEAD_MONTHS))


def _earlier_open(books: Books, entity_id: UUID, first_on: date) -> str | None:
    """Return an earlier month that still takes bookings, of those within reach."""
    months = (_month(first_on, -back) for back in range(1, LOOK_AHEAD_MONTHS + 1))
    return next((month for month in months if _is_open(books, entity_id, month)), None)


def _require_last_stopped(books: Books, entity_id: UUID, month: str) -> None:
    """Refuse a month behind which another is stopped: its figures rest on this one's."""
    entity, (_, last_on) = books.get(LegalEntity, entity_id), days_of(month)
    if entity.stopped_through > last_on:
        raise LaterPeriodStopped(month=month, stopped_through=entity.stopped_through)


def _is_closed(books: Books, entity_id: UUID, month: str) -> bool:
    period = books.find(Period, period_id(entity_id, month))
    return period is not None and period.state is PeriodState.CLOSED


def _is_open(books: Books, entity_id: UUID, month: str) -> bool:
    period = books.find(Period, period_id(entity_id, month))
    return period is not None and period.state is PeriodState.OPEN


@lru_cache(maxsize=MONTHS_AT_HAND)
def _month(day: date, ahead: int) -> str:
    months = day.year * 12 + day.month - 1 + ahead
    return f"{months // 12:04}-{months % 12 + 1:02}"


@lru_cache(maxsize=MONTHS_AT_HAND)
def days_of(month: str) -> tuple[date, date]:
    """Return the first and the last day of a month written `2026-03`; raises InvalidMonth."""
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", month):
        raise InvalidMonth(month=month)
    year, number = int(month[:4]), int(month[5:])
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise InvalidMonth(month=month)
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])
