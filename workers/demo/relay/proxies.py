"""Before the ordinary assembly, four members who cannot come give a proxy, and only one of them counts.

One gives way to its giver, who comes after all; one is withdrawn, since its giver votes in advance
instead; one does not count, because the vote of its giver is suspended on the roll of the record date.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from domain.governance.rolls import EntryReason
from domain.ledger import assemblies, rolls
from workers.demo.group.electing import Voice
from workers.demo.relay.meeting import Meeting
from workers.demo.relay.year import day

SUSPENDED, REPRESENTED, CHANGES_MIND, COMES_AFTER_ALL = 10, 11, 12, 9
PROXIES = ((SUSPENDED, 0), (REPRESENTED, 1), (CHANGES_MIND, 2), (COMES_AFTER_ALL, 3))
"""Who gives a proxy, and to whom: places among the members."""


def plan_proxies(meeting: Meeting) -> None:
    """Note the proxies, the roll of the record date, and what becomes of both before the opening."""
    agenda = meeting.group.agenda
    agenda.on(day(6, 10), partial(_give, meeting))
    agenda.on(day(6, 16), partial(_freeze, meeting))
    agenda.on(day(6, 17), partial(_suspend, meeting))
    agenda.on(day(6, 18), partial(_withdraw, meeting))


def represented(meeting: Meeting) -> Voice:
    """Return the one voice that is heard through another."""
    members = meeting.relay.members
    return members[REPRESENTED], members[dict(PROXIES)[REPRESENTED]]


def _give(meeting: Meeting, on: date) -> None:
    members = meeting.relay.members
    for principal, holder in PROXIES:
        meeting.tell(
            "proxy.grant",
            assemblies.grant_proxy,
            on=on,
            principal_id=members[principal].membership_id,
            holder_id=members[holder].membership_id,
        )


def _freeze(meeting: Meeting, on: date) -> None:
    """Freeze the roll after the weekend, as it stood at the end of the record date."""
    from api.rolls import drawn_for

    clerk = meeting.group.clerk
    clerk.settle()
    clerk.turn_to(on)
    drawn = drawn_for(clerk.workshop.services, meeting.id, at_record_date=True)
    meeting.tell("record-roll.freeze", assemblies.freeze_record_roll, on=on, drawn=drawn)


def _suspend(meeting: Meeting, on: date) -> None:
    """Note on the roll that a member did not give a notice the articles ask for, as the board found."""
    meeting.group.clerk.tell(
        "roll.correct",
        rolls.correct_roll,
        on=on,
        roll_id=assemblies.record_roll_id(meeting.id),
        member_id=meeting.relay.members[SUSPENDED].membership_id,
        votes=0,
        reason=EntryReason.SUSPENDED,
        evidence_ref="board, list of votes suspended under article 8 (fictional)",
    )


def _withdraw(meeting: Meeting, on: date) -> None:
    principal = meeting.relay.members[CHANGES_MIND]
    meeting.tell("proxy.revoke", assemblies.revoke_proxy, on=on, principal_id=principal.membership_id)
