"""How many commands are decided at once: all who wait, or half while the other half is recorded.

Two halves keep this process and the database busy at the same time, for two commits instead of one.
That pays as long as what a commit costs, however little is in it, takes less time than all of the
crowd's work here; where the disk is slow, one commit for everybody is better.
"""

from __future__ import annotations

import os
import sys
from math import ceil

SMALLEST_CROWD = 8
"""Below it, waking each other costs more than is won."""
LARGEST_HALF = 128
"""Of 256 threads, a fifth more are answered than by halves of 64; of coroutines, no more and no fewer."""
OF_WORK = 2.0
"""Asking, sending and hearing take a caller's thread about as long as deciding does."""
LEAST_COMMIT_S = 50e-6
"""From here, what a slow disk takes is learned within some twenty commits."""
LONGEST_AWAKE_S = 0.0015
"""Who falls asleep over a fast commit needs a fifth of its time to wake. With one processor, the server needs that."""
WEIGHT, MOST_AT_ONCE = 0.1, 4.0
"""How much the newest measurement counts, and how far beyond the mean it is believed."""


def _processors() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


PROCESSORS = _processors()
"""Those this process had when it began; later it may keep to one (one_core.py), and the server has the others."""


class Pace:
    """Measures deciding and recording, and tells how many to take. One thread's."""

    def __init__(self, *, decide_s: float = 50e-6, commit_s: float = 1e-3) -> None:
        """Begin with guesses, in seconds: to decide a command, and to commit, whatever is in the batch."""
        self._decide_s = decide_s
        self._commit_s = commit_s

    def decided(self, commands: int, seconds: float) -> None:
        """Learn how long it took to decide so many."""
        if commands:
            self._decide_s = _nearer(self._decide_s, seconds / commands)

    def committed(self, commands: int, seconds: float) -> None:
        """Learn how long a batch of so many was on its way: for each further one, about as long as we need.

        Where it was quicker with a whole batch, this says nothing of what a commit costs.
        """
        seconds -= (commands - 1) * self._decide_s
        if seconds > 0:
            self._commit_s = _nearer(self._commit_s, max(seconds, LEAST_COMMIT_S))

    def half_of(self, crowd: int) -> int | None:
        """Return how many of a crowd to decide while others are on their way; None if all are to go together."""
        if crowd < SMALLEST_CROWD or self._commit_s > crowd * self._decide_s * OF_WORK:
            return None
        return min(ceil(crowd / 2), LARGEST_HALF)

    @property
    def awake_s(self) -> float:
        """How long whoever asks alone waits for a commit without sleeping: not at all where the disk is slow."""
        alone = PROCESSORS > 1 and self._commit_s < LONGEST_AWAKE_S / 2
        return 2 * self._commit_s if alone else 0.0

    def most_within(self, seconds: float) -> int:
        """Return how many are decided in that time, one at least."""
        return max(1, int(seconds / self._decide_s))


def _nearer(mean: float, newest: float) -> float:
    """Return the mean, moved towards the newest value: one that is far off hardly moves it."""
    return mean + WEIGHT * (min(newest, MOST_AT_ONCE * mean) - mean)
