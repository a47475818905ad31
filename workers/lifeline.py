"""A supervised process ends with its supervisor, however that one ends.

The supervisor holds the writing end of the child's standard input and never writes; when it is
gone, even by SIGKILL, the kernel closes that end and the child reads the end of the file.
"""

from __future__ import annotations

import os
import signal
import sys
import threading


def end_with_supervisor() -> None:
    """Terminate this process, politely, once its standard input is closed."""
    lifeline = sys.stdin.fileno()

    def wait() -> None:
        # Not through sys.stdin: a thread that waits in its buffer makes the interpreter abort at its end.
        while os.read(lifeline, 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="lifeline", daemon=True).start()


def stopped_by_signal() -> threading.Event:
    """Return an event that SIGINT, SIGTERM or SIGHUP sets."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopped.set())
    return stopped
