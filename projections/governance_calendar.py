"""The governance calendar: assemblies and polls, by their days, held and to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from projections.governance_trail import GOVERNANCE_TRAIL
from projections.reader import Reader, position_of, rows_of


class Happening(StrEnum):
    """What happens on a day of the calendar."""

    NOTICE = "notice"
    ASSEMBLY = "assembly"
    POLL_OPENED = "poll-opened"
    POLL_CLOSED = "poll-closed"


@dataclass(frozen=True)
class CalendarDay:
    """One thing on one day.

    Of a notice or an assembly, `id` is the assembly's, `state` whether it is convened, open or closed,
    and `titles` its motions in the order of the agenda; of a poll, `id` is the poll's, `state` whether
    it is open, closed or counted, and `titles` its one motion. `adopted` is None until it is counted.
    """

    day: date
    happening: Happening
    id: UUID
    entity_id: UUID
    assembly_id: UUID | None
    state: str
    titles: tuple[str, ...]
    adopted: bool | None
    opened_on: date | None
    closed_on: date | None
    position: int

    def __post_init__(self) -> None:
        """Take words and titles as they are: the database returns text and lists."""
        object.__setattr__(self, "happening", Happening(self.happening))
        object.__setattr__(self, "titles", tuple(self.titles))


@dataclass(frozen=True)
class GovernanceCalendar:
    """The days asked for in their order, as the log stood at `position`."""

    position: int
    days: tuple[CalendarDay, ...]


_DAYS = """
    WITH meeting AS (
        SELECT a.*, ARRAY(
            SELECT title FROM assembly_agenda AS g JOIN motion_text USING (motion_id)
            WHERE g.assembly_id = a.assembly_id ORDER BY place
        ) AS titles
        FROM assembly AS a
    ),
    ballot AS (
        SELECT p.*, ARRAY[title] AS titles, adopted
        FROM poll AS p JOIN motion_text USING (motion_id) LEFT JOIN verdict USING (poll_id)
    ),
    happening AS (
        SELECT notice_on AS day, 'notice' AS happening, assembly_id AS id, entity_id, assembly_id, state, titles,
            NULL::boolean AS adopted, opened_on, closed_on, position
        FROM meeting
        UNION ALL
        SELECT held_on, 'assembly', assembly_id, entity_id, assembly_id, state, titles, NULL, opened_on,
            closed_on, position
        FROM meeting
        UNION ALL
        SELECT opened_on, 'poll-opened', poll_id, entity_id, assembly_id, state, titles, adopted, opened_on,
            closed_on, opened_at
        FROM ballot
        UNION ALL
        SELECT closed_on, 'poll-closed', poll_id, entity_id, assembly_id, state, titles, adopted, opened_on,
            closed_on, closed_at
        FROM ballot WHERE closed_on IS NOT NULL
    )
    SELECT * FROM happening
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND day BETWEEN coalesce(%(first_on)s::date, '-infinity') AND coalesce(%(last_on)s::date, 'infinity')
    ORDER BY day, position, happening
"""


def governance_calendar(
    reader: Reader,
    *,
    entity_id: UUID | None = None,
    first_on: date | None = None,
    last_on: date | None = None,
) -> GovernanceCalendar:
    """Return what happens in an entity, or in all, from one day to another; raises NotProjectedYet."""
    with reader.snapshot() as cursor:
        position = position_of(cursor, GOVERNANCE_TRAIL.name)
        values = {"entity_id": entity_id, "first_on": first_on, "last_on": last_on}
        found = rows_of(cursor.connection, CalendarDay, _DAYS, **values)
    return GovernanceCalendar(position, tuple(found))
