"""Two supervisors are elected: a candidate withdraws while papers are cast, and seniority breaks a tie for the last seat."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.aggregates.election import TieOrigin
from domain.elections.casting import Ranked
from domain.elections.mandates import Term
from domain.elections.record import Method
from domain.ledger import elections
from workers.demo.group.electing import Voice
from workers.demo.relay.mandates import OFFICE, YEARS
from workers.demo.relay.meeting import Meeting

SEATS = 2
CANDIDATES, WITHDRAWS = (6, 7, 8, 9), 8
"""Places among the members, the longest member first."""
PAPERS: tuple[Ranked, ...] = (
    ((3,), (1,)),
    ((1,),),
    ((1,), (2,)),
    ((2,),),
    ((2,), (4,)),
    ((4,),),
    ((1,),),
    ((2,),),
    ((4,),),
    ((4,), (2,)),
)
"""What each voice ranks: once the third is out, four name the first, three the second, three the fourth."""
LAST_ELECTED = 7


def election_id(meeting: Meeting) -> UUID:
    """Return the election held in an assembly."""
    return meeting.named("election")


def elect_supervisors(meeting: Meeting, voices: list[Voice], rule_name: str, on: date) -> None:
    """Fill the seat that came free and the new one."""
    from api.election_counting import papers_of

    clerk = meeting.group.clerk
    of: dict[str, Any] = {"election_id": election_id(meeting)}
    meeting.tell(
        "election.call",
        elections.call_election,
        on=on,
        entity_id=meeting.relay.entity_id,
        office=OFFICE,
        seats=SEATS,
        method=Method.SCOTTISH,
        rule_name=rule_name,
        rule_version=1,
        term=Term(on, ends_at_assembly_of=on.year + YEARS),
        **of,
    )
    _let_stand(meeting, of, on)
    for (member, holder), ranking in zip(voices, PAPERS, strict=True):
        clerk.tell(
            "paper.cast",
            elections.cast_paper,
            on=on,
            member_id=member.membership_id,
            ranking=ranking,
            holder_id=holder.membership_id if holder else None,
            **of,
        )
    clerk.tell(
        "candidacy.withdraw",
        elections.withdraw_candidate,
        on=on,
        membership_id=meeting.relay.members[WITHDRAWS].membership_id,
        **of,
    )
    clerk.ask("election.close", elections.close_voting, on=on, **of)
    papers = papers_of(clerk.workshop.log, of["election_id"])
    clerk.tell("election.count", elections.count_election, on=on, papers=papers, **of)
    clerk.tell("mandates.confer", elections.confer_mandates, on=on, **of)


def _let_stand(meeting: Meeting, of: dict[str, Any], on: date) -> None:
    """Name the candidates, one of whom is abroad and has written; state that the longest member prevails."""
    clerk = meeting.group.clerk
    stand = [meeting.relay.members[n].membership_id for n in CANDIDATES]
    for membership_id in stand:
        named = {**of, "membership_id": membership_id}
        clerk.tell("candidate.nominate", elections.nominate_candidate, on=on, **named)
        clerk.tell("candidacy.accept", elections.accept_candidacy, on=on, **named)
    clerk.tell("election.open", elections.open_voting, on=on, **of)
    clerk.tell(
        "tie-order.state",
        elections.state_tie_order,
        on=on,
        order=stand,
        origin=TieOrigin.SENIORITY,
        evidence_ref="articles of association, art. 14 (fictional)",
        **of,
    )
