"""A roll: who may vote, with how many votes, as the register stood at one position of the log.

    ── Drawn ──> drawn ── PageFrozen, for every page ──> drawn ── Frozen ──> frozen, under one root

Frozen in pages of at most 500 entries and closed by a root over all of them, in one batch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.errors import EmptyRoll, NotOnTheRoll, RollNotFrozen
from domain.facts import Ledgered, Stamp
from domain.governance.roots import root_of

PAGE = 500


@dataclass(frozen=True)
class RollEntry:
    """One member on the roll."""

    member_id: UUID
    member_no: int
    votes: int

    def line(self) -> str:
        """Return the entry as the root hashes it."""
        return f"{self.member_no} {self.member_id} {self.votes}"


class ElectoralRoll(Ledgered):
    """The roll of one vote or assembly."""

    TOPIC = "electoral-roll"

    def __init__(self, entity_id: UUID) -> None:
        """Start without entries, not yet frozen."""
        self.entity_id = entity_id
        self.pages: tuple[Mapping[UUID, int], ...] = ()
        self.entitled: int | None = None

    class Event(Ledgered.Event):
        """What happened to a roll."""

        entity_id: UUID

    class Drawn(Event, Ledgered.Created):
        """A roll was drawn from the register as it stood at `position` on the record day."""

        TOPIC = "electoral-roll.drawn.v1"
        record_on: date
        position: int

    Created = Drawn

    class PageFrozen(Event):
        """These members are on the roll; page `n` of it, at most 500 entries."""

        TOPIC = "electoral-roll.page-frozen.v1"
        n: int
        entries: tuple[RollEntry, ...]

        def apply(self, roll: ElectoralRoll) -> None:
            """Add the page."""
            roll.pages = (*roll.pages, {entry.member_id: entry.votes for entry in self.entries})

    class Frozen(Event):
        """The roll is complete: so many pages, members and votes, under this root."""

        TOPIC = "electoral-roll.frozen.v1"
        pages: int
        count: int
        votes: int
        root: str

        def apply(self, roll: ElectoralRoll) -> None:
            """Fix how many votes there are."""
            roll.entitled = self.votes

    @classmethod
    def freeze(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        entity_id: UUID,
        position: int,
        entries: Sequence[RollEntry],
    ) -> ElectoralRoll:
        """Freeze the roll of these entries, in their order."""
        if not entries:
            raise EmptyRoll(on=stamp.effective_on)
        roll = cls.begin(stamp, id=id, entity_id=entity_id, record_on=stamp.effective_on, position=position)
        for n, start in enumerate(range(0, len(entries), PAGE), start=1):
            page = tuple(entries[start : start + PAGE])
            roll.note(cls.PageFrozen, stamp, entity_id=entity_id, n=n, entries=page)
        roll.note(
            cls.Frozen,
            stamp,
            entity_id=entity_id,
            pages=len(roll.pages),
            count=len(entries),
            votes=sum(entry.votes for entry in entries),
            root=root_of([entry.line() for entry in entries]),
        )
        return roll

    def votes_of(self, member_id: UUID) -> int:
        """Return how many votes the member holds; raises NotOnTheRoll."""
        for page in self.pages:
            if member_id in page:
                return page[member_id]
        raise NotOnTheRoll(member_id=member_id)

    def holds(self, member_id: UUID) -> bool:
        """Tell whether the member is on the roll."""
        return any(member_id in page for page in self.pages)

    def require_entitled(self) -> int:
        """Return the votes on the roll; raises RollNotFrozen."""
        if self.entitled is None:
            raise RollNotFrozen(roll_id=self.id)
        return self.entitled
