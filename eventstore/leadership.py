"""One leader among several processes: whoever holds a session lock of the database.

The server takes the lock back when the session ends, so a leader that is killed is followed at once.
A leader whose connection was lost may not know it yet: what it leads must be safe to do twice.
"""

from __future__ import annotations

from typing import LiteralString

from psycopg import Connection
from psycopg.rows import TupleRow

from eventstore.connections import LOST, connect
from eventstore.migrations.roles import READER
from eventstore.migrations.runner import schema_of

_TAKE: LiteralString = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
_PROBE: LiteralString = "SELECT"


class Leadership:
    """The claim of one process to lead one kind of work of a tenant; one thread's."""

    def __init__(self, dsn: str, *, tenant: str, work: str) -> None:
        """Claim nothing yet."""
        self._dsn, self._tenant = dsn, tenant
        self._lock = f"{schema_of(tenant)} {work}"
        self._connection: Connection[TupleRow] | None = None

    def held(self) -> bool:
        """Take the lead if nobody has it; tell whether it is ours now.

        Raises psycopg.OperationalError if the database is gone.
        """
        if self._connection is not None:
            try:
                self._connection.execute(_PROBE)
            except LOST:
                self.close()
            else:
                return True
        connection = connect(self._dsn, tenant=self._tenant, role=READER)
        if connection.execute(_TAKE, [self._lock]).fetchone() == (True,):
            self._connection = connection
            return True
        connection.close()
        return False

    def close(self) -> None:
        """Let the lead go."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
