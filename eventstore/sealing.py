"""Sealed fields: the personal part of a fact, readable only while its subject's key lives.

A seal is `nonce (12 bytes) ‖ AES-256-GCM`. What it belongs to (subject, retention class, stream and
version) is authenticated with it, so that no seal can be moved to another fact or person. Once the
key is destroyed (GDPR art. 17) the seal stays in the log, byte for byte, and says nothing more.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from os import urandom
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.personal import Retention
from eventstore.keystore import SubjectKeys

NONCE_BYTES = 12


def _framed(part: bytes) -> bytes:
    return struct.pack(">H", len(part)) + part


# A seal is bound to five parts, each after its length in 2 bytes; three of the lengths never change.
_SEAL = _framed(b"seal1") + b"\x00\x10"
_CLASS = {retention: _framed(retention.value.encode()) + b"\x00\x10" for retention in Retention}
_VERSION = struct.Struct(">HQ")


class SealBroken(Exception):  # noqa: N818 - the codec turns it into a refusal with its place
    """The seal was not made for this fact, or was altered."""


class Place(NamedTuple):
    """What a seal belongs to."""

    subject: UUID
    retention: Retention
    originator_id: UUID
    originator_version: int

    def bound(self) -> bytes:
        """Return what is authenticated with a seal: `seal1`, subject, class, stream and version."""
        return b"".join(
            (
                _SEAL,
                self.subject.bytes,
                _CLASS[self.retention],
                self.originator_id.bytes,
                _VERSION.pack(8, self.originator_version),
            )
        )


class Sealer:
    """Seals and opens personal bytes with the keys of their subjects."""

    def __init__(self, keys: SubjectKeys, *, entropy: Callable[[int], bytes] = urandom) -> None:
        """Seal with `keys`; `entropy` returns that many fresh random bytes, for the nonces."""
        self._keys = keys
        self._entropy = entropy

    def seal(self, plain: bytes, place: Place) -> bytes:
        """Return the seal of `plain`; raises KeyDestroyed if the subject was erased."""
        key = self._keys.key_for(place.subject, place.retention)
        nonce = self._entropy(NONCE_BYTES)
        return nonce + AESGCM(key).encrypt(nonce, plain, place.bound())

    def open(self, seal: bytes, place: Place) -> bytes | None:
        """Return what was sealed, or None if its key is gone; raises SealBroken."""
        key = self._keys.find(place.subject, place.retention)
        if key is None:
            return None
        try:
            return AESGCM(key).decrypt(seal[:NONCE_BYTES], seal[NONCE_BYTES:], place.bound())
        except (InvalidTag, ValueError):
            raise SealBroken from None
