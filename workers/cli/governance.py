"""The governance calendar: assemblies and polls by their days, held and to come."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.naming import entity_codes
from workers.cli.past import EntityCode, day, entity_id
from workers.cli.session import Column, Session, command

if TYPE_CHECKING:
    from projections.governance_calendar import CalendarDay

From = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="From this day on.")]
To = Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Until this day.")]


@command
def calendar(session: Session, *, entity: EntityCode = None, first: From = None, last: To = None) -> None:
    """Show notices, assemblies and polls by their days; what is to come is marked."""
    from projections.governance_calendar import governance_calendar as ask

    with session.ledger() as workshop:
        reader, today = workshop.up_to_date(), workshop.today()
        found = ask(reader, entity_id=entity_id(reader, entity), first_on=day(first), last_on=day(last))
        if session.screen.as_json:
            session.screen.data({**asdict(found), "today": today})
            return
        say = session.screen.words
        codes = entity_codes(reader)
        rows = [
            (
                str(each.day),
                codes[each.entity_id],
                say("to-come") if each.day > today else "",
                say(f"calendar-{each.happening}"),
                _state(session, each),
                "; ".join(each.titles),
                str(each.position),
            )
            for each in found.days
        ]
        columns = (
            Column("day"),
            Column("entity"),
            Column("when"),
            Column("what"),
            Column("state"),
            Column("motion"),
            Column("position", figures=True),
        )
        session.screen.table(f"{say('calendar')} — {say('position').lower()} {found.position}", columns, rows)


def _state(session: Session, each: CalendarDay) -> str:
    if each.adopted is not None:
        return session.screen.words("adopted" if each.adopted else "rejected")
    return session.screen.words(f"state-{each.state}")
