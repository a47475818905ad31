"""Where the read models of a tenant stand: one schema in use, others beside it while they are made.

Every name holds `_read`, which no tenant's name may, so that none can be taken for a log.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import LiteralString

from psycopg import Connection, Cursor, sql
from psycopg.rows import TupleRow, class_row

from domain.errors import Refusal
from eventstore.migrations.runner import schema_of
from projections.errors import ReadModelsOutdated
from projections.read_model import ReadModel

_POSITIONS_TABLE = """
    CREATE TABLE IF NOT EXISTS read_model (
        name text PRIMARY KEY,
        shape text NOT NULL,
        position bigint NOT NULL DEFAULT 0,
        failure text
    )
"""
_STANDING = "SELECT name, shape, position, failure FROM read_model"
_BEGIN = "INSERT INTO read_model (name, shape) VALUES (%s, %s)"
_ENTER = "SELECT set_config('search_path', %s || ', pg_temp', true)"
# A commit need not wait for the disk: what a crash takes back, rows and position together, is
# projected again.
_ENTER_ALONE = """
    SELECT set_config('search_path', %s || ', pg_temp', true), set_config('synchronous_commit', 'off', true),
        pg_advisory_xact_lock(%s)
"""
_HOLD: LiteralString = "LOCK TABLE {} IN ACCESS SHARE MODE"
_EXISTS = "SELECT to_regclass(%s) IS NOT NULL"
_STAND_STILL = "SELECT pg_advisory_lock(%s)"
_TRY_LOCK = "SELECT pg_try_advisory_lock(%s)"
_UNLOCK = "SELECT pg_advisory_unlock(%s)"
_CREATE_SCHEMA: LiteralString = "CREATE SCHEMA IF NOT EXISTS {}"
_DROP_SCHEMA: LiteralString = "DROP SCHEMA IF EXISTS {} CASCADE"


@dataclass(frozen=True)
class Standing:
    """How far a read model has read, and what stopped it, if anything did."""

    name: str
    shape: str
    position: int
    failure: str | None


def live(tenant: str) -> str:
    """Return the schema in which readers find the read models; raises InvalidTenant."""
    return f"{schema_of(tenant)}_read"


def being_rebuilt(tenant: str) -> str:
    """Return the schema in which a rebuild grows."""
    return f"{live(tenant)}_rebuild"


def retired(tenant: str) -> str:
    """Return the schema of the read models that a rebuild replaced, until it is dropped."""
    return f"{live(tenant)}_retired"


def replayed(tenant: str) -> str:
    """Return the schema in which a replay grows."""
    return f"{live(tenant)}_replay"


def lock_key(schema: str) -> int:
    """Return the advisory lock under which the read models of a schema are moved."""
    return int.from_bytes(hashlib.sha256(schema.encode()).digest()[:8], "big", signed=True)


def enter(cursor: Cursor[TupleRow], schema: str) -> None:
    """Look for tables in that schema, until the transaction ends."""
    cursor.execute(_ENTER, [schema])


def enter_alone(cursor: Cursor[TupleRow], schema: str) -> None:
    """Do so as the only one who moves its read models, until the transaction ends."""
    cursor.execute(_ENTER_ALONE, [schema, lock_key(schema)])


def hold(cursor: Cursor[TupleRow], schema: str) -> None:
    """Let no other tables be put in place of that schema's, until the transaction ends.

    As the first statement of a REPEATABLE READ transaction it makes all of them see one position:
    the snapshot is taken after it. Raises psycopg.errors.UndefinedTable if they are not there.
    """
    cursor.execute(sql.SQL(_HOLD).format(sql.Identifier(schema, "read_model")))


def stop_moving(connection: Connection[TupleRow], schema: str) -> None:
    """Let nobody move the read models of a schema until this connection is closed."""
    connection.execute(_STAND_STILL, [lock_key(schema)])


def prepare(connection: Connection[TupleRow], schema: str, models: Sequence[ReadModel]) -> None:
    """Make the schema and the tables that are missing in it.

    Raises ReadModelsOutdated if tables were made for another version of a read model.
    """
    with connection.transaction(), connection.cursor() as cursor:
        enter_alone(cursor, schema)
        if not exists(cursor, schema):
            cursor.execute(sql.SQL(_CREATE_SCHEMA).format(sql.Identifier(schema)))
            enter(cursor, schema)
            cursor.execute(_POSITIONS_TABLE)
        known = standing(cursor)
        outdated = [model.name for model in models if known.get(model.name, _new(model)).shape != model.shape]
        if outdated:
            raise ReadModelsOutdated(read_models=", ".join(outdated))
        for model in models:
            if model.name not in known:
                _create(cursor, model)


def exists(cursor: Cursor[TupleRow], schema: str) -> bool:
    """Tell whether the read models of a schema have been made."""
    return cursor.execute(_EXISTS, [f"{schema}.read_model"]).fetchone() == (True,)


def drop(connection: Connection[TupleRow], schema: str) -> None:
    """Drop a schema of read models, if it is there."""
    connection.execute(sql.SQL(_DROP_SCHEMA).format(sql.Identifier(schema)))


def standing(cursor: Cursor[TupleRow]) -> Mapping[str, Standing]:
    """Return how far each read model of the entered schema stands."""
    with cursor.connection.cursor(row_factory=class_row(Standing)) as rows:
        return {row.name: row for row in rows.execute(_STANDING)}


@contextmanager
def one_at_a_time(connection: Connection[TupleRow], work: str, otherwise: type[Refusal]) -> Iterator[None]:
    """Hold the lock of that work while the block runs; raises `otherwise` if another holds it."""
    key = lock_key(f"{work} at work")
    if connection.execute(_TRY_LOCK, [key]).fetchone() != (True,):
        raise otherwise
    try:
        yield
    finally:
        if not connection.closed:
            connection.execute(_UNLOCK, [key])


def _new(model: ReadModel) -> Standing:
    return Standing(model.name, model.shape, 0, None)


def _create(cursor: Cursor[TupleRow], model: ReadModel) -> None:
    for table in model.tables:
        for statement in table.create:
            cursor.execute(statement)
    cursor.execute(_BEGIN, [model.name, model.shape])
