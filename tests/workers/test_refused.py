"""What the command line itself refuses, in the language of who asks."""

from __future__ import annotations

import json
import socket
import threading
from pathlib import Path

import psycopg
import pytest
import typer
from typer.testing import CliRunner

from tests.ledgers import Ledger
from workers.cli import database, running, testing
from workers.cli.app import build
from workers.cli.session import CannotReachDatabase, DatabaseFailed, FileUnusable, Screen, refusals_said
from workers.settings import read_settings
from workers.supervisor import Supervisor

NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"


def run(*words: str, database_url: str = NOWHERE) -> tuple[int, str, str]:
    ran = CliRunner(env={"DATABASE_URL": database_url}).invoke(build(words), words, prog_name="tutti")
    return ran.exit_code, ran.stdout, ran.stderr


def said_of(error: Exception, capsys: pytest.CaptureFixture[str], *, lang: str = "en") -> dict[str, object]:
    with pytest.raises(typer.Exit), refusals_said(Screen(as_json=True, lang=lang)):
        raise error
    document: dict[str, object] = json.loads(capsys.readouterr().out)
    return document


def test_a_refusal_is_said_in_the_language_asked_for(tmp_path: Path) -> None:
    said = {}
    for lang in ("en", "fr", "nl"):
        code, out, err = run("balance", "--data-dir", str(tmp_path / "none"), "--lang", lang, database_url="")
        assert (code, out) == (1, "")
        said[lang] = err.partition(" (")[0]
    assert said == {
        "en": "tutti: There is no ledger of this name here, and none was made: "
        "`tutti up` or `tutti entity register` begins one.",
        "fr": "tutti: Il n'y a pas ici de grand livre de ce nom, et aucun n'a été créé : "
        "`tutti up` ou `tutti entity register` en commence un.",
        "nl": "tutti: Er is hier geen grootboek met die naam, en er werd er geen gemaakt: "
        "`tutti up` of `tutti entity register` begint er een.",
    }


def test_a_language_that_is_none_of_ours_is_refused_in_english(tmp_path: Path) -> None:
    code, _, said = run("balance", "--data-dir", str(tmp_path), "--lang", "de")
    assert (code, said.split(" (")[0].startswith("tutti: This setting has no usable value")) == (1, True)


def test_in_json_the_sentence_is_translated_and_the_code_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    said = said_of(psycopg.OperationalError("no route\nto host"), capsys, lang="nl")
    assert said == {
        "code": "cannot-reach-database",
        "sentence": CannotReachDatabase.nl,
        "facts": {"reason": "no route"},
    }


def test_what_the_database_or_a_file_answers_is_said_as_a_refusal(capsys: pytest.CaptureFixture[str]) -> None:
    assert said_of(psycopg.errors.InsufficientPrivilege("no"), capsys)["code"] == DatabaseFailed.code
    assert said_of(PermissionError(13, "no", "/f"), capsys)["facts"] == {"file": "/f", "reason": "no"}
    assert said_of(PermissionError(13, "no", "/f"), capsys)["code"] == FileUnusable.code


def test_a_defect_is_no_refusal_and_keeps_its_traceback() -> None:
    with pytest.raises(ZeroDivisionError), refusals_said(Screen(as_json=False, lang="en")):
        raise ZeroDivisionError


def test_a_database_that_tutti_did_not_start_is_not_stopped_by_it(tmp_path: Path) -> None:
    code, said, _ = run("db", "stop", "--json", "--data-dir", str(tmp_path))
    assert (code, json.loads(said)["code"]) == (1, database.NotOurDatabase.code)


def test_without_psql_the_address_is_said(demo: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.where.find_psql", lambda _: None)
    url, data_dir = demo.settings.database_url or "", str(demo.settings.data_dir)
    code, said, _ = run("db", "psql", "--json", "--data-dir", data_dir, database_url=url)
    assert (code, json.loads(said)["code"]) == (1, database.NoPsql.code)
    assert "dbname" in json.loads(said)["facts"]["address"]


def test_the_tests_need_a_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(testing, "checkout", lambda: None)
    code, _, said = run("test")
    assert (code, said) == (1, f"tutti: {testing.NoCheckout()}\n")


def test_a_service_that_does_not_get_ready_is_said_so_with_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "READY_SECONDS", 0.0)
    log = tmp_path / "tutti.log"
    with socket.socket() as taken, log.open("ab") as written:
        taken.bind(("127.0.0.1", 0))  # nobody listens here, and nobody else can
        supervisor = Supervisor(read_settings(data_dir=tmp_path), written, print)
        with pytest.raises(running.NotReady) as refused:
            running._wait_for(taken.getsockname()[1], "/healthz", threading.Event(), supervisor, log)
    assert refused.value.facts == {"log": log}
