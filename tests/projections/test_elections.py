"""An election as it is shown: candidates, every paper, every round, and a recount; the mandates at any date."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from api.election_counting import papers_of
from domain.elections.casting import CastPaper
from domain.errors import ElectionStillOpen, UnknownRecord
from domain.ledger.elections import withdraw_candidate
from projections.election_trail import StepRow, election_result, election_trail, elections
from projections.mandates import MANDATES, mandate_book
from projections.reader import Reader
from tests.cooperative import ENTITY, MEMBER, OTHER_MEMBER
from tests.projections.electing import ELECTION, MANDATE, OFFICE, RESIGNED, counts, elects, opens, ranks
from tests.projections.world import World

TODAY = date(2026, 7, 1)


@pytest.fixture
def elected(world: World) -> World:
    world.opens_a_poll()
    elects(world)
    return world


def test_an_election_shows_its_candidates_rounds_and_what_broke_a_tie(elected: World, reader: Reader) -> None:
    (summary,) = elections(reader, entity_id=ENTITY)
    assert (summary.state, summary.office, summary.seats, summary.quota) == ("counted", "director", 1, 2)
    assert (summary.papers, summary.valid, summary.rounds) == (2, 2, 2)
    result = election_result(reader, ELECTION)
    assert [(each.membership_id, each.number, each.elected_place) for each in result.candidates] == [
        (MEMBER, 1, None),
        (OTHER_MEMBER, 2, 1),
    ]
    first, last = result.rounds
    assert first.tallies == (StepRow(1, "1.00000"), StepRow(2, "1.00000"))
    assert last.actions == (
        StepRow(1, "1.00000", "excluded"),
        StepRow(2, "1.00000", "elected-to-last-seat"),
    )
    (tie,) = result.ties
    assert (tie.round, tie.among, tie.number, tie.rule, tie.evidence_ref) == (
        2,
        "1 2",
        1,
        "stated-order",
        "minutes, point 4",
    )
    assert elections(reader, entity_id=UUID(int=1)) == []


def test_a_trail_shows_every_paper_with_its_changes_and_a_recount_agrees(
    elected: World, reader: Reader
) -> None:
    trail = election_trail(reader, ELECTION)
    assert [(each.member_id, each.seq, each.ranking) for each in trail.papers] == [
        (MEMBER, 1, "1 2"),
        (OTHER_MEMBER, 1, "1"),
        (OTHER_MEMBER, 2, "2"),
    ]
    assert trail.agreement is not None
    assert trail.agreement.agrees


@pytest.mark.parametrize(
    ("tampering", "differs"),
    [
        ("DELETE FROM election_paper WHERE seq = 2", {"papers", "rounds", "elected"}),
        ("UPDATE election_paper SET votes = 2 WHERE seq = 2", {"papers", "rounds"}),
        ("UPDATE election_tally SET votes = votes + 1 WHERE round = 1 AND number = 1", {"rounds"}),
        ("UPDATE election_candidate SET elected_place = 2 - number", {"elected"}),
        ("UPDATE election SET root = 'none'", {"rounds"}),
        ("UPDATE election_tie_order SET stated = '{}'", {"rounds", "elected"}),
    ],
)
def test_a_recount_says_what_a_hand_in_the_database_changed(
    elected: World, reader: Reader, tampering: str, differs: set[str]
) -> None:
    assert elected.tamper(tampering) > 0
    agreement = election_trail(reader, ELECTION).agreement
    assert agreement is not None
    assert not agreement.agrees
    assert {name for name, holds in vars(agreement).items() if not holds} == differs


def test_an_open_election_shows_where_it_stands(world: World, reader: Reader) -> None:
    world.opens_a_poll()
    opens(world)
    world.project()
    (summary,) = elections(reader)
    assert (summary.state, summary.counted_at) == ("open", None)
    assert election_trail(reader, ELECTION).agreement is None
    with pytest.raises(UnknownRecord):
        election_result(reader, UUID(int=1))


def test_papers_are_those_of_the_closing_and_a_withdrawal_after_it_still_counts(
    world: World, reader: Reader
) -> None:
    world.opens_a_poll()
    opens(world)
    ranks(world, MEMBER, 1)
    with pytest.raises(ElectionStillOpen):
        papers_of(world.log, ELECTION)
    with pytest.raises(UnknownRecord):
        papers_of(world.log, UUID(int=1))
    world.perform(withdraw_candidate, election_id=ELECTION, membership_id=MEMBER)
    counts(world)
    world.project()
    assert papers_of(world.log, ELECTION) == (CastPaper(MEMBER, ((1,),), 1),)
    result = election_result(reader, ELECTION)
    assert [each.membership_id for each in result.candidates if each.elected_place] == [OTHER_MEMBER]
    assert result.election.invalid == 1


def book(reader: Reader, **asked: Any) -> list[UUID]:
    return [each.membership_id for each in mandate_book(reader, today=TODAY, **asked).mandates]


def test_the_register_of_mandates_is_that_of_any_day_as_known_at_any_position(
    elected: World, reader: Reader
) -> None:
    days = [date(2026, 5, 31), date(2026, 6, 1), date(2026, 12, 31), RESIGNED]
    assert [book(reader, as_of=day) for day in days] == [[], [OTHER_MEMBER], [OTHER_MEMBER], []]
    head = reader.position(MANDATES.name)
    before = next(
        recorded.position for recorded in elected.log.stream(OFFICE) if recorded.event.originator_version == 3
    )
    assert book(reader, as_of=RESIGNED, known_at=before - 1) == [OTHER_MEMBER]
    assert book(reader, known_at=before - 2) == []
    whole = mandate_book(reader, today=TODAY)
    assert (whole.position, [each.held for each in whole.offices]) == (head, [1])
    (mandate,) = whole.mandates
    assert (mandate.mandate_id, mandate.ended_on, mandate.reason) == (MANDATE, RESIGNED, "resigned")
    assert (mandate.election_id, mandate.ends_at_assembly_of, mandate.overdue) == (ELECTION, 2029, False)


def test_a_mandate_whose_assembly_was_never_told_is_overdue(elected: World, reader: Reader) -> None:
    elected.tamper("DELETE FROM mandate_end")
    (mandate,) = mandate_book(reader, today=TODAY, as_of=date(2030, 1, 1)).mandates
    assert mandate.overdue
    (mandate,) = mandate_book(reader, today=TODAY, as_of=date(2029, 12, 31)).mandates
    assert not mandate.overdue
