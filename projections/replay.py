"""Makes the read models anew from the first fact and compares them with the ones in use.

Nothing in use is touched: a row that no fact explains, or that a fact asks for and is not there,
shows as a digest that differs, of exactly the read model it stands in.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psycopg import Connection, IsolationLevel, errors
from psycopg.rows import TupleRow

from eventstore.connections import connect
from eventstore.log import Log
from eventstore.migrations.roles import PROJECTOR
from projections import schemas
from projections.catalogue import ALL
from projections.digests import digests
from projections.errors import NotProjectedYet, ReplayRunning
from projections.projector import PAGE, Projector
from projections.read_model import ReadModel
from projections.rebuild import Progress, fill


@dataclass(frozen=True)
class ModelVerdict:
    """Whether a read model in use is what the log says, up to its position."""

    name: str
    position: int
    equal: bool
    live_digest: str
    replayed_digest: str


@dataclass(frozen=True)
class ReplayResult:
    """What a replay found: `events` facts folded up to `position`, in so many seconds."""

    position: int
    events: int
    seconds: float
    models: tuple[ModelVerdict, ...]

    @property
    def equal(self) -> bool:
        """Whether every read model is what the log says."""
        return all(model.equal for model in self.models)


def replay(
    dsn: str,
    *,
    tenant: str,
    log: Log,
    models: Sequence[ReadModel] = ALL,
    page: int = PAGE,
    progress: Progress = lambda _reached, _size: None,
) -> ReplayResult:
    """Replay the log beside the read models in use, each up to where it stands, and compare.

    Raises NotProjectedYet if there are none in use, ReplayRunning if another replay runs.
    """
    scratch = schemas.replayed(tenant)
    with (
        connect(dsn, tenant=tenant, role=PROJECTOR) as connection,
        schemas.one_at_a_time(connection, scratch, ReplayRunning),
    ):
        schemas.drop(connection, scratch)
        positions, live = _in_use(connection, tenant, models)
        begun = time.monotonic()
        try:
            project_beside(
                dsn, tenant=tenant, log=log, models=models, page=page, positions=positions, progress=progress
            )
            seconds = time.monotonic() - begun
            with connection.transaction(), connection.cursor() as cursor:
                replayed = digests(cursor, scratch, models)
        finally:
            schemas.drop(connection, scratch)
    verdicts = [
        ModelVerdict(name, positions[name], live[name] == replayed[name], live[name], replayed[name])
        for name in positions
    ]
    furthest = max(positions.values(), default=0)
    return ReplayResult(furthest, furthest, seconds, tuple(verdicts))


def project_beside(
    dsn: str,
    *,
    tenant: str,
    log: Log,
    models: Sequence[ReadModel],
    page: int,
    positions: Mapping[str, int],
    progress: Progress,
) -> None:
    """Project each of these read models up to its position, beside the ones in use."""
    schema = schemas.replayed(tenant)
    for until in sorted(set(positions.values())):
        going = [model for model in models if positions[model.name] >= until]
        projector = Projector(dsn, tenant=tenant, log=log, models=going, schema=schema, page=page)
        try:
            fill(projector, log, page, progress, until)
        finally:
            projector.close()


def _in_use(
    connection: Connection[TupleRow], tenant: str, models: Sequence[ReadModel]
) -> tuple[Mapping[str, int], Mapping[str, str]]:
    """Return where each read model in use stands, and its digest, all of one moment."""
    schema = schemas.live(tenant)
    connection.set_isolation_level(IsolationLevel.REPEATABLE_READ)
    try:
        with connection.transaction(), connection.cursor() as cursor:
            schemas.hold(cursor, schema)
            schemas.enter(cursor, schema)
            standing = schemas.standing(cursor)
            positions = {
                model.name: standing[model.name].position if model.name in standing else 0 for model in models
            }
            return positions, digests(cursor, schema, models)
    except (errors.UndefinedTable, errors.InvalidSchemaName) as error:
        raise NotProjectedYet from error
    finally:
        connection.set_isolation_level(None)
