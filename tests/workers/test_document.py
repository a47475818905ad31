"""`tutti document`: what was handed in comes back as it was, from the disk that does not show it."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
import pytest

from domain.aggregates.bank_account import BankAccount
from domain.aggregates.expense_claim import ExpenseClaim
from tests.ledgers import Ledger

RECEIPT = b"Ironmonger of the High Street (fictional): 12 brass hinges, 34.56 EUR, thank you"
TABLES = """
    SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
"""
PLACE = "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
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
        printed = demo.run("document", "show", each)
        assert printed.exit_code == 0, printed.stderr
        assert sha256(printed.stdout_bytes).hexdigest() == each
        assert b"camt.053" in printed.stdout_bytes


def test_neither_disk_nor_database_shows_what_a_bank_file_says(demo: Ledger) -> None:
    content = demo.run("document", "show", imported(demo)[0]).stdout_bytes
    said = content.partition(b"<Ustrd>")[2].partition(b"</Ustrd>")[0]
    assert len(said) > 5
    kept = [path for path in (demo.settings.data_dir / "documents").rglob("*") if path.is_file()]
    assert len(kept) >= 3
    assert not any(said in path.read_bytes() or b"camt.053" in path.read_bytes() for path in kept)
    with psycopg.connect(demo.settings.database_url or "") as connection:
        assert not any(said in bytes(state) for (state,) in connection.execute(EVERY_STATE))


def test_a_document_is_written_to_a_new_file_only(demo: Ledger, tmp_path: Path) -> None:
    (named, *_), output = imported(demo), tmp_path / "statement.xml"
    assert demo.json("document", "show", named, "--output", str(output)) == {
        "sha256": named,
        "bytes": output.stat().st_size,
        "file": str(output),
    }
    assert sha256(output.read_bytes()).hexdigest() == named
    refused = demo.run("document", "show", named, "--output", str(output), "--json")
    assert (refused.exit_code, json.loads(refused.stdout)["code"]) == (1, "cannot-write")


@pytest.mark.parametrize(
    ("named", "code"), [("0" * 64, "no-such-document"), ("../keys/kek", "not-a-document-name")]
)
def test_what_is_no_document_is_refused_by_name(demo: Ledger, named: str, code: str) -> None:
    refused = demo.run("document", "show", named, "--json")
    assert (refused.exit_code, json.loads(refused.stdout)["code"]) == (1, code)


def test_a_bank_file_that_was_tampered_with_is_refused_and_importing_it_again_restores_it(
    own_demo: Ledger, tmp_path: Path
) -> None:
    named, output = imported(own_demo)[0], tmp_path / "statement.xml"
    own_demo.tutti("document", "show", named, "--output", str(output))
    for path in (own_demo.settings.data_dir / "documents").rglob("*-*"):
        path.write_bytes(path.read_bytes()[:-1] + b"\x00")
    refused = own_demo.run("document", "show", named)
    assert refused.exit_code == 1
    assert "is not what was kept" in refused.stderr
    assert named in refused.stderr

    own_demo.tutti("import-bank", str(output))
    assert own_demo.run("document", "show", named).stdout_bytes == output.read_bytes()


def test_a_receipt_is_kept_for_a_member_and_shown_as_it_was(own_demo: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "receipt.pdf"
    file.write_bytes(RECEIPT)
    said = own_demo.json("document", "keep", str(file), "--member", "1", "--entity", "COOP")
    (kept,) = said["kept"]
    assert kept == {"file": str(file), "sha256": sha256(RECEIPT).hexdigest()}
    assert own_demo.run("document", "show", kept["sha256"]).stdout_bytes == RECEIPT
    assert own_demo.json("document", "keep", str(file), "--entity", "COOP")["kept"] == [kept]
    assert kept["sha256"] in own_demo.tutti("document", "keep", str(file), str(file), "--member", "1")


def test_neither_disk_nor_database_shows_a_receipt_that_was_kept(own_demo: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "receipt.pdf"
    file.write_bytes(RECEIPT)
    own_demo.tutti("document", "keep", str(file), "--member", "1")
    # As written, in hex as PostgreSQL shows bytes, and in base64 wherever it begins.
    secrets = [RECEIPT[4:40], RECEIPT.hex().encode()[8:80], *(b64encode(RECEIPT[n:])[4:40] for n in range(3))]
    assert shows(RECEIPT, secrets)
    assert shows(RECEIPT.hex().encode(), secrets)
    assert shows(b64encode(b"x" + RECEIPT), secrets)
    files = [path for path in own_demo.settings.data_dir.rglob("*") if path.is_file()]
    assert len(files) > 5
    assert not [path for path in files if shows(path.read_bytes(), secrets)]
    with psycopg.connect(own_demo.settings.database_url or "", autocommit=True) as connection:
        tables = [table for (table,) in connection.execute(TABLES).fetchall()]
        assert len(tables) > 30
        dump = {table: copied(connection, table) for table in tables}
        assert any(shows(rows, [b"COOP"]) for rows in dump.values()), "what is not secret is found"
        assert not [table for table, rows in dump.items() if shows(rows, secrets)]
        connection.execute("CHECKPOINT")
        place, oid = connection.execute(PLACE).fetchone() or ("", 0)
    on_disk = [*Path(place, "base", str(oid)).glob("*"), *Path(place, "pg_wal").glob("0*")]
    assert any(shows(read(path), [b"COOP"]) for path in on_disk), "what is not secret is found"
    assert not [path for path in on_disk if shows(read(path), secrets)]


def copied(connection: psycopg.Connection[Any], table: str) -> bytes:
    with connection.cursor().copy(f"COPY {table} TO STDOUT".encode()) as rows:
        return b"".join(map(bytes, rows))


def read(path: Path) -> bytes:
    """A file of the running server, which may have been done with it meanwhile."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def shows(content: bytes, secrets: list[bytes]) -> bool:
    return any(secret in content for secret in secrets)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--member", "9999"], "unknown-record"),
        ([], "unknown-record"),
        (["--member", "1", "--entity", "NOBODY"], "unknown-record"),
    ],
)
def test_a_receipt_of_nobody_is_refused_by_name(
    demo: Ledger, tmp_path: Path, words: list[str], code: str
) -> None:
    file = tmp_path / "receipt.pdf"
    file.write_bytes(RECEIPT)
    refused = demo.run("document", "keep", str(file), *words, "--json")
    assert (refused.exit_code, json.loads(refused.stdout)["code"]) == (1, code)


def test_an_empty_or_endless_or_absent_file_is_no_receipt(demo: Ledger, tmp_path: Path) -> None:
    empty, endless = tmp_path / "empty", tmp_path / "endless"
    empty.touch()
    with endless.open("wb") as file:
        file.truncate(10**9)
    asked = [empty, endless, tmp_path / "absent"]
    refused = [demo.run("document", "keep", str(path), "--member", "1", "--json") for path in asked]
    codes = [json.loads(each.stdout)["code"] for each in refused]
    assert codes == ["empty-text", "receipt-too-large", "file-unusable"]


def test_every_receipt_of_a_group_is_found_by_the_hash_its_claim_names(
    empty_ledger: Ledger,
) -> None:
    empty_ledger.tutti("demo", "--members", "12", "--months", "3")
    with empty_ledger.workshop() as workshop:
        claims = list(workshop.log.of_kinds(ExpenseClaim.Submitted))
    named = {line.receipt_sha256 for each in claims for line in each.event.lines}
    assert len(named) == sum(len(each.event.lines) for each in claims) > 0
    for each in named:
        shown = empty_ledger.run("document", "show", each).stdout_bytes
        assert sha256(shown).hexdigest() == each
        assert b"(fictional)" in shown
    *_, line = json.loads(empty_ledger.run("doctor", "--json").stdout)["checked"]
    assert (line["name"], line["well"]) == ("documents", True)
