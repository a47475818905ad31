"""What is written can be read for ever, and nothing else can be read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Annotated, Any
from uuid import UUID, uuid4

import pytest
from eventsourcing.domain import Aggregate
from hypothesis import given
from hypothesis import strategies as st

from domain.facts import Ledgered
from domain.personal import Personal, Retention
from eventstore.codec import Codec, Encoded
from eventstore.errors import EventTooLarge, UnknownTopic, UnreadableState, UnwritableEvent
from eventstore.keystore import MemorySubjectKeys
from eventstore.leaves import leaf_hash
from eventstore.registry import Registry
from eventstore.sealing import Sealer
from eventstore.shapes import shape_of
from tests.eventstore.facts_for_tests import AT, STREAM, Colour, Letter, Parcel, Part, Weight, packed, stamp

CODEC = Codec(Registry(Parcel, Letter), Sealer(MemorySubjectKeys()))
PACKED: Any = packed().pending_events[0]
CLEAR = (
    b'{"timestamp":"2026-03-01T12:30:15.250000Z","effective_on":"2026-02-28","actor":"staff-7",'
    b'"on_behalf_of":null,"command_id":"c0000000-0000-4000-8000-000000000001","operation":"parcel.pack",'
    b'"body_mac":"abababababababababababababababababababababababababababababababab","number":"P-1",'
    b'"insured_c":120000,"fragile":true,"due_on":"2026-04-01","opens_at":"2026-03-01T12:30:15.250000Z",'
    b'"colour":"blue","parts":[{"colour":"red","price_c":100,"weight":{"grams":5}},'
    b'{"colour":"blue","price_c":200,"weight":null}],"remark":null}'
)


def read(state: bytes, topic: str = "test-parcel.packed.v1") -> Any:
    return CODEC.decode(STREAM, 1, topic, state)


def reread(stored: Encoded) -> Any:
    return CODEC.decode(stored.originator_id, stored.originator_version, stored.topic, stored.state)


def altered(**facts: object) -> Any:
    """The event with other values, unchecked, as a careless caller could make it."""
    event = object.__new__(Parcel.Packed)
    object.__setattr__(event, "__dict__", vars(PACKED) | facts)
    return event


def test_state_is_readable_json_in_the_order_of_the_class() -> None:
    stored = CODEC.encode(PACKED)
    assert stored.state == CLEAR
    assert (stored.originator_id, stored.originator_version) == (STREAM, 1)
    assert stored.topic == "test-parcel.packed.v1"
    assert stored.leaf_hash == leaf_hash(STREAM, 1, b"test-parcel.packed.v1", CLEAR)


def test_a_stored_event_is_read_back_equal_with_its_types() -> None:
    found = reread(CODEC.encode(PACKED))
    assert found == PACKED
    assert vars(found) == vars(PACKED)
    assert {name: type(value) for name, value in vars(found).items()} == {
        name: type(value) for name, value in vars(PACKED).items()
    }
    assert type(found.parts[0].weight) is Weight


def test_a_stream_read_back_makes_the_same_aggregate() -> None:
    parcel = packed()
    parcel.note(Parcel.HandedOver, stamp(), pieces=2)
    found: Parcel | None = None
    for event in parcel.collect_events():
        found = reread(CODEC.encode(event)).mutate(found)
    assert found is not None
    assert (found.id, found.version, found.parts, found.handed_over) == (STREAM, 2, parcel.parts, 2)


def test_an_instant_with_another_offset_stays_the_same_instant() -> None:
    brussels = datetime(2026, 7, 1, 9, tzinfo=timezone(timedelta(hours=2)))
    event = replace(PACKED, opens_at=brussels)
    assert reread(CODEC.encode(event)) == event


@given(
    number=st.text(),
    insured_c=st.integers(min_value=-(2**63), max_value=2**63 - 1),
    due_on=st.dates(),
    opens_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    parts=st.lists(
        st.builds(
            Part,
            colour=st.sampled_from(Colour),
            price_c=st.integers(),
            weight=st.none() | st.builds(Weight, grams=st.integers()),
        ),
        max_size=3,
    ).map(tuple),
    remark=st.none() | st.text(),
)
def test_whatever_is_written_is_read_back_equal(**facts: Any) -> None:
    event = replace(PACKED, **facts)
    assert reread(CODEC.encode(event)) == event


@pytest.mark.parametrize(
    "wrong",
    [
        {"insured_c": True},
        {"insured_c": 1.0},
        {"insured_c": "1"},
        {"fragile": 1},
        {"number": 1},
        {"number": None},
        {"number": b"P-1"},
        {"number": "\ud800"},
        {"remark": 3},
        {"due_on": datetime(2026, 4, 1, tzinfo=UTC)},
        {"due_on": "2026-04-01"},
        {"timestamp": datetime(2026, 3, 1)},  # noqa: DTZ001 - a time without offset is the point
        {"opens_at": datetime(2026, 3, 1)},  # noqa: DTZ001 - as above
        {"command_id": "c0000000-0000-4000-8000-000000000001"},
        {"colour": "blue"},
        {"parts": [Part(Colour.RED, 1)]},
        {"parts": ({"colour": "red", "price_c": 1, "weight": None},)},
        {"parts": (Part("red", 1),)},  # type: ignore[arg-type]
        {"parts": (Part(Colour.RED, True),)},
        {"parts": (Part(Colour.RED, 1, Weight("5")),)},  # type: ignore[arg-type]
    ],
    ids=repr,
)
def test_a_value_of_another_type_is_refused_before_it_is_written(wrong: Mapping[str, object]) -> None:
    with pytest.raises(UnwritableEvent) as refused:
        CODEC.encode(altered(**wrong))
    assert refused.value.facts["topic"] == "test-parcel.packed.v1"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"number":"P-1",', b""),
        (b'"number":"P-1"', b'"number":"P-1","extra":1'),
        (b'"number":"P-1"', b'"number":"P-1","originator_topic":"os:system"'),
        (b'"number":"P-1"', b'"number":"P-1","originator_id":"7f3f2c6a-1b0e-4d0c-9a55-1f1e2d3c4b5a"'),
        (b'"number":"P-1"', b'"number":{"_type_":"uuid_hex","_data_":"os:system"}'),
        (b'"number":"P-1"', b'"number":"P-1","sealed":{}'),
        (b'"number":"P-1"', b'"number":1'),
        (b'"insured_c":120000', b'"insured_c":"120000"'),
        (b'"insured_c":120000', b'"insured_c":120000.0'),
        (b'"insured_c":120000', b'"insured_c":true'),
        (b'"insured_c":120000', b'"insured_c":NaN'),
        (b'"fragile":true', b'"fragile":1'),
        (b'"due_on":"2026-04-01"', b'"due_on":1775001600'),
        (b'"due_on":"2026-04-01"', b'"due_on":"2026-04-01T00:00:00"'),
        (b'"timestamp":"2026-03-01T12:30:15.250000Z"', b'"timestamp":1772368215'),
        (b'"timestamp":"2026-03-01T12:30:15.250000Z"', b'"timestamp":"2026-03-01T12:30:15.250000"'),
        (b'"colour":"blue","parts"', b'"colour":"green","parts"'),
        (b'"price_c":100', b'"price_c":"100"'),
        (b'"price_c":100', b'"price_c":100,"extra":1'),
        (b'{"grams":5}', b'{"grams":5,"extra":1}'),
        (b'{"grams":5}', b"{}"),
        # Read by pydantic alone, the last of two would win.
        (b'"insured_c":120000', b'"insured_c":1,"insured_c":120000'),
        (b'"insured_c":120000', b'"insured_c":120000,"insured_c":120000'),
        (b'"insured_c":120000', b'"insured\\u005fc":1,"insured_c":120000'),
        (b'"price_c":100', b'"price_c":1,"price_c":100'),
        (b'{"grams":5}', b'{"grams":4,"grams":5}'),
        (b'"remark":null}', b'"remark":null'),
        (b'"remark":null}', b'"remark":null}{}'),
        (b'"number":"P-1"', b'"number":"\xff"'),
    ],
)
def test_a_state_this_ledger_does_not_write_is_refused_with_its_place(old: bytes, new: bytes) -> None:
    assert CLEAR.count(old) == 1
    with pytest.raises(UnreadableState) as refused:
        read(CLEAR.replace(old, new))
    facts = refused.value.facts
    assert (facts["topic"], facts["stream"], facts["version"]) == ("test-parcel.packed.v1", STREAM, 1)


@pytest.mark.parametrize("state", [b"", b"null", b"[]", b"{}", b"[" * 20_000])
def test_bytes_that_are_no_event_are_refused(state: bytes) -> None:
    with pytest.raises(UnreadableState):
        read(state)


def test_the_reason_never_repeats_what_was_stored() -> None:
    with pytest.raises(UnreadableState) as refused:
        read(CLEAR.replace(b'"insured_c":120000', b'"insured_c":"secret"'))
    assert refused.value.facts["reason"] == "insured_c: int_type"
    assert "secret" not in str(refused.value)
    assert refused.value.__suppress_context__


def test_another_spacing_is_the_same_fact() -> None:
    spaced = json.dumps(json.loads(CLEAR), indent=1, sort_keys=True).encode()
    assert read(spaced) == PACKED


def test_an_unknown_topic_is_refused_with_its_place() -> None:
    with pytest.raises(UnknownTopic) as refused:
        read(CLEAR, "os:system")
    assert refused.value.facts == {"topic": "os:system", "stream": STREAM, "version": 1}


def test_an_event_that_is_not_in_the_registry_is_not_written() -> None:
    only_letters = Codec(Registry(Letter), Sealer(MemorySubjectKeys()))
    with pytest.raises(UnknownTopic, match=r"test-parcel\.packed\.v1"):
        only_letters.encode(PACKED)


def test_the_largest_state_is_60_000_bytes() -> None:
    room = 60_000 - len(CLEAR)
    fits = CODEC.encode(replace(PACKED, number="P-1" + "x" * room))
    assert len(fits.state) == 60_000
    with pytest.raises(EventTooLarge) as refused:
        CODEC.encode(replace(PACKED, number="P-1" + "x" * (room + 1)))
    assert refused.value.facts == {"topic": "test-parcel.packed.v1", "bytes": 60_001}


def test_the_schema_of_a_topic_describes_every_stored_field_and_forbids_others() -> None:
    schema = CODEC.json_schema("test-parcel.packed.v1")
    stored = json.loads(CODEC.encode(PACKED).state)
    assert set(schema["properties"]) == set(schema["required"]) == set(stored)
    assert schema["additionalProperties"] is False
    assert schema["$defs"]["Part"]["additionalProperties"] is False
    assert schema["description"] == "A parcel was packed."
    with pytest.raises(UnknownTopic):
        CODEC.json_schema("os:system")


@dataclass
class Thawed:
    number: int


@dataclass(frozen=True)
class Named:
    name: Annotated[str, Personal(Retention.CONTACT, "person_id")]


@pytest.mark.parametrize(
    ("hint", "why"),
    [
        (float, "not a type"),
        (list[str], "not a type"),
        (dict[str, str], "not a type"),
        (Any, "not a type"),
        (tuple[list[int], ...], "not a type"),
        (int | str, "either of two types"),
        (UUID | str | None, "either of two types"),
        (Thawed, "not frozen"),
        (tuple[Named, ...], "only a field of the event itself"),
        (Annotated[int, Personal(Retention.CONTACT, "person_id")], "only text"),
        (Annotated[str, Personal(Retention.CONTACT, "nobody")], "not the id of a person"),
        (Annotated[str, Personal(Retention.CONTACT, "actor")], "not the id of a person"),
        (Annotated[str, Personal(Retention.CONTACT, "extra")], "not the id of a person"),
    ],
)
def test_a_field_that_could_not_be_kept_stops_the_program_at_its_start(hint: Any, why: str) -> None:
    name = f"test-kept-{uuid4()}"
    event = type(
        "Said",
        (Ledgered.Event,),
        {"TOPIC": name, "__annotations__": {"person_id": UUID, "extra": hint}, "__module__": __name__},
    )
    with pytest.raises(TypeError, match=why):
        shape_of(event)


def test_no_field_can_be_called_sealed() -> None:
    event = type(
        "Said",
        (Ledgered.Event,),
        {"TOPIC": f"test-kept-{uuid4()}", "__annotations__": {"sealed": str}, "__module__": __name__},
    )
    with pytest.raises(TypeError, match="no field can be called sealed"):
        shape_of(event)


def test_the_test_facts_use_every_kind_of_field() -> None:
    kinds = {type(getattr(PACKED, field.name)) for field in fields(PACKED)}
    assert {str, int, bool, date, datetime, UUID, Colour, tuple, type(None)} <= kinds
    assert issubclass(Parcel.Packed, Aggregate.Created)
    assert PACKED.timestamp == AT


def test_a_fact_from_before_a_field_was_added_says_its_default_and_keeps_its_bytes() -> None:
    stored = CODEC.encode(PACKED)
    before = stored.state.replace(b',"remark":null', b"")

    class Older(Ledgered):
        """The parcel of today, whose remark came later."""

        TOPIC = "test-older"

        class Event(Ledgered.Event):
            """What happens to it."""

        class Packed(Event, Ledgered.Created):
            """It was packed."""

            TOPIC = "test-older.packed.v1"
            number: str
            remark: str | None = "none was made"
            weight: Weight = Weight(7)

        Created = Packed

    codec = Codec(Registry(Older), Sealer(MemorySubjectKeys()))
    event: Any = Older.begin(stamp(), id=STREAM, number="P-1").pending_events[0]
    written = codec.encode(event)
    assert json.loads(written.state) | {"remark": "none was made", "weight": {"grams": 7}} == json.loads(
        written.state
    )
    told = {name: value for name, value in json.loads(written.state).items() if name != "remark"}
    for old in (told, {name: value for name, value in told.items() if name != "weight"}):
        assert codec.decode(STREAM, 1, "test-older.packed.v1", json.dumps(old).encode()) == event
    with pytest.raises(UnreadableState):
        codec.decode(STREAM, 1, "test-older.packed.v1", json.dumps(told | {"colour": "red"}).encode())
    with pytest.raises(UnreadableState):
        read(before)
