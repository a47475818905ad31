"""CPU time and memory, of this process and of the server's, from /proc where there is one."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
_KIB = 1024


@dataclass(frozen=True, slots=True)
class Cpu:
    """Seconds of CPU used so far by a client and by the server; None where it cannot be told."""

    client_s: float
    server_s: float | None

    def since(self, before: Cpu) -> Cpu:
        """Return what was used since then."""
        known = self.server_s is not None and before.server_s is not None
        server_s = (self.server_s or 0.0) - (before.server_s or 0.0) if known else None
        return Cpu(self.client_s - before.client_s, server_s)


def own_cpu(postmaster: int) -> Cpu:
    """Return the CPU of this process, all threads, and of the server."""
    return Cpu(time.process_time(), server_cpu(postmaster))


def programs_cpu(postmaster: int) -> Cpu:
    """Return the CPU of the programs this process has run and seen end, and of the server."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cpu(used.ru_utime + used.ru_stime, server_cpu(postmaster))


def server_cpu(postmaster: int) -> float | None:
    """Return the seconds of CPU of a PostgreSQL server: every process of it, those that ended included."""
    if not PROC.is_dir():
        return None
    own = _stat(PROC / str(postmaster))
    if own is None:
        return None
    ticks = sum(own[11:15])  # its own, and that of the children it has buried
    for child in children_of(postmaster):
        fields = _stat(PROC / str(child))
        ticks += sum(fields[11:13]) if fields else 0
    return ticks / os.sysconf("SC_CLK_TCK")


def children_of(parent: int) -> Iterator[int]:
    """Yield the processes whose parent this is."""
    for directory in PROC.glob("[0-9]*"):
        fields = _stat(directory)
        if fields and fields[1] == parent:
            yield int(directory.name)


def resident_bytes() -> int:
    """Return the memory this process holds now, or at its peak where only that is told."""
    try:
        pages = int((PROC / "self/statm").read_text().split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIB
    return pages * os.sysconf("SC_PAGE_SIZE")


def _stat(directory: Path) -> list[int] | None:
    """Return the numbers behind the name in its `stat`, its state counted as zero; see proc(5)."""
    try:
        text = (directory / "stat").read_text()
    except OSError:
        return None
    _, *numbers = text.rpartition(")")[2].split()
    return [0, *map(int, numbers)]
