"""The process's own secrets: files of 32 bytes, readable by their owner only, made on first start.

None of them is ever in the database or in its backups. Losing `recorder.ed25519` ends a signature
line; losing `command.mac` makes repeats of old requests look like other requests; losing `kek`
erases every person at once, so a new one is never made beside subject keys that exist.
"""

from __future__ import annotations

import hmac
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from os import urandom
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from eventstore.errors import KeyFileUnsafe, KeysMissing
from eventstore.keyfiles import make_once, require_private

KEY_BYTES = 32
SUBJECT_KEYS_FILE = "subjects.sqlite3"


@dataclass(frozen=True, slots=True)
class Keyring:
    """The recorder's signing key, the key of request hashes, and the one that locks subject keys."""

    recorder: Ed25519PrivateKey
    mac_key: bytes = field(repr=False)
    kek: bytes = field(repr=False)
    _keyed: hmac.HMAC = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Key the hash of requests once: with a copy of it, a hash takes a quarter less time."""
        object.__setattr__(self, "_keyed", hmac.new(self.mac_key, digestmod="sha256"))

    @classmethod
    def from_directory(cls, path: Path, *, entropy: Callable[[int], bytes] = urandom) -> Self:
        """Read the keys in this directory, making those of a first start.

        Raises KeyFileUnsafe, or KeysMissing if there are subject keys but not what opens them.
        """
        if (path / SUBJECT_KEYS_FILE).exists() and not (path / "kek").exists():
            raise KeysMissing(file="kek")
        return cls(
            recorder=Ed25519PrivateKey.from_private_bytes(_secret(path / "recorder.ed25519", entropy)),
            mac_key=_secret(path / "command.mac", entropy),
            kek=_secret(path / "kek", entropy),
        )

    @property
    def recorder_public(self) -> bytes:
        """The recorder's public key, 32 raw bytes."""
        return self.recorder.public_key().public_bytes_raw()

    def key_id(self, name: str) -> bytes:
        """Return the 4 bytes that tell which key signed for the log `name` (C2SP signed-note)."""
        return sha256(name.encode() + b"\x0a\x01" + self.recorder_public).digest()[:4]

    def body_mac(self, operation: str, body: bytes) -> bytes:
        """Return the keyed hash of a request, 32 bytes: a bare hash of personal data is personal data."""
        named = operation.encode()
        mac = self._keyed.copy()
        mac.update(struct.pack(">H", len(named)) + named + body)
        return mac.digest()


def _secret(path: Path, entropy: Callable[[int], bytes]) -> bytes:
    make_once(path, lambda draft: _fill(draft, entropy(KEY_BYTES)))
    require_private(path)
    secret = path.read_bytes()
    if len(secret) != KEY_BYTES:
        raise KeyFileUnsafe(file=path.name)
    return secret


def _fill(draft: Path, secret: bytes) -> None:
    draft.write_bytes(secret)
