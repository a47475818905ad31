"""Personal fields can be read while their subject's key lives, and never again after."""

from __future__ import annotations

import json
import stat
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any
from uuid import UUID

import pytest

from domain.personal import ERASED, Retention
from eventstore.codec import Codec, Encoded
from eventstore.errors import (
    KeyDestroyed,
    KeyDoesNotFit,
    KeyFileUnsafe,
    KeysMissing,
    KeysUnavailable,
    UnreadableState,
    UnwritableEvent,
)
from eventstore.keyring import Keyring
from eventstore.keystore import MemorySubjectKeys, SqliteSubjectKeys, SubjectKeys
from eventstore.registry import Registry
from eventstore.sealing import Place, SealBroken, Sealer
from tests.eventstore.facts_for_tests import AT, PERSON, STREAM, Letter, Parcel, addressed, packed, stamp

REGISTRY = Registry(Parcel, Letter)
KEK = bytes(range(32))
OTHER = UUID("11111111-1111-4111-8111-111111111111")


@pytest.fixture(params=["memory", "sqlite"])
def keys(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SubjectKeys]:
    if request.param == "memory":
        yield MemorySubjectKeys()
        return
    kept = SqliteSubjectKeys(tmp_path / "keys" / "subjects.sqlite3", KEK)
    yield kept
    kept.close()


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


# Every key store keeps these promises.


def test_a_key_is_made_once_and_found_again(keys: SubjectKeys) -> None:
    assert keys.find(PERSON, Retention.CONTACT) is None
    key = keys.key_for(PERSON, Retention.CONTACT)
    assert len(key) == 32
    assert keys.key_for(PERSON, Retention.CONTACT) == keys.find(PERSON, Retention.CONTACT) == key


def test_every_subject_and_retention_class_has_a_key_of_its_own(keys: SubjectKeys) -> None:
    made = {keys.key_for(subject, retention) for subject in (PERSON, OTHER) for retention in Retention}
    assert len(made) == 2 * len(Retention)


def test_a_destroyed_key_is_gone_and_never_made_again(keys: SubjectKeys) -> None:
    keys.key_for(PERSON, Retention.CONTACT)
    kept = keys.key_for(PERSON, Retention.ACCOUNTING)
    keys.destroy(PERSON, Retention.CONTACT, AT)
    keys.destroy(PERSON, Retention.CONTACT, AT)
    assert keys.find(PERSON, Retention.CONTACT) is None
    with pytest.raises(KeyDestroyed):
        keys.key_for(PERSON, Retention.CONTACT)
    assert keys.find(PERSON, Retention.ACCOUNTING) == kept


def test_a_key_destroyed_before_it_was_made_is_never_made(keys: SubjectKeys) -> None:
    keys.destroy(PERSON, Retention.CONTACT, AT)
    with pytest.raises(KeyDestroyed):
        keys.key_for(PERSON, Retention.CONTACT)


def test_threads_asking_at_once_get_one_key(keys: SubjectKeys) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: keys.key_for(PERSON, Retention.CONTACT), range(64)))
    assert len(set(made)) == 1


# A sealed event.


def test_sealed_fields_are_absent_from_the_open_part_and_read_back_equal(codec: Codec) -> None:
    event = an_address()
    stored = codec.encode(event)
    said = json.loads(stored.state)
    assert set(said["sealed"]) == {"accounting:person_id", "contact:person_id"}
    assert said["price_c"] == 1_250
    assert not {"name", "lines", "email"} & set(said)
    for personal in ("Zo", "Rue Haute", "example.coop"):
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


# The file of subject keys.


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "subjects.sqlite3"


def test_a_key_survives_its_process(file: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from uuid import UUID; from domain.personal import Retention\n"
        "from eventstore.keystore import SqliteSubjectKeys\n"
        "keys = SqliteSubjectKeys(Path(sys.argv[1]), bytes(range(32)))\n"
        f"print(keys.key_for(UUID({str(PERSON)!r}), Retention.CONTACT).hex(), flush=True)\n"
        "import os; os._exit(1)\n"
    )
    started = [Popen([sys.executable, "-c", code, str(file)], stdout=PIPE, text=True) for _ in range(3)]
    made = {process.communicate()[0].strip() for process in started}
    keys = SqliteSubjectKeys(file, KEK)
    assert made == {keys.key_for(PERSON, Retention.CONTACT).hex()}
    keys.close()


def test_a_key_destroyed_elsewhere_seals_nothing_more_at_once_and_opens_nothing_within_a_second(
    file: Path,
) -> None:
    seconds = [0.0]
    here = SqliteSubjectKeys(file, KEK, clock=lambda: seconds[0])
    there = SqliteSubjectKeys(file, KEK)
    key = here.key_for(PERSON, Retention.CONTACT)
    assert there.find(PERSON, Retention.CONTACT) == key
    there.destroy(PERSON, Retention.CONTACT, AT)
    seconds[0] = 1.0
    assert here.find(PERSON, Retention.CONTACT) is None
    here.key_for(OTHER, Retention.CONTACT)
    there.destroy(OTHER, Retention.CONTACT, AT)
    with pytest.raises(KeyDestroyed):
        here.key_for(OTHER, Retention.CONTACT)
    here.close()
    there.close()


def test_neither_the_file_nor_its_journal_holds_a_key_in_clear_or_a_destroyed_one(file: Path) -> None:
    keys = SqliteSubjectKeys(file, KEK)
    key = keys.key_for(PERSON, Retention.CONTACT)
    wrapped = keys._file.execute("SELECT wrapped FROM subject_key").fetchone()[0]
    for number in range(200):
        keys.key_for(UUID(int=number), Retention.CONTACT)
    keys._file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def on_disk() -> bytes:
        return b"".join(part.read_bytes() for part in sorted(file.parent.iterdir()))

    assert wrapped in on_disk()
    assert key not in on_disk()
    keys.destroy(PERSON, Retention.CONTACT, AT)
    assert wrapped not in on_disk()
    kept = keys._file.execute("SELECT destroyed_at FROM subject_key WHERE wrapped IS NULL").fetchone()[0]
    assert datetime.fromisoformat(kept) == AT
    keys.close()


def test_only_the_owner_can_read_the_file_and_its_journal(file: Path) -> None:
    keys = SqliteSubjectKeys(file, KEK)
    keys.key_for(PERSON, Retention.CONTACT)
    assert {stat.S_IMODE(part.stat().st_mode) for part in file.parent.iterdir()} == {0o600}
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert {part.name.removeprefix(file.name) for part in file.parent.iterdir()} == {"", "-wal", "-shm"}
    keys.close()


def test_a_file_that_others_can_read_is_refused(file: Path) -> None:
    SqliteSubjectKeys(file, KEK).close()
    file.chmod(0o640)
    with pytest.raises(KeyFileUnsafe):
        SqliteSubjectKeys(file, KEK)


def test_another_kek_is_refused_by_name_instead_of_reading_erased(file: Path) -> None:
    keys = SqliteSubjectKeys(file, KEK)
    keys.key_for(PERSON, Retention.CONTACT)
    keys.close()
    with pytest.raises(KeyDoesNotFit):
        SqliteSubjectKeys(file, bytes(32))


def test_a_file_that_is_no_key_store_is_refused_by_name(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"not a database at all, but long enough to look like one" * 20)
    file.chmod(0o600)
    with pytest.raises(KeysUnavailable):
        SqliteSubjectKeys(file, KEK)


# The process's own secrets.


def test_a_keyring_is_made_once_and_read_again(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: Keyring.from_directory(tmp_path / "keys"), range(8)))
    again = Keyring.from_directory(tmp_path / "keys")
    assert {(ring.recorder_public, ring.mac_key, ring.kek) for ring in made} == {
        (again.recorder_public, again.mac_key, again.kek)
    }
    files = {part.name: stat.S_IMODE(part.stat().st_mode) for part in (tmp_path / "keys").iterdir()}
    assert files == {"recorder.ed25519": 0o600, "command.mac": 0o600, "kek": 0o600}
    assert len({again.mac_key, again.kek, again.recorder.private_bytes_raw()}) == 3


def test_a_key_file_that_is_too_short_or_open_to_others_is_refused(tmp_path: Path) -> None:
    Keyring.from_directory(tmp_path)
    (tmp_path / "kek").write_bytes(b"short")
    with pytest.raises(KeyFileUnsafe, match="kek"):
        Keyring.from_directory(tmp_path)
    (tmp_path / "kek").write_bytes(bytes(32))
    (tmp_path / "command.mac").chmod(0o644)
    with pytest.raises(KeyFileUnsafe, match=r"command\.mac"):
        Keyring.from_directory(tmp_path)


def test_a_key_file_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(bytes(32))
    (tmp_path / "elsewhere").chmod(0o600)
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "recorder.ed25519").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(KeyFileUnsafe):
        Keyring.from_directory(tmp_path / "keys")


def test_a_lost_kek_is_never_replaced_beside_subject_keys(tmp_path: Path) -> None:
    ring = Keyring.from_directory(tmp_path)
    SqliteSubjectKeys(tmp_path / "subjects.sqlite3", ring.kek).close()
    (tmp_path / "kek").unlink()
    with pytest.raises(KeysMissing):
        Keyring.from_directory(tmp_path)
    assert not (tmp_path / "kek").exists()


def test_a_crash_while_making_a_key_leaves_no_half_key(tmp_path: Path) -> None:
    def crashes(_count: int) -> bytes:
        raise OSError("no entropy today")

    with pytest.raises(OSError, match="no entropy"):
        Keyring.from_directory(tmp_path, entropy=crashes)
    assert list(tmp_path.iterdir()) == []


def test_a_request_hash_tells_operations_and_bodies_apart_and_needs_the_key(tmp_path: Path) -> None:
    ring, other = Keyring.from_directory(tmp_path / "a"), Keyring.from_directory(tmp_path / "b")
    assert ring.body_mac("invoice.issue", b"{}") == ring.body_mac("invoice.issue", b"{}")
    macs = {
        ring.body_mac("invoice.issue", b"{}"),
        ring.body_mac("invoice.issue", b"{ }"),
        ring.body_mac("invoice.issu", b"e{}"),
        other.body_mac("invoice.issue", b"{}"),
    }
    assert {len(mac) for mac in macs} == {32}
    assert len(macs) == 4


def test_a_keyring_never_shows_its_secrets(tmp_path: Path) -> None:
    ring = Keyring.from_directory(tmp_path)
    assert "mac_key" not in repr(ring)
    assert "kek" not in repr(ring)
    assert ring.key_id("ledger.example.coop/audit/1") != ring.key_id("ledger.example.coop/audit/2")
    assert len(ring.key_id("ledger.example.coop/audit/1")) == 4
