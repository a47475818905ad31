"""The governance calendar: what is convened, held, opened and closed, and on which day."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.forms import Day
from api.guard import GuardedRoute
from api.looking import Look, OfEntity
from projections.governance_calendar import GovernanceCalendar, governance_calendar
from projections.governance_trail import GOVERNANCE_TRAIL

router = APIRouter(tags=["governance"], route_class=GuardedRoute)


@router.get("/calendar", name="calendar.view")
def view_calendar(
    look: Look,
    entity_id: OfEntity = None,
    first_on: Annotated[Day | None, Query(description="from this day on")] = None,
    last_on: Annotated[Day | None, Query(description="until this day")] = None,
) -> GovernanceCalendar:
    """Show the assemblies and polls by their days, held and to come."""
    reader = look.reading(GOVERNANCE_TRAIL.name)
    found = governance_calendar(reader, entity_id=entity_id, first_on=first_on, last_on=last_on)
    look.at(found.position)
    return found
