"""Activities of members: open one."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from api.context import Ask
from api.forms import Code, Dated
from api.guard import GuardedRoute
from api.replies import Recorded
from domain.ledger import activities
from domain.payouts import PayoutRegime

router = APIRouter(tags=["activities"], route_class=GuardedRoute)


class OpenActivity(Dated):
    """Effective members begin an activity."""

    entity_id: UUID
    code: Code
    membership_ids: Annotated[list[UUID], Field(min_length=1, max_length=100)]
    payout_regime: PayoutRegime


@router.post("/activities", status_code=201, name="activity.open")
def open_activity(asked: OpenActivity, ask: Ask) -> Recorded:
    """Open an activity run by effective members of an entity."""
    return ask(asked, on=asked.effective_on).record(
        activities.open_activity,
        entity_id=asked.entity_id,
        code=asked.code,
        membership_ids=asked.membership_ids,
        payout_regime=asked.payout_regime,
    )
