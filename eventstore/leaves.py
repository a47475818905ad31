"""The Merkle tree over the log: leaves, frontier, root, and what a batch signature says.

Trees are those of RFC 6962 section 2.1: a leaf hash begins with 0x00, a node with 0x01. The
frontier of a tree of `size` leaves is the list of roots of its perfect subtrees, largest first:
one for each bit set in `size`. It is all that is needed to append, and to tell the root.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from hashlib import sha256
from uuid import UUID

LEAF = b"coop-leaf-v1\n"
COMMIT = b"coop-commit-v1\n"
HASH_BYTES = 32

_TAGGED = b"\x00" + LEAF
_VERSION = struct.Struct(">QH")
_LENGTH = struct.Struct(">I")


def leaf_hash(originator_id: UUID, originator_version: int, topic: bytes, state: bytes) -> bytes:
    r"""Return the hash of one event: SHA-256(0x00 ‖ leaf), all numbers big-endian.

    The leaf is `coop-leaf-v1\n`, the id (16 bytes), the version (8), the topic and the stored
    state, each after its length (2 and 4 bytes). Its position is its place in the tree.
    """
    return sha256(
        b"".join(
            (
                _TAGGED,
                originator_id.bytes,
                _VERSION.pack(originator_version, len(topic)),
                topic,
                _LENGTH.pack(len(state)),
                state,
            )
        )
    ).digest()


def extend(size: int, frontier: Sequence[bytes], leaves: Iterable[bytes]) -> tuple[bytes, ...]:
    """Return the frontier of the tree of `size` leaves after appending these leaf hashes."""
    roots = list(frontier)
    for leaf in leaves:
        node, bits = leaf, size
        while bits & 1:
            node = sha256(b"\x01" + roots.pop() + node).digest()
            bits >>= 1
        roots.append(node)
        size += 1
    return tuple(roots)


def nodes_of(frontier: bytes) -> tuple[bytes, ...]:
    """Return the nodes of a frontier as the head keeps it: one after another."""
    return tuple(frontier[at : at + HASH_BYTES] for at in range(0, len(frontier), HASH_BYTES))


def root(size: int, frontier: Sequence[bytes]) -> bytes:
    """Return the root of the tree of `size` leaves; the empty tree's is SHA-256 of nothing.

    Raises ValueError if the frontier is not one of a tree of that size.
    """
    if len(frontier) != size.bit_count() or any(len(node) != HASH_BYTES for node in frontier):
        raise ValueError(f"not the frontier of {size} leaves")
    if not frontier:
        return sha256(b"").digest()
    node = frontier[-1]
    for left in reversed(frontier[:-1]):
        node = sha256(b"\x01" + left + node).digest()
    return node


def commit_message(origin: str, first_index: int, leaves: Sequence[bytes]) -> bytes:
    """Return what the recorder signs for one batch: its place in the log `origin`, and its leaves.

    `first_index` counts from 0. Without this signature a tree proves order, not who appended.
    """
    name = origin.encode()
    return b"".join(
        (
            COMMIT,
            struct.pack(">H", len(name)),
            name,
            struct.pack(">QI", first_index, len(leaves)),
            *leaves,
        )
    )
