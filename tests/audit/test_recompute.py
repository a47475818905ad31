"""A stranger's arithmetic finds every change of the log, and names the first bad position."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

import audit.recompute
from audit.recompute import Finding, SignedBatch, StatedHead, StoredFact, recompute
from eventstore import leaves

ORIGIN = "test.tutti/audit/1"
RECORDER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = RECORDER.public_key().public_bytes_raw()

Log = tuple[list[StoredFact], list[SignedBatch], StatedHead]


AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def state_of(n: int, at: str = "2026-03-02T09:30:00Z") -> bytes:
    return f'{{"timestamp":"{at}","n":{n}}}'.encode()


def fact(position: int, *, stream: int, version: int) -> StoredFact:
    topic, state = "test.happened.v1", state_of(position)
    leaf = leaves.leaf_hash(UUID(int=stream), version, topic.encode(), state)
    return StoredFact(position, UUID(int=stream).bytes, version, topic, state, leaf)


def log_of(*batch_sizes: int) -> Log:
    """A good log: the facts of batch after batch, taking turns on three streams."""
    facts: list[StoredFact] = []
    batches: list[SignedBatch] = []
    frontier: tuple[bytes, ...] = ()
    for count in batch_sizes:
        first = len(facts) + 1
        facts += [
            fact(position, stream=position % 3, version=(position - 1) // 3 + 1)
            for position in range(first, first + count)
        ]
        hashes = [each.leaf_hash for each in facts[first - 1 :]]
        signature = RECORDER.sign(leaves.commit_message(ORIGIN, first - 1, hashes))
        batches.append(SignedBatch(first, count, AT, signature))
        frontier = leaves.extend(first - 1, frontier, hashes)
    last = AT if facts else datetime.fromtimestamp(0, UTC)
    return facts, batches, StatedHead(ORIGIN, len(facts), last, frontier)


def check(log: Log, *, known: tuple[int, str] | None = None) -> Finding:
    facts, batches, head = log
    return recompute(facts, batches, head, recorder=PUBLIC, known=known)


def test_a_good_log_holds_and_its_root_is_the_tree_s() -> None:
    facts, batches, head = log_of(1, 5, 2, 9)
    found = check((facts, batches, head))
    assert found.holds
    assert (found.size, found.batches) == (17, 4)
    assert found.root == leaves.root(17, head.frontier).hex()


def test_an_empty_log_holds() -> None:
    assert check(log_of()).holds


def test_a_later_log_contains_the_one_that_was_known_and_another_does_not() -> None:
    early, late = check(log_of(3)), log_of(3, 4)
    assert check(late, known=(early.size, early.root)).holds

    other = check(late, known=(early.size, "ab" * 32))
    assert (other.position, other.fault) == (3, "the log up to here is not the one that was known")


def test_what_was_known_of_an_empty_log_is_its_root_or_nothing() -> None:
    assert check(log_of(3), known=(0, check(log_of()).root)).holds

    assert not check(log_of(3), known=(0, "ab" * 32)).holds


def test_a_log_shorter_than_what_was_known_is_found() -> None:
    whole = check(log_of(3, 4))
    cut = check(log_of(3), known=(whole.size, whole.root))
    assert cut.position == 4


def altered(log: Log, at: int, **changed: object) -> Log:
    facts, batches, head = log
    facts[at - 1] = replace(facts[at - 1], **changed)  # type: ignore[arg-type] # one field of the row
    return facts, batches, head


def timed(log: Log, n: int, at: datetime | None) -> Log:
    facts, batches, head = log
    batches[n] = replace(batches[n], recorded_at=at)  # type: ignore[arg-type] # a row may lack it
    return facts, batches, head


TAMPERINGS: dict[str, tuple[int, Callable[[Log], Log]]] = {
    "a state altered": (4, lambda log: altered(log, 4, state=state_of(5))),
    "a topic altered": (4, lambda log: altered(log, 4, topic="test.other.v1")),
    "a version altered": (4, lambda log: altered(log, 4, version=7)),
    "a stream altered": (4, lambda log: altered(log, 4, stream=bytes(16))),
    "a leaf hash altered": (4, lambda log: altered(log, 4, leaf_hash=bytes(32))),
    "a fact with its leaf hash replaced": (
        1,
        lambda log: altered(
            log,
            4,
            state=state_of(5),
            leaf_hash=leaves.leaf_hash(UUID(int=1), 2, b"test.happened.v1", state_of(5)),
        ),
    ),
    "a fact dropped": (4, lambda log: (log[0][:3] + log[0][4:], log[1], log[2])),
    "the last fact dropped": (7, lambda log: (log[0][:-1], log[1], log[2])),
    "two facts swapped": (2, lambda log: ([log[0][0], log[0][2], log[0][1], *log[0][3:]], log[1], log[2])),
    "a fact appended unsigned": (8, lambda log: ([*log[0], fact(8, stream=2, version=3)], log[1], log[2])),
    "a batch dropped": (6, lambda log: (log[0], log[1][:1], log[2])),
    "a batch signed by another": (
        1,
        lambda log: (log[0], [replace(log[1][0], signature=bytes(64)), *log[1][1:]], log[2]),
    ),
    "a head that states more": (8, lambda log: (log[0], log[1], replace(log[2], size=8))),
    "a head that states other roots": (7, lambda log: (log[0], log[1], replace(log[2], frontier=()))),
    "a fact without a state": (4, lambda log: altered(log, 4, state=None)),
    "a fact without a version": (4, lambda log: altered(log, 4, version=None)),
    "a fact without a position": (4, lambda log: altered(log, 4, position=None)),
    "a version past every number": (4, lambda log: altered(log, 4, version=2**64)),
    "a version below every number": (4, lambda log: altered(log, 4, version=-1)),
    "a fact twice": (5, lambda log: (log[0][:4] + log[0][3:], log[1], log[2])),
    "an unsigned fact without a position": (
        8,
        lambda log: ([*log[0], replace(log[0][0], position=None)], log[1], log[2]),  # type: ignore[arg-type]
    ),
    "a batch without a signature": (
        6,
        lambda log: (log[0], [log[1][0], replace(log[1][1], signature=None)], log[2]),  # type: ignore[arg-type]
    ),
    "a batch of more facts than there are": (
        8,
        lambda log: (log[0], [log[1][0], replace(log[1][1], count=2**63 - 1)], log[2]),
    ),
    "a batch of fewer facts than none": (
        6,
        lambda log: (log[0], [log[1][0], replace(log[1][1], count=-1)], log[2]),
    ),
    "an origin too long to be signed": (
        1,
        lambda log: (log[0], log[1], replace(log[2], origin="x" * 70_000)),
    ),
    "a batch recorded later": (1, lambda log: timed(log, 0, AT + timedelta(hours=1))),
    "a batch recorded a microsecond later": (6, lambda log: timed(log, 1, AT + timedelta(microseconds=1))),
    "a batch recorded before the one it follows": (6, lambda log: timed(log, 1, AT - timedelta(days=1))),
    "a batch without a time": (6, lambda log: timed(log, 1, None)),
    "a head that states another time": (
        7,
        lambda log: (log[0], log[1], replace(log[2], recorded_at=AT + timedelta(days=1))),
    ),
    "another origin": (1, lambda log: (log[0], log[1], replace(log[2], origin="other"))),
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_every_tampering_is_found_at_its_first_position(what: str) -> None:
    position, tamper = TAMPERINGS[what]
    found = check(tamper(log_of(5, 2)))
    assert not found.holds
    assert found.position == position


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 6), max_size=6), st.data())
def test_any_changed_byte_of_any_row_is_found(batch_sizes: list[int], data: st.DataObject) -> None:
    facts, batches, head = log_of(*batch_sizes)
    assert check((facts, batches, head)).holds
    if not facts:
        return
    at = data.draw(st.integers(0, len(facts) - 1))
    name = data.draw(st.sampled_from(["stream", "state", "leaf_hash"]))
    row = bytearray(getattr(facts[at], name))
    row[data.draw(st.integers(0, len(row) - 1))] ^= data.draw(st.integers(1, 255))
    found = check(altered((facts, batches, head), at + 1, **{name: bytes(row)}))
    assert found.position == at + 1


def test_the_file_an_auditor_carries_imports_nothing_of_ours() -> None:
    source = Path(audit.recompute.__file__).read_text(encoding="utf-8")
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module]
            if isinstance(node, ast.ImportFrom) and node.module
            else [a.name for a in node.names]
        )
    }
    assert imported <= set(sys.stdlib_module_names) | {"cryptography"}
