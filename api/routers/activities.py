"""Activities of members: open one, freeze it, let it go on, and close it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from api.context import Ask
from api.forms import Code, Dated, Day, Line
from api.guard import GuardedRoute
from api.replies import Recorded
from domain.ledger import activities, endings
from domain.payouts import PayoutRegime

router = APIRouter(prefix="/activities", tags=["activities"], route_class=GuardedRoute)


class OpenActivity(Dated):
    """Effective members begin an activity."""

    entity_id: UUID
    code: Code
    membership_ids: Annotated[list[UUID], Field(min_length=1, max_length=100)]
    payout_regime: PayoutRegime


class SayWhy(Dated):
    """Why; it names no person."""

    reason: Line


class BeginClosing(SayWhy):
    """The last day on which the activity supplies anything, and why it ends."""

    ends_on: Day


class CloseActivity(Dated):
    """The wish to close an activity with nothing on it."""


@router.post("", status_code=201, name="activity.open")
def open_activity(asked: OpenActivity, ask: Ask) -> Recorded:
    """Open an activity run by effective members of an entity."""
    return ask(asked, on=asked.effective_on).record(
        activities.open_activity,
        entity_id=asked.entity_id,
        code=asked.code,
        membership_ids=asked.membership_ids,
        payout_regime=asked.payout_regime,
    )


@router.post("/{activity_id}/freezing", status_code=201, name="activity.freeze")
def freeze_activity(activity_id: UUID, asked: SayWhy, ask: Ask) -> Recorded:
    """Let an activity promise and invoice nothing new; what is owed already is paid."""
    return ask(asked, on=asked.effective_on).record(
        endings.freeze_activity, activity_id=activity_id, reason=asked.reason
    )


@router.post("/{activity_id}/reopening", status_code=201, name="activity.reopen")
def reopen_activity(activity_id: UUID, asked: SayWhy, ask: Ask) -> Recorded:
    """Let an activity go on that was frozen, closing or closed."""
    return ask(asked, on=asked.effective_on).record(
        endings.reopen_activity, activity_id=activity_id, reason=asked.reason
    )


@router.post("/{activity_id}/closing", status_code=201, name="activity.begin-closing")
def begin_closing(activity_id: UUID, asked: BeginClosing, ask: Ask) -> Recorded:
    """Let an activity end on a day; what it supplied until then is still invoiced and paid."""
    return ask(asked, on=asked.effective_on).record(
        endings.begin_closing, activity_id=activity_id, ends_on=asked.ends_on, reason=asked.reason
    )


@router.post("/{activity_id}/closure", status_code=201, name="activity.close")
def close_activity(activity_id: UUID, asked: CloseActivity, ask: Ask) -> Recorded:
    """Close an activity on its last day or later, with nothing left, lacking or promised."""
    return ask(asked, on=asked.effective_on).record(endings.close_activity, activity_id=activity_id)
