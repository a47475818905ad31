"""A slip of the pen begins no ledger: what reads or goes on refuses one that is not there, by name."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner

from tests.ledgers import Ledger
from workers.cli.app import build
from workers.version import VERSION

READS = (
    ["trial-balance"],
    ["balance"],
    ["fund"],
    ["shares"],
    ["journal"],
    ["votes"],
    ["assemblies"],
    ["document", "show", "ab" * 32],
    ["calendar"],
    ["member-statement", "1"],
    ["waiting"],
    ["claims"],
    ["orders"],
    ["payrolls"],
    ["rebuild"],
    ["replay"],
    ["verify"],
    ["period", "open", "2026-05", "--entity", "COOP"],
)


def run(*words: str, database_url: str) -> tuple[int, str]:
    ran = CliRunner(env={"DATABASE_URL": database_url}).invoke(build(words), words, prog_name="tutti")
    return ran.exit_code, ran.stdout


@pytest.mark.parametrize("words", READS, ids=" ".join)
def test_a_mistyped_tenant_is_refused_by_name_and_begins_no_ledger(demo: Ledger, words: list[str]) -> None:
    url, data_dir = demo.settings.database_url or "", str(demo.settings.data_dir)
    code, said = run(*words, "--tenant", "defualt", "--data-dir", data_dir, "--json", database_url=url)

    assert (code, json.loads(said)["code"]) == (1, "no-such-ledger")
    assert json.loads(said)["facts"] == {"tenant": "defualt", "data_dir": data_dir, "known": "default"}
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT count(*) FROM pg_namespace WHERE nspname ~ 'defualt'").fetchone()
    assert found == (0,)


def test_a_mistyped_data_directory_is_refused_and_nothing_is_made_there(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    code, said = run("balance", "--data-dir", str(nowhere), "--json", database_url="")

    assert (code, json.loads(said)["code"]) == (1, "no-such-ledger")
    assert json.loads(said)["facts"]["known"] == "none"
    assert list(tmp_path.iterdir()) == []


def test_the_program_says_which_release_it_is() -> None:
    assert run("--version", database_url="") == (0, f"tutti {VERSION}\n")
