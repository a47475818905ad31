"""The clocks of the ledger: the wall's, and one that a demo or test sets."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo


def wall_clock() -> datetime:
    """Return the time now, in UTC."""
    return datetime.now(UTC)


def new_id() -> UUID:
    """Return a fresh random id."""
    return uuid4()


def business_day(at: datetime, zone: ZoneInfo) -> date:
    """Return the business day of a moment, in the cooperative's own time zone."""
    return at.astimezone(zone).date()


class SimulatedClock:
    """A clock that stands where it is set, and moves a little at every look."""

    def __init__(self, start: datetime, *, step: timedelta = timedelta(milliseconds=1)) -> None:
        """Start at a moment with a time zone; with a `step` of nothing it stands still until it is set."""
        self._now = start
        self._step = step

    def set_day(self, day: date, *, hour: int = 9) -> None:
        """Move to that hour (UTC) of that day; never back."""
        self._now = max(self._now, datetime(day.year, day.month, day.day, hour, tzinfo=UTC))

    def __call__(self) -> datetime:
        """Return the moment it stands at."""
        self._now += self._step
        return self._now
