"""`tutti doctor`: well on the demo, and whatever is not is named with the next step; `--books` names rows."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

from domain.aggregates.manual_entry import ManualLine
from domain.ledger.entities import entity_id_of
from domain.ledger.manual_entries import post_entry
from eventstore.desk import Caller
from projections import schemas
from projections.catalogue import ALL
from tests.ledgers import Ledger
from tests.projections.test_doctor_rows import (
    ALTER,
    ANOTHER,
    NO_TRIGGERS,
    a_row,
    columns_of,
    do,
    lift_the_checks,
)

OF_MONEY = {"journal", "activity_balances", "fund_balances", "receivables", "bank_lines", "outgoings"}


def lines(ledger: Ledger) -> dict[str, dict[str, Any]]:
    """What a check-up finds, by name of the line."""
    said = json.loads(ledger.run("doctor", "--json").stdout)
    assert said["clean"] is all(line["well"] for line in said["checked"])
    return {line["name"]: line for line in said["checked"]}


def test_the_demo_is_well(demo: Ledger) -> None:
    demo.tutti("replay")
    found = lines(demo)
    assert list(found) == ["keys", "database", "migrations", "read models", "documents"]
    assert all(line["well"] and line["finding"] and not line["next_step"] for line in found.values())
    assert "well" in demo.tutti("doctor")


def test_the_books_of_the_demo_are_clean(demo: Ledger) -> None:
    said = demo.json("doctor", "--books")
    assert (said["clean"], said["findings"]) == (True, [])
    assert said["position"] == demo.json("replay")["position"]
    tables = [table.name for model in ALL for table in model.tables if table.rows is not None]
    assert len(said["checked"]) > len(tables) + 40
    assert all(any(f"every row of {table} " in check for check in said["checked"]) for table in tables)
    assert "The books hold" in demo.tutti("doctor", "--books")


def test_after_one_row_of_every_view_is_altered_each_is_named_with_its_key(own_demo: Ledger) -> None:
    own_demo.tutti("replay")
    altered = alter_one_row_of_each_table(own_demo)
    # This small demo leaves some views empty; every table is altered on its own in tests/projections.
    assert {view for view, _, _ in altered} >= OF_MONEY
    ran = own_demo.run("doctor", "--books", "--json")
    said = json.loads(ran.stdout)
    assert (ran.exit_code, said["clean"]) == (1, False)
    for view, table, key in altered:
        (one,) = [
            each
            for each in said["findings"]
            if each["table"] == table and "what the log says" in each["check"]
        ]
        assert (one["view"], one["key"]) == (view, key)
        assert one["expected"] != one["found"]
    assert {each["table"] for each in said["findings"]} == {table for _, table, _ in altered}
    told = own_demo.run("doctor", "--books")
    assert told.exit_code == 1
    assert "tutti rebuild" in told.stderr
    own_demo.tutti("rebuild")
    assert own_demo.json("doctor", "--books")["clean"]


def alter_one_row_of_each_table(ledger: Ledger) -> list[tuple[str, str, dict[str, Any]]]:
    """Alter one value in each table that has a row; return view, table and key of each."""
    altered = []
    with psycopg.connect(ledger.settings.database_url or "") as connection, connection.cursor() as cursor:
        schemas.enter(cursor, schemas.live("default"))
        cursor.execute(NO_TRIGGERS)
        for model in ALL:
            for table in model.tables:
                if table.rows is None or not cursor.execute(table.rows).fetchone():
                    continue
                lift_the_checks(cursor, table)
                place, key = a_row(cursor, table)
                name, kind = next(
                    (name, kind) for name, kind, is_key in columns_of(cursor, table) if not is_key
                )
                value = ANOTHER[kind].format(column=name)
                do(cursor, ALTER, table=table.name, column=name, value=value, place=place)
                altered.append((model.name, table.name, key))
    return altered


def test_a_read_model_that_is_stopped_or_behind_is_named_with_the_next_step(own_demo: Ledger) -> None:
    own_demo.alter("UPDATE tutti_default_read.read_model SET failure = 'ill' WHERE name = 'journal'")
    own_demo.alter(
        "UPDATE tutti_default_read.read_model SET position = position - 1 WHERE name = 'outgoings'"
    )
    ran = own_demo.run("doctor")
    assert ran.exit_code == 1
    line = lines(own_demo)["read models"]
    assert "journal stopped" in line["finding"]
    assert "outgoings is 1 facts behind" in line["finding"]
    assert "tutti rebuild" in line["next_step"]


def test_a_document_that_is_gone_or_altered_is_named_by_its_hash(own_demo: Ledger) -> None:
    first, second, *_ = sorted((own_demo.settings.data_dir / "documents").rglob("*-*"))
    first.unlink()
    second.write_bytes(second.read_bytes()[:-1] + b"?")
    line = lines(own_demo)["documents"]
    assert not line["well"]
    assert "no-such-document" in line["finding"]
    assert "document-damaged" in line["finding"]
    assert "backup" in line["next_step"]


def test_evidence_that_was_never_handed_in_is_named_until_it_is(own_demo: Ledger, tmp_path: Path) -> None:
    evidence = tmp_path / "policy.txt"
    evidence.write_bytes(b"an insurance policy (fictional)")
    named = sha256(evidence.read_bytes()).hexdigest()
    with own_demo.workshop() as workshop:
        workshop.desk.perform(
            Caller("test", "test"),
            operation="manual-entry.post",
            key="1",
            body=b"",
            effective_on=date(2026, 4, 1),
            run=lambda books, stamp: post_entry(
                books,
                stamp,
                entry_id=uuid4(),
                entity_id=entity_id_of("COOP"),
                day=date(2026, 4, 1),
                lines=(ManualLine("490", 100, 0), ManualLine("613", 0, 100)),
                reason="insurance of next year",
                evidence_sha256=named,
            ),
        )
    assert f"no-such-document {named}" in lines(own_demo)["documents"]["finding"]
    own_demo.tutti("document", "keep", str(evidence), "--entity", "COOP")
    assert lines(own_demo)["documents"]["well"]


def test_keys_and_database_that_are_not_well_end_the_check_up_there(own_demo: Ledger) -> None:
    (own_demo.settings.keys_dir / "kek").unlink()
    found = lines(own_demo)
    assert list(found) == ["keys"]
    assert found["keys"]["next_step"]
    assert own_demo.run("doctor").exit_code == 1
