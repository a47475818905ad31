"""How this process connects to a tenant's database, and what it demands of it."""

from __future__ import annotations

import psycopg
from psycopg import Connection, errors
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import TupleRow

from eventstore.errors import AskAgain, DatabaseUnsafe, NotMigrated
from eventstore.migrations.runner import schema_of

# The database is gone, restarts, or threw us out; what it was doing for us is not known.
LOST = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.InternalError)

# A client that stops while it holds the head would stop every other; the server ends it.
IDLE_IN_TRANSACTION_MS = 5_000
# A peer that vanished without a word is asked for after this long, and given up at the next question:
# left to the system, that comes 75 seconds later, and a reply that never comes is waited for as long.
SILENCE_S = 10
ASK_AGAIN_S = 2
CONNECT_S = 5

_SAFEGUARDS = """
    SELECT name, setting FROM pg_settings
    WHERE name IN ('fsync', 'full_page_writes', 'data_checksums', 'synchronous_commit') AND setting = 'off'
    ORDER BY name
"""
_TABLES = "SELECT to_regclass('head') IS NOT NULL"


def conninfo(dsn: str, *, tenant: str, role: str) -> str:
    """Return the connection string for one role in one tenant's schema.

    The schema is the search path, so that SQL never names a tenant.
    """
    options = " ".join(
        (
            str(conninfo_to_dict(dsn).get("options") or ""),
            f"-c role={role}",
            f"-c search_path={schema_of(tenant)},pg_temp",
            f"-c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION_MS}",
            "-c timezone=UTC",
        )
    )
    return make_conninfo(
        dsn,
        options=options.strip(),
        connect_timeout=CONNECT_S,
        keepalives_idle=SILENCE_S,
        keepalives_interval=ASK_AGAIN_S,
        tcp_user_timeout=SILENCE_S * 1000,
        application_name=role,
    )


def connect(dsn: str, *, tenant: str, role: str) -> Connection[TupleRow]:
    """Open an autocommitting connection as one role in one tenant's schema."""
    return psycopg.connect(conninfo(dsn, tenant=tenant, role=role), autocommit=True)


def demand_safety(dsn: str, *, tenant: str, role: str) -> None:
    """Check that what this database acknowledges stays, and that the tables are there.

    Raises DatabaseUnsafe naming the settings that are off, NotMigrated, or AskAgain if the
    database cannot be reached.
    """
    try:
        with connect(dsn, tenant=tenant, role=role) as connection:
            off = [f"{name}={setting}" for name, setting in connection.execute(_SAFEGUARDS)]
            there = connection.execute(_TABLES).fetchone() == (True,)
    except (errors.InvalidParameterValue, errors.InsufficientPrivilege) as error:
        raise NotMigrated(tenant=tenant, role=role) from error
    except psycopg.OperationalError as error:
        if f'role "{role}"' in str(error):  # a refused login carries no code
            raise NotMigrated(tenant=tenant, role=role) from error
        raise AskAgain(reason="the database cannot be reached") from error
    if off:
        raise DatabaseUnsafe(settings=", ".join(off))
    if not there:
        raise NotMigrated(tenant=tenant)
