"""What the office keeps: months closed with their digest."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.ledger import periods
from workers.demo.clerk import TREASURER
from workers.demo.group.house import Group, House
from workers.demo.group.size import Month

OPEN_MONTHS = 2
"""How many months stay open behind the current one, for what comes late."""


def close_earlier(group: Group, house: House, month: Month) -> None:
    """Close, towards the middle of this month, the one that is two months back."""
    if month.n >= OPEN_MONTHS:
        closing = str(group.size.month(month.n - OPEN_MONTHS))
        group.agenda.on(month.on(10), partial(_close, group, house.entity_id, closing))


def stop(group: Group, entity_id: UUID, month: str, on: date) -> None:
    """Let a month take no more bookings."""
    group.clerk.ask("period.stop-bookings", periods.stop_bookings, on=on, entity_id=entity_id, month=month)


def close_stopped(group: Group, entity_id: UUID, month: str) -> None:
    """Close a month whose bookings have stopped, with the digest of its trial balance."""
    from api.closing import close_month
    from eventstore.desk import Caller

    clerk = group.clerk
    clerk.let_readers_catch_up()
    close_month(
        clerk.workshop.services,
        Caller(principal="demo", actor=TREASURER),
        entity_id=entity_id,
        month=month,
    )


def _close(group: Group, entity_id: UUID, month: str, on: date) -> None:
    stop(group, entity_id, month, on)
    close_stopped(group, entity_id, month)
