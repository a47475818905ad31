"""The statement of one member: what concerns them over a period, with the facts behind it."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from api.context import Today
from api.forms import Day
from api.guard import GuardedRoute
from api.looking import Look, OnAxis
from api.routers.reports import ActivityBalance
from projections import member_statement as views
from projections.activity_balances import ActivityMovement
from projections.dated_sums import Axis
from projections.lookups import Member
from projections.member_statement import (
    MODELS,
    OpenInvoice,
    StatementClaim,
    StatementDividend,
    StatementWage,
)
from projections.share_register import SharesHeld

router = APIRouter(prefix="/memberships", tags=["members"], route_class=GuardedRoute)


class StatementActivity(BaseModel):
    """One activity that the member runs: before the first day, on the last, and every fact between.

    `opening` and `closing` are null where it had not begun.
    """

    model_config = ConfigDict(from_attributes=True)

    activity_id: UUID
    code: str
    opening: ActivityBalance | None
    closing: ActivityBalance | None
    movements: list[ActivityMovement]
    open_invoices: list[OpenInvoice]


class MemberStatement(BaseModel):
    """What concerns one member from the first day to the last, as the log stood at `position`.

    What a claim, wage or dividend has come to, and `payment`, the state of the order that pays it, is told as it
    stands now.
    """

    model_config = ConfigDict(from_attributes=True)

    position: int
    axis: Axis
    first_on: date
    last_on: date
    member: Member
    activities: list[StatementActivity]
    shares: SharesHeld
    claims: list[StatementClaim]
    wages: list[StatementWage]
    dividends: list[StatementDividend]


@router.get("/{membership_id}/statement", name="member-statement.view")
def view_member_statement(
    membership_id: UUID,
    look: Look,
    today: Today,
    first_on: Annotated[Day | None, Query(description="from this day, or from 1 January")] = None,
    last_on: Annotated[Day | None, Query(description="until this day, or today")] = None,
    axis: OnAxis = Axis.BOOKED,
) -> MemberStatement:
    """Show a member's activities, shares, dividends, claims, wages and open invoices over a period."""
    until = last_on or today
    found = views.member_statement(
        look.reading(*MODELS),
        membership_id,
        first_on=first_on or until.replace(month=1, day=1),
        last_on=until,
        axis=axis,
    )
    look.at(found.position)
    return MemberStatement.model_validate(found)
