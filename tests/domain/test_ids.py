"""An id follows from what it names, so that one thing can never have two streams."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import UnreadableText
from domain.ids import derived_id

PARTS = st.lists(st.text(alphabet="ab:\x1f1", max_size=4), min_size=1, max_size=4)


def test_an_id_stays_what_it_was_for_ever() -> None:
    assert derived_id("period", UUID(int=1), "2026-01") == UUID("c894fbf0-f09a-5b6f-bc47-815b13d5e1b4")


@given(PARTS, PARTS)
def test_two_keys_never_share_an_id(one: list[str], other: list[str]) -> None:
    assert (derived_id("kind", *one) == derived_id("kind", *other)) == (one == other)


def test_two_kinds_never_share_an_id() -> None:
    assert derived_id("bank-line", "1") != derived_id("bank-account", "1")


def test_a_key_that_is_no_text_is_refused() -> None:
    with pytest.raises(UnreadableText):
        derived_id("activity", "\ud800")
