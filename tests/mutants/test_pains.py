"""Each pain of others that belongs to the domain has a test that cites it, and fails when its rule is left out."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.mutants.pains import PAINS, ROOT, RULES

PAGE = ROOT / "docs/reference/mutants.md"


def test_the_test_of_each_pain_fails_when_its_rule_is_left_out() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.mutants.pains"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout.strip().splitlines()[-1])
    assert len(found) == len(RULES)
    for each in found:
        assert each["outcome"] == "killed", each
        assert each["by"].startswith(f"{PAINS}::{each['test']}"), each


def test_the_page_of_mutants_lists_every_test_and_rule() -> None:
    page = PAGE.read_text(encoding="utf-8")
    told = (ROOT / PAINS).read_text(encoding="utf-8")
    tests = {
        line.removeprefix("def ").partition("(")[0]
        for line in told.splitlines()
        if line.startswith("def test_")
    }
    assert tests == {rule.test for rule in RULES}
    for rule in RULES:
        assert rule.test.removeprefix("test_").replace("_", " ") in page, rule.test
        assert f"`{rule.function}`" in page, rule.function
