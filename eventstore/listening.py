"""Waiting for the log to grow: one connection that hears the bell, for all threads that wait."""

from __future__ import annotations

import threading
import time

import psycopg
from psycopg import sql

from eventstore.connections import connect
from eventstore.migrations.runner import schema_of

# A lost ring of the bell costs a reader this long.
LOOK_EVERY_S = 1.0
# While the log grows, and so much longer than the bell pauses that no fact falls between the two.
LOOK_SOON_S = 0.01
LIVELY_S = 0.2

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
            lively_until = 0.0
            while not self._closing.is_set():
                # Listen first, look second: what came between the two is seen.
                row = connection.execute(_SIZE, prepare=True).fetchone()
                now = time.monotonic()
                if self._tell(row[0] if row else 0):
                    lively_until = now + LIVELY_S
                pause = LOOK_SOON_S if now < lively_until else LOOK_EVERY_S
                for _ in connection.notifies(timeout=pause, stop_after=1):
                    pass

    def _tell(self, size: int) -> bool:
        """Let those go on who wait for this size; tell whether the log has grown."""
        with self._grew:
            grew = size > self._size
            self._size = size
            self._grew.notify_all()
        return grew

    def _wake(self) -> None:
        """Ring the bell for ourselves, so that closing does not wait for the next look."""
        try:
            with connect(self._dsn, tenant=self._tenant, role=self._role) as connection:
                connection.execute(_WAKE, [self._channel])
        except psycopg.Error:
            return  # then it ends with its next look
