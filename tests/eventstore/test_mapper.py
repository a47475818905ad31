"""The library's readers work on our bytes, and no row can make them import anything."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.application import Repository
from eventsourcing.persistence import AggregateRecorder, EventStore, StoredEvent

from eventstore.codec import Codec
from eventstore.errors import UnknownTopic, Unreadable, UnreadableState
from eventstore.keystore import MemorySubjectKeys
from eventstore.mapper import ClosedMapper
from eventstore.registry import Registry
from eventstore.sealing import Sealer
from tests.eventstore.facts_for_tests import AT, STREAM, Letter, Parcel, addressed, packed, stamp

EVIL = "a_module_that_must_never_run"
TOPICS = [f"{EVIL}:Command", EVIL, "os:system", "eventsourcing.domain:Snapshot"]


class Rows(AggregateRecorder):
    """The rows of one stream, as anybody may have written them."""

    def __init__(self, rows: Sequence[StoredEvent]) -> None:
        self.rows = list(rows)

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        self.rows.extend(stored_events)
        return None

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        found = [row for row in self.rows if row.originator_version > (gt or 0)]
        return sorted(found, key=lambda row: row.originator_version, reverse=desc)[:limit]


@pytest.fixture
def mapper() -> ClosedMapper:
    return ClosedMapper(Codec(Registry(Parcel, Letter), Sealer(MemorySubjectKeys())))


@pytest.fixture
def rows(mapper: ClosedMapper) -> list[StoredEvent]:
    parcel = packed()
    addressed(parcel)
    parcel.note(Parcel.HandedOver, stamp(), pieces=2)
    return [mapper.to_stored_event(event) for event in parcel.collect_events()]


@pytest.fixture(autouse=True)
def evil_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A module that leaves a mark when it runs, where the library would find it."""
    mark = tmp_path / "it-ran"
    (tmp_path / f"{EVIL}.py").write_text(
        f"open({str(mark)!r}, 'w').close()\nclass Command:\n    pass\nclass Snapshot:\n    pass\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    yield mark
    assert EVIL not in sys.modules
    assert not mark.exists()


def reader(mapper: ClosedMapper, rows: Sequence[StoredEvent], **stores: Any) -> Repository[UUID]:
    return Repository(EventStore(mapper, Rows(rows)), **stores)


def test_the_library_reads_what_we_stored(mapper: ClosedMapper, rows: list[StoredEvent]) -> None:
    found: Parcel = reader(mapper, rows).get(STREAM)
    assert (found.id, found.version, found.handed_over) == (STREAM, 3, 2)
    assert [row.topic for row in rows] == [
        "test-parcel.packed.v1",
        "test-parcel.addressed.v1",
        "test-parcel.handed-over.v1",
    ]


def test_the_library_stores_what_we_store(mapper: ClosedMapper, rows: list[StoredEvent]) -> None:
    recorder = Rows([])
    parcel = packed()
    EventStore(mapper, recorder).put(parcel.collect_events())
    assert recorder.rows == rows[:1]


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("at", [0, 2])
def test_a_hostile_topic_of_an_event_is_refused_by_name(
    mapper: ClosedMapper, rows: list[StoredEvent], topic: str, at: int
) -> None:
    rows[at] = replace(rows[at], topic=topic)
    with pytest.raises(UnknownTopic) as refused:
        reader(mapper, rows).get(STREAM)
    assert refused.value.facts == {"topic": topic, "stream": STREAM, "version": at + 1}


@pytest.mark.parametrize(
    "planted",
    [
        {"originator_topic": f"{EVIL}:Command"},
        {"topic": f"{EVIL}:Command"},
        {"__event_topic__": f"{EVIL}:Command"},
        {"class_version": 2},
        {"number": {"_type_": f"{EVIL}:Command", "_data_": "x"}},
        {"_type_": f"{EVIL}:Command", "_data_": {}},
    ],
)
def test_a_hostile_topic_in_the_state_is_refused_by_name(
    mapper: ClosedMapper, rows: list[StoredEvent], planted: dict[str, object]
) -> None:
    state = json.dumps(json.loads(rows[0].state) | planted).encode()
    rows[0] = replace(rows[0], state=state)
    with pytest.raises(UnreadableState) as refused:
        reader(mapper, rows).get(STREAM)
    assert refused.value.facts["topic"] == "test-parcel.packed.v1"


def test_the_aggregate_of_a_first_fact_follows_from_its_topic(
    mapper: ClosedMapper, rows: list[StoredEvent]
) -> None:
    found: Any = mapper.to_domain_event(rows[0])
    assert found.originator_topic == "test-parcel"
    assert type(found.mutate(None)) is Parcel


@pytest.mark.parametrize("topic", ["eventsourcing.domain:Snapshot", f"{EVIL}:Snapshot"])
@pytest.mark.parametrize("of", [f"{EVIL}:Command", "test-parcel"])
def test_a_hostile_snapshot_is_refused_by_name(
    mapper: ClosedMapper, rows: list[StoredEvent], topic: str, of: str
) -> None:
    state = json.dumps({"timestamp": AT.isoformat(), "topic": of, "state": {}}).encode()
    snapshot = StoredEvent(STREAM, 2, topic, state)
    snapshots = EventStore(mapper, Rows([snapshot]))
    with pytest.raises(UnknownTopic) as refused:
        reader(mapper, rows, snapshot_store=snapshots).get(STREAM)
    assert refused.value.facts["topic"] == topic


def test_what_is_read_is_refused_as_unreadable_whatever_was_planted(mapper: ClosedMapper) -> None:
    with pytest.raises(Unreadable):
        mapper.to_domain_event(StoredEvent(str(STREAM), 1, "test-parcel.packed.v1", b"\x80\x04."))
