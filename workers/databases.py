"""The database of the ledger inside the embedded server."""

from __future__ import annotations

import contextlib

import psycopg
from psycopg import sql

EXISTS = "SELECT FROM pg_database WHERE datname = %s"


def is_there(dsn: str, name: str) -> bool:
    """Tell whether the server of `dsn` has this database."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        return connection.execute(EXISTS, (name,)).fetchone() is not None


def create_if_missing(dsn: str, name: str) -> None:
    """Create the database unless it is there; another process may be faster."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        if connection.execute(EXISTS, (name,)).fetchone() is None:
            with contextlib.suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
