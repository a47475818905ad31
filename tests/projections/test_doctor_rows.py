"""What the doctor compares: whatever is altered in whatever row of whatever view is named with its key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import Cursor, sql
from psycopg.rows import TupleRow

from domain.ledger.claims import approve_claim
from eventstore.keyring import Keyring
from projections import schemas
from projections.agreement import Agreement
from projections.catalogue import ALL
from projections.doctor.agreements import ACROSS_VIEWS
from projections.doctor.books import MADE, differing_figures
from projections.doctor.finding import Finding
from projections.doctor.rows import differing_rows
from projections.read_model import Table
from projections.replay import project_beside
from tests.databases import Server
from tests.projections.conftest import Founded, copy_of
from tests.projections.test_rebuild_and_replay import keep_busy
from tests.projections.world import LIVE, World

JANUARY = date(2026, 1, 15)
WAITING = UUID(int=501)
MADE_ANEW = schemas.replayed("default")
TABLES = [(model.name, table) for model in ALL for table in model.tables if table.rows is not None]
AGREEMENTS = [
    *((view, each) for view, agreements in ACROSS_VIEWS.items() for each in agreements),
    *((view, each) for view, table in TABLES for each in table.agreements),
]
IDS = [table.name for _, table in TABLES]

# What makes another value of a type; NULL becomes one too.
ANOTHER = {
    "bigint": "coalesce({column}, 0) + 1000",
    "integer": "coalesce({column}, 0) + 1000",
    "numeric": "coalesce({column}, 0) + 1",
    "text": "coalesce({column}, '') || '?'",
    "uuid": "gen_random_uuid()",
    "date": "coalesce({column}, '2026-01-01') + 1",
    "boolean": "{column} IS NOT TRUE",
    "timestamp with time zone": "coalesce({column}, now()) + interval '1 microsecond'",
    "text[]": "array_append({column}, '?')",
    "uuid[]": "array_append({column}, gen_random_uuid())",
}
COLUMNS = """
    SELECT attname, format_type(atttypid, atttypmod), attnum = ANY(conkey) FROM pg_attribute
    JOIN pg_constraint ON conrelid = attrelid AND contype = 'p'
    WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped ORDER BY attnum
"""
CHECKS = "SELECT conname FROM pg_constraint WHERE conrelid = to_regclass(%s) AND contype = 'c'"
A_ROW = "SELECT ctid::text, to_jsonb(t) FROM {table} AS t LIMIT 1"
ALTER = "UPDATE {table} SET {column} = {value} WHERE ctid = '{place}'"
REMOVE = "DELETE FROM {table} WHERE ctid = '{place}'"
LET_DOUBLE = "ALTER TABLE {table} DROP CONSTRAINT {table}_pkey"
DOUBLE = "INSERT INTO {table} SELECT * FROM {table} WHERE ctid = '{place}'"
GROW = "UPDATE {table} SET {column} = {column} + 1"
NO_TRIGGERS = "SET LOCAL session_replication_role = replica"


@pytest.fixture(scope="module")
def busy(server: Server, keyring: Keyring, founded: Founded) -> Iterator[World]:
    """A cooperative in which every table has a row, sums by day included, and a replay of it beside it."""
    with pytest.MonkeyPatch.context() as patch, copy_of(server, keyring, founded) as world:
        patch.setattr("projections.dated_sums.EVERY", 1)
        keep_busy(world)
        world.pays_a_wage(on=JANUARY)
        world.claims(WAITING, on=JANUARY)
        world.perform(approve_claim, on=JANUARY, actor="bert", claim_id=WAITING)
        world.rebuild()
        positions = {model.name: world.log.head().size for model in MADE}
        project_beside(
            world.dsn,
            tenant="default",
            log=world.log,
            models=MADE,
            page=1000,
            positions=positions,
            progress=lambda _reached, _size: None,
        )
        yield world


@pytest.fixture
def cursor(busy: World) -> Iterator[Cursor[TupleRow]]:
    """As a database administrator in the schema in use; all is undone."""
    with psycopg.connect(busy.dsn) as connection, connection.cursor() as cursor:
        schemas.enter(cursor, LIVE)
        yield cursor
        connection.rollback()


def do(cursor: Cursor[TupleRow], statement: str, **names: str) -> Cursor[TupleRow]:
    """Run a statement on the tables in use, with these names in their places."""
    return cursor.execute(statement.format_map(names).encode())


def findings(cursor: Cursor[TupleRow], view: str, table: Table) -> list[Finding]:
    return differing_rows(cursor, live=LIVE, made=MADE_ANEW, view=view, table=table)


def columns_of(cursor: Cursor[TupleRow], table: Table) -> list[tuple[str, str, bool]]:
    return list(cursor.execute(COLUMNS, [table.name]).fetchall())


def a_row(cursor: Cursor[TupleRow], table: Table) -> tuple[str, dict[str, Any]]:
    """One row: where it stands, and its key."""
    found = do(cursor, A_ROW, table=table.name).fetchone()
    assert found, f"{table.name} has no row to alter: let the busy cooperative make one"
    place, row = found
    return place, {name: row[name] for name, _, is_key in columns_of(cursor, table) if is_key}


@pytest.mark.parametrize(("view", "table"), TABLES, ids=IDS)
def test_whatever_column_of_a_row_is_altered_is_named_with_the_key(
    cursor: Cursor[TupleRow], view: str, table: Table
) -> None:
    lift_the_checks(cursor, table)
    for name, kind, is_key in columns_of(cursor, table):
        place, key = a_row(cursor, table)
        cursor.execute("SAVEPOINT before")
        if is_key:
            do(cursor, LET_DOUBLE, table=table.name)
        value = ANOTHER[kind].format(column=name)
        do(cursor, ALTER, table=table.name, column=name, value=value, place=place)
        if cursor.rowcount and is_key:
            gone, come = sorted(findings(cursor, view, table), key=lambda each: each.expected is None)
            assert (gone.view, gone.table, gone.key, gone.found) == (view, table.name, key, None)
            assert (come.view, come.table, come.expected) == (view, table.name, None)
            assert come.key[name] != key[name]
        else:
            (one,) = findings(cursor, view, table)
            assert (one.view, one.table, one.key, one.column) == (view, table.name, key, name)
            assert one.expected != one.found
        cursor.execute("ROLLBACK TO before")
    assert findings(cursor, view, table) == []


@pytest.mark.parametrize(("view", "table"), TABLES, ids=IDS)
def test_a_row_that_is_removed_or_doubled_and_a_table_that_is_gone_are_named(
    cursor: Cursor[TupleRow], view: str, table: Table
) -> None:
    place, key = a_row(cursor, table)
    cursor.execute("SAVEPOINT whole")
    do(cursor, REMOVE, table=table.name, place=place)
    (gone,) = findings(cursor, view, table)
    assert (gone.table, gone.key, gone.column, gone.found) == (table.name, key, None, None)
    cursor.execute("ROLLBACK TO whole")

    do(cursor, LET_DOUBLE, table=table.name)
    cursor.execute(NO_TRIGGERS)
    do(cursor, DOUBLE, table=table.name, place=place)
    assert {(each.column, each.expected, each.found) for each in findings(cursor, view, table)} == {
        (None, 1, 2)
    }
    cursor.execute("ROLLBACK TO whole")

    do(cursor, "DROP TABLE {table}", table=table.name)
    (lost,) = findings(cursor, view, table)
    assert (lost.table, lost.key, lost.found) == (table.name, {}, None)


@pytest.mark.parametrize(("view", "agreement"), AGREEMENTS, ids=[each.name for _, each in AGREEMENTS])
def test_a_figure_that_disagrees_with_where_else_it_can_be_had_is_named(
    cursor: Cursor[TupleRow], view: str, agreement: Agreement
) -> None:
    (table,) = [table for _, table in TABLES if table.name == agreement.table]
    lift_the_checks(cursor, table)
    cursor.execute(NO_TRIGGERS)
    assert disagreements(cursor, view, agreement) == []
    do(cursor, GROW, table=table.name, column=agreement.column)
    found = disagreements(cursor, view, agreement)
    assert found, "nothing in the busy cooperative can disagree"
    for one in found:
        assert (one.view, one.table, one.column) == (view, table.name, agreement.column)
        assert set(one.key) == set(agreement.key)
        assert one.expected != one.found


def disagreements(cursor: Cursor[TupleRow], view: str, agreement: Agreement) -> list[Finding]:
    return differing_figures(cursor, live=LIVE, made=MADE_ANEW, view=view, agreement=agreement)


def lift_the_checks(cursor: Cursor[TupleRow], table: Table) -> None:
    """Let the database accept any value."""
    for (name,) in cursor.execute(CHECKS, [table.name]).fetchall():
        drop = sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}")
        cursor.execute(drop.format(sql.Identifier(table.name), sql.Identifier(name)))
