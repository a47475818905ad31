"""What waits for somebody, so that nobody has to go and look for it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from api.context import Today
from api.guard import GuardedRoute
from api.looking import Look, OfEntity
from projections import waiting as views
from projections.waiting import MODELS, Waits

router = APIRouter(tags=["outgoings"], route_class=GuardedRoute)


class Waiting(BaseModel):
    """One thing that waits, in cents; `amount_c` is below zero for money that left unexplained.

    `id` is that of the draft, claim, bill, declaration, payroll, payment order, bank line, dividend, dividend due
    or patronage refund; `who` the membership whose draft, claim, wage or dividend it is, the supplier of the
    bill, or the client for whom money is held; `next` the operations that take it further.
    """

    waits: Waits
    id: UUID
    entity_id: UUID
    activity_id: UUID | None
    who: UUID | None
    amount_c: int
    since_on: date
    days: int
    next: list[str]
    position: int


class WaitingRoom(BaseModel):
    """All that waits, the longest first; `on` is the day from which its days are counted."""

    position: int
    on: date
    items: list[Waiting]


@router.get("/waiting", name="waiting.view")
def view_waiting(
    look: Look, today: Today, entity_id: OfEntity = None, waits: Waits | None = None
) -> WaitingRoom:
    """Show what waits: drafts of invoices, claims, bills, wages, levies, payments, money that nobody explained."""
    found = views.waiting(look.reading(*MODELS), entity_id=entity_id, waits=waits)
    items = [Waiting(**vars(each), days=each.days(today), next=list(each.next)) for each in found.items]
    return WaitingRoom(position=look.at(found.position), on=today, items=items)
