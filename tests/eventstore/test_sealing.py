"""Personal fields can be read while their subject's key lives, and never again after."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from domain.personal import ERASED, Retention
from eventstore.codec import Codec, Encoded
from eventstore.errors import (
    KeyDestroyed,
    UnreadableState,
    UnwritableEvent,
)
from eventstore.keystore import MemorySubjectKeys, SubjectKeys
from eventstore.registry import Registry
from eventstore.sealing import Place, SealBroken, Sealer
from tests.eventstore.facts_for_tests import AT, PERSON, STREAM, Letter, Parcel, addressed, packed, stamp

REGISTRY = Registry(Parcel, Letter)
OTHER = UUID("11111111-1111-4111-8111-111111111111")


@pytest.fixture
def keys() -> MemorySubjectKeys:
    return MemorySubjectKeys()


@pytest.fixture
def codec(keys: SubjectKeys) -> Codec:
    return Codec(REGISTRY, Sealer(keys))


def an_address(**facts: Any) -> Any:
    parcel = packed()
    addressed(parcel, **facts)
    return parcel.pending_events[-1]


def reread(codec: Codec, stored: Encoded, **other: Any) -> Any:
    place: dict[str, Any] = {
        "originator_id": stored.originator_id,
        "originator_version": stored.originator_version,
        "topic": stored.topic,
        "state": stored.state,
    }
    return codec.decode(**(place | other))


def test_sealed_fields_are_absent_from_the_open_part_and_read_back_equal(codec: Codec) -> None:
    event = an_address()
    stored = codec.encode(event)
    said = json.loads(stored.state)
    assert set(said["sealed"]) == {"accounting:person_id", "contact:person_id"}
    assert said["price_c"] == 1_250
    assert not {"name", "lines", "email"} & set(said)
    for personal in ("Zoë", r"Zo\u00eb", "Rue Haute", "example.coop"):
        assert personal.encode() not in stored.state
    found = reread(codec, stored)
    assert found == event
    assert vars(found) == vars(event)


def test_a_first_fact_can_be_sealed(codec: Codec) -> None:
    letter = Letter.begin(stamp(), id=STREAM, writer_id=PERSON, text="Dear all")
    found = reread(codec, codec.encode(letter.pending_events[0])).mutate(None)
    assert (found.id, found.text) == (STREAM, "Dear all")


def test_an_absent_value_is_sealed_like_any_other(codec: Codec) -> None:
    event = an_address(email=None)
    assert reread(codec, codec.encode(event)) == event


def test_the_same_words_are_never_sealed_to_the_same_bytes(codec: Codec) -> None:
    assert codec.encode(an_address()).state != codec.encode(an_address()).state


def test_after_erasure_the_class_reads_erased_and_all_else_stands(codec: Codec, keys: SubjectKeys) -> None:
    stored = codec.encode(an_address())
    keys.destroy(PERSON, Retention.ACCOUNTING, AT)
    found = reread(codec, stored)
    assert (found.name, found.lines) == (ERASED, (ERASED,))
    assert (found.email, found.price_c, found.person_id) == ("zoe@example.coop", 1_250, PERSON)
    keys.destroy(PERSON, Retention.CONTACT, AT)
    assert reread(codec, stored).email == ERASED


def test_without_any_key_the_fact_is_read_erased(codec: Codec) -> None:
    stored = codec.encode(an_address())
    found = reread(Codec(REGISTRY, Sealer(MemorySubjectKeys())), stored)
    assert (found.name, found.lines, found.email) == (ERASED, (ERASED,), ERASED)


def test_nothing_more_is_sealed_for_an_erased_person(codec: Codec, keys: SubjectKeys) -> None:
    keys.destroy(PERSON, Retention.CONTACT, AT)
    with pytest.raises(KeyDestroyed):
        codec.encode(an_address())


@pytest.mark.parametrize(
    "wrong", [{"name": 3}, {"lines": ["Rue Haute 1"]}, {"email": b"x"}, {"person_id": str(PERSON)}], ids=repr
)
def test_a_sealed_value_of_another_type_is_refused_before_it_is_written(
    codec: Codec, wrong: dict[str, object]
) -> None:
    event = an_address()
    object.__setattr__(event, "__dict__", vars(event) | wrong)
    with pytest.raises(UnwritableEvent):
        codec.encode(event)


def one_bit(seal: bytes) -> bytes:
    return seal[:-1] + bytes([seal[-1] ^ 1])


@pytest.mark.parametrize(
    "tamper", [one_bit, lambda seal: seal[:20], lambda _: b"", lambda seal: seal + b"\x00"]
)
def test_an_altered_seal_is_refused_by_name(codec: Codec, tamper: Callable[[bytes], bytes]) -> None:
    stored = codec.encode(an_address())
    said = json.loads(stored.state)
    seal = b64decode(said["sealed"]["contact:person_id"])
    said["sealed"]["contact:person_id"] = b64encode(tamper(seal)).decode()
    with pytest.raises(UnreadableState) as refused:
        reread(codec, stored, state=json.dumps(said).encode())
    assert refused.value.facts["reason"] == "sealed.contact:person_id: not sealed for this fact, or altered"


@pytest.mark.parametrize(
    "sealed",
    [
        {},
        {"contact:person_id": "AA=="},
        {"accounting:person_id": "AA==", "contact:person_id": "!!"},
        {"accounting:person_id": "AA==", "contact:person_id": "AA==", "governance:person_id": "AA=="},
        {"accounting:person_id": "AA==", "contact:person_id": 1},
    ],
)
def test_seals_that_are_missing_or_no_seals_are_refused(codec: Codec, sealed: dict[str, object]) -> None:
    stored = codec.encode(an_address())
    said = json.loads(stored.state) | {"sealed": sealed}
    with pytest.raises(UnreadableState):
        reread(codec, stored, state=json.dumps(said).encode())


def test_a_seal_moved_to_another_place_is_refused(codec: Codec, keys: SubjectKeys) -> None:
    stored = codec.encode(an_address())
    keys.key_for(OTHER, Retention.ACCOUNTING)
    said = json.loads(stored.state)
    swapped = {
        "accounting:person_id": said["sealed"]["contact:person_id"],
        "contact:person_id": said["sealed"]["accounting:person_id"],
    }
    moved: list[dict[str, Any]] = [
        {"originator_id": OTHER},
        {"originator_version": 3},
        {"state": json.dumps(said | {"sealed": swapped}).encode()},
        {"state": json.dumps(said | {"person_id": str(OTHER)}).encode()},
    ]
    for elsewhere in moved:
        with pytest.raises(UnreadableState):
            reread(codec, stored, **elsewhere)


def test_a_seal_is_bound_to_person_class_stream_and_version() -> None:
    place = Place(PERSON, Retention.CONTACT, STREAM, 258)
    assert place.bound() == (
        b"\x00\x05seal1"
        b"\x00\x10" + PERSON.bytes + b"\x00\x07contact"
        b"\x00\x10" + STREAM.bytes + b"\x00\x08\x00\x00\x00\x00\x00\x00\x01\x02"
    )


def test_a_seal_opens_in_its_own_place_only_even_if_keys_were_the_same() -> None:
    sealer = Sealer(MemorySubjectKeys(entropy=lambda count: b"\x07" * count))
    place = Place(PERSON, Retention.CONTACT, STREAM, 1)
    seal = sealer.seal(b"Zo", place)
    assert sealer.open(seal, place) == b"Zo"
    for elsewhere in (
        place._replace(subject=OTHER),
        place._replace(retention=Retention.ACCOUNTING),
        place._replace(originator_id=OTHER),
        place._replace(originator_version=2),
    ):
        assert sealer.seal(b"Zo", elsewhere) != seal
        with pytest.raises(SealBroken):
            sealer.open(seal, elsewhere)


def test_with_the_same_entropy_a_fact_has_the_same_bytes() -> None:
    def sealed_by_the_book() -> bytes:
        def entropy(count: int) -> bytes:
            return b"\x07" * count

        keys = MemorySubjectKeys(entropy=entropy)
        return Codec(REGISTRY, Sealer(keys, entropy=entropy)).encode(an_address()).state

    assert sealed_by_the_book() == sealed_by_the_book()
