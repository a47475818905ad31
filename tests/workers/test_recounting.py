"""`tutti votes`: list, show and count again, as a committee that must defend a vote does."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.ledgers import Ledger


@pytest.fixture
def poll(demo: Ledger) -> dict[str, str]:
    """A poll of the demo with its motion."""
    listed = demo.json("votes")["polls"][0]
    return {"poll": listed["poll_id"], "motion": listed["motion_id"]}


@pytest.mark.parametrize("words", [["votes"], ["votes", "list"]])
def test_votes_alone_lists_the_polls(demo: Ledger, words: list[str]) -> None:
    assert demo.json(*words)["polls"]


def test_a_poll_is_shown_with_or_without_the_word(demo: Ledger, poll: dict[str, str]) -> None:
    assert demo.json("votes", poll["poll"]) == demo.json("votes", "show", poll["poll"])


def test_a_motion_is_shown_by_its_own_id_as_well(demo: Ledger, poll: dict[str, str]) -> None:
    assert demo.json("votes", "show", poll["motion"]) == demo.json("votes", "show", poll["poll"])


@pytest.mark.parametrize("named", ["poll", "motion"])
def test_a_recount_says_that_everything_agrees(demo: Ledger, poll: dict[str, str], named: str) -> None:
    found = demo.json("votes", "recount", poll[named])
    assert found["agrees"]
    assert (found["subject"], found["kind"]) == (poll["motion"], "motion")
    assert {"roll root", "verdict", "root of the ballots"} <= {check["name"] for check in found["checks"]}
    assert "Everything agrees" in demo.tutti("votes", "recount", poll[named])


def test_a_recount_names_what_was_changed_and_ends_with_status_1(
    own_demo: Ledger, poll: dict[str, str]
) -> None:
    own_demo.alter("ALTER TABLE tutti_default.event DISABLE TRIGGER ALL")
    own_demo.alter(
        """UPDATE tutti_default.event
        SET state = replace(convert_from(state, 'UTF8'), '"choice":"no"', '"choice":"yes"')::bytea
        WHERE topic LIKE 'voting-right.%'"""
    )
    ran = own_demo.run("votes", "recount", poll["motion"])
    assert ran.exit_code == 1
    assert "It does not agree: root of the ballots" in ran.stdout
    found = json.loads(own_demo.run("votes", "recount", poll["motion"], "--json").stdout)
    wrong = {check["name"] for check in found["checks"] if not check["agrees"]}
    assert {"root of the ballots", "votes yes", "votes no"} <= wrong


def test_the_trail_of_a_decision_is_written_as_csv_and_json(
    demo: Ledger, poll: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "trail"
    told = demo.json("votes", "export", poll["motion"], str(folder))
    assert sorted(told["files"]) == sorted(each.name for each in folder.iterdir())
    with (folder / "votes.csv").open(encoding="utf-8", newline="") as file:
        votes = list(csv.DictReader(file))
    shown = demo.json("votes", "show", poll["poll"])
    assert [(each["member_id"], each["choice"], each["seq"]) for each in votes] == [
        (each["member_id"], each["choice"], str(each["seq"])) for each in shown["votes"]
    ]
    whole = json.loads((folder / "trail.json").read_text(encoding="utf-8"))
    assert len(whole["tables"]["roll"]) == len(shown["entries"])
    assert whole["tables"]["verdicts"][0]["fact"] == "adopted"
    again = demo.run("votes", "export", poll["motion"], str(folder), "--json")
    assert json.loads(again.stdout)["code"] == "cannot-write"


@pytest.mark.parametrize("what", ["show", "recount"])
def test_what_is_unknown_is_refused_by_name(demo: Ledger, what: str) -> None:
    ran = demo.run("votes", what, "00000000-0000-4000-8000-000000000000", "--json")
    assert ran.exit_code == 1
    assert json.loads(ran.stdout)["code"] == "unknown-record"
