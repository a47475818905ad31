"""The process's own secrets: files of 32 bytes, readable by their owner only, made on first start."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class Keyring:
    """The recorder's signing key, the key of request MACs, and the key that locks subject keys."""

    recorder: Ed25519PrivateKey
    mac_key: bytes
    kek: bytes

    @classmethod
    def from_directory(cls, path: Path) -> Self:
        """Read the keys, making those of a first start."""
        raise NotImplementedError

    @property
    def recorder_public(self) -> bytes:
        """The recorder's public key, 32 raw bytes."""
        raise NotImplementedError

    def key_id(self, name: str) -> bytes:
        """Return the 4 bytes that tell which key signed for the log `name`."""
        raise NotImplementedError

    def body_mac(self, operation: str, body: bytes) -> bytes:
        """Return the keyed hash of a request, 32 bytes."""
        raise NotImplementedError
