"""Two members elect a director on a real log: a changed paper, a tie, a drawn order, a mandate, its end."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from api.election_counting import papers_of
from domain.aggregates.election import TieOrigin
from domain.elections.mandates import Term
from domain.elections.record import Method
from domain.ledger.elections import (
    accept_candidacy,
    call_election,
    cast_paper,
    close_voting,
    confer_mandates,
    count_election,
    mandate_id,
    nominate_candidate,
    open_voting,
    state_tie_order,
)
from domain.ledger.mandates import office_id, open_office, resign_mandate
from tests.cooperative import ENTITY, MEMBER, OTHER_MEMBER
from tests.projections.world import ROLL, World

ELECTION = UUID(int=390)
OFFICE = office_id(ENTITY, "director")
MANDATE = mandate_id(ELECTION, OTHER_MEMBER)
TERM = Term(date(2026, 6, 1), ends_at_assembly_of=2029)
RESIGNED = date(2027, 1, 1)


def opens(world: World) -> None:
    """An office with one seat, for which both members stand; the rule and roll are those of the first poll."""
    world.perform(open_office, entity_id=ENTITY, office="director", seats=1, source_ref="statutes, art. 10")
    world.perform(
        call_election,
        election_id=ELECTION,
        entity_id=ENTITY,
        office="director",
        seats=1,
        method=Method.SCOTTISH,
        rule_name="ordinary",
        rule_version=1,
        term=TERM,
    )
    for member in (MEMBER, OTHER_MEMBER):
        world.perform(nominate_candidate, election_id=ELECTION, membership_id=member)
        world.perform(accept_candidacy, election_id=ELECTION, membership_id=member)
    world.perform(open_voting, election_id=ELECTION, roll_id=ROLL)


def ranks(world: World, member: UUID, *numbers: int) -> None:
    """A member ranks candidates by number."""
    ranking = tuple((number,) for number in numbers)
    world.perform(cast_paper, election_id=ELECTION, member_id=member, ranking=ranking)


def counts(world: World) -> None:
    """Close the vote and count what the log holds."""
    world.perform(close_voting, election_id=ELECTION)
    world.perform(count_election, election_id=ELECTION, papers=papers_of(world.log, ELECTION))


def elects(world: World) -> None:
    """One member changes her paper, lots drawn in public decide, and who is elected resigns later."""
    opens(world)
    ranks(world, MEMBER, 1, 2)
    ranks(world, OTHER_MEMBER, 1)
    ranks(world, OTHER_MEMBER, 2)
    draw: dict[str, Any] = {"origin": TieOrigin.PUBLIC_DRAW, "evidence_ref": "minutes, point 4"}
    world.perform(state_tie_order, election_id=ELECTION, order=[OTHER_MEMBER, MEMBER], **draw)
    counts(world)
    world.perform(confer_mandates, election_id=ELECTION)
    world.perform(resign_mandate, office_id=OFFICE, mandate_id=MANDATE, ends_on=RESIGNED)
    world.project()
