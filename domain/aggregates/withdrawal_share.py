"""A withdrawal share: what a former member is owed for shares that ended with the membership.

    ── Determined ──> waiting ── PaymentOrdered ──> ordered, whole or in parts, until the bank's line pays it
    ordered ── PaymentWithdrawn ──> waiting
    waiting ── SetOff ──> paid by what its member owes ── SetOffReversed ──> waiting
    waiting ── Suspended ──> suspended ── Resumed ──> waiting
    waiting ── Blocked ──> blocked by a dispute ── Unblocked ──> waiting

Its amount is fixed by the last approved accounts. It is paid only as far as both tests of
distributions allow it, in the order of the queue; what they do not allow is suspended, bears no
interest, and is paid before any other distribution (CSA art. 6:120 ◇). What a dispute blocks is
not paid before the dispute is settled.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.errors import AmountIsBlocked, ExceedsWithdrawal, NothingDue
from domain.facts import Ledgered, Stamp
from domain.money import require_positive


class WithdrawalBasis(StrEnum):
    """What a share is worth to who leaves: what was paid in, at most its net asset; or its net asset."""

    PAID_IN = "paid-in"
    NET_ASSET = "net-asset"


class WithdrawalShare(Ledgered):
    """The withdrawal share of one share account."""

    TOPIC = "withdrawal-share"

    def __init__(self, entity_id: UUID, membership_id: UUID, account_id: UUID, amount_c: int) -> None:
        """Start owed and not paid."""
        self.entity_id = entity_id
        self.membership_id = membership_id
        self.account_id = account_id
        self.amount_c = amount_c
        self.ordered_c = 0
        self.suspended_c = 0
        self.blocked: Mapping[UUID, int] = {}

    class Event(Ledgered.Event):
        """What happened to a withdrawal share."""

        entity_id: UUID
        membership_id: UUID

    class Determined(Event, Ledgered.Created):
        """So many shares, for which `contributed_c` was paid in, are worth `amount_c` to who left.

        `net_asset_per_share_c` is that of the accounts `accounts_ref`; `due_on` is when it is paid by,
        unless it is suspended.
        """

        TOPIC = "withdrawal-share.determined.v1"
        booked_on: date
        account_id: UUID
        person_id: UUID
        share_class: str
        qty: int
        contributed_c: int
        basis: WithdrawalBasis
        net_asset_per_share_c: int
        amount_c: int
        accounts_ref: str
        due_on: date

    Created = Determined

    class Suspended(Event):
        """The tests do not allow to pay so much more of it, `suspended_c` in all; it bears no interest."""

        TOPIC = "withdrawal-share.suspended.v1"
        amount_c: int
        suspended_c: int

        def apply(self, share: WithdrawalShare) -> None:
            """Remember how much waits for the tests."""
            share.suspended_c = self.suspended_c

    class Resumed(Event):
        """The tests allow so much more of it to be paid; `suspended_c` is still suspended."""

        TOPIC = "withdrawal-share.resumed.v1"
        amount_c: int
        suspended_c: int

        def apply(self, share: WithdrawalShare) -> None:
            """Remember how much waits for the tests."""
            share.suspended_c = self.suspended_c

    class Blocked(Event):
        """So much of it is not paid until this dispute is settled."""

        TOPIC = "withdrawal-share.blocked.v1"
        dispute_id: UUID
        amount_c: int

        def apply(self, share: WithdrawalShare) -> None:
            """Hold it back."""
            held_c = share.blocked.get(self.dispute_id, 0)
            share.blocked = {**share.blocked, self.dispute_id: held_c + self.amount_c}

    class Unblocked(Event):
        """The dispute is settled: what it blocked may be paid."""

        TOPIC = "withdrawal-share.unblocked.v1"
        dispute_id: UUID
        amount_c: int

        def apply(self, share: WithdrawalShare) -> None:
            """Hold it back no longer."""
            share.blocked = {each: held for each, held in share.blocked.items() if each != self.dispute_id}

    class PaymentOrdered(Event):
        """The approved order that pays so much of it."""

        TOPIC = "withdrawal-share.payment-ordered.v1"
        order_id: UUID
        amount_c: int

        def apply(self, share: WithdrawalShare) -> None:
            """Let no other order pay it."""
            share.ordered_c += self.amount_c

    class PaymentWithdrawn(Event):
        """The approved order was taken back before the bank paid: another one may pay it."""

        TOPIC = "withdrawal-share.payment-withdrawn.v1"
        order_id: UUID
        amount_c: int

        def apply(self, share: WithdrawalShare) -> None:
            """Let another order pay it."""
            share.ordered_c -= self.amount_c

    class SetOff(Event):
        """So much of it pays a deficit that its member owes; the deficit's own fact books it."""

        TOPIC = "withdrawal-share.set-off.v1"
        deficit_id: UUID
        amount_c: int

        def apply(self, share: WithdrawalShare) -> None:
            """Let no order pay it."""
            share.ordered_c += self.amount_c

    class SetOffReversed(SetOff):
        """It was set off by mistake: so much, below zero, is owed again; the deficit's own fact books it."""

        TOPIC = "withdrawal-share.set-off-reversed.v1"

    @property
    def open_c(self) -> int:
        """What no approved order pays yet and no deficit took, in cents."""
        return self.amount_c - self.ordered_c

    @property
    def blocked_c(self) -> int:
        """What disputes hold back, in cents."""
        return sum(self.blocked.values())

    def require_payable(self, amount_c: int) -> None:
        """Refuse to pay more than is open, or any of what a dispute blocks."""
        require_positive(amount_c)
        if not self.open_c:
            raise NothingDue(withdrawal_id=self.id)
        if amount_c > self.open_c:
            raise ExceedsWithdrawal(open_c=self.open_c, amount_c=amount_c)
        if amount_c > self.open_c - self.blocked_c:
            raise AmountIsBlocked(open_c=self.open_c, blocked_c=self.blocked_c, amount_c=amount_c)

    def tell_suspended(self, stamp: Stamp, *, suspended_c: int) -> None:
        """Record how much the tests do not allow to pay, if that changed."""
        if suspended_c != self.suspended_c:
            more_c = suspended_c - self.suspended_c
            kind = self.Suspended if more_c > 0 else self.Resumed
            self._note(kind, stamp, amount_c=abs(more_c), suspended_c=suspended_c)

    def block(self, stamp: Stamp, *, dispute_id: UUID, amount_c: int) -> None:
        """Hold back so much of what is open and not held back yet."""
        require_positive(amount_c)
        if amount_c > self.open_c - self.blocked_c:
            raise ExceedsWithdrawal(open_c=self.open_c - self.blocked_c, amount_c=amount_c)
        self._note(self.Blocked, stamp, dispute_id=dispute_id, amount_c=amount_c)

    def unblock(self, stamp: Stamp, *, dispute_id: UUID) -> None:
        """Hold back nothing more for this dispute."""
        self._note(self.Unblocked, stamp, dispute_id=dispute_id, amount_c=self.blocked[dispute_id])

    def order_payment(self, stamp: Stamp, *, order_id: UUID, amount_c: int) -> None:
        """Pay so much by this order."""
        self.require_payable(amount_c)
        self._note(self.PaymentOrdered, stamp, order_id=order_id, amount_c=amount_c)

    def withdraw_payment(self, stamp: Stamp, *, order_id: UUID, amount_c: int) -> None:
        """Owe again what that order would have paid."""
        self._note(self.PaymentWithdrawn, stamp, order_id=order_id, amount_c=amount_c)

    def set_off(self, stamp: Stamp, *, deficit_id: UUID, amount_c: int) -> None:
        """Pay so much of a deficit out of it."""
        self.require_payable(amount_c)
        self._note(self.SetOff, stamp, deficit_id=deficit_id, amount_c=amount_c)

    def undo_set_off(self, stamp: Stamp, *, deficit_id: UUID, amount_c: int) -> None:
        """Owe again what was set off against that deficit by mistake."""
        self._note(self.SetOffReversed, stamp, deficit_id=deficit_id, amount_c=-amount_c)

    def _note(self, kind: type[Event], stamp: Stamp, **says: object) -> None:
        self.note(kind, stamp, entity_id=self.entity_id, membership_id=self.membership_id, **says)
