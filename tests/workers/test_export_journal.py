"""Programs that know nothing of us find the demo's books in order, month by month."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from domain.aggregates.legal_entity import ONE_DAY, LegalEntity
from domain.facts import Stamp
from domain.ledger.books import Books
from domain.ledger.entities import entity_id_of, map_account
from eventstore.desk import Caller
from projections.posted_entries import RENAMED
from tests.interchange.test_journals import bean_check, hledger_check
from tests.ledgers import Ledger
from tests.scenario import TODAY

CHECKS = [("beancount", bean_check), ("hledger", hledger_check)]


@pytest.mark.parametrize(("name", "check"), CHECKS)
def test_the_demo_holds_by_another_program(
    demo: Ledger, tmp_path: Path, name: str, check: Callable[[Path], int]
) -> None:
    file = tmp_path / "books"
    said = demo.json("export-journal", "--format", name, "--output", str(file))
    text = file.read_text()
    assert said["characters"] == len(text) > 10_000
    asserted = text.count(" balance " if name == "beancount" else " EUR = ")
    assert asserted > 30
    assert check(file) == 0
    assert demo.tutti("export-journal", "--format", name) == text


@pytest.mark.parametrize(("name", "check"), CHECKS)
def test_a_line_of_the_journal_that_was_altered_is_found(
    own_demo: Ledger, tmp_path: Path, name: str, check: Callable[[Path], int]
) -> None:
    own_demo.alter(
        "UPDATE tutti_default_read.journal_line SET debit_c = debit_c + 1 WHERE (position, line_no) = "
        "(SELECT position, line_no FROM tutti_default_read.journal_line WHERE debit_c > 0 ORDER BY 1, 2 LIMIT 1)"
    )
    file = tmp_path / "books"
    own_demo.tutti("export-journal", "--format", name, "--output", str(file))
    assert check(file) == 1


def test_what_was_known_then_is_exported_and_one_entity_alone(demo: Ledger, tmp_path: Path) -> None:
    now = demo.tutti("export-journal", "--format", "hledger")
    then = demo.tutti("export-journal", "--format", "hledger", "--known-at", "200")
    assert 0 < then.count("position:") < now.count("position:")
    assert demo.tutti("export-journal", "--format", "hledger", "--entity", "COOP") == now
    refused = demo.run("export-journal", "--format", "hledger", "--output", str(tmp_path / "no" / "books"))
    assert refused.exit_code == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("lang", "customers"), [("fr", "Clients"), ("nl", "Handelsdebiteuren")])
def test_the_accounts_are_named_in_the_language_asked_for(demo: Ledger, lang: str, customers: str) -> None:
    assert f'  name: "{customers}"\n' in demo.tutti("export-journal", "--format", "beancount", "--lang", lang)
    assert f"  ; {customers}\n" in demo.tutti("export-journal", "--format", "hledger", "--lang", lang)


def calls_customers_400000(ledger: Ledger) -> None:
    """From the day after the last stopped month on."""

    def call(books: Books, stamp: Stamp) -> None:
        entity_id = entity_id_of("COOP")
        day = books.get(LegalEntity, entity_id).stopped_through + ONE_DAY
        own: dict[str, Any] = {"account": "400", "code": "400000", "valid_from": day}
        map_account(books, stamp, entity_id=entity_id, source_ref="accountant", **own)

    with ledger.workshop() as workshop:
        asked: dict[str, Any] = {"operation": "account-code.map", "key": "400", "body": b"400"}
        workshop.desk.perform(Caller("accountant", "accountant"), effective_on=TODAY, run=call, **asked)


@pytest.mark.parametrize(("name", "check"), CHECKS)
def test_the_books_hold_by_another_program_under_codes_of_the_entity_s_own(
    own_demo: Ledger, tmp_path: Path, name: str, check: Callable[[Path], int]
) -> None:
    calls_customers_400000(own_demo)
    file = tmp_path / "books"
    own_demo.tutti("export-journal", "--format", name, "--output", str(file))
    assert check(file) == 0
    text = file.read_text()
    assert "400000" in text
    assert RENAMED in text
    assert "400000" in own_demo.tutti("trial-balance", "--as-of", "2999-12-31")
