"""What waits for somebody: since when, for how long, and what takes it further."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from domain.money import euros
from workers.cli.naming import activity_codes, entity_codes, member_names
from workers.cli.past import EntityCode, entity_id
from workers.cli.session import Column, Session, command

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from projections.reader import Reader
    from projections.waiting import Waiting

Kind = Annotated[str | None, typer.Option("--for", help="Only what waits for this, as --json names it.")]


@command
def waiting(session: Session, *, entity: EntityCode = None, kind: Kind = None) -> None:
    """Show what waits, the longest first: drafts of invoices, claims, bills, wages, levies, payments, money."""
    from projections.waiting import Waits
    from projections.waiting import waiting as ask

    known = [each.value for each in Waits]
    if kind is not None and kind not in known:
        raise typer.BadParameter("one of " + ", ".join(known), param_hint="--for")
    with session.ledger() as workshop:
        reader, today = workshop.up_to_date(), workshop.today()
        found = ask(reader, entity_id=entity_id(reader, entity), waits=Waits(kind) if kind else None)
        if session.screen.as_json:
            items = [{**asdict(each), "days": each.days(today), "next": each.next} for each in found.items]
            session.screen.data({"position": found.position, "on": today, "items": items})
            return
        names = _names(reader)
        rows = [_row(session, each, names, today) for each in found.items]
        columns = (
            Column("entity"),
            Column("since"),
            Column("days", figures=True),
            Column("waits"),
            Column("whose"),
            Column("amount", figures=True),
            Column("next"),
            Column("id", whole=True),
        )
        at = f"{session.screen.words('position').lower()} {found.position}"
        session.screen.table(f"{session.screen.words('what-waits')}, {today} — {at}", columns, rows)


def _row(session: Session, each: Waiting, names: Mapping[UUID, str], today: date) -> tuple[str, ...]:
    say = session.screen.words
    whose = [names[who] for who in (each.activity_id, each.who) if who and who in names]
    return (
        names[each.entity_id],
        str(each.since_on),
        str(each.days(today)),
        say(each.waits),
        ", ".join(whose),
        euros(each.amount_c),
        say(each.next[0]),
        str(each.id),
    )


def _names(reader: Reader) -> dict[UUID, str]:
    """Return what entities, activities, members, clients and suppliers are called."""
    from projections.lookups import clients
    from projections.purchases import suppliers

    called = {each.client_id: each.name for each in clients(reader)}
    called |= {each.supplier_id: each.name for each in suppliers(reader)}
    return called | entity_codes(reader) | activity_codes(reader) | member_names(reader)
