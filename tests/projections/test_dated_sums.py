"""Sums at any past: every pair of day and position answers what adding up the movements would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import Cursor
from psycopg.rows import TupleRow

from projections.dated_sums import EVERY, Axis, DatedSums, Moved, Past

SUMS = DatedSums(
    movements="movement",
    sums="total",
    key={"id": "uuid", "kind": "text"},
    amounts=("in_c", "out_c"),
    also="(%(id)s::uuid IS NULL OR s.id = %(id)s)",
)
CREATE = """
    CREATE TEMP TABLE movement (
        id uuid, kind text, position bigint, line_no integer, booked_on date, effective_on date, in_c bigint,
        out_c bigint
    )
"""
DAY = date(2026, 1, 1)
KEYS = [(UUID(int=1), "a"), (UUID(int=1), "b"), (UUID(int=2), "a")]

Movement = tuple[Any, ...]


def history(facts: int, seed: int) -> list[Movement]:
    """Facts of one to three movements, mostly but not all in the order of their days."""
    chance = Random(seed)  # noqa: S311 - no secret hangs on it
    rows: list[Movement] = []
    for position in range(1, facts + 1):
        for line_no in range(chance.randint(1, 3)):
            booked = DAY + timedelta(days=position // 20 - chance.choice([0, 0, 0, 7, 40]))
            effective = booked - timedelta(days=chance.randint(0, 30))
            key = chance.choices(KEYS, [8, 1, 1])[0]
            rows.append(
                (*key, position, line_no, booked, effective, chance.randint(0, 9), chance.randint(0, 9))
            )
    return rows


@contextmanager
def written(dsn: str, rows: list[Movement], *, page: int) -> Iterator[Cursor[TupleRow]]:
    """The sums of a history, written in pages of so many facts; undone at the end."""
    with psycopg.connect(dsn) as connection, connection.cursor() as cursor:
        cursor.execute(CREATE)
        for table in SUMS.tables:
            for statement in table.create:
                cursor.execute(statement)
        for start in range(1, rows[-1][2] + 1, page):
            of_page = [row for row in rows if start <= row[2] < start + page]
            cursor.executemany("INSERT INTO movement VALUES (%s, %s, %s, %s, %s, %s, %s, %s)", of_page)
            moved = Moved()
            for row in of_page:
                moved.add(row[:2], row[2], *row[6:])
            SUMS.write(cursor, moved.by_key)
        yield cursor
        connection.rollback()


def added_up(rows: list[Movement], past: Past) -> list[tuple[Any, ...]]:
    """What the query must answer, from the definition."""
    sums: dict[tuple[UUID, str], list[int]] = {}
    for row in rows:
        day = row[4] if past.axis is Axis.BOOKED else row[5]
        if (past.as_of is None or day <= past.as_of) and (past.known_at is None or row[2] <= past.known_at):
            total = sums.setdefault(row[:2], [0, 0])
            total[0] += row[6]
            total[1] += row[7]
    return [(*key, *total) for key, total in sorted(sums.items())]


@pytest.mark.parametrize("page", [97, 5_000])
def test_any_pair_of_day_and_position_answers_the_sum_of_its_movements(module_dsn: str, page: int) -> None:
    rows = history(3 * EVERY, seed=page)
    chance = Random(1)  # noqa: S311 - no secret hangs on it
    with written(module_dsn, rows, page=page) as cursor:
        kept = cursor.execute("SELECT count(DISTINCT (id, kind, position)) FROM total_by_day").fetchone()
        assert kept is not None
        assert kept[0] >= 4
        for _ in range(60):
            past = Past(
                as_of=chance.choice([None, DAY + timedelta(days=chance.randint(-60, 90))]),
                known_at=chance.choice([None, chance.randint(0, 3 * EVERY + 5)]),
                axis=chance.choice(list(Axis)),
            )
            answer = cursor.execute(SUMS.past, {"id": None, **past.values()}).fetchall()
            assert answer == added_up(rows, past)
        assert cursor.execute(SUMS.current, {"id": None}).fetchall() == added_up(rows, Past())
        (only, _) = KEYS[2]
        answer = cursor.execute(SUMS.past, {"id": only, **Past(known_at=700).values()}).fetchall()
        assert answer == [row for row in added_up(rows, Past(known_at=700)) if row[0] == only]


def test_what_is_kept_by_day_does_not_depend_on_the_pages(module_dsn: str) -> None:
    rows = history(2 * EVERY, seed=7)
    every_row = SUMS.tables[1].rows
    assert every_row is not None
    kept = []
    for page in (1, 61, 100_000):
        with written(module_dsn, rows, page=page) as cursor:
            kept.append(cursor.execute(every_row.encode()).fetchall())
    assert kept[0] == kept[1] == kept[2] != []
