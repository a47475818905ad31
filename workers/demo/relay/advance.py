"""Votes in advance on one motion of the ordinary assembly, read out when its poll opens.

One member changes the vote, one takes it back to hear the figures first, one had meant to give a proxy.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.governance.rules import Choice
from domain.ledger import advance_votes
from workers.demo.relay.meeting import Meeting
from workers.demo.relay.proxies import CHANGES_MIND
from workers.demo.relay.year import day

ABROAD, HEARS_FIRST = 8, 7
VOTES = (
    (day(6, 11), ABROAD, Choice.NO),
    (day(6, 12), HEARS_FIRST, Choice.NO),
    (day(6, 17), ABROAD, Choice.YES),
    (day(6, 18), CHANGES_MIND, Choice.YES),
)
TAKEN_BACK_ON = day(6, 18)


def plan_advance_votes(meeting: Meeting, motion_id: UUID) -> None:
    """Note what is sent in on a motion before the assembly, and what is taken back."""
    agenda = meeting.group.agenda
    for on, n, choice in VOTES:
        agenda.on(on, partial(_receive, meeting, motion_id, n, choice))
    agenda.on(TAKEN_BACK_ON, partial(_take_back, meeting, motion_id))


def _receive(meeting: Meeting, motion_id: UUID, n: int, choice: Choice, on: date) -> None:
    meeting.tell(
        "advance-vote.receive",
        advance_votes.receive_advance_vote,
        on=on,
        motion_id=motion_id,
        member_id=meeting.relay.members[n].membership_id,
        choice=choice,
    )


def _take_back(meeting: Meeting, motion_id: UUID, on: date) -> None:
    meeting.tell(
        "advance-vote.withdraw",
        advance_votes.withdraw_advance_vote,
        on=on,
        motion_id=motion_id,
        member_id=meeting.relay.members[HEARS_FIRST].membership_id,
    )
