"""Recomputes a log from its stored rows alone: nothing added, dropped, changed or signed by another.

Imports the standard library and `cryptography` and nothing of Tutti, and repeats the arithmetic of
the tree on purpose: an auditor can carry this one file. What it proves rests on two things that
must come from elsewhere than the database: the recorder's public key, and the size and root of an
earlier day, without which a log rewritten by the holder of the key would pass.

Formats: RFC 6962 section 2.1 (leaf prefix 0x00, node prefix 0x01); leaf and commit message as in
docs/reference/log-format.md.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


@dataclass(frozen=True, slots=True)
class StoredFact:
    """One row of the log as it is stored; `stream` is the 16 bytes of the originator's id."""

    position: int
    stream: bytes
    version: int
    topic: str
    state: bytes
    leaf_hash: bytes


@dataclass(frozen=True, slots=True)
class SignedBatch:
    """One commit: `count` facts from `first_position` on, under the recorder's signature.

    `recorded_at` has an offset: it is what a question about the past by time goes by.
    """

    first_position: int
    count: int
    recorded_at: datetime
    signature: bytes


@dataclass(frozen=True, slots=True)
class StatedHead:
    """What the log says of itself: its origin, its size, its last time, the roots of its perfect subtrees."""

    origin: str
    size: int
    recorded_at: datetime
    frontier: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found: `fault` is None, or says what is wrong at `position`, the first bad one."""

    size: int
    root: str
    batches: int
    position: int | None
    fault: str | None

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return self.fault is None


class _Wrong(Exception):  # noqa: N818 - found, not failed
    def __init__(self, position: int, fault: str) -> None:
        self.position, self.fault = position, fault
        super().__init__(fault)


def recompute(
    facts: Iterable[StoredFact],
    batches: Iterable[SignedBatch],
    head: StatedHead,
    *,
    recorder: bytes,
    known: tuple[int, str] | None = None,
) -> Finding:
    """Recompute leaves, tree, streams, times and signatures, in the order of the log.

    `facts` and `batches` come in the order of their positions and are read once, batch by batch;
    `recorder` is the recorder's public key (32 bytes); `known` a size and root (hex) kept from
    earlier, which this log must still contain. Never raises on bad rows.
    """
    tree = _Tree(known)
    counted = 0
    key = Ed25519PublicKey.from_public_bytes(recorder)
    try:
        _require_whole(1, (head.origin, str), (head.size, int), (head.recorded_at, datetime))
        tree.require_known()
        rows = iter(facts)
        for batch in batches:
            _require_whole(
                tree.size + 1,
                (batch.first_position, int),
                (batch.count, int),
                (batch.recorded_at, datetime),
                (batch.signature, bytes),
            )
            tree.pass_time(batch.recorded_at)
            leaves = list(_leaves_of(batch, rows, tree))
            message = _commit_message(head.origin, batch.first_position - 1, leaves)
            _require_signed(key, batch, message)
            counted += 1
        _require_no_more(rows, tree)
        tree.require(head)
    except _Wrong as wrong:
        return Finding(tree.size, tree.root(), counted, wrong.position, wrong.fault)
    return Finding(tree.size, tree.root(), counted, None, None)


class _Tree:
    """The tree as it grows, the version each stream has reached, and the root once known."""

    def __init__(self, known: tuple[int, str] | None) -> None:
        self.size = 0
        self.frontier: list[bytes] = []
        self.versions: dict[bytes, int] = {}
        self.known = known
        self.recorded_at = datetime.fromtimestamp(0, UTC)
        self.beginning = b""

    def pass_time(self, recorded_at: datetime) -> None:
        """Go on to the next batch: time stands still or passes, and each fact of it begins with its time."""
        if recorded_at < self.recorded_at:
            raise _Wrong(self.size + 1, "the batch was recorded before the one it follows")
        self.recorded_at = recorded_at
        self.beginning = b'{"timestamp":"' + _written(recorded_at) + b'"'

    def add(self, fact: StoredFact) -> bytes:
        _require_whole(
            self.size + 1,
            (fact.position, int),
            (fact.stream, bytes),
            (fact.version, int),
            (fact.topic, str),
            (fact.state, bytes),
        )
        if fact.position != self.size + 1:
            raise _Wrong(self.size + 1, f"position {fact.position} stands where {self.size + 1} should")
        leaf = _leaf(fact)
        if leaf != fact.leaf_hash:
            raise _Wrong(fact.position, "the fact is not what its leaf hash says")
        expected = self.versions.get(fact.stream, 0) + 1
        if fact.version != expected:
            raise _Wrong(
                fact.position, f"version {fact.version} of its stream stands where {expected} should"
            )
        if not fact.state.startswith(self.beginning):
            raise _Wrong(fact.position, "the fact does not bear the time at which its batch was recorded")
        self.versions[fact.stream] = expected
        self._append(leaf)
        self.require_known()
        return leaf

    def require_known(self) -> None:
        if self.known is not None and self.known[0] == self.size and self.known[1] != self.root():
            raise _Wrong(self.size, "the log up to here is not the one that was known")

    def _append(self, leaf: bytes) -> None:
        bits = self.size
        while bits & 1:
            leaf = hashlib.sha256(b"\x01" + self.frontier.pop() + leaf).digest()
            bits >>= 1
        self.frontier.append(leaf)
        self.size += 1

    def root(self) -> str:
        if not self.frontier:
            return hashlib.sha256(b"").hexdigest()
        node = self.frontier[-1]
        for left in reversed(self.frontier[:-1]):
            node = hashlib.sha256(b"\x01" + left + node).digest()
        return node.hex()

    def require(self, head: StatedHead) -> None:
        if head.size != self.size:
            raise _Wrong(self.size + 1, f"the log says it holds {head.size} facts and holds {self.size}")
        if tuple(self.frontier) != head.frontier:
            raise _Wrong(self.size, "the roots that the log states are not those of its facts")
        if head.recorded_at != self.recorded_at:
            raise _Wrong(self.size, "the log says it was last recorded at another time than its last batch")
        if self.known is not None and self.known[0] > self.size:
            raise _Wrong(self.size + 1, f"{self.known[0]} facts were known and {self.size} are there")


def _leaves_of(batch: SignedBatch, rows: Iterator[StoredFact], tree: _Tree) -> Iterator[bytes]:
    if batch.first_position != tree.size + 1:
        raise _Wrong(tree.size + 1, f"a batch begins at {batch.first_position}, not at {tree.size + 1}")
    for _ in range(batch.count):
        fact = next(rows, None)
        if fact is None:
            raise _Wrong(tree.size + 1, "a fact of a signed batch is missing")
        yield tree.add(fact)


def _require_no_more(rows: Iterator[StoredFact], tree: _Tree) -> None:
    for _ in rows:
        raise _Wrong(tree.size + 1, "a fact outside every signed batch")


def _require_whole(position: int, *fields: tuple[object, type]) -> None:
    """Refuse a row with a field missing: who owns a table can drop what forbids that."""
    if not all(isinstance(value, kind) for value, kind in fields):
        raise _Wrong(position, "a field of its row is missing")


def _require_signed(key: Ed25519PublicKey, batch: SignedBatch, message: bytes) -> None:
    try:
        key.verify(batch.signature, message)
    except InvalidSignature:
        raise _Wrong(batch.first_position, "the batch was not signed by the recorder") from None


def _written(at: datetime) -> bytes:
    """Return an instant as facts bear it: RFC 3339 in UTC, with microseconds unless they are zero."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z").encode()


def _leaf(fact: StoredFact) -> bytes:
    topic = fact.topic.encode()
    try:
        framed = (
            b"coop-leaf-v1\n"
            + fact.stream
            + struct.pack(">QH", fact.version, len(topic))
            + topic
            + struct.pack(">I", len(fact.state))
            + fact.state
        )
    except struct.error:
        raise _Wrong(fact.position, "a number of the fact is out of range") from None
    return hashlib.sha256(b"\x00" + framed).digest()


def _commit_message(origin: str, first_index: int, leaves: list[bytes]) -> bytes:
    name = origin.encode()
    try:
        frame = struct.pack(">H", len(name)) + name + struct.pack(">QI", first_index, len(leaves))
    except struct.error:
        raise _Wrong(first_index + 1, "the origin of the log is too long to be signed") from None
    return b"coop-commit-v1\n" + frame + b"".join(leaves)
