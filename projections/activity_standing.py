"""The five balances of an activity: result, collected, committed, available, and at risk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import TupleRow

from projections.activity_balances import ACTIVITY_BALANCES, ActivityBalance, balances, held_activities
from projections.activity_risk import ACTIVITY_RISK, Risk, Terms, risks, terms
from projections.cooperative_results import CooperativeResult
from projections.dated_sums import Axis, Past
from projections.reader import Reader, position_of

_NO_RISK, _NO_TERMS = Risk(0, 0), Terms()


@dataclass(frozen=True)
class ActivityStanding(ActivityBalance):
    """The balances of an activity, in cents.

    `overdraft_c` is by how much its entity lets it be overdrawn. `doubtful_c` stands on 407, and
    `overdue_c` is open on 400 for longer than the entity's `at_risk_after_days` past its due day, both
    with VAT; None while the entity has set no such number of days. `recoverable` says that what it had
    was taken back and is not made up.
    """

    overdraft_c: int
    at_risk_after_days: int | None
    doubtful_c: int
    overdue_c: int | None
    recoverable: bool

    @property
    def available_c(self) -> int:
        """What can still be promised: collected less promised, and what may be overdrawn."""
        return self.collected_c - self.committed_c + self.overdraft_c

    @property
    def payouts_held(self) -> bool:
        """Whether its claims and wages are not paid out: what it had was taken back, beyond what it may overdraw."""
        return self.recoverable and self.available_c < 0

    @property
    def at_risk_c(self) -> int | None:
        """What clients owe that may not come, VAT included."""
        return None if self.overdue_c is None else self.doubtful_c + self.overdue_c


@dataclass(frozen=True)
class ActivityStandings:
    """The activities, as the log stood at `position`, with their terms and overdue claims seen from day `on`.

    `cooperative` is each entity's own result beside them; none when one activity is asked for.
    """

    position: int
    axis: Axis
    as_of: date | None
    on: date
    rows: tuple[ActivityStanding, ...]
    cooperative: tuple[CooperativeResult, ...]


def activity_standings(
    reader: Reader,
    *,
    today: date,
    entity_id: UUID | None = None,
    activity_id: UUID | None = None,
    as_of: date | None = None,
    known_at: int | None = None,
    axis: Axis = Axis.BOOKED,
) -> ActivityStandings:
    """Return the balances of the activities asked for that had begun by then; raises NotProjectedYet.

    Claims are overdue, and terms in force, as seen from `as_of`, or from `today` without it.
    """
    on = as_of or today
    with reader.snapshot() as cursor:
        position, known_at = _position(cursor, known_at)
        past = Past(as_of, known_at, axis)
        found, own = balances(cursor, past, entity_id=entity_id, activity_id=activity_id)
        held = held_activities(cursor, known_at)
        in_force = terms(cursor, on=on, known_at=known_at)
        due_before = {
            each: on - timedelta(days=in_force.get(each, _NO_TERMS).at_risk_after_days or 0)
            for each in {row.entity_id for row in found}
        }
        at_risk = risks(cursor, past, on=on, due_before=due_before, activity_id=activity_id)
    rows = tuple(
        _standing(
            row,
            in_force.get(row.entity_id, _NO_TERMS),
            at_risk.get(row.activity_id, _NO_RISK),
            recoverable=row.activity_id in held,
        )
        for row in found
    )
    return ActivityStandings(position, axis, as_of, on, rows, own)


def _standing(balance: ActivityBalance, entity: Terms, risk: Risk, *, recoverable: bool) -> ActivityStanding:
    days = entity.at_risk_after_days
    return ActivityStanding(
        **vars(balance),
        overdraft_c=entity.overdraft_c or 0,
        at_risk_after_days=days,
        doubtful_c=risk.doubtful_c,
        overdue_c=None if days is None else risk.overdue_c,
        recoverable=recoverable,
    )


def _position(cursor: Cursor[TupleRow], known_at: int | None) -> tuple[int, int | None]:
    """Return the position of the answer, and the one to ask both read models for: one may have stopped."""
    stand = {position_of(cursor, model.name) for model in (ACTIVITY_BALANCES, ACTIVITY_RISK)}
    behind = min(stand) if len(stand) > 1 else None
    known_at = min((each for each in (behind, known_at) if each is not None), default=None)
    return min([*stand, *([] if known_at is None else [known_at])]), known_at
