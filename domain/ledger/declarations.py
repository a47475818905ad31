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


def declaration_id(entity_id: UUID, levy: Levy, first_on: date, withdrawn: int = 0) -> UUID:
    """Return the id of the declaration of that levy for a span that begins on that day.

    `withdrawn` is how many that began on that day were withdrawn before it: each filed anew has a stream of its own.
    """
    key = (entity_id, levy.value, first_on.isoformat())
    return derived_id("declaration", *key, withdrawn) if withdrawn else derived_id("declaration", *key)


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
            id=declaration_id(entity_id, levy, first_on, len(_filed_from(books, entity_id, levy, first_on))),
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


def withdraw_declaration(books: Books, stamp: Stamp, *, declaration_id: UUID, reason: str) -> None:
    """Take back a declaration that was filed by mistake; its months may be declared anew, in whatever spans.

    What was set against what was due stands again. Raises DeclarationOrdered, DeclarationWithdrawn, EmptyText.
    """
    filed = books.get(Declaration, declaration_id)
    booked_on = booking_date(books, filed.entity_id, stamp.effective_on)
    filed.withdraw(stamp, booked_on=booked_on, reason=reason)


def require_span(first_on: date, last_on: date) -> None:
    """Refuse what is not one to twelve whole months; raises InvalidSpan."""
    months = (last_on.year - first_on.year) * 12 + last_on.month - first_on.month + 1
    whole = first_on.day == 1 and last_on.day == monthrange(last_on.year, last_on.month)[1]
    if not whole or not 1 <= months <= MOST_MONTHS:
        raise InvalidSpan(first_on=first_on, last_on=last_on)


def _declared_from(books: Books, entity_id: UUID, levy: Levy, first_on: date, last_on: date) -> date | None:
    """Return the first day of a standing declaration of that levy that has a month in common with the span."""
    begins_on = months_after(first_on, 1 - MOST_MONTHS)
    while begins_on <= last_on:
        for filed in _filed_from(books, entity_id, levy, begins_on):
            if not filed.withdrawn and filed.last_on >= first_on:
                return begins_on
        begins_on = months_after(begins_on, 1)
    return None


def _filed_from(books: Books, entity_id: UUID, levy: Levy, first_on: date) -> list[Declaration]:
    """Return the declarations of that levy that begin on that day; all but the last were withdrawn."""
    found: list[Declaration] = []
    while filed := books.find(Declaration, declaration_id(entity_id, levy, first_on, len(found))):
        found.append(filed)
    return found
