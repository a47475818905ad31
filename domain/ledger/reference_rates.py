"""The reference rates behind late interest: a half-year's is added once it is published."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.aggregates.legal_entity import LegalEntity
from domain.errors import ReferenceRateKnown
from domain.facts import Stamp, require_day
from domain.ledger.books import Books
from domain.ledger.entities import set_parameter
from domain.ledger.late_presets import REFERENCE_RATES, reference_rates


def add_reference_rate(
    books: Books, stamp: Stamp, *, entity_id: UUID, half_year: date, rate_bp: int, source_ref: str
) -> None:
    """Know the rate of the half-year that begins on that day, in basis points, from the day of the stamp on.

    The table is set anew with the new row; rates that are known stay. Raises ReferenceRateKnown, and
    InvalidParameter if no half-year begins on that day.
    """
    require_day(half_year)
    known = reference_rates(books.get(LegalEntity, entity_id), stamp.effective_on)
    if half_year in known:
        raise ReferenceRateKnown(half_year=half_year, rate_bp=known[half_year])
    rows = sorted([*known.items(), (half_year, rate_bp)])
    set_parameter(
        books,
        stamp,
        entity_id=entity_id,
        name=REFERENCE_RATES,
        value=",".join(f"{first_on}={each_bp}" for first_on, each_bp in rows),
        valid_from=stamp.effective_on,
        source_ref=source_ref,
    )
