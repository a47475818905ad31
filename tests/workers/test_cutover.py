"""A cooperative starts from its old books by the command line, as the page says, to the cent."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from interchange.old_books import write_old_books
from tests.interchange.test_journals import bean_check, hledger_check
from tests.ledgers import Ledger
from tests.old_books import BOOKS, trial_balance, with_balance
from tests.test_docs import ROOT, commands

PAGE = ROOT / "docs/howto/start-from-your-old-books.md"
EXAMPLE = ROOT / "docs/howto/old-books.json"


def steps() -> list[list[str]]:
    """The commands of the page, the example where it stands."""
    return [
        [str(ROOT / word) if word.endswith(".json") else word for word in words]
        for _, *words in commands(PAGE)
    ]


@pytest.fixture
def registered(empty_ledger: Ledger) -> Ledger:
    """The entity with its month open: the first steps of the page."""
    for words in steps()[:2]:
        empty_ledger.tutti(*words)
    return empty_ledger


def test_the_example_is_the_books_of_the_tests() -> None:
    assert EXAMPLE.read_bytes() == write_old_books(BOOKS)


@pytest.mark.parametrize(("name", "check"), [("beancount", bean_check), ("hledger", hledger_check)])
def test_the_steps_of_the_page_run_and_other_programs_find_the_books_in_order(
    empty_ledger: Ledger, tmp_path: Path, name: str, check: Callable[[Path], int]
) -> None:
    for words in steps():
        empty_ledger.tutti(*words)
    rows = empty_ledger.json("trial-balance")["rows"]
    stands = {row["account"]: row["debit_c"] - row["credit_c"] for row in rows}
    assert {each: cents for each, cents in stands.items() if cents} == trial_balance(BOOKS.balances)
    file = tmp_path / "books"
    empty_ledger.tutti("export-journal", "--format", name, "--output", str(file))
    assert check(file) == 0


def test_a_trial_records_nothing_and_keeps_nothing(registered: Ledger) -> None:
    with registered.workshop() as workshop:
        before = workshop.log.head().size
    tried = registered.json("cutover", str(EXAMPLE), "--entity", "PILOT", "--dry-run")
    assert (tried["position"], tried["refused"]) == (None, None)
    with registered.workshop() as workshop:
        assert workshop.log.head().size == before
    assert registered.run("document", "show", tried["source_sha256"]).exit_code == 1


def test_the_file_is_kept_under_the_hash_that_the_facts_name(registered: Ledger) -> None:
    recorded = registered.json("cutover", str(EXAMPLE), "--entity", "PILOT")
    assert recorded["position"] > 20
    assert registered.tutti("document", "show", recorded["source_sha256"]).encode() == EXAMPLE.read_bytes()
    again = registered.run("cutover", str(EXAMPLE), "--entity", "PILOT", "--json")
    assert again.exit_code == 1
    assert json.loads(again.stdout)["refused"] == "books-begun-already"


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "Difference"), ("fr", "Différence"), ("nl", "Verschil")],
)
def test_what_differs_is_shown_with_its_figure_and_nothing_is_recorded(
    registered: Ledger, tmp_path: Path, lang: str, words: str
) -> None:
    file = tmp_path / "old.json"
    file.write_bytes(write_old_books(with_balance(with_balance(BOOKS, "400", 1_710_05), "240", 1_499_95)))
    said = registered.run("cutover", str(file), "--entity", "PILOT", "--lang", lang)
    assert said.exit_code == 1
    assert words in said.stdout
    assert "-0.05" in said.stdout
    assert "difference_c: -5" in said.stderr


def test_an_entity_whose_books_have_begun_takes_nothing_over(registered: Ledger) -> None:
    registered.tutti(
        "bank", "open", "BE45539202600189", "--entity", "PILOT", "--opening", "5.00", "--on", "2026-03-01"
    )
    said = registered.run("cutover", str(EXAMPLE), "--entity", "PILOT", "--dry-run", "--json")
    assert (said.exit_code, json.loads(said.stdout)["refused"]) == (1, "books-begun-already")
