"""Keeps the read models up with the log: page by page, rows and position in one transaction.

Exactly once and in order, by construction: what a page writes and the position it was read to are
committed together, under a lock that only one projector of a schema holds. A read model whose
handler fails stops alone, at the page before; the log and the others go on.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from traceback import extract_tb

import psycopg
import structlog
from psycopg import Connection, Cursor
from psycopg.rows import TupleRow

from eventstore.commands import Recorded
from eventstore.connections import connect
from eventstore.errors import AskAgain, Unreadable
from eventstore.log import Log
from eventstore.migrations.roles import PROJECTOR
from projections import schemas
from projections.catalogue import ALL
from projections.read_model import ReadModel

PAGE = 1000
# A lost wake-up costs no more than this.
WAKE_UP_S = 1.0
PAUSE_S = 1.0

_MOVE = "UPDATE read_model SET position = %s, failure = NULL WHERE name = %s"
_FAIL = "UPDATE read_model SET failure = %s WHERE name = %s"
_HALT = "UPDATE read_model SET failure = %s WHERE name = ANY(%s) AND failure IS DISTINCT FROM %s"

log_lines = structlog.get_logger("projector")


class Projector:
    """Folds the log into the read models of one tenant. Several at once are safe, if no faster."""

    def __init__(
        self,
        dsn: str,
        *,
        tenant: str,
        log: Log,
        models: Sequence[ReadModel] = ALL,
        schema: str | None = None,
        page: int = PAGE,
    ) -> None:
        """Project into the schema in use unless another is named; nothing is touched yet."""
        self._dsn, self._tenant, self._log = dsn, tenant, log
        self._models = tuple(models)
        self._schema = schema or schemas.live(tenant)
        self._page = page
        self._stopped: set[str] = set()
        self._connection: Connection[TupleRow] | None = None

    def catch_up(self, until: int | None = None) -> int:
        """Project what is new, up to position `until` or the head; return the position reached.

        Read models that a failure stopped are left out of it, until the program starts anew.
        Raises ReadModelsOutdated, and psycopg.OperationalError if the database is gone.
        """
        try:
            connection = self._connected()
            reached, more = self._next_page(connection, until)
            while more:
                reached, more = self._next_page(connection, until)
        except psycopg.OperationalError:
            self.close()
            raise
        return reached

    def run(self, stopped: threading.Event) -> None:
        """Project whatever comes, until `stopped` is set.

        A database that is gone is waited for; before a fact that cannot be read all stand still,
        and their rows say why until it can be read.
        Raises ReadModelsOutdated.
        """
        while not stopped.is_set():
            try:
                reached = self.catch_up()
                self._log.wait_for_more(reached, WAKE_UP_S)
            except (psycopg.OperationalError, AskAgain) as error:
                log_lines.warning("projector.waiting", reason=type(error).__name__)
                stopped.wait(PAUSE_S)
            except Unreadable as error:
                log_lines.error("projector.stopped", reason=str(error))  # noqa: TRY400 - it names the place
                stopped.wait(PAUSE_S)
        self.close()

    def positions(self) -> dict[str, int]:
        """Return how far each read model has read."""
        return {name: model.position for name, model in self._standing().items()}

    def failures(self) -> dict[str, str]:
        """Return what stopped which read model."""
        return {name: model.failure for name, model in self._standing().items() if model.failure is not None}

    def close(self) -> None:
        """Let the connection go."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connected(self) -> Connection[TupleRow]:
        if self._connection is None or self._connection.closed:
            self._connection = connect(self._dsn, tenant=self._tenant, role=PROJECTOR)
            try:
                schemas.prepare(self._connection, self._schema, self._models)
            except BaseException:
                self.close()
                raise
        return self._connection

    def _standing(self) -> Mapping[str, schemas.Standing]:
        connection = self._connected()
        with connection.transaction(), connection.cursor() as cursor:
            schemas.enter(cursor, self._schema)
            return schemas.standing(cursor)

    def _next_page(self, connection: Connection[TupleRow], until: int | None) -> tuple[int, bool]:
        """Project one page; return the position reached, and whether there may be more.

        The page is read and decoded before the lock is taken: positions only grow, so whoever was
        faster has only made part of the page old.
        """
        going = [model for model in self._models if model.name not in self._stopped]
        if not going:
            return self._log.head().size, False
        standing = self._standing()
        after = min(standing[model.name].position for model in going)
        limit = self._page if until is None else min(self._page, until - after)
        try:
            facts = self._log.page(after, limit) if limit > 0 else []
        except Unreadable as error:
            self._halt(connection, going, str(error))
            raise
        if not facts:
            return after, False
        with connection.transaction(), connection.cursor() as cursor:
            schemas.enter_alone(cursor, self._schema)
            current = schemas.standing(cursor)
            for model in going:
                self._project(cursor, model, current[model.name].position, facts)
        return facts[-1].position, True

    def _project(
        self, cursor: Cursor[TupleRow], model: ReadModel, position: int, facts: Sequence[Recorded]
    ) -> None:
        """Project the facts that are new to this read model, all of them or none."""
        last = facts[-1].position
        if not facts[0].position - 1 <= position < last:
            return
        at: Recorded | None = None
        try:
            with cursor.connection.transaction():
                page = model.page(cursor)
                for at in facts:
                    if at.position > position:
                        page.fold(at)
                at = None
                page.write()
                cursor.execute(_MOVE, [last, model.name])
        except psycopg.OperationalError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it stops this read model alone
            self._stop(cursor, model, error, at or facts[0], last)

    def _halt(self, connection: Connection[TupleRow], going: Sequence[ReadModel], failure: str) -> None:
        """Say in the rows of all that stand still before a fact what makes it unreadable."""
        names = [model.name for model in going]
        with connection.transaction(), connection.cursor() as cursor:
            schemas.enter_alone(cursor, self._schema)
            cursor.execute(_HALT, [failure, names, failure])

    def _stop(
        self, cursor: Cursor[TupleRow], model: ReadModel, error: Exception, at: Recorded, last: int
    ) -> None:
        """Leave the read model where it stands, and say so in its row and in the log lines."""
        self._stopped.add(model.name)
        place = extract_tb(error.__traceback__)[-1]
        failure = f"{_reason(error)} (facts {at.position} to {last}, {place.name}, line {place.lineno})"
        cursor.execute(_FAIL, [failure, model.name])
        log_lines.error("read_model.stopped", read_model=model.name, failure=failure)


def _reason(error: Exception) -> str:
    """Say what went wrong without the values it went wrong on: they may be personal."""
    if isinstance(error, psycopg.Error) and error.diag.message_primary:
        return f"{type(error).__name__}: {error.diag.message_primary}"
    if isinstance(error, LookupError):
        return f"{type(error).__name__}: {error}"
    return type(error).__name__
