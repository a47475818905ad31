"""Dividends: what was given, and account 471 opened down to what each holder is due."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from domain.money import euros
from projections.dated_sums import Axis
from workers.cli.naming import member_names
from workers.cli.past import AxisOption, Day, EntityCode, KnownAt, day, entity_id, position, title
from workers.cli.session import Column, Session, command

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from projections.dividends import DividendsGiven


@command
def dividends(
    session: Session,
    *,
    entity: EntityCode = None,
    as_of: Day = None,
    known_at: KnownAt = None,
    axis: AxisOption = Axis.BOOKED,
) -> None:
    """Show the dividends, how far each is shared out and paid, and what each holder is due of them."""
    from projections.dividends import dividends_given as ask

    with session.ledger() as workshop:
        reader = workshop.up_to_date()
        known, whose = position(workshop, known_at), entity_id(reader, entity)
        answer = ask(reader, entity_id=whose, as_of=day(as_of), known_at=known, axis=axis)
        if session.screen.as_json:
            session.screen.data(asdict(answer))
            return
        _show_given(session, title(session, "dividends", answer.position, as_of, axis), answer)
        _show_holders(session, answer, member_names(reader))


def _show_given(session: Session, heading: str, answer: DividendsGiven) -> None:
    rows = [
        (
            str(each.voted_on),
            each.share_class,
            str(each.held_on),
            str(each.qty),
            euros(each.per_share_c),
            euros(each.amount_c),
            "" if each.appropriated_on is None else str(each.appropriated_on),
            "" if each.payable_on is None else str(each.payable_on),
            str(each.left),
            str(each.dividend_id),
        )
        for each in answer.dividends
    ]
    columns = (
        Column("day"),
        Column("class"),
        Column("held-on"),
        Column("shares", figures=True),
        Column("per-share", figures=True),
        Column("amount", figures=True),
        Column("appropriated"),
        Column("payable"),
        Column("not-named", figures=True),
        Column("dividend"),
    )
    session.screen.table(heading, columns, rows)


def _show_holders(session: Session, answer: DividendsGiven, names: Mapping[UUID, str]) -> None:
    classes = {each.dividend_id: each.share_class for each in answer.dividends}
    rows = [
        (
            names[each.membership_id],
            classes.get(each.dividend_id, ""),
            str(each.qty),
            euros(each.gross_c),
            euros(each.withheld_c),
            euros(each.net_c),
            euros(each.ordered_c),
            euros(each.paid_c),
            str(each.dividend_due_id),
        )
        for each in answer.holders
    ]
    columns = (
        Column("member"),
        Column("class"),
        Column("shares", figures=True),
        Column("before-tax", figures=True),
        Column("withheld", figures=True),
        Column("net", figures=True),
        Column("on-order", figures=True),
        Column("paid", figures=True),
        Column("dividend-due"),
    )
    session.screen.table(session.screen.words("holders"), columns, rows)
