"""The register of shares: who holds which numbers, and what was subscribed, paid, allotted and given up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.aggregates.membership import Membership
from domain.aggregates.share_account import ShareAccount
from domain.aggregates.share_register import ShareRegister
from projections.dated_sums import COUNTS, Axis, Moved, Past
from projections.read_model import Page, ReadModel, on
from projections.reader import Reader, position_of, rows_of
from projections.share_tables import (
    ACCOUNTS,
    ADD_ACCOUNT,
    ADD_CLASS,
    ADD_ENTRY,
    ADD_MERGE,
    ADD_MOVEMENT,
    AMOUNTS,
    BALANCES,
    CLASSES,
    ENTRIES,
    MERGED,
    MERGES,
    MOVEMENTS,
    UNDO_MERGE,
)


class ShareRegisterPage(Page):
    """Finds what each fact of a page enters in the register, and moves in which account."""

    def __init__(self, cursor: Cursor[TupleRow]) -> None:
        """Begin without movements."""
        super().__init__(cursor)
        self._moved = Moved()

    @on(ShareRegister.Opened)
    def _class(self, position: int, event: ShareRegister.Opened) -> None:
        row = (event.entity_id, event.share_class, event.unavailable, event.statutes_ref)
        self.add(ADD_CLASS, event.originator_id, *row, position)

    @on(ShareAccount.Opened)
    def _account(self, position: int, event: ShareAccount.Opened) -> None:
        row = (event.entity_id, event.membership_id, event.person_id, event.share_class)
        self.add(ADD_ACCOUNT, event.originator_id, *row, position)

    @on(ShareAccount.Subscribed)
    def _subscribed(self, position: int, event: ShareAccount.Subscribed) -> None:
        """Subscribing posts nothing, so it counts on its day on either axis."""
        self._move(position, event, subscribed=event.qty, subscribed_c=event.qty * event.price_c)

    @on(ShareAccount.ContributionPaid)
    def _paid(self, position: int, event: ShareAccount.ContributionPaid) -> None:
        self._move(position, event, paid_c=event.amount_c)

    @on(ShareAccount.ContributionUndone)
    def _not_paid(self, position: int, event: ShareAccount.ContributionUndone) -> None:
        self._move(position, event, paid_c=-event.amount_c)

    @on(ShareAccount.Allotted)
    def _allotted(self, position: int, event: ShareAccount.Allotted) -> None:
        self._enter(position, event, "allotted", event.qty, event.from_seq, event.to_seq, event.amount_c)
        moved = {"allotted": event.qty, "allotted_c": event.amount_c}
        self._move(position, event, **moved, held=event.qty, held_c=event.amount_c)

    @on(ShareAccount.TransferredIn, ShareAccount.ConvertedIn)
    def _came(self, position: int, event: ShareAccount.TransferredIn | ShareAccount.ConvertedIn) -> None:
        self._enter_parcels(position, event, event.from_account_id)
        self._move(position, event, held=event.qty, held_c=event.amount_c)

    @on(ShareAccount.TakenOver)
    def _taken_over(self, position: int, event: ShareAccount.TakenOver) -> None:
        self._enter_parcels(position, event, None)
        self._move(position, event, held=event.qty, held_c=event.amount_c)

    @on(ShareAccount.TransferredOut)
    def _given(self, position: int, event: ShareAccount.TransferredOut) -> None:
        self._enter_parcels(position, event, event.to_account_id)
        self._move(position, event, held=-event.qty, held_c=-event.amount_c)

    @on(ShareAccount.ConvertedOut)
    def _converted(self, position: int, event: ShareAccount.ConvertedOut) -> None:
        self._enter_parcels(position, event, event.into_account_id)
        self._move(position, event, held=-event.qty, held_c=-event.amount_c)

    @on(ShareAccount.Cancelled)
    def _ended(self, position: int, event: ShareAccount.Cancelled) -> None:
        self._enter_parcels(position, event, None)
        self._move(position, event, held=-event.qty, held_c=-event.amount_c)

    @on(Membership.Merged)
    def _merged(self, position: int, event: Membership.Merged) -> None:
        self.add(ADD_MERGE, event.originator_id, position, event.into_id, event.effective_on)

    @on(Membership.MergeUndone)
    def _unmerged(self, position: int, event: Membership.MergeUndone) -> None:
        self.change(UNDO_MERGE, position=position, on=event.effective_on, membership_id=event.originator_id)

    def _enter_parcels(self, position: int, event: Any, other_account_id: UUID | None) -> None:
        """Enter one row for each run of consecutive numbers of a movement."""
        kind = event.TOPIC.split(".")[1]
        for parcel in event.parcels:
            numbers = (parcel.qty, parcel.from_seq, parcel.to_seq, parcel.amount_c)
            self._enter(position, event, kind, *numbers, other_account_id)

    def _enter(
        self,
        position: int,
        event: Any,
        kind: str,
        qty: int,
        from_seq: int,
        to_seq: int,
        amount_c: int,
        other_account_id: UUID | None = None,
    ) -> None:
        whose = (event.entity_id, event.register_no, event.originator_id, kind)
        days = (getattr(event, "booked_on", event.effective_on), event.effective_on)
        self.add(ADD_ENTRY, *whose, qty, from_seq, to_seq, amount_c, other_account_id, *days, position)

    def _move(self, position: int, event: Any, **moved: int) -> None:
        account_id = event.originator_id
        days = (getattr(event, "booked_on", event.effective_on), event.effective_on)
        tags = (event.TOPIC, getattr(event, "line_id", None))
        amounts = [moved.get(name, 0) for name in AMOUNTS]
        self.add(ADD_MOVEMENT, account_id, position, event.entity_id, *days, *tags, *amounts)
        self._moved.add((account_id, event.entity_id), position, *amounts)

    def write(self) -> None:
        """Write the entries and movements, then what they add up to."""
        super().write()
        BALANCES.write(self.cursor, self._moved.by_key)


SHARE_REGISTER = ReadModel(
    "share_register",
    4,
    (CLASSES, ACCOUNTS, ENTRIES, MOVEMENTS, MERGES, *BALANCES.tables),
    ShareRegisterPage,
)


@dataclass(frozen=True)
class ShareHolding:
    """What one member holds of one class: numbers of shares, and cents.

    `subscribed_c` was undertaken, `paid_c` of it paid, and `allotted` shares were allotted, for which
    `allotted_c` was contributed. After transfers, conversions and ends `held` shares are held, for
    which `held_c` was contributed; they count for the membership `holder_id`, which is another one
    while this one is merged into it.
    """

    account_id: UUID
    entity_id: UUID
    membership_id: UUID
    holder_id: UUID
    share_class: str
    subscribed: int
    subscribed_c: int
    paid_c: int
    allotted: int
    allotted_c: int
    held: int
    held_c: int


@dataclass(frozen=True)
class RegisterEntry:
    """One entry of the register: shares `from_seq` to `to_seq` of their class, and for how many cents.

    `kind` is allotted, transferred-out, transferred-in, converted-out, converted-in, cancelled or taken-over. A
    transfer or conversion is two entries under one number, each naming the other's account; shares
    whose numbers do not follow one another are an entry for each run of numbers.
    """

    entity_id: UUID
    register_no: int
    account_id: UUID
    membership_id: UUID
    share_class: str
    kind: str
    qty: int
    from_seq: int
    to_seq: int
    amount_c: int
    other_account_id: UUID | None
    booked_on: date
    effective_on: date
    position: int


@dataclass(frozen=True)
class SharesHeld:
    """The register of shares, as the log stood at `position`."""

    position: int
    axis: Axis
    as_of: date | None
    holdings: tuple[ShareHolding, ...]
    entries: tuple[RegisterEntry, ...]


_ACCOUNTS = "SELECT account_id, membership_id, share_class FROM share_account"
_MERGED_INTO = f"SELECT membership_id, into_id FROM share_merge WHERE {MERGED}"  # noqa: S608 - MERGED is a constant
_ENTRIES_OF = f"""
    SELECT e.entity_id, register_no, account_id, membership_id, share_class, kind, qty, from_seq, to_seq,
        amount_c, other_account_id, booked_on, effective_on, e.position
    FROM (SELECT * FROM share_entry WHERE {COUNTS}) AS e
    JOIN (SELECT account_id, membership_id, share_class FROM share_account) AS a USING (account_id)
    WHERE (%(entity_id)s::uuid IS NULL OR e.entity_id = %(entity_id)s)
        AND (%(membership_id)s::uuid IS NULL OR membership_id = %(membership_id)s OR membership_id IN
            (SELECT membership_id FROM share_merge WHERE into_id = %(membership_id)s AND {MERGED}))
    ORDER BY e.entity_id, register_no, e.position, from_seq
"""  # noqa: S608 - COUNTS and MERGED are constants


def share_register(
    reader: Reader,
    *,
    entity_id: UUID | None = None,
    membership_id: UUID | None = None,
    as_of: date | None = None,
    known_at: int | None = None,
    axis: Axis = Axis.BOOKED,
) -> SharesHeld:
    """Return the register of an entity or member, or of all, at that past; raises NotProjectedYet.

    That of a member holds the shares of memberships merged into it.
    """
    past = Past(as_of, known_at, axis)
    values = {"entity_id": entity_id, "membership_id": membership_id, **past.values()}
    with reader.snapshot() as cursor:
        position = position_of(cursor, SHARE_REGISTER.name, known_at)
        accounts = {row[0]: (row[1], row[2]) for row in cursor.execute(_ACCOUNTS)}
        merged: dict[UUID, UUID] = dict(cursor.execute(_MERGED_INTO, values).fetchall())
        found = cursor.execute(BALANCES.current if past.is_now else BALANCES.past, values).fetchall()
        entries = rows_of(cursor.connection, RegisterEntry, _ENTRIES_OF, **values)
    holdings = tuple(_holding(row, accounts[row[0]], merged) for row in found)
    return SharesHeld(position, axis, as_of, holdings, tuple(entries))


def _holding(row: tuple[Any, ...], account: tuple[UUID, str], merged: Mapping[UUID, UUID]) -> ShareHolding:
    membership_id, share_class = account
    holder_id = merged.get(membership_id, membership_id)
    return ShareHolding(row[0], row[1], membership_id, holder_id, share_class, *row[2:])
