"""The stored rows of the log, handed to the auditor's arithmetic as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from audit.recompute import SignedBatch, StatedHead, StoredFact
from eventstore.leaves import nodes_of

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.rows import TupleRow

# Rows are handed on as they are, also with a field missing: to find that is the auditor's work.
HEAD = "SELECT origin, size, recorded_at, frontier FROM head"
FACTS = """
    SELECT position, uuid_send(originator_id), originator_version, topic, state, leaf_hash
    FROM event ORDER BY position
"""
BATCHES = "SELECT first_position, n, recorded_at, signature FROM batch ORDER BY first_position"
ROWS_A_FETCH = 2_000


class StoredLog:
    """The log at one moment; both cursors read the same snapshot."""

    def __init__(self, connection: Connection[TupleRow]) -> None:
        """Read the head."""
        self._connection = connection
        found = connection.execute(HEAD).fetchone()
        if found is None:
            raise LookupError("the log has no head")
        origin, size, recorded_at, frontier = found
        self.head = StatedHead(origin, size, recorded_at, nodes_of(frontier or b""))

    def facts(self, done: Callable[[int], None]) -> Iterator[StoredFact]:
        """Yield the facts in order, telling how far it has come."""
        with self._connection.cursor("facts") as cursor:
            cursor.itersize = ROWS_A_FETCH
            for read, row in enumerate(cursor.execute(FACTS, binary=True), start=1):
                if read % ROWS_A_FETCH == 0:
                    done(read)
                yield StoredFact(*row)

    def batches(self) -> Iterator[SignedBatch]:
        """Yield the batches in order."""
        with self._connection.cursor("batches") as cursor:
            cursor.itersize = ROWS_A_FETCH
            for row in cursor.execute(BATCHES, binary=True):
                yield SignedBatch(*row)


@contextmanager
def stored_log(dsn: str, *, tenant: str) -> Iterator[StoredLog]:
    """Open the log for reading, at one moment."""
    from psycopg import IsolationLevel

    from eventstore.connections import connect
    from eventstore.migrations.roles import READER

    with connect(dsn, tenant=tenant, role=READER) as connection:
        connection.set_autocommit(False)
        connection.set_isolation_level(IsolationLevel.REPEATABLE_READ)
        connection.set_read_only(True)
        connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield StoredLog(connection)
