"""One hash over a list of entries, so that a roll or a count can be named and checked.

The tree is that of RFC 6962 §2.1 (leaf prefix 0x00, node prefix 0x01), so that a single entry can
be proved to belong to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def root_of(entries: Sequence[str]) -> str:
    """Return the RFC 6962 root of the entries (UTF-8), in hex; of none, the hash of nothing."""
    level = [hashlib.sha256(b"\x00" + entry.encode()).digest() for entry in entries]
    return (_root(level) if level else hashlib.sha256(b"").digest()).hex()


def _root(leaves: Sequence[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    largest_power_below = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = leaves[:largest_power_below], leaves[largest_power_below:]
    return hashlib.sha256(b"\x01" + _root(left) + _root(right)).digest()
