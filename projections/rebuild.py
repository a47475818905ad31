"""Makes the read models anew from the first fact, beside the ones in use, and puts them in their place."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import LiteralString

from psycopg import Connection, Cursor, IsolationLevel, errors, sql
from psycopg.rows import TupleRow

from eventstore.connections import connect
from eventstore.log import Log
from eventstore.migrations.roles import PROJECTOR
from projections import schemas
from projections.catalogue import ALL
from projections.digests import digests
from projections.errors import RebuildFailed, RebuildRunning
from projections.projector import PAGE, Projector
from projections.read_model import ReadModel

Progress = Callable[[int, int], None]
"""Hears the position reached and the size of the log."""

# Readers that hold the tables in use are waited for this long at a time, then let pass.
PATIENCE_MS = 500
PAUSE_S = 0.2

_PATIENCE = "SELECT set_config('lock_timeout', %s, true)"
_NO_READERS = "LOCK TABLE read_model IN ACCESS EXCLUSIVE MODE"
_RENAME: LiteralString = "ALTER SCHEMA {} RENAME TO {}"


def rebuild(
    dsn: str,
    *,
    tenant: str,
    log: Log,
    models: Sequence[ReadModel] = ALL,
    page: int = PAGE,
    progress: Progress = lambda _reached, _size: None,
) -> dict[str, str]:
    """Rebuild the read models beside the ones in use, swap them in, and return their digests.

    Readers see the old ones until the swap and the new ones from then on. `models` are all that
    will be there afterwards. Raises RebuildRunning, or RebuildFailed naming the read models whose
    handlers failed; the ones in use then stay.
    """
    beside = schemas.being_rebuilt(tenant)
    with connect(dsn, tenant=tenant, role=PROJECTOR) as connection:
        with schemas.one_at_a_time(connection, beside, RebuildRunning):
            schemas.drop(connection, schemas.retired(tenant))
            schemas.drop(connection, beside)
            projector = Projector(dsn, tenant=tenant, log=log, models=models, schema=beside, page=page)
            try:
                _draw_near(projector, log, page, progress)
                _refuse_failures(projector)
                while not _swapped(connection, tenant, projector):
                    time.sleep(PAUSE_S)
                    _draw_near(projector, log, page, progress)
            finally:
                projector.close()
                schemas.drop(connection, beside)
            schemas.drop(connection, schemas.retired(tenant))
        return live_digests(connection, tenant, models)


def fill(projector: Projector, log: Log, page: int, progress: Progress, until: int | None = None) -> int:
    """Project up to `until` or the head as it grows, telling `progress` after every few pages."""
    size = until if until is not None else log.head().size
    reached = projector.catch_up(0)
    while reached < size:
        reached = projector.catch_up(min(reached + 10 * page, size))
        progress(reached, size)
    return reached


def live_digests(
    connection: Connection[TupleRow], tenant: str, models: Sequence[ReadModel]
) -> dict[str, str]:
    """Return the digests of the read models in use, all of one moment."""
    connection.set_isolation_level(IsolationLevel.REPEATABLE_READ)
    try:
        with connection.transaction(), connection.cursor() as cursor:
            schemas.hold(cursor, schemas.live(tenant))
            return digests(cursor, schemas.live(tenant), models)
    finally:
        connection.set_isolation_level(None)


def _draw_near(projector: Projector, log: Log, page: int, progress: Progress) -> None:
    """Project until less than a page is left: the swap holds up the projector in use for the rest."""
    while fill(projector, log, page, progress) + page <= log.head().size:
        pass


def _refuse_failures(projector: Projector) -> None:
    failures = projector.failures()
    if failures:
        raise RebuildFailed(**failures)


def _swapped(connection: Connection[TupleRow], tenant: str, projector: Projector) -> bool:
    """Put the rebuilt read models in place of the ones in use; False if readers held these too long.

    The projector in use is kept out meanwhile, so the rebuilt ones can be brought level with it.
    """
    try:
        with connection.transaction(), connection.cursor() as cursor:
            schemas.enter_alone(cursor, schemas.live(tenant))
            if schemas.exists(cursor, schemas.live(tenant)):
                level = max((model.position for model in schemas.standing(cursor).values()), default=0)
                projector.catch_up(level)
                _refuse_failures(projector)
                cursor.execute(_PATIENCE, [str(PATIENCE_MS)])
                cursor.execute(_NO_READERS)
                _rename(cursor, schemas.live(tenant), schemas.retired(tenant))
            _rename(cursor, schemas.being_rebuilt(tenant), schemas.live(tenant))
    except errors.LockNotAvailable:
        return False
    return True


def _rename(cursor: Cursor[TupleRow], name: str, new_name: str) -> None:
    cursor.execute(sql.SQL(_RENAME).format(sql.Identifier(name), sql.Identifier(new_name)))
