"""One core for threads that take turns in any case.

Python's interpreter lets one thread of a process run at a time. Where its threads are on several cores,
each turn wakes another core, and who was woken too early waits a second time: with many callers that
costs more than deciding their commands. On one core, and not interrupting each other when they are woken
(SCHED_BATCH in sched(7) of Linux), they change turns for a tenth of that.

The database and other processes keep all cores; the system moves them out of the way.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_OWN_THREADS = Path("/proc/self/task")


def keep_to_one_core() -> int | None:
    """Keep all threads of this process, and those they start, to one core; returns its number.

    It follows from the number of the process, so that several spread. None, and nothing is changed,
    if there is one core only, or the system knows no such thing.
    """
    if sys.platform != "linux" or (core := _own_core()) is None:
        return None
    for thread in _OWN_THREADS.iterdir():
        with suppress(OSError):  # it has ended meanwhile, or we may not
            _keep(int(thread.name), core)
    return core


@contextmanager
def on_one_core() -> Iterator[int | None]:
    """Keep this thread, and those it starts meanwhile, to one core; yields its number, or None as above."""
    if sys.platform != "linux" or (core := _own_core()) is None:
        yield None
        return
    cores, policy = os.sched_getaffinity(0), os.sched_getscheduler(0)
    with suppress(OSError):
        _keep(0, core)
    try:
        yield core
    finally:
        with suppress(OSError):
            os.sched_setaffinity(0, cores)
            os.sched_setscheduler(0, policy, os.sched_getparam(0))


if sys.platform == "linux":

    def _own_core() -> int | None:
        cores = sorted(os.sched_getaffinity(0))
        return cores[os.getpid() % len(cores)] if len(cores) > 1 else None

    def _keep(thread: int, core: int) -> None:
        os.sched_setaffinity(thread, {core})
        if os.sched_getscheduler(thread) == os.SCHED_OTHER:
            os.sched_setscheduler(thread, os.SCHED_BATCH, os.sched_param(0))
