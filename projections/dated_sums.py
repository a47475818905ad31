"""Sums of dated movements that can be asked at any past: a business day and a position of the log.

A figure as of day D, as known at position P, is the sum of the movements with `day <= D` and
`position <= P`. With every `EVERY`th movement of a key its sums by day are kept, so that an answer
is one look-up there and a short tail of movements after it, however long the history is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from psycopg import Cursor
from psycopg.rows import TupleRow

from projections.agreement import Agreement
from projections.read_model import Table

EVERY = 512

Key = tuple[Any, ...]


class Axis(StrEnum):
    """Which of a fact's days counts: when it was booked (legal reports), or when it happened."""

    BOOKED = "booked"
    EFFECTIVE = "effective"


@dataclass(frozen=True)
class Past:
    """A moment to look back to; None is no bound.

    `as_of` is the last business day that counts, on `axis`; `known_at` the last position.
    """

    as_of: date | None = None
    known_at: int | None = None
    axis: Axis = Axis.BOOKED

    @property
    def is_now(self) -> bool:
        """Whether nothing is bounded: the sums as they stand are the answer."""
        return self.as_of is None and self.known_at is None

    def values(self) -> dict[str, Any]:
        """Return what the queries call these."""
        return {"as_of": self.as_of, "known_at": self.known_at, "axis": self.axis}


COUNTS = """
    position <= coalesce(%(known_at)s::bigint, 9223372036854775807)
    AND CASE WHEN %(axis)s = 'booked' THEN booked_on ELSE effective_on END
        <= coalesce(%(as_of)s::date, 'infinity')
"""
"""The condition under which a movement belongs to a `Past`."""


class DatedSums:
    """The sums of one table of movements, in whole cents, by key.

    The table of movements has the columns of the key, the amounts, `position`, `booked_on` and
    `effective_on`. The names are constants of the read models; none comes from a request.
    """

    def __init__(
        self, *, movements: str, sums: str, key: Mapping[str, str], amounts: Sequence[str], also: str = ""
    ) -> None:
        """Name the tables and columns; `key` gives the type of each column of the key.

        `also` is a further condition of the queries, on the columns of the key of `s`.
        """
        names = {
            "movements": movements,
            "sums": sums,
            "by_day": f"{sums}_by_day",
            "key": ", ".join(key),
            "key_columns": ", ".join(f"{name} {kind} NOT NULL" for name, kind in key.items()),
            "key_values": ", ".join(f"%({name})s::{kind}" for name, kind in key.items()),
            "amounts": ", ".join(amounts),
            "amount_columns": ", ".join(f"{name} bigint NOT NULL" for name in amounts),
            "arrays": ", ".join(
                [*(f"%s::{kind}[]" for kind in key.values()), *["%s::bigint[]"] * (1 + len(amounts))]
            ),
            "grown": ", ".join(f"{name} = {sums}.{name} + excluded.{name}" for name in amounts),
            "summed": ", ".join(f"sum({name})::bigint AS {name}" for name in amounts),
            "cumulated": ", ".join(
                f"(sum({name}) OVER (PARTITION BY axis ORDER BY day))::bigint" for name in amounts
            ),
            "daily": ", ".join(
                f"{name} - coalesce(lag({name}) OVER (PARTITION BY axis ORDER BY day), 0) AS {name}"
                for name in amounts
            ),
            "this_key": " AND ".join(f"{name} = %({name})s" for name in key),
            "same_key": " AND ".join(f"{name} = s.{name}" for name in key),
            "of_key": ", ".join(f"s.{name}" for name in key),
            "answer": ", ".join(
                f"coalesce(kept.{name}, 0) + coalesce(tail.{name}, 0) AS {name}" for name in amounts
            ),
            "first": amounts[0],
            "also": also,
            "counts": COUNTS,
        }
        self._sums, self._by_day = sums, names["by_day"]
        self._create_sums = _CREATE_SUMS.format_map(names)
        self._create_by_day = _CREATE_BY_DAY.format_map(names)
        self._all_sums = _ALL_SUMS.format_map(names)
        self._all_by_day = _ALL_BY_DAY.format_map(names)
        self._grow = _GROW.format_map(names)
        self._keep = _KEEP.format_map(names)
        self._width = len(key)
        self._key = tuple(key)
        self._sums_agree = tuple(_sum_agrees(movements, sums, self._key, name) for name in amounts)
        self._count_agrees = _count_agrees(movements, sums, self._key)
        self._days_agree = tuple(_days_agree(movements, self._by_day, self._key, name) for name in amounts)
        self.current = _CURRENT.format_map(names)
        self.past = _PAST.format_map(names)

    @property
    def tables(self) -> tuple[Table, Table]:
        """The tables of the sums as they stand, and of the sums kept by day."""
        agree = (self._count_agrees, *self._sums_agree)
        return (
            Table(self._sums, (self._create_sums,), self._all_sums, agree),
            Table(self._by_day, (self._create_by_day,), self._all_by_day, self._days_agree),
        )

    def write(
        self, cursor: Cursor[TupleRow], moved: Mapping[Key, Sequence[tuple[int, Sequence[int]]]]
    ) -> None:
        """Add what moved, by key as (position, amounts) in order; the movements are written already."""
        if not moved:
            return
        rows = [
            (*key, len(moves), *map(sum, zip(*(amounts for _, amounts in moves), strict=True)))
            for key, moves in moved.items()
        ]
        counted = cursor.execute(self._grow, [list(column) for column in zip(*rows, strict=True)])
        for row in counted.fetchall():
            key, count = row[: self._width], row[-1]
            for position in _marks([position for position, _ in moved[key]], count):
                cursor.execute(self._keep, {**dict(zip(self._key, key, strict=True)), "position": position})


class Moved:
    """Movements of a page, gathered by key."""

    def __init__(self) -> None:
        """Start with none."""
        self.by_key: dict[Key, list[tuple[int, Sequence[int]]]] = defaultdict(list)

    def add(self, key: Key, position: int, *amounts: int) -> None:
        """Gather one movement."""
        self.by_key[key].append((position, amounts))


def _sum_agrees(movements: str, sums: str, key: Key, amount: str) -> Agreement:
    return Agreement(
        f"{sums}.{amount} is the sum of its movements",
        sums,
        amount,
        key,
        f"SELECT {', '.join(key)}, sum({amount}) AS figure FROM {{made}}.{movements} GROUP BY {', '.join(key)}",  # noqa: S608 - constants
        f"SELECT {', '.join(key)}, {amount} AS figure FROM {{live}}.{sums}",  # noqa: S608 - constants
    )


def _count_agrees(movements: str, sums: str, key: Key) -> Agreement:
    return Agreement(
        f"{sums}.movements is the number of its movements",
        sums,
        "movements",
        key,
        f"SELECT {', '.join(key)}, count(*) AS figure FROM {{made}}.{movements} GROUP BY {', '.join(key)}",  # noqa: S608 - constants
        f"SELECT {', '.join(key)}, movements AS figure FROM {{live}}.{sums}",  # noqa: S608 - constants
    )


def _days_agree(movements: str, by_day: str, key: Key, amount: str) -> Agreement:
    """Add up the movements of each key anew up to where its sums were kept last."""
    names = {"movements": movements, "by_day": by_day, "key": ", ".join(key), "amount": amount}
    return Agreement(
        f"{by_day}.{amount} is the sum of the movements up to that day",
        by_day,
        amount,
        (*key, "position", "axis", "day"),
        _DAYS_EXPECTED.format_map({**names, "made": "{made}"}),
        _DAYS_FOUND.format_map({**names, "live": "{live}"}),
    )


def _marks(positions: Sequence[int], count: int) -> list[int]:
    """Return the positions after which the sums by day are kept.

    `count` is how many movements the key has with these. The movements of one fact share its
    position, and the sums kept there hold all of them: nothing depends on where a page ends.
    """
    places = enumerate(positions, start=count - len(positions) + 1)
    return list(dict.fromkeys(position for place, position in places if place % EVERY == 0))


_CREATE_SUMS = """
    CREATE TABLE {sums} ({key_columns}, movements bigint NOT NULL, {amount_columns}, PRIMARY KEY ({key}))
"""
_CREATE_BY_DAY = """
    CREATE TABLE {by_day} (
        {key_columns}, position bigint NOT NULL, axis text NOT NULL, day date NOT NULL,
        {amount_columns}, PRIMARY KEY ({key}, position, axis, day)
    )
"""
_ALL_SUMS = "SELECT * FROM {sums} ORDER BY {key}"
_ALL_BY_DAY = "SELECT * FROM {by_day} ORDER BY {key}, position, axis, day"
_GROW = """
    INSERT INTO {sums} ({key}, movements, {amounts}) SELECT * FROM unnest({arrays})
    ON CONFLICT ({key}) DO UPDATE SET movements = {sums}.movements + excluded.movements, {grown}
    RETURNING {key}, movements
"""
# What was kept last, taken apart into days again, and the movements since.
_KEEP = """
    INSERT INTO {by_day} ({key}, position, axis, day, {amounts})
    WITH before AS (
        SELECT coalesce(max(position), 0) AS position FROM {by_day}
        WHERE {this_key} AND position < %(position)s
    ),
    daily AS (
        SELECT axis, day, {daily} FROM {by_day}
        WHERE {this_key} AND position = (SELECT position FROM before)
        UNION ALL
        SELECT axis, day, {amounts} FROM {movements}
        CROSS JOIN LATERAL (VALUES ('booked', booked_on), ('effective', effective_on)) AS on_axis (axis, day)
        WHERE {this_key} AND position > (SELECT position FROM before) AND position <= %(position)s
    ),
    days AS (SELECT axis, day, {summed} FROM daily GROUP BY axis, day)
    SELECT {key_values}, %(position)s, axis, day, {cumulated} FROM days
"""
_CURRENT = "SELECT {of_key}, {amounts} FROM {sums} AS s WHERE {also} ORDER BY {of_key}"
_PAST = """
    SELECT {of_key}, {answer} FROM {sums} AS s
    LEFT JOIN LATERAL (
        SELECT position FROM {by_day}
        WHERE {same_key} AND position <= coalesce(%(known_at)s::bigint, 9223372036854775807)
        ORDER BY position DESC LIMIT 1
    ) AS mark ON true
    LEFT JOIN LATERAL (
        SELECT {amounts} FROM {by_day}
        WHERE {same_key} AND position = mark.position AND axis = %(axis)s
            AND day <= coalesce(%(as_of)s::date, 'infinity')
        ORDER BY day DESC LIMIT 1
    ) AS kept ON true
    LEFT JOIN LATERAL (
        SELECT count(*) AS n, {summed} FROM {movements}
        WHERE {same_key} AND position > coalesce(mark.position, 0) AND {counts}
    ) AS tail ON true
    WHERE (kept.{first} IS NOT NULL OR tail.n > 0) AND {also}
    ORDER BY {of_key}
"""
_DAYS_EXPECTED = """
    SELECT {key}, position, axis, day, sum(sum(moved)) OVER (PARTITION BY {key}, axis ORDER BY day) AS figure
    FROM (
        SELECT {key}, marks.position, axis, day, moves.{amount} AS moved
        FROM {made}.{movements} AS moves
        JOIN (SELECT {key}, max(position) AS position FROM {made}.{by_day} GROUP BY {key}) AS marks USING ({key})
        CROSS JOIN LATERAL (VALUES ('booked', booked_on), ('effective', effective_on)) AS on_axis (axis, day)
        WHERE moves.position <= marks.position
    ) AS dated GROUP BY {key}, position, axis, day
"""
_DAYS_FOUND = """
    SELECT {key}, position, axis, day, {amount} AS figure FROM {live}.{by_day}
    JOIN (SELECT {key}, max(position) AS position FROM {live}.{by_day} GROUP BY {key}) AS marks
        USING ({key}, position)
"""
