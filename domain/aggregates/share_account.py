"""The shares of one class that one member subscribed to, paid for and was allotted.

A share belongs to the person and is paid by the person, never from the budget of an activity: only
a receipt of the bank is set against it. Shares are allotted in the order in which they were
subscribed, at the price of their subscription, and only once that is paid (CSA art. 6:109 ◇: fully
paid at issue unless the statutes say otherwise).
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.errors import ExceedsSubscription, NotPaidYet, PayerNotThePerson, QuantityNotPositive
from domain.facts import Ledgered, Stamp
from domain.money import require_holdable, require_positive

Lot = tuple[int, int]
"""So many shares at so many cents each."""


class ShareAccount(Ledgered):
    """One membership's shares of one class."""

    TOPIC = "share-account"

    def __init__(self, entity_id: UUID, membership_id: UUID, person_id: UUID, share_class: str) -> None:
        """Start without shares."""
        self.entity_id = entity_id
        self.membership_id = membership_id
        self.person_id = person_id
        self.share_class = share_class
        self.to_allot: tuple[Lot, ...] = ()
        self.subscribed_c = 0
        self.paid_c = 0
        self.allotted_c = 0

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
            """Take the shares off those that wait."""
            account.to_allot = _after(account.to_allot, self.qty)
            account.allotted_c += self.amount_c

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
        self.note(
            self.ContributionPaid,
            stamp,
            entity_id=self.entity_id,
            booked_on=booked_on,
            line_id=line_id,
            payer_id=payer_id,
            amount_c=amount_c,
        )

    def price_of(self, qty: int) -> int:
        """Return what the next so many shares cost, in cents; they are subscribed and paid."""
        require_quantity(qty)
        waiting = sum(lot_qty for lot_qty, _ in self.to_allot)
        if qty > waiting:
            raise ExceedsSubscription(to_allot=waiting, qty=qty)
        amount_c = _value(self.to_allot) - _value(_after(self.to_allot, qty))
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


def require_quantity(qty: int) -> None:
    """Refuse a number of shares that is none; raises QuantityNotPositive, AmountTooLarge."""
    if qty <= 0:
        raise QuantityNotPositive(qty=qty)
    require_holdable(qty)


def _value(lots: tuple[Lot, ...]) -> int:
    return sum(qty * price_c for qty, price_c in lots)


def _after(lots: tuple[Lot, ...], taken: int) -> tuple[Lot, ...]:
    """Return what is left of the lots once so many shares are taken from the first of them."""
    left: list[Lot] = []
    for qty, price_c in lots:
        here = min(qty, taken)
        taken -= here
        left.append((qty - here, price_c))
    return tuple(lot for lot in left if lot[0])
