"""Dividends and what each holder is due of them: account 471, opened down to the members."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.aggregates.dividend import Dividend
from domain.aggregates.dividend_due import DividendDue
from domain.aggregates.payment_order import PaymentOrder, Pays
from projections.dated_sums import COUNTS, Axis, DatedSums, Moved, Past
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader, position_of

GIVEN = Table(
    "dividend",
    (
        """
        CREATE TABLE dividend (
            dividend_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            share_class text NOT NULL,
            held_on date NOT NULL,
            qty bigint NOT NULL,
            per_share_c bigint NOT NULL,
            amount_c bigint NOT NULL,
            decision_ref text NOT NULL,
            motion_id uuid,
            booked_on date NOT NULL,
            effective_on date NOT NULL,
            position bigint NOT NULL
        )
        """,
    ),
    "SELECT * FROM dividend ORDER BY dividend_id",
)
STEPS = Table(
    "dividend_step",
    (
        """
        CREATE TABLE dividend_step (
            dividend_id uuid,
            step text,
            year_id uuid,
            withholding_bp bigint,
            booked_on date NOT NULL,
            effective_on date NOT NULL,
            position bigint NOT NULL,
            PRIMARY KEY (dividend_id, step)
        )
        """,
    ),
    "SELECT * FROM dividend_step ORDER BY dividend_id, step",
)
DUE = Table(
    "dividend_due",
    (
        """
        CREATE TABLE dividend_due (
            dividend_due_id uuid PRIMARY KEY,
            dividend_id uuid NOT NULL,
            membership_id uuid NOT NULL,
            account_id uuid NOT NULL,
            qty bigint NOT NULL,
            position bigint NOT NULL
        )
        """,
        "CREATE INDEX dividend_due_of ON dividend_due (dividend_id)",
    ),
    "SELECT * FROM dividend_due ORDER BY dividend_due_id",
)
MOVEMENTS = Table(
    "dividend_movement",
    (
        """
        CREATE TABLE dividend_movement (
            dividend_due_id uuid,
            position bigint,
            entity_id uuid NOT NULL,
            booked_on date NOT NULL,
            effective_on date NOT NULL,
            fact text NOT NULL,
            gross_c bigint NOT NULL,
            withheld_c bigint NOT NULL,
            ordered_c bigint NOT NULL,
            paid_c bigint NOT NULL,
            PRIMARY KEY (dividend_due_id, position)
        )
        """,
    ),
    "SELECT * FROM dividend_movement ORDER BY dividend_due_id, position",
)
AMOUNTS = ("gross_c", "withheld_c", "ordered_c", "paid_c")
BALANCES = DatedSums(
    movements="dividend_movement",
    sums="dividend_balance",
    key={"dividend_due_id": "uuid", "entity_id": "uuid"},
    amounts=AMOUNTS,
    also="""(%(entity_id)s::uuid IS NULL OR s.entity_id = %(entity_id)s)
        AND (%(dividend_id)s::uuid IS NULL OR s.dividend_due_id IN (
            SELECT dividend_due_id FROM dividend_due WHERE dividend_id = %(dividend_id)s
        ))""",
)

_ADD_GIVEN = """
    COPY dividend (
        dividend_id, entity_id, share_class, held_on, qty, per_share_c, amount_c, decision_ref, motion_id,
        booked_on, effective_on, position
    ) FROM STDIN
"""
_ADD_STEP = """
    COPY dividend_step (
        dividend_id, step, year_id, withholding_bp, booked_on, effective_on, position
    ) FROM STDIN
"""
_ADD_DUE = """
    COPY dividend_due (dividend_due_id, dividend_id, membership_id, account_id, qty, position) FROM STDIN
"""
_ADD_MOVEMENT = """
    COPY dividend_movement (
        dividend_due_id, position, entity_id, booked_on, effective_on, fact, gross_c, withheld_c, ordered_c,
        paid_c
    ) FROM STDIN
"""


class DividendsPage(Page):
    """Follows each dividend from its vote, and what each holder is due to the bank's payment."""

    def __init__(self, cursor: Cursor[TupleRow]) -> None:
        """Begin without movements."""
        super().__init__(cursor)
        self._moved = Moved()

    @on(Dividend.Voted)
    def _voted(self, position: int, event: Dividend.Voted) -> None:
        whose = (event.entity_id, event.share_class, event.held_on)
        given = (event.qty, event.per_share_c, event.amount_c, event.decision_ref, event.motion_id)
        days = (event.effective_on, event.effective_on)
        self.add(_ADD_GIVEN, event.originator_id, *whose, *given, *days, position)

    @on(Dividend.Appropriated)
    def _appropriated(self, position: int, event: Dividend.Appropriated) -> None:
        self._step(position, event, "appropriated", event.year_id, None)

    @on(Dividend.MadePayable)
    def _payable(self, position: int, event: Dividend.MadePayable) -> None:
        self._step(position, event, "payable", None, event.withholding_bp)

    def _step(
        self, position: int, event: Any, step: str, year_id: UUID | None, withholding_bp: int | None
    ) -> None:
        days = (event.effective_on, event.effective_on)
        self.add(_ADD_STEP, event.originator_id, step, year_id, withholding_bp, *days, position)

    @on(DividendDue.Determined)
    def _determined(self, position: int, event: DividendDue.Determined) -> None:
        whose = (event.dividend_id, event.membership_id, event.account_id)
        self.add(_ADD_DUE, event.originator_id, *whose, event.qty, position)
        told = {"gross_c": event.gross_c, "withheld_c": event.withheld_c}
        self._move(position, event, event.originator_id, **told)

    @on(DividendDue.PaymentOrdered)
    def _ordered(self, position: int, event: DividendDue.PaymentOrdered) -> None:
        self._move(position, event, event.originator_id, ordered_c=event.amount_c)

    @on(DividendDue.PaymentWithdrawn)
    def _withdrawn(self, position: int, event: DividendDue.PaymentWithdrawn) -> None:
        self._move(position, event, event.originator_id, ordered_c=-event.amount_c)

    @on(PaymentOrder.Cleared, PaymentOrder.ReturnUndone)
    def _cleared(self, position: int, event: PaymentOrder.Cleared | PaymentOrder.ReturnUndone) -> None:
        if event.pays is Pays.DIVIDEND:
            self._move(position, event, event.document_id, paid_c=event.amount_c)

    @on(PaymentOrder.Returned, PaymentOrder.ClearingUndone)
    def _returned(self, position: int, event: PaymentOrder.Returned | PaymentOrder.ClearingUndone) -> None:
        if event.pays is Pays.DIVIDEND:
            self._move(position, event, event.document_id, paid_c=-event.amount_c)

    def _move(self, position: int, event: Any, due_id: UUID, **moved: int) -> None:
        days = (getattr(event, "booked_on", event.effective_on), event.effective_on)
        amounts = [moved.get(name, 0) for name in AMOUNTS]
        self.add(_ADD_MOVEMENT, due_id, position, event.entity_id, *days, event.TOPIC, *amounts)
        self._moved.add((due_id, event.entity_id), position, *amounts)

    def write(self) -> None:
        """Write the movements, then what they add up to."""
        super().write()
        BALANCES.write(self.cursor, self._moved.by_key)


DIVIDENDS = ReadModel("dividends", 2, (GIVEN, STEPS, DUE, MOVEMENTS, *BALANCES.tables), DividendsPage)


@dataclass(frozen=True)
class DividendHolder:
    """What one holder is due of a dividend, in cents: `net_c` is `gross_c` for `qty` shares less `withheld_c`.

    Approved orders pay `ordered_c` of it, and the bank paid `paid_c`.
    """

    dividend_due_id: UUID
    dividend_id: UUID
    entity_id: UUID
    membership_id: UUID
    account_id: UUID
    qty: int
    gross_c: int
    withheld_c: int
    net_c: int
    ordered_c: int
    paid_c: int
    position: int


@dataclass(frozen=True)
class DividendGiven:
    """One dividend, in cents before tax: `per_share_c` for each of `qty` shares held on `held_on`.

    It is owed from `appropriated_on` on, and paid from `payable_on` on. The holders of `left` shares are
    not named yet; of those who are, `withheld_c` is tax, `ordered_c` is ordered and `paid_c` paid.
    """

    dividend_id: UUID
    entity_id: UUID
    share_class: str
    held_on: date
    qty: int
    per_share_c: int
    amount_c: int
    decision_ref: str
    motion_id: UUID | None
    voted_on: date
    position: int
    appropriated_on: date | None
    year_id: UUID | None
    payable_on: date | None
    withholding_bp: int | None
    left: int
    withheld_c: int
    ordered_c: int
    paid_c: int


@dataclass(frozen=True)
class DividendsGiven:
    """Dividends and their holders, as the log stood at `position`."""

    position: int
    axis: Axis
    as_of: date | None
    dividends: tuple[DividendGiven, ...]
    holders: tuple[DividendHolder, ...]


_GIVEN_THEN = f"""
    SELECT d.dividend_id, d.entity_id, d.share_class, d.held_on, d.qty, d.per_share_c, d.amount_c,
        d.decision_ref, d.motion_id, d.effective_on, d.position,
        a.effective_on, a.year_id, p.effective_on, p.withholding_bp
    FROM (SELECT * FROM dividend WHERE {COUNTS}) AS d
    LEFT JOIN (SELECT * FROM dividend_step WHERE {COUNTS}) AS a
        ON a.dividend_id = d.dividend_id AND a.step = 'appropriated'
    LEFT JOIN (SELECT * FROM dividend_step WHERE {COUNTS}) AS p
        ON p.dividend_id = d.dividend_id AND p.step = 'payable'
    WHERE (%(entity_id)s::uuid IS NULL OR d.entity_id = %(entity_id)s)
        AND (%(dividend_id)s::uuid IS NULL OR d.dividend_id = %(dividend_id)s)
    ORDER BY d.position
"""  # noqa: S608 - COUNTS is a constant
_DUE = """
    SELECT dividend_due_id, dividend_id, membership_id, account_id, qty, position FROM dividend_due
    WHERE %(dividend_id)s::uuid IS NULL OR dividend_id = %(dividend_id)s
"""


def dividends_given(
    reader: Reader,
    *,
    entity_id: UUID | None = None,
    dividend_id: UUID | None = None,
    as_of: date | None = None,
    known_at: int | None = None,
    axis: Axis = Axis.BOOKED,
) -> DividendsGiven:
    """Return one dividend, those of an entity or all, at that past; raises NotProjectedYet."""
    past = Past(as_of, known_at, axis)
    values = {"entity_id": entity_id, "dividend_id": dividend_id, **past.values()}
    with reader.snapshot() as cursor:
        position = position_of(cursor, DIVIDENDS.name, known_at)
        given = cursor.execute(_GIVEN_THEN, values).fetchall()
        due = {row[0]: row[1:] for row in cursor.execute(_DUE, values)}
        found = cursor.execute(BALANCES.current if past.is_now else BALANCES.past, values).fetchall()
    holders = sorted(
        (_holder(each, entity, due[each], *amounts) for each, entity, *amounts in found),
        key=lambda each: each.position,
    )
    return DividendsGiven(position, axis, as_of, tuple(_given(row, holders) for row in given), tuple(holders))


def _holder(
    due_id: UUID,
    entity_id: UUID,
    due: tuple[Any, ...],
    gross_c: int,
    withheld_c: int,
    ordered_c: int,
    paid_c: int,
) -> DividendHolder:
    dividend_id, membership_id, account_id, qty, position = due
    whose = (due_id, dividend_id, entity_id, membership_id, account_id, qty)
    net_c = gross_c - withheld_c
    return DividendHolder(*whose, gross_c, withheld_c, net_c, ordered_c, paid_c, position)


def _given(row: tuple[Any, ...], holders: list[DividendHolder]) -> DividendGiven:
    own = [each for each in holders if each.dividend_id == row[0]]
    left = row[4] - sum(each.qty for each in own)
    withheld_c, ordered_c = sum(each.withheld_c for each in own), sum(each.ordered_c for each in own)
    told = (*row, left, withheld_c, ordered_c, sum(each.paid_c for each in own))
    return DividendGiven(*told)
