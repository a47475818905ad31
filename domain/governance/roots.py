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


def _root(level: list[bytes]) -> bytes:
    """Pair the nodes of each level from the left, a last odd one going up alone: the tree of the RFC."""
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        above = [hashlib.sha256(b"\x01" + left + right).digest() for left, right in pairs]
        if len(level) % 2:
            above.append(level[-1])
        level = above
    return level[0]
