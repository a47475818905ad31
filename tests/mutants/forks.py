"""Work done in a process of its own, which ends with whatever it has changed."""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from typing import Any

MOST_MEMORY = 4 * 2**30
CPU_TIME_IS_UP = signal.SIGPROF

Say = Callable[[object], None]


class Ended(Exception):  # noqa: N818 - what became of the work, not always an error
    """The fork ended otherwise than by coming to the end of its work; `by` is the signal, or 0."""

    def __init__(self, by: int) -> None:
        """Say by which signal."""
        super().__init__(f"ended by signal {by}" if by else "ended by an error")
        self.by = by


def in_a_fork(task: Callable[[Say], None], *, cpu_s: float = 0) -> Iterator[Any]:
    """Yield what a task says in a fork, by way of JSON; raises Ended.

    Beyond `cpu_s` seconds of processor time, unless they are 0, it is ended.
    """
    reader, writer = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if not child:
        os.close(reader)
        _run_and_exit(task, writer, cpu_s)
    os.close(writer)
    try:
        with os.fdopen(reader) as said:
            for line in said:
                yield json.loads(line)
    finally:
        _, status = os.waitpid(child, 0)
    if status:
        raise Ended(os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0)


def _run_and_exit(task: Callable[[Say], None], writer: int, cpu_s: float) -> None:
    status = 1
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        if cpu_s:
            gc.disable()  # a collection would write to every page that is shared
            os.dup2(nowhere, 2)
            signal.signal(CPU_TIME_IS_UP, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_PROF, cpu_s)
            resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
        with os.fdopen(writer, "w") as out:

            def say(something: object) -> None:
                out.write(json.dumps(something) + "\n")
                out.flush()

            task(say)
        status = 0
    except BaseException as wrong:  # noqa: BLE001 - it is told by the exit status, and nothing may come back
        sys.stderr.write(f"{wrong!r}\n")
    finally:
        os._exit(status)
