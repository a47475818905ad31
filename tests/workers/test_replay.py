"""`tutti replay` says equal, names the read model that is not, and `tutti rebuild` mends it."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

from projections.catalogue import ALL
from projections.read_model import ReadModel
from tests.ledgers import Ledger
from tests.projections.tampering import A_COLUMN, ONE_ROW

CHANGED = "UPDATE {table} SET {change} WHERE ctid = (SELECT ctid FROM {table} LIMIT 1)"
BY_HAND = "SET session_replication_role = replica; SET search_path = tutti_default_read"


def ways_to_falsify(model: ReadModel) -> Iterator[str]:
    """Change a row of some table of a read model, or add one that nobody recorded."""
    for table in model.tables:
        if table.name in A_COLUMN:
            yield CHANGED.format(table=table.name, change=A_COLUMN[table.name])
    yield ONE_ROW[model.name][2]


def falsify(ledger: Ledger, model: ReadModel) -> bool:
    """Falsify a row of a read model, if the demo fills it."""
    with psycopg.connect(ledger.settings.database_url or "", autocommit=True) as connection:
        connection.execute(BY_HAND.encode())
        return any(connection.execute(way.encode()).rowcount for way in ways_to_falsify(model))


def test_after_the_demo_every_read_model_is_equal(demo: Ledger) -> None:
    answer = demo.json("replay")
    assert {model["name"] for model in answer["models"]} == {model.name for model in ALL}
    assert all(model["equal"] for model in answer["models"])
    assert answer["events_per_second"] > 0


def test_each_altered_read_model_is_named_alone_and_a_rebuild_makes_it_equal_again(own_demo: Ledger) -> None:
    own_demo.json("replay")
    falsified = [model for model in ALL if _named_and_mended(own_demo, model)]
    assert len(falsified) > 10
    assert own_demo.json("replay")["different"] == []


def _named_and_mended(own_demo: Ledger, model: ReadModel) -> bool:
    if not falsify(own_demo, model):
        return False
    replayed = own_demo.run("replay", "--json")
    assert replayed.exit_code == 1
    assert f'"different": [\n    "{model.name}"\n  ]' in replayed.stdout
    own_demo.tutti("rebuild")
    return True
