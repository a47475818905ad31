"""An assembly convened too late: the notice leaves ten days before it, where the rule asks for fifteen.

It is held all the same, names the first supervisors, and leaves a motion about money for the ordinary
assembly, because two members have to catch their train. Weeks later a notice is found not to have arrived.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from domain.aggregates.convening_notice import Channel
from domain.governance.presence import IrregularityKind
from domain.governance.rules import Choice
from domain.ledger import assemblies, notices
from workers.demo.group.house import Group, House, Member
from workers.demo.relay.meeting import Meeting, all_say, voices_of
from workers.demo.relay.minutes import draw_up
from workers.demo.relay.year import day

NAME = "the assembly of February"
SUPERVISORS, TOOLS = "supervisors", "tools"
PRESENT, BY_EMAIL = 10, 12
"""So many of the first members come; so many are reached by e-mail, the others by post."""
WAIVES, NOT_REACHED = 12, 10
HELD_ON, LEFT_FOR = day(2, 14), day(6, 20)


def plan_late_notice(group: Group, relay: House) -> None:
    """Note the assembly, and what is found about its notice afterwards."""
    meeting = Meeting(group, relay, NAME)
    group.agenda.on(day(2, 4), partial(_convene, meeting))
    group.agenda.on(day(2, 7), partial(_waive, meeting, relay.members[WAIVES]))
    group.agenda.on(HELD_ON, partial(_hold, meeting))
    group.agenda.on(day(2, 17), partial(draw_up, meeting, "fr", relay.members[:2]))
    group.agenda.on(day(3, 4), partial(_find_undelivered, meeting))


def _convene(meeting: Meeting, on: date) -> None:
    """Send the notice late, because two of the board were ill."""
    agenda = [
        meeting.table(
            SUPERVISORS,
            "The supervisors",
            "The assembly names three supervisors, who look at the books between two assemblies.",
            on,
        ),
        meeting.table(
            TOOLS,
            "An insurance for lent tools",
            "The cooperative insures the tools that its activities lend to one another.",
            on,
        ),
    ]
    meeting.convene(agenda, HELD_ON, on, place="Salle du Conte, Namur (fictional)")
    members = [member.membership_id for member in meeting.relay.members]
    for channel, sent_to in ((Channel.EMAIL, members[:BY_EMAIL]), (Channel.POST, members[BY_EMAIL:])):
        meeting.tell(
            "notice.send", notices.send_notice, on=on, channel=channel, sent_on=on, member_ids=sent_to
        )


def _waive(meeting: Meeting, member: Member, on: date) -> None:
    """Say on the telephone that ten days are enough."""
    meeting.tell("notice.waive", notices.waive_notice, on=on, member_id=member.membership_id)


def _hold(meeting: Meeting, on: date) -> None:
    present = meeting.relay.members[:PRESENT]
    meeting.open(on)
    meeting.welcome(present, on)
    voices = voices_of(present)
    said = all_say(Choice.YES, voices[:-2]) + all_say(Choice.ABSTAIN, voices[-2:])
    meeting.decide(meeting.named(SUPERVISORS), said, on)
    for member in present[-2:]:
        meeting.tell("departure.record", assemblies.record_departure, on=on, member_id=member.membership_id)
    meeting.tell(
        "motions.adjourn",
        assemblies.adjourn_motions,
        on=on,
        to_on=LEFT_FOR,
        motions=[meeting.named(TOOLS)],
        decision_ref="assembly, once two had left (fictional)",
    )
    meeting.close(on)


def _find_undelivered(meeting: Meeting, on: date) -> None:
    """Report that a member was never told, and draw the minutes up again, to be signed anew."""
    relay = meeting.relay
    meeting.tell(
        "irregularity.report",
        notices.report_irregularity,
        on=on,
        kind=IrregularityKind.NOTICE_NOT_RECEIVED,
        what=f"The notice to {relay.members[NOT_REACHED].person.name} came back: the mailbox was full.",
    )
    draw_up(meeting, "fr", relay.members[:2], on, reason="a notice that came back is told")
