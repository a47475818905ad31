"""The module of each aggregate draws its life cycle, and the drawing is true.

    ── Opened ──> open ── Closed ──> closed
                   └── Adjusted, while it is open

A drawing is indented by four; facts stand on the arrows, with their names, and states between them, in
small letters. What begins a life has no state before its arrow.
"""

from __future__ import annotations

import re
from enum import StrEnum
from inspect import getmodule

import pytest

from domain.catalogue import AGGREGATES
from domain.facts import Ledgered
from tests.test_tidy import facts

FACT = re.compile(r"\b[A-Z][A-Za-z]+")


def drawing_of(aggregate: type[Ledgered]) -> str:
    lines = (getattr(getmodule(aggregate), "__doc__", "") or "").splitlines()
    return "\n".join(line for line in lines if line.startswith("    "))


def facts_of(aggregate: type[Ledgered]) -> set[str]:
    own = f"{aggregate.__name__}."
    return {kind.__name__ for kind in facts() if kind.__qualname__.startswith(own)}


def states_of(aggregate: type[Ledgered]) -> set[str]:
    """The values of the states that the module of an aggregate names."""
    return {
        state.value.replace("-", " ")
        for kind in vars(getmodule(aggregate)).values()
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind.__module__ == aggregate.__module__
        if kind.__name__.endswith(("State", "Standing"))
        for state in kind
    }


def begins_of(aggregate: type[Ledgered]) -> set[str]:
    return {
        kind.__name__
        for kind in vars(aggregate).values()
        if isinstance(kind, type) and issubclass(kind, Ledgered.Created) and "TOPIC" in vars(kind)
    }


@pytest.mark.parametrize("aggregate", AGGREGATES, ids=lambda each: str(each.__name__))
def test_the_drawing_of_an_aggregate_names_exactly_the_facts_there_are(aggregate: type[Ledgered]) -> None:
    drawing, where = drawing_of(aggregate), aggregate.__module__
    assert drawing, (
        f"draw the life cycle of {aggregate.__name__} in the docstring of {where}, indented by four"
    )
    drawn, known = set(FACT.findall(drawing)), facts_of(aggregate)
    assert not known - drawn, f"facts that are missing in the drawing of {where}: {sorted(known - drawn)}"
    assert not drawn - known, (
        f"no facts, yet with a capital in the drawing of {where}: {sorted(drawn - known)}"
    )


@pytest.mark.parametrize("aggregate", AGGREGATES, ids=lambda each: str(each.__name__))
def test_the_drawing_of_an_aggregate_names_its_states(aggregate: type[Ledgered]) -> None:
    drawing = drawing_of(aggregate)
    missing = {state for state in states_of(aggregate) if not re.search(rf"\b{state}\b", drawing)}
    assert not missing, f"states that are missing in the drawing of {aggregate.__module__}: {sorted(missing)}"


@pytest.mark.parametrize("aggregate", AGGREGATES, ids=lambda each: str(each.__name__))
def test_a_drawing_begins_with_what_begins_the_life(aggregate: type[Ledgered]) -> None:
    """Some begin in another way in old books; that stands on an arrow from nowhere too."""
    drawing, first = drawing_of(aggregate), begins_of(aggregate)
    assert any(drawing.startswith(f"    ── {each} ──> ") for each in first)
    assert all(f"    ── {each} ──> " in drawing for each in first)


@pytest.mark.parametrize("aggregate", AGGREGATES, ids=lambda each: str(each.__name__))
def test_a_drawing_fits_the_screen_and_has_one_kind_of_arrow(aggregate: type[Ledgered]) -> None:
    for line in drawing_of(aggregate).splitlines():
        assert len(line) <= 120
        assert not re.search(r"--|->|=>|[<]──|→", line), line


def test_states_are_found() -> None:
    assert sum(bool(states_of(aggregate)) for aggregate in AGGREGATES) > 8
