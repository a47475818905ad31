"""The shares of one class that one member subscribed to, paid for, was allotted, and gave up again.

    ── Opened ──> open ── Subscribed ──> to pay ── ContributionPaid ──> to allot ── Allotted ──> held
    to allot ── ContributionUndone ──> to pay
    held ── TransferredOut, ConvertedOut ──> gone ── TransferredIn, ConvertedIn ──> held, on another account
    ── TakenOver ──> held, by the old register
    held ── Cancelled ──> ended, with the membership

A share belongs to the person and is paid by the person, never from the budget of an activity: only
a receipt of the bank is set against it. Shares are allotted in the order in which they were
subscribed, at the price of their subscription, and only once that is paid (CSA art. 6:109 ◇: fully
paid at issue unless the statutes say otherwise). A share keeps its number and what was contributed
for it when it is transferred; converted into another class it gets a number of that class.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.brought import SharesBrought
from domain.errors import (
    ContributionAllotted,
    EmptyText,
    ExceedsHolding,
    ExceedsSubscription,
    NotPaidYet,
    PayerNotThePerson,
)
from domain.facts import Ledgered, Stamp
from domain.money import require_holdable, require_positive, require_quantity
from domain.parcels import Lots, Parcel, allotted, amount_of, cost_of, first_of
from domain.share_moves import SharesCame, SharesGone


class ShareAccount(Ledgered):
    """One membership's shares of one class."""

    TOPIC = "share-account"

    def __init__(self, entity_id: UUID, membership_id: UUID, person_id: UUID, share_class: str) -> None:
        """Start without shares."""
        self.entity_id = entity_id
        self.membership_id = membership_id
        self.person_id = person_id
        self.share_class = share_class
        self.to_allot: Lots = ()
        self.subscribed_c = 0
        self.paid_c = 0
        self.allotted_c = 0
        self.held: tuple[Parcel, ...] = ()
        self.ended: tuple[Parcel, ...] = ()

    class Event(Ledgered.Event):
        """What happened to a share account."""

        entity_id: UUID

    class Opened(Event, Ledgered.Created):
        """This member takes part with shares of this class; they belong to the person."""

        TOPIC = "share-account.opened.v1"
        membership_id: UUID
        person_id: UUID
        share_class: str

    Created = Opened

    class Subscribed(Event):
        """The member undertook to pay for so many shares, at this price each."""

        TOPIC = "share-account.subscribed.v1"
        qty: int
        price_c: int

        def apply(self, account: ShareAccount) -> None:
            """Add the shares to those that wait to be allotted."""
            account.to_allot = (*account.to_allot, (self.qty, self.price_c))
            account.subscribed_c += self.qty * self.price_c

    class ContributionPaid(Event):
        """The person paid this towards the shares subscribed, by this bank line."""

        TOPIC = "share-account.contribution-paid.v1"
        booked_on: date
        line_id: UUID
        payer_id: UUID
        amount_c: int

        def apply(self, account: ShareAccount) -> None:
            """Count it as paid."""
            account.paid_c += self.amount_c

    class ContributionUndone(Event):
        """Part of that bank line was not paid towards these shares after all."""

        TOPIC = "share-account.contribution-undone.v1"
        booked_on: date
        line_id: UUID
        amount_c: int

        def apply(self, account: ShareAccount) -> None:
            """Count it as paid no longer."""
            account.paid_c -= self.amount_c

    class Allotted(Event):
        """So many paid shares were entered in the register under this number, bearing these numbers.

        `amount_c` is what was contributed for them; `unavailable` says in which account it stands.
        """

        TOPIC = "share-account.allotted.v1"
        booked_on: date
        register_no: int
        qty: int
        from_seq: int
        to_seq: int
        amount_c: int
        unavailable: bool

        def apply(self, account: ShareAccount) -> None:
            """Take the shares off those that wait, and hold them at the prices of their subscriptions."""
            account.to_allot, parcels = allotted(account.to_allot, self.qty, self.from_seq)
            account.held += parcels
            account.allotted_c += self.amount_c

    class TransferredOut(Event, SharesGone):
        """These shares went to another person, as approved, with their numbers."""

        TOPIC = "share-account.transferred-out.v1"
        register_no: int
        transfer_id: UUID
        to_account_id: UUID
        qty: int
        parcels: tuple[Parcel, ...]
        amount_c: int
        decision_ref: str

    class TransferredIn(Event, SharesCame):
        """These shares came from another person, as approved, with their numbers."""

        TOPIC = "share-account.transferred-in.v1"
        register_no: int
        transfer_id: UUID
        from_account_id: UUID
        qty: int
        parcels: tuple[Parcel, ...]
        amount_c: int
        decision_ref: str

    class ConvertedOut(Event, SharesGone):
        """These shares became shares of another class; `unavailable` says where their contribution stood."""

        TOPIC = "share-account.converted-out.v1"
        booked_on: date
        register_no: int
        into_account_id: UUID
        qty: int
        parcels: tuple[Parcel, ...]
        amount_c: int
        unavailable: bool
        decision_ref: str

    class ConvertedIn(Event, SharesCame):
        """These shares were shares of another class; `unavailable` says where their contribution stands."""

        TOPIC = "share-account.converted-in.v1"
        booked_on: date
        register_no: int
        from_account_id: UUID
        qty: int
        parcels: tuple[Parcel, ...]
        amount_c: int
        unavailable: bool
        decision_ref: str

    class Cancelled(Event):
        """All shares ended with the membership; a withdrawal share is due for them."""

        TOPIC = "share-account.cancelled.v1"
        booked_on: date
        register_no: int
        qty: int
        parcels: tuple[Parcel, ...]
        amount_c: int
        unavailable: bool
        reason: str

        def apply(self, account: ShareAccount) -> None:
            """Hold nothing any more."""
            account.ended, account.held = account.held, ()

    class TakenOver(Event, SharesBrought):
        """The member held these shares by the old register, with their numbers."""

        TOPIC = "share-account.taken-over.v1"

    @property
    def held_qty(self) -> int:
        """How many shares are held."""
        return sum(parcel.qty for parcel in self.held)

    @property
    def ended_c(self) -> int:
        """What was contributed for the shares that ended, in cents."""
        return amount_of(self.ended)

    def subscribe(self, stamp: Stamp, *, qty: int, price_c: int) -> None:
        """Subscribe to so many shares at this price each."""
        require_quantity(qty)
        require_positive(price_c)
        require_holdable(self.subscribed_c + qty * price_c)
        self.note(self.Subscribed, stamp, entity_id=self.entity_id, qty=qty, price_c=price_c)

    def pay(self, stamp: Stamp, *, line_id: UUID, payer_id: UUID, amount_c: int, booked_on: date) -> None:
        """Pay towards the shares subscribed, by the person who holds them."""
        if payer_id != self.person_id:
            raise PayerNotThePerson(person_id=self.person_id, payer_id=payer_id)
        require_positive(amount_c)
        if self.paid_c + amount_c > self.subscribed_c:
            raise ExceedsSubscription(open_c=self.subscribed_c - self.paid_c, amount_c=amount_c)
        says = {"booked_on": booked_on, "line_id": line_id, "payer_id": payer_id, "amount_c": amount_c}
        self.note(self.ContributionPaid, stamp, entity_id=self.entity_id, **says)

    def undo_payment(self, stamp: Stamp, *, line_id: UUID, amount_c: int, booked_on: date) -> None:
        """Have been paid less, of what no share was allotted for; raises ContributionAllotted."""
        if amount_c > self.paid_c - self.allotted_c:
            raise ContributionAllotted(waiting_c=self.paid_c - self.allotted_c, amount_c=amount_c)
        says = {"booked_on": booked_on, "line_id": line_id, "amount_c": amount_c}
        self.note(self.ContributionUndone, stamp, entity_id=self.entity_id, **says)

    def price_of(self, qty: int) -> int:
        """Return what the next so many shares cost, in cents; they are subscribed and paid."""
        require_quantity(qty)
        waiting = sum(lot_qty for lot_qty, _ in self.to_allot)
        if qty > waiting:
            raise ExceedsSubscription(to_allot=waiting, qty=qty)
        amount_c = cost_of(self.to_allot, qty)
        if self.allotted_c + amount_c > self.paid_c:
            raise NotPaidYet(paid_c=self.paid_c - self.allotted_c, needed_c=amount_c)
        return amount_c

    def allot(
        self,
        stamp: Stamp,
        *,
        register_no: int,
        qty: int,
        from_seq: int,
        to_seq: int,
        unavailable: bool,
        booked_on: date,
    ) -> None:
        """Allot the next so many paid shares under these numbers."""
        self.note(
            self.Allotted,
            stamp,
            entity_id=self.entity_id,
            booked_on=booked_on,
            register_no=register_no,
            qty=qty,
            from_seq=from_seq,
            to_seq=to_seq,
            amount_c=self.price_of(qty),
            unavailable=unavailable,
        )

    def oldest(self, qty: int) -> tuple[Parcel, ...]:
        """Return so many of the shares that are held, those held longest first; raises ExceedsHolding."""
        require_quantity(qty)
        if qty > self.held_qty:
            raise ExceedsHolding(held=self.held_qty, qty=qty)
        return first_of(self.held, qty)

    def transfer_out(
        self,
        stamp: Stamp,
        *,
        register_no: int,
        transfer_id: UUID,
        to_account_id: UUID,
        qty: int,
        decision_ref: str,
    ) -> tuple[Parcel, ...]:
        """Give so many shares to another account, by this approval; return them."""
        if not decision_ref.strip():
            raise EmptyText(field="decision_ref")
        parcels = self.oldest(qty)
        self._move(
            self.TransferredOut,
            stamp,
            register_no,
            parcels,
            transfer_id=transfer_id,
            to_account_id=to_account_id,
            decision_ref=decision_ref,
        )
        return parcels

    def transfer_in(
        self,
        stamp: Stamp,
        *,
        register_no: int,
        transfer_id: UUID,
        from_account_id: UUID,
        parcels: tuple[Parcel, ...],
        decision_ref: str,
    ) -> None:
        """Take the shares that another account gave."""
        self._move(
            self.TransferredIn,
            stamp,
            register_no,
            parcels,
            transfer_id=transfer_id,
            from_account_id=from_account_id,
            decision_ref=decision_ref,
        )

    def convert_out(
        self,
        stamp: Stamp,
        *,
        booked_on: date,
        register_no: int,
        into_account_id: UUID,
        qty: int,
        unavailable: bool,
        decision_ref: str,
    ) -> None:
        """Give so many shares up for shares of another class."""
        if not decision_ref.strip():
            raise EmptyText(field="decision_ref")
        self._move(
            self.ConvertedOut,
            stamp,
            register_no,
            self.oldest(qty),
            booked_on=booked_on,
            into_account_id=into_account_id,
            unavailable=unavailable,
            decision_ref=decision_ref,
        )

    def convert_in(
        self,
        stamp: Stamp,
        *,
        booked_on: date,
        register_no: int,
        from_account_id: UUID,
        parcels: tuple[Parcel, ...],
        unavailable: bool,
        decision_ref: str,
    ) -> None:
        """Take shares of this class for those of another one."""
        self._move(
            self.ConvertedIn,
            stamp,
            register_no,
            parcels,
            booked_on=booked_on,
            from_account_id=from_account_id,
            unavailable=unavailable,
            decision_ref=decision_ref,
        )

    def cancel(
        self, stamp: Stamp, *, booked_on: date, register_no: int, unavailable: bool, reason: str
    ) -> None:
        """End all shares that are held."""
        self._move(
            self.Cancelled,
            stamp,
            register_no,
            self.held,
            booked_on=booked_on,
            unavailable=unavailable,
            reason=reason,
        )

    def _move(
        self, kind: type[Event], stamp: Stamp, register_no: int, parcels: tuple[Parcel, ...], **says: object
    ) -> None:
        self.note(
            kind,
            stamp,
            entity_id=self.entity_id,
            register_no=register_no,
            qty=sum(parcel.qty for parcel in parcels),
            parcels=parcels,
            amount_c=amount_of(parcels),
            **says,
        )
