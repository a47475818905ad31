"""`tutti schema`: the form of every fact, from the same classes that write it."""

from __future__ import annotations

import json

import pytest

from tests.facts.golden import read
from tests.facts.samples import events
from tests.ledgers import Ledger

TOPICS = sorted(event.TOPIC for event in events())


@pytest.fixture(scope="module")
def schemas(demo: Ledger) -> dict[str, dict[str, object]]:
    return dict(demo.json("schema")["schemas"])


def test_there_is_one_for_every_kind_of_fact_and_it_says_what_happened(
    schemas: dict[str, dict[str, object]],
) -> None:
    assert sorted(schemas) == TOPICS
    assert all(str(each["description"]).strip() for each in schemas.values())


@pytest.mark.parametrize("topic", TOPICS)
def test_a_stored_fact_has_the_fields_of_its_schema_and_no_other(
    schemas: dict[str, dict[str, object]], topic: str
) -> None:
    state = json.loads(read(topic).state)
    properties, required = schemas[topic]["properties"], schemas[topic]["required"]
    assert isinstance(properties, dict)
    assert isinstance(required, list)
    assert set(required) <= set(state) <= set(properties)
    assert schemas[topic]["additionalProperties"] is False


def test_one_is_shown_by_its_topic_and_an_unknown_one_is_refused_by_name(demo: Ledger) -> None:
    shown = json.loads(demo.tutti("schema", "invoice.issued.v1"))
    assert shown == demo.json("schema", "invoice.issued.v1")
    assert "invoice_no" in shown["properties"]

    refused = demo.run("schema", "robot.hired.v1", "--json")
    assert refused.exit_code == 1
    assert json.loads(refused.stdout)["code"] == "unknown-topic"


def test_the_list_says_what_each_kind_means(demo: Ledger) -> None:
    listed = demo.tutti("schema")
    assert "membership.admitted.v1" in listed
