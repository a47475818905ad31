"""Asking about the mutual funds: what each stands at, and the aid it gave with what became of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from domain.money import euros
from projections.dated_sums import Axis
from workers.cli.naming import activity_codes, fund_codes
from workers.cli.past import (
    AxisOption,
    Day,
    EntityCode,
    KnownAt,
    day,
    entity_id,
    position,
    the_only,
    title,
)
from workers.cli.session import Column, Session, command

if TYPE_CHECKING:
    from uuid import UUID

    from projections.reader import Reader

FundCode = Annotated[str | None, typer.Argument(help="The code of one fund.")]
Aid = Annotated[bool, typer.Option("--aid", help="List the aid that was asked for, and what became of it.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=1000, help="With --aid: how much at most.")]
AMOUNTS = ("accrued", "collected", "cash", "promised", "guaranteed", "outstanding", "floor", "available")


@command
def fund(
    session: Session,
    code: FundCode = None,
    *,
    aid: Aid = False,
    entity: EntityCode = None,
    as_of: Day = None,
    known_at: KnownAt = None,
    axis: AxisOption = Axis.BOOKED,
    limit: Limit = 100,
) -> None:
    """Show what each mutual fund has collected, given, set aside and can still promise; or its aid."""
    if aid:
        _show_aid(session, code, entity, limit)
        return
    from projections.fund_balances import fund_balances as ask

    with session.ledger() as workshop:
        reader = workshop.up_to_date()
        answer = ask(
            reader,
            entity_id=entity_id(reader, entity),
            fund_id=_fund_id(reader, entity, code),
            as_of=day(as_of),
            known_at=position(workshop, known_at),
            axis=axis,
            today=workshop.today(),
        )
    if session.screen.as_json:
        rows = [{**asdict(row), "cash_c": row.cash_c, "available_c": row.available_c} for row in answer.rows]
        session.screen.data({**asdict(answer), "rows": rows})
        return
    shown = [(row.code, *(euros(getattr(row, f"{key}_c")) for key in AMOUNTS)) for row in answer.rows]
    columns = (Column("fund"), *(Column(key, figures=True) for key in AMOUNTS))
    session.screen.table(title(session, "fund-balances", answer.position, as_of, axis), columns, shown)


def _show_aid(session: Session, code: str | None, entity: str | None, limit: int) -> None:
    from projections.fund_aid import aid as ask

    with session.ledger() as workshop:
        reader = workshop.up_to_date()
        found = ask(
            reader,
            entity_id=entity_id(reader, entity),
            fund_id=_fund_id(reader, entity, code),
            limit=limit,
        )
        codes, names = activity_codes(reader), fund_codes(reader)
    if session.screen.as_json:
        session.screen.data({"aid": [asdict(each) for each in found]})
        return
    rows = [
        (
            str(each.requested_on),
            names[each.fund_id],
            codes[each.activity_id],
            session.screen.words(f"aid-{each.state}"),
            euros(each.decided_c or each.requested_c),
            euros(each.outstanding_c),
        )
        for each in found
    ]
    figures = ("amount", "outstanding")
    columns = (
        *(Column(key) for key in ("day", "fund", "activity", "state")),
        *(Column(key, figures=True) for key in figures),
    )
    session.screen.table(session.screen.words("aid"), columns, rows)


def _fund_id(reader: Reader, entity: str | None, code: str | None) -> UUID | None:
    """Return the fund of that code: of the named entity, or the only one that has it."""
    from projections.lookups import funds

    known = [(each.code, each.fund_id) for each in funds(reader, entity_id=entity_id(reader, entity))]
    return None if code is None else the_only("fund", known, code)
