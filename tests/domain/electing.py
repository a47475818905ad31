"""A cooperative of some members who elect directors, through any `perform`: on paper or on a log."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from domain.aggregates.election_paper import ElectionPaper
from domain.elections.casting import CastPaper
from domain.elections.mandates import Term
from domain.elections.record import Method
from domain.governance.provisions import PLAIN
from domain.governance.rules import Choice, Comparator, Denominator, Majority, Quorum
from domain.governance.tally import Ballot
from domain.ledger.elections import (
    accept_candidacy,
    call_election,
    cast_paper,
    nominate_candidate,
    open_voting,
    paper_id,
)
from domain.ledger.governance import (
    adopt_rule_set,
    cast_vote,
    close_poll,
    count_poll,
    freeze_roll,
    open_poll,
    table_motion,
)
from domain.ledger.mandates import office_id, open_office
from domain.ledger.members import membership_id
from tests.cooperative import ENTITY, Perform, found_entity, join
from tests.paper import PaperLedger

VOTERS = tuple(membership_id(ENTITY, UUID(int=2000 + number)) for number in range(8))
ASH, BIRCH, CEDAR, ELM, *_ = VOTERS
ELECTION, ROLL, MOTION, POLL, ASSEMBLY = (UUID(int=number) for number in range(2100, 2105))
OFFICE = office_id(ENTITY, "director")
TODAY = date(2026, 3, 2)
SIX_YEARS = replace(PLAIN, max_term_years=6)
TERM = Term(date(2026, 6, 1), ends_at_assembly_of=2030)
RULE: dict[str, Any] = {"rule_name": "board", "rule_version": 1}


def cooperative(perform: Perform, *, seats: int = 2, provisions: Any = SIX_YEARS) -> None:
    """Let members join, a rule be adopted and an office be opened."""
    found_entity(perform)
    for number in range(len(VOTERS)):
        join(perform, UUID(int=2000 + number))
    perform(
        adopt_rule_set,
        on=TODAY,
        entity_id=ENTITY,
        name="board",
        version=1,
        valid_from=TODAY,
        quorum=Quorum(0, 1),
        majority=Majority(1, 2, Comparator.MORE_THAN, Denominator.EXPRESSED),
        source_ref="statutes art. 12",
        provisions=provisions,
    )
    perform(
        open_office, on=TODAY, entity_id=ENTITY, office="director", seats=seats, source_ref="statutes art. 10"
    )
    perform(freeze_roll, on=TODAY, roll_id=ROLL, entity_id=ENTITY)


def calls(perform: Perform, **says: Any) -> None:
    """Call the election of two directors by the Scottish rule, unless told otherwise."""
    asked: dict[str, Any] = {
        "election_id": ELECTION,
        "entity_id": ENTITY,
        "office": "director",
        "seats": 2,
        "method": Method.SCOTTISH,
        "term": TERM,
        **RULE,
    }
    perform(call_election, on=TODAY, **asked | says)


def stands(perform: Perform, *members: UUID, election_id: UUID = ELECTION) -> None:
    """Let members be proposed and accept."""
    for membership in members:
        perform(nominate_candidate, on=TODAY, election_id=election_id, membership_id=membership)
        perform(accept_candidacy, on=TODAY, election_id=election_id, membership_id=membership)


def opens(perform: Perform, *members: UUID, **says: Any) -> None:
    """Call, propose and open."""
    calls(perform, **says)
    stands(perform, *members, election_id=says.get("election_id", ELECTION))
    perform(open_voting, on=TODAY, election_id=says.get("election_id", ELECTION), roll_id=ROLL)


def ranks(perform: Perform, voter: UUID, *tiers: int | tuple[int, ...], **says: Any) -> None:
    """Let a member rank candidates by number; a tuple holds equals."""
    ranking = tuple(tier if isinstance(tier, tuple) else (tier,) for tier in tiers)
    perform(cast_paper, on=TODAY, member_id=voter, ranking=ranking, **{"election_id": ELECTION} | says)


def papers_on(ledger: PaperLedger, election_id: UUID = ELECTION) -> list[CastPaper]:
    """The papers that count, as a worker would fold them from the log."""
    found = [paper_id(election_id, each) for each in VOTERS]
    streams = [ledger.get(ElectionPaper, each) for each in found if each in ledger._streams]
    return [CastPaper(each.member_id, each.ranking, each.votes) for each in streams]


def carries(
    ledger: PaperLedger, motion_id: UUID = MOTION, *, poll_id: UUID = POLL, adopted: bool = True
) -> None:
    """Let a motion be adopted or rejected by all members."""
    perform = ledger.perform
    perform(table_motion, on=TODAY, motion_id=motion_id, entity_id=ENTITY, title="Board", text="Ash.")
    perform(open_poll, on=TODAY, poll_id=poll_id, motion_id=motion_id, roll_id=ROLL, **RULE)
    choice = Choice.YES if adopted else Choice.NO
    perform(cast_vote, on=TODAY, poll_id=poll_id, member_id=ASH, choice=choice)
    perform(close_poll, on=TODAY, poll_id=poll_id)
    perform(count_poll, on=TODAY, poll_id=poll_id, ballots=[Ballot(ASH, choice, 1)])
