"""Whether a history of one stream could have happened one operation after another, in real time's order.

A write makes the version that follows the last; a read sees a version. Every write has a version of
its own, so the order is told by the versions: write 1, the reads of 1, write 2, and so on. What is
left to check is that nothing which was over before another began stands behind it. That takes one
sort and one pass: O(n log n).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Operation:
    """One call: a write that made `version`, or a read that saw it; times of one clock.

    A write whose outcome was never told has no `returned`: it may have happened at any time since.
    """

    writes: bool
    version: int
    called: float
    returned: float = math.inf

    @property
    def place(self) -> tuple[int, bool]:
        """Where it stands in the only order that the versions allow; reads of one version are equal."""
        return self.version, not self.writes


def violations(history: Iterable[Operation]) -> list[str]:
    """Return everything that no order of these operations explains; nothing if there is one."""
    ordered = sorted(history, key=lambda each: each.place)
    return [*_gaps(ordered), *_against_real_time(ordered)]


def _gaps(ordered: Sequence[Operation]) -> Iterator[str]:
    versions = [each.version for each in ordered if each.writes]
    if versions != list(range(1, len(versions) + 1)):
        yield f"the writes made the versions {versions}"
    seen = [each.version for each in ordered if not each.writes]
    if seen and not 0 <= min(seen) <= max(seen) <= len(versions):
        yield f"reads saw versions from {min(seen)} to {max(seen)}, and {len(versions)} were written"


def _against_real_time(ordered: Sequence[Operation]) -> Iterator[str]:
    """Go from the end; what stands behind must not be over before one that stands before it begins."""
    over, behind = math.inf, None
    for _, group in groupby(reversed(ordered), key=lambda each: each.place):
        equals = list(group)
        for each in equals:
            if over < each.called:
                yield f"{behind} was over before {each} began, and stands behind it"
        first = min(equals, key=lambda each: each.returned)
        if first.returned < over:
            over, behind = first.returned, first
