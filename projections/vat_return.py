"""The VAT return: what each fact adds to which grid, and the grids of a span of months."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.bookkeeping import chart, vat_grids
from projections.journal import JOURNAL
from projections.levies import made_due_c
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader

MOVEMENTS = Table(
    "vat_movement",
    (
        """
        CREATE TABLE vat_movement (
            position bigint,
            grid text,
            entity_id uuid NOT NULL,
            booked_on date NOT NULL,
            fact text NOT NULL,
            document_id uuid NOT NULL,
            amount_c bigint NOT NULL,
            PRIMARY KEY (position, grid)
        )
        """,
        "CREATE INDEX vat_movement_by_day ON vat_movement (entity_id, booked_on, grid)",
    ),
    "SELECT * FROM vat_movement ORDER BY position, grid",
)
_ADD = """
    COPY vat_movement (position, grid, entity_id, booked_on, fact, document_id, amount_c) FROM STDIN
"""


class VatReturnPage(Page):
    """Finds what each fact of a page is declared in."""

    @on(*vat_grids.DECLARED)
    def _declared(self, position: int, event: Any) -> None:
        document_id = getattr(event, "invoice_id", event.originator_id)
        whose = (event.entity_id, event.booked_on, event.TOPIC, document_id)
        for grid, amount_c in vat_grids.grids_of(event).items():
            self.add(_ADD, position, grid, *whose, amount_c)


VAT_RETURN = ReadModel("vat_return", 2, (MOVEMENTS,), VatReturnPage)


@dataclass(frozen=True)
class GridMovement:
    """What one fact adds to a grid, in cents; `document_id` is the invoice, bill, claim or entry."""

    position: int
    booked_on: date
    grid: str
    fact: str
    document_id: UUID
    amount_c: int


@dataclass(frozen=True)
class VatReturn:
    """The grids of a span of months, in cents, as the log stood at `position`.

    `due_c` and `deductible_c` are XX and YY of the form, and grid 71 or 72 their difference.
    `booked_c` is that difference by the accounts 451 and 411: the return is reconciled if they agree.
    """

    position: int
    entity_id: UUID
    first_on: date
    last_on: date
    grids: Mapping[str, int]
    due_c: int
    deductible_c: int
    booked_c: int

    @property
    def reconciled(self) -> bool:
        """Whether the accounts say the same."""
        return self.due_c - self.deductible_c == self.booked_c


@dataclass(frozen=True)
class _Grid:
    grid: str
    amount_c: int


_SUMS = """
    SELECT grid, sum(amount_c)::bigint AS amount_c FROM vat_movement
    WHERE entity_id = %(entity_id)s AND booked_on BETWEEN %(first_on)s AND %(last_on)s
        AND position <= %(position)s
    GROUP BY grid HAVING sum(amount_c) <> 0 ORDER BY grid
"""
_MOVED = """
    SELECT position, booked_on, grid, fact, document_id, amount_c FROM vat_movement
    WHERE entity_id = %(entity_id)s AND booked_on BETWEEN %(first_on)s AND %(last_on)s
        AND (%(grid)s::text IS NULL OR grid = %(grid)s) AND position > %(after)s
    ORDER BY position, grid LIMIT %(limit)s
"""

PERIOD = r"^[0-9]{4}-(0[1-9]|1[0-2]|Q[1-4])$"
"""How a month or a quarter is written: 2026-03 or 2026-Q1."""


def span_of(period: str) -> tuple[date, date] | None:
    """Return the first and last day of a month or quarter, or None if it is none."""
    if not re.fullmatch(PERIOD, period) or period.startswith("0000"):
        return None
    year, part = int(period[:4]), period[5:]
    last = int(part[1]) * 3 if part.startswith("Q") else int(part)
    first = last - 2 if part.startswith("Q") else last
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def vat_return(reader: Reader, *, entity_id: UUID, first_on: date, last_on: date) -> VatReturn:
    """Return the grids of a span, and what the accounts say; raises NotProjectedYet."""
    position = reader.position(VAT_RETURN.name, JOURNAL.name)
    span: dict[str, Any] = {"entity_id": entity_id, "first_on": first_on, "last_on": last_on}
    found = reader.rows(_Grid, _SUMS, position=position, **span)
    grids = {each.grid: each.amount_c for each in found}
    due_c = sum(grids.get(grid, 0) for grid in vat_grids.DUE)
    deductible_c = sum(grids.get(grid, 0) for grid in vat_grids.DEDUCTIBLE)
    balance_c = due_c - deductible_c
    if balance_c:
        grids[vat_grids.TO_PAY if balance_c > 0 else vat_grids.TO_RECOVER] = abs(balance_c)
    booked_c = sum(
        made_due_c(reader, accounts=[account], position=position, **span)
        for account in (chart.VAT_DUE, chart.VAT_DEDUCTIBLE)
    )
    return VatReturn(position, entity_id, first_on, last_on, grids, due_c, deductible_c, booked_c)


def grid_movements(
    reader: Reader,
    *,
    entity_id: UUID,
    first_on: date,
    last_on: date,
    grid: str | None = None,
    after: int = 0,
    limit: int = 100,
) -> list[GridMovement]:
    """Return the facts behind the grids of a span, or behind one grid, after that position."""
    values: dict[str, Any] = {"entity_id": entity_id, "first_on": first_on, "last_on": last_on}
    return reader.rows(GridMovement, _MOVED, grid=grid, after=after, limit=limit, **values)
