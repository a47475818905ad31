"""Keys of the people spoken of, one for each person and retention class.

They are kept outside the ledger's database, so that no backup of the ledger ever holds one. Erasing
a person's data of one class destroys that key and leaves a mark in its place: what is written about
them later is refused instead of sealed with a fresh key.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from os import urandom
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Protocol
from uuid import UUID

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from domain.personal import Retention
from eventstore.errors import KeyDestroyed, KeyDoesNotFit, KeysUnavailable
from eventstore.keyfiles import make_once, require_private

KEY_BYTES = 32
MOST_CACHED = 100_000
PATIENCE_S = 30.0
STALE_AFTER_S = 1.0

WRITE_AHEAD = "PRAGMA journal_mode = WAL"
DURABLE = "PRAGMA synchronous = FULL"
OVERWRITE_WHAT_IS_DELETED = "PRAGMA secure_delete = ON"
CHANGED_BY_OTHERS = "PRAGMA data_version"
EMPTY_THE_JOURNAL = "PRAGMA wal_checkpoint(TRUNCATE)"

TABLE = """
CREATE TABLE subject_key (
    subject      BLOB NOT NULL CHECK (length(subject) = 16),
    retention    TEXT NOT NULL,
    wrapped      BLOB CHECK (length(wrapped) = 40),
    destroyed_at TEXT,
    PRIMARY KEY (subject, retention),
    CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
) STRICT, WITHOUT ROWID
"""
FIND = "SELECT wrapped FROM subject_key WHERE subject = ? AND retention = ?"
ANY = "SELECT wrapped FROM subject_key WHERE wrapped IS NOT NULL LIMIT 1"
ADD = """
INSERT INTO subject_key (subject, retention, wrapped) VALUES (?, ?, ?)
ON CONFLICT (subject, retention) DO NOTHING
"""
DESTROY = """
INSERT INTO subject_key (subject, retention, destroyed_at) VALUES (?, ?, ?)
ON CONFLICT (subject, retention)
DO UPDATE SET wrapped = NULL, destroyed_at = coalesce(destroyed_at, excluded.destroyed_at)
"""


class SubjectKeys(Protocol):
    """Where the keys of subjects live; every key is 32 bytes."""

    def key_for(self, subject: UUID, retention: Retention) -> bytes:
        """Return the key, made durable first if it is new; raises KeyDestroyed."""
        ...

    def find(self, subject: UUID, retention: Retention) -> bytes | None:
        """Return the key, or None if it was destroyed or never made."""
        ...

    def destroy(self, subject: UUID, retention: Retention, at: datetime) -> None:
        """Destroy the key for good; repeated, it changes nothing."""
        ...


class MemorySubjectKeys:
    """Subject keys in memory: for tests, and for what lives no longer than its process."""

    def __init__(self, *, entropy: Callable[[int], bytes] = urandom) -> None:
        """Start empty; `entropy` returns that many fresh random bytes."""
        self._entropy = entropy
        self._keys: dict[tuple[UUID, Retention], bytes | None] = {}
        self._lock = Lock()

    def key_for(self, subject: UUID, retention: Retention) -> bytes:
        """Return the key, made if it is new; raises KeyDestroyed."""
        with self._lock:
            key = self._keys.setdefault((subject, retention), self._entropy(KEY_BYTES))
        if key is None:
            raise KeyDestroyed(subject=subject, retention=retention)
        return key

    def find(self, subject: UUID, retention: Retention) -> bytes | None:
        """Return the key, or None if it was destroyed or never made."""
        return self._keys.get((subject, retention))

    def destroy(self, subject: UUID, retention: Retention, at: datetime) -> None:  # noqa: ARG002 - the port's
        """Destroy the key for good; repeated, it changes nothing."""
        with self._lock:
            self._keys[subject, retention] = None


class SqliteSubjectKeys:
    """Subject keys in one SQLite file, wrapped with the `kek` (RFC 3394).

    For all threads of a process and all processes of a machine. A key destroyed by another process
    seals nothing more from that moment, and opens nothing more here within a second: asking the
    file before every opening would double the time to read a sealed fact.
    """

    def __init__(
        self,
        path: Path,
        kek: bytes,
        *,
        entropy: Callable[[int], bytes] = urandom,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Open the file, making it on first start.

        `entropy` returns that many fresh random bytes; `clock` tells seconds that never run back.
        Raises KeyFileUnsafe, KeysUnavailable, or KeyDoesNotFit if it was locked with another `kek`.
        """
        self._kek = kek
        self._entropy = entropy
        self._clock = clock
        self._lock = Lock()
        self._cache: dict[tuple[UUID, Retention], bytes] = {}
        self._seen = -1
        self._fresh_until = 0.0
        with _named():
            make_once(path, _make_table)
            require_private(path)
            self._file = _connect(path)
            self._require_fit()

    def key_for(self, subject: UUID, retention: Retention) -> bytes:
        """Return the key, made durable first if it is new.

        Raises KeyDestroyed, KeyDoesNotFit, KeysUnavailable.
        """
        with self._lock, _named():
            key = self._read(subject, retention)
            if key is None:
                wrapped = aes_key_wrap(self._kek, self._entropy(KEY_BYTES))
                self._file.execute(ADD, (subject.bytes, retention.value, wrapped))
                key = self._read(subject, retention)
        if key is None:
            raise KeyDestroyed(subject=subject, retention=retention)
        return key

    def find(self, subject: UUID, retention: Retention) -> bytes | None:
        """Return the key, or None if it was destroyed or never made.

        Raises KeyDoesNotFit, KeysUnavailable.
        """
        key = self._cache.get((subject, retention))
        if key is not None and self._clock() < self._fresh_until:
            return key
        with self._lock, _named():
            return self._read(subject, retention)

    def destroy(self, subject: UUID, retention: Retention, at: datetime) -> None:
        """Destroy the key for good, and overwrite it; repeated, it changes nothing.

        The file's journal is emptied as well, which waits for readers; raises KeysUnavailable.
        """
        with self._lock, _named():
            self._file.execute(DESTROY, (subject.bytes, retention.value, at.isoformat()))
            self._cache.pop((subject, retention), None)
            ((blocked, *_),) = self._file.execute(EMPTY_THE_JOURNAL)
            if blocked:
                raise KeysUnavailable(reason="the key is destroyed, and its journal is still being read")

    def close(self) -> None:
        """Close the file and forget the keys."""
        with self._lock:
            self._cache.clear()
            self._file.close()

    def _require_fit(self) -> None:
        try:
            for (wrapped,) in self._file.execute(ANY):
                aes_key_unwrap(self._kek, wrapped)
        except (sqlite3.Error, InvalidUnwrap):
            self._file.close()
            raise

    def _read(self, subject: UUID, retention: Retention) -> bytes | None:
        (version,) = self._file.execute(CHANGED_BY_OTHERS).fetchone()
        if version != self._seen or len(self._cache) >= MOST_CACHED:
            self._cache.clear()
            self._seen = version
        self._fresh_until = self._clock() + STALE_AFTER_S
        key = self._cache.get((subject, retention))
        if key is None:
            row = self._file.execute(FIND, (subject.bytes, retention.value)).fetchone()
            if row is None or row[0] is None:
                return None
            key = self._cache[subject, retention] = aes_key_unwrap(self._kek, row[0])
        return key


def _connect(path: Path) -> sqlite3.Connection:
    # Autocommit: every statement is one durable transaction. Our lock serialises the threads.
    file = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=PATIENCE_S)
    file.execute(DURABLE)
    file.execute(OVERWRITE_WHAT_IS_DELETED).fetchall()
    return file


def _make_table(draft: Path) -> None:
    file = _connect(draft)
    try:
        file.execute(WRITE_AHEAD).fetchall()
        file.execute(TABLE)
    finally:
        file.close()


@contextmanager
def _named() -> Iterator[None]:
    """Say by name what the file or its keys refuse."""
    try:
        yield
    except sqlite3.Error as error:
        raise KeysUnavailable(reason=str(error)) from error
    except InvalidUnwrap:
        raise KeyDoesNotFit from None
