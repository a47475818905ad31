"""Periods: a month of an entity's books is opened, its bookings stopped, closed, and perhaps reopened."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path

from api.closing import digest_of
from api.context import Ask
from api.forms import Dated, Line
from api.guard import GuardedRoute
from api.replies import Recorded
from domain.ledger import periods

router = APIRouter(prefix="/periods/{entity_id}/{month}", tags=["periods"], route_class=GuardedRoute)

Month = Annotated[str, Path(max_length=7, examples=["2026-01"])]


class ProposeReopening(Dated):
    """Why a closed month is to be opened again."""

    reason: Line


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


@router.post("/reopening-proposal", status_code=201, name="period.propose-reopening")
def propose_reopening(entity_id: UUID, month: Month, asked: ProposeReopening, ask: Ask) -> Recorded:
    """Propose to open the last closed month again; a second person does it."""
    return ask(asked, on=asked.effective_on).record(
        periods.propose_reopening, entity_id=entity_id, month=month, reason=asked.reason
    )


@router.post("/reopening", status_code=201, name="period.reopen")
def reopen_period(entity_id: UUID, month: Month, ask: Ask) -> Recorded:
    """Open the last closed month again, as a second person; it is to be closed anew."""
    return ask().record(periods.reopen_period, entity_id=entity_id, month=month)
