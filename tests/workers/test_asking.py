"""Asking the books from the command line: tables, JSON, any past, three languages."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.ledgers import Ledger, settings_on
from workers.cli.app import build


@pytest.mark.parametrize(
    "words",
    [
        ["trial-balance"],
        ["balance"],
        ["fund"],
        ["fund", "--aid"],
        ["plan"],
        ["plan", "--presets"],
        ["shares"],
        ["votes"],
        ["assemblies"],
        ["calendar"],
        ["member-statement", "1"],
        ["member-statement", "1", "--from", "2026-01-01", "--to", "2026-02-28", "--axis", "effective"],
        ["waiting"],
        ["waiting", "--for", "receipt-to-allocate"],
        ["vat-return", "2026-Q1", "--entity", "COOP"],
        ["vat-return", "2026-01", "--entity", "COOP", "--grid", "03"],
        ["quotations"],
        ["quotations", "--state", "sent"],
        ["invoice-drafts"],
        ["invoice-drafts", "--state", "submitted"],
        ["credit-notes"],
        ["doubts"],
        ["reminders"],
        ["late-claims"],
        ["bills"],
        ["bills", "--state", "approved"],
        ["owed-back"],
        ["declarations"],
        ["members"],
        ["members", "--state", "former"],
        ["exclusions"],
        ["disputes"],
        ["claims"],
        ["claims", "--state", "approved"],
        ["orders"],
        ["payrolls"],
        ["journal"],
        ["settings"],
    ],
)
def test_every_question_answers_as_a_table_and_as_json(demo: Ledger, words: list[str]) -> None:
    table = demo.run(*words)
    assert table.exit_code == 0, table.stderr
    assert "─" in table.stdout
    assert json.loads(demo.tutti(*words, "--json"))


def test_the_headings_come_in_three_languages(demo: Ledger) -> None:
    assert "Balance générale" in demo.tutti("trial-balance", "--lang", "fr")
    assert "Proefbalans" in demo.tutti("trial-balance", "--lang", "nl")
    assert "Trial balance" in demo.tutti("trial-balance", "--lang", "en")


def test_a_past_day_shows_only_what_was_booked_by_then(demo: Ledger) -> None:
    january = demo.json("trial-balance", "--as-of", "2026-01-31")
    now = demo.json("trial-balance")
    assert january["total_debit_c"] == january["total_credit_c"]
    assert 0 < january["total_debit_c"] < now["total_debit_c"]


def test_known_at_a_position_and_at_its_time_are_the_same(demo: Ledger) -> None:
    with demo.workshop() as workshop:
        then = workshop.log.at(300).event.timestamp
        last = workshop.log.position_at(then)
    by_position = demo.json("trial-balance", "--known-at", str(last))
    by_time = demo.json("trial-balance", "--known-at", then.isoformat())
    assert by_position == by_time
    assert by_position["position"] == last >= 300


def test_the_aid_of_a_fund_is_listed_with_what_became_of_it(demo: Ledger) -> None:
    (granted,) = demo.json("fund", "SOLIDARITY", "--aid")["aid"]
    assert (granted["state"], granted["requested_c"], granted["decided_c"]) == ("paid", 25_00, 25_00)
    assert len(granted["committee"]) == 2
    (fund,) = demo.json("fund", "SOLIDARITY")["rows"]
    assert fund["cash_c"] == fund["collected_c"] - 25_00
    assert "octroyée" in demo.tutti("fund", "--aid", "--lang", "fr")
    assert "toegekend" in demo.tutti("fund", "--aid", "--lang", "nl")


def test_the_activities_have_a_past_too(demo: Ledger) -> None:
    then = demo.json("balance", "A001", "--as-of", "2026-01-31", "--axis", "effective")
    now = demo.json("balance", "A001")
    assert len(then["rows"]) == len(now["rows"]) == 1
    assert then["axis"] == "effective"
    assert then["rows"][0]["result_c"] <= now["rows"][0]["result_c"]


def test_the_statement_of_a_member_opens_and_closes_with_the_balances_of_those_days(demo: Ledger) -> None:
    said = demo.json("member-statement", "1", "--from", "2026-02-01", "--to", "2026-02-28")
    assert said["member"]["member_no"] == 1
    (activity,) = said["activities"]
    (closing,) = demo.json("balance", activity["code"], "--as-of", "2026-02-28")["rows"]
    (opening,) = demo.json("balance", activity["code"], "--as-of", "2026-01-31")["rows"]
    assert (activity["opening"], activity["closing"]) == (opening, closing)
    moved_c = sum(each["result_c"] for each in activity["movements"])
    assert moved_c == closing["result_c"] - opening["result_c"]


def test_the_journal_opens_a_figure_down_to_its_facts(demo: Ledger) -> None:
    receivables = next(row for row in demo.json("trial-balance")["rows"] if row["account"] == "400")
    lines = demo.json("journal", "--account", "400", "--limit", "1000")["lines"]
    assert sum(line["debit_c"] for line in lines) == receivables["debit_c"]
    assert sum(line["credit_c"] for line in lines) == receivables["credit_c"]


def test_one_vote_is_shown_from_rule_and_roll_to_verdict(demo: Ledger) -> None:
    poll_id = demo.json("votes")["polls"][0]["poll_id"]
    shown = demo.tutti("votes", poll_id)
    for part in ("Rule:", "quorum 1/2", "Roll: 20", "Count:", "Verdict: adopted", "agrees with the record"):
        assert part in shown


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["balance", "NOWHERE"], "unknown-record"),
        (["fund", "NOWHERE"], "unknown-record"),
        (["member-statement", "999"], "unknown-record"),
        (["member-statement", "00000000-0000-4000-8000-000000000000"], "unknown-record"),
        (["member-statement", "1", "--from", "2026-02-01", "--to", "2026-01-31"], "period-reversed"),
        (["trial-balance", "--entity", "NOWHERE"], "unknown-record"),
        (["votes", "00000000-0000-4000-8000-000000000000"], "unknown-record"),
        (["import-bank", "no-such-file.xml"], "no-such-file"),
        (["period", "open", "2026-13", "--entity", "COOP"], "invalid-month"),
        (["demo"], "ledger-not-empty"),
    ],
)
def test_a_refusal_is_a_sentence_with_status_1_and_never_a_traceback(
    demo: Ledger, words: list[str], code: str
) -> None:
    refused = demo.run(*words)
    assert refused.exit_code == 1
    assert refused.stderr.startswith("tutti: ")
    assert "Traceback" not in refused.stderr
    assert json.loads(demo.run(*words, "--json").stdout)["code"] == code


@pytest.mark.parametrize(
    "words",
    [
        ["no-such-command"],
        ["trial-balance", "--as-of", "yesterday"],
        ["trial-balance", "--known-at", "9" * 19],
        ["trial-balance", "--known-at", "9" * 5000],
        ["votes", "x"],
        ["claims", "--state", "lost"],
        ["quotations", "--state", "lost"],
        ["invoice-drafts", "--state", "lost"],
        ["bills", "--state", "lost"],
        ["members", "--state", "lost"],
        ["vat-return", "2026-Q5", "--entity", "COOP"],
        ["vat-return", "2026-Q1", "--entity", "COOP", "--grid", "83"],
        ["orders", "--state", "lost"],
        ["payrolls", "--state", "lost"],
        ["waiting", "--for", "godot"],
        ["calendar", "--from", "soon"],
    ],
)
def test_a_wrong_command_line_ends_with_status_2(demo: Ledger, words: list[str]) -> None:
    refused = demo.run(*words)
    assert refused.exit_code == 2
    assert "Traceback" not in refused.stderr


def test_data_goes_to_standard_output_and_messages_to_standard_error(demo: Ledger) -> None:
    ran = demo.start("replay", "--json")
    assert json.loads(ran.stdout)["different"] == []
    assert "Replaying" in ran.stderr


def test_a_database_that_does_not_answer_is_said_in_one_line(demo: Ledger) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "workers", "trial-balance", "--data-dir", str(demo.settings.data_dir)],
        env={**demo.environment(), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert ran.stderr.startswith("tutti: ")


@pytest.mark.parametrize("url", ["nonsense", "postgresql://[/x"])
def test_an_address_that_is_none_is_said_in_one_line(tmp_path: Path, url: str) -> None:
    ran = Ledger(settings_on(url, tmp_path)).run("trial-balance", "--json")
    assert (ran.exit_code, json.loads(ran.stdout)["code"]) == (1, "database-failed")


def test_a_table_that_is_not_there_is_said_in_one_line(own_demo: Ledger) -> None:
    own_demo.alter("ALTER TABLE tutti_default.head RENAME TO gone")
    ran = own_demo.run("verify", "--json")
    assert (ran.exit_code, json.loads(ran.stdout)["code"]) == (1, "database-failed")


def test_a_database_that_was_never_made_is_said_to_be_none(tmp_path: Path) -> None:
    words = ["db", "status", "--data-dir", str(tmp_path)]
    said, document = (
        CliRunner(env={"DATABASE_URL": ""}).invoke(build(words), [*words, *more]).stdout
        for more in ([], ["--json"])
    )
    assert "not made yet" in said
    assert "None" not in said
    assert json.loads(document)["running"] is False
    assert json.loads(document)["address"] == ""


def test_a_data_directory_that_cannot_be_is_said_in_one_line(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    ran = CliRunner(env={"DATABASE_URL": ""}).invoke(
        build(["trial-balance"]), ["trial-balance", "--json", "--data-dir", str(in_the_way)]
    )
    assert (ran.exit_code, json.loads(ran.stdout)["code"]) == (1, "file-unusable")


def test_a_key_is_made_for_a_role_and_shown_once(empty_ledger: Ledger) -> None:
    made = empty_ledger.json("key", "create", "--role", "staff")
    assert made["key"].startswith("clk_")
    with empty_ledger.workshop() as workshop:
        known = workshop.access.authenticate(made["key"], workshop.clock())
        assert known is not None
        assert (known.role, known.label) == ("staff", "a key for staff")
        assert made["key"] not in str(workshop.access.list())
    assert empty_ledger.run("key", "create", "--role", "king").exit_code == 2


@pytest.mark.parametrize("word", ["shares", "assemblies"])
def test_a_question_about_an_entity_that_is_not_there_is_refused(demo: Ledger, word: str) -> None:
    asked = demo.run(word, "--entity", "NOBODY")
    assert (asked.exit_code, "Traceback" in asked.stderr) == (1, False)
