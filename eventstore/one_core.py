"""One core for threads that take turns in any case.

Python's interpreter lets one thread of a process run at a time. Where its threads are on several cores,
each turn wakes another core, and who was woken too early waits a second time: with many callers that
costs more than deciding their commands. On one core, and not interrupting each other when they are woken
(SCHED_BATCH in sched(7) of Linux), they change turns half as often, and each time for less.

The database and other processes keep all cores; the system moves them out of the way. Which core it is, is
drawn by lot, so that several processes spread, in containers too, where each has the same number.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_OWN_THREADS = Path("/proc/self/task")


def keep_to_one_core() -> int | None:
    """Keep all threads of this process, and those they start, to one core; returns its number.

    None, and nothing is changed, if there is one core only, or the system does not let us.
    """
    core = _drawn()
    if core is None or not _keep(0, core):
        return None
    kept: set[int] = set()
    # Who was not kept yet may have started another meanwhile.
    while left := _threads() - kept:
        for thread in left:
            _keep(thread, core)
        kept |= left
    return core


@contextmanager
def on_one_core() -> Iterator[int | None]:
    """Keep this thread, and those it starts meanwhile, to one core; yields its number, or None as above."""
    core = _drawn()
    if sys.platform != "linux" or core is None:
        yield None
        return
    cores, policy = os.sched_getaffinity(0), _policy()
    try:
        yield core if _keep(0, core) else None
    finally:
        if policy is not None:
            with suppress(OSError):
                os.sched_setscheduler(0, policy, os.sched_param(0))
        with suppress(OSError):
            os.sched_setaffinity(0, cores)


def _drawn() -> int | None:
    if sys.platform != "linux":
        return None
    cores = sorted(os.sched_getaffinity(0))
    return secrets.choice(cores) if len(cores) > 1 else None


def _policy() -> int | None:
    if sys.platform != "linux":
        return None
    try:
        return os.sched_getscheduler(0)
    except OSError:  # no such call here
        return None


def _threads() -> set[int]:
    try:
        return {int(thread.name) for thread in _OWN_THREADS.iterdir()}
    except OSError:
        return set()


def _keep(thread: int, core: int) -> bool:
    """Keep a thread to a core; False if it has ended, or we may not."""
    if sys.platform != "linux":
        return False
    try:
        os.sched_setaffinity(thread, {core})
    except OSError:
        return False
    with suppress(OSError):
        if os.sched_getscheduler(thread) == os.SCHED_OTHER:
            os.sched_setscheduler(thread, os.SCHED_BATCH, os.sched_param(0))
    return True
