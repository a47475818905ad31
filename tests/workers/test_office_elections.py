"""Elections and mandates of a ledger on the command line: shown, drawn, counted again, and written for others."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from api.election_counting import papers_of
from domain.aggregates.membership import Standing
from domain.elections.mandates import Term
from domain.elections.record import Method
from domain.governance.rules import Comparator, Denominator, Majority, Quorum
from domain.ledger.elections import (
    accept_candidacy,
    call_election,
    cast_paper,
    close_voting,
    confer_mandates,
    count_election,
    nominate_candidate,
    open_voting,
)
from domain.ledger.governance import adopt_rule_set, freeze_roll
from domain.ledger.mandates import open_office
from projections.lookups import entities, members
from tests.ledgers import Ledger
from workers.asking import perform

ELECTION, ROLL = UUID(int=7001), UUID(int=7002)
PAPERS = [((1,), (2,))] * 7 + [((3,), (2,))] * 4 + [((2,),)] * 2 + [((2, 3),)]


@pytest.fixture
def held(own_demo: Ledger) -> Ledger:
    """An election of two directors by fourteen members, counted and conferred."""
    with own_demo.workshop() as workshop:
        reader = workshop.up_to_date()
        entity_id = entities(reader)[0].entity_id
        voters = [each for each in members(reader, entity_id=entity_id) if each.standing == Standing.MEMBER]
        ids = [each.membership_id for each in voters][: len(PAPERS)]
        assert len(ids) == len(PAPERS)
        of: dict[str, Any] = {"election_id": ELECTION}

        def does(use_case: Any, **says: Any) -> None:
            perform(workshop, "test", use_case, **says)

        does(
            adopt_rule_set,
            entity_id=entity_id,
            name="board",
            version=1,
            valid_from=date(2020, 1, 1),
            quorum=Quorum(0, 1),
            majority=Majority(1, 2, Comparator.MORE_THAN, Denominator.EXPRESSED),
            source_ref="statutes",
        )
        does(open_office, entity_id=entity_id, office="director", seats=2, source_ref="statutes")
        does(
            call_election,
            **of,
            entity_id=entity_id,
            office="director",
            seats=2,
            method=Method.SCOTTISH,
            rule_name="board",
            rule_version=1,
            term=Term(date(2026, 1, 1), ends_at_assembly_of=2030),
        )
        for member in ids[:3]:
            does(nominate_candidate, **of, membership_id=member)
            does(accept_candidacy, **of, membership_id=member)
        does(freeze_roll, roll_id=ROLL, entity_id=entity_id)
        does(open_voting, **of, roll_id=ROLL)
        for member, ranking in zip(ids, PAPERS, strict=True):
            does(cast_paper, **of, member_id=member, ranking=ranking)
        does(close_voting, **of)
        does(count_election, **of, papers=papers_of(workshop.log, ELECTION))
        does(confer_mandates, **of)
        workshop.up_to_date()
    return own_demo


def test_an_election_is_listed_drawn_and_agrees_with_its_recount(held: Ledger) -> None:
    assert "director" in held.tutti("election", "list")
    (listed,) = held.json("election", "list")["elections"]
    assert (listed["election_id"], listed["state"], listed["papers"]) == (str(ELECTION), "counted", 14)
    for lang, words in (
        ("en", "agrees with the record"),
        ("fr", "conforme à l'acte"),
        ("nl", "stemt overeen"),
    ):
        drawn = held.tutti("election", "show", str(ELECTION), "--lang", lang)
        assert words in drawn
        assert "█" in drawn
    shown = held.json("election", "show", str(ELECTION))
    assert all(shown["agreement"].values())
    assert len(shown["papers"]) == 14


def test_a_recount_from_the_facts_alone_agrees(held: Ledger) -> None:
    assert held.json("votes", "recount", str(ELECTION))["agrees"] is True


def test_the_papers_are_written_for_another_program_and_count_alike(held: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "papers.blt"
    assert held.json("election", "export", str(ELECTION), "--output", str(file))["papers"] == 14
    counted = held.json("election", "count", str(file), "--rule", "scottish")
    shown = held.json("election", "show", str(ELECTION))
    elected = {each["elected_place"]: shown["names"][each["membership_id"]] for each in shown["candidates"]}
    assert counted["elected"] == [elected[place] for place in (1, 2)]
    assert [list(each["tallies"].values()) for each in counted["rounds"]] == [
        [tally["votes"] for tally in each["tallies"]] for each in shown["rounds"]
    ]
    assert f"count {file}" in held.run("election", "export", str(ELECTION), "--output", str(file)).stderr


def test_every_paper_is_written_as_csv_with_its_changes(held: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "papers.csv"
    assert "14 papers" in held.run("election", "export", str(ELECTION), "--output", str(file)).stderr
    with file.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    shown = held.json("election", "show", str(ELECTION))["papers"]
    assert [(row["member_id"], row["ranking"], row["position"]) for row in rows] == [
        (each["member_id"], each["ranking"], str(each["position"])) for each in shown
    ]
    assert all(int(row["member_no"]) > 0 and row["holder_id"] == "" for row in rows)
    other = held.run("election", "export", str(ELECTION), "--output", str(tmp_path / "papers.txt"))
    assert (other.exit_code, list(tmp_path.glob("*.txt"))) == (2, [])


def test_mandates_are_shown_as_of_a_day(held: Ledger) -> None:
    assert "ordinary assembly of 2030" in held.tutti("mandates")
    assert "assemblée ordinaire de 2030" in held.tutti("mandates", "--lang", "fr")
    book = held.json("mandates", "--as-of", "2026-01-01")
    assert [each["held"] for each in book["offices"]] == [2]
    assert len(book["mandates"]) == 2
    assert held.json("mandates", "--as-of", "2025-12-31")["mandates"] == []
    assert held.json("mandates", "--known-at", "1")["offices"] == []


def test_an_election_that_is_not_there_is_refused(demo: Ledger) -> None:
    assert demo.json("election", "list")["elections"] == []
    refused = demo.run("election", "show", str(ELECTION))
    assert (refused.exit_code, "There is no such record" in refused.stderr) == (1, True)
    assert demo.run("election", "show", "none").exit_code == 2
