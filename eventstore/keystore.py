"""Keys of the people spoken of, one for each person and retention class.

They are kept outside the ledger's database, so that no backup of the ledger ever holds one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from os import urandom
from pathlib import Path
from typing import Protocol
from uuid import UUID

from domain.personal import Retention


class SubjectKeys(Protocol):
    """Where the keys of subjects live."""

    def key_for(self, subject: UUID, retention: Retention) -> bytes:
        """Return the key, made durable first if it is new; raises KeyDestroyed."""
        ...

    def find(self, subject: UUID, retention: Retention) -> bytes | None:
        """Return the key, or None if it was destroyed or never made."""
        ...

    def destroy(self, subject: UUID, retention: Retention, at: datetime) -> None:
        """Destroy the key for good; it is never made again."""
        ...


class SqliteSubjectKeys:
    """Subject keys in one SQLite file, for all threads and processes of one machine."""

    def __init__(self, path: Path, kek: bytes, *, entropy: Callable[[int], bytes] = urandom) -> None:
        raise NotImplementedError

    def key_for(self, subject: UUID, retention: Retention) -> bytes:
        raise NotImplementedError

    def find(self, subject: UUID, retention: Retention) -> bytes | None:
        raise NotImplementedError

    def destroy(self, subject: UUID, retention: Retention, at: datetime) -> None:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError


class MemorySubjectKeys:
    """Subject keys in memory: for tests, and for what lives no longer than its process."""

    def __init__(self, *, entropy: Callable[[int], bytes] = urandom) -> None:
        raise NotImplementedError

    def key_for(self, subject: UUID, retention: Retention) -> bytes:
        raise NotImplementedError

    def find(self, subject: UUID, retention: Retention) -> bytes | None:
        raise NotImplementedError

    def destroy(self, subject: UUID, retention: Retention, at: datetime) -> None:
        raise NotImplementedError
