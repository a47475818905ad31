"""The VAT return of a month or a quarter, by grid, and the facts behind a grid."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from domain.bookkeeping.vat_grids import NAMES
from domain.errors import LANGUAGES
from domain.money import euros
from workers.cli.listing import Limit
from workers.cli.past import the_only
from workers.cli.session import Column, Session, command

if TYPE_CHECKING:
    from projections.vat_return import GridMovement, VatReturn

Period = Annotated[str, typer.Argument(help="A month or a quarter, such as 2026-03 or 2026-Q1.")]
Entity = Annotated[str, typer.Option("--entity", help="The code of the legal entity.")]
Grid = Annotated[str | None, typer.Option("--grid", help="Show the facts behind this grid, such as 03.")]


@command
def vat_return(
    session: Session, *, period: Period, entity: Entity, grid: Grid = None, limit: Limit = 1000
) -> None:
    """Show the grids of the VAT return of a month or quarter, and whether the accounts say the same."""
    from projections import vat_return as views
    from projections.lookups import entities

    span = views.span_of(period)
    if span is None:
        raise typer.BadParameter("a month or a quarter, such as 2026-03 or 2026-Q1", param_hint="PERIOD")
    if grid is not None and grid not in NAMES:
        raise typer.BadParameter("one of " + ", ".join(NAMES), param_hint="--grid")
    first_on, last_on = span
    with session.ledger() as workshop:
        reader = workshop.up_to_date()
        known = the_only("legal entity", [(each.code, each.entity_id) for each in entities(reader)], entity)
        asked = views.vat_return(reader, entity_id=known, first_on=first_on, last_on=last_on)
        moved = (
            None
            if grid is None
            else views.grid_movements(
                reader, entity_id=known, first_on=first_on, last_on=last_on, grid=grid, limit=limit
            )
        )
    if session.screen.as_json:
        told = {**asdict(asked), "reconciled": asked.reconciled}
        session.screen.data(
            told if moved is None else {**told, "movements": [asdict(each) for each in moved]}
        )
    elif moved is None:
        _show(session, period, asked)
    else:
        _show_movements(session, f"{period}, {grid}", moved)


def _show(session: Session, period: str, asked: VatReturn) -> None:
    place = LANGUAGES.index(session.screen.lang)
    rows = [(grid, NAMES[grid][place], euros(amount_c)) for grid, amount_c in sorted(asked.grids.items())]
    columns = (Column("grid"), Column("meaning-of-grid"), Column("amount", figures=True))
    session.screen.table(f"{session.screen.words('vat-return')} {period}", columns, rows)
    booked = euros(asked.booked_c)
    session.screen.say(
        session.screen.told("vat-agrees", booked=booked)
        if asked.reconciled
        else session.screen.told("vat-differs", booked=booked)
    )


def _show_movements(session: Session, title: str, moved: list[GridMovement]) -> None:
    rows = [
        (str(each.position), str(each.booked_on), each.fact, str(each.document_id), euros(each.amount_c))
        for each in moved
    ]
    columns = (
        Column("position", figures=True),
        Column("booked"),
        Column("topic"),
        Column("id", whole=True),
        Column("amount", figures=True),
    )
    session.screen.table(f"{session.screen.words('vat-return')} {title}", columns, rows)
