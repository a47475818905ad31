"""Waiting for the log to grow: one connection that hears the bell, for all threads that wait."""

from __future__ import annotations

import threading

import psycopg
from psycopg import sql

from eventstore.connections import connect
from eventstore.migrations.runner import schema_of

# A lost ring of the bell costs a reader this long.
LOOK_EVERY_S = 1.0

_SIZE = "SELECT size FROM head"
_WAKE = "SELECT pg_notify(%s, '')"


class Ear:
    """Knows the size of the log, a moment after it grew. Listens once somebody waits."""

    def __init__(self, dsn: str, *, tenant: str, role: str) -> None:
        self._dsn = dsn
        self._tenant = tenant
        self._role = role
        self._channel = schema_of(tenant)
        self._size = 0
        self._grew = threading.Condition()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def wait(self, after: int, timeout: float) -> bool:
        """Wait until the log is larger than `after`, at most `timeout` seconds; return whether it is."""
        with self._grew:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=f"ear-{self._tenant}", daemon=True)
                self._thread.start()
            return self._grew.wait_for(lambda: self._size > after or self._closing.is_set(), timeout) and (
                self._size > after
            )

    def close(self) -> None:
        """Stop listening, and let go of all who wait."""
        with self._grew:
            self._closing.set()
            self._grew.notify_all()
        if self._thread is not None:
            self._wake()
            self._thread.join()

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                self._listen()
            except psycopg.Error:
                self._closing.wait(LOOK_EVERY_S)

    def _listen(self) -> None:
        with connect(self._dsn, tenant=self._tenant, role=self._role) as connection:
            connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self._channel)))
            while not self._closing.is_set():
                # Listen first, look second: what came between the two is seen.
                row = connection.execute(_SIZE, prepare=True).fetchone()
                with self._grew:
                    self._size = row[0] if row else 0
                    self._grew.notify_all()
                for _ in connection.notifies(timeout=LOOK_EVERY_S, stop_after=1):
                    pass

    def _wake(self) -> None:
        """Ring the bell for ourselves, so that closing does not wait for the next look."""
        try:
            with connect(self._dsn, tenant=self._tenant, role=self._role) as connection:
                connection.execute(_WAKE, [self._channel])
        except psycopg.Error:
            return  # then it ends with its next look
