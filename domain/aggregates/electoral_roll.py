"""A roll: who may vote, with how many votes, as the register stood at one position of the log.

    ── Drawn ──> drawn ── PageFrozen, for every page ──> drawn ── Frozen ──> frozen, under one root
    frozen ── EntryCorrected ──> frozen, under another root ── PutToUse, by its first vote ──> for good

Frozen in pages of at most 400 entries and closed by a root over all of them, in one batch. It can be
rebuilt from the facts about members and shares up to its position, and its corrections.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from domain.errors import EmptyRoll, EmptyText, NotOnTheRoll, RollNotFrozen
from domain.facts import Ledgered, Stamp
from domain.governance.rolls import EntryReason, RollEntry
from domain.governance.roots import root_of

PAGE = 400
"""The most entries of a page."""
WIDE_PAGE = 250
"""The most where entries say more than votes: a fact holds 60,000 bytes."""


Pages = tuple[Mapping[UUID, RollEntry], ...]


class ElectoralRoll(Ledgered):
    """The roll of one vote or assembly."""

    TOPIC = "electoral-roll"

    def __init__(self, entity_id: UUID) -> None:
        """Start without entries, not yet frozen."""
        self.entity_id = entity_id
        self.pages: Pages = ()
        self.entitled: int | None = None
        self.in_use = False

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
        """These members are on the roll; page `n` of it."""

        TOPIC = "electoral-roll.page-frozen.v1"
        n: int
        entries: tuple[RollEntry, ...]

        def apply(self, roll: ElectoralRoll) -> None:
            """Add the page."""
            roll.pages = (*roll.pages, {entry.member_id: entry for entry in self.entries})

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

    class EntryCorrected(Event):
        """This entry is otherwise than the registers made it, for this reason; `votes` and `root` of all.

        A member who was not on the roll is added by it.
        """

        TOPIC = "electoral-roll.entry-corrected.v1"
        entry: RollEntry
        evidence_ref: str
        count: int
        votes: int
        root: str

        def apply(self, roll: ElectoralRoll) -> None:
            """Put the entry in the place of the old one, or at the end."""
            roll.pages = _corrected(roll.pages, self.entry)
            roll.entitled = self.votes

    class PutToUse(Event):
        """The first poll on the roll was opened, or all on it adopted in writing; it is corrected no more.

        `poll_id` is the id of that poll, or of the decision in writing.
        """

        TOPIC = "electoral-roll.put-to-use.v1"
        poll_id: UUID

        def apply(self, roll: ElectoralRoll) -> None:
            """Fix it."""
            roll.in_use = True

    @classmethod
    def freeze(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        entity_id: UUID,
        position: int,
        entries: Sequence[RollEntry],
        record_on: date | None = None,
    ) -> ElectoralRoll:
        """Freeze the roll of these entries, in their order, as of a record date or of today."""
        if not any(entry.votes for entry in entries):
            raise EmptyRoll(on=stamp.effective_on)
        drawn = {"record_on": record_on or stamp.effective_on, "position": position}
        roll = cls.begin(stamp, id=id, entity_id=entity_id, **drawn)
        size = PAGE if all(_is_plain(entry) for entry in entries) else WIDE_PAGE
        for n, start in enumerate(range(0, len(entries), size), start=1):
            page = tuple(entries[start : start + size])
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

    def use(self, stamp: Stamp, *, poll_id: UUID) -> None:
        """Note the first poll on the roll, or the decision in writing that was adopted on it."""
        self.require_entitled()
        if not self.in_use:
            self.note(self.PutToUse, stamp, entity_id=self.entity_id, poll_id=poll_id)

    def correct(self, stamp: Stamp, *, entry: RollEntry, evidence_ref: str) -> None:
        """Correct or add an entry, for a reason and with its evidence; some vote must be left."""
        self.require_entitled()
        if entry.reason is EntryReason.NONE or not evidence_ref.strip():
            raise EmptyText(field="evidence_ref" if entry.reason else "reason")
        after = [each for page in _corrected(self.pages, entry) for each in page.values()]
        votes = sum(each.votes for each in after)
        if not votes:
            raise EmptyRoll(on=stamp.effective_on)
        self.note(
            self.EntryCorrected,
            stamp,
            entity_id=self.entity_id,
            entry=entry,
            evidence_ref=evidence_ref,
            count=len(after),
            votes=votes,
            root=root_of([each.line() for each in after]),
        )

    def entry_of(self, member_id: UUID) -> RollEntry:
        """Return the entry of a member; raises NotOnTheRoll."""
        for page in self.pages:
            if member_id in page:
                return page[member_id]
        raise NotOnTheRoll(member_id=member_id)

    def votes_of(self, member_id: UUID) -> int:
        """Return how many votes the member holds; raises NotOnTheRoll, also if there are none."""
        votes = self.entry_of(member_id).votes
        if not votes:
            raise NotOnTheRoll(member_id=member_id, votes=0)
        return votes

    def holds(self, member_id: UUID) -> bool:
        """Tell whether the member is on the roll with a vote."""
        return any(member_id in page and page[member_id].votes > 0 for page in self.pages)

    @property
    def entries(self) -> tuple[RollEntry, ...]:
        """All entries in their order."""
        return tuple(entry for page in self.pages for entry in page.values())

    def require_entitled(self) -> int:
        """Return the votes on the roll; raises RollNotFrozen."""
        if self.entitled is None:
            raise RollNotFrozen(roll_id=self.id)
        return self.entitled


def _is_plain(entry: RollEntry) -> bool:
    return not (entry.shares or entry.college or entry.reason)


def _corrected(pages: Pages, entry: RollEntry) -> Pages:
    if not any(entry.member_id in page for page in pages):
        return (*pages[:-1], {**pages[-1], entry.member_id: entry})
    return tuple({**page, entry.member_id: entry} if entry.member_id in page else page for page in pages)
