"""The register of the shares of one class: which numbers are given, so that none is given twice.

    ── Opened ──> kept ── NetAssetApproved ──> kept, each share worth so much
    ── SharesEntered ──> on the register ── SharesTransferred ──> on the register, of another account
    ── NumbersTakenOver ──> kept, from the number after that of the old register
    on the register ── SharesEnded ──> off it, for good

The electronic register of CSA art. 6:24 ◇ is a view of these facts and those of the share
accounts: holder, class, numbers, payments and days. What the approved annual accounts make one
share of the class worth stands here too: a withdrawal share is measured by it.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from domain.errors import EmptyText, HoldersUnclear, NotRetroactive
from domain.facts import Ledgered, Stamp
from domain.money import require_holdable


class ShareEnd(StrEnum):
    """Why shares of a class ended."""

    CANCELLED = "cancelled"
    CONVERTED = "converted"


class NetAsset(NamedTuple):
    """What one share was worth by accounts approved on that day, in cents; below zero if debts exceed."""

    approved_on: date
    per_share_c: int
    accounts_ref: str


class ShareMove(NamedTuple):
    """From that day on this account holds so many shares more, or fewer; `version` is that of the register.

    `contributed_c` is by how much it changes what was contributed for all shares of the class.
    """

    version: int
    on: date
    account_id: UUID
    qty: int
    contributed_c: int


class ShareRegister(Ledgered):
    """The numbers of the shares of one class of one entity."""

    TOPIC = "share-register"

    def __init__(self, entity_id: UUID, share_class: str, unavailable: bool) -> None:  # noqa: FBT001 - the event library passes it by name
        """Start before the first share."""
        self.entity_id = entity_id
        self.share_class = share_class
        self.unavailable = unavailable
        self.last_seq = 0
        self.net_assets: tuple[NetAsset, ...] = ()
        self.moves: tuple[ShareMove, ...] = ()

    class Event(Ledgered.Event):
        """What happened to a register of shares."""

        entity_id: UUID

    class Opened(Event, Ledgered.Created):
        """The statutes know this class of shares.

        Contributions for an `unavailable` class can be distributed only by a change of the statutes.
        """

        TOPIC = "share-register.opened.v1"
        share_class: str
        unavailable: bool
        statutes_ref: str

    Created = Opened

    class SharesEntered(Event):
        """These shares were entered, in one entry, for this account; so much was contributed for them."""

        TOPIC = "share-register.shares-entered.v1"
        register_no: int
        account_id: UUID
        membership_id: UUID
        qty: int
        from_seq: int
        to_seq: int
        amount_c: int

        def apply(self, register: ShareRegister) -> None:
            """Move on to the last number given."""
            register.last_seq = self.to_seq
            register.move(self, self.account_id, self.qty, self.amount_c)

    class NumbersTakenOver(Event):
        """The old register gave the numbers up to this one, some to shares that are no more."""

        TOPIC = "share-register.numbers-taken-over.v1"
        last_seq: int

        def apply(self, register: ShareRegister) -> None:
            """Go on from this number."""
            register.last_seq = self.last_seq

    class SharesTransferred(Event):
        """These shares went from one account to another, with their numbers."""

        TOPIC = "share-register.shares-transferred.v1"
        register_no: int
        transfer_id: UUID
        from_account_id: UUID
        to_account_id: UUID
        qty: int

        def apply(self, register: ShareRegister) -> None:
            """Remember who held them from when on."""
            register.move(self, self.from_account_id, -self.qty, 0)
            register.move(self, self.to_account_id, self.qty, 0)

    class SharesEnded(Event):
        """These shares of the class are no more; their numbers are not given again."""

        TOPIC = "share-register.shares-ended.v1"
        register_no: int
        account_id: UUID
        membership_id: UUID
        qty: int
        amount_c: int
        end: ShareEnd

        def apply(self, register: ShareRegister) -> None:
            """Count them no longer."""
            register.move(self, self.account_id, -self.qty, -self.amount_c)

    class NetAssetApproved(Event):
        """The assembly approved annual accounts by which one share of this class is worth so much.

        `closing_on` is the last day of their financial year, `accounts_ref` names them.
        """

        TOPIC = "share-register.net-asset-approved.v1"
        closing_on: date
        net_asset_per_share_c: int
        accounts_ref: str
        decision_ref: str
        motion_id: UUID | None = None

        def apply(self, register: ShareRegister) -> None:
            """Measure by these accounts from now on."""
            latest = NetAsset(self.effective_on, self.net_asset_per_share_c, self.accounts_ref)
            register.net_assets = (*register.net_assets, latest)

    @classmethod
    def open(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        entity_id: UUID,
        share_class: str,
        unavailable: bool,
        statutes_ref: str,
    ) -> ShareRegister:
        """Open the register of a class that the statutes know."""
        if not share_class.strip() or not statutes_ref.strip():
            raise EmptyText(field="share_class" if statutes_ref.strip() else "statutes_ref")
        return cls.begin(
            stamp,
            id=id,
            entity_id=entity_id,
            share_class=share_class,
            unavailable=unavailable,
            statutes_ref=statutes_ref,
        )

    def enter(
        self,
        stamp: Stamp,
        *,
        register_no: int,
        account_id: UUID,
        membership_id: UUID,
        qty: int,
        amount_c: int,
    ) -> tuple[int, int]:
        """Enter so many shares under the next numbers; return the first and the last."""
        numbers = (self.last_seq + 1, self.last_seq + qty)
        self.note(
            self.SharesEntered,
            stamp,
            entity_id=self.entity_id,
            register_no=register_no,
            account_id=account_id,
            membership_id=membership_id,
            qty=qty,
            from_seq=numbers[0],
            to_seq=numbers[1],
            amount_c=amount_c,
        )
        return numbers

    def transfer(
        self,
        stamp: Stamp,
        *,
        register_no: int,
        transfer_id: UUID,
        from_account_id: UUID,
        to_account_id: UUID,
        qty: int,
    ) -> None:
        """Enter that so many shares changed hands."""
        self.note(
            self.SharesTransferred,
            stamp,
            entity_id=self.entity_id,
            register_no=register_no,
            transfer_id=transfer_id,
            from_account_id=from_account_id,
            to_account_id=to_account_id,
            qty=qty,
        )

    def end(
        self,
        stamp: Stamp,
        *,
        register_no: int,
        account_id: UUID,
        membership_id: UUID,
        qty: int,
        amount_c: int,
        end: ShareEnd,
    ) -> None:
        """Enter that so many shares of an account are no more."""
        self.note(
            self.SharesEnded,
            stamp,
            entity_id=self.entity_id,
            register_no=register_no,
            account_id=account_id,
            membership_id=membership_id,
            qty=qty,
            amount_c=amount_c,
            end=end,
        )

    def approve_net_asset(
        self,
        stamp: Stamp,
        *,
        closing_on: date,
        net_asset_per_share_c: int,
        accounts_ref: str,
        decision_ref: str,
        motion_id: UUID | None = None,
    ) -> None:
        """Measure shares by these accounts from the day of their approval on; days never go back."""
        if not accounts_ref.strip() or not decision_ref.strip():
            raise EmptyText(field="accounts_ref" if decision_ref.strip() else "decision_ref")
        require_holdable(net_asset_per_share_c)
        if self.net_assets and stamp.effective_on < self.net_assets[-1].approved_on:
            raise NotRetroactive(accounts=accounts_ref, approved_before=self.net_assets[-1].approved_on)
        self.note(
            self.NetAssetApproved,
            stamp,
            entity_id=self.entity_id,
            closing_on=closing_on,
            net_asset_per_share_c=net_asset_per_share_c,
            accounts_ref=accounts_ref,
            decision_ref=decision_ref,
            motion_id=motion_id,
        )

    def net_asset_on(self, day: date) -> NetAsset | None:
        """Return what the accounts last approved by that day say, or None."""
        known = [each for each in self.net_assets if each.approved_on <= day]
        return known[-1] if known else None

    def move(self, fact: Event, account_id: UUID, qty: int, contributed_c: int) -> None:
        """Remember what a fact changed, from which day on."""
        moved = ShareMove(fact.originator_version, fact.effective_on, account_id, qty, contributed_c)
        self.moves = (*self.moves, moved)

    def holders_on(self, day: date, version: int) -> dict[UUID, int]:
        """Return how many shares each account held on that day, as the register stood at that version.

        Holders come in the order in which they first were; raises HoldersUnclear if on that day an account
        had given more than it held.
        """
        held: dict[UUID, int] = {}
        for each in self.moves:
            if each.on <= day and each.version <= version:
                held[each.account_id] = held.get(each.account_id, 0) + each.qty
        if min(held.values(), default=0) < 0:
            raise HoldersUnclear(share_class=self.share_class, held_on=day)
        return {account_id: qty for account_id, qty in held.items() if qty}

    def contributed_on(self, day: date) -> int:
        """Return what was contributed for the shares that were held on that day, in cents."""
        return sum(each.contributed_c for each in self.moves if each.on <= day)
