"""A mutant that a test notices is killed, and one that none does survives: tried on a toy."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.mutants.programme import Asked, Programme
from tests.mutants.results import summary

ROOT = Path(__file__).parents[2]
RULE = '''
"""A toy."""

from functools import cache

FLOOR = 10
CEILING = 99


def doubled(amount):
    return amount + amount


TWICE_THE_FLOOR = doubled(FLOOR)


@cache
def tripled(amount):
    return amount * 3


class Fund:
    @property
    def floor(self):
        return TWICE_THE_FLOOR

    def pay(self, amount):
        if amount < FLOOR:
            raise ValueError(amount)
        left = amount
        while left > 0:
            left -= 1
        return amount

    def unseen(self):
        return 1
'''
TESTS = """
import pytest
from domain.rule import Fund, tripled

def test_what_is_below_the_floor_is_refused():
    with pytest.raises(ValueError):
        Fund().pay(9)
    assert Fund().pay(10) == 10
    tripled(2)

def test_the_floor_is_doubled():
    assert Fund().floor == 20
    assert tripled(2) == 6
"""


pytestmark = pytest.mark.slow


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    for path, text in (("domain/rule.py", RULE), ("tests/domain/test_rule.py", TESTS)):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text.lstrip(), encoding="utf-8")
    (tmp_path / "domain/__init__.py").touch()
    (tmp_path / "tests/facts").mkdir()
    return tmp_path


def run(toy: Path, *words: str) -> Any:
    """Try the mutants of the toy, as the program does."""
    program = "from pathlib import Path; from tests.mutants.__main__ import main; main(Path.cwd())"
    ran = subprocess.run(
        [sys.executable, "-c", program, "--json", "--results", str(toy / "results.jsonl"), *words],
        cwd=toy,
        env={**os.environ, "PYTHONPATH": f"{toy}:{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def outcomes(found: Any, toy: Path) -> dict[str, set[str]]:
    """What became of each change, wherever it was made."""
    programme = Programme(toy, Asked(paths=["domain"], results=toy / "results.jsonl", again=False))
    rows = programme.results.of(programme.mutants)
    assert summary(rows) == found
    became: dict[str, set[str]] = {}
    for row in rows:
        became.setdefault(row["what"], set()).add(row["outcome"])
    return became


def test_what_a_test_notices_is_killed_and_what_none_does_survives(toy: Path) -> None:
    became = outcomes(run(toy), toy)
    assert became == {
        "10 becomes 11": {"killed"},  # given where the module is read
        "99 becomes 100": {"survived"},
        "Add becomes Sub": {"killed"},  # runs while the module is read
        "returns None instead of amount + amount": {"killed"},
        "returns None instead of TWICE_THE_FLOOR": {"killed"},
        "Mult becomes FloorDiv": {"killed"},  # remembered from the test before, which did not look at it
        "3 becomes 4": {"killed"},
        "returns None instead of amount * 3": {"killed"},
        "Lt becomes LtE": {"killed"},
        "not (amount < FLOOR)": {"killed"},
        "without raise ValueError(amount)": {"killed"},
        "Gt becomes GtE": {"survived"},
        "not (left > 0)": {"survived"},
        "0 becomes 1": {"survived"},
        "Sub becomes Add": {"timed-out"},
        "without left -= 1": {"timed-out"},
        "1 becomes 2": {"survived", "unreached"},
        "returns None instead of amount": {"killed"},
        "returns None instead of 1": {"unreached"},
    }


def test_what_survived_is_tried_again_when_asked_and_a_broken_line_of_results_is_no_result(
    toy: Path,
) -> None:
    first = run(toy)
    results = toy / "results.jsonl"
    whole = results.read_text(encoding="utf-8")
    results.write_text(whole[:-9], encoding="utf-8")
    assert run(toy)["mutants"] == first["mutants"]
    test = toy / "tests/domain/test_rule.py"
    more = "\ndef test_what_was_unseen_is_one():\n    assert Fund().unseen() == 1\n"
    test.write_text(test.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert run(toy)["killed"] == first["killed"]
    assert run(toy, "--again")["killed"] == first["killed"] + 2


def test_a_sample_is_always_the_same_one(toy: Path) -> None:
    def tried(name: str) -> list[str]:
        run(toy, "--sample", "4", "--results", str(toy / name))
        lines = (toy / name).read_text(encoding="utf-8").splitlines()
        return sorted(json.loads(each)["key"] for each in lines)

    assert len(tried("one.jsonl")) == 4
    assert tried("other.jsonl") == tried("another.jsonl")
