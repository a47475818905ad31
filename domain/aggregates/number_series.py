"""A gap-free series of numbers, in date order: invoices, credit notes, register entries.

    ── Opened ──> open ── NumberTaken ──> open, one number further
    ── TakenOver ──> open, from the number after that of the old books

The number is taken in the same batch as the document it names, so no number is lost or given
twice (AR n°1 art. 5: an uninterrupted series).
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from domain.errors import IssueDateGoesBack, IssueDateTooFar
from domain.facts import Ledgered, Stamp


class NumberSeries(Ledgered):
    """The numbers of one kind of document, of one entity and year."""

    TOPIC = "number-series"

    def __init__(self) -> None:
        """Start before the first number."""
        self.last = 0
        self.last_on = date.min

    class Event(Ledgered.Event):
        """What happened to a series."""

    class Opened(Event, Ledgered.Created):
        """The series begins: its first number is 1."""

        TOPIC = "number-series.opened.v1"
        entity_id: UUID | None
        series: str
        year: int

    Created = Opened

    class NumberTaken(Event):
        """The next number was given to a document of that date."""

        TOPIC = "number-series.number-taken.v1"
        number: int
        on: date

        def apply(self, series: NumberSeries) -> None:
            """Move on to this number and date."""
            series.last = self.number
            series.last_on = self.on

    class TakenOver(Event):
        """Old books gave the numbers up to this one, the last of them to a document of that day."""

        TOPIC = "number-series.taken-over.v1"
        number: int
        on: date

        def apply(self, series: NumberSeries) -> None:
            """Go on from this number and date."""
            series.last = self.number
            series.last_on = self.on

    def take(self, stamp: Stamp, *, on: date) -> int:
        """Take the next number for a document of that date; dates never go back, nor past the day.

        A date that is yet to come would refuse every document before it. Recorded times are in UTC;
        a business day begins up to a day earlier.
        """
        if on < self.last_on:
            raise IssueDateGoesBack(on=on, last=self.last_on)
        if on > stamp.recorded_at.date() + timedelta(days=1):
            raise IssueDateTooFar(on=on, recorded_at=stamp.recorded_at)
        self.note(self.NumberTaken, stamp, number=self.last + 1, on=on)
        return self.last

    def take_over(self, stamp: Stamp, *, number: int, on: date) -> None:
        """Go on from the last number of the old books: the next one is `number` + 1."""
        self.note(self.TakenOver, stamp, number=number, on=on)
