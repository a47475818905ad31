"""The assembly of October dismisses a supervisor, and votes on a fee in vain, twice.

The line to those who follow from afar drops while they vote, so that poll is annulled and held again.
Days later it is found that two of those who said yes gain by the fee: the verdict is annulled, too.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.governance.presence import AttendanceMode, IrregularityKind
from domain.governance.rules import Choice
from domain.ids import derived_id
from domain.ledger import governance, notices
from domain.ledger.elections import mandate_id
from workers.demo.group.house import Group, House
from workers.demo.relay.electing import LAST_ELECTED, election_id
from workers.demo.relay.mandates import dismiss
from workers.demo.relay.meeting import Meeting, all_say, voices_of
from workers.demo.relay.minutes import draw_up
from workers.demo.relay.ordinary import ORDINARY_ASSEMBLY
from workers.demo.relay.year import day

DISMISSAL, FEE = "dismissal", "fee"
HELD_ON = day(10, 17)
PRESENT, IN_THE_ROOM, FOR_THE_FEE = 9, 5, 5
AGAIN = "again"


def plan_annulled(group: Group, relay: House) -> None:
    """Note the assembly, its minutes, and the end of what it decided about the fee."""
    meeting = Meeting(group, relay, "the assembly of October")
    group.agenda.on(day(9, 29), partial(_convene, meeting))
    group.agenda.on(HELD_ON, partial(_hold, meeting))
    group.agenda.on(day(10, 20), partial(draw_up, meeting, "en", relay.members[:2]))
    group.agenda.on(day(10, 29), partial(_annul_verdict, meeting))


def _convene(meeting: Meeting, on: date) -> None:
    agenda = [
        meeting.table(
            DISMISSAL,
            "A supervisor",
            "The assembly takes back the mandate of the supervisor who now works for the accountant.",
            on,
        ),
        meeting.table(
            FEE, "A fee for the workshop", "Each activity pays 12.00 a month for the shared workshop.", on
        ),
    ]
    meeting.convene(agenda, HELD_ON, on)


def _hold(meeting: Meeting, on: date) -> None:
    """Dismiss; begin to vote on the fee, lose the line, annul the poll, and vote once it is back."""
    group, relay = meeting.group, meeting.relay
    present = relay.members[:PRESENT]
    meeting.open(on)
    meeting.welcome(present[:IN_THE_ROOM], on)
    meeting.welcome(present[IN_THE_ROOM:], on, AttendanceMode.REMOTE)
    voices = voices_of(present)
    meeting.decide(
        meeting.named(DISMISSAL), all_say(Choice.YES, voices[:-2]) + all_say(Choice.NO, voices[-2:]), on
    )
    elected = election_id(Meeting(group, relay, ORDINARY_ASSEMBLY))
    dismissed = mandate_id(elected, relay.members[LAST_ELECTED].membership_id)
    dismiss(group, relay, dismissed, meeting.named(DISMISSAL), on)
    broken_off = meeting.put(meeting.named(FEE), on)
    meeting.hear(broken_off, all_say(Choice.YES, voices[:3]), on)
    _report(meeting, IrregularityKind.REMOTE_LINK_LOST, "The line was lost while the fee was voted on.", on)
    _annul(meeting, broken_off, "assembly, all present agreeing (fictional)", "the line was lost", on)
    said = all_say(Choice.YES, voices[:FOR_THE_FEE]) + all_say(Choice.NO, voices[FOR_THE_FEE:])
    meeting.decide(meeting.named(FEE), said, on, AGAIN)
    meeting.close(on)


def _annul_verdict(meeting: Meeting, on: date) -> None:
    """Void what was decided about the fee, and say so in the minutes; no activity has paid yet."""
    why = "Two who rent the workshop out had voted for the fee, and had not declared their interest."
    _report(meeting, IrregularityKind.DISPUTED_VOTE, why, on)
    poll_id = derived_id("demo", meeting.named(FEE), AGAIN)
    _annul(meeting, poll_id, "board, on the complaint of a member (fictional)", why, on)
    draw_up(meeting, "en", meeting.relay.members[:2], on, reason="the vote on the fee is annulled")


def _report(meeting: Meeting, kind: IrregularityKind, what: str, on: date) -> None:
    meeting.tell("irregularity.report", notices.report_irregularity, on=on, kind=kind, what=what)


def _annul(meeting: Meeting, poll_id: UUID, decision_ref: str, reason: str, on: date) -> None:
    meeting.group.clerk.tell(
        "poll.annul",
        governance.annul_poll,
        on=on,
        poll_id=poll_id,
        decision_ref=decision_ref,
        reason=reason,
    )
