"""A fact from before a field was added to it is read for ever: the field says its default."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from pathlib import Path
from uuid import UUID

import pytest

from domain.catalogue import AGGREGATES
from eventstore.registry import Registry
from tests.facts.golden import HERE, codec

EARLIER = sorted((HERE / "earlier").glob("*.json"))


@pytest.mark.parametrize("path", EARLIER, ids=lambda path: str(path.stem))
def test_a_fact_stored_before_its_newest_fields_is_read_as_saying_their_defaults(path: Path) -> None:
    stored = json.loads(path.read_text(encoding="utf-8"))
    kind = Registry(*AGGREGATES).topics()[stored["topic"]]
    event = codec().decode(
        UUID(stored["originator_id"]),
        stored["originator_version"],
        stored["topic"],
        stored["state"].encode(),
    )
    told = json.loads(stored["state"])
    added = {each.name: each.default for each in fields(kind) if each.default is not MISSING}
    missing = {name: default for name, default in added.items() if name not in told}
    assert json.loads(codec().encode(event).state) != told, "it is of today's form"
    assert {name: getattr(event, name) for name in missing} == missing
