"""A PostgreSQL of one test's own, to be killed, starved and stopped."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from uuid import uuid4

import psutil
import psycopg

from eventstore.embedded import EmbeddedPostgres
from eventstore.embedded.place import REACHABLE, place_of
from tests.databases import TEMPLATE, Server

PATIENCE_S = 120.0
BACKENDS = """
    SELECT pid FROM pg_stat_activity
    WHERE backend_type = 'client backend' AND application_name LIKE 'tutti%' ORDER BY pid
"""


class OwnServer(Server):
    """A server that nobody else uses."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.embedded = EmbeddedPostgres(home)

    @property
    def pid(self) -> int:
        """The process id of its postmaster."""
        pid = self.embedded.status().pid
        if pid is None:
            raise ProcessLookupError("the server does not run")
        return pid

    @contextmanager
    def database(self, *, template: str = TEMPLATE, tablespace: str = "pg_default") -> Iterator[str]:
        """A fresh copy of the template; unlike the shared server's, it outlives the server's death."""
        name = f"life_{uuid4().hex}"
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} TABLESPACE {tablespace}".encode())
            connection.execute(f"GRANT CREATE ON DATABASE {name} TO tutti_owner, tutti_projector".encode())
        yield self.dsn(name)
        self.restart()
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

    def restart(self) -> None:
        """Bring it up again after whatever befell it."""
        self.embedded.start()

    def kill_postmaster(self) -> None:
        """Kill the server itself; its backends end by themselves once they notice."""
        pid = self.pid
        os.kill(pid, signal.SIGKILL)
        self._wait_for_end_of(pid)

    def discard(self) -> None:
        """End it by force: one without room to write can not end in peace."""
        pid = self.embedded.status().pid
        if pid is None:
            return
        postmaster = psutil.Process(pid)
        for each in (postmaster, *postmaster.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                each.kill()
        self._wait_for_end_of(pid)

    def _wait_for_end_of(self, pid: int) -> None:
        give_up = time.monotonic() + PATIENCE_S
        while self.embedded.status().pid == pid:
            if time.monotonic() > give_up:
                raise TimeoutError("the postmaster does not die")
            time.sleep(0.005)

    def backends(self) -> list[int]:
        """Return the process ids of those who work for Tutti now."""
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            return [pid for (pid,) in connection.execute(BACKENDS)]

    def kill_backend(self, chance: Random) -> None:
        """Kill one backend; the server then ends all others and recovers by itself."""
        found = self.backends()
        if found:
            os.kill(chance.choice(found), signal.SIGKILL)


@contextmanager
def own_server(parent: Path | None = None) -> Iterator[OwnServer]:
    """Run a server until the end of the block, below `parent` if given."""
    made = Path(tempfile.mkdtemp(prefix="tutti-faults-", dir=parent))
    made.chmod(0o755)
    server = OwnServer(made / "postgres")
    try:
        server.start()
        yield server
    finally:
        place = place_of(server.embedded.home)
        server.discard()
        if place.parent == REACHABLE:
            shutil.rmtree(place, ignore_errors=True)
        shutil.rmtree(made, ignore_errors=True)
