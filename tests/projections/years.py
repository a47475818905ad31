"""A fiscal year of the small cooperative, and an entry at its end."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from domain.aggregates.manual_entry import ManualLine
from domain.ledger.manual_entries import adjust_year
from domain.ledger.years import open_year, year_id
from tests.cooperative import ENTITY
from tests.projections.world import World


def open_and_adjust_a_year(world: World) -> UUID:
    """Open a year of two months, and defer 120.00 of an insurance to the next; return its id."""
    world.perform(
        open_year, entity_id=ENTITY, year="2025", first_on=date(2025, 11, 1), last_on=date(2025, 12, 31)
    )
    year = year_id(ENTITY, "2025")
    world.perform(
        adjust_year,
        entry_id=uuid4(),
        year_id=year,
        lines=(ManualLine("490", 120_00, 0), ManualLine("613", 0, 120_00)),
        reason="insurance paid for next year",
        evidence_sha256="e" * 64,
        taken_back_on=date(2026, 1, 1),
    )
    return year
