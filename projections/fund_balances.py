"""What each mutual fund was promised, has collected, has given, and what it set aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.aggregates.fund_aid import AidOutcome, FundAid
from domain.aggregates.fund_guarantee import FundGuarantee
from domain.aggregates.mutual_fund import MutualFund
from domain.facts import FIRST_DAY
from projections.dated_sums import COUNTS, Axis, DatedSums, Moved, Past
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader, position_of

CHARTERS = Table(
    "fund_charter",
    (
        """
        CREATE TABLE fund_charter (
            fund_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            code text NOT NULL,
            kind text NOT NULL,
            ledger_policy text NOT NULL,
            regulation_ref text NOT NULL
        )
        """,
    ),
    "SELECT * FROM fund_charter ORDER BY fund_id",
)
TERMS = Table(
    "fund_terms",
    (
        """
        CREATE TABLE fund_terms (
            fund_id uuid,
            valid_from date,
            floor_c bigint NOT NULL,
            cap_c bigint,
            decision_ref text NOT NULL,
            position bigint NOT NULL,
            PRIMARY KEY (fund_id, valid_from)
        )
        """,
    ),
    "SELECT * FROM fund_terms ORDER BY fund_id, valid_from",
)
MOVEMENTS = Table(
    "fund_movement",
    (
        """
        CREATE TABLE fund_movement (
            fund_id uuid,
            position bigint,
            entity_id uuid NOT NULL,
            booked_on date NOT NULL,
            effective_on date NOT NULL,
            fact text NOT NULL,
            activity_id uuid,
            document_id uuid,
            accrued_c bigint NOT NULL,
            collected_c bigint NOT NULL,
            given_c bigint NOT NULL,
            returned_c bigint NOT NULL,
            promised_c bigint NOT NULL,
            guaranteed_c bigint NOT NULL,
            outstanding_c bigint NOT NULL,
            PRIMARY KEY (fund_id, position)
        )
        """,
    ),
    "SELECT * FROM fund_movement ORDER BY fund_id, position",
)
AMOUNTS = (
    "accrued_c",
    "collected_c",
    "given_c",
    "returned_c",
    "promised_c",
    "guaranteed_c",
    "outstanding_c",
)
BALANCES = DatedSums(
    movements="fund_movement",
    sums="fund_balance",
    key={"fund_id": "uuid", "entity_id": "uuid"},
    amounts=AMOUNTS,
    also="(%(entity_id)s::uuid IS NULL OR s.entity_id = %(entity_id)s) "
    "AND (%(fund_id)s::uuid IS NULL OR s.fund_id = %(fund_id)s)",
)

_ADD_CHARTER = """
    COPY fund_charter (fund_id, entity_id, code, kind, ledger_policy, regulation_ref) FROM STDIN
"""
_ADD_TERMS = "COPY fund_terms (fund_id, valid_from, floor_c, cap_c, decision_ref, position) FROM STDIN"
_ADD_MOVEMENT = """
    COPY fund_movement (
        fund_id, position, entity_id, booked_on, effective_on, fact, activity_id, document_id, accrued_c,
        collected_c, given_c, returned_c, promised_c, guaranteed_c, outstanding_c
    ) FROM STDIN
"""


class FundBalancesPage(Page):
    """Finds what each fact of a page moves in which fund.

    What the fund's own stream is told of its sums is not read: aid and guarantees say it themselves,
    with the day on which it is booked.
    """

    def __init__(self, cursor: Cursor[TupleRow]) -> None:
        """Begin without movements."""
        super().__init__(cursor)
        self._moved = Moved()

    @on(MutualFund.Chartered)
    def _chartered(self, position: int, event: MutualFund.Chartered) -> None:
        """Begin at nothing: a fund without a movement stands at zero."""
        fund_id, policy = event.originator_id, event.ledger_policy.value
        row = (event.entity_id, event.code, event.kind.value, policy, event.regulation_ref)
        self.add(_ADD_CHARTER, fund_id, *row)
        terms = (FIRST_DAY, event.floor_c, event.cap_c, event.regulation_ref)
        self.add(_ADD_TERMS, fund_id, *terms, position)
        self._move(position, event, fund_id, None)

    @on(MutualFund.TermsAmended)
    def _amended(self, position: int, event: MutualFund.TermsAmended) -> None:
        terms = (event.valid_from, event.floor_c, event.cap_c, event.decision_ref)
        self.add(_ADD_TERMS, event.originator_id, *terms, position)

    @on(MutualFund.ContributionCharged)
    def _charged(self, position: int, event: MutualFund.ContributionCharged) -> None:
        self._contribute(position, event, accrued_c=event.amount_c)

    @on(MutualFund.TakenOver)
    def _taken_over(self, position: int, event: MutualFund.TakenOver) -> None:
        amounts = {"accrued_c": event.amount_c, "collected_c": event.amount_c}
        self._move(position, event, event.originator_id, event.cutover_id, **amounts)

    @on(MutualFund.LatePaymentEarned)
    def _earned(self, position: int, event: MutualFund.LatePaymentEarned) -> None:
        self._contribute(position, event, accrued_c=event.amount_c, collected_c=event.amount_c)

    @on(MutualFund.ContributionTakenOver)
    def _part_taken_over(self, position: int, event: MutualFund.ContributionTakenOver) -> None:
        self._contribute(position, event, accrued_c=event.amount_c)

    @on(MutualFund.ContributionReversed)
    def _reversed(self, position: int, event: MutualFund.ContributionReversed) -> None:
        self._contribute(position, event, accrued_c=-event.amount_c)

    @on(MutualFund.ContributionCollected)
    def _collected(self, position: int, event: MutualFund.ContributionCollected) -> None:
        """Collecting posts nothing, so it counts on the day of the receipt on either axis."""
        self._contribute(position, event, collected_c=event.amount_c)

    @on(MutualFund.CollectionReversed)
    def _uncollected(self, position: int, event: MutualFund.CollectionReversed) -> None:
        self._contribute(position, event, collected_c=-event.amount_c)

    @on(FundAid.Decided)
    def _decided(self, position: int, event: FundAid.Decided) -> None:
        if event.outcome is not AidOutcome.REFUSED:
            self._help(position, event, promised_c=event.amount_c)

    @on(FundAid.GivenUp)
    def _given_up(self, position: int, event: FundAid.GivenUp) -> None:
        if event.decided_c:
            self._help(position, event, promised_c=-event.decided_c)

    @on(FundAid.GrantPaid)
    def _granted(self, position: int, event: FundAid.GrantPaid) -> None:
        self._help(position, event, promised_c=-event.amount_c, given_c=event.amount_c)

    @on(FundAid.AdvancePaid)
    def _advanced(self, position: int, event: FundAid.AdvancePaid) -> None:
        amount_c = event.amount_c
        self._help(position, event, promised_c=-amount_c, given_c=amount_c, outstanding_c=amount_c)

    @on(FundAid.PaymentWithdrawn)
    def _not_paid(self, position: int, event: FundAid.PaymentWithdrawn) -> None:
        amount_c = event.amount_c
        outstanding_c = -amount_c if event.lent else 0
        self._help(position, event, promised_c=amount_c, given_c=-amount_c, outstanding_c=outstanding_c)

    @on(
        FundAid.RepaymentReceived,
        FundAid.RepaymentReversed,
        FundAid.RepaymentSetOff,
        FundAid.RepaymentSetOffReversed,
    )
    def _repaid(self, position: int, event: FundAid.RepaymentReceived | FundAid.RepaymentSetOff) -> None:
        self._help(position, event, returned_c=event.amount_c, outstanding_c=-event.amount_c)

    @on(FundAid.AdvanceWrittenOff)
    def _written_off(self, position: int, event: FundAid.AdvanceWrittenOff) -> None:
        """The cash was gone when the advance was paid; now it is not awaited any more."""
        self._help(position, event, outstanding_c=-event.amount_c)

    @on(FundAid.RecoveryReceived, FundAid.RecoveryReversed)
    def _recovered(self, position: int, event: FundAid.RecoveryReceived) -> None:
        self._help(position, event, returned_c=event.amount_c)

    @on(FundGuarantee.Reserved)
    def _guaranteed(self, position: int, event: FundGuarantee.Reserved) -> None:
        self._help(position, event, guaranteed_c=event.amount_c)

    @on(FundGuarantee.Released)
    def _released(self, position: int, event: FundGuarantee.Released) -> None:
        self._help(position, event, guaranteed_c=-event.amount_c)

    @on(FundGuarantee.Called)
    def _called(self, position: int, event: FundGuarantee.Called) -> None:
        self._help(position, event, guaranteed_c=-event.reserved_c, given_c=event.amount_c)

    @on(FundGuarantee.Recovered, FundGuarantee.RecoveryReversed)
    def _given_back(
        self, position: int, event: FundGuarantee.Recovered | FundGuarantee.RecoveryReversed
    ) -> None:
        self._help(position, event, returned_c=event.amount_c)

    def _contribute(self, position: int, event: Any, **amounts: int) -> None:
        self._move(position, event, event.originator_id, event.document_id, **amounts)

    def _help(self, position: int, event: Any, **amounts: int) -> None:
        self._move(position, event, event.fund_id, event.originator_id, **amounts)

    def _move(
        self, position: int, event: Any, fund_id: UUID, document_id: UUID | None, **amounts: int
    ) -> None:
        """Move these amounts; what posts nothing counts on its own day on either axis."""
        days = (getattr(event, "booked_on", event.effective_on), event.effective_on)
        tags = (getattr(event, "activity_id", None), document_id)
        moved = tuple(amounts.get(name, 0) for name in AMOUNTS)
        self.add(_ADD_MOVEMENT, fund_id, position, event.entity_id, *days, event.TOPIC, *tags, *moved)
        self._moved.add((fund_id, event.entity_id), position, *moved)

    def write(self) -> None:
        """Write the movements, then what they add up to."""
        super().write()
        BALANCES.write(self.cursor, self._moved.by_key)


FUND_BALANCES = ReadModel(
    "fund_balances", 8, (CHARTERS, TERMS, MOVEMENTS, *BALANCES.tables), FundBalancesPage
)


@dataclass(frozen=True)
class FundBalance:
    """What a fund stands at, in cents.

    `accrued_c` was charged to activities, less what credit notes took back, or earned of late payers, and
    `collected_c` of it was paid by clients; `given_c` was granted, advanced or given for guarantees, and `returned_c` of it came back; `promised_c` is aid
    decided and not yet paid, `guaranteed_c` is set aside for guarantees, and `outstanding_c` is what
    of advances is still to come back.
    """

    fund_id: UUID
    entity_id: UUID
    code: str
    kind: str
    ledger_policy: str
    floor_c: int
    cap_c: int | None
    accrued_c: int
    collected_c: int
    given_c: int
    returned_c: int
    promised_c: int
    guaranteed_c: int
    outstanding_c: int

    @property
    def cash_c(self) -> int:
        """What the fund holds."""
        return self.collected_c - self.given_c + self.returned_c

    @property
    def available_c(self) -> int:
        """What the fund can still promise without falling below its floor; 0 is at the floor."""
        return max(self.cash_c - self.guaranteed_c - self.promised_c - self.floor_c, 0)


@dataclass(frozen=True)
class FundBalances:
    """The funds, as the log stood at `position`."""

    position: int
    axis: Axis
    as_of: date | None
    rows: tuple[FundBalance, ...]


@dataclass(frozen=True)
class FundMovement:
    """One fact behind the balances of a fund, with its place in the log and its topic."""

    fund_id: UUID
    position: int
    entity_id: UUID
    booked_on: date
    effective_on: date
    fact: str
    activity_id: UUID | None
    document_id: UUID | None
    accrued_c: int
    collected_c: int
    given_c: int
    returned_c: int
    promised_c: int
    guaranteed_c: int
    outstanding_c: int


_TERMS_BY_FUND = """
    SELECT DISTINCT ON (fund_id) fund_id, code, kind, ledger_policy, floor_c, cap_c
    FROM fund_charter JOIN fund_terms USING (fund_id)
    WHERE position <= coalesce(%(known_at)s::bigint, 9223372036854775807)
        AND valid_from <= coalesce(%(on)s::date, 'infinity')
    ORDER BY fund_id, valid_from DESC
"""
_MOVEMENTS_OF = f"""
    SELECT * FROM fund_movement
    WHERE fund_id = %(fund_id)s AND position > %(after)s AND {COUNTS}
    ORDER BY position LIMIT %(limit)s
"""  # noqa: S608 - COUNTS is a constant


def fund_balances(
    reader: Reader,
    *,
    entity_id: UUID | None = None,
    fund_id: UUID | None = None,
    as_of: date | None = None,
    known_at: int | None = None,
    axis: Axis = Axis.BOOKED,
    today: date | None = None,
) -> FundBalances:
    """Return the balances of the funds asked for that existed by then; raises NotProjectedYet.

    Floor and cap are those in force on `as_of`, else on `today`, else the last that were decided.
    """
    past = Past(as_of, known_at, axis)
    with reader.snapshot() as cursor:
        position = position_of(cursor, FUND_BALANCES.name, known_at)
        in_force = {"known_at": known_at, "on": as_of or today}
        terms = {row[0]: row[1:] for row in cursor.execute(_TERMS_BY_FUND, in_force)}
        values = {"entity_id": entity_id, "fund_id": fund_id, **past.values()}
        found = cursor.execute(BALANCES.current if past.is_now else BALANCES.past, values).fetchall()
    rows = tuple(FundBalance(row[0], row[1], *terms[row[0]], *row[2:]) for row in found)
    return FundBalances(position, axis, as_of, rows)


def fund_movements(
    reader: Reader,
    *,
    fund_id: UUID,
    as_of: date | None = None,
    known_at: int | None = None,
    axis: Axis = Axis.BOOKED,
    limit: int = 100,
    after: int = 0,
) -> list[FundMovement]:
    """Return the facts behind a fund's balances after position `after`, at most `limit`."""
    past = Past(as_of, known_at, axis).values()
    return reader.rows(FundMovement, _MOVEMENTS_OF, fund_id=fund_id, limit=limit, after=after, **past)
