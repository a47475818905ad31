"""The root over a list of lines: the Merkle tree hash of RFC 6962 section 2.1, over UTF-8."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256


def root_of(lines: Sequence[str]) -> str:
    """Return the root in hex; of no lines, the hash of nothing."""
    nodes = [sha256(b"\x00" + line.encode()).digest() for line in lines]
    if not nodes:
        return sha256(b"").hexdigest()
    return _root(nodes).hex()


def _root(nodes: Sequence[bytes]) -> bytes:
    if len(nodes) == 1:
        return nodes[0]
    split = 1
    while split * 2 < len(nodes):
        split *= 2
    return sha256(b"\x01" + _root(nodes[:split]) + _root(nodes[split:])).digest()
