"""Periods: a month of an entity's books is opened, its bookings stopped, and closed."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path

from api.closing import digest_of
from api.context import Ask
from api.guard import GuardedRoute
from api.replies import Recorded
from domain.ledger import periods

router = APIRouter(prefix="/periods/{entity_id}/{month}", tags=["periods"], route_class=GuardedRoute)

Month = Annotated[str, Path(max_length=7, examples=["2026-01"])]


@router.post("/opening", status_code=201, name="period.open")
def open_period(entity_id: UUID, month: Month, ask: Ask) -> Recorded:
    """Let a month take bookings."""
    return ask().record(periods.open_period, entity_id=entity_id, month=month)


@router.post("/stop", status_code=201, name="period.stop-bookings")
def stop_bookings(entity_id: UUID, month: Month, ask: Ask) -> Recorded:
    """Book nothing more into a month; what comes later is booked into the next open one."""
    return ask().record(periods.stop_bookings, entity_id=entity_id, month=month)


@router.post("/close", status_code=201, name="period.close")
def close_period(entity_id: UUID, month: Month, ask: Ask) -> Recorded:
    """Close a month whose bookings have stopped, with the digest of its trial balance."""
    digest = digest_of(ask.services, entity_id=entity_id, month=month)
    return ask().record(
        periods.close_period,
        entity_id=entity_id,
        month=month,
        position=digest.position,
        trial_balance_sha256=digest.sha256,
        debit_c=digest.debit_c,
        credit_c=digest.credit_c,
    )
