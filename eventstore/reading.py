"""Reads of the log by many threads, on a small pool of connections."""

from __future__ import annotations

from typing import Any, LiteralString

import psycopg
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

from eventstore.connections import conninfo
from eventstore.errors import AskAgain

MAX_CONNECTIONS = 4
WAIT_S = 10.0


class Reader:
    """Queries as one role in one tenant's schema. Safe to share between threads."""

    def __init__(self, dsn: str, *, tenant: str, role: str) -> None:
        """Connect when first asked."""
        self._pool = ConnectionPool(
            conninfo(dsn, tenant=tenant, role=role),
            kwargs={"autocommit": True},
            min_size=0,
            max_size=MAX_CONNECTIONS,
            timeout=WAIT_S,
            open=False,
        )

    def rows(self, query: LiteralString, **said: Any) -> list[TupleRow]:
        """Return the rows of a query; it is asked twice if the connection had been cut.

        Raises AskAgain if the database cannot be reached.
        """
        self._pool.open()
        try:
            return self._ask(query, said)
        except psycopg.OperationalError:
            return self._ask_again(query, said)

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def _ask(self, query: LiteralString, said: dict[str, Any]) -> list[TupleRow]:
        with self._pool.connection() as connection:
            return connection.execute(query, said, binary=True, prepare=True).fetchall()

    def _ask_again(self, query: LiteralString, said: dict[str, Any]) -> list[TupleRow]:
        try:
            self._pool.check()
            return self._ask(query, said)
        except psycopg.OperationalError as error:
            raise AskAgain(reason="the database cannot be reached") from error
