"""Elections for offices: called, candidates, papers by roll-call, count round by round, mandates.

A key is not bound to a member yet: staff and the committee enter the papers that members gave.
"""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.context import Ask
from api.election_counting import papers_of
from api.forms import Code, Count, Dated, Day, Form, Line
from api.guard import GuardedRoute
from api.looking import Look, OfEntity
from api.replies import Recorded
from domain.aggregates.election import TieOrigin
from domain.elections.casting import MOST_CANDIDATES
from domain.elections.mandates import Term
from domain.elections.record import Method
from domain.ledger import elections
from projections import election_trail as views
from projections.election_trail import ElectionResult, ElectionSummary, ElectionTrail
from projections.elections import ELECTIONS

router = APIRouter(prefix="/elections", tags=["governance"], route_class=GuardedRoute)


class AskedTerm(Form):
    """When a mandate begins and when it is over: on a day, or at the ordinary assembly of a year."""

    starts_on: Day
    ends_on: Day | None = None
    ends_at_assembly_of: Count | None = None

    def term(self) -> Term:
        """Return the term asked for."""
        return Term(self.starts_on, self.ends_on, self.ends_at_assembly_of)


class CallElection(Dated):
    """So many seats of an office, for a term, by a method and a version of a rule."""

    entity_id: UUID
    election_id: UUID | None = None
    office: Code
    seats: Count
    method: Method
    rule_name: Code
    rule_version: Count
    term: AskedTerm
    assembly_id: UUID | None = None


class NominateCandidate(Dated):
    """A member is proposed."""

    membership_id: UUID


class OfCandidate(Dated):
    """A member stands, or no longer does."""


class OpenVoting(Dated):
    """The roll that votes; in an assembly it is that of the assembly."""

    roll_id: UUID | None = None


class CastPaper(Dated):
    """What a member ranked, by the numbers on the paper: equals together, the best first, nobody for blank."""

    member_id: UUID
    ranking: Annotated[
        list[Annotated[list[Count], Field(max_length=MOST_CANDIDATES)]],
        Field(max_length=MOST_CANDIDATES, examples=[[[2], [1, 3]]]),
    ]
    holder_id: UUID | None = None


class StateTieOrder(Dated):
    """For whom a tie is decided, the first named first, and by what."""

    order: Annotated[list[UUID], Field(max_length=MOST_CANDIDATES)]
    origin: TieOrigin
    evidence_ref: Line


class Elections(BaseModel):
    """Elections and where each stands, the latest first."""

    position: int
    elections: list[ElectionSummary]


@router.post("", status_code=201, name="election.call")
def call_election(asked: CallElection, ask: Ask) -> Recorded:
    """Call an election, in an assembly or beside any."""
    return ask(asked, on=asked.effective_on).record(
        elections.call_election,
        election_id=ask.id_or_new(asked.election_id),
        entity_id=asked.entity_id,
        office=asked.office,
        seats=asked.seats,
        method=asked.method,
        rule_name=asked.rule_name,
        rule_version=asked.rule_version,
        term=asked.term.term(),
        assembly_id=asked.assembly_id,
    )


@router.post("/{election_id}/candidates", status_code=201, name="candidate.nominate")
def nominate_candidate(election_id: UUID, asked: NominateCandidate, ask: Ask) -> Recorded:
    """Propose a member."""
    return ask(asked, on=asked.effective_on).record(
        elections.nominate_candidate, election_id=election_id, membership_id=asked.membership_id
    )


@router.post("/{election_id}/candidates/{membership_id}/acceptance", status_code=201, name="candidacy.accept")
def accept_candidacy(election_id: UUID, membership_id: UUID, asked: OfCandidate, ask: Ask) -> Recorded:
    """Record that a proposed member stands."""
    return ask(asked, on=asked.effective_on).record(
        elections.accept_candidacy, election_id=election_id, membership_id=membership_id
    )


@router.post(
    "/{election_id}/candidates/{membership_id}/withdrawal", status_code=201, name="candidacy.withdraw"
)
def withdraw_candidate(election_id: UUID, membership_id: UUID, asked: OfCandidate, ask: Ask) -> Recorded:
    """Record that a member stands no longer; papers count as if they did not name her."""
    return ask(asked, on=asked.effective_on).record(
        elections.withdraw_candidate, election_id=election_id, membership_id=membership_id
    )


@router.post("/{election_id}/opening", status_code=201, name="election.open")
def open_voting(election_id: UUID, asked: OpenVoting, ask: Ask) -> Recorded:
    """Open the vote on those who stand."""
    return ask(asked, on=asked.effective_on).record(
        elections.open_voting, election_id=election_id, roll_id=asked.roll_id
    )


@router.post("/{election_id}/papers", status_code=201, name="paper.cast")
def cast_paper(election_id: UUID, asked: CastPaper, ask: Ask) -> Recorded:
    """Enter the paper of a member on the roll, or its change, while the vote is open."""
    return ask(asked, on=asked.effective_on).record(
        elections.cast_paper,
        election_id=election_id,
        member_id=asked.member_id,
        ranking=tuple(tuple(tier) for tier in asked.ranking),
        holder_id=asked.holder_id,
    )


@router.post("/{election_id}/tie-order", status_code=201, name="tie-order.state")
def state_tie_order(election_id: UUID, asked: StateTieOrder, ask: Ask) -> Recorded:
    """State for whom a tie is decided, with its evidence."""
    return ask(asked, on=asked.effective_on).record(
        elections.state_tie_order,
        election_id=election_id,
        order=asked.order,
        origin=asked.origin,
        evidence_ref=asked.evidence_ref,
    )


@router.post("/{election_id}/close", status_code=201, name="election.close")
def close_voting(election_id: UUID, ask: Ask) -> Recorded:
    """Close the vote: the papers recorded so far count, and no other."""
    return ask().record(elections.close_voting, election_id=election_id)


@router.post("/{election_id}/count", status_code=201, name="election.count")
def count_election(election_id: UUID, ask: Ask) -> Recorded:
    """Count a closed election, round by round."""
    return ask().record(
        elections.count_election, election_id=election_id, papers=papers_of(ask.services.log, election_id)
    )


@router.post("/{election_id}/mandates", status_code=201, name="mandates.confer")
def confer_mandates(election_id: UUID, ask: Ask) -> Recorded:
    """Let those elected hold the office for the term of the election."""
    return ask().record(elections.confer_mandates, election_id=election_id)


@router.get("", name="elections.view")
def view_elections(look: Look, entity_id: OfEntity = None) -> Elections:
    """Show the elections and where each stands."""
    position = look.standing_at(ELECTIONS.name)
    return Elections(
        position=position, elections=views.elections(look.reading(ELECTIONS.name), entity_id=entity_id)
    )


@router.get("/{election_id}", name="election.view")
def view_election(election_id: UUID, look: Look) -> ElectionResult:
    """Show an election with its candidates, every round of its count, and the ties."""
    result = views.election_result(look.reading(ELECTIONS.name), election_id)
    look.at(result.position)
    return result


@router.get("/{election_id}/trail", name="election-trail.view")
def view_election_trail(election_id: UUID, look: Look) -> ElectionTrail:
    """Show every paper of an election with its changes, and whether a recount agrees."""
    trail = views.election_trail(look.reading(ELECTIONS.name), election_id)
    look.at(trail.position)
    return trail
