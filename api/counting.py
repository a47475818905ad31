"""The ballots of a closed poll, folded from the log.

It happens outside the sequencer, which a large assembly would hold up: the closing fixed the
position up to which votes count, so the fold gives the same whenever it is done.
"""

from __future__ import annotations

from uuid import UUID

from domain.aggregates.electoral_roll import ElectoralRoll
from domain.aggregates.poll import Poll
from domain.aggregates.voting_right import VotingRight
from domain.errors import PollStillOpen, UnknownRecord
from domain.governance.tally import Ballot
from domain.ledger.governance import voting_right_id
from eventstore.log import Log


def ballots_of(log: Log, poll_id: UUID) -> tuple[Ballot, ...]:
    """Return the live vote of each member who voted, as it stood when the poll was closed.

    In the order of the members' ids. Raises UnknownRecord, or PollStillOpen before it is closed.
    """
    facts = [recorded.event for recorded in log.stream(poll_id)]
    opened = next((fact for fact in facts if isinstance(fact, Poll.Opened)), None)
    closed = next((fact for fact in facts if isinstance(fact, Poll.Closed)), None)
    if opened is None:
        raise UnknownRecord(kind="poll", id=poll_id)
    if closed is None:
        raise PollStillOpen(poll_id=poll_id)
    rights = [voting_right_id(poll_id, member_id) for member_id in _members(log, opened.roll_id)]
    live: dict[UUID, Ballot] = {}
    for recorded in log.streams(rights, up_to=closed.position):
        vote = recorded.event
        holder_id = vote.holder_id if isinstance(vote, VotingRight.GivenByProxy) else None
        live[vote.member_id] = Ballot(vote.member_id, vote.choice, vote.votes, holder_id)
    return tuple(live[member_id] for member_id in sorted(live))


def _members(log: Log, roll_id: UUID) -> list[UUID]:
    pages = [
        recorded.event
        for recorded in log.stream(roll_id)
        if isinstance(recorded.event, ElectoralRoll.PageFrozen)
    ]
    return [entry.member_id for page in pages for entry in page.entries]
