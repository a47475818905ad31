"""The dated parameters of an entity: those in force, the history of one, and the next value of one."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from domain.money import cents_of
from workers.cli.naming import entity_codes
from workers.cli.past import Day, EntityCode, entity_id
from workers.cli.session import Column, Session, command, say_recorded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from projections.parameters import ParameterValue

Entity = Annotated[str, typer.Option("--entity", help="The code of the legal entity.")]
Name = Annotated[str, typer.Argument(help="The name of a parameter, such as activity.overdraft-c.")]
Source = Annotated[str, typer.Option("--source", help="What it rests on: a law, the statutes, a decision.")]
From = Annotated[
    datetime | None,
    typer.Option("--from", formats=["%Y-%m-%d"], help="The day from which it holds; today if not given."),
]


@command
def show_all(session: Session, *, entity: EntityCode = None, as_of: Day = None) -> None:
    """Show the parameters in force today, or on another day, each with its source."""
    from projections.parameters import parameters

    with session.ledger() as workshop:
        reader = workshop.up_to_date()
        on = as_of.date() if as_of else workshop.today()
        found = parameters(reader, entity_id=entity_id(reader, entity), as_of=on)
        codes = entity_codes(reader)
    columns = ("entity", "parameter", "value", "in-force-from", "source")
    rows = [
        (codes[each.entity_id], each.name, each.value, str(each.valid_from), each.source_ref)
        for each in found
    ]
    _show(session, f"{session.screen.words('parameters')}, {on}", columns, rows, found)


@command
def show_one(session: Session, name: Name, *, entity: EntityCode = None) -> None:
    """Show every value a parameter had or will have, with its day, its source and who set it."""
    from domain.errors import UnknownRecord
    from projections.parameters import parameters

    with session.ledger() as workshop:
        reader = workshop.up_to_date()
        found = parameters(reader, entity_id=entity_id(reader, entity), name=name)
        codes = entity_codes(reader)
    if not found:
        raise UnknownRecord(kind="parameter", name=name)
    columns = ("position", "entity", "in-force-from", "value", "source", "set-by")
    rows = [
        (
            str(each.position),
            codes[each.entity_id],
            str(each.valid_from),
            each.value,
            each.source_ref,
            each.set_by,
        )
        for each in found
    ]
    _show(session, name, columns, rows, found)


@command
def set_one(
    session: Session,
    name: Name,
    value: Annotated[str, typer.Argument(help="Its value from that day on.")],
    *,
    entity: Entity,
    source: Source,
    from_: From = None,
) -> None:
    """Give a parameter its next value, from a day on; values of the past never change."""
    from domain.errors import UnknownRecord
    from domain.ledger import entities
    from domain.ledger.presets import BELGIAN_COOPERATIVE
    from projections.parameters import parameters
    from workers.asking import perform

    with session.ledger() as workshop:
        on, reader = _day(from_) or workshop.today(), workshop.up_to_date()
        of_entity = entity_id(reader, entity)
        known = {each.name for each in parameters(reader, entity_id=of_entity)}
        if name not in known.union(preset for preset, *_ in BELGIAN_COOPERATIVE):
            raise UnknownRecord(kind="parameter", name=name)
        outcome = perform(
            workshop,
            "parameter.set",
            entities.set_parameter,
            entity_id=of_entity,
            name=name,
            value=value,
            valid_from=on,
            source_ref=source,
        )
        say_recorded(session, outcome, session.screen.told("parameter-set", name=name, value=value, day=on))


@command
def add_rate(
    session: Session,
    half_year: Annotated[
        datetime, typer.Argument(formats=["%Y-%m-%d"], help="Its first day, such as 2026-07-01.")
    ],
    rate: Annotated[str, typer.Argument(help="The published rate in percent, such as 2.15.")],
    *,
    entity: Entity,
    source: Source,
    from_: From = None,
) -> None:
    """Add the reference rate of a half-year to those behind the interest of late payers."""
    from domain.ledger.reference_rates import add_reference_rate
    from workers.asking import perform

    try:
        rate_bp = cents_of(rate)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="RATE") from error
    with session.ledger() as workshop:
        of_entity = entity_id(workshop.up_to_date(), entity)
        outcome = perform(
            workshop,
            "reference-rate.add",
            add_reference_rate,
            day=_day(from_),
            entity_id=of_entity,
            half_year=half_year.date(),
            rate_bp=rate_bp,
            source_ref=source,
        )
        say_recorded(session, outcome, session.screen.told("rate-added", rate=rate, day=half_year.date()))


def _day(from_: datetime | None) -> date | None:
    """Read --from."""
    return from_.date() if from_ else None


def _show(
    session: Session,
    title: str,
    columns: Sequence[str],
    rows: Sequence[tuple[str, ...]],
    found: Sequence[ParameterValue],
) -> None:
    if session.screen.as_json:
        session.screen.data({"parameters": [asdict(each) for each in found]})
    else:
        headings = [Column(key, figures=key == "position") for key in columns]
        session.screen.table(title, headings, rows)
