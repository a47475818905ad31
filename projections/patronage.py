"""Patronage refunds: account 473, opened down to what each activity is given and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.aggregates.patronage_refund import PatronageRefund
from domain.bookkeeping import chart
from domain.bookkeeping.entries import BROUGHT_FORWARD, CUTOVER
from projections.dated_sums import COUNTS, Axis, Past
from projections.journal import JOURNAL
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader, position_of

VOTED = Table(
    "patronage_refund",
    (
        """
        CREATE TABLE patronage_refund (
            patronage_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            amount_c bigint NOT NULL,
            decision_ref text NOT NULL,
            motion_id uuid,
            booked_on date NOT NULL,
            effective_on date NOT NULL,
            position bigint NOT NULL
        )
        """,
    ),
    "SELECT * FROM patronage_refund ORDER BY patronage_id",
)
OWED = Table(
    "patronage_owed",
    (
        """
        CREATE TABLE patronage_owed (
            patronage_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            year_id uuid NOT NULL,
            amount_c bigint NOT NULL,
            booked_on date NOT NULL,
            effective_on date NOT NULL,
            position bigint NOT NULL
        )
        """,
    ),
    "SELECT * FROM patronage_owed ORDER BY patronage_id",
)
PARTS = Table(
    "patronage_part",
    (
        """
        CREATE TABLE patronage_part (
            patronage_id uuid,
            activity_id uuid,
            entity_id uuid NOT NULL,
            basis text NOT NULL,
            contributed_c bigint NOT NULL,
            amount_c bigint NOT NULL,
            basis_position bigint NOT NULL,
            booked_on date NOT NULL,
            effective_on date NOT NULL,
            position bigint NOT NULL,
            PRIMARY KEY (patronage_id, activity_id)
        )
        """,
    ),
    "SELECT * FROM patronage_part ORDER BY patronage_id, activity_id",
)
GIVEN = Table(
    "patronage_given",
    (
        """
        CREATE TABLE patronage_given (
            patronage_id uuid,
            activity_id uuid,
            entity_id uuid NOT NULL,
            amount_c bigint NOT NULL,
            booked_on date NOT NULL,
            effective_on date NOT NULL,
            position bigint NOT NULL,
            PRIMARY KEY (patronage_id, activity_id)
        )
        """,
    ),
    "SELECT * FROM patronage_given ORDER BY patronage_id, activity_id",
)

_ADD_VOTED = """
    COPY patronage_refund (
        patronage_id, entity_id, amount_c, decision_ref, motion_id, booked_on, effective_on, position
    ) FROM STDIN
"""
_ADD_OWED = """
    COPY patronage_owed (
        patronage_id, entity_id, year_id, amount_c, booked_on, effective_on, position
    ) FROM STDIN
"""
_ADD_PART = """
    COPY patronage_part (
        patronage_id, activity_id, entity_id, basis, contributed_c, amount_c, basis_position,
        booked_on, effective_on, position
    ) FROM STDIN
"""
_ADD_GIVEN = """
    COPY patronage_given (
        patronage_id, activity_id, entity_id, amount_c, booked_on, effective_on, position
    ) FROM STDIN
"""


class PatronagePage(Page):
    """Follows each refund from its vote to what every activity is given."""

    @on(PatronageRefund.Voted)
    def _voted(self, position: int, event: PatronageRefund.Voted) -> None:
        said = (event.amount_c, event.decision_ref, event.motion_id)
        self.add(_ADD_VOTED, event.originator_id, event.entity_id, *said, *_days(event), position)

    @on(PatronageRefund.Appropriated)
    def _appropriated(self, position: int, event: PatronageRefund.Appropriated) -> None:
        said = (event.year_id, event.amount_c)
        self.add(_ADD_OWED, event.originator_id, event.entity_id, *said, *_days(event), position)

    @on(PatronageRefund.PartsFixed)
    def _fixed(self, position: int, event: PatronageRefund.PartsFixed) -> None:
        for part in event.parts:
            said = (event.basis, part.contributed_c, part.amount_c, event.position)
            whose = (event.originator_id, part.activity_id, event.entity_id)
            self.add(_ADD_PART, *whose, *said, *_days(event), position)

    @on(PatronageRefund.PartsGiven)
    def _given(self, position: int, event: PatronageRefund.PartsGiven) -> None:
        for part in event.parts:
            whose = (event.originator_id, part.activity_id, event.entity_id)
            self.add(_ADD_GIVEN, *whose, part.amount_c, *_days(event), position)


def _days(event: Any) -> tuple[date, date]:
    return getattr(event, "booked_on", event.effective_on), event.effective_on


PATRONAGE = ReadModel("patronage", 1, (VOTED, OWED, PARTS, GIVEN), PatronagePage)


@dataclass(frozen=True)
class PatronagePart:
    """What one activity is given, in cents, by `contributed_c` on this basis; `given_on` once it has it.

    `basis_position` is where the log stood when that was taken.
    """

    patronage_id: UUID
    activity_id: UUID
    basis: str
    contributed_c: int
    amount_c: int
    basis_position: int
    given_on: date | None


@dataclass(frozen=True)
class Refund:
    """One patronage refund, in cents: owed from `appropriated_on` on, of which `given_c` is given."""

    patronage_id: UUID
    entity_id: UUID
    amount_c: int
    decision_ref: str
    motion_id: UUID | None
    voted_on: date
    position: int
    appropriated_on: date | None
    year_id: UUID | None
    given_c: int


@dataclass(frozen=True)
class Refunds:
    """Patronage refunds and their parts, as the log stood at `position`."""

    position: int
    axis: Axis
    as_of: date | None
    refunds: tuple[Refund, ...]
    parts: tuple[PatronagePart, ...]


_WHICH = """
    (%(entity_id)s::uuid IS NULL OR r.entity_id = %(entity_id)s)
    AND (%(patronage_id)s::uuid IS NULL OR r.patronage_id = %(patronage_id)s)
"""
_REFUNDS = f"""
    SELECT r.patronage_id, r.entity_id, r.amount_c, r.decision_ref, r.motion_id, r.effective_on, r.position,
        o.effective_on, o.year_id, coalesce((
            SELECT sum(amount_c) FROM patronage_given AS g WHERE g.patronage_id = r.patronage_id AND {COUNTS}
        ), 0)::bigint
    FROM (SELECT * FROM patronage_refund WHERE {COUNTS}) AS r
    LEFT JOIN (SELECT * FROM patronage_owed WHERE {COUNTS}) AS o USING (patronage_id)
    WHERE {_WHICH} ORDER BY r.position
"""  # noqa: S608 - constants
_PARTS = f"""
    SELECT r.patronage_id, r.activity_id, r.basis, r.contributed_c, r.amount_c, r.basis_position,
        g.effective_on
    FROM (SELECT * FROM patronage_part WHERE {COUNTS}) AS r
    LEFT JOIN (SELECT * FROM patronage_given WHERE {COUNTS}) AS g USING (patronage_id, activity_id)
    WHERE {_WHICH} ORDER BY r.position, r.contributed_c DESC, r.activity_id
"""  # noqa: S608 - constants


def patronage_refunds(
    reader: Reader,
    *,
    entity_id: UUID | None = None,
    patronage_id: UUID | None = None,
    as_of: date | None = None,
    known_at: int | None = None,
    axis: Axis = Axis.BOOKED,
) -> Refunds:
    """Return one refund, those of an entity or all, with every part, at that past; raises NotProjectedYet."""
    values = {"entity_id": entity_id, "patronage_id": patronage_id, **Past(as_of, known_at, axis).values()}
    with reader.snapshot() as cursor:
        position = position_of(cursor, PATRONAGE.name, known_at)
        refunds = tuple(Refund(*row) for row in cursor.execute(_REFUNDS, values).fetchall())
        parts = tuple(PatronagePart(*row) for row in cursor.execute(_PARTS, values).fetchall())
    return Refunds(position, axis, as_of, refunds, parts)


BASES = {
    "contribution": (chart.CONTRIBUTION_SHARED, 1),
    "turnover": (chart.SALES, -1),
}
"""The account that tells what each activity contributed on a basis, and the sign of its debits."""

_CONTRIBUTED = """
    SELECT account, activity_id, sum(debit_c - credit_c)::bigint
    FROM journal_line AS l JOIN journal_entry AS e USING (position, rule_version)
    WHERE l.entity_id = %(entity_id)s AND activity_id IS NOT NULL AND account = ANY(%(accounts)s)
        AND l.booked_on BETWEEN %(first_on)s AND %(last_on)s AND position <= %(position)s
        AND journal <> ALL(%(of_old_books)s)
    GROUP BY 1, 2
"""


def contributed(
    reader: Reader, *, entity_id: UUID, first_on: date, last_on: date, position: int
) -> dict[str, dict[UUID, int]]:
    """Return what each activity contributed from day to day, in cents, on each basis there is.

    As the log stood at `position`; what is given back of it counts less. Raises NotProjectedYet.
    """
    accounts = [account for account, _ in BASES.values()]
    days = {"first_on": first_on, "last_on": last_on, "position": position}
    values = {
        "entity_id": entity_id,
        "accounts": accounts,
        "of_old_books": [CUTOVER, BROUGHT_FORWARD],
        **days,
    }
    with reader.snapshot() as cursor:
        position_of(cursor, JOURNAL.name, position)
        found = cursor.execute(_CONTRIBUTED, values).fetchall()
    return {basis: _of(found, account, sign) for basis, (account, sign) in BASES.items()}


def _of(found: Iterable[tuple[str, UUID, int]], account: str, sign: int) -> dict[UUID, int]:
    return {activity_id: sign * sum_c for each, activity_id, sum_c in found if each == account}
