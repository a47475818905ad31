"""The VAT return as staff see it: its grids, the facts behind them, and the accounts say the same."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from projections.doctor.books import examine_books
from projections.reader import Reader
from projections.vat_return import grid_movements, span_of, vat_return
from tests.cooperative import ENTITY
from tests.projections.crediting import credits_invoice
from tests.projections.doubting import goes_bankrupt
from tests.projections.world import World

JANUARY, MONTH_END = date(2026, 1, 15), date(2026, 1, 31)
FIRST_QUARTER: dict[str, Any] = {"first_on": date(2026, 1, 1), "last_on": date(2026, 3, 31)}


def traded(world: World) -> UUID:
    """Sales, a credit note, a bankrupt client and a claim of one month; the invoice that was credited."""
    credited = world.paid_invoice(on=JANUARY).originator_id
    credits_invoice(world, credited, on=JANUARY, base_c=100_00)
    goes_bankrupt(world, world.invoices(on=JANUARY).originator_id, on=JANUARY, month_end=MONTH_END)
    world.pays_a_claim(on=MONTH_END)
    world.project()
    return credited


def test_the_grids_add_up_and_the_accounts_say_the_same(world: World, reader: Reader) -> None:
    traded(world)
    found = vat_return(reader, entity_id=ENTITY, **FIRST_QUARTER)
    assert found.grids == {
        "03": 2_000_00,
        "49": 100_00,
        "54": 420_00,
        "59": 10_50,
        "61": 21_00,
        "62": 147_00,
        "64": 21_00,
        "71": 262_50,
        "81": 50_00,
    }
    assert (found.due_c, found.deductible_c, found.booked_c) == (441_00, 178_50, 262_50)
    assert found.reconciled
    december = vat_return(reader, entity_id=ENTITY, first_on=date(2025, 12, 1), last_on=date(2025, 12, 31))
    assert (december.grids, december.reconciled) == ({}, True)


def test_each_grid_is_told_from_its_facts(world: World, reader: Reader) -> None:
    credited = traded(world)
    sales = grid_movements(reader, entity_id=ENTITY, grid="54", **FIRST_QUARTER)
    assert [each.amount_c for each in sales] == [210_00, 210_00]
    assert sales[0].document_id == credited
    first, *rest = grid_movements(reader, entity_id=ENTITY, **FIRST_QUARTER)
    assert [first.grid, first.fact] == ["03", "invoice.issued.v1"]
    after = grid_movements(reader, entity_id=ENTITY, after=first.position, limit=2, **FIRST_QUARTER)
    assert after == [each for each in rest if each.position > first.position][:2]


def test_live_replayed_and_examined_books_agree_and_a_wrong_grid_is_named(world: World) -> None:
    traded(world)
    assert world.replay().equal
    assert examine_books(world.dsn, tenant="default", log=world.log).findings == ()
    world.tamper("UPDATE vat_movement SET grid = '61' WHERE grid = '62'")
    named = {finding.check for finding in examine_books(world.dsn, tenant="default", log=world.log).findings}
    assert "what a fact makes the State owed by its grids are accounts 451 and 411 of its entry" in named


@pytest.mark.parametrize(
    ("period", "span"),
    [
        ("2026-02", (date(2026, 2, 1), date(2026, 2, 28))),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2026-Q1", (date(2026, 1, 1), date(2026, 3, 31))),
        ("2026-Q4", (date(2026, 10, 1), date(2026, 12, 31))),
        ("2026-Q5", None),
        ("2026-13", None),
        ("0000-01", None),
        ("2026", None),
    ],
)
def test_a_period_is_a_month_or_a_quarter(period: str, span: tuple[date, date] | None) -> None:
    assert span_of(period) == span
