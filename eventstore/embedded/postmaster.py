"""Which process serves a data directory. A pid file is a rumour; the process itself is the witness.

After a crash the pid in `postmaster.pid` may be nobody's, a zombie's, or (after a restart of a
container) that of some innocent process, so it is believed only when that process says of itself
that it is PostgreSQL on this very directory.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

PID_FILE = "postmaster.pid"


@dataclass(frozen=True)
class Postmaster:
    """A living server: its process, its TCP port, and whether it takes connections yet."""

    pid: int
    port: int
    ready: bool


def postmaster_of(cluster: Path) -> Postmaster | None:
    """Return the living server of `cluster`, or None.

    Lines of the pid file: 1 pid, 4 port, 8 state (PostgreSQL's `utils/pidfile.h`); later lines
    appear while the server starts.
    """
    lines = _pid_file_lines(cluster)
    pid = _as_number(lines, 0)
    if pid is None or not _serves(pid, cluster):
        return None
    ready = len(lines) > 7 and lines[7].strip() == "ready"  # noqa: PLR2004 - the eighth line
    return Postmaster(pid=pid, port=_as_number(lines, 3) or 0, ready=ready)


def drop_misleading_pid_file(cluster: Path) -> None:
    """Remove a pid file that would keep a new server from starting though no server lives.

    PostgreSQL refuses to start while the pid in that file exists, whatever that process is, and
    when the file is empty. A pid of nobody stays: then PostgreSQL itself also looks for
    shared memory still in use. The caller holds the cluster's life lock.
    """
    lines = _pid_file_lines(cluster)
    pid = _as_number(lines, 0)
    if postmaster_of(cluster) is None and (pid is None or _exists(pid)):
        (cluster / PID_FILE).unlink(missing_ok=True)


def _pid_file_lines(cluster: Path) -> list[str]:
    try:
        return (cluster / PID_FILE).read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return []


def _as_number(lines: list[str], index: int) -> int | None:
    if len(lines) <= index or not lines[index].strip().isdecimal():
        return None
    return int(lines[index])


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _serves(pid: int, cluster: Path) -> bool:
    command = _command_line(pid)
    if not command or Path(command[0]).name not in {"postgres", "postmaster"}:
        return False
    if "-D" in command[:-1]:
        named = Path(command[command.index("-D") + 1])
        if named.is_absolute():
            return _same_directory(named, cluster)
    return _same_directory(Path(f"/proc/{pid}/cwd"), cluster)


def _command_line(pid: int) -> list[str]:
    """Return the arguments of a process; a zombie has none."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").split("\0")
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            return []
    shown = subprocess.run(  # noqa: S603 - fixed program, a number as argument
        ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return shown.stdout.split()


def _same_directory(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
