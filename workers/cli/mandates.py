"""`tutti mandates`: who holds which office, today or on any day, as it was known at any position."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from workers.cli.naming import entity_codes
from workers.cli.past import Day, EntityCode, KnownAt, day, entity_id, position
from workers.cli.session import Column, Session, command

if TYPE_CHECKING:
    from projections.mandates import MandateRow


@command
def mandates(
    session: Session, *, entity: EntityCode = None, as_of: Day = None, known_at: KnownAt = None
) -> None:
    """Show the offices and their mandates: all there ever were, or those of a day."""
    from projections.lookups import members
    from projections.mandates import mandate_book

    with session.ledger() as workshop:
        reader = workshop.up_to_date()
        of = entity_id(reader, entity)
        book = mandate_book(
            reader,
            today=workshop.today(),
            as_of=day(as_of),
            known_at=position(workshop, known_at),
            entity_id=of,
        )
        if session.screen.as_json:
            session.screen.data(asdict(book))
            return
        codes = entity_codes(reader)
        names = {each.membership_id: each.name for each in members(reader, entity_id=of)}
    say = session.screen.words
    offices = [
        (codes[each.entity_id], each.office, str(each.seats), str(each.held), each.source_ref)
        for each in book.offices
    ]
    of_offices = (
        Column("entity"),
        Column("office"),
        Column("seat-count", figures=True),
        Column("held-seats", figures=True),
        Column("source"),
    )
    session.screen.table(say("offices"), of_offices, offices)
    rows = [
        (
            each.office,
            names.get(each.membership_id, ""),
            str(each.starts_on),
            _end(session, each),
            say("by-election" if each.election_id else "by-motion"),
            str(each.position),
        )
        for each in book.mandates
    ]
    columns = (
        Column("office"),
        Column("member"),
        Column("begins"),
        Column("ends"),
        Column("conferred"),
        Column("position", figures=True),
    )
    when = f", {book.as_of}" if book.as_of else ""
    session.screen.table(
        f"{say('mandates')}{when} — {say('position').lower()} {book.position}", columns, rows
    )


def _end(session: Session, each: MandateRow) -> str:
    """Say when a mandate ends or ended, and how."""
    say = session.screen.words
    if each.ended_on is not None:
        return f"{each.ended_on} ({say(f'mandate-{each.reason}')})"
    if each.ends_on is not None:
        return str(each.ends_on)
    late = f" ({say('overdue-mandate')})" if each.overdue else ""
    return f"{say('assembly-of')} {each.ends_at_assembly_of}{late}"
