"""Which version of the posting rules books a fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from domain.bookkeeping import rules_v1, rules_v2
from domain.bookkeeping.entries import JournalEntry

VERSIONS: Mapping[int, Callable[[Any], JournalEntry | None]] = {1: rules_v1.book, 2: rules_v2.book}


def version_for(adopted: Sequence[tuple[date, int]], booked_on: date) -> int:
    """Return the version adopted for that booking day.

    `adopted` holds (from_booked_on, version) in order. Raises LookupError if none reaches back.
    """
    for from_booked_on, version in reversed(adopted):
        if from_booked_on <= booked_on:
            return version
    raise LookupError(f"no posting rules adopted for {booked_on}")
