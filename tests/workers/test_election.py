"""`tutti election count`, without a ledger: the answer, the drawing, the ties and the refusals."""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.domain.test_election_methods import SCHULZE_45
from tests.ledgers import Ledger
from tests.test_docs import ROOT, commands
from workers.cli.app import build

BOARD = ROOT / "docs/howto/board.blt"


def count(file: Path, *words: str) -> Result:
    asked = ["election", "count", str(file), *words]
    return CliRunner().invoke(build(asked), asked, prog_name="tutti")


def counted(file: Path, rule: str, *words: str) -> dict[str, Any]:
    ran = count(file, "--rule", rule, "--json", *words)
    assert ran.exit_code == 0, ran.stdout + ran.stderr
    document: dict[str, Any] = json.loads(ran.stdout)
    return document


@pytest.fixture
def schulze_45(tmp_path: Path) -> Path:
    papers = [
        f"{votes} {' '.join(str('ABCDE'.index(each) + 1) for each in says.split())} 0"
        for votes, says in SCHULZE_45
    ]
    file = tmp_path / "schulze.blt"
    file.write_text("\n".join(["5 5", *papers, "0", *"ABCDE", '"Schulze"']))
    return file


def test_schulzes_example_is_counted_from_a_file(schulze_45: Path) -> None:
    answer = counted(schulze_45, "schulze")
    assert answer["elected"] == list("EACBD")
    assert answer["order"] == [[each] for each in "EACBD"]
    assert answer["quota"] is None
    assert answer["rounds"][0]["tallies"] == {
        "A": "3.00000",
        "B": "1.00000",
        "C": "2.00000",
        "D": "0.00000",
        "E": "4.00000",
    }
    assert counted(schulze_45, "schulze", "--seats", "1")["elected"] == ["E"]


def test_a_scottish_count_is_told_round_by_round() -> None:
    answer = counted(BOARD, "scottish")
    assert (answer["valid"], answer["invalid"], answer["quota"]) == (35, 3, 9)
    assert (answer["withdrawn"], answer["elected"]) == (["Dogwood"], ["Ash", "Birch", "Elm"])
    assert answer["rounds"][1] == {
        "round": 2,
        "tallies": {
            "Ash": "9.00000",
            "Birch": "9.99996",
            "Cedar": "4.00000",
            "Elm": "6.00000",
            "Fir": "6.00000",
        },
        "non_transferable": "0.00000",
        "lost_by_rounding": "0.00004",
        "actions": [
            {"action": "surplus-transferred", "candidate": "Ash", "votes": "5.00000"},
            {"action": "elected", "candidate": "Birch", "votes": "9.99996"},
        ],
    }


def test_a_tie_is_refused_by_name_unless_an_order_is_stated(tmp_path: Path) -> None:
    file = tmp_path / "tie.blt"
    file.write_text('3 1\n3 1 0\n2 2 0\n2 3 0\n0\n"Ash" "Birch, the old" "Cedar"\n"Tie"\n')
    refused = count(file, "--rule", "scottish", "--json")
    assert refused.exit_code == 1
    assert json.loads(refused.stdout)["code"] == "unresolved-tie"
    assert json.loads(refused.stdout)["facts"] == {"tied": "Birch, the old; Cedar"}
    for order in (
        ["--tie-order", "3,2"],
        ["--tie-order", "Cedar 2"],
        ["--tie-order", "Cedar", "--tie-order", "Birch, the old"],
    ):
        (action, *_) = counted(file, "scottish", *order)["rounds"][1]["actions"]
        assert action == {
            "action": "excluded",
            "candidate": "Birch, the old",
            "votes": "2.00000",
            "tie": {"among": ["Birch, the old", "Cedar"], "broken_by": "stated-order", "rounds": []},
        }
    for said, unknown in (("Cedar,Oak", "Oak"), ("Cedar Oak", "Cedar Oak"), ("", "")):
        wrong = count(file, "--rule", "irv", "--tie-order", said, "--json")
        assert json.loads(wrong.stdout)["facts"] == {"said": unknown}


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["quota 9", "Round 2", "surplus transferred", "Elected: 1. Ash, 2. Birch"]),
        ("fr", ["quotient 9", "Tour 2", "surplus transféré", "Élus: 1. Ash, 2. Birch"]),
        ("nl", ["quotum 9", "Ronde 2", "overschot overgedragen", "Verkozen: 1. Ash, 2. Birch"]),
    ],
)
def test_a_count_is_drawn_in_the_language_asked_for(lang: str, words: list[str]) -> None:
    drawn = count(BOARD, "--rule", "scottish", "--lang", lang).stdout
    assert all(word in drawn for word in words), drawn
    assert "█" in drawn


def test_what_broke_a_tie_is_drawn_too(tmp_path: Path) -> None:
    file = tmp_path / "tie.blt"
    file.write_text("3 1\n3 1 0\n2 2 0\n2 3 0\n0\nAsh Birch Cedar")
    drawn = count(file, "--rule", "scottish", "--tie-order", "2,3").stdout
    assert "Tie: Birch, Cedar — by the stated order: Cedar, excluded" in drawn


def test_a_file_that_cannot_be_read_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "bad.blt"
    file.write_text("2 1\n1 1 0\n1 3 0\n0\nAsh Birch")
    refused = count(file, "--rule", "irv")
    assert refused.exit_code == 1
    assert "line: 3" in refused.stderr
    assert count(tmp_path / "none.blt", "--rule", "irv").exit_code == 1
    assert count(file.rename(tmp_path / "bad.txt"), "--rule", "irv").exit_code == 1


def test_the_page_about_counting_runs_as_it_is_written(demo: Ledger) -> None:
    steps = [words for _, *words in commands(ROOT / "docs/howto/count-an-election.md")]
    assert len(steps) >= 7
    for words in steps:
        demo.tutti(*[re.sub("^docs/", f"{ROOT}/docs/", each) for each in words])


@pytest.mark.parametrize("rule", ["scottish", "irv", "schulze", "approval"])
def test_ten_thousand_papers_and_thirty_candidates_take_less_than_two_seconds(
    rule: str, tmp_path: Path
) -> None:
    chance = Random(30)  # noqa: S311 - papers to count, no secrets
    liked = [chance.random() for _ in range(30)]
    papers = [
        sorted(range(1, 31), key=lambda each: chance.random() * liked[each - 1])[: chance.randint(5, 30)]
        for _ in range(10_000)
    ]
    file = tmp_path / "big.blt"
    lines = ["30 7", *(f"1 {' '.join(map(str, paper))} 0" for paper in papers), "0"]
    file.write_text("\n".join([*lines, *(f"C{number}" for number in range(1, 31))]))
    order = ",".join(map(str, range(1, 31)))
    asked = [
        sys.executable,
        "-m",
        "workers",
        "election",
        "count",
        str(file),
        "--rule",
        rule,
        "--tie-order",
        order,
    ]
    # Its own work and not what else the machine does meanwhile: a busy one would be measured itself.
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = subprocess.run([*asked, "--json"], capture_output=True, text=True, check=True, cwd=ROOT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert len(json.loads(ran.stdout)["elected"]) == 7
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 2
