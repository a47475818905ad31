"""Real databases for the tests: one embedded server a run, and a fresh migrated database a test."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

from eventstore.embedded import EmbeddedPostgres
from eventstore.migrations.runner import migrate

TEMPLATE = "tutti_template"
USERS = "server-users"
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - what is made there has a name nobody can guess
ROOMY_BYTES = 4_000_000_000


class Server:
    """The server of this test run, shared by its workers."""

    def __init__(self, home: Path) -> None:
        self._postgres = EmbeddedPostgres(home)

    def start(self) -> None:
        self._postgres.start()
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            there = connection.execute("SELECT FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone()
            if there is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
        migrate(self.dsn(TEMPLATE), "default")

    def stop(self) -> None:
        self._postgres.stop()

    def dsn(self, database: str) -> str:
        return self._postgres.dsn(database)

    @contextmanager
    def database(self, *, template: str = TEMPLATE) -> Iterator[str]:
        """A fresh copy of the template; what it yields is its connection string."""
        name = sql.Identifier(f"test_{uuid4().hex}")
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, sql.Identifier(template))
            )
            if template == TEMPLATE:  # what is granted on a database is not copied with it
                connection.execute(
                    sql.SQL("GRANT CREATE ON DATABASE {} TO tutti_owner, tutti_projector").format(name)
                )
            try:
                yield self.dsn(name.as_string().strip('"'))
            finally:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


@contextmanager
def shared_server(run: Path) -> Iterator[Server]:
    """The one server of a test run: the first worker that needs it starts it, the last one stops it.

    `run` is a directory that all workers of the run share, and no other run. Whoever uses the server
    holds a shared lock on a file there, which the kernel takes back from a run that was killed.
    """
    for abandoned in run.parent.glob(f"*/{USERS}"):
        _stop_if_unused(abandoned.parent)
    with _locked(run / "server-lock"):
        home = run / "server"
        if not home.exists():
            # Not below `run`: pytest closes that to others, and the server of a root user is another's.
            made = Path(tempfile.mkdtemp(prefix="tutti-tests-", dir=_quick_folder()))
            made.chmod(0o755)
            home.symlink_to(made)
        server = Server(home.resolve())
        server.start()
        using = (run / USERS).open("w")
        fcntl.flock(using, fcntl.LOCK_SH)
    try:
        yield server
    finally:
        using.close()
        _stop_if_unused(run)


def _quick_folder() -> Path | None:
    """A folder in memory if there is a roomy one: hundreds of databases are made and dropped in a run."""
    if os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOMY_BYTES:
        return IN_MEMORY
    return None


def _stop_if_unused(run: Path) -> None:
    home = run / "server"
    with _locked(run / "server-lock"), suppress(BlockingIOError), (run / USERS).open("w") as users:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if home.exists():
            Server(home.resolve()).stop()
            shutil.rmtree(home.resolve(), ignore_errors=True)
            home.unlink()


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
