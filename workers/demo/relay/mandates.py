"""The supervisors: three are named in February; one mandate runs out, one is renewed, one is given up, one taken back."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from uuid import UUID

from domain.elections.mandates import Term
from domain.ids import derived_id
from domain.ledger import mandates
from domain.ledger.mandates import office_id
from workers.demo.group.founding import ORDINARY
from workers.demo.group.house import Group, House
from workers.demo.relay.meeting import Meeting
from workers.demo.relay.notices import HELD_ON, NAME, SUPERVISORS
from workers.demo.relay.year import FIRST_DAY, day

OFFICE = "supervisor"
SEATS, MORE_SEATS = 3, 4
YEARS = 3
THIS_YEAR = FIRST_DAY.year
LEAVES, STAYS, GIVES_UP = 3, 4, 5
FIRST = ((LEAVES, THIS_YEAR), (STAYS, THIS_YEAR), (GIVES_UP, THIS_YEAR + 2))
"""Who is named first, and until the ordinary assembly of which year: not all seats come free at once."""


def plan_supervisors(group: Group, relay: House) -> None:
    """Note the first three, and that one of them gives up in the summer."""
    group.agenda.on(HELD_ON, partial(_name_first, group, relay))
    group.agenda.on(day(8, 28), partial(_give_up, group, relay))


def first_mandate(relay: House, n: int) -> UUID:
    """Return the mandate of one of the first three."""
    return derived_id("demo", relay.entity_id, OFFICE, n)


def renew_and_expire(meeting: Meeting, motion_id: UUID, rule_name: str, on: date) -> None:
    """Renew the mandate the members renewed by that motion; the other of this year ends with this assembly."""
    clerk, relay = meeting.group.clerk, meeting.relay
    office = office_id(relay.entity_id, OFFICE)
    clerk.tell(
        "mandate.renew",
        mandates.renew_mandate,
        on=on,
        office_id=office,
        mandate_id=first_mandate(relay, STAYS),
        motion_id=motion_id,
        rule_name=rule_name,
        rule_version=1,
        term=Term(on, ends_at_assembly_of=on.year + YEARS),
    )
    meeting.tell("mandates.expire", mandates.expire_mandates, on=on, office_id=office)


def add_a_seat(group: Group, relay: House, on: date) -> None:
    """Let there be one supervisor more, as the members decided."""
    group.clerk.tell(
        "office.change-seats",
        mandates.change_seats,
        on=on,
        office_id=office_id(relay.entity_id, OFFICE),
        seats=MORE_SEATS,
        source_ref="ordinary assembly, the number of supervisors (fictional)",
    )


def dismiss(group: Group, relay: House, mandate_id: UUID, motion_id: UUID, on: date) -> None:
    """Take a mandate back by a motion, from the next day on."""
    group.clerk.tell(
        "mandate.revoke",
        mandates.revoke_mandate,
        on=on,
        office_id=office_id(relay.entity_id, OFFICE),
        mandate_id=mandate_id,
        ends_on=on + timedelta(days=1),
        motion_id=motion_id,
    )


def _name_first(group: Group, relay: House, on: date) -> None:
    """Open the office and confer it by the motion of February."""
    clerk = group.clerk
    clerk.tell(
        "office.open",
        mandates.open_office,
        on=on,
        entity_id=relay.entity_id,
        office=OFFICE,
        seats=SEATS,
        source_ref="articles of association, art. 18 (fictional)",
    )
    for n, year in FIRST:
        clerk.tell(
            "mandate.appoint",
            mandates.appoint,
            on=on,
            office_id=office_id(relay.entity_id, OFFICE),
            mandate_id=first_mandate(relay, n),
            membership_id=relay.members[n].membership_id,
            motion_id=Meeting(group, relay, NAME).named(SUPERVISORS),
            rule_name=ORDINARY,
            rule_version=1,
            term=Term(on, ends_at_assembly_of=year),
        )


def _give_up(group: Group, relay: House, on: date) -> None:
    """Give the office up for want of time, at the end of the next month."""
    group.clerk.tell(
        "mandate.resign",
        mandates.resign_mandate,
        on=on,
        office_id=office_id(relay.entity_id, OFFICE),
        mandate_id=first_mandate(relay, GIVES_UP),
        ends_on=date(on.year, 10, 1),
    )
