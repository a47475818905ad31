"""Declarations: what an entity owes the state for closed months, fixed with the figures of its books."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from uuid import UUID

from domain.aggregates.declaration import Declaration, Levy
from domain.aggregates.legal_entity import LegalEntity
from domain.errors import DeclaredAlready, DigestTooEarly, InvalidSpan, SpanStillOpen
from domain.facts import Stamp, months_after
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.periods import booking_date, months_not_closed

MOST_MONTHS = 12


def declaration_id(entity_id: UUID, levy: Levy, first_on: date) -> UUID:
    """Return the id of the one declaration of that levy for the span that begins on that day."""
    return derived_id("declaration", entity_id, levy.value, first_on.isoformat())


def authority_id(entity_id: UUID, levy: Levy) -> UUID:
    """Return the id under which the state is paid a levy."""
    return derived_id("authority", entity_id, levy.value)


def file_declaration(
    books: Books,
    stamp: Stamp,
    *,
    entity_id: UUID,
    levy: Levy,
    first_on: date,
    last_on: date,
    due_c: int,
    deductible_c: int,
    position: int,
) -> None:
    """Declare what is owed for whole, closed months, by the books as the log stood at `position`.

    Raises InvalidSpan, SpanStillOpen, DeclaredAlready, DigestTooEarly, AmountNegative.
    """
    books.get(LegalEntity, entity_id)
    require_span(first_on, last_on)
    open_months = months_not_closed(books, entity_id, first_on, last_on)
    if open_months:
        raise SpanStillOpen(months=", ".join(open_months))
    declared_from = _declared_from(books, entity_id, levy, first_on, last_on)
    if declared_from is not None:
        raise DeclaredAlready(levy=levy, declared_from=declared_from)
    if position > books.position:
        raise DigestTooEarly(position=position, log_ends_at=books.position)
    books.record(
        Declaration.file(
            stamp,
            id=declaration_id(entity_id, levy, first_on),
            entity_id=entity_id,
            levy=levy,
            booked_on=booking_date(books, entity_id, stamp.effective_on),
            first_on=first_on,
            last_on=last_on,
            due_c=due_c,
            deductible_c=deductible_c,
            position=position,
        )
    )


def require_span(first_on: date, last_on: date) -> None:
    """Refuse what is not one to twelve whole months; raises InvalidSpan."""
    months = (last_on.year - first_on.year) * 12 + last_on.month - first_on.month + 1
    whole = first_on.day == 1 and last_on.day == monthrange(last_on.year, last_on.month)[1]
    if not whole or not 1 <= months <= MOST_MONTHS:
        raise InvalidSpan(first_on=first_on, last_on=last_on)


def _declared_from(books: Books, entity_id: UUID, levy: Levy, first_on: date, last_on: date) -> date | None:
    """Return the first day of a declaration of that levy that has a month in common with the span."""
    begins_on = months_after(first_on, 1 - MOST_MONTHS)
    while begins_on <= last_on:
        filed = books.find(Declaration, declaration_id(entity_id, levy, begins_on))
        if filed is not None and filed.last_on >= first_on:
            return begins_on
        begins_on = months_after(begins_on, 1)
    return None
