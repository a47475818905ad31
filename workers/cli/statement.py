"""The statement of one member: activities, shares, dividends, claims, wages and open invoices over a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from domain.money import euros
from projections.dated_sums import Axis
from workers.cli.books import balances_document
from workers.cli.past import AxisOption, EntityCode, day, entity_id
from workers.cli.session import Column, Session, command

if TYPE_CHECKING:
    from projections.activity_standing import ActivityStanding
    from projections.member_statement import MemberStatement, StatementActivity
    from projections.reader import Reader

MemberArgument = Annotated[
    str, typer.Argument(metavar="MEMBER", help="The number of the member, or the id of the membership.")
]
From = Annotated[
    datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="From this day, or 1 January.")
]
To = Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Until this day, or today.")]


@command
def member_statement(
    session: Session,
    member: MemberArgument,
    *,
    entity: EntityCode = None,
    first: From = None,
    last: To = None,
    axis: AxisOption = Axis.BOOKED,
) -> None:
    """Show what concerns one member over a period, each figure with the position of its fact."""
    from projections.member_statement import member_statement as ask

    with session.ledger() as workshop:
        reader = workshop.up_to_date()
        until = day(last) or workshop.today()
        answer = ask(
            reader,
            _membership_id(reader, entity, member),
            first_on=day(first) or until.replace(month=1, day=1),
            last_on=until,
            axis=axis,
        )
        if session.screen.as_json:
            session.screen.data(_document(answer))
        else:
            _show(session, answer)


def _membership_id(reader: Reader, entity: str | None, named: str) -> UUID:
    """Return the membership of that id, or of that number in the entity or in the only one that has it."""
    from domain.errors import UnknownRecord
    from projections.lookups import members

    try:
        return UUID(named)
    except ValueError:
        pass
    known = members(reader, entity_id=entity_id(reader, entity))
    found = [each.membership_id for each in known if str(each.member_no) == named]
    if len(found) != 1:
        raise UnknownRecord(kind="member", no=named, found=len(found))
    return found[0]


def _document(answer: MemberStatement) -> dict[str, Any]:
    activities = [
        {**asdict(each), "opening": _standing(each.opening), "closing": _standing(each.closing)}
        for each in answer.activities
    ]
    return {**asdict(answer), "activities": activities}


def _standing(row: ActivityStanding | None) -> dict[str, Any] | None:
    return None if row is None else balances_document(row)


def _show(session: Session, answer: MemberStatement) -> None:
    say = session.screen.words
    who = f"{answer.member.name} ({say('no.')} {answer.member.member_no or '-'})"
    period = f"{answer.first_on} - {answer.last_on} ({answer.axis.value})"
    at = f"{say('position').lower()} {answer.position}"
    session.screen.line(f"{say('member-statement')}: {who}, {period} — {at}")
    figures = ("result", "open", "collected", "committed", "available", "at-risk")
    balances = [row for each in answer.activities for row in _balances(session, each)]
    _table(session, "activity-balances", ("activity", "when"), figures, balances)
    moves = [row for each in answer.activities for row in _moves(each, answer.axis)]
    _table(
        session, "movements", ("position", "day", "activity", "topic"), ("result", "open", "committed"), moves
    )
    _show_rest(session, answer)


def _balances(session: Session, each: StatementActivity) -> list[tuple[str, ...]]:
    standings = (("opening", each.opening), ("closing", each.closing))
    return [
        (
            each.code,
            session.screen.words(when),
            euros(row.result_c),
            euros(row.open_receivable_net_c),
            euros(row.collected_c),
            euros(row.committed_c),
            euros(row.available_c),
            "" if row.at_risk_c is None else euros(row.at_risk_c),
        )
        for when, row in standings
        if row is not None
    ]


def _moves(each: StatementActivity, axis: Axis) -> list[tuple[str, ...]]:
    return [
        (
            str(move.position),
            str(move.booked_on if axis is Axis.BOOKED else move.effective_on),
            each.code,
            move.fact,
            *(
                euros(cents) if cents else ""
                for cents in (move.result_c, move.open_receivable_net_c, move.committed_c)
            ),
        )
        for move in each.movements
    ]


def _show_rest(session: Session, answer: MemberStatement) -> None:
    say = session.screen.words
    codes = {each.activity_id: each.code for each in answer.activities}
    invoices = [
        (
            str(one.position),
            one.invoice_no,
            one.buyer,
            str(one.due_on),
            euros(one.gross_c),
            euros(one.open_c + one.doubtful_c),
        )
        for each in answer.activities
        for one in each.open_invoices
    ]
    _table(
        session, "open-invoices", ("position", "invoice", "buyer", "due"), ("amount", "still-open"), invoices
    )
    shares = [
        (
            str(one.position),
            str(one.effective_on),
            one.share_class,
            f"{one.from_seq}-{one.to_seq}",
            euros(one.amount_c),
        )
        for one in answer.shares.entries
    ]
    _table(session, "share-register", ("position", "day", "class", "numbers"), ("amount",), shares)
    claims = [
        (
            str(one.position),
            str(one.submitted_on),
            codes.get(one.activity_id, ""),
            one.purpose,
            say(one.payment or one.state),
            euros(one.gross_c),
        )
        for one in answer.claims
    ]
    _table(session, "claims", ("position", "day", "activity", "purpose", "state"), ("amount",), claims)
    wages = [
        (
            str(one.position),
            str(one.requested_on),
            codes.get(one.activity_id, ""),
            say(one.payment or one.state),
            euros(one.budget_c),
            "" if one.cost_c is None else euros(one.cost_c),
            "" if one.net_c is None else euros(one.net_c),
        )
        for one in answer.wages
    ]
    _table(session, "payrolls", ("position", "day", "activity", "state"), ("budget", "cost", "net"), wages)
    _show_dividends(session, answer)


def _show_dividends(session: Session, answer: MemberStatement) -> None:
    say = session.screen.words
    dividends = [
        (
            str(one.position),
            str(one.determined_on),
            one.share_class,
            say(one.payment) if one.payment else "",
            euros(one.gross_c),
            euros(one.withheld_c),
            euros(one.net_c),
        )
        for one in answer.dividends
    ]
    _table(
        session,
        "dividends",
        ("position", "day", "class", "state"),
        ("before-tax", "withheld", "net"),
        dividends,
    )


def _table(
    session: Session,
    heading: str,
    keys: Sequence[str],
    figures: Sequence[str],
    rows: Sequence[tuple[str, ...]],
) -> None:
    """Show a table of the statement, unless it has nothing to say."""
    if rows:
        columns = [*(Column(key) for key in keys), *(Column(key, figures=True) for key in figures)]
        session.screen.table(session.screen.words(heading), columns, rows)
