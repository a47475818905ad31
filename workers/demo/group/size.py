"""How large the demo is, and on which days it plays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from domain.errors import Refusal

LEAST_MEMBERS, MOST_MEMBERS = 2, 480
LEAST_MONTHS, MOST_MONTHS = 1, 120
MEMBERS, MONTHS = 200, 24
ENDS_BEFORE = date(2026, 1, 1)
SATURDAY = 5


class NotThatManyMembers(Refusal):
    """The demo has from 2 to 480 members: one for each of its first two entities, and a name for each."""

    code = "not-that-many-members"
    fr = (
        "La démo a de 2 à 480 membres : un pour chacune de ses deux premières entités, et un nom pour chacun."
    )
    nl = "De demo heeft 2 tot 480 leden: een voor elk van haar eerste twee entiteiten, en een naam voor elk."


class NotThatManyMonths(Refusal):
    """The demo lasts from 1 to 120 months."""

    code = "not-that-many-months"
    fr = "La démo dure de 1 à 120 mois."
    nl = "De demo duurt 1 tot 120 maanden."


@dataclass(frozen=True, slots=True)
class Size:
    """What is asked of the demo: its seed, members and months; the last month is December 2025."""

    seed: int = 1
    members: int = MEMBERS
    months: int = MONTHS

    def require_playable(self) -> None:
        """Refuse what cannot be played; raises NotThatManyMembers, NotThatManyMonths."""
        if not LEAST_MEMBERS <= self.members <= MOST_MEMBERS:
            raise NotThatManyMembers(members=self.members)
        if not LEAST_MONTHS <= self.months <= MOST_MONTHS:
            raise NotThatManyMonths(months=self.months)

    def month(self, n: int) -> Month:
        """Return the n-th month, counted from 0; one past the last is the month after."""
        first = ENDS_BEFORE.year * 12 + ENDS_BEFORE.month - 1 - self.months + n
        return Month(n, date(first // 12, first % 12 + 1, 1))

    @property
    def first_day(self) -> date:
        """The day of the founding."""
        return self.month(0).first


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the demo, the n-th from 0."""

    n: int
    first: date

    def __str__(self) -> str:
        """Return it as 2026-01."""
        return f"{self.first:%Y-%m}"

    @property
    def last(self) -> date:
        """Its last day."""
        return (self.first + timedelta(days=32)).replace(day=1) - timedelta(days=1)

    def working_days(self) -> list[date]:
        """Return its days from Monday to Friday."""
        days = (self.first + timedelta(days=n) for n in range(self.last.day))
        return [day for day in days if day.weekday() < SATURDAY]

    def on(self, number: int) -> date:
        """Return the first working day from that day of the month on."""
        return working(self.first + timedelta(days=number - 1))


def working(day: date) -> date:
    """Return this day, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= SATURDAY else 0)


def later(day: date, working_days: int) -> date:
    """Return the day so many working days later."""
    for _ in range(working_days):
        day = working(day + timedelta(days=1))
    return day
