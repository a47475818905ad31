"""Embedded servers to test with, processes that start them, and what can be done to both."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from eventstore.embedded import (
    EmbeddedPostgres,
)
from eventstore.embedded.place import REACHABLE, place_of

CHECKOUT = Path(__file__).resolve().parents[2]
ROOT = os.geteuid() == 0
Make = Callable[[], EmbeddedPostgres]

# Becomes an ordinary user after its imports, since root's Python may stand where that user cannot go.
STARTER = """
import os, resource, signal, sys
from pathlib import Path
from eventstore.embedded import EmbeddedPostgres, EmbeddedRefusal
home, uid, largest = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
if os.geteuid() != uid:
    os.setgroups([])
    os.setgid(uid)
    os.setuid(uid)
if largest:
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
database = EmbeddedPostgres(home)
try:
    print("started" if database.start() else "found", database.status().pid, database.status().directory)
except EmbeddedRefusal as refusal:
    print(refusal.code, refusal)
"""


@pytest.fixture
def make() -> Iterator[Make]:
    """A maker of one database in a directory open to all; each call is another process's view of it."""
    parent = Path(tempfile.mkdtemp(prefix="embedded-"))
    parent.chmod(0o755)
    yield lambda: EmbeddedPostgres(parent / "data" / "postgres")
    remove(EmbeddedPostgres(parent / "data" / "postgres"))
    shutil.rmtree(parent)


@pytest.fixture(scope="module")
def database() -> Iterator[EmbeddedPostgres]:
    """One running database for tests that only look at it."""
    parent = Path(tempfile.mkdtemp(prefix="embedded-"))
    parent.chmod(0o755)
    database = EmbeddedPostgres(parent / "postgres")
    database.start()
    yield database
    remove(database)
    shutil.rmtree(parent)


def remove(database: EmbeddedPostgres) -> None:
    place = place_of(database.home)
    database.stop()
    if place.parent == REACHABLE:
        shutil.rmtree(place)


def starter(
    home: Path, *, uid: int = os.geteuid(), largest: int = 0, path: Path = CHECKOUT
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", STARTER, str(home), str(uid), str(largest)],
        env={"PATH": os.defpath, "PYTHONPATH": f"{path}:{CHECKOUT}"},
        cwd="/",
        stdout=subprocess.PIPE,
        text=True,
    )


def said_by(process: subprocess.Popen[str]) -> list[str]:
    with process:
        return process.communicate(timeout=120)[0].split()


def value(database: EmbeddedPostgres, query: str) -> object:
    with psycopg.connect(database.dsn()) as connection:
        row = connection.execute(query.encode()).fetchone()
        assert row is not None
        return row[0]


def write_a_row(database: EmbeddedPostgres) -> None:
    with psycopg.connect(database.dsn()) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept VALUES (7)")


def pid_of(database: EmbeddedPostgres) -> int:
    pid = database.status().pid
    assert pid is not None
    return pid


def kill_and_wait(pid: int) -> None:
    """Kill -9 and wait until dead, leaving a child of ours the zombie it then is."""
    os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/cmdline").read_bytes() == b"":
                return
        except FileNotFoundError:
            return
        time.sleep(0.01)


def leave_pid_file_naming(pid: int, database: EmbeddedPostgres) -> Path:
    file = database.status().directory / "postmaster.pid"
    file.write_text(f"{pid}\n{file.parent}\n1700000000\n5432\n\n127.0.0.1\n  1 2\nready   \n")
    owner = file.parent.stat()
    os.chown(file, owner.st_uid, owner.st_gid)
    return file
