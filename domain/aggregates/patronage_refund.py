"""A patronage refund: what the assembly gives the activities, by what each contributed in a year.

    ── Voted ──> voted ── Appropriated ──> appropriated ── PartsFixed, page by page ──> payable
    payable ── PartsGiven ──> given, page by page, until every activity has its part

Each part is the exact fraction of the refund that the activity's contribution is of all of them, in whole
cents by the largest remainder: the parts add up to what was appropriated, and equal remainders favour who
contributed more, then the lower id. An activity that is closed on the day when parts are fixed has none,
and what it contributed does not count: the others share the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.errors import NothingContributed, PatronageNotAppropriated, PatronageSharedOut
from domain.facts import Ledgered, Stamp
from domain.money import split

PARTS_AT_ONCE = 500
"""So many stand in one fact, and are given by one command: more would not fit one batch."""


@dataclass(frozen=True)
class Part:
    """What an activity contributed in the year, and what it is given for it, in cents."""

    activity_id: UUID
    contributed_c: int
    amount_c: int


def parts_of(amount_c: int, contributed: Mapping[UUID, int]) -> tuple[Part, ...]:
    """Share an amount out by what each contributed, in cents; who contributed nothing or less has no part.

    Raises NothingContributed if nobody did.
    """
    who = sorted(
        (each for each in contributed if contributed[each] > 0), key=lambda each: (-contributed[each], each)
    )
    if not who:
        raise NothingContributed(amount_c=amount_c)
    amounts = split(amount_c, [contributed[each] for each in who])
    return tuple(
        Part(each, contributed[each], given_c) for each, given_c in zip(who, amounts, strict=True) if given_c
    )


class PatronageRefund(Ledgered):
    """One patronage refund of one entity."""

    TOPIC = "patronage-refund"

    def __init__(self, entity_id: UUID, amount_c: int) -> None:
        """Start voted, and not in the accounts yet."""
        self.entity_id = entity_id
        self.amount_c = amount_c
        self.year_id: UUID | None = None
        self.parts: tuple[Part, ...] = ()
        self.given = 0

    class Event(Ledgered.Event):
        """What happened to a patronage refund."""

        entity_id: UUID

    class Voted(Event, Ledgered.Created):
        """The activities are given so much, by what each contributed in the year appropriated with it."""

        TOPIC = "patronage-refund.voted.v1"
        amount_c: int
        decision_ref: str
        motion_id: UUID | None

    Created = Voted

    class Appropriated(Event):
        """The result of this year was appropriated with it: it is owed, by what was contributed in that year."""

        TOPIC = "patronage-refund.appropriated.v1"
        year_id: UUID
        amount_c: int

        def apply(self, refund: PatronageRefund) -> None:
            """Be owed to the activities."""
            refund.year_id = self.year_id

    class PartsFixed(Event):
        """The next of those who are given something, by `basis`, as the log stood at `position`."""

        TOPIC = "patronage-refund.parts-fixed.v1"
        basis: str
        position: int
        parts: tuple[Part, ...]

        def apply(self, refund: PatronageRefund) -> None:
            """Let them be given."""
            refund.parts = (*refund.parts, *self.parts)

    class PartsGiven(Event):
        """These activities were given their parts, `amount_c` in all; their own facts tell each."""

        TOPIC = "patronage-refund.parts-given.v1"
        booked_on: date
        parts: tuple[Part, ...]
        amount_c: int

        def apply(self, refund: PatronageRefund) -> None:
            """Go on with the activities after them."""
            refund.given += len(self.parts)

    def appropriate(self, stamp: Stamp, *, year_id: UUID) -> None:
        """Owe it, with the result of that year."""
        self._note(self.Appropriated, stamp, year_id=year_id, amount_c=self.amount_c)

    def require_to_share_out(self) -> None:
        """Refuse to give it before it is owed, or once every activity has its part."""
        if self.year_id is None:
            raise PatronageNotAppropriated(patronage_id=self.id)
        if self.parts and self.given == len(self.parts):
            raise PatronageSharedOut(patronage_id=self.id, activities=self.given)

    def fix_parts(self, stamp: Stamp, *, contributed: Mapping[UUID, int], basis: str, position: int) -> None:
        """Fix what each is given by what it contributed, in cents, as the log stood at `position`."""
        parts = parts_of(self.amount_c, contributed)
        for first in range(0, len(parts), PARTS_AT_ONCE):
            page = parts[first : first + PARTS_AT_ONCE]
            self._note(self.PartsFixed, stamp, basis=basis, position=position, parts=page)

    def give_parts(self, stamp: Stamp, *, booked_on: date) -> tuple[Part, ...]:
        """Give the next activities their parts, and return them."""
        parts = self.parts[self.given : self.given + PARTS_AT_ONCE]
        amount_c = sum(each.amount_c for each in parts)
        self._note(self.PartsGiven, stamp, booked_on=booked_on, parts=parts, amount_c=amount_c)
        return parts

    def _note(self, kind: type[Event], stamp: Stamp, **says: object) -> None:
        self.note(kind, stamp, entity_id=self.entity_id, **says)
