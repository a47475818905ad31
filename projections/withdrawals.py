"""Withdrawal shares in the order of their queue, and the tests of distributions they are paid within."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.aggregates.distributions import Distributions
from domain.aggregates.payment_order import PaymentOrder, Pays
from domain.aggregates.withdrawal_share import WithdrawalShare
from projections.dated_sums import COUNTS, Axis, DatedSums, Moved, Past
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader, position_of, rows_of

SHARES = Table(
    "withdrawal_share",
    (
        """
        CREATE TABLE withdrawal_share (
            withdrawal_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            membership_id uuid NOT NULL,
            account_id uuid NOT NULL,
            share_class text NOT NULL,
            qty bigint NOT NULL,
            contributed_c bigint NOT NULL,
            basis text NOT NULL,
            net_asset_per_share_c bigint NOT NULL,
            amount_c bigint NOT NULL,
            accounts_ref text NOT NULL,
            due_on date NOT NULL,
            position bigint NOT NULL
        )
        """,
    ),
    "SELECT * FROM withdrawal_share ORDER BY withdrawal_id",
)
MOVEMENTS = Table(
    "withdrawal_movement",
    (
        """
        CREATE TABLE withdrawal_movement (
            withdrawal_id uuid,
            position bigint,
            entity_id uuid NOT NULL,
            booked_on date NOT NULL,
            effective_on date NOT NULL,
            fact text NOT NULL,
            owed_c bigint NOT NULL,
            ordered_c bigint NOT NULL,
            paid_c bigint NOT NULL,
            suspended_c bigint NOT NULL,
            blocked_c bigint NOT NULL,
            PRIMARY KEY (withdrawal_id, position)
        )
        """,
    ),
    "SELECT * FROM withdrawal_movement ORDER BY withdrawal_id, position",
)
TESTS = Table(
    "distribution_test",
    (
        """
        CREATE TABLE distribution_test (
            entity_id uuid,
            position bigint,
            booked_on date NOT NULL,
            effective_on date NOT NULL,
            net_asset_c bigint NOT NULL,
            unavailable_c bigint NOT NULL,
            means_c bigint NOT NULL,
            debts_c bigint NOT NULL,
            distributable_c bigint NOT NULL,
            report_sha256 text NOT NULL,
            PRIMARY KEY (entity_id, position)
        )
        """,
    ),
    "SELECT * FROM distribution_test ORDER BY entity_id, position",
)
AMOUNTS = ("owed_c", "ordered_c", "paid_c", "suspended_c", "blocked_c")
BALANCES = DatedSums(
    movements="withdrawal_movement",
    sums="withdrawal_balance",
    key={"withdrawal_id": "uuid", "entity_id": "uuid"},
    amounts=AMOUNTS,
    also="(%(entity_id)s::uuid IS NULL OR s.entity_id = %(entity_id)s)",
)

_ADD_SHARE = """
    COPY withdrawal_share (
        withdrawal_id, entity_id, membership_id, account_id, share_class, qty, contributed_c, basis,
        net_asset_per_share_c, amount_c, accounts_ref, due_on, position
    ) FROM STDIN
"""
_ADD_MOVEMENT = """
    COPY withdrawal_movement (
        withdrawal_id, position, entity_id, booked_on, effective_on, fact, owed_c, ordered_c, paid_c,
        suspended_c, blocked_c
    ) FROM STDIN
"""
_ADD_TEST = """
    COPY distribution_test (
        entity_id, position, booked_on, effective_on, net_asset_c, unavailable_c, means_c, debts_c,
        distributable_c, report_sha256
    ) FROM STDIN
"""


class WithdrawalsPage(Page):
    """Follows each withdrawal share from its amount to the bank's payment."""

    def __init__(self, cursor: Cursor[TupleRow]) -> None:
        """Begin without movements."""
        super().__init__(cursor)
        self._moved = Moved()

    @on(WithdrawalShare.Determined)
    def _determined(self, position: int, event: WithdrawalShare.Determined) -> None:
        whose = (event.entity_id, event.membership_id, event.account_id, event.share_class, event.qty)
        measured = (event.contributed_c, event.basis.value, event.net_asset_per_share_c, event.amount_c)
        row = (*whose, *measured, event.accounts_ref, event.due_on)
        self.add(_ADD_SHARE, event.originator_id, *row, position)
        self._move(position, event, event.originator_id, owed_c=event.amount_c)

    @on(WithdrawalShare.Suspended)
    def _suspended(self, position: int, event: WithdrawalShare.Suspended) -> None:
        self._move(position, event, event.originator_id, suspended_c=event.amount_c)

    @on(WithdrawalShare.Resumed)
    def _resumed(self, position: int, event: WithdrawalShare.Resumed) -> None:
        self._move(position, event, event.originator_id, suspended_c=-event.amount_c)

    @on(WithdrawalShare.Blocked)
    def _blocked(self, position: int, event: WithdrawalShare.Blocked) -> None:
        self._move(position, event, event.originator_id, blocked_c=event.amount_c)

    @on(WithdrawalShare.Unblocked)
    def _unblocked(self, position: int, event: WithdrawalShare.Unblocked) -> None:
        self._move(position, event, event.originator_id, blocked_c=-event.amount_c)

    @on(WithdrawalShare.PaymentOrdered)
    def _ordered(self, position: int, event: WithdrawalShare.PaymentOrdered) -> None:
        self._move(position, event, event.originator_id, ordered_c=event.amount_c)

    @on(WithdrawalShare.PaymentWithdrawn)
    def _withdrawn(self, position: int, event: WithdrawalShare.PaymentWithdrawn) -> None:
        self._move(position, event, event.originator_id, ordered_c=-event.amount_c)

    @on(PaymentOrder.Returned, PaymentOrder.ClearingUndone)
    def _returned(self, position: int, event: PaymentOrder.Returned | PaymentOrder.ClearingUndone) -> None:
        if event.pays is Pays.WITHDRAWAL:
            self._move(position, event, event.document_id, paid_c=-event.amount_c)

    @on(WithdrawalShare.SetOff, WithdrawalShare.SetOffReversed)
    def _set_off(self, position: int, event: WithdrawalShare.SetOff) -> None:
        amount_c = event.amount_c
        self._move(position, event, event.originator_id, ordered_c=amount_c, paid_c=amount_c)

    @on(PaymentOrder.Cleared, PaymentOrder.ReturnUndone)
    def _cleared(self, position: int, event: PaymentOrder.Cleared | PaymentOrder.ReturnUndone) -> None:
        if event.pays is Pays.WITHDRAWAL:
            self._move(position, event, event.document_id, paid_c=event.amount_c)

    @on(Distributions.TestsRecorded)
    def _tested(self, position: int, event: Distributions.TestsRecorded) -> None:
        figures = (event.net_asset_c, event.unavailable_c, event.means_c, event.debts_c)
        days = (event.effective_on, event.effective_on)
        row = (*days, *figures, event.distributable_c, event.report_sha256)
        self.add(_ADD_TEST, event.entity_id, position, *row)

    def _move(self, position: int, event: Any, withdrawal_id: UUID, **moved: int) -> None:
        days = (getattr(event, "booked_on", event.effective_on), event.effective_on)
        amounts = [moved.get(name, 0) for name in AMOUNTS]
        self.add(_ADD_MOVEMENT, withdrawal_id, position, event.entity_id, *days, event.TOPIC, *amounts)
        self._moved.add((withdrawal_id, event.entity_id), position, *amounts)

    def write(self) -> None:
        """Write the movements, then what they add up to."""
        super().write()
        BALANCES.write(self.cursor, self._moved.by_key)


WITHDRAWALS = ReadModel("withdrawals", 5, (SHARES, MOVEMENTS, TESTS, *BALANCES.tables), WithdrawalsPage)


@dataclass(frozen=True)
class WithdrawalOwed:
    """One withdrawal share, in cents: `owed_c` for `qty` shares for which `contributed_c` was paid in.

    Approved orders pay `ordered_c` of it and the bank paid `paid_c`, what deficits took of it in both; the tests suspend `suspended_c`,
    disputes hold back `blocked_c`. It is due on `due_on` unless it is suspended.
    """

    withdrawal_id: UUID
    entity_id: UUID
    membership_id: UUID
    account_id: UUID
    share_class: str
    qty: int
    contributed_c: int
    basis: str
    net_asset_per_share_c: int
    accounts_ref: str
    due_on: date
    position: int
    owed_c: int
    ordered_c: int
    paid_c: int
    suspended_c: int
    blocked_c: int


@dataclass(frozen=True)
class DistributionTest:
    """Both tests as the board made them on one day, in cents; they left `distributable_c`."""

    entity_id: UUID
    position: int
    tested_on: date
    net_asset_c: int
    unavailable_c: int
    means_c: int
    debts_c: int
    distributable_c: int
    report_sha256: str


@dataclass(frozen=True)
class WithdrawalsOwed:
    """The queue in its order, and the tests, as the log stood at `position`."""

    position: int
    axis: Axis
    as_of: date | None
    withdrawals: tuple[WithdrawalOwed, ...]
    tests: tuple[DistributionTest, ...]


_SHARES = """
    SELECT withdrawal_id, membership_id, account_id, share_class, qty, contributed_c, basis,
        net_asset_per_share_c, accounts_ref, due_on, position
    FROM withdrawal_share
"""
_TESTS_OF = f"""
    SELECT entity_id, position, effective_on AS tested_on, net_asset_c, unavailable_c, means_c, debts_c,
        distributable_c, report_sha256
    FROM distribution_test
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s) AND {COUNTS}
    ORDER BY position
"""  # noqa: S608 - COUNTS is a constant


def withdrawals_owed(
    reader: Reader,
    *,
    entity_id: UUID | None = None,
    as_of: date | None = None,
    known_at: int | None = None,
    axis: Axis = Axis.BOOKED,
) -> WithdrawalsOwed:
    """Return the withdrawal shares of an entity, or of all, at that past; raises NotProjectedYet."""
    past = Past(as_of, known_at, axis)
    values = {"entity_id": entity_id, **past.values()}
    with reader.snapshot() as cursor:
        position = position_of(cursor, WITHDRAWALS.name, known_at)
        shares = {row[0]: row[1:] for row in cursor.execute(_SHARES)}
        found = cursor.execute(BALANCES.current if past.is_now else BALANCES.past, values).fetchall()
        tests = rows_of(cursor.connection, DistributionTest, _TESTS_OF, **values)
    owed = [WithdrawalOwed(each, entity, *shares[each], *amounts) for each, entity, *amounts in found]
    return WithdrawalsOwed(
        position, axis, as_of, tuple(sorted(owed, key=lambda each: each.position)), tuple(tests)
    )
