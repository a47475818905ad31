"""The checker of histories says what a search through all orders says."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from tests.faults.linearizability import Operation, violations


def write(version: int, called: float, returned: float) -> Operation:
    return Operation(True, version, called, returned)


def read(version: int, called: float, returned: float) -> Operation:
    return Operation(False, version, called, returned)


def test_what_overlaps_may_have_happened_in_either_order() -> None:
    assert violations([write(1, 0, 10), write(2, 1, 2), read(0, 3, 4), read(2, 5, 11)]) != []
    assert violations([write(1, 0, 10), write(2, 1, 11), read(0, 3, 4), read(2, 5, 11)]) == []


def test_a_read_sees_every_write_that_was_over_before_it() -> None:
    assert violations([write(1, 0, 1), read(1, 2, 3)]) == []
    assert violations([write(1, 0, 1), read(0, 2, 3)]) != []


def test_reads_never_go_back() -> None:
    assert violations([write(1, 0, 9), read(1, 1, 2), read(0, 3, 4)]) != []


def test_nothing_is_read_before_it_is_written() -> None:
    assert violations([read(1, 0, 1), write(1, 2, 3)]) != []
    assert violations([read(1, 0, 1)]) != []


def test_versions_are_dense() -> None:
    assert violations([write(1, 0, 1), write(3, 2, 3)]) != []
    assert violations([write(1, 0, 1), write(1, 2, 3)]) != []


def test_a_write_nobody_was_told_of_may_have_happened_at_any_time_since() -> None:
    unknown = Operation(True, 1, 5)
    assert violations([unknown, read(0, 6, 7), read(1, 8, 9)]) == []
    assert violations([unknown, read(1, 3, 4)]) != []


operations = st.builds(
    lambda writes, version, called, took: Operation(writes, version, called, called + took),
    st.booleans(),
    st.integers(0, 4),
    st.integers(0, 8),
    st.integers(0, 5),
)


def could_have_been(history: Iterable[Operation]) -> bool:
    """Try every order that real time allows on one counter."""
    return any(_allowed_by_time(order) and _explained(order) for order in permutations(history))


def _allowed_by_time(order: tuple[Operation, ...]) -> bool:
    return not any(
        later.returned < earlier.called for place, earlier in enumerate(order) for later in order[place:]
    )


def _explained(order: tuple[Operation, ...]) -> bool:
    now = 0
    for each in order:
        now += each.writes
        if each.version != now:
            return False
    return True


@given(st.lists(operations, max_size=5))
def test_it_says_what_a_search_through_all_orders_says(history: list[Operation]) -> None:
    assert (violations(history) == []) == could_have_been(history)
