"""One hash names a list: the Merkle tree of RFC 6962."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.governance.roots import root_of


def leaf(entry: str) -> bytes:
    return hashlib.sha256(b"\x00" + entry.encode()).digest()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert root_of([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


# The leaves and roots of the reference implementation of Certificate Transparency (google/certificate-transparency,
# `cpp/merkletree/merkle_tree_test.cc`), as far as they are text.
LEAVES = ["", "\x00", "\x10", " !", "01", "@ABC", "PQRSTUVW", "`abcdefghijklmno"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize(("size", "root"), list(enumerate(ROOTS, start=1)))
def test_the_roots_of_the_reference_implementation(size: int, root: str) -> None:
    assert root_of(LEAVES[:size]) == root


def test_roots_have_the_shape_of_the_standard() -> None:
    a, b, c, d, e = map(leaf, "abcde")
    assert root_of("a") == a.hex()
    assert root_of("ab") == node(a, b).hex()
    assert root_of("abc") == node(node(a, b), c).hex()
    assert root_of("abcde") == node(node(node(a, b), node(c, d)), e).hex()


@given(st.lists(st.text(max_size=3), max_size=20), st.lists(st.text(max_size=3), max_size=20))
def test_two_lists_never_share_a_root(one: list[str], other: list[str]) -> None:
    assert (root_of(one) == root_of(other)) == (one == other)
