"""Asking the books: trial balance, activity balances, journal.

Every figure can be opened: `tutti journal` lists the facts behind an account or activity.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from domain.money import euros
from projections.dated_sums import Axis
from workers.cli.naming import activity_codes, entity_codes
from workers.cli.past import AxisOption, Day, EntityCode, KnownAt, day, entity_id, position, the_only, title
from workers.cli.session import Column, Session, command

if TYPE_CHECKING:
    from uuid import UUID

    from projections.activity_standing import ActivityStanding
    from projections.reader import Reader


ActivityCode = Annotated[str | None, typer.Argument(help="The code of one activity.")]
Account = Annotated[str | None, typer.Option("--account", help="Only this account.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many lines at most.")]

_DERIVED = ("collected_c", "available_c", "payouts_held", "at_risk_c")


@command
def trial_balance(
    session: Session,
    *,
    entity: EntityCode = None,
    as_of: Day = None,
    known_at: KnownAt = None,
    axis: AxisOption = Axis.BOOKED,
) -> None:
    """Show the trial balance, now or at any past pair of dates."""
    from projections.trial_balance import trial_balance as ask

    with session.ledger() as workshop:
        reader = workshop.up_to_date()
        answer = ask(
            reader,
            entity_id=entity_id(reader, entity),
            as_of=day(as_of),
            known_at=position(workshop, known_at),
            axis=axis,
            lang=session.screen.lang,
            today=workshop.today(),
        )
        if session.screen.as_json:
            session.screen.data(asdict(answer))
            return
        names = entity_codes(reader)
        rows = [
            (
                names[row.entity_id],
                row.code,
                row.name,
                euros(row.balance_debit_c) if row.balance_debit_c else "",
                euros(row.balance_credit_c) if row.balance_credit_c else "",
            )
            for row in answer.rows
        ]
        totals = (euros(answer.total_balance_debit_c), euros(answer.total_balance_credit_c))
        rows.append(("", "", session.screen.words("total"), *totals))
        columns = (
            Column("entity"),
            Column("account"),
            Column("account-name"),
            Column("debit", figures=True),
            Column("credit", figures=True),
        )
        heading = title(session, "trial-balance", answer.position, as_of, axis)
        session.screen.table(heading, columns, rows, last_is_total=True)


@command
def balance(
    session: Session,
    activity: ActivityCode = None,
    *,
    entity: EntityCode = None,
    as_of: Day = None,
    known_at: KnownAt = None,
    axis: AxisOption = Axis.BOOKED,
) -> None:
    """Show the five balances of each activity: earned, collected, promised, available, at risk."""
    from projections.activity_standing import activity_standings as ask

    with session.ledger() as workshop:
        reader = workshop.up_to_date()
        answer = ask(
            reader,
            entity_id=entity_id(reader, entity),
            activity_id=_activity_id(reader, entity, activity),
            today=workshop.today(),
            as_of=day(as_of),
            known_at=position(workshop, known_at),
            axis=axis,
        )
        if session.screen.as_json:
            rows = [balances_document(row) for row in answer.rows]
            session.screen.data({**asdict(answer), "rows": rows})
            return
        codes = activity_codes(reader)
        shown = [
            (
                codes[row.activity_id],
                euros(row.result_c),
                euros(row.open_receivable_net_c),
                euros(row.collected_c),
                euros(row.committed_c),
                euros(row.available_c),
                "" if row.at_risk_c is None else euros(row.at_risk_c),
                session.screen.words("payouts-held") if row.payouts_held else "",
            )
            for row in sorted(answer.rows, key=lambda row: codes[row.activity_id])
        ]
        names = entity_codes(reader)
        own = session.screen.words("cooperative")
        shown += [
            (f"{names[row.entity_id]}: {own}", euros(row.result_c), "", "", "", "", "", "")
            for row in answer.cooperative
        ]
        columns = (
            Column("activity"),
            Column("result", figures=True),
            Column("open", figures=True),
            Column("collected", figures=True),
            Column("committed", figures=True),
            Column("available", figures=True),
            Column("at-risk", figures=True),
            Column("payouts"),
        )
        session.screen.table(
            title(session, "activity-balances", answer.position, as_of, axis), columns, shown
        )


@command
def journal(
    session: Session,
    *,
    entity: EntityCode = None,
    account: Account = None,
    activity: Annotated[str | None, typer.Option("--activity", help="Only this activity.")] = None,
    as_of: Day = None,
    known_at: KnownAt = None,
    axis: AxisOption = Axis.BOOKED,
    limit: Limit = 200,
) -> None:
    """List the journal lines behind a figure, each with the position of its fact."""
    from projections.journal import journal_lines as ask

    with session.ledger() as workshop:
        reader = workshop.up_to_date()
        lines = ask(
            reader,
            entity_id=entity_id(reader, entity),
            account=account,
            activity_id=_activity_id(reader, entity, activity),
            as_of=day(as_of),
            known_at=position(workshop, known_at),
            axis=axis,
            limit=limit,
        )
        if session.screen.as_json:
            session.screen.data({"lines": [asdict(line) for line in lines]})
            return
        rows = [
            (
                str(line.position),
                str(line.booked_on),
                line.journal,
                line.account,
                euros(line.debit_c) if line.debit_c else "",
                euros(line.credit_c) if line.credit_c else "",
            )
            for line in lines
        ]
        columns = (
            Column("position", figures=True),
            Column("booked"),
            Column("journal"),
            Column("account"),
            Column("debit", figures=True),
            Column("credit", figures=True),
        )
        session.screen.table(session.screen.words("journal"), columns, rows)


def balances_document(row: ActivityStanding) -> dict[str, Any]:
    """Return the balances of an activity as `--json` says them, those that follow from others too."""
    derived = {name: getattr(row, name) for name in _DERIVED}
    return {**asdict(row), **derived}


def _activity_id(reader: Reader, entity: str | None, code: str | None) -> UUID | None:
    """Return the activity of that code: of the named entity, or the only one that has it."""
    from projections.lookups import activities

    known = [
        (each.code, each.activity_id) for each in activities(reader, entity_id=entity_id(reader, entity))
    ]
    return None if code is None else the_only("activity", known, code)
