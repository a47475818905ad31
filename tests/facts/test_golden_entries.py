"""What a fact was booked as once it is booked as for ever: posting rules that were adopted do not change."""

from __future__ import annotations

from typing import Any

import pytest

from tests.facts.golden import booked, entry_path_of
from tests.facts.samples import events

BOOKED = [event for event in events() if booked(event)]


def test_most_facts_that_can_be_booked_are() -> None:
    assert len(BOOKED) >= 50


@pytest.mark.parametrize("event", BOOKED, ids=lambda event: str(event.TOPIC))
def test_a_fact_is_still_booked_as_it_was(event: Any) -> None:
    path = entry_path_of(event.TOPIC)
    assert path.exists(), "run `python -m tests.facts.golden`"
    assert booked(event) == path.read_text(encoding="utf-8")


def test_every_golden_entry_is_that_of_a_fact() -> None:
    held = {path.stem for path in entry_path_of("any").parent.glob("*.txt")}
    assert held == {event.TOPIC for event in BOOKED}
