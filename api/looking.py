"""What a view may lean on: the read models, as far as the client asked them to be, and the past.

`Ledger-Min-Position` lets a client read what it wrote: the view waits for it, briefly, and only for
the read models it reads, so that one that stopped takes no other view with it. Every view says the
position it rests on, in its body and as `Ledger-Position`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Protocol
from uuid import UUID

from fastapi import Depends, Header, Query, Response
from pydantic import BeforeValidator

from api.context import Using
from api.errors import HeaderUnusable
from api.forms import EARLIEST, LATEST, Day
from eventstore.errors import PositionNotReached
from eventstore.log import Head, Log
from projections.dated_sums import Axis, Past
from projections.reader import Reader

PATIENCE_S = 2.0
MOST_DIGITS = 18
NO_MOMENT = "a position, or a moment such as 2026-01-31T12:00:00Z"


def _moment(written: object) -> object:
    """Read a position of the log, or a moment with its offset from UTC."""
    if not isinstance(written, str):
        raise ValueError(NO_MOMENT)  # noqa: TRY004 - as pydantic asks
    if written.isascii() and written.isdigit() and len(written) <= MOST_DIGITS:
        return int(written)
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise ValueError(NO_MOMENT) from None
    if moment.tzinfo is None or not EARLIEST.year <= moment.year <= LATEST.year:
        raise ValueError("a moment needs its offset from UTC, as in 2026-01-31T12:00:00Z")
    return moment


KnownAt = Annotated[
    int | datetime,
    BeforeValidator(_moment),
    Query(description="as the log stood at this position, or at this moment (ISO 8601 with its offset)"),
]
AsOf = Annotated[Day, Query(description="as of the end of this business day")]
OnAxis = Annotated[Axis, Query(description="which day of a fact counts: booked (legal reports) or effective")]
OfEntity = Annotated[UUID | None, Query(description="of this legal entity only")]
OfFund = Annotated[UUID | None, Query(description="of this mutual fund only")]
Limit = Annotated[int, Query(ge=1, le=1000)]
Position = Annotated[int, Query(ge=0, lt=10**MOST_DIGITS)]


@dataclass(frozen=True, slots=True)
class View:
    """The read models, at least as far as the client asked (`seen`)."""

    models: Reader
    log: Log
    response: Response
    seen: int = 0

    @property
    def reader(self) -> Reader:
        """What a view of many read models asks; raises PositionNotReached."""
        return self.reading()

    def reading(self, *models: str) -> Reader:
        """Return the reader once these read models, or all, stand where the client asked.

        Raises PositionNotReached.
        """
        if self.seen and not self.models.wait_for(self.seen, *models, timeout=PATIENCE_S):
            raise PositionNotReached(position=self.seen)
        return self.models

    def at(self, position: int) -> int:
        """Say on which position the answer rests, and return it."""
        self.response.headers["Ledger-Position"] = str(position)
        return position

    def standing_at(self, *models: str) -> int:
        """Say how far these read models have read; ask before reading, so that the answer is no older.

        Raises PositionNotReached.
        """
        return self.at(self.reading(*models).position(*models))

    def head(self) -> Head:
        """Say how long the log is; raises PositionNotReached if it is shorter than the client asked."""
        head = self.log.head()
        if head.size < self.seen:
            raise PositionNotReached(position=self.seen)
        self.at(head.size)
        return head


class Placed(Protocol):
    """A row that knows its place in the log."""

    @property
    def position(self) -> int:
        """The position of its fact."""


def next_of(rows: Sequence[Placed], limit: int) -> int | None:
    """Return what the next page is asked for by: the position of the last row, None behind the last page."""
    return rows[-1].position if len(rows) == limit else None


def _viewing(
    services: Using,
    response: Response,
    min_position: Annotated[
        str | None,
        Header(alias="Ledger-Min-Position", description="wait (at most 2 seconds) until this can be read"),
    ] = None,
) -> View:
    """Take down what the client must see; raises HeaderUnusable."""
    if min_position is None:
        return View(services.reader, services.log, response)
    if not (min_position.isascii() and min_position.isdigit() and len(min_position) <= MOST_DIGITS):
        raise HeaderUnusable(header="Ledger-Min-Position")
    return View(services.reader, services.log, response, int(min_position))


def _past(
    services: Using, as_of: AsOf | None = None, known_at: KnownAt | None = None, axis: OnAxis = Axis.BOOKED
) -> Past:
    """Resolve the past that is asked for: a moment becomes the position the log had then."""
    position = services.log.position_at(known_at) if isinstance(known_at, datetime) else known_at
    return Past(as_of, position, axis)


Look = Annotated[View, Depends(_viewing)]
InThePast = Annotated[Past, Depends(_past)]
