"""The papers of a closed election, folded from the log.

It happens outside the sequencer, as with polls: the closing fixed the position up to which papers
count, so the fold gives the same whenever it is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from domain.aggregates.election import Election
from domain.aggregates.electoral_roll import ElectoralRoll
from domain.elections.casting import CastPaper
from domain.errors import ElectionStillOpen, UnknownRecord
from domain.ledger.elections import paper_id
from eventstore.log import Log


def papers_of(log: Log, election_id: UUID) -> tuple[CastPaper, ...]:
    """Return the paper of each member who voted, as it stood when the vote was closed.

    In the order of the members' ids. Raises UnknownRecord, or ElectionStillOpen before it is closed.
    """
    facts = [recorded.event for recorded in log.stream(election_id)]
    if not any(isinstance(fact, Election.Called) for fact in facts):
        raise UnknownRecord(kind="election", id=election_id)
    opened = next((fact for fact in facts if isinstance(fact, Election.VotingOpened)), None)
    closed = next((fact for fact in facts if isinstance(fact, Election.VotingClosed)), None)
    if opened is None or closed is None:
        raise ElectionStillOpen(election_id=election_id)
    ids = [paper_id(election_id, member_id) for member_id in _members(log, opened.roll_id)]
    live: dict[UUID, CastPaper] = {}
    for recorded in log.streams(ids, up_to=closed.position):
        paper = recorded.event
        live[paper.member_id] = CastPaper(paper.member_id, paper.ranking, paper.votes)
    return tuple(live[member_id] for member_id in sorted(live))


def _members(log: Log, roll_id: UUID) -> Iterator[UUID]:
    """Name everyone on a roll, once, those whom a correction added included."""
    seen = set()
    for recorded in log.stream(roll_id):
        fact = recorded.event
        if isinstance(fact, ElectoralRoll.PageFrozen):
            named = [entry.member_id for entry in fact.entries]
        elif isinstance(fact, ElectoralRoll.EntryCorrected):
            named = [fact.entry.member_id]
        else:
            continue
        yield from (each for each in named if each not in seen)
        seen.update(named)
