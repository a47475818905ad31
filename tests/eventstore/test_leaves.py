"""The tree over the log is the tree of RFC 6962, and a leaf is exactly the stored bytes."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

import pytest

from eventstore.leaves import commit_message, extend, leaf_hash, root

STREAM = UUID("00112233-4455-6677-8899-aabbccddeeff")

# The reference leaves and roots of the Certificate Transparency project (RFC 6962 section 2.1).
REFERENCE_LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
REFERENCE_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def rfc_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word for word: split at the largest power of two below the size."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return sha256(b"\x01" + rfc_root(leaves[:half]) + rfc_root(leaves[half:])).digest()


def some_leaves(count: int) -> list[bytes]:
    return [sha256(number.to_bytes(4, "big")).digest() for number in range(count)]


def test_a_leaf_hash_is_the_published_example() -> None:
    found = leaf_hash(STREAM, 1, b"coop.ledger:PaymentRecorded", b'{"amount":"12.50"}')
    assert found.hex() == "13ca6eb31aa0a5f6b6e25edfa167f00c4c1b8d59d9152380cffad401076714ac"


def test_a_leaf_hash_tells_topic_from_state() -> None:
    assert leaf_hash(STREAM, 1, b"ab", b"c") != leaf_hash(STREAM, 1, b"a", b"bc")


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_certificate_transparency_reference(size: int) -> None:
    leaves = [sha256(b"\x00" + leaf).digest() for leaf in REFERENCE_LEAVES[:size]]
    assert root(size, extend(0, (), leaves)).hex() == REFERENCE_ROOTS[size]


def test_a_tree_grown_in_batches_has_the_root_of_a_tree_grown_at_once() -> None:
    leaves, frontier = some_leaves(100), tuple[bytes, ...]()
    for start, end in ((0, 1), (1, 1), (1, 8), (8, 77), (77, 100)):
        frontier = extend(start, frontier, leaves[start:end])
        assert root(end, frontier) == rfc_root(leaves[:end])


def test_appending_leaves_the_old_frontier_alone() -> None:
    before = extend(0, (), some_leaves(3))
    kept = tuple(before)
    extend(3, before, some_leaves(5))
    assert before == kept


@pytest.mark.parametrize("size", [2, 4, 7])
def test_a_frontier_of_another_size_has_no_root(size: int) -> None:
    with pytest.raises(ValueError, match="not the frontier"):
        root(size, extend(0, (), some_leaves(3)))


def test_a_frontier_with_a_shortened_hash_has_no_root() -> None:
    with pytest.raises(ValueError, match="not the frontier"):
        root(1, (b"\x00" * 31,))


def test_a_batch_signature_covers_log_place_and_leaves() -> None:
    leaves = some_leaves(2)
    said = commit_message("ledger.example.coop/audit/1", 258, leaves)
    assert said == (
        b"coop-commit-v1\n"
        b"\x00\x1bledger.example.coop/audit/1"
        b"\x00\x00\x00\x00\x00\x00\x01\x02"
        b"\x00\x00\x00\x02" + leaves[0] + leaves[1]
    )
