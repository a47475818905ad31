"""Who may do what in the database: group roles without login, shared by all databases of a server.

The login of the process is a member of each and takes the one a connection needs. The owner owns
the tables and is used by migrations alone; the writer appends through one function; the projector
makes read models; the reader reads; access keeps the API keys.
"""

from __future__ import annotations

from typing import LiteralString

from psycopg import Connection, errors, sql
from psycopg.rows import TupleRow

from eventstore.errors import RolesMissing

OWNER = "tutti_owner"
WRITER = "tutti_writer"
PROJECTOR = "tutti_projector"
READER = "tutti_reader"
ACCESS = "tutti_access"
ROLES = (OWNER, WRITER, PROJECTOR, READER, ACCESS)

# What a database login must be able to do so that the roles can be made.
_NEEDED = "CREATEROLE (or membership of the tutti_ roles), and ownership of the database"

_MISSING = "SELECT r FROM unnest(%s::text[]) AS r WHERE to_regrole(r) IS NULL"
_NOT_GRANTED = "SELECT r FROM unnest(%s::text[]) AS r WHERE NOT pg_has_role(current_user, r, 'MEMBER')"
_MAY_CREATE = "SELECT has_database_privilege(%s, current_database(), 'CREATE')"
_CREATE = "CREATE ROLE {} NOLOGIN"
_JOIN = "GRANT {} TO CURRENT_USER"
_LET_CREATE = "GRANT CREATE ON DATABASE {} TO {}"
_LET_READ = (
    "ALTER DEFAULT PRIVILEGES FOR ROLE {} GRANT USAGE ON SCHEMAS TO {}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {} GRANT SELECT ON TABLES TO {}",
)


def prepare(connection: Connection[TupleRow]) -> None:
    """Make the roles and this login's membership, where they are missing.

    Roles belong to the whole server, so another database may be making the same ones now.
    Raises RolesMissing if the login may not.
    """
    try:
        for role in _names(connection, _MISSING):
            _create(connection, role)
        for role in _names(connection, _NOT_GRANTED):
            _execute(connection, _JOIN, role)
        for role in (OWNER, PROJECTOR):
            _let_create(connection, role)
        for statement in _LET_READ:
            _execute(connection, statement, PROJECTOR, READER)
    except errors.InsufficientPrivilege as denied:
        raise RolesMissing(login=connection.info.user, needed=_NEEDED) from denied


def _names(connection: Connection[TupleRow], query: LiteralString) -> list[str]:
    return [name for (name,) in connection.execute(query, [list(ROLES)])]


def _create(connection: Connection[TupleRow], role: str) -> None:
    """Make a role and join it: its maker may grant it, but not yet take it (PostgreSQL 16 and later)."""
    try:
        with connection.transaction():
            _execute(connection, _CREATE, role)
            _execute(connection, _JOIN, role)
    except (errors.DuplicateObject, errors.UniqueViolation):
        return  # another database of this server was faster


def _let_create(connection: Connection[TupleRow], role: str) -> None:
    if not _may_create(connection, role):
        _execute(connection, _LET_CREATE, connection.info.dbname, role)
    if not _may_create(connection, role):  # who may not grant hears a warning, and nothing is granted
        raise RolesMissing(login=connection.info.user, needed=_NEEDED)


def _may_create(connection: Connection[TupleRow], role: str) -> bool:
    return connection.execute(_MAY_CREATE, [role]).fetchone() == (True,)


def _execute(connection: Connection[TupleRow], statement: LiteralString, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
