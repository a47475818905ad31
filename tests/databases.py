"""Real databases for the tests: one embedded server a run, and a fresh migrated database a test."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

from eventstore.embedded import EmbeddedPostgres
from eventstore.migrations.runner import migrate

TEMPLATE = "tutti_template"


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

    `run` is a directory that all workers of the run share, and no other run.
    """
    with _locked(run) as users:
        home = run / "server"
        if not home.exists():
            # Not below `run`: pytest closes that to others, and the server of a root user is another's.
            made = Path(tempfile.mkdtemp(prefix="tutti-tests-"))
            made.chmod(0o755)
            home.symlink_to(made)
        server = Server(home.resolve())
        server.start()
        users.write_text(str(int(users.read_text() or 0) + 1))
    try:
        yield server
    finally:
        with _locked(run) as users:
            left = int(users.read_text()) - 1
            users.write_text(str(left))
            if left == 0:
                server.stop()
                shutil.rmtree(home.resolve(), ignore_errors=True)
                home.unlink()


@contextmanager
def _locked(run: Path) -> Iterator[Path]:
    users = run / "server-users"
    with (run / "server-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not users.exists():
            users.write_text("0")
        yield users
