"""Documents are found by their hash, by whoever holds the key, and by nobody once it is destroyed."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest

from domain.personal import Retention
from eventstore.documents import MOST_BYTES, Documents
from eventstore.documents.envelope import NUMBER_OF, OVERHEAD_BYTES, EnvelopeBroken, whose
from eventstore.errors import (
    DocumentDamaged,
    DocumentErased,
    DocumentsUnavailable,
    DocumentTooLarge,
    KeyDestroyed,
    NoSuchDocument,
    NotADocumentName,
)
from eventstore.keystore import MemorySubjectKeys, SqliteSubjectKeys
from tests.eventstore.facts_for_tests import AT, PERSON

OTHER = UUID("11111111-1111-4111-8111-111111111111")
RECEIPT = b"Receipt: one train ticket, Zo\xc3\xab, 12.50 EUR"
SHA256 = sha256(RECEIPT).hexdigest()
BOOKS = Retention.ACCOUNTING


@pytest.fixture
def keys() -> MemorySubjectKeys:
    return MemorySubjectKeys()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "documents" / "default"


@pytest.fixture
def documents(folder: Path, keys: MemorySubjectKeys) -> Documents:
    return Documents(folder, keys, name_key=b"n" * 32)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_was_kept_is_found_by_the_hash_of_its_bytes(documents: Documents) -> None:
    assert documents.keep(RECEIPT, PERSON, BOOKS) == SHA256
    assert documents.find(SHA256) == documents.find(SHA256, PERSON) == RECEIPT


def test_an_empty_document_is_a_document(documents: Documents) -> None:
    assert documents.find(documents.keep(b"", PERSON, BOOKS)) == b""


def test_another_process_with_the_same_keys_finds_it_too(
    documents: Documents, folder: Path, keys: MemorySubjectKeys
) -> None:
    documents.keep(RECEIPT, PERSON, BOOKS)
    assert Documents(folder, keys, name_key=b"n" * 32).find(SHA256) == RECEIPT


def test_the_same_bytes_twice_are_one_document_of_a_subject(documents: Documents, folder: Path) -> None:
    documents.keep(RECEIPT, PERSON, BOOKS)
    (kept,) = files(folder)
    before = kept.read_bytes()
    documents.keep(RECEIPT, PERSON, BOOKS)
    assert files(folder) == [kept]
    assert kept.read_bytes() == before


def test_at_once_from_many_threads_it_is_still_one_document(documents: Documents, folder: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        said = list(threads.map(lambda _: documents.keep(RECEIPT, PERSON, BOOKS), range(40)))
    assert set(said) == {SHA256}
    assert len(files(folder)) == 1
    assert documents.find(SHA256) == RECEIPT


def test_each_subject_and_class_has_a_copy_of_its_own(documents: Documents, folder: Path) -> None:
    for subject in (PERSON, OTHER):
        for retention in Retention:
            documents.keep(RECEIPT, subject, retention)
    assert len(files(folder)) == 2 * len(Retention)
    assert documents.find(SHA256, OTHER) == RECEIPT


def test_neither_the_bytes_nor_their_hash_stand_on_the_disk(documents: Documents, folder: Path) -> None:
    documents.keep(RECEIPT, PERSON, BOOKS)
    (kept,) = files(folder)
    stored = kept.read_bytes()
    assert RECEIPT not in stored
    assert b"Receipt" not in stored
    assert sha256(RECEIPT).digest() not in stored
    assert SHA256 not in str(kept)
    assert len(stored) == len(RECEIPT) + OVERHEAD_BYTES


def test_a_name_tells_nothing_to_who_does_not_hold_the_key_of_names(
    documents: Documents, folder: Path, keys: MemorySubjectKeys
) -> None:
    documents.keep(RECEIPT, PERSON, BOOKS)
    with pytest.raises(NoSuchDocument):
        Documents(folder, keys, name_key=b"o" * 32).find(SHA256)


def test_files_and_folders_open_to_their_owner_only(documents: Documents, folder: Path) -> None:
    documents.keep(RECEIPT, PERSON, BOOKS)
    for path in [folder, *folder.rglob("*")]:
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path


@pytest.mark.parametrize("place", [0, 16, 20, 40, -1], ids=["magic", "class", "subject", "nonce", "seal"])
@pytest.mark.parametrize("subject", [None, PERSON])
def test_a_document_that_was_tampered_with_is_refused_by_its_name(
    documents: Documents, folder: Path, place: int, subject: UUID | None
) -> None:
    documents.keep(RECEIPT, PERSON, BOOKS)
    (kept,) = files(folder)
    stored = bytearray(kept.read_bytes())
    stored[place] ^= 1
    kept.write_bytes(stored)
    with pytest.raises(DocumentDamaged) as refused:
        documents.find(SHA256, subject)
    assert refused.value.facts == {"sha256": SHA256}


@pytest.mark.parametrize("left", [0, 10, OVERHEAD_BYTES - 1, OVERHEAD_BYTES, OVERHEAD_BYTES + 3])
def test_a_document_that_was_cut_short_is_refused(documents: Documents, folder: Path, left: int) -> None:
    documents.keep(RECEIPT, PERSON, BOOKS)
    (kept,) = files(folder)
    kept.write_bytes(kept.read_bytes()[:left])
    with pytest.raises(DocumentDamaged):
        documents.find(SHA256)


def test_a_document_put_in_the_place_of_another_is_refused(documents: Documents, folder: Path) -> None:
    documents.keep(b"another receipt", PERSON, BOOKS)
    (other,) = files(folder)
    documents.keep(RECEIPT, PERSON, BOOKS)
    (kept,) = set(files(folder)) - {other}
    kept.write_bytes(other.read_bytes())
    with pytest.raises(DocumentDamaged):
        documents.find(SHA256)


def test_a_damaged_copy_does_not_hide_a_whole_one(documents: Documents, folder: Path) -> None:
    documents.keep(RECEIPT, PERSON, BOOKS)
    (kept,) = files(folder)
    documents.keep(RECEIPT, OTHER, BOOKS)
    kept.write_bytes(b"")
    assert documents.find(SHA256) == RECEIPT
    with pytest.raises(DocumentDamaged):
        documents.find(SHA256, PERSON)


def test_keeping_it_again_heals_a_damaged_copy(documents: Documents, folder: Path) -> None:
    documents.keep(RECEIPT, PERSON, BOOKS)
    (kept,) = files(folder)
    kept.write_bytes(b"")
    documents.keep(RECEIPT, PERSON, BOOKS)
    assert documents.find(SHA256) == RECEIPT


def test_once_its_key_is_destroyed_a_document_is_erased_for_good(
    documents: Documents, keys: MemorySubjectKeys, folder: Path
) -> None:
    documents.keep(RECEIPT, PERSON, BOOKS)
    keys.destroy(PERSON, BOOKS, AT)
    for subject in (None, PERSON):
        with pytest.raises(DocumentErased):
            documents.find(SHA256, subject)
    with pytest.raises(KeyDestroyed):
        documents.keep(RECEIPT, PERSON, BOOKS)
    assert len(files(folder)) == 1


def test_erasing_one_subject_or_class_leaves_the_copies_of_the_others(
    documents: Documents, keys: MemorySubjectKeys
) -> None:
    documents.keep(RECEIPT, PERSON, BOOKS)
    documents.keep(RECEIPT, PERSON, Retention.CONTACT)
    keys.destroy(PERSON, BOOKS, AT)
    assert documents.find(SHA256) == documents.find(SHA256, PERSON) == RECEIPT
    documents.keep(RECEIPT, OTHER, BOOKS)
    keys.destroy(PERSON, Retention.CONTACT, AT)
    assert documents.find(SHA256) == RECEIPT
    with pytest.raises(DocumentErased):
        documents.find(SHA256, PERSON)


def test_what_was_never_kept_is_not_found(documents: Documents) -> None:
    documents.keep(RECEIPT, PERSON, BOOKS)
    with pytest.raises(NoSuchDocument):
        documents.find("0" * 64)
    with pytest.raises(NoSuchDocument):
        documents.find(SHA256, OTHER)


@pytest.mark.parametrize(
    "named", ["", "../../etc/passwd", SHA256.upper(), SHA256[:-1], SHA256 + "\n", "*" * 64]
)
def test_what_is_not_a_hash_names_no_document(documents: Documents, named: str) -> None:
    with pytest.raises(NotADocumentName):
        documents.find(named)


def test_a_document_has_a_largest_size(documents: Documents, folder: Path) -> None:
    with pytest.raises(DocumentTooLarge):
        documents.keep(bytes(MOST_BYTES + 1), PERSON, BOOKS)
    assert not folder.exists()


def test_a_disk_that_refuses_is_named_and_leaves_no_half_document(
    documents: Documents, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    documents.keep(b"makes the folders", PERSON, BOOKS)
    before = files(folder)
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(DocumentsUnavailable):
            documents.keep(RECEIPT, PERSON, BOOKS)
    assert files(folder) == before
    documents.keep(RECEIPT, PERSON, BOOKS)
    assert documents.find(SHA256) == RECEIPT


def test_the_class_numbers_of_stored_files_never_change() -> None:
    assert NUMBER_OF == {Retention.CONTACT: 1, Retention.ACCOUNTING: 2, Retention.GOVERNANCE: 3}
    with pytest.raises(EnvelopeBroken):
        whose(b"tutti-document-1" + b"\x00" * 100)


KEEPER = """
import sys
from pathlib import Path
from uuid import UUID
from domain.personal import Retention
from eventstore.documents import Documents
from eventstore.keystore import SqliteSubjectKeys

home = Path(sys.argv[1])
keys = SqliteSubjectKeys(home / "keys" / "subjects.sqlite3", bytes(32))
documents = Documents(home / "documents", keys, name_key=bytes(32))
for number in range(100_000):
    content = b"%d" % number * 2_000
    print(documents.keep(content, UUID(int=number % 7), Retention.ACCOUNTING), flush=True)
"""


@pytest.fixture
def killed(tmp_path: Path) -> tuple[Path, list[str]]:
    """The home of a keeper that was killed while it kept, and what it had acknowledged."""
    keeper = subprocess.Popen(
        [sys.executable, "-c", KEEPER, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert keeper.stdout is not None
    said = [keeper.stdout.readline()]
    time.sleep(0.2)
    keeper.send_signal(signal.SIGKILL)
    said += keeper.stdout.readlines()
    keeper.wait()
    keeper.stdout.close()
    return tmp_path, [line.strip() for line in said if line.endswith("\n")]


def test_what_was_acknowledged_before_a_kill_is_there_and_whole(killed: tuple[Path, list[str]]) -> None:
    home, acknowledged = killed
    keys = SqliteSubjectKeys(home / "keys" / "subjects.sqlite3", bytes(32))
    documents = Documents(home / "documents", keys, name_key=bytes(32))
    assert acknowledged
    for number, named in enumerate(acknowledged):
        content = b"%d" % number * 2_000
        assert documents.find(named) == content
    following = b"%d" % len(acknowledged) * 2_000
    assert documents.find(documents.keep(following, UUID(int=len(acknowledged) % 7), BOOKS)) == following
    keys.close()
