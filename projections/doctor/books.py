"""Checks every row of every read model in use: against the log replayed beside it, and across the views.

The rows are compared as of one position: the projector waits while what was recorded since is
replayed too, and goes on before anything is compared. Nothing in use is touched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from psycopg import Connection, Cursor, IsolationLevel, errors, sql
from psycopg.rows import TupleRow

from eventstore.connections import connect
from eventstore.log import Log
from eventstore.migrations.roles import PROJECTOR
from projections import schemas
from projections.agreement import Agreement
from projections.catalogue import ALL
from projections.doctor.agreements import ACROSS_VIEWS
from projections.doctor.finding import Finding
from projections.doctor.payrolls import CHECKED_PAYROLLS
from projections.doctor.rows import differing_rows, rows_of
from projections.errors import NotProjectedYet, ReplayRunning
from projections.projector import PAGE
from projections.rebuild import Progress
from projections.replay import project_beside

MOST_FINDINGS = 1_000
"""How many rows one check names at most."""

MADE = (*ALL, CHECKED_PAYROLLS)
STANDS = "every read model stands where the others do"

_FIRST = " LIMIT {most}"


@dataclass(frozen=True)
class Examination:
    """What was checked, by name, as of `position`, and every finding."""

    position: int
    checked: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing differs."""
        return not self.findings


class Run(Protocol):
    """Compares the tables of the schema `live` with those of `made`."""

    def __call__(self, cursor: Cursor[TupleRow], *, live: str, made: str) -> Sequence[Finding]:
        """Return what differs."""
        ...


@dataclass(frozen=True)
class Check:
    """One check, and how it is run."""

    name: str
    run: Run


def examine_books(
    dsn: str,
    *,
    tenant: str,
    log: Log,
    page: int = PAGE,
    replaying: Progress = lambda _reached, _size: None,
    comparing: Progress = lambda _done, _of: None,
) -> Examination:
    """Replay the log beside the read models in use and compare every row and every figure seen twice.

    Raises NotProjectedYet if there are none in use, ReplayRunning if a replay runs.
    """
    live, made = schemas.live(tenant), schemas.replayed(tenant)

    def bring_level(progress: Progress) -> None:
        positions = _positions(connection, live)
        project_beside(
            dsn, tenant=tenant, log=log, models=MADE, page=page, positions=positions, progress=progress
        )

    with (
        connect(dsn, tenant=tenant, role=PROJECTOR) as connection,
        schemas.one_at_a_time(connection, made, ReplayRunning),
        connect(dsn, tenant=tenant, role=PROJECTOR) as holding,
    ):
        schemas.drop(connection, made)
        try:
            bring_level(replaying)
            schemas.stop_moving(holding, live)
            bring_level(lambda _reached, _size: None)
            connection.set_isolation_level(IsolationLevel.REPEATABLE_READ)
            with connection.transaction(), connection.cursor() as cursor:
                schemas.hold(cursor, live)
                schemas.enter(cursor, live)
                standing = schemas.standing(cursor)
                holding.close()
                return _compare(cursor, live, made, standing, comparing)
        finally:
            connection.set_isolation_level(None)
            schemas.drop(connection, made)


def all_checks() -> list[Check]:
    """Return every check there is, in the order in which they are run."""
    return [*_checks_of_rows(), *_checks_of_figures()]


def _checks_of_rows() -> list[Check]:
    """Return one check for each table: every row is the one that a replay makes."""
    return [
        Check(rows_of(model.name, table), partial(differing_rows, view=model.name, table=table))
        for model in ALL
        for table in model.tables
        if table.rows is not None
    ]


def _checks_of_figures() -> list[Check]:
    """Return one check for each figure that can be had twice, within a read model or across them."""
    within = [
        (model.name, agreement) for model in ALL for table in model.tables for agreement in table.agreements
    ]
    across = [(view, agreement) for view, agreements in ACROSS_VIEWS.items() for agreement in agreements]
    return [
        Check(agreement.name, partial(differing_figures, view=view, agreement=agreement))
        for view, agreement in within + across
    ]


def _compare(
    cursor: Cursor[TupleRow],
    live: str,
    made: str,
    standing: Mapping[str, schemas.Standing],
    comparing: Progress,
) -> Examination:
    furthest = max((model.position for model in standing.values()), default=0)
    findings = [
        Finding(STANDS, name, "read_model", {"name": name}, "position", furthest, model.position)
        for name, model in standing.items()
        if model.position != furthest
    ]
    # Views that stand at different facts need not agree with one another.
    checks = _checks_of_rows() if findings else all_checks()
    for done, check in enumerate(checks, start=1):
        findings += check.run(cursor, live=live, made=made)
        comparing(done, len(checks))
    return Examination(furthest, (STANDS, *(check.name for check in checks)), tuple(findings))


def differing_figures(
    cursor: Cursor[TupleRow], *, live: str, made: str, view: str, agreement: Agreement
) -> list[Finding]:
    """Return where one figure disagrees with where else it can be had, at most `MOST_FINDINGS` times."""
    query = sql.SQL(agreement.query + _FIRST).format(
        live=sql.Identifier(live), made=sql.Identifier(made), most=sql.Literal(MOST_FINDINGS)
    )
    return [
        Finding(
            agreement.name,
            view,
            agreement.table,
            dict(zip(agreement.key, key, strict=True)),
            agreement.column,
            int(expected),
            int(found),
        )
        for *key, expected, found in cursor.execute(query).fetchall()
    ]


def _positions(connection: Connection[TupleRow], live: str) -> dict[str, int]:
    """Return where each read model in use stands, and how far those made only for the checks must go."""
    try:
        with connection.transaction(), connection.cursor() as cursor:
            schemas.hold(cursor, live)
            schemas.enter(cursor, live)
            standing = schemas.standing(cursor)
    except (errors.UndefinedTable, errors.InvalidSchemaName) as error:
        raise NotProjectedYet from error
    positions = {model.name: standing[model.name].position if model.name in standing else 0 for model in ALL}
    return positions | {CHECKED_PAYROLLS.name: max(positions.values())}
