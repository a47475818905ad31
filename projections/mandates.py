"""Who held which office at any date, as it was known at any position: mandates, their terms and ends."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.aggregates.mandate_register import MandateRegister
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader, position_of, rows_of

OFFICES = Table(
    "office",
    ("CREATE TABLE office (office_id uuid PRIMARY KEY, entity_id uuid NOT NULL, office text NOT NULL)",),
    "SELECT * FROM office ORDER BY office_id",
)
SEATS = Table(
    "office_seats",
    (
        """
        CREATE TABLE office_seats (
            position bigint PRIMARY KEY, office_id uuid NOT NULL, seats integer NOT NULL, source_ref text NOT NULL
        )
        """,
    ),
    "SELECT * FROM office_seats ORDER BY position",
)
MANDATES_TABLE = Table(
    "mandate",
    (
        """
        CREATE TABLE mandate (
            mandate_id uuid PRIMARY KEY, office_id uuid NOT NULL, membership_id uuid NOT NULL,
            starts_on date NOT NULL, position bigint NOT NULL
        )
        """,
    ),
    "SELECT * FROM mandate ORDER BY mandate_id",
)
TERMS = Table(
    "mandate_term",
    (
        """
        CREATE TABLE mandate_term (
            mandate_id uuid, position bigint, ends_on date, ends_at_assembly_of integer,
            election_id uuid, motion_id uuid, PRIMARY KEY (mandate_id, position)
        )
        """,
    ),
    "SELECT * FROM mandate_term ORDER BY mandate_id, position",
)
ENDS = Table(
    "mandate_end",
    (
        """
        CREATE TABLE mandate_end (
            mandate_id uuid PRIMARY KEY, position bigint NOT NULL, ended_on date NOT NULL, reason text NOT NULL
        )
        """,
    ),
    "SELECT * FROM mandate_end ORDER BY mandate_id",
)

_ADD_OFFICE = "COPY office (office_id, entity_id, office) FROM STDIN"
_ADD_SEATS = "COPY office_seats (position, office_id, seats, source_ref) FROM STDIN"
_ADD_MANDATE = "COPY mandate (mandate_id, office_id, membership_id, starts_on, position) FROM STDIN"
_ADD_TERM = """
    COPY mandate_term (mandate_id, position, ends_on, ends_at_assembly_of, election_id, motion_id) FROM STDIN
"""
_ADD_END = "COPY mandate_end (mandate_id, position, ended_on, reason) FROM STDIN"


class MandatesPage(Page):
    """Writes offices and mandates; nothing is ever changed, so that every past can be asked for."""

    @on(MandateRegister.Opened)
    def _opened(self, position: int, event: MandateRegister.Opened) -> None:
        self.add(_ADD_OFFICE, event.originator_id, event.entity_id, event.office)
        self.add(_ADD_SEATS, position, event.originator_id, event.seats, event.source_ref)

    @on(MandateRegister.SeatsChanged)
    def _seats(self, position: int, event: MandateRegister.SeatsChanged) -> None:
        self.add(_ADD_SEATS, position, event.originator_id, event.seats, event.source_ref)

    @on(MandateRegister.MandateConferred)
    def _conferred(self, position: int, event: MandateRegister.MandateConferred) -> None:
        who = (event.mandate_id, event.originator_id, event.membership_id)
        self.add(_ADD_MANDATE, *who, event.term.starts_on, position)
        self._term(position, event)

    @on(MandateRegister.MandateRenewed)
    def _renewed(self, position: int, event: MandateRegister.MandateRenewed) -> None:
        self._term(position, event)

    def _term(
        self, position: int, event: MandateRegister.MandateConferred | MandateRegister.MandateRenewed
    ) -> None:
        term, by = event.term, (event.election_id, event.motion_id)
        self.add(_ADD_TERM, event.mandate_id, position, term.ends_on, term.ends_at_assembly_of, *by)

    @on(MandateRegister.MandateResigned)
    def _resigned(self, position: int, event: MandateRegister.MandateResigned) -> None:
        self.add(_ADD_END, event.mandate_id, position, event.ends_on, "resigned")

    @on(MandateRegister.MandateRevoked)
    def _revoked(self, position: int, event: MandateRegister.MandateRevoked) -> None:
        self.add(_ADD_END, event.mandate_id, position, event.ends_on, "revoked")

    @on(MandateRegister.MandateExpired)
    def _expired(self, position: int, event: MandateRegister.MandateExpired) -> None:
        self.add(_ADD_END, event.mandate_id, position, event.ends_on, "expired")


MANDATES = ReadModel("mandates", 1, (OFFICES, SEATS, MANDATES_TABLE, TERMS, ENDS), MandatesPage)


@dataclass(frozen=True)
class MandateRow:
    """One mandate as it was known: its term, by which election or motion, and how it ended if it did.

    `ended_on` is the first day without it. `overdue`: it lasts until an assembly of a year that is
    over on the day asked for, and nobody has recorded its end.
    """

    mandate_id: UUID
    office_id: UUID
    entity_id: UUID
    office: str
    membership_id: UUID
    starts_on: date
    ends_on: date | None
    ends_at_assembly_of: int | None
    election_id: UUID | None
    motion_id: UUID | None
    ended_on: date | None
    reason: str | None
    overdue: bool
    position: int


@dataclass(frozen=True)
class OfficeRow:
    """One office, how many seats it had, and how many of them were held."""

    office_id: UUID
    entity_id: UUID
    office: str
    seats: int
    source_ref: str
    held: int


@dataclass(frozen=True)
class MandateBook:
    """The offices and mandates of a day, as the log stood at `position`."""

    position: int
    as_of: date | None
    offices: tuple[OfficeRow, ...]
    mandates: tuple[MandateRow, ...]


_MANDATES_OF = """
    SELECT m.mandate_id, o.office_id, o.entity_id, o.office, m.membership_id, m.starts_on, t.ends_on,
        t.ends_at_assembly_of, t.election_id, t.motion_id, e.ended_on, e.reason,
        e.ended_on IS NULL AND coalesce(extract(year FROM %(day)s::date) > t.ends_at_assembly_of, false)
            AS overdue,
        m.position
    FROM mandate AS m JOIN office AS o USING (office_id)
    JOIN LATERAL (
        SELECT * FROM mandate_term AS t
        WHERE t.mandate_id = m.mandate_id AND t.position <= %(known_at)s ORDER BY t.position DESC LIMIT 1
    ) AS t ON true
    LEFT JOIN mandate_end AS e ON e.mandate_id = m.mandate_id AND e.position <= %(known_at)s
    WHERE m.position <= %(known_at)s AND (%(entity_id)s::uuid IS NULL OR o.entity_id = %(entity_id)s)
        AND (%(as_of)s::date IS NULL OR (m.starts_on <= %(as_of)s
            AND (t.ends_on IS NULL OR t.ends_on > %(as_of)s)
            AND (e.ended_on IS NULL OR e.ended_on > %(as_of)s)))
    ORDER BY o.office, o.office_id, m.starts_on, m.position, m.mandate_id
"""
_OFFICES_OF = """
    SELECT o.office_id, o.entity_id, o.office, s.seats, s.source_ref, 0 AS held
    FROM office AS o
    JOIN LATERAL (
        SELECT * FROM office_seats AS s
        WHERE s.office_id = o.office_id AND s.position <= %(known_at)s ORDER BY s.position DESC LIMIT 1
    ) AS s ON true
    WHERE %(entity_id)s::uuid IS NULL OR o.entity_id = %(entity_id)s
    ORDER BY o.office, o.office_id
"""


def mandate_book(
    reader: Reader,
    *,
    today: date,
    as_of: date | None = None,
    known_at: int | None = None,
    entity_id: UUID | None = None,
) -> MandateBook:
    """Return the mandates held on a day, or all there ever were, as they were known at a position.

    Seats held are those of the day asked for, or of `today`.
    """
    day = as_of or today
    with reader.snapshot() as cursor:
        position = position_of(cursor, MANDATES.name, known_at)
        asked = {"known_at": position, "entity_id": entity_id}
        found = rows_of(cursor.connection, MandateRow, _MANDATES_OF, **asked, day=day, as_of=as_of)
        on_day = rows_of(cursor.connection, MandateRow, _MANDATES_OF, **asked, day=day, as_of=day)
        offices = rows_of(cursor.connection, OfficeRow, _OFFICES_OF, **asked)
    held = Counter(each.office_id for each in on_day)
    return MandateBook(
        position, as_of, tuple(replace(each, held=held[each.office_id]) for each in offices), tuple(found)
    )
