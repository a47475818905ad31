"""A PostgreSQL of the benchmark's own, in a folder that goes with it, and fresh databases there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql

from benchmarks import processes
from benchmarks.errors import NoPgbench, NotOnDisk
from eventstore.embedded import EmbeddedPostgres, NoBinaries
from eventstore.errors import DatabaseUnsafe
from eventstore.migrations.runner import migrate

TENANT = "default"
LOOK_AGAIN_S = 0.01
_MEMORY = frozenset({"tmpfs", "ramfs"})
_SAFEGUARDS = ("fsync", "synchronous_commit", "full_page_writes")
_SETTINGS = "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)"
_SIZE = "SELECT pg_database_size(current_database())"


class Server:
    """One server for a whole run; each measured run has a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._postgres = EmbeddedPostgres(folder)
        self._made = 0

    def start(self) -> None:
        """Start, or start again after a kill; raises DatabaseUnsafe if a safeguard is off."""
        self._postgres.start()
        off = [f"{name}={value}" for name, value in self.settings().items() if value == "off"]
        if off:
            raise DatabaseUnsafe(settings=", ".join(off))

    def stop(self) -> None:
        """Stop it."""
        self._postgres.stop()

    def kill(self) -> None:
        """End every process of it at once, as a crash would (SIGKILL), and wait until it is gone."""
        postmaster = self.postmaster
        victims = [postmaster, *processes.children_of(postmaster)]
        for victim in victims:
            try:
                os.kill(victim, signal.SIGKILL)
            except ProcessLookupError:
                continue
        while self._postgres.status().pid is not None:
            time.sleep(LOOK_AGAIN_S)

    @property
    def postmaster(self) -> int:
        """The process id of the server."""
        return self._postgres.status().pid or 0

    def settings(self) -> dict[str, str]:
        """Return its version and the safeguards it runs under."""
        with psycopg.connect(self._postgres.dsn()) as connection:
            said: dict[str, str] = dict(
                connection.execute(_SETTINGS, [["server_version", *_SAFEGUARDS]]).fetchall()
            )
        return {name: said[name] for name in ("server_version", *_SAFEGUARDS)}

    @contextmanager
    def ledger(self) -> Iterator[str]:
        """A fresh database with the tables of a ledger; what it yields is its connection string."""
        with self.database() as dsn:
            migrate(dsn, TENANT)
            yield dsn

    @contextmanager
    def database(self) -> Iterator[str]:
        """A fresh database without tables; what it yields is its connection string."""
        self._made += 1
        name = f"run_{self._made}"
        self._execute("CREATE DATABASE {}", name)
        try:
            yield self._postgres.dsn(name)
        finally:
            self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def pgbench(self) -> Path:
        """Return the program; raises NoPgbench."""
        try:
            return self._postgres.binary("pgbench")
        except NoBinaries:
            found = shutil.which("pgbench")
            if found is None:
                raise NoPgbench from None
            return Path(found)

    def _execute(self, statement: LiteralString, name: str) -> None:
        with psycopg.connect(self._postgres.dsn(), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


@contextmanager
def own_server(parent: Path | None = None) -> Iterator[Server]:
    """A server in a new folder below `parent`, which is a place on a disk; both are gone afterwards.

    Raises NotOnDisk, DatabaseUnsafe.
    """
    folder = Path(tempfile.mkdtemp(prefix="tutti-bench-", dir=parent or _on_disk()))
    folder.chmod(0o755)  # a server started by root runs as another user
    server = Server(folder)
    try:
        if filesystem_of(folder) in _MEMORY:
            raise NotOnDisk(folder=folder)
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def filesystem_of(folder: Path) -> str:
    """Return the kind of file system a folder is on, as `ext4`; empty where it cannot be told."""
    found = ("", "")
    try:
        mounts = (processes.PROC / "self/mounts").read_text().splitlines()
    except OSError:
        return ""
    for line in mounts:
        _, point, kind, *_ = line.split()
        if folder.is_relative_to(point) and len(point) >= len(found[0]):
            found = (point, kind)
    return found[1]


def database_bytes(dsn: str) -> int:
    """Return what a database takes on disk, indexes and all."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        ((size,),) = connection.execute(_SIZE).fetchall()
    return int(size)


def run(program: Path, *words: str, dsn: str) -> subprocess.CompletedProcess[str]:
    """Run a client program of PostgreSQL on a database, its password out of sight of other users."""
    to = psycopg.conninfo.conninfo_to_dict(dsn)
    where = {"PGHOST": to["host"], "PGPORT": to["port"], "PGUSER": to["user"], "PGDATABASE": to["dbname"]}
    env = {name: str(value) for name, value in (where | {"PGPASSWORD": to["password"]}).items()}
    return subprocess.run(  # noqa: S603 - a program we found ourselves, no shell
        [program, *words], env=env, capture_output=True, text=True, check=False
    )


def _on_disk() -> Path | None:
    """Return where temporary files outlive a restart (FHS 3.0, 5.15), and so are not kept in memory."""
    lasting = Path("/var/tmp")  # noqa: S108 - mkdtemp makes a folder of our own there
    return lasting if lasting.is_dir() else None
