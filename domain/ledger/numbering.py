"""The numbers of documents: one gap-free series for each entity, kind of document and year."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.aggregates.number_series import NumberSeries
from domain.facts import Stamp
from domain.ids import derived_id
from domain.ledger.books import Books


def next_number(books: Books, stamp: Stamp, *, entity_id: UUID, series: str, on: date) -> int:
    """Take the next number of a series for a document of that date; the first one opens the series.

    Raises IssueDateGoesBack, IssueDateTooFar.
    """
    id_ = derived_id("number-series", entity_id, series, on.year)
    numbers = books.find(NumberSeries, id_)
    if numbers is None:
        numbers = NumberSeries.begin(stamp, id=id_, entity_id=entity_id, series=series, year=on.year)
        books.record(numbers)
    return numbers.take(stamp, on=on)
