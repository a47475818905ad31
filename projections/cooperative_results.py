"""What each entity has earned beside its activities: classes 6 and 7 without an activity or fund.

It is the other side of the contributions that the activities leave to shared services.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.bookkeeping.entries import BROUGHT_FORWARD, YEAR_END, JournalEntry
from projections.dated_sums import DatedSums
from projections.read_model import Table

RESULT_CLASSES = ("6", "7")

MOVEMENTS = Table(
    "cooperative_movement",
    (
        """
        CREATE TABLE cooperative_movement (
            entity_id uuid,
            position bigint,
            booked_on date NOT NULL,
            effective_on date NOT NULL,
            result_c bigint NOT NULL,
            PRIMARY KEY (entity_id, position)
        )
        """,
    ),
    "SELECT * FROM cooperative_movement ORDER BY entity_id, position",
)
SUMS = DatedSums(
    movements="cooperative_movement",
    sums="cooperative_result",
    key={"entity_id": "uuid"},
    amounts=("result_c",),
    also="(%(entity_id)s::uuid IS NULL OR s.entity_id = %(entity_id)s)",
)
ADD_MOVEMENT = """
    COPY cooperative_movement (entity_id, position, booked_on, effective_on, result_c) FROM STDIN
"""


@dataclass(frozen=True)
class CooperativeResult:
    """What an entity has earned that is no activity's and no fund's, in cents."""

    entity_id: UUID
    result_c: int


def own_result_c(entry: JournalEntry) -> int:
    """Return what an entry earns the cooperative itself: credits less debits, in cents.

    What a year's end moves within the result accounts, or old books bring forward for activities and
    funds, earns nothing: the result goes on.
    """
    if entry.journal in (YEAR_END, BROUGHT_FORWARD):
        return 0
    own = [line for line in entry.lines if line.activity_id is None and line.fund_id is None]
    return sum(line.credit_c - line.debit_c for line in own if line.account.startswith(RESULT_CLASSES))


def movement(position: int, entry: JournalEntry, result_c: int) -> tuple[Any, ...]:
    """Return the row of a movement."""
    return entry.entity_id, position, entry.booked_on, entry.effective_on, result_c
