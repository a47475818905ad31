"""One statement, prepared once on a connection, and called with what is binary already.

An append is the one statement that every command waits for. psycopg's cursor would look at each of
its fourteen parameters anew and convert the query, which costs as much as deciding a command.
"""

from __future__ import annotations

import os
import select
import time
from collections.abc import Sequence
from itertools import count

import psycopg
from psycopg import Connection, errors, generators
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGresult
from psycopg.rows import TupleRow

# No name is used twice: whether the server still knows an older one is not known.
_NUMBERS = count(1)
_DONE = frozenset({ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK})


class Prepared:
    """A statement of one connection that returns one value."""

    def __init__(self, connection: Connection[TupleRow], query: str, types: Sequence[int]) -> None:
        """Prepare `query`, with its parameters $1, $2, … of these types (OIDs)."""
        self._connection = connection
        self._name = f"tutti_{next(_NUMBERS)}".encode()
        self._formats = [Format.BINARY] * len(types)
        self.all_sent = True
        self._heard = select.poll()
        self._heard.register(connection.pgconn.socket, select.POLLIN)
        with connection.lock:
            prepared = connection.pgconn.prepare(self._name, query.encode(), types)
        _require_done(prepared)

    def send(self, parameters: Sequence[bytes]) -> None:
        """Send the call and return: until its `value` is read, the connection is of no other use."""
        connection = self._connection
        with connection.lock:
            connection.pgconn.send_query_prepared(self._name, parameters, self._formats, Format.BINARY)
            self.all_sent = connection.pgconn.flush() == 0

    def push(self) -> None:
        """Wait until the network has taken all that was sent."""
        if not self.all_sent:
            self._connection.wait(generators.send(self._connection.pgconn))
            self.all_sent = True

    def answered(self) -> bool:
        """Look whether the value is there, or never will be, so that nobody has to wait for it."""
        pgconn = self._connection.pgconn
        try:
            pgconn.consume_input()
        except psycopg.Error:
            return True
        return self.all_sent and not pgconn.is_busy()

    def stay_awake(self, at_most_s: float) -> None:
        """Return when something is heard, or after that long, without having slept; others go first meanwhile."""
        if not self.all_sent:
            return
        until = time.perf_counter() + at_most_s
        while not self._heard.poll(0) and time.perf_counter() < until:
            os.sched_yield()

    def value(self) -> bytes | None:
        """Wait for what was sent; return the value of its one row, in binary, or raise the database's error."""
        connection = self._connection
        with connection.lock:
            self.push()
            result = self._results()[-1]
        _require_done(result)
        value: bytes | None = result.get_value(0, 0)
        return value

    def _results(self) -> list[PGresult]:
        """Return what was said, without the preparations of a wait for what is there already."""
        pgconn = self._connection.pgconn
        results: list[PGresult] = []
        if pgconn.is_busy():
            pgconn.consume_input()
        while not pgconn.is_busy():
            result = pgconn.get_result()
            if result is None:
                return results
            results.append(result)
        try:
            results += self._connection.wait(generators.fetch_many(pgconn))
        except psycopg.DatabaseError:
            # The error that was heard says more than the end of the connection after it.
            if not any(result.status == ExecStatus.FATAL_ERROR for result in results):
                raise
        return results


def _require_done(result: PGresult) -> None:
    if result.status not in _DONE:
        raise errors.error_from_result(result)
