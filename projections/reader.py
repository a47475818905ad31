"""Reads the read models in use: statements on a pool of connections that may do nothing else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from typing import Any, LiteralString, TypeVar

from psycopg import Connection, Cursor, IsolationLevel, errors, sql
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

from eventstore.connections import conninfo
from eventstore.migrations.roles import READER
from projections import schemas
from projections.errors import NotProjectedYet

T = TypeVar("T")

_FIRST_PAUSE_S = 0.001
_LONGEST_PAUSE_S = 0.02
_SEARCH_PATH: LiteralString = "SET search_path = {}, pg_temp"
_READ_ONLY = "SET default_transaction_read_only = on"
_POSITION = "SELECT coalesce(min(position), 0) FROM read_model WHERE %(models)s::text[] IS NULL OR name = ANY(%(models)s)"
_POSITION_OF = "SELECT position FROM read_model WHERE name = %s"
_STOPPED_BEFORE = """
    SELECT count(*) > 0 FROM read_model
    WHERE failure IS NOT NULL AND position < %(position)s
        AND (%(models)s::text[] IS NULL OR name = ANY(%(models)s))
"""


class Reader:
    """Reads the read models of one tenant. Safe to share between threads."""

    def __init__(self, dsn: str, *, tenant: str, max_size: int = 8) -> None:
        """Open a pool; raises InvalidTenant."""
        self._schema = schemas.live(tenant)
        self._pool: ConnectionPool[Connection[TupleRow]] = ConnectionPool(
            conninfo(dsn, tenant=tenant, role=READER),
            min_size=1,
            max_size=max_size,
            kwargs={"autocommit": True},
            configure=self._configure,
            name=f"{self._schema} readers",
            open=True,
        )

    def close(self) -> None:
        """Close the pool."""
        self._pool.close()

    @contextmanager
    def connection(self) -> Iterator[Connection[TupleRow]]:
        """Lend a read-only connection that commits by itself; raises NotProjectedYet."""
        with self._pool.connection() as connection:
            try:
                yield connection
            except (errors.UndefinedTable, errors.InvalidSchemaName) as error:
                raise NotProjectedYet from error

    @contextmanager
    def snapshot(self) -> Iterator[Cursor[TupleRow]]:
        """Lend a cursor whose statements all see the same position; raises NotProjectedYet."""
        with self.connection() as connection:
            connection.set_isolation_level(IsolationLevel.REPEATABLE_READ)
            try:
                with connection.transaction(), connection.cursor() as cursor:
                    schemas.hold(cursor, self._schema)
                    yield cursor
            finally:
                if not connection.closed:
                    connection.set_isolation_level(None)

    def rows(self, kind: type[T], query: LiteralString, **values: Any) -> list[T]:
        """Return what one query finds, as frozen rows; raises NotProjectedYet."""
        with self.connection() as connection:
            return rows_of(connection, kind, query, **values)

    def position(self, *models: str) -> int:
        """Return how far these read models have read, or all of them; 0 before there are any."""
        try:
            return self._number(_POSITION, models=list(models) or None)
        except NotProjectedYet:
            return 0

    def wait_for(self, position: int, *models: str, timeout: float = 2.0) -> bool:
        """Wait until these read models, or all, have read so far; tell whether they have.

        One that a failure stopped before that position is not waited for.
        """
        deadline = time.monotonic() + timeout
        pause = _FIRST_PAUSE_S
        while self.position(*models) < position:
            if time.monotonic() >= deadline or self._stopped_before(position, models):
                return False
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_S)
        return True

    def _stopped_before(self, position: int, models: tuple[str, ...]) -> bool:
        try:
            return bool(self._number(_STOPPED_BEFORE, position=position, models=list(models) or None))
        except NotProjectedYet:
            return False

    def _number(self, query: LiteralString, **values: Any) -> int:
        with self.connection() as connection:
            found = connection.execute(query, values).fetchone()
        return int(found[0]) if found else 0

    def _configure(self, connection: Connection[TupleRow]) -> None:
        connection.execute(sql.SQL(_SEARCH_PATH).format(sql.Identifier(self._schema)))
        connection.execute(_READ_ONLY)


def rows_of(connection: Connection[Any], kind: type[T], query: LiteralString, **values: Any) -> list[T]:
    """Return what one query finds on that connection, as frozen rows."""
    with connection.cursor() as cursor:
        rows = cursor.execute(query, values, binary=True).fetchall()
        names = [column.name for column in cursor.description or ()]
        if names == _field_names(kind)[: len(names)]:
            return [kind(*row) for row in rows]
        return [kind(**dict(zip(names, row, strict=True))) for row in rows]


def _field_names(kind: type) -> list[str]:
    return (
        [field.name for field in fields(kind)] if is_dataclass(kind) else list(getattr(kind, "_fields", ()))
    )


def position_of(cursor: Cursor[TupleRow], model: str, known_at: int | None = None) -> int:
    """Return the position an answer rests on: the read model's, or the one asked for if earlier."""
    found = cursor.execute(_POSITION_OF, [model]).fetchone()
    position = int(found[0]) if found else 0
    return position if known_at is None else min(position, known_at)
