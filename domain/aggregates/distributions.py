"""What an entity may distribute to its shareholders, and who waits for it.

    ── Opened ──> kept ── TestsRecorded ──> so much may be distributed
    so much ── WithdrawalPaid, DividendVoted ──> so much less ── PaymentWithdrawn ──> so much again
    voted ── DividendAppropriated ──> in the accounts
    so much ── PatronageVoted ──> so much less, voted ── PatronageAppropriated ──> in the accounts
    ── WithdrawalEntered ──> in the queue ── WithdrawalPaid ──> out of it ── PaymentWithdrawn ──> in its old place

Money goes to shareholders, as withdrawal shares and dividends alike, only within both tests: the
net assets stay above what the statutes or the law make unavailable, and debts that fall due over
twelve months can be paid (CSA art. 6:115, 6:116 ◇). The board records the figures of both, never
their outcome alone. The queue is kept here, so that nobody is paid before whoever waits longer,
and no dividend before them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from domain.errors import (
    AmountNegative,
    DividendNotAsVoted,
    EmptyText,
    NoDistributionTest,
    OverDistributable,
    PatronageNotAsVoted,
    PaymentSuspended,
    WithdrawalsWait,
)
from domain.facts import Ledgered, Stamp
from domain.money import require_holdable


class Distributions(Ledgered):
    """The distributions of one entity."""

    TOPIC = "distributions"

    def __init__(self, entity_id: UUID) -> None:
        """Start without a test, and nobody waiting."""
        self.entity_id = entity_id
        self.tested_on: date | None = None
        self.distributable_c = 0
        self.paid_of_test: Mapping[tuple[UUID, UUID], int] = {}
        self.waiting: Mapping[UUID, int] = {}
        self.voted_c = 0
        self.votes = 0
        self.voted: tuple[UUID, ...] = ()
        self.patronage_voted_c = 0
        self.patronage_votes = 0
        self.patronage_voted: tuple[UUID, ...] = ()

    class Event(Ledgered.Event):
        """What happened to the distributions of an entity."""

        entity_id: UUID

    class Opened(Event, Ledgered.Created):
        """The entity keeps an account of what it may distribute."""

        TOPIC = "distributions.opened.v1"

    Created = Opened

    class WithdrawalEntered(Event):
        """This withdrawal share waits, behind all that wait already."""

        TOPIC = "distributions.withdrawal-entered.v1"
        withdrawal_id: UUID
        amount_c: int

        def apply(self, distributions: Distributions) -> None:
            """Put it at the end of the queue."""
            distributions.waiting = {**distributions.waiting, self.withdrawal_id: self.amount_c}

    class TestsRecorded(Event):
        """The board made both tests: `distributable_c` is what they leave, nothing if one fails.

        Net assets `net_asset_c` less what is unavailable, `unavailable_c`; `means_c`, what the entity
        has and receives within twelve months, less `debts_c`, what falls due in them.
        """

        TOPIC = "distributions.tests-recorded.v1"
        net_asset_c: int
        unavailable_c: int
        means_c: int
        debts_c: int
        distributable_c: int
        report_sha256: str

        def apply(self, distributions: Distributions) -> None:
            """Distribute within these tests from now on."""
            distributions.tested_on = self.effective_on
            distributions.distributable_c = self.distributable_c
            distributions.paid_of_test = {}

    class WithdrawalPaid(Event):
        """So much of this withdrawal share is paid, by this approved order or by the deficit it is set off against."""

        TOPIC = "distributions.withdrawal-paid.v1"
        withdrawal_id: UUID
        order_id: UUID
        amount_c: int

        def apply(self, distributions: Distributions) -> None:
            """Keep what is still owed in its place."""
            owed_c = distributions.waiting[self.withdrawal_id] - self.amount_c
            distributions.waiting = {**distributions.waiting, self.withdrawal_id: owed_c}
            distributions.distributable_c -= self.amount_c
            key = self.withdrawal_id, self.order_id
            paid_c = distributions.paid_of_test.get(key, 0) + self.amount_c
            distributions.paid_of_test = {**distributions.paid_of_test, key: paid_c}

    class PaymentWithdrawn(Event):
        """The order or set-off was taken back: so much is owed again, in its old place.

        `freed_c` of it may be distributed again: nothing of what was paid before the last test.
        """

        TOPIC = "distributions.payment-withdrawn.v1"
        withdrawal_id: UUID
        order_id: UUID
        amount_c: int
        freed_c: int

        def apply(self, distributions: Distributions) -> None:
            """Owe it again."""
            owed_c = distributions.waiting[self.withdrawal_id] + self.amount_c
            distributions.waiting = {**distributions.waiting, self.withdrawal_id: owed_c}
            distributions.distributable_c += self.freed_c
            key = self.withdrawal_id, self.order_id
            paid_c = distributions.paid_of_test.get(key, 0) - self.freed_c
            distributions.paid_of_test = {**distributions.paid_of_test, key: paid_c}

    class DividendVoted(Event):
        """The assembly gave each of `qty` shares of this class so much, before tax is withheld.

        It is booked when the result is appropriated.
        """

        TOPIC = "distributions.dividend-voted.v1"
        share_class: str
        qty: int
        per_share_c: int
        amount_c: int
        decision_ref: str
        motion_id: UUID | None = None
        dividend_id: UUID | None = None

        def apply(self, distributions: Distributions) -> None:
            """Distribute it no second time, and wait for its year's appropriation."""
            distributions.distributable_c -= self.amount_c
            distributions.voted_c += self.amount_c
            distributions.votes += 1
            known = () if self.dividend_id is None else (self.dividend_id,)
            distributions.voted = (*distributions.voted, *known)

    class DividendAppropriated(Event):
        """What the assembly had given was appropriated with the result of this year."""

        TOPIC = "distributions.dividend-appropriated.v1"
        year_id: UUID
        amount_c: int

        def apply(self, distributions: Distributions) -> None:
            """Appropriate it no second time."""
            distributions.voted_c -= self.amount_c
            distributions.voted = ()

    class PatronageVoted(Event):
        """The assembly gave the activities so much, by what each contributed in the year appropriated with it."""

        TOPIC = "distributions.patronage-voted.v1"
        patronage_id: UUID
        amount_c: int
        decision_ref: str
        motion_id: UUID | None

        def apply(self, distributions: Distributions) -> None:
            """Distribute it no second time, and wait for its year's appropriation."""
            distributions.distributable_c -= self.amount_c
            distributions.patronage_voted_c += self.amount_c
            distributions.patronage_votes += 1
            distributions.patronage_voted = (*distributions.patronage_voted, self.patronage_id)

    class PatronageAppropriated(Event):
        """What the assembly had given the activities was appropriated with the result of this year."""

        TOPIC = "distributions.patronage-appropriated.v1"
        year_id: UUID
        amount_c: int

        def apply(self, distributions: Distributions) -> None:
            """Appropriate it no second time."""
            distributions.patronage_voted_c -= self.amount_c
            distributions.patronage_voted = ()

    def enter(self, stamp: Stamp, *, withdrawal_id: UUID, amount_c: int) -> None:
        """Put a withdrawal share at the end of the queue."""
        self._note(self.WithdrawalEntered, stamp, withdrawal_id=withdrawal_id, amount_c=amount_c)

    def record_tests(
        self,
        stamp: Stamp,
        *,
        net_asset_c: int,
        unavailable_c: int,
        means_c: int,
        debts_c: int,
        report_sha256: str,
    ) -> None:
        """Record both tests with their figures, in cents, and the board's report by its hash."""
        require_holdable(net_asset_c, unavailable_c, means_c, debts_c)
        if min(unavailable_c, means_c, debts_c) < 0:
            raise AmountNegative(unavailable_c=unavailable_c, means_c=means_c, debts_c=debts_c)
        if not report_sha256.strip():
            raise EmptyText(field="report_sha256")
        self._note(
            self.TestsRecorded,
            stamp,
            net_asset_c=net_asset_c,
            unavailable_c=unavailable_c,
            means_c=means_c,
            debts_c=debts_c,
            distributable_c=max(0, min(net_asset_c - unavailable_c, means_c - debts_c)),
            report_sha256=report_sha256,
        )

    def suspended(self) -> dict[UUID, int]:
        """Return what the tests leave unpaid of each withdrawal share that waits, in order."""
        left_c, suspended = self.distributable_c, {}
        for each, open_c in self.waiting.items():
            payable_c = min(open_c, max(0, left_c))
            left_c -= open_c
            suspended[each] = open_c - payable_c
        return suspended

    def require_turn(self, withdrawal_id: UUID, amount_c: int, *, on: date, valid_days: int) -> None:
        """Refuse what the tests do not leave once all who wait longer are paid."""
        self._require_tested(on, valid_days)
        earlier_c = 0
        for each, open_c in self.waiting.items():
            if each == withdrawal_id:
                break
            earlier_c += open_c
        if earlier_c + amount_c > self.distributable_c:
            raise PaymentSuspended(
                distributable_c=self.distributable_c, wait_longer_c=earlier_c, amount_c=amount_c
            )

    def pay(
        self, stamp: Stamp, *, withdrawal_id: UUID, order_id: UUID, amount_c: int, valid_days: int
    ) -> None:
        """Pay so much of a withdrawal share, in its turn."""
        self.require_turn(withdrawal_id, amount_c, on=stamp.effective_on, valid_days=valid_days)
        self._note(
            self.WithdrawalPaid, stamp, withdrawal_id=withdrawal_id, order_id=order_id, amount_c=amount_c
        )

    def withdraw_payment(self, stamp: Stamp, *, withdrawal_id: UUID, order_id: UUID, amount_c: int) -> None:
        """Owe again what that order would have paid, or was set off against that deficit: what came last goes first."""
        self._note(
            self.PaymentWithdrawn,
            stamp,
            withdrawal_id=withdrawal_id,
            order_id=order_id,
            amount_c=amount_c,
            freed_c=min(amount_c, self.paid_of_test.get((withdrawal_id, order_id), 0)),
        )

    def vote_dividend(
        self,
        stamp: Stamp,
        *,
        share_class: str,
        qty: int,
        per_share_c: int,
        decision_ref: str,
        valid_days: int,
        dividend_id: UUID,
        motion_id: UUID | None = None,
    ) -> None:
        """Give each share so much, once nobody waits for a withdrawal share, within both tests."""
        amount_c = qty * per_share_c
        self._require_distributable(stamp.effective_on, amount_c, valid_days)
        self._note(
            self.DividendVoted,
            stamp,
            share_class=share_class,
            qty=qty,
            per_share_c=per_share_c,
            amount_c=amount_c,
            decision_ref=decision_ref,
            motion_id=motion_id,
            dividend_id=dividend_id,
        )

    def appropriate_dividend(self, stamp: Stamp, *, year_id: UUID, amount_c: int) -> None:
        """Appropriate exactly what the assembly gave and no year has appropriated yet."""
        if amount_c != self.voted_c:
            raise DividendNotAsVoted(voted_c=self.voted_c, dividend_c=amount_c)
        if amount_c:
            self._note(self.DividendAppropriated, stamp, year_id=year_id, amount_c=amount_c)

    def vote_patronage(
        self,
        stamp: Stamp,
        *,
        patronage_id: UUID,
        amount_c: int,
        decision_ref: str,
        motion_id: UUID | None,
        valid_days: int,
    ) -> None:
        """Give the activities so much, once nobody waits for a withdrawal share, within both tests."""
        self._require_distributable(stamp.effective_on, amount_c, valid_days)
        self._note(
            self.PatronageVoted,
            stamp,
            patronage_id=patronage_id,
            amount_c=amount_c,
            decision_ref=decision_ref,
            motion_id=motion_id,
        )

    def appropriate_patronage(self, stamp: Stamp, *, year_id: UUID, amount_c: int) -> None:
        """Appropriate exactly what the assembly gave the activities and no year has appropriated yet."""
        if amount_c != self.patronage_voted_c:
            raise PatronageNotAsVoted(voted_c=self.patronage_voted_c, patronage_c=amount_c)
        if amount_c:
            self._note(self.PatronageAppropriated, stamp, year_id=year_id, amount_c=amount_c)

    def _require_distributable(self, on: date, amount_c: int, valid_days: int) -> None:
        waiting_c = sum(self.waiting.values())
        if waiting_c:
            raise WithdrawalsWait(waiting_c=waiting_c)
        self._require_tested(on, valid_days)
        if amount_c > self.distributable_c:
            raise OverDistributable(distributable_c=self.distributable_c, amount_c=amount_c)

    def _require_tested(self, on: date, valid_days: int) -> None:
        if self.tested_on is None or not 0 <= (on - self.tested_on).days <= valid_days:
            raise NoDistributionTest(tested_on=self.tested_on, valid_days=valid_days)

    def _note(self, kind: type[Event], stamp: Stamp, **says: object) -> None:
        self.note(kind, stamp, entity_id=self.entity_id, **says)
