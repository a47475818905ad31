"""What an activity may still lose and may overdraw: the open claims behind its name, and its entity's terms.

Each claim is followed on the accounts it stands on, customers and doubtful debtors, by the invoice it
comes from. When it was last moved stands beside it, so that a past day asks only those claims that
were not settled by then, however long the history is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.aggregates.invoice import Invoice
from domain.aggregates.legal_entity import LegalEntity
from domain.bookkeeping import chart
from domain.ledger.presets import ACTIVITY_AT_RISK_AFTER_DAYS, ACTIVITY_OVERDRAFT_C
from projections.booking import AdoptedRules, posted_kinds
from projections.dated_sums import COUNTS, Past
from projections.read_model import Page, ReadModel, Table, on

TERMS = Table(
    "activity_term",
    (
        """
        CREATE TABLE activity_term (
            position bigint PRIMARY KEY,
            entity_id uuid NOT NULL,
            name text NOT NULL,
            valid_from date NOT NULL,
            number bigint NOT NULL
        )
        """,
    ),
    "SELECT * FROM activity_term ORDER BY position",
)
CLAIMS = Table(
    "activity_claim",
    (
        """
        CREATE TABLE activity_claim (
            activity_id uuid,
            document_id uuid,
            entity_id uuid NOT NULL,
            due_on date,
            open_c bigint NOT NULL,
            doubtful_c bigint NOT NULL,
            was_doubted boolean NOT NULL,
            last_at bigint NOT NULL,
            last_on date NOT NULL,
            PRIMARY KEY (activity_id, document_id)
        )
        """,
        # From the due day to the day of the last movement, or for ever while something stands open.
        """
        CREATE INDEX activity_claim_lifetime ON activity_claim USING gist (daterange(
            due_on, CASE WHEN open_c = 0 AND doubtful_c = 0 THEN greatest(due_on, last_on) END, '[]'
        ))
        """,
        "CREATE INDEX activity_claim_moved ON activity_claim (last_at)",
        "CREATE INDEX activity_claim_doubted ON activity_claim (entity_id) WHERE was_doubted",
    ),
    "SELECT * FROM activity_claim ORDER BY activity_id, document_id",
)
MOVEMENTS = Table(
    "activity_claim_movement",
    (
        """
        CREATE TABLE activity_claim_movement (
            activity_id uuid,
            document_id uuid,
            position bigint,
            booked_on date NOT NULL,
            effective_on date NOT NULL,
            open_c bigint NOT NULL,
            doubtful_c bigint NOT NULL,
            PRIMARY KEY (activity_id, document_id, position)
        )
        """,
    ),
    "SELECT * FROM activity_claim_movement ORDER BY activity_id, document_id, position",
)
RULES = AdoptedRules("activity_claim_rules")

_ADD_TERM = "COPY activity_term (position, entity_id, name, valid_from, number) FROM STDIN"
_ADD_MOVEMENT = """
    COPY activity_claim_movement (
        activity_id, document_id, position, booked_on, effective_on, open_c, doubtful_c
    ) FROM STDIN
"""
_MOVE = """
    INSERT INTO activity_claim AS c
    SELECT * FROM unnest(
        %s::uuid[], %s::uuid[], %s::uuid[], %s::date[], %s::bigint[], %s::bigint[], %s::boolean[],
        %s::bigint[], %s::date[]
    )
    ON CONFLICT (activity_id, document_id) DO UPDATE SET
        due_on = coalesce(c.due_on, excluded.due_on),
        open_c = c.open_c + excluded.open_c,
        doubtful_c = c.doubtful_c + excluded.doubtful_c,
        was_doubted = c.was_doubted OR excluded.was_doubted,
        last_at = greatest(c.last_at, excluded.last_at),
        last_on = greatest(c.last_on, excluded.last_on)
"""


@dataclass
class _Claim:
    """What a page adds to one claim."""

    entity_id: UUID
    last_on: date
    due_on: date | None = None
    open_c: int = 0
    doubtful_c: int = 0
    was_doubted: bool = False
    last_at: int = 0


class ActivityRiskPage(Page):
    """Follows each claim on customers and doubtful debtors, and the terms it is judged by."""

    def __init__(self, cursor: Cursor[TupleRow]) -> None:
        """Begin with the posting rules adopted so far."""
        super().__init__(cursor)
        self._booking = RULES.load(cursor)
        self._claims: dict[tuple[UUID, UUID], _Claim] = {}

    @on(LegalEntity.PostingRulesAdopted)
    def _adopted(self, _: int, event: LegalEntity.PostingRulesAdopted) -> None:
        self.add(RULES.copy, *self._booking.adopt_fact(event))

    @on(LegalEntity.ParameterSet)
    def _term(self, position: int, event: LegalEntity.ParameterSet) -> None:
        if event.name in (ACTIVITY_OVERDRAFT_C, ACTIVITY_AT_RISK_AFTER_DAYS):
            self.add(_ADD_TERM, position, event.originator_id, event.name, event.valid_from, int(event.value))

    @on(*posted_kinds())
    def _posted(self, position: int, event: Any) -> None:
        booked = self._booking.entry(event)
        if booked is None:
            return
        _, entry = booked
        moved: dict[UUID, tuple[int, int]] = {}
        for line in entry.lines:
            if line.activity_id is not None and line.account in (chart.CUSTOMERS, chart.DOUBTFUL_DEBTORS):
                open_c, doubtful_c = moved.get(line.activity_id, (0, 0))
                more_c = line.debit_c - line.credit_c
                is_open = line.account == chart.CUSTOMERS
                moved[line.activity_id] = (
                    (open_c + more_c, doubtful_c) if is_open else (open_c, doubtful_c + more_c)
                )
        document_id = getattr(event, "invoice_id", event.originator_id)
        for activity_id, amounts in moved.items():
            days = (entry.booked_on, entry.effective_on)
            self.add(_ADD_MOVEMENT, activity_id, document_id, position, *days, *amounts)
            key = (activity_id, document_id)
            claim = self._claims.setdefault(key, _Claim(entry.entity_id, max(days)))
            claim.open_c += amounts[0]
            claim.doubtful_c += amounts[1]
            claim.was_doubted |= amounts[1] != 0
            claim.last_at, claim.last_on = position, max(claim.last_on, *days)
            if isinstance(event, Invoice.Issued | Invoice.TakenOver):
                claim.due_on = event.due_on

    def write(self) -> None:
        """Write the movements, then where they leave each claim."""
        super().write()
        rows = [
            (
                *key,
                each.entity_id,
                each.due_on,
                each.open_c,
                each.doubtful_c,
                each.was_doubted,
                each.last_at,
                each.last_on,
            )
            for key, each in self._claims.items()
        ]
        if rows:
            self.cursor.execute(_MOVE, [list(column) for column in zip(*rows, strict=True)])


ACTIVITY_RISK = ReadModel("activity_risk", 2, (RULES.table, TERMS, CLAIMS, MOVEMENTS), ActivityRiskPage)


@dataclass(frozen=True)
class Terms:
    """What an entity's dated parameters said of its activities; None is a parameter it had not set."""

    overdraft_c: int | None = None
    at_risk_after_days: int | None = None


@dataclass(frozen=True)
class Risk:
    """What clients owe an activity that may not come, in cents, VAT included: it stands on 407 and on 400."""

    doubtful_c: int
    overdue_c: int


_TERMS = """
    SELECT DISTINCT ON (entity_id, name) entity_id, name, number FROM activity_term
    WHERE valid_from <= %(on)s AND position <= coalesce(%(known_at)s::bigint, 9223372036854775807)
    ORDER BY entity_id, name, valid_from DESC, position DESC
"""
# Those that were overdue, or ever doubted, and not settled by then: by the day or by the position.
_RISKS = f"""
    SELECT activity_id, sum(m.doubtful_c)::bigint,
        coalesce(sum(m.open_c) FILTER (WHERE c.due_on < due_before AND m.open_c > 0), 0)::bigint
    FROM unnest(%(entities)s::uuid[], %(due_before)s::date[]) AS e (entity_id, due_before)
    JOIN activity_claim AS c USING (entity_id)
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(open_c), 0) AS open_c, coalesce(sum(doubtful_c), 0) AS doubtful_c
        FROM activity_claim_movement
        WHERE activity_id = c.activity_id AND document_id = c.document_id AND {COUNTS}
    ) AS m
    WHERE (%(activity_id)s::uuid IS NULL OR activity_id = %(activity_id)s)
        AND (
            was_doubted
            OR last_at > coalesce(%(known_at)s::bigint, 9223372036854775807)
            OR daterange(due_on, CASE WHEN c.open_c = 0 AND c.doubtful_c = 0 THEN greatest(due_on, last_on) END, '[]')
                && daterange(least(due_before, %(on)s), %(on)s, '[]')
        )
    GROUP BY activity_id
"""  # noqa: S608 - COUNTS is a constant


def terms(cursor: Cursor[TupleRow], *, on: date, known_at: int | None) -> dict[UUID, Terms]:
    """Return the terms of each entity that were in force on that day, as known at that position."""
    found: dict[UUID, dict[str, int]] = {}
    for entity_id, name, number in cursor.execute(_TERMS, {"on": on, "known_at": known_at}):
        found.setdefault(entity_id, {})[name] = number
    return {
        entity_id: Terms(each.get(ACTIVITY_OVERDRAFT_C), each.get(ACTIVITY_AT_RISK_AFTER_DAYS))
        for entity_id, each in found.items()
    }


def risks(
    cursor: Cursor[TupleRow],
    past: Past,
    *,
    on: date,
    due_before: Mapping[UUID, date],
    activity_id: UUID | None = None,
) -> dict[UUID, Risk]:
    """Return what each activity had at risk at that past, seen from day `on`.

    `due_before` has an entry for each entity to look at: a claim due before that day is overdue.
    """
    asked = {"entities": list(due_before), "due_before": list(due_before.values())}
    values = {**past.values(), **asked, "on": on, "activity_id": activity_id}
    return {row[0]: Risk(row[1], row[2]) for row in cursor.execute(_RISKS, values)}
