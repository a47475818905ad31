"""`tutti verify`: the log recomputed from its rows, by its holder or by an auditor with a key."""

from __future__ import annotations

import json

from tests.ledgers import Ledger

AS_SUPERUSER = (
    "SET session_replication_role = replica; ALTER TABLE tutti_default.event DISABLE TRIGGER refuse; "
)


def test_the_log_of_the_demo_holds_and_says_what_to_keep(demo: Ledger) -> None:
    first = demo.json("verify")
    assert first["holds"]
    again = demo.json(
        "verify", "--known", f"{first['size']}:{first['root']}", "--recorder", first["recorder"]
    )
    assert again == first


def test_an_owner_who_disables_the_triggers_and_edits_a_fact_is_found(own_demo: Ledger) -> None:
    edit = (
        "UPDATE tutti_default.event SET state = replace(state::text, '26', '27')::bytea WHERE position = 100"
    )
    own_demo.alter(AS_SUPERUSER + edit)
    found = own_demo.run("verify", "--json")
    assert found.exit_code == 1
    assert json.loads(found.stdout)["position"] == 100


def test_an_owner_who_moves_the_time_of_a_batch_is_found(own_demo: Ledger) -> None:
    edit = "UPDATE tutti_default.batch SET recorded_at = recorded_at + interval '1 microsecond' WHERE first_position = 1"
    own_demo.alter(AS_SUPERUSER.replace("event", "batch") + edit)
    found = own_demo.run("verify", "--json")
    assert found.exit_code == 1
    assert "time" in json.loads(found.stdout)["fault"]


def test_another_recorder_than_the_auditor_s_is_found(demo: Ledger) -> None:
    found = demo.run("verify", "--json", "--recorder", "ab" * 32)
    assert found.exit_code == 1
    assert json.loads(found.stdout)["fault"] == "the batch was not signed by the recorder"


def test_what_was_known_is_read_strictly(demo: Ledger) -> None:
    assert json.loads(demo.run("verify", "--json", "--known", "12").stdout)["code"] == "not-a-known-root"
    assert json.loads(demo.run("verify", "--json", "--recorder", "xyz").stdout)["code"] == "not-a-public-key"
