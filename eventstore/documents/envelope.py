"""The stored form of a document: a head that says whose key opens it, then the sealed bytes.

    tutti-document-1 ‖ class (1 byte) ‖ subject (16 bytes) ‖ nonce (12 bytes) ‖ AES-256-GCM

Head and SHA-256 of the clear bytes are authenticated with the seal, so a file that was altered, or
moved under another name, subject or class, does not open.
"""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.personal import Retention

MAGIC = b"tutti-document-1"
NONCE_BYTES = 12
TAG_BYTES = 16
# The numbers stand in stored files: a class keeps its number for ever, a new one gets the next.
NUMBER_OF = {Retention.CONTACT: 1, Retention.ACCOUNTING: 2, Retention.GOVERNANCE: 3}
_CLASS_OF = {number: retention for retention, number in NUMBER_OF.items()}
_HEAD_BYTES = len(MAGIC) + 1 + 16
OVERHEAD_BYTES = _HEAD_BYTES + NONCE_BYTES + TAG_BYTES


class EnvelopeBroken(Exception):  # noqa: N818 - the store turns it into a refusal with the document's name
    """This is not what was written under that name."""


class Whose(NamedTuple):
    """The subject a document is about, and why it is kept."""

    subject: UUID
    retention: Retention

    def head(self) -> bytes:
        """Return the head of this subject's files."""
        return MAGIC + bytes([NUMBER_OF[self.retention]]) + self.subject.bytes


def whose(stored: bytes) -> Whose:
    """Read the head of a stored document; raises EnvelopeBroken."""
    retention = _CLASS_OF.get(stored[len(MAGIC)]) if len(stored) >= OVERHEAD_BYTES else None
    if retention is None or not stored.startswith(MAGIC):
        raise EnvelopeBroken
    return Whose(UUID(bytes=stored[len(MAGIC) + 1 : _HEAD_BYTES]), retention)


def sealed(content: bytes, owner: Whose, digest: bytes, *, key: bytes, nonce: bytes) -> bytes:
    """Return the stored form of `content`, whose SHA-256 is `digest` (32 bytes)."""
    head = owner.head()
    return head + nonce + AESGCM(key).encrypt(nonce, content, head + digest)


def opened(stored: bytes, digest: bytes, *, key: bytes) -> bytes:
    """Return the clear bytes of a stored document; raises EnvelopeBroken."""
    nonce, seal = stored[_HEAD_BYTES : _HEAD_BYTES + NONCE_BYTES], stored[_HEAD_BYTES + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, seal, stored[:_HEAD_BYTES] + digest)
    except (InvalidTag, ValueError):
        raise EnvelopeBroken from None
