"""The governance calendar: every assembly and poll on its days, held and to come."""

from __future__ import annotations

from datetime import date
from typing import Any

from projections.governance_calendar import CalendarDay, governance_calendar
from projections.reader import Reader
from tests.cooperative import ACTIVITY, ENTITY
from tests.projections.world import ASSEMBLY, IN_ASSEMBLY, MARCH, POLL, World

HELD = date(2026, 3, 7)


def days(reader: Reader, **asked: Any) -> list[CalendarDay]:
    return list(governance_calendar(reader, **asked).days)


def test_an_assembly_to_come_stands_on_the_day_of_its_notice_and_on_its_own(
    world: World, reader: Reader
) -> None:
    world.convenes()
    world.project()
    notice, assembly = days(reader)
    assert (notice.day, notice.happening, notice.id) == (MARCH, "notice", ASSEMBLY)
    assert (assembly.day, assembly.happening, assembly.state) == (HELD, "assembly", "convened")
    assert (assembly.titles, assembly.opened_on, assembly.closed_on) == (("A van",), None, None)
    assert governance_calendar(reader).position == world.log.head().size


def test_what_was_held_tells_when_it_opened_and_closed_and_what_became_of_its_polls(
    world: World, reader: Reader
) -> None:
    world.assembles(reader)
    happened = [(each.happening.value, each.state, each.adopted) for each in days(reader)]
    assert happened == [
        ("notice", "closed", None),
        ("poll-opened", "counted", True),
        ("poll-closed", "counted", True),
        ("assembly", "closed", None),
    ]
    (assembly,) = [each for each in days(reader) if each.happening == "assembly"]
    assert (assembly.opened_on, assembly.closed_on) == (MARCH, MARCH)
    assert {each.assembly_id for each in days(reader)} == {ASSEMBLY}
    assert IN_ASSEMBLY in {each.id for each in days(reader)}


def test_a_poll_outside_an_assembly_has_its_days_too(world: World, reader: Reader) -> None:
    world.opens_a_poll()
    world.project()
    (poll,) = days(reader)
    assert (poll.day, poll.happening, poll.id) == (MARCH, "poll-opened", POLL)
    assert (poll.state, poll.assembly_id, poll.titles, poll.adopted) == ("open", None, ("A workbench",), None)
    world.counts(reader)
    assert [each.happening for each in days(reader)] == ["poll-opened", "poll-closed"]


def test_the_days_asked_for_are_the_days_answered(world: World, reader: Reader) -> None:
    world.convenes()
    world.project()
    assert [each.day for each in days(reader, first_on=HELD)] == [HELD]
    assert [each.day for each in days(reader, last_on=date(2026, 3, 6))] == [MARCH]
    assert days(reader, first_on=date(2026, 3, 8)) == []
    assert len(days(reader, entity_id=ENTITY)) == 2
    assert days(reader, entity_id=ACTIVITY) == []
