"""`tutti bench write`, on one figure and shortly: what it prints, writes and ends with."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.report import BEGIN, END
from tests.ledgers import Ledger

SHORT = ("--seconds", "0.2", "--rounds", "1", "--repeats", "0", "--accounts", "8", "--half")
BRIEF = ("bench", "write", "--only", "a1", *SHORT)


def test_it_answers_with_ratios_goals_and_what_is_missing_and_writes_its_page(
    empty_ledger: Ledger, tmp_path: Path
) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\n{END}\nafter\n", encoding="utf-8")
    ran = empty_ledger.run(*BRIEF, "--page", str(page), "--json")
    document = json.loads(ran.stdout)
    a1 = document["figures"]["a1"]
    assert a1["values"]
    assert a1["goal"] == 0.4
    assert a1["held"] is (a1["ratio"] >= 0.2)
    assert document["figures"]["a1.pgledger"]["ratio"] is None
    assert "pgledger" in document["missing"]
    assert document["machine"]["postgresql"]["fsync"] == "on"
    assert document["crash"]["acknowledged"] > document["crash"]["before"] > 0
    assert document["crash"]["repeats"] > 0
    assert ran.exit_code == (1 if document["missed"] else 0)
    written = page.read_text(encoding="utf-8")
    assert written.startswith("before\n")
    assert written.endswith("after\n")
    assert "| a1 | 1 client ÷ L5(1) |" in written


def test_an_unknown_figure_or_a_page_without_its_marks_is_refused_before_anything_is_measured(
    empty_ledger: Ledger, tmp_path: Path
) -> None:
    page = tmp_path / "page.md"
    page.write_text("no marks\n", encoding="utf-8")
    assert empty_ledger.run("bench", "write", "--only", "z9").exit_code == 1
    refused = empty_ledger.run(*BRIEF, "--page", str(page), "--json")
    assert json.loads(refused.stdout)["code"] == "no-marked-table"
    assert page.read_text(encoding="utf-8") == "no marks\n"
