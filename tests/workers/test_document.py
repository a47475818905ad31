"""`tutti document`: what was handed in comes back as it was, from the disk that does not show it."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest

from domain.aggregates.bank_account import BankAccount
from tests.ledgers import Ledger

EVERY_STATE = "SELECT state FROM tutti_default.event"


def imported(ledger: Ledger) -> list[str]:
    """The SHA-256 of every bank file that the facts name."""
    with ledger.workshop() as workshop:
        facts = [each.event for each in workshop.log.page(0, 100_000)]
    named = {each.file_sha256 for each in facts if isinstance(each, BankAccount.StatementImported)}
    return sorted(named)


def test_every_bank_file_of_the_demo_is_found_by_the_hash_its_facts_name(demo: Ledger) -> None:
    named = imported(demo)
    assert len(named) >= 3
    for each in named:
        printed = demo.run("document", each)
        assert printed.exit_code == 0, printed.stderr
        assert sha256(printed.stdout_bytes).hexdigest() == each
        assert b"camt.053" in printed.stdout_bytes


def test_neither_disk_nor_database_shows_what_a_bank_file_says(demo: Ledger) -> None:
    content = demo.run("document", imported(demo)[0]).stdout_bytes
    said = content.partition(b"<Ustrd>")[2].partition(b"</Ustrd>")[0]
    assert len(said) > 5
    kept = [path for path in (demo.settings.data_dir / "documents").rglob("*") if path.is_file()]
    assert len(kept) >= 3
    assert not any(said in path.read_bytes() or b"camt.053" in path.read_bytes() for path in kept)
    with psycopg.connect(demo.settings.database_url or "") as connection:
        assert not any(said in bytes(state) for (state,) in connection.execute(EVERY_STATE))


def test_a_document_is_written_to_a_new_file_only(demo: Ledger, tmp_path: Path) -> None:
    (named, *_), output = imported(demo), tmp_path / "statement.xml"
    assert demo.json("document", named, "--output", str(output)) == {
        "sha256": named,
        "bytes": output.stat().st_size,
        "file": str(output),
    }
    assert sha256(output.read_bytes()).hexdigest() == named
    refused = demo.run("document", named, "--output", str(output), "--json")
    assert (refused.exit_code, json.loads(refused.stdout)["code"]) == (1, "cannot-write")


@pytest.mark.parametrize(
    ("named", "code"), [("0" * 64, "no-such-document"), ("../keys/kek", "not-a-document-name")]
)
def test_what_is_no_document_is_refused_by_name(demo: Ledger, named: str, code: str) -> None:
    refused = demo.run("document", named, "--json")
    assert (refused.exit_code, json.loads(refused.stdout)["code"]) == (1, code)


def test_a_bank_file_that_was_tampered_with_is_refused_and_importing_it_again_restores_it(
    own_demo: Ledger, tmp_path: Path
) -> None:
    named, output = imported(own_demo)[0], tmp_path / "statement.xml"
    own_demo.tutti("document", named, "--output", str(output))
    for path in (own_demo.settings.data_dir / "documents").rglob("*-*"):
        path.write_bytes(path.read_bytes()[:-1] + b"\x00")
    refused = own_demo.run("document", named)
    assert refused.exit_code == 1
    assert "is not what was kept" in refused.stderr
    assert named in refused.stderr

    own_demo.tutti("import-bank", str(output))
    assert own_demo.run("document", named).stdout_bytes == output.read_bytes()
