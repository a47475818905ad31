"""Rolls: drawn from the facts about members and shares up to a position, frozen, corrected.

What a roll needs beside the register of members (shares, categories) is folded from the log outside
the sequencer, by `draw`; the roll is frozen only if no member and no share has changed since. Anyone
can fold the same facts again and must find the same entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.aggregates.electoral_roll import ElectoralRoll
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.membership import Membership
from domain.aggregates.number_series import NumberSeries
from domain.aggregates.share_register import ShareRegister
from domain.errors import RollInUse, RollOutdated
from domain.facts import Stamp
from domain.governance.provisions import PLAIN, Provisions, Weight
from domain.governance.rolls import EntryReason, RollEntry
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.entities import register_id
from domain.ledger.shares import share_account_id

ONE_MEMBER_ONE_VOTE = 1


def share_moves_id(entity_id: UUID) -> UUID:
    """Return the id of the series that numbers every entry of the entity's register of shares."""
    return derived_id("number-series", entity_id, "S", 0)


@dataclass(frozen=True)
class Drawn:
    """Members with their numbers, shares and categories, as the log stood at `position`.

    `moves` is the last number given to an entry of the register of shares.
    """

    position: int
    moves: int
    members: Mapping[UUID, int]
    shares: Mapping[UUID, int]
    categories: Mapping[UUID, str]


@dataclass
class _Fold:
    entity_id: UUID
    moves: int = 0
    members: dict[UUID, int] = field(default_factory=dict)
    merged: dict[UUID, UUID] = field(default_factory=dict)
    categories: dict[UUID, str] = field(default_factory=dict)
    classes: dict[UUID, str] = field(default_factory=dict)
    by_account: dict[UUID, int] = field(default_factory=dict)
    holders: dict[UUID, UUID] = field(default_factory=dict)

    def take(self, event: Any) -> None:
        if isinstance(event, NumberSeries.NumberTaken | NumberSeries.TakenOver):
            if event.originator_id == share_moves_id(self.entity_id):
                self.moves = event.number
        elif getattr(event, "entity_id", None) == self.entity_id:
            self._take_own(event)

    def _take_own(self, event: Any) -> None:
        match event:
            case MemberRegister.MemberEntered() | MemberRegister.MergeUndone():
                self.members[event.membership_id] = event.member_no
                self.merged.pop(event.membership_id, None)
            case MemberRegister.MemberLeft():
                self.members.pop(event.membership_id, None)
            case MemberRegister.MembersMerged():
                self.members.pop(event.membership_id, None)
                self.merged[event.membership_id] = event.into_id
            case Membership.Applied():
                self.categories[event.originator_id] = event.category
            case ShareRegister.Opened():
                self.classes[event.originator_id] = event.share_class
            case ShareRegister.SharesEntered() | ShareRegister.SharesEnded():
                sign = 1 if isinstance(event, ShareRegister.SharesEntered) else -1
                self.holders[event.account_id] = event.membership_id
                self._move(event.account_id, sign * event.qty)
            case ShareRegister.SharesTransferred():
                self._move(event.from_account_id, -event.qty)
                self._move(event.to_account_id, event.qty)
            case _:
                pass

    def _move(self, account_id: UUID, qty: int) -> None:
        self.by_account[account_id] = self.by_account.get(account_id, 0) + qty

    def shares(self) -> dict[UUID, int]:
        """Return the shares by the membership that stands for them."""
        for membership_id in self.categories:
            for share_class in self.classes.values():
                self.holders.setdefault(share_account_id(membership_id, share_class), membership_id)
        found: dict[UUID, int] = {}
        for account_id, qty in self.by_account.items():
            holder = self.holders[account_id]
            counted = self.merged.get(holder, holder)
            found[counted] = found.get(counted, 0) + qty
        return found


def draw(events: Iterable[Any], *, entity_id: UUID, position: int) -> Drawn:
    """Fold the facts of one entity, in the order of the log, into what a roll is made of.

    They are those of its register of members, its memberships, its registers of shares, and the series
    of numbers of the entries of shares; other facts say nothing here.
    """
    fold = _Fold(entity_id)
    for event in events:
        fold.take(event)
    return Drawn(position, fold.moves, fold.members, fold.shares(), fold.categories)


def entries_of(drawn: Drawn, provisions: Provisions) -> list[RollEntry]:
    """Return the entries of a roll as a rule weighs them, in the order of the member numbers."""
    split = provisions.colleges
    by_share = provisions.roll.weight is Weight.SHARE
    entries = []
    for member_id, number in sorted(drawn.members.items(), key=lambda member: member[1]):
        shares = drawn.shares.get(member_id, 0)
        college = split.of_category(drawn.categories.get(member_id, "")) if split else ""
        votes = shares if by_share else ONE_MEMBER_ONE_VOTE
        entries.append(RollEntry(member_id, number, votes, shares, college))
    return entries


def needs_drawing(provisions: Provisions) -> bool:
    """Tell whether a roll by this rule needs more than the register of members."""
    return provisions != PLAIN


def current_entries(
    books: Books, entity_id: UUID, provisions: Provisions, drawn: Drawn | None
) -> tuple[int, list[RollEntry]]:
    """Return the position and entries of a roll as the registers stand now; raises RollOutdated."""
    register = books.get(MemberRegister, register_id(entity_id))
    if drawn is None:
        if needs_drawing(provisions):
            raise RollOutdated(position=books.position)
        return books.position, entries_of(Drawn(0, 0, register.members, {}, {}), PLAIN)
    series = books.find(NumberSeries, share_moves_id(entity_id))
    moves = series.last if series else 0
    if dict(register.members) != dict(drawn.members) or moves != drawn.moves:
        raise RollOutdated(position=drawn.position)
    return drawn.position, entries_of(drawn, provisions)


def correct_roll(
    books: Books,
    stamp: Stamp,
    *,
    roll_id: UUID,
    member_id: UUID,
    votes: int,
    reason: EntryReason,
    evidence_ref: str,
    shares: int | None = None,
    college: str | None = None,
) -> None:
    """Correct or add an entry before the first vote on the roll, for a reason and with its evidence."""
    roll = books.get(ElectoralRoll, roll_id)
    if roll.in_use:
        raise RollInUse(roll_id=roll_id)
    known = next((each for each in roll.entries if each.member_id == member_id), None)
    if known is None:
        membership = books.get(Membership, member_id)
        register = books.get(MemberRegister, register_id(roll.entity_id))
        known = RollEntry(membership.id, register.members.get(member_id, 0), 0)
    entry = RollEntry(
        member_id,
        known.member_no,
        votes,
        known.shares if shares is None else shares,
        known.college if college is None else college,
        reason,
    )
    roll.correct(stamp, entry=entry, evidence_ref=evidence_ref)
