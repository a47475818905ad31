"""A file of old books is read exactly, and what is none is refused with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import OldBooksUnreadable
from interchange import old_books
from interchange.old_books import read_old_books, write_old_books
from tests.old_books import BOOKS


def altered(*path: str | int, to: Any) -> bytes:
    """The sample's file with one value altered."""
    document = json.loads(write_old_books(BOOKS))
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return json.dumps(document).encode()


def test_what_is_written_is_read_back_equal() -> None:
    assert read_old_books(write_old_books(BOOKS)) == BOOKS


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"", "the whole file"),
        (b"\xff\xfe", "the whole file"),
        (b"[]", "the whole file"),
        (altered("format", to="another"), "format"),
        (altered("day", to="31/12/2025"), "day"),
        (altered("balances", 3, "balance_c", to=17.5), "balances/3/balance_c"),
        (altered("balances", 3, "balance_c", to="1710"), "balances/3/balance_c"),
        (altered("balances", 3, "balance_c", to=True), "balances/3/balance_c"),
        (altered("invoices", 0, "paid_c", to=1), "invoices/0/paid_c"),
        (altered("invoices", 0, "reference", to="090933755494"), "invoices/0/reference"),
        (altered("bank_accounts", 0, "account", to="BE00"), "bank_accounts/0/account"),
        (altered("activities", 0, "payout_regime", to="friend"), "activities/0/payout_regime"),
    ],
)
def test_what_is_no_file_of_old_books_is_refused_with_its_place(content: bytes, where: str) -> None:
    with pytest.raises(OldBooksUnreadable) as refused:
        read_old_books(content)
    assert refused.value.facts["where"] == where


def test_a_file_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(old_books, "MOST_BYTES", 10)
    with pytest.raises(OldBooksUnreadable):
        read_old_books(b" " * 11)


@given(st.binary(max_size=300))
def test_garbage_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(OldBooksUnreadable):
        read_old_books(content)
