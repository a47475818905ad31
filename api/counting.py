"""The ballots of a closed poll, folded from the log.

It happens outside the sequencer, which a large assembly would hold up: the closing fixed the
position up to which votes count, so the fold gives the same whenever it is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from domain.aggregates.advance_box import AdvanceBox, AdvanceVote
from domain.aggregates.electoral_roll import ElectoralRoll
from domain.aggregates.poll import Poll
from domain.aggregates.voting_right import VotingRight
from domain.errors import PollStillOpen, UnknownRecord
from domain.governance.rolls import RollEntry
from domain.governance.tally import Ballot
from domain.ledger.advance_votes import standing_votes
from domain.ledger.governance import box_id, voting_right_id
from eventstore.log import Log


def ballots_of(log: Log, poll_id: UUID) -> tuple[Ballot, ...]:
    """Return the live vote of each member who voted, in advance or not, as it stood at the closing.

    In the order of the members' ids. Raises UnknownRecord, or PollStillOpen before it is closed.
    """
    facts = [recorded.event for recorded in log.stream(poll_id)]
    opened = next((fact for fact in facts if isinstance(fact, Poll.Opened)), None)
    closed = next((fact for fact in facts if isinstance(fact, Poll.Closed)), None)
    if opened is None:
        raise UnknownRecord(kind="poll", id=poll_id)
    if closed is None:
        raise PollStillOpen(poll_id=poll_id)
    live = _read_out(log, facts)
    rights = [voting_right_id(poll_id, entry.member_id) for entry in _entries(log, opened.roll_id)]
    for recorded in log.streams(rights, up_to=closed.position):
        vote = recorded.event
        holder_id = vote.holder_id if isinstance(vote, VotingRight.GivenByProxy) else None
        live[vote.member_id] = Ballot(vote.member_id, vote.choice, vote.votes, holder_id)
    return tuple(live[member_id] for member_id in sorted(live))


def advance_votes_of(log: Log, assembly_id: UUID, motion_id: UUID) -> tuple[AdvanceVote, ...]:
    """Return the votes in advance on a motion of an assembly that were not taken back."""
    return standing_votes(recorded.event for recorded in log.stream(box_id(assembly_id, motion_id)))


def _read_out(log: Log, facts: Sequence[Any]) -> dict[UUID, Ballot]:
    """Return the advance votes that were read out when the poll was opened, as ballots of the roll."""
    placed = next((fact for fact in facts if isinstance(fact, Poll.HeldInAssembly)), None)
    opened = next(fact for fact in facts if isinstance(fact, Poll.Opened))
    if placed is None:
        return {}
    box = [each.event for each in log.stream(box_id(placed.assembly_id, placed.motion_id))]
    pages = [fact for fact in box if isinstance(fact, AdvanceBox.PageOpened)]
    said = [vote for page in pages if page.poll_id == opened.originator_id for vote in page.votes]
    if not said:
        return {}
    votes = {entry.member_id: entry.votes for entry in _entries(log, opened.roll_id)}
    return {each.member_id: Ballot(each.member_id, each.choice, votes[each.member_id]) for each in said}


def _entries(log: Log, roll_id: UUID) -> list[RollEntry]:
    """Return the entries of a roll with what was corrected; each member once."""
    entries: dict[UUID, RollEntry] = {}
    for recorded in log.stream(roll_id):
        match recorded.event:
            case ElectoralRoll.PageFrozen():
                entries |= {entry.member_id: entry for entry in recorded.event.entries}
            case ElectoralRoll.EntryCorrected():
                entries[recorded.event.entry.member_id] = recorded.event.entry
            case _:
                pass
    return list(entries.values())
