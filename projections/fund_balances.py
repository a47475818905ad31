"""What each mutual fund was promised, has collected and has given, and the grants that wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.aggregates.mutual_fund import MutualFund
from projections.dated_sums import COUNTS, Axis, DatedSums, Moved, Past
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader, position_of

TERMS = Table(
    "fund_terms",
    (
        """
        CREATE TABLE fund_terms (
            fund_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            code text NOT NULL,
            kind text NOT NULL,
            ledger_policy text NOT NULL,
            floor_c bigint NOT NULL,
            regulation_ref text NOT NULL
        )
        """,
    ),
    "SELECT * FROM fund_terms ORDER BY fund_id",
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
            proposed_c bigint NOT NULL,
            paid_c bigint NOT NULL,
            PRIMARY KEY (fund_id, position)
        )
        """,
    ),
    "SELECT * FROM fund_movement ORDER BY fund_id, position",
)
GRANTS = Table(
    "fund_grant",
    (
        """
        CREATE TABLE fund_grant (
            grant_id uuid PRIMARY KEY,
            fund_id uuid NOT NULL,
            activity_id uuid NOT NULL,
            amount_c bigint NOT NULL,
            decision_ref text NOT NULL,
            proposed_by text NOT NULL,
            proposed_at bigint NOT NULL,
            paid_by text,
            paid_at bigint
        )
        """,
    ),
    "SELECT * FROM fund_grant ORDER BY grant_id",
)
PURPOSES = Table(
    "fund_grant_purpose",
    ("CREATE TABLE fund_grant_purpose (grant_id uuid PRIMARY KEY, purpose text NOT NULL)",),
    None,
)
BALANCES = DatedSums(
    movements="fund_movement",
    sums="fund_balance",
    key={"fund_id": "uuid", "entity_id": "uuid"},
    amounts=("accrued_c", "collected_c", "proposed_c", "paid_c"),
    also="(%(entity_id)s::uuid IS NULL OR s.entity_id = %(entity_id)s) "
    "AND (%(fund_id)s::uuid IS NULL OR s.fund_id = %(fund_id)s)",
)

_ADD_TERMS = """
    COPY fund_terms (fund_id, entity_id, code, kind, ledger_policy, floor_c, regulation_ref) FROM STDIN
"""
_ADD_MOVEMENT = """
    COPY fund_movement (
        fund_id, position, entity_id, booked_on, effective_on, fact, activity_id, document_id, accrued_c,
        collected_c, proposed_c, paid_c
    ) FROM STDIN
"""
_ADD_GRANT = """
    COPY fund_grant (grant_id, fund_id, activity_id, amount_c, decision_ref, proposed_by, proposed_at)
    FROM STDIN
"""
_ADD_PURPOSE = "COPY fund_grant_purpose (grant_id, purpose) FROM STDIN"
_PAY_GRANT = """
    UPDATE fund_grant SET paid_by = %(paid_by)s, paid_at = %(paid_at)s WHERE grant_id = %(grant_id)s
"""


class FundBalancesPage(Page):
    """Finds what each fact of a page moves in which fund."""

    def __init__(self, cursor: Cursor[TupleRow]) -> None:
        """Begin without movements."""
        super().__init__(cursor)
        self._moved = Moved()

    @on(MutualFund.Chartered)
    def _chartered(self, position: int, event: MutualFund.Chartered) -> None:
        """Begin at nothing: a fund without a movement stands at zero."""
        policy = event.ledger_policy.value
        row = (event.entity_id, event.code, event.kind.value, policy, event.floor_c, event.regulation_ref)
        self.add(_ADD_TERMS, event.originator_id, *row)
        self._move(position, event)

    @on(MutualFund.ContributionCharged)
    def _charged(self, position: int, event: MutualFund.ContributionCharged) -> None:
        self._move(position, event, booked_on=event.booked_on, accrued_c=event.amount_c)

    @on(MutualFund.ContributionReversed)
    def _reversed(self, position: int, event: MutualFund.ContributionReversed) -> None:
        self._move(position, event, booked_on=event.booked_on, accrued_c=-event.amount_c)

    @on(MutualFund.ContributionCollected)
    def _collected(self, position: int, event: MutualFund.ContributionCollected) -> None:
        """Collecting posts nothing, so it counts on the day of the receipt on either axis."""
        self._move(position, event, collected_c=event.amount_c)

    @on(MutualFund.CollectionReversed)
    def _uncollected(self, position: int, event: MutualFund.CollectionReversed) -> None:
        self._move(position, event, collected_c=-event.amount_c)

    @on(MutualFund.GrantProposed)
    def _proposed(self, position: int, event: MutualFund.GrantProposed) -> None:
        row = (event.activity_id, event.amount_c, event.decision_ref, event.actor, position)
        self.add(_ADD_GRANT, event.grant_id, event.originator_id, *row)
        self.add(_ADD_PURPOSE, event.grant_id, event.purpose)
        self._move(position, event, document_id=event.grant_id, proposed_c=event.amount_c)

    @on(MutualFund.GrantPaid)
    def _paid(self, position: int, event: MutualFund.GrantPaid) -> None:
        self.change(_PAY_GRANT, paid_by=event.actor, paid_at=position, grant_id=event.grant_id)
        self._move(
            position,
            event,
            document_id=event.grant_id,
            booked_on=event.booked_on,
            proposed_c=-event.amount_c,
            paid_c=event.amount_c,
        )

    def _move(
        self,
        position: int,
        event: Any,
        *,
        document_id: UUID | None = None,
        booked_on: date | None = None,
        accrued_c: int = 0,
        collected_c: int = 0,
        proposed_c: int = 0,
        paid_c: int = 0,
    ) -> None:
        days = (booked_on or event.effective_on, event.effective_on)
        tags = (getattr(event, "activity_id", None), document_id or getattr(event, "document_id", None))
        amounts = (accrued_c, collected_c, proposed_c, paid_c)
        fund_id = event.originator_id
        self.add(_ADD_MOVEMENT, fund_id, position, event.entity_id, *days, event.TOPIC, *tags, *amounts)
        self._moved.add((fund_id, event.entity_id), position, *amounts)

    def write(self) -> None:
        """Write the movements, then what they add up to."""
        super().write()
        BALANCES.write(self.cursor, self._moved.by_key)


FUND_BALANCES = ReadModel(
    "fund_balances", 3, (TERMS, MOVEMENTS, GRANTS, PURPOSES, *BALANCES.tables), FundBalancesPage
)


@dataclass(frozen=True)
class FundBalance:
    """What a fund stands at, in cents.

    `accrued_c` was charged to activities, less what credit notes took back; `collected_c` of it was paid by clients; `proposed_c`
    are grants that wait for a second person; `cash_c` is collected less paid.
    """

    fund_id: UUID
    entity_id: UUID
    code: str
    kind: str
    ledger_policy: str
    floor_c: int
    accrued_c: int
    collected_c: int
    proposed_c: int
    paid_c: int

    @property
    def cash_c(self) -> int:
        """What the fund holds."""
        return self.collected_c - self.paid_c

    @property
    def available_c(self) -> int:
        """What the fund can pay without falling below its floor."""
        return max(self.cash_c - self.floor_c, 0)


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
    proposed_c: int
    paid_c: int


@dataclass(frozen=True)
class Grant:
    """A grant of a fund: proposed by one person, and paid once a second one approved it."""

    grant_id: UUID
    fund_id: UUID
    activity_id: UUID
    amount_c: int
    decision_ref: str
    purpose: str
    proposed_by: str
    proposed_at: int
    paid_by: str | None
    paid_at: int | None


_TERMS_BY_FUND = "SELECT fund_id, code, kind, ledger_policy, floor_c FROM fund_terms"
_MOVEMENTS_OF = f"""
    SELECT * FROM fund_movement
    WHERE fund_id = %(fund_id)s AND position > %(after)s AND {COUNTS}
    ORDER BY position LIMIT %(limit)s
"""  # noqa: S608 - COUNTS is a constant
_GRANTS_OF = """
    SELECT grant_id, fund_id, activity_id, amount_c, decision_ref, purpose, proposed_by, proposed_at,
        paid_by, paid_at
    FROM fund_grant JOIN fund_grant_purpose USING (grant_id)
    WHERE (%(fund_id)s::uuid IS NULL OR fund_id = %(fund_id)s) AND (NOT %(waiting)s OR paid_at IS NULL)
    ORDER BY proposed_at
"""


def fund_balances(
    reader: Reader,
    *,
    entity_id: UUID | None = None,
    fund_id: UUID | None = None,
    as_of: date | None = None,
    known_at: int | None = None,
    axis: Axis = Axis.BOOKED,
) -> FundBalances:
    """Return the balances of the funds asked for that existed by then; raises NotProjectedYet."""
    past = Past(as_of, known_at, axis)
    with reader.snapshot() as cursor:
        position = position_of(cursor, FUND_BALANCES.name, known_at)
        terms = {row[0]: row[1:] for row in cursor.execute(_TERMS_BY_FUND)}
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


def grants(reader: Reader, *, fund_id: UUID | None = None, waiting: bool = False) -> list[Grant]:
    """Return the grants of a fund, or of all; only those that wait for a second person if `waiting`."""
    return reader.rows(Grant, _GRANTS_OF, fund_id=fund_id, waiting=waiting)
