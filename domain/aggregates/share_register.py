"""The register of the shares of one class: which numbers are given, so that none is given twice.

The electronic register of CSA art. 6:24 ◇ is a view of these facts and those of the share
accounts: holder, class, numbers, payments and days.
"""

from __future__ import annotations

from uuid import UUID

from domain.errors import EmptyText
from domain.facts import Ledgered, Stamp


class ShareRegister(Ledgered):
    """The numbers of the shares of one class of one entity."""

    TOPIC = "share-register"

    def __init__(self, entity_id: UUID, share_class: str, unavailable: bool) -> None:  # noqa: FBT001 - the event library passes it by name
        """Start before the first share."""
        self.entity_id = entity_id
        self.share_class = share_class
        self.unavailable = unavailable
        self.last_seq = 0

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
        """These shares were entered, in one entry, for this account."""

        TOPIC = "share-register.shares-entered.v1"
        register_no: int
        account_id: UUID
        membership_id: UUID
        qty: int
        from_seq: int
        to_seq: int

        def apply(self, register: ShareRegister) -> None:
            """Move on to the last number given."""
            register.last_seq = self.to_seq

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
        self, stamp: Stamp, *, register_no: int, account_id: UUID, membership_id: UUID, qty: int
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
        )
        return numbers
