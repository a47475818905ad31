"""Minutes are drawn up from the facts, kept, and signed by those who led the assembly."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.aggregates.minutes import Minutes
from domain.ledger import notices
from workers.demo.group.house import Member
from workers.demo.relay.meeting import Meeting


def draw_up(meeting: Meeting, lang: str, signing: Iterable[Member], on: date, *, reason: str = "") -> None:
    """Draw the minutes up in a language, or others in their place for a reason; let these members sign."""
    from api.minutes import drawn_up_by_us

    clerk = meeting.group.clerk
    clerk.let_readers_catch_up()
    clerk.turn_to(on)
    workshop = clerk.workshop
    record = drawn_up_by_us(
        workshop.log, workshop.reader, workshop.documents, meeting.id, lang=lang, reason=reason
    )
    outcome = clerk.ask("minutes.draw-up", record, on=on)
    drawn = next(
        each.event for each in outcome.facts if isinstance(each.event, Minutes.DrawnUp | Minutes.DrawnUpAgain)
    )
    for member in signing:
        meeting.tell(
            "minutes.sign",
            notices.sign_minutes,
            on=on,
            member_id=member.membership_id,
            document_sha256=drawn.document_sha256,
        )
