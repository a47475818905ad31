"""Terms of office: from a day until another, or until the ordinary assembly of a year.

The day a mandate ends is the first day without it, so that a successor may begin on it. An assembly
of a year has no day yet when it is named; until it is held, the mandate is taken to last that whole year.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.errors import InvalidTerm, SeatsTaken, TermTooLong
from domain.facts import LAST_DAY, months_after, require_day


@dataclass(frozen=True)
class Term:
    """When a mandate begins and ends; exactly one end is said."""

    starts_on: date
    ends_on: date | None = None
    ends_at_assembly_of: int | None = None

    @property
    def over_on(self) -> date:
        """The first day on which it is over at the latest."""
        if self.ends_on is not None:
            return self.ends_on
        return date((self.ends_at_assembly_of or self.starts_on.year) + 1, 1, 1)


@dataclass(frozen=True)
class Holding:
    """One mandate as it stands: who holds it, for which term, and since when it is over if it was ended."""

    mandate_id: UUID
    membership_id: UUID
    term: Term
    ended_on: date | None = None

    @property
    def over_on(self) -> date:
        """The first day without it, at the latest."""
        return self.term.over_on if self.ended_on is None else min(self.ended_on, self.term.over_on)

    def held_on(self, day: date) -> bool:
        """Tell whether it is held on that day."""
        return self.term.starts_on <= day < self.over_on


def require_term(term: Term, *, most_years: int | None) -> None:
    """Refuse a term that says no end or two, ends before it begins, or lasts longer than the rule allows.

    A term until the ordinary assembly of a year lasts as many years as lie between the two years.
    Raises InvalidTerm, TermTooLong, InvalidDay.
    """
    require_day(term.starts_on)
    if (term.ends_on is None) == (term.ends_at_assembly_of is None):
        raise InvalidTerm(ends_on=term.ends_on, ends_at_assembly_of=term.ends_at_assembly_of)
    if term.ends_on is not None:
        require_day(term.ends_on)
        if term.ends_on <= term.starts_on:
            raise InvalidTerm(starts_on=term.starts_on, ends_on=term.ends_on)
        too_long = most_years is not None and term.ends_on > months_after(term.starts_on, 12 * most_years)
    else:
        year = term.ends_at_assembly_of or 0
        if not term.starts_on.year <= year < LAST_DAY.year:
            raise InvalidTerm(starts_on=term.starts_on, ends_at_assembly_of=year)
        too_long = most_years is not None and year - term.starts_on.year > most_years
    if too_long:
        raise TermTooLong(ends=term.ends_on or term.ends_at_assembly_of, most_years=most_years)


def require_seats(holdings: Collection[Holding], seats: int) -> None:
    """Refuse mandates that overlap on more seats than there are; raises SeatsTaken with the first such day."""
    for day in sorted({each.term.starts_on for each in holdings}):
        held = sum(each.held_on(day) for each in holdings)
        if held > seats:
            raise SeatsTaken(seats=seats, on=day)
