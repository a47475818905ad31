"""The books: trial balance, journal, and what the activities stand at, now or at any past."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from api.context import Today
from api.forms import Code
from api.guard import GuardedRoute
from api.languages import Spoken, headers_of
from api.looking import InThePast, Limit, Look, OfEntity, Position, next_of
from projections import activity_balances as activities
from projections.account_codes import ACCOUNT_CODES
from projections.activity_balances import ActivityMovement
from projections.activity_risk import ACTIVITY_RISK
from projections.activity_standing import activity_standings
from projections.cooperative_results import CooperativeResult
from projections.dated_sums import Axis
from projections.journal import JOURNAL, PostedLine, journal_lines
from projections.trial_balance import TrialBalance, trial_balance

router = APIRouter(tags=["reports"], route_class=GuardedRoute)


class ActivityBalance(BaseModel):
    """What an activity stands at, in cents.

    `collected_c` is the result as far as clients paid it, `committed_c` is promised and not yet
    posted, and `available_c` is the one less the other, and `overdraft_c` more: below zero its payouts
    are held. `at_risk_c` is what
    clients owe, VAT included, that is doubtful (407) or overdue: open for more than
    `at_risk_after_days` past its due day; null while the entity has not set that number.
    """

    model_config = ConfigDict(from_attributes=True)

    activity_id: UUID
    entity_id: UUID
    result_c: int
    open_receivable_net_c: int
    collected_c: int
    committed_c: int
    overdraft_c: int
    available_c: int
    payouts_held: bool
    at_risk_after_days: int | None
    doubtful_c: int
    overdue_c: int | None
    at_risk_c: int | None


class ActivityBalances(BaseModel):
    """The activities, as the log stood at `position`; `cooperative` is each entity's own result beside them.

    `on` is the day from which terms and overdue claims are seen: `as_of`, or today.
    """

    model_config = ConfigDict(from_attributes=True)

    position: int
    axis: Axis
    as_of: date | None
    on: date
    rows: list[ActivityBalance]
    cooperative: list[CooperativeResult]


class ActivityMovements(BaseModel):
    """The facts behind an activity's balances; `next` is the `after` of the next page."""

    position: int
    rows: list[ActivityMovement]
    next: int | None


class Journal(BaseModel):
    """Lines of the journal in the order of the log; ask on from the last line's position and number."""

    position: int
    lines: list[PostedLine]


@router.get("/trial-balance", name="trial-balance.view")
def view_trial_balance(
    look: Look, past: InThePast, lang: Spoken, day: Today, entity_id: OfEntity = None
) -> TrialBalance:
    """Show every account, now or at any past, named as `Accept-Language` asks and coded as its entity does."""
    found = trial_balance(
        look.reading(JOURNAL.name, ACCOUNT_CODES.name),
        entity_id=entity_id,
        lang=lang,
        today=day,
        **past.values(),
    )
    look.at(found.position)
    look.response.headers.update(headers_of(lang))
    return found


@router.get("/journal", name="journal.view")
def view_journal(
    look: Look,
    past: InThePast,
    entity_id: OfEntity = None,
    account: Annotated[Code | None, Query(description="of this account only")] = None,
    activity_id: Annotated[UUID | None, Query(description="of this activity only")] = None,
    after_position: Position = 0,
    after_line: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    limit: Limit = 100,
) -> Journal:
    """Show the lines behind a figure."""
    position = look.standing_at(JOURNAL.name)
    lines = journal_lines(
        look.reading(JOURNAL.name, ACCOUNT_CODES.name),
        entity_id=entity_id,
        account=account,
        activity_id=activity_id,
        limit=limit,
        **past.values(),
        after=(after_position, after_line),
    )
    return Journal(position=position, lines=lines)


@router.get("/activity-balances", name="activity-balances.view")
def view_activity_balances(
    look: Look,
    past: InThePast,
    day: Today,
    entity_id: OfEntity = None,
    activity_id: Annotated[UUID | None, Query(description="of this activity only")] = None,
) -> ActivityBalances:
    """Show the five balances of each activity, now or at any past."""
    found = activity_standings(
        look.reading(activities.ACTIVITY_BALANCES.name, ACTIVITY_RISK.name),
        today=day,
        entity_id=entity_id,
        activity_id=activity_id,
        **past.values(),
    )
    look.at(found.position)
    return ActivityBalances.model_validate(found)


@router.get("/activities/{activity_id}/movements", name="activity-movements.view")
def view_activity_movements(
    activity_id: UUID, look: Look, past: InThePast, after: Position = 0, limit: Limit = 100
) -> ActivityMovements:
    """Show the facts behind an activity's balances."""
    position = look.standing_at(activities.ACTIVITY_BALANCES.name)
    rows = activities.activity_movements(
        look.reading(activities.ACTIVITY_BALANCES.name),
        activity_id=activity_id,
        limit=limit,
        after=after,
        **past.values(),
    )
    return ActivityMovements(position=position, rows=rows, next=next_of(rows, limit))
