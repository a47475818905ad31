"""Two ways to run PostgreSQL out of room: a small disk in memory, or files that may not grow.

The first needs the right to mount. The second holds everywhere: the server inherits a limit on the
size of its files, and meets it as it meets a full disk.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from eventstore.embedded.account import owner_of
from tests.faults.own_server import OwnServer

MB = 1 << 20
ROOM_MB = 24
MUCH_MB = 1_000
MOST_MESSAGES = 400
WAL_SEGMENT_BYTES = 16 * MB
"""A limit below this keeps a new segment of the WAL from being made."""

WRITE_WAL = "SELECT pg_logical_emit_message(false, 'fill', repeat('x', 1000000))"
# Rows that are undone still take their room: the table's file is then longer than may be written.
LENGTHEN = """
    INSERT INTO tutti_default.event (position, originator_id, originator_version, topic, state, leaf_hash)
    SELECT -g, gen_random_uuid(), 1, 'x', convert_to(repeat('x', 1900), 'UTF8'), decode(repeat('00', 32), 'hex')
    FROM generate_series(1, 10000) AS g
"""


@dataclass(frozen=True)
class Scarce:
    """A database that can be run out of room, and given room again."""

    dsn: str
    fill: Callable[[], None]
    free: Callable[[], None]


def mounting_allowed() -> bool:
    """Tell whether this process may mount a disk."""
    with tempfile.TemporaryDirectory() as directory:
        if not _mount(Path(directory), 1):
            return False
        _run("umount", directory)
        return True


@contextmanager
def little_room_for_facts(server: OwnServer) -> Iterator[Scarce]:
    """A database whose tables stand on a small disk."""
    with _mounted(server, ROOM_MB) as disk:
        place = disk / "facts"
        place.mkdir()
        owner_of(server.embedded.status().directory).own(place)
        _as_superuser(server, f"CREATE TABLESPACE small LOCATION '{place}'")
        filler = disk / "filler"

        def fill() -> None:
            with filler.open("wb", buffering=0) as file, suppress(OSError):
                while file.write(bytes(4096)):
                    pass

        with server.database(tablespace="small") as dsn:
            yield Scarce(dsn, fill, filler.unlink)
        _as_superuser(server, "DROP TABLESPACE small")


@contextmanager
def little_room_for_wal(server: OwnServer) -> Iterator[Scarce]:
    """A database whose WAL stands on a small disk."""
    wal = server.embedded.status().directory / "pg_wal"
    used_mb = sum(file.stat().st_size for file in wal.rglob("*") if file.is_file()) // MB
    with server.database() as dsn, _mounted(server, used_mb + ROOM_MB) as disk:
        server.stop()
        _move(wal, disk / "pg_wal")
        wal.symlink_to(disk / "pg_wal")
        server.restart()

        def free() -> None:
            _run("mount", "-o", f"remount,size={MUCH_MB}m", str(disk))

        yield Scarce(dsn, lambda: _write_wal(dsn), free)
        server.stop()
        wal.unlink()
        _move(disk / "pg_wal", wal)
        server.restart()


@contextmanager
def short_files_for_facts(server: OwnServer) -> Iterator[Scarce]:
    """A database whose table of facts may not grow."""
    with server.database() as dsn:

        def fill() -> None:
            with psycopg.connect(dsn) as connection:
                connection.execute("ALTER TABLE tutti_default.event SET (autovacuum_enabled = off)")
                connection.commit()
                connection.execute(LENGTHEN.encode())
                connection.rollback()
            _restart_limited(server, WAL_SEGMENT_BYTES)

        yield Scarce(dsn, fill, server.discard)


@contextmanager
def short_files_for_wal(server: OwnServer) -> Iterator[Scarce]:
    """A database whose WAL may not grow."""
    with server.database() as dsn:

        def fill() -> None:
            _as_superuser(server, "SELECT pg_switch_wal()")
            _restart_limited(server, WAL_SEGMENT_BYTES * 3 // 4)
            _write_wal(dsn)

        yield Scarce(dsn, fill, server.discard)


def _write_wal(dsn: str) -> None:
    """Write WAL until the server cannot."""
    with suppress(psycopg.Error), psycopg.connect(dsn, autocommit=True) as connection:
        for _ in range(MOST_MESSAGES):
            connection.execute(WRITE_WAL)
        raise RuntimeError("the WAL never filled its disk")


def _restart_limited(server: OwnServer, largest_bytes: int) -> None:
    server.stop()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_bytes, before[1]))
    try:
        server.restart()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def _mounted(server: OwnServer, size_mb: int) -> Iterator[Path]:
    directory = server.embedded.home / "small"
    directory.mkdir()
    if not _mount(directory, size_mb):
        raise PermissionError("mounting is not allowed here")
    try:
        owner_of(server.embedded.status().directory).own(directory)
        yield directory
    finally:
        _run("umount", "-l", str(directory))
        directory.rmdir()


def _mount(directory: Path, size_mb: int) -> bool:
    return _run("mount", "-t", "tmpfs", "-o", f"size={size_mb}m", "tmpfs", str(directory))


def _move(source: Path, target: Path) -> None:
    """Move a directory to another disk with its owner."""
    owner = owner_of(source)
    shutil.move(source, target)
    for path in (target, *target.rglob("*")):
        owner.own(path)


def _as_superuser(server: OwnServer, statement: str) -> None:
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        connection.execute(statement.encode())


def _run(*words: str) -> bool:
    return subprocess.run(words, capture_output=True, check=False).returncode == 0
