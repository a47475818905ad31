"""Wakes the readers of the log after a commit.

NOTIFY takes a lock of the whole server until its transaction ends, so it is never part of an
append: a thread of its own rings, the first time at once and then ten times a second at most, on a
connection that waits for no disk. Even so a ring is a transaction of its own, and a hundred of them a
second took a sixth of a lone writer's commits. Who has heard it looks by herself until the log stands
still again (listening.py); a lost ring costs a reader a second.
"""

from __future__ import annotations

import threading

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow

from eventstore.connections import connect
from eventstore.migrations.roles import WRITER
from eventstore.migrations.runner import schema_of

PAUSE_S = 0.1

_NO_WAIT = "SET synchronous_commit = off"
_RING = "SELECT pg_notify(%s, '')"


class Bell:
    """Rings the channel of one tenant."""

    def __init__(self, dsn: str, *, tenant: str) -> None:
        self._dsn = dsn
        self._tenant = tenant
        self._channel = schema_of(tenant)
        self._pulled = threading.Event()
        self._closing = threading.Event()
        self._connection: Connection[TupleRow] | None = None
        self._thread = threading.Thread(target=self._run, name=f"bell-{tenant}", daemon=True)
        self._thread.start()

    def ring(self) -> None:
        """Wake the readers soon; returns at once."""
        self._pulled.set()

    def close(self) -> None:
        """Stop ringing."""
        self._closing.set()
        self._pulled.set()
        self._thread.join()

    def _run(self) -> None:
        while self._pulled.wait():
            self._pulled.clear()
            self._ring()
            if self._closing.wait(PAUSE_S):
                break
        if self._connection is not None:
            self._connection.close()

    def _ring(self) -> None:
        try:
            if self._connection is None or self._connection.closed:
                self._connection = connect(self._dsn, tenant=self._tenant, role=WRITER)
                self._connection.execute(_NO_WAIT)
            self._connection.execute(_RING, [self._channel])
        except psycopg.Error:
            if self._connection is not None:
                self._connection.close()
