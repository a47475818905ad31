"""What each activity has earned, how much of it the clients have paid, and what is promised of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.aggregates.activity import Activity
from domain.aggregates.credit_note import CreditNote
from domain.aggregates.doubtful_claim import DoubtfulClaim
from domain.aggregates.expense_claim import ExpenseClaim
from domain.aggregates.fund_aid import FundAid
from domain.aggregates.internal_transfer import InternalTransfer
from domain.aggregates.invoice import Invoice
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.payroll import Payroll
from projections import cooperative_results as cooperative
from projections.booking import AdoptedRules, posted_kinds
from projections.cooperative_results import RESULT_CLASSES, CooperativeResult
from projections.dated_sums import COUNTS, Axis, DatedSums, Moved, Past
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader, position_of

MOVEMENTS = Table(
    "activity_movement",
    (
        """
        CREATE TABLE activity_movement (
            activity_id uuid,
            position bigint,
            entity_id uuid NOT NULL,
            booked_on date NOT NULL,
            effective_on date NOT NULL,
            fact text NOT NULL,
            document_id uuid,
            result_c bigint NOT NULL,
            open_receivable_net_c bigint NOT NULL,
            committed_c bigint NOT NULL,
            PRIMARY KEY (activity_id, position)
        )
        """,
    ),
    "SELECT * FROM activity_movement ORDER BY activity_id, position",
)
RULES = AdoptedRules("activity_rules")
HOLDS = Table(
    "activity_hold",
    (
        """
        CREATE TABLE activity_hold (
            activity_id uuid,
            position bigint,
            held boolean NOT NULL,
            PRIMARY KEY (activity_id, position)
        )
        """,
    ),
    "SELECT * FROM activity_hold ORDER BY activity_id, position",
)
BALANCES = DatedSums(
    movements="activity_movement",
    sums="activity_balance",
    key={"activity_id": "uuid", "entity_id": "uuid"},
    amounts=("result_c", "open_receivable_net_c", "committed_c"),
    also="(%(entity_id)s::uuid IS NULL OR s.entity_id = %(entity_id)s) "
    "AND (%(activity_id)s::uuid IS NULL OR s.activity_id = %(activity_id)s)",
)

_ADD_HOLD = "COPY activity_hold (activity_id, position, held) FROM STDIN"
_HELD = """
    SELECT DISTINCT ON (activity_id) activity_id, held FROM activity_hold
    WHERE position <= coalesce(%(known_at)s::bigint, 9223372036854775807)
    ORDER BY activity_id, position DESC
"""
_ADD_MOVEMENT = """
    COPY activity_movement (
        activity_id, position, entity_id, booked_on, effective_on, fact, document_id, result_c,
        open_receivable_net_c, committed_c
    ) FROM STDIN
"""


class ActivityBalancesPage(Page):
    """Finds what each fact of a page moves on which activity."""

    def __init__(self, cursor: Cursor[TupleRow]) -> None:
        """Begin with the posting rules adopted so far."""
        super().__init__(cursor)
        self._booking = RULES.load(cursor)
        self._moved = Moved()
        self._own = Moved()

    @on(LegalEntity.PostingRulesAdopted)
    def _adopted(self, _: int, event: LegalEntity.PostingRulesAdopted) -> None:
        self.add(RULES.copy, *self._booking.adopt_fact(event))

    @on(Activity.Opened)
    def _opened(self, position: int, event: Activity.Opened) -> None:
        """Begin at nothing: an activity without a movement stands at zero."""
        days = (event.effective_on, event.effective_on)
        self._move(position, event, event.originator_id, days, None, (0, 0, 0))

    @on(Activity.Committed, Activity.Released)
    def _promised(self, position: int, event: Activity.Committed | Activity.Released) -> None:
        """Promise or take back: this posts nothing, so it counts on its own day on either axis."""
        promised_c = event.amount_c if isinstance(event, Activity.Committed) else -event.amount_c
        days = (event.effective_on, event.effective_on)
        self._move(position, event, event.originator_id, days, event.document_id, (0, 0, promised_c))

    @on(Activity.PayoutsHeld, Activity.PayoutsFreed)
    def _held(self, position: int, event: Activity.PayoutsHeld | Activity.PayoutsFreed) -> None:
        self.add(_ADD_HOLD, event.originator_id, position, isinstance(event, Activity.PayoutsHeld))

    @on(*posted_kinds())
    def _posted(self, position: int, event: Any) -> None:
        booked = self._booking.entry(event)
        if booked is None:
            return
        _, entry = booked
        results: dict[UUID, int] = {}
        for line in entry.lines:
            if line.activity_id is not None:
                earned_c = line.credit_c - line.debit_c if line.account.startswith(RESULT_CLASSES) else 0
                results[line.activity_id] = results.get(line.activity_id, 0) + earned_c
        days = (entry.booked_on, entry.effective_on)
        open_c = _change_of_open_net(event)
        for activity_id, result_c in results.items():
            amounts = (result_c, open_c, _change_of_committed(event, activity_id))
            self._move(position, event, activity_id, days, entry.document_id, amounts)
        own_c = cooperative.own_result_c(entry)
        if own_c:
            self.add(cooperative.ADD_MOVEMENT, *cooperative.movement(position, entry, own_c))
            self._own.add((entry.entity_id,), position, own_c)

    def _move(
        self,
        position: int,
        event: Any,
        activity_id: UUID,
        days: tuple[date, date],
        document_id: UUID | None,
        amounts: tuple[int, int, int],
    ) -> None:
        row = (activity_id, position, event.entity_id, *days, event.TOPIC, document_id, *amounts)
        self.add(_ADD_MOVEMENT, *row)
        self._moved.add((activity_id, event.entity_id), position, *amounts)

    def write(self) -> None:
        """Write the movements, then what they add up to."""
        super().write()
        BALANCES.write(self.cursor, self._moved.by_key)
        cooperative.SUMS.write(self.cursor, self._own.by_key)


def _change_of_open_net(event: Any) -> int:
    """Return what the fact adds to the open receivables, net of VAT."""
    if isinstance(event, Invoice.Issued | Invoice.TakenOver):
        return event.net_c
    if isinstance(event, Invoice.PaymentReceived):
        return -event.net_c
    if isinstance(event, Invoice.PaymentReversed):
        return event.net_c
    if isinstance(event, CreditNote.Issued):
        return -event.open_net_c
    return _change_by_doubt(event) if isinstance(event, DoubtfulClaim.Event) else 0


def _change_by_doubt(event: DoubtfulClaim.Event) -> int:
    """Return what a fact about a doubtful claim adds to them, less what was adjusted."""
    if isinstance(event, DoubtfulClaim.ValueAdjustmentRecorded | DoubtfulClaim.ValueAdjustmentTakenBack):
        return (
            event.amount_c if isinstance(event, DoubtfulClaim.ValueAdjustmentTakenBack) else -event.amount_c
        )
    if isinstance(event, DoubtfulClaim.VatReclaimed):
        return -event.open_net_c
    if isinstance(event, DoubtfulClaim.LossRecognised):
        return event.adjusted_c - event.open_net_c
    if isinstance(event, DoubtfulClaim.RecoveryReceived):
        return -event.bare_c
    if isinstance(event, DoubtfulClaim.RecoveryReversed):
        return -event.bare_c - event.adjusted_c
    return 0


def _change_of_committed(event: Any, activity_id: UUID) -> int:
    """Return what the fact adds to what the activity promised: what is posted is no promise any more."""
    if isinstance(event, ExpenseClaim.Approved):
        return -event.cost_c
    if isinstance(event, Payroll.SlipPosted | Payroll.DirectorPayPosted):
        return -event.budget_c
    if isinstance(event, FundAid.RepaymentSetOff):
        return -event.amount_c
    if isinstance(event, InternalTransfer.Accepted):
        return -event.amount_c if activity_id == event.from_activity_id else 0
    return 0


ACTIVITY_BALANCES = ReadModel(
    "activity_balances",
    10,
    (RULES.table, MOVEMENTS, HOLDS, *BALANCES.tables, cooperative.MOVEMENTS, *cooperative.SUMS.tables),
    ActivityBalancesPage,
)


@dataclass(frozen=True)
class ActivityBalance:
    """What an activity stands at, in cents.

    `result_c` is class 7 less class 6 on the activity; `collected_c` is the result less what
    clients still owe on its invoices, doubtful or not, net of VAT and of value adjustments; `committed_c` is promised and not yet posted.
    """

    activity_id: UUID
    entity_id: UUID
    result_c: int
    open_receivable_net_c: int
    committed_c: int

    @property
    def collected_c(self) -> int:
        """The result as far as clients have paid it."""
        return self.result_c - self.open_receivable_net_c


@dataclass(frozen=True)
class ActivityBalances:
    """The activities, as the log stood at `position`, and what is the cooperative's own.

    `cooperative` has one row an entity; none when one activity is asked for.
    """

    position: int
    axis: Axis
    as_of: date | None
    rows: tuple[ActivityBalance, ...]
    cooperative: tuple[CooperativeResult, ...]


@dataclass(frozen=True)
class ActivityMovement:
    """One fact behind the balances of an activity, with its place in the log and its topic."""

    activity_id: UUID
    position: int
    entity_id: UUID
    booked_on: date
    effective_on: date
    fact: str
    document_id: UUID | None
    result_c: int
    open_receivable_net_c: int
    committed_c: int


_MOVEMENTS_OF = f"""
    SELECT * FROM activity_movement
    WHERE activity_id = %(activity_id)s AND position > %(after)s AND {COUNTS}
    ORDER BY position LIMIT %(limit)s
"""  # noqa: S608 - COUNTS is a constant


def activity_balances(
    reader: Reader,
    *,
    entity_id: UUID | None = None,
    activity_id: UUID | None = None,
    as_of: date | None = None,
    known_at: int | None = None,
    axis: Axis = Axis.BOOKED,
) -> ActivityBalances:
    """Return the balances of the activities asked for that had begun by then; raises NotProjectedYet."""
    past = Past(as_of, known_at, axis)
    with reader.snapshot() as cursor:
        position = position_of(cursor, ACTIVITY_BALANCES.name, known_at)
        rows, own = balances(cursor, past, entity_id=entity_id, activity_id=activity_id)
    return ActivityBalances(position, axis, as_of, rows, own)


def balances(
    cursor: Cursor[TupleRow], past: Past, *, entity_id: UUID | None, activity_id: UUID | None
) -> tuple[tuple[ActivityBalance, ...], tuple[CooperativeResult, ...]]:
    """Return the activities at that past, and what was the cooperative's own unless one is asked for."""
    values = {"entity_id": entity_id, "activity_id": activity_id, **past.values()}
    found = cursor.execute(BALANCES.current if past.is_now else BALANCES.past, values).fetchall()
    asked = cooperative.SUMS.current if past.is_now else cooperative.SUMS.past
    own = [] if activity_id else cursor.execute(asked, values).fetchall()
    return tuple(ActivityBalance(*row) for row in found), tuple(CooperativeResult(*row) for row in own)


def held_activities(cursor: Cursor[TupleRow], known_at: int | None) -> frozenset[UUID]:
    """Return the activities whose payouts were held at that position."""
    found = cursor.execute(_HELD, {"known_at": known_at}).fetchall()
    return frozenset(activity_id for activity_id, held in found if held)


def activity_movements(
    reader: Reader,
    *,
    activity_id: UUID,
    as_of: date | None = None,
    known_at: int | None = None,
    axis: Axis = Axis.BOOKED,
    limit: int = 100,
    after: int = 0,
) -> list[ActivityMovement]:
    """Return the facts behind an activity's balances after position `after`, at most `limit`."""
    past = Past(as_of, known_at, axis).values()
    return reader.rows(
        ActivityMovement, _MOVEMENTS_OF, activity_id=activity_id, limit=limit, after=after, **past
    )
