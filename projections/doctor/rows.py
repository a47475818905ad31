"""Compares the rows in use with those made anew, and names each value that differs by its key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from psycopg import Cursor, sql
from psycopg.rows import TupleRow

from projections.doctor.finding import Finding
from projections.read_model import Table

MOST_ROWS = 1_000
"""How many rows of a table are named at most: a table that is gone whole needs no list."""

_COLUMNS = """
    SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
    WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped ORDER BY attname
"""
_KEY = """
    SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY(indkey)
    WHERE indrelid = to_regclass(%s) AND indisprimary ORDER BY array_position(indkey, attnum)
"""
# Rows are counted with the key, lest a key that was copied hide behind its other row.
_DIFFERING = """
    SELECT {key}, to_jsonb(m) - 'copies', to_jsonb(l) - 'copies', coalesce(l.copies, 0)
    FROM (SELECT *, 1::bigint AS copies FROM {made}) AS m
    FULL JOIN (SELECT *, count(*) OVER (PARTITION BY {key}) AS copies FROM {live}) AS l USING ({key})
    WHERE ({made_values}) IS DISTINCT FROM ({live_values})
    ORDER BY {key} LIMIT {most}
"""


def differing_rows(
    cursor: Cursor[TupleRow], *, live: str, made: str, view: str, table: Table
) -> list[Finding]:
    """Return what differs in one table of the schema `live` from the one in `made`, at most `MOST_ROWS` rows.

    Personal data is not read: of a table without a digest nothing is compared.
    """
    if table.rows is None:
        return []
    check = rows_of(view, table)
    columns, found = _columns(cursor, made, table), _columns(cursor, live, table)
    if columns != found:
        return [Finding(check, view, table.name, {}, None, columns, found or None)]
    key = [name for (name,) in cursor.execute(_KEY, [f"{made}.{table.name}"])]
    names = ["copies", *columns]
    query = sql.SQL(_DIFFERING).format(
        key=sql.SQL(", ").join(map(sql.Identifier, key)),
        made=sql.Identifier(made, table.name),
        live=sql.Identifier(live, table.name),
        made_values=sql.SQL(", ").join(sql.Identifier("m", name) for name in names),
        live_values=sql.SQL(", ").join(sql.Identifier("l", name) for name in names),
        most=sql.Literal(MOST_ROWS),
    )
    return [
        finding
        for *_, expected, row, copies in cursor.execute(query).fetchall()
        for finding in _findings(check, view, table.name, key, expected, row, copies)
    ]


def rows_of(view: str, table: Table) -> str:
    """Return what the comparison of a table is called."""
    return f"{view}: every row of {table.name} is what the log says"


def _findings(
    check: str, view: str, table: str, key: list[str], expected: Any, found: Any, copies: int
) -> Iterator[Finding]:
    named = {name: (expected or found)[name] for name in key}
    if expected is None or found is None:
        yield Finding(check, view, table, named, None, expected, found)
        return
    for column, value in expected.items():
        if found[column] != value:
            yield Finding(check, view, table, named, column, value, found[column])
    if copies != 1:
        yield Finding(check, view, table, named, None, 1, copies)


def _columns(cursor: Cursor[TupleRow], schema: str, table: Table) -> dict[str, str]:
    """Return the columns of a table with their types; none if it is not there."""
    return dict(cursor.execute(_COLUMNS, [f"{schema}.{table.name}"]).fetchall())
