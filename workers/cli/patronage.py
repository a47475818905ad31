"""Patronage refunds: what was given back, and account 473 opened down to the activities."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from domain.money import euros
from projections.dated_sums import Axis
from workers.cli.naming import activity_codes
from workers.cli.past import AxisOption, Day, EntityCode, KnownAt, day, entity_id, position, title
from workers.cli.session import Column, Session, command

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from projections.patronage import Refunds


@command
def patronage(
    session: Session,
    *,
    entity: EntityCode = None,
    as_of: Day = None,
    known_at: KnownAt = None,
    axis: AxisOption = Axis.BOOKED,
) -> None:
    """Show the patronage refunds, and what each activity is given of them for what it contributed."""
    from projections.patronage import patronage_refunds as ask

    with session.ledger() as workshop:
        reader = workshop.up_to_date()
        known, whose = position(workshop, known_at), entity_id(reader, entity)
        answer = ask(reader, entity_id=whose, as_of=day(as_of), known_at=known, axis=axis)
        codes = activity_codes(reader)
    if session.screen.as_json:
        session.screen.data(asdict(answer))
        return
    _show_refunds(session, title(session, "patronage", answer.position, as_of, axis), answer)
    _show_parts(session, answer, codes)


def _show_refunds(session: Session, heading: str, answer: Refunds) -> None:
    refunds = [
        (
            str(each.voted_on),
            euros(each.amount_c),
            "" if each.appropriated_on is None else str(each.appropriated_on),
            euros(each.given_c),
            str(each.patronage_id),
        )
        for each in answer.refunds
    ]
    columns = (
        Column("day"),
        Column("amount", figures=True),
        Column("appropriated"),
        Column("given", figures=True),
        Column("patronage-refund"),
    )
    session.screen.table(heading, columns, refunds)


def _show_parts(session: Session, answer: Refunds, codes: Mapping[UUID, str]) -> None:
    parts = [
        (
            codes[each.activity_id],
            session.screen.words(f"basis-{each.basis}"),
            euros(each.contributed_c),
            euros(each.amount_c),
            "" if each.given_on is None else str(each.given_on),
            str(each.patronage_id),
        )
        for each in answer.parts
    ]
    columns = (
        Column("activity"),
        Column("basis"),
        Column("contributed", figures=True),
        Column("amount", figures=True),
        Column("given-on"),
        Column("patronage-refund"),
    )
    session.screen.table(session.screen.words("patronage-parts"), columns, parts)
