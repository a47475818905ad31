"""The election of the directors, in an assembly of the demo: by the Scottish rule, for three years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

from domain.aggregates.election import TieOrigin
from domain.elections.casting import Ranked
from domain.elections.mandates import Term
from domain.elections.record import Method
from domain.ids import derived_id
from domain.ledger import elections, mandates
from workers.demo.group.founding import ORDINARY
from workers.demo.group.house import Group, House, Member

OFFICE = "director"
MOST_SEATS, MOST_CANDIDATES = 3, 6
YEARS = 3

Voice = tuple[Member, Member | None]
"""Who votes, and who holds their proxy if they are not there."""


def elect_directors(group: Group, house: House, assembly_id: UUID, voices: Sequence[Voice], on: date) -> None:
    """Open the office, let some of those present stand, and let every voice rank them.

    Chance is drawn from the assembly, so that the rest of the demo stays what its seed makes of it.
    """
    from api.election_counting import papers_of

    clerk, chance = group.clerk, Random(assembly_id.int)  # noqa: S311 - a demo, no secrets
    election_id = derived_id("demo-election", assembly_id)
    candidates = [member for member, holder in voices if holder is None][:MOST_CANDIDATES]
    seats = max(1, min(MOST_SEATS, len(candidates) - 1))
    clerk.tell(
        "office.open",
        mandates.open_office,
        on=on,
        entity_id=house.entity_id,
        office=OFFICE,
        seats=seats,
        source_ref="statutes, art. 10 (fictional)",
    )
    clerk.tell(
        "election.call",
        elections.call_election,
        on=on,
        election_id=election_id,
        entity_id=house.entity_id,
        office=OFFICE,
        seats=seats,
        method=Method.SCOTTISH,
        rule_name=ORDINARY,
        rule_version=1,
        term=Term(on, ends_at_assembly_of=on.year + YEARS),
        assembly_id=assembly_id,
    )
    _let_stand(group, election_id, candidates, on)
    rankings = [_ranking(chance, len(candidates)) for _ in voices]
    for voice, ranking in zip(voices, rankings, strict=True):
        _cast(group, election_id, voice, ranking, on)
    # The last one thinks again: the later paper counts.
    _cast(group, election_id, voices[-1], rankings[-1][::-1] if len(rankings[-1]) > 1 else (), on)
    clerk.ask("election.close", elections.close_voting, on=on, election_id=election_id)
    papers = papers_of(clerk.workshop.log, election_id)
    clerk.tell("election.count", elections.count_election, on=on, election_id=election_id, papers=papers)
    clerk.tell("mandates.confer", elections.confer_mandates, on=on, election_id=election_id)


def _let_stand(group: Group, election_id: UUID, candidates: Sequence[Member], on: date) -> None:
    """Propose and accept each candidate, open the vote, and state that seniority breaks ties."""
    clerk = group.clerk
    for member in candidates:
        of: dict[str, Any] = {"election_id": election_id, "membership_id": member.membership_id}
        clerk.tell("candidate.nominate", elections.nominate_candidate, on=on, **of)
        clerk.tell("candidacy.accept", elections.accept_candidacy, on=on, **of)
    clerk.tell("election.open", elections.open_voting, on=on, election_id=election_id)
    clerk.tell(
        "tie-order.state",
        elections.state_tie_order,
        on=on,
        election_id=election_id,
        order=[member.membership_id for member in candidates],
        origin=TieOrigin.SENIORITY,
        evidence_ref="statutes, art. 14 (fictional)",
    )


def _ranking(chance: Random, candidates: int) -> Ranked:
    """Rank some candidates, those first on the paper a little more often first."""
    ranked = sorted(range(1, candidates + 1), key=lambda number: chance.random() * (number + 2))
    return tuple((number,) for number in ranked[: chance.randint(1, candidates)])


def _cast(group: Group, election_id: UUID, voice: Voice, ranking: Ranked, on: date) -> None:
    member, holder = voice
    group.clerk.tell(
        "paper.cast",
        elections.cast_paper,
        on=on,
        election_id=election_id,
        member_id=member.membership_id,
        ranking=ranking,
        holder_id=holder.membership_id if holder else None,
    )
