"""The figures of a declaration, taken from closed months of the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from api.services import Services
from domain.aggregates.declaration import Levy
from domain.bookkeeping import chart
from domain.ledger.declarations import require_span
from eventstore.errors import PositionNotReached
from projections.journal import JOURNAL
from projections.levies import made_due_c

PATIENCE_S = 10.0
_OWED_ON: Mapping[Levy, tuple[str, ...]] = {
    Levy.VAT: (chart.VAT_DUE,),
    Levy.WAGE_TAX: (chart.WAGE_TAX,),
    Levy.SOCIAL_CONTRIBUTIONS: (chart.SOCIAL_SECURITY,),
    Levy.DIVIDEND_TAX: (chart.DIVIDEND_TAX, chart.WAGE_TAX),
}
"""Where each is owed; the first posting rules have the tax on dividends with that on wages."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What an entity owes for a span of months, in cents, as the log stood at `position`."""

    due_c: int
    deductible_c: int
    position: int


def owed_for(services: Services, *, entity_id: UUID, levy: Levy, first_on: date, last_on: date) -> Owed:
    """Return what a span of months made due, and for VAT what can be deducted from it.

    Of withheld tax and contributions more may have been taken back than was withheld: that comes back.
    Raises InvalidSpan, and PositionNotReached if the read models do not catch up.
    """
    require_span(first_on, last_on)
    position = services.log.head().size
    if not services.reader.wait_for(position, JOURNAL.name, timeout=PATIENCE_S):
        raise PositionNotReached(position=position)

    def made(*accounts: str) -> int:
        return made_due_c(
            services.reader,
            entity_id=entity_id,
            accounts=accounts,
            first_on=first_on,
            last_on=last_on,
            position=position,
            of_dividends=levy is Levy.DIVIDEND_TAX,
        )

    due_c = made(*_OWED_ON[levy])
    if levy is Levy.VAT:
        return Owed(due_c, -made(chart.VAT_DEDUCTIBLE), position)
    return Owed(max(due_c, 0), max(-due_c, 0), position)
