"""The VAT return of a month or a quarter: its grids, and the facts behind them."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AfterValidator, BaseModel

from api.guard import GuardedRoute
from api.looking import Limit, Look, Position, next_of
from projections import vat_return as views
from projections.journal import JOURNAL
from projections.vat_return import VAT_RETURN, GridMovement

router = APIRouter(prefix="/entities/{entity_id}/vat-return", tags=["books"], route_class=GuardedRoute)


def _period(written: str) -> str:
    if views.span_of(written) is None:
        raise ValueError("a month or a quarter, as in 2026-03 or 2026-Q1")
    return written


Period = Annotated[str, AfterValidator(_period), Query(description="a month or a quarter: 2026-03, 2026-Q1")]
OfGrid = Annotated[str | None, Query(pattern="^[0-9]{2}$", description="of this grid only, such as 03")]


class Grids(BaseModel):
    """The grids of the return in cents; `reconciled` if `booked_c`, by the accounts 451 and 411, is the same.

    `due_c` and `deductible_c` are XX and YY of the form; grid 71 or 72 is their difference.
    """

    position: int
    first_on: date
    last_on: date
    grids: dict[str, int]
    due_c: int
    deductible_c: int
    booked_c: int
    reconciled: bool


class GridMovements(BaseModel):
    """The facts behind the grids; `next` is the `after` of the next page."""

    position: int
    movements: list[GridMovement]
    next: int | None


@router.get("", name="vat-return.view")
def view_vat_return(entity_id: UUID, period: Period, look: Look) -> Grids:
    """Show the grids of a month or quarter by booking day, and whether the accounts say the same."""
    first_on, last_on = _span(period)
    reader = look.reading(VAT_RETURN.name, JOURNAL.name)
    found = views.vat_return(reader, entity_id=entity_id, first_on=first_on, last_on=last_on)
    look.at(found.position)
    return Grids(
        position=found.position,
        first_on=first_on,
        last_on=last_on,
        grids=dict(found.grids),
        due_c=found.due_c,
        deductible_c=found.deductible_c,
        booked_c=found.booked_c,
        reconciled=found.reconciled,
    )


@router.get("/movements", name="vat-movements.view")
def view_vat_movements(
    entity_id: UUID,
    period: Period,
    look: Look,
    grid: OfGrid = None,
    after: Position = 0,
    limit: Limit = 100,
) -> GridMovements:
    """Show the facts behind the grids, in their order."""
    position = look.standing_at(VAT_RETURN.name)
    first_on, last_on = _span(period)
    found = views.grid_movements(
        look.reading(VAT_RETURN.name),
        entity_id=entity_id,
        first_on=first_on,
        last_on=last_on,
        grid=grid,
        after=after,
        limit=limit,
    )
    return GridMovements(position=position, movements=found, next=next_of(found, limit))


def _span(period: str) -> tuple[date, date]:
    span = views.span_of(period)
    if span is None:
        raise ValueError(period)
    return span
