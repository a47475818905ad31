"""How an activity is frozen, goes on, and ends; what it lacks at its end is in `deficits`."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.facts import Stamp
from domain.ledger.books import Books


def freeze_activity(books: Books, stamp: Stamp, *, activity_id: UUID, reason: str) -> None:
    """Let an activity promise and invoice nothing new; what is owed already is paid."""
    books.get(Activity, activity_id).freeze(stamp, reason=reason)


def begin_closing(books: Books, stamp: Stamp, *, activity_id: UUID, ends_on: date, reason: str) -> None:
    """Let an activity end on that day: what is supplied until then is invoiced and paid as before."""
    books.get(Activity, activity_id).begin_closing(stamp, ends_on=ends_on, reason=reason)


def reopen_activity(books: Books, stamp: Stamp, *, activity_id: UUID, reason: str) -> None:
    """Let an activity go on that was frozen, closing or closed."""
    books.get(Activity, activity_id).reopen(stamp, reason=reason)


def close_activity(books: Books, stamp: Stamp, *, activity_id: UUID) -> None:
    """Close an activity on its last day or later, once nothing is on it."""
    books.get(Activity, activity_id).close(stamp)
