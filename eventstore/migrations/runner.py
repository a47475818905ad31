"""Brings the tables of one tenant up to date: numbered SQL files, each applied once and whole.

What was applied is remembered with the SHA-256 of its file, so that an edited migration is found
out instead of trusted.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import psycopg
from psycopg import Connection, sql
from psycopg.rows import TupleRow

from eventstore.errors import InvalidTenant, MigrationChanged, MigrationFailed
from eventstore.migrations import roles
from eventstore.migrations.statements import statements

FILES = Path(__file__).parent / "sql"
# `_read` is kept for the schemas of read models: tutti_<tenant>_read.
_TENANT = re.compile(r"(?!.*_read)[a-z][a-z0-9_]{0,40}")

# One runner at a time in a database: the second waits, and then finds its work done.
_ONE_AT_A_TIME = "SELECT pg_advisory_lock(hashtextextended('tutti migrations', 0))"
_TABLE = """
    CREATE TABLE IF NOT EXISTS migration (
        name text PRIMARY KEY,
        sha256 bytea NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
    )
"""
_APPLIED = "SELECT name, sha256 FROM migration"
_TENANTS = r"""
    SELECT substr(nspname, 7) FROM pg_namespace JOIN pg_class AS t ON relnamespace = pg_namespace.oid
    WHERE nspname LIKE 'tutti\_%' AND t.relname = 'migration' ORDER BY nspname
"""
_APPLY = "INSERT INTO migration (name, sha256) VALUES (%s, %s)"


def schema_of(tenant: str) -> str:
    """Return the name of the schema that is the wall around this tenant; raises InvalidTenant."""
    if not _TENANT.fullmatch(tenant):
        raise InvalidTenant(tenant=tenant)
    return f"tutti_{tenant}"


def migrate(dsn: str, tenant: str, *, files: Path = FILES) -> list[str]:
    """Apply what is missing, in the order of the names; return the names of the files applied.

    Raises RolesMissing, MigrationChanged if an applied file has another content or is gone, and
    MigrationFailed, which names the file; of that file nothing is applied.
    """
    schema = schema_of(tenant)
    pending = sorted(files.glob("*.sql"))
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(_ONE_AT_A_TIME)
        roles.prepare(connection)
        _enter(connection, schema, tenant)
        applied: dict[str, bytes] = dict(connection.execute(_APPLIED).fetchall())
        _check(pending, applied)
        todo = [file for file in pending if file.name not in applied]
        for file in todo:
            _apply(connection, file)
    return [file.name for file in todo]


def tenants(dsn: str) -> list[str]:
    """Return the tenants whose ledgers stand in that database."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        return [name for (name,) in connection.execute(_TENANTS)]


def _enter(connection: Connection[TupleRow], schema: str, tenant: str) -> None:
    """Become the owner, in the tenant's schema."""
    name = sql.Identifier(schema)
    connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(roles.OWNER)))
    connection.execute(sql.SQL("SET client_min_messages = warning"))
    connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(name))
    others = sql.SQL(", ").join(sql.Identifier(role) for role in roles.ROLES if role != roles.OWNER)
    connection.execute(sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(name, others))
    connection.execute(sql.SQL("SET search_path = {}, pg_temp").format(name))
    connection.execute("SELECT set_config('tutti.tenant', %s, false)", [tenant])
    connection.execute(_TABLE)


def _check(files: list[Path], applied: dict[str, bytes]) -> None:
    present = {file.name: sha256(file.read_bytes()).digest() for file in files}
    for name, digest in sorted(applied.items()):
        if present.get(name) != digest:
            raise MigrationChanged(file=name)


def _apply(connection: Connection[TupleRow], file: Path) -> None:
    content = file.read_bytes()
    try:
        with connection.transaction():
            for statement in statements(content.decode()):
                connection.execute(statement.encode())
            connection.execute(_APPLY, [file.name, sha256(content).digest()])
    except psycopg.Error as error:
        raise MigrationFailed(file=file.name, reason=str(error).split("\n", maxsplit=1)[0]) from error
