"""Keys are made once, kept apart, and destroyed for good."""

from __future__ import annotations

import hmac
import stat
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from subprocess import PIPE, Popen
from uuid import UUID

import pytest

from domain.personal import Retention
from eventstore.errors import (
    KeyDestroyed,
    KeyDoesNotFit,
    KeyFileUnsafe,
    KeysMissing,
    KeysUnavailable,
)
from eventstore.keyring import Keyring
from eventstore.keystore import MemorySubjectKeys, SqliteSubjectKeys, SubjectKeys
from tests.eventstore.facts_for_tests import AT, PERSON

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


def test_a_destroyed_key_whose_journal_is_being_read_is_no_success(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eventstore.keystore.PATIENCE_S", 0.05)
    keys, reader = SqliteSubjectKeys(file, KEK), SqliteSubjectKeys(file, KEK)
    keys.key_for(PERSON, Retention.CONTACT)
    reader._file.execute("BEGIN")
    reader._file.execute("SELECT * FROM subject_key").fetchall()
    with pytest.raises(KeysUnavailable):
        keys.destroy(PERSON, Retention.CONTACT, AT)
    reader.close()
    keys.destroy(PERSON, Retention.CONTACT, AT)
    assert keys.find(PERSON, Retention.CONTACT) is None
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


def test_a_request_hash_is_an_hmac_with_sha256_of_the_named_body(tmp_path: Path) -> None:
    ring = Keyring.from_directory(tmp_path)
    said = b"\x00\x0dinvoice.issue{}"
    assert ring.body_mac("invoice.issue", b"{}") == hmac.digest(ring.mac_key, said, "sha256")


def test_a_keyring_never_shows_its_secrets(tmp_path: Path) -> None:
    ring = Keyring.from_directory(tmp_path)
    assert "mac_key" not in repr(ring)
    assert "kek" not in repr(ring)
    assert ring.key_id("ledger.example.coop/audit/1") != ring.key_id("ledger.example.coop/audit/2")
    assert len(ring.key_id("ledger.example.coop/audit/1")) == 4
