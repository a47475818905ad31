"""What the figures were made on: they mean nothing without it."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.processes import PROC
from benchmarks.server import Server, filesystem_of

_GIB = 2**30


def described(server: Server, folder: Path | None) -> dict[str, Any]:
    """Describe processor, memory, disk, programs and safeguards, and how busy it all was before."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / _GIB),
        "system": platform.system(),
        "filesystem": filesystem_of(folder or server.folder),
        "python": platform.python_version(),
        "psycopg": psycopg.__version__,
        "load": os.getloadavg()[0],
        "postgresql": server.settings(),
    }


def _processor() -> str:
    try:
        lines = (PROC / "cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())
