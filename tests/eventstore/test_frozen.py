"""State values come back from a snapshot as they were, and nothing else comes out of one."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.aggregates.bank_account import StatementFigures
from domain.catalogue import AGGREGATES
from domain.governance.rules import Choice, Comparator
from domain.settlement import FundPart
from eventstore.frozen import CannotFreeze, Values, texts

VALUES = Values(AGGREGATES)

PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.uuids()
    | st.dates()
    | st.datetimes(timezones=st.just(UTC))
    | st.fractions()
    | st.sampled_from(Choice)
    | st.builds(StatementFigures, st.integers(), st.integers(), st.integers())
)
NESTED = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.frozensets(PLAIN, max_size=3)
        | st.dictionaries(PLAIN, inner, max_size=3)
    ),
    max_leaves=8,
)


@given(state=st.dictionaries(st.text("abc_", min_size=1), NESTED, max_size=4))
def test_what_was_written_is_read_with_its_kinds(state: dict[str, Any]) -> None:
    again = VALUES.read(VALUES.write(state))
    assert again == state
    assert kinds(again) == kinds(state)


def kinds(value: Any) -> Any:
    if isinstance(value, dict):
        return [(kinds(key), kinds(of)) for key, of in value.items()]
    if isinstance(value, frozenset):
        return frozenset(map(type, value))
    if isinstance(value, tuple):
        return (type(value), *map(kinds, value))
    return type(value)


def test_a_record_inside_a_map_comes_back() -> None:
    part = FundPart(**dict.fromkeys(FundPart.__dataclass_fields__, 1))  # type: ignore[arg-type]
    state = {"parts": {date(2026, 3, 1): (part,)}, "by": Comparator.AT_LEAST}
    assert VALUES.read(VALUES.write(state)) == state


class NotOurs:
    """Of no aggregate's module."""


@pytest.mark.parametrize("value", [1.5, [1], b"", NotOurs(), {1: NotOurs()}, datetime, Fraction])
def test_what_is_no_state_value_is_not_written(value: object) -> None:
    with pytest.raises(CannotFreeze):
        VALUES.write({"value": value})


@pytest.mark.parametrize(
    "said",
    [
        ["record", "os.system", {"command": "true"}],
        ["record", "domain.aggregates.bank_account.BankAccount", {"entity_id": None}],
        ["record", "domain.aggregates.bank_account.StatementFigures", {"more": 1}],
        ["record", "domain.aggregates.bank_account.StatementFigures", 1],
        ["word", "domain.governance.rules.Choice", "MAYBE"],
        ["word", "domain.aggregates.bank_account.StatementFigures", "count"],
        ["antigravity", "fly"],
        ["uuid", "no id"],
        ["uuid", 1],
        ["map", 1],
        ["set", ["tuple", {}]],
        [],
        1.5,
        {"a": 1},
        [["uuid"]],
    ],
)
def test_what_was_never_written_is_not_read(said: object) -> None:
    with pytest.raises(CannotFreeze):
        VALUES.read(json.dumps({"value": said}).encode())


@pytest.mark.parametrize("garbage", [b"", b"\xff", b"[]", b"1", b"[" * 100_000])
def test_garbage_is_not_read(garbage: bytes) -> None:
    with pytest.raises(CannotFreeze):
        VALUES.read(garbage)


def test_every_text_is_found_wherever_it_stands() -> None:
    state = {"a": ("one", frozenset({"two"}), {"three": ("four", 5, UUID(int=6))}), "b": Choice.YES}
    assert set(texts(state)) == {"a", "b", "one", "two", "three", "four", "yes"}
