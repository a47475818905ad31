"""Keeps documents on disk, sealed for their subject, and finds them by the SHA-256 of their bytes.

A file's name is a keyed hash: a bare one would tell whoever sees the disk that we hold a document
they can guess, such as a short receipt.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from os import urandom
from pathlib import Path
from uuid import UUID

from domain.personal import Retention
from eventstore.documents import envelope
from eventstore.documents.envelope import EnvelopeBroken, Whose
from eventstore.documents.files import make_durable, make_folder, write_whole
from eventstore.errors import (
    DocumentDamaged,
    DocumentErased,
    DocumentsUnavailable,
    DocumentTooLarge,
    NoSuchDocument,
    NotADocumentName,
)
from eventstore.keystore import SubjectKeys

MOST_BYTES = 50_000_000
_SHA256 = re.compile("[0-9a-f]{64}")


class Documents:
    """One tenant's documents. For all threads of a process and all processes of a machine."""

    def __init__(
        self,
        folder: Path,
        keys: SubjectKeys,
        *,
        name_key: bytes,
        entropy: Callable[[int], bytes] = urandom,
    ) -> None:
        """Keep documents below `folder`, made with the first of them.

        `name_key` is the secret of the file names; `entropy` returns that many fresh random bytes.
        """
        self._folder = folder
        self._keys = keys
        self._name_key = name_key
        self._entropy = entropy

    def keep(self, content: bytes, subject: UUID, retention: Retention) -> str:
        """Keep these bytes for a subject, durable at return; returns their SHA-256 in hex.

        The same bytes again change nothing, but replace a copy that was damaged. Raises
        DocumentTooLarge, DocumentsUnavailable, or KeyDestroyed if the subject was erased.
        """
        if len(content) > MOST_BYTES:
            raise DocumentTooLarge(bytes=len(content), most=MOST_BYTES)
        digest, owner = sha256(content).digest(), Whose(subject, retention)
        key = self._keys.key_for(subject, retention)
        path = self._path(digest, owner)
        with _named():
            make_folder(path.parent, below=self._folder)
            if self._is_whole(path, digest):
                # Who wrote it may have been killed before this.
                make_durable(path.parent)
            else:
                nonce = self._entropy(envelope.NONCE_BYTES)
                write_whole(path, envelope.sealed(content, owner, digest, key=key, nonce=nonce))
        return digest.hex()

    def find(self, named: str, subject: UUID | None = None) -> bytes:
        """Return the bytes whose SHA-256 is `named` (64 hex digits), as kept for a subject or any.

        A copy that can be read is preferred. Raises NotADocumentName, NoSuchDocument,
        DocumentErased, DocumentDamaged, DocumentsUnavailable.
        """
        if not _SHA256.fullmatch(named):
            raise NotADocumentName(sha256=named)
        digest = bytes.fromhex(named)
        damaged = erased = False
        with _named():
            for path in self._copies(digest, subject):
                try:
                    content = self._open(path, digest)
                except EnvelopeBroken:
                    damaged = True
                    continue
                if content is not None:
                    return content
                erased = True
        if damaged:
            raise DocumentDamaged(sha256=named)
        raise DocumentErased(sha256=named) if erased else NoSuchDocument(sha256=named)

    def _copies(self, digest: bytes, subject: UUID | None) -> list[Path]:
        """Return the files of one document: one for each subject and class it was kept for."""
        if subject is None:
            name = self._name(digest)
            return sorted(self._bucket(name).glob(f"{name}-*"))
        paths = [self._path(digest, Whose(subject, retention)) for retention in Retention]
        return [path for path in paths if path.exists()]

    def _open(self, path: Path, digest: bytes) -> bytes | None:
        """Return the clear bytes of one copy, or None if its key is gone; raises EnvelopeBroken."""
        stored = _read(path)
        owner = envelope.whose(stored)
        if self._path(digest, owner) != path:
            # A head that was altered would name another key, and look erased.
            raise EnvelopeBroken
        key = self._keys.find(owner.subject, owner.retention)
        return None if key is None else envelope.opened(stored, digest, key=key)

    def _is_whole(self, path: Path, digest: bytes) -> bool:
        try:
            return path.exists() and self._open(path, digest) is not None
        except EnvelopeBroken:
            return False

    def _path(self, digest: bytes, owner: Whose) -> Path:
        name = self._name(digest)
        copy = hmac.digest(self._name_key, b"copy" + digest + owner.head(), "sha256")[:16]
        return self._bucket(name) / f"{name}-{copy.hex()}"

    def _name(self, digest: bytes) -> str:
        return hmac.digest(self._name_key, b"name" + digest, "sha256").hex()

    def _bucket(self, name: str) -> Path:
        return self._folder / name[:2] / name[2:4]


def _read(path: Path) -> bytes:
    """Read a stored document, and little more than one can hold: what was altered may be of any size."""
    with path.open("rb") as file:
        return file.read(MOST_BYTES + envelope.OVERHEAD_BYTES + 1)


@contextmanager
def _named() -> Iterator[None]:
    """Say by name what the disk refuses."""
    try:
        yield
    except OSError as error:
        raise DocumentsUnavailable(reason=error.strerror) from error
