"""The whole journal in the order of its days, entry by entry, and what it stands at month by month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import merge
from itertools import groupby
from typing import Any
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import TupleRow

from projections.account_codes import OwnCodes
from projections.dated_sums import Past
from projections.journal import BALANCES, JOURNAL
from projections.reader import Reader, position_of

RENAMED = "account-codes"
"""The journal in which an account's balance moves from its code to the next one: it is in no entry of the books."""

ONE_DAY = timedelta(days=1)
_ROWS_AT_ONCE = 5_000
_LINES = """
    SELECT e.booked_on, e.position, e.entity_id, e.journal, e.document_id, account, debit_c - credit_c,
        activity_id, fund_id
    FROM journal_entry AS e JOIN journal_line USING (position, rule_version)
    WHERE (%(entity_id)s::uuid IS NULL OR e.entity_id = %(entity_id)s) AND e.position <= %(position)s
    ORDER BY e.booked_on, e.position, rule_version, line_no
"""
_DAYS = """
    SELECT min(booked_on), max(booked_on) FROM journal_entry
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s) AND position <= %(position)s
"""


@dataclass(frozen=True)
class PostedLine:
    """One side of an entry, in cents: debits above zero, credits below; the account by its own code of that day."""

    account: str
    amount_c: int
    activity_id: UUID | None
    fund_id: UUID | None


@dataclass(frozen=True)
class PostedEntry:
    """One entry of the journal, with the place in the log of the fact it comes from."""

    booked_on: date
    position: int
    entity_id: UUID
    journal: str
    document_id: UUID
    lines: tuple[PostedLine, ...]


@dataclass(frozen=True)
class MonthEnd:
    """What an account stands at on the last day of a month, in cents: debits less credits."""

    entity_id: UUID
    account: str
    on: date
    amount_c: int


class PostedBooks:
    """The books as the log stood at `position`; all of it read in one snapshot."""

    def __init__(self, cursor: Cursor[TupleRow], *, position: int, entity_id: UUID | None) -> None:
        """Read over this cursor, whose transaction is the snapshot."""
        self._cursor = cursor
        self._asked = {"entity_id": entity_id, "position": position}
        self.position = position
        self._codes = OwnCodes(cursor, entity_id=entity_id, known_at=position)

    @property
    def codes(self) -> Iterator[tuple[UUID, str, str]]:
        """Yield entity, standard account and own code wherever an entity calls an account otherwise."""
        return ((each.entity_id, each.account, each.code) for each in self._codes.mapped)

    def entries(self) -> Iterator[PostedEntry]:
        """Yield the entries in the order of their booking days, without holding them all.

        On the day on which an account gets another code, what it stands at moves from the one to the other.
        """
        yield from merge(self._renamed(), self._booked(), key=lambda entry: entry.booked_on)

    def _renamed(self) -> list[PostedEntry]:
        found = []
        for each, sooner in self._codes.changes():
            asked = {"entity_id": each.entity_id, "account": each.account, "year_end": None}
            past = Past(as_of=each.valid_from - ONE_DAY, known_at=self.position).values()
            rows = self._cursor.execute(BALANCES.past, {**asked, **past}).fetchall()
            amount_c = sum(row[3] - row[4] for row in rows)
            if amount_c:
                sides = ((sooner, -amount_c), (each.code, amount_c))
                lines = tuple(PostedLine(code, cents, None, None) for code, cents in sides)
                named = (each.valid_from, each.position, each.entity_id, RENAMED, each.entity_id)
                found.append(PostedEntry(*named, lines))
        return found

    def _booked(self) -> Iterator[PostedEntry]:
        with self._cursor.connection.cursor("posted_entries") as lines:
            lines.itersize = _ROWS_AT_ONCE
            lines.execute(_LINES, self._asked)
            for said, group in groupby(lines, key=lambda row: row[:5]):
                yield self._entry(said, group)

    def month_ends(self) -> Iterator[MonthEnd]:
        """Yield what every account stands at, on the last day of each month in which anything was booked.

        It is answered from the kept sums and not from the entries: each is a check of the other.
        """
        first, last = self._cursor.execute(_DAYS, self._asked).fetchone() or (None, None)
        while first is not None and first <= last:
            first = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
            yield from self._standing_at(first - timedelta(days=1))

    def _standing_at(self, day: date) -> Iterator[MonthEnd]:
        asked = {"entity_id": self._asked["entity_id"], "account": None, "year_end": None}
        past = Past(as_of=day, known_at=self.position).values()
        rows = self._cursor.execute(BALANCES.past, {**asked, **past}).fetchall()
        standing: dict[tuple[UUID, str], int] = {}
        for (entity_id, account), parts in groupby(rows, key=lambda row: row[:2]):
            key = (entity_id, self._codes.code(entity_id, account, day))
            standing[key] = standing.get(key, 0) + sum(row[3] - row[4] for row in parts)
        for (entity_id, code), amount_c in standing.items():
            yield MonthEnd(entity_id, code, day, amount_c)

    def _entry(self, said: Sequence[Any], rows: Iterable[TupleRow]) -> PostedEntry:
        booked_on, position, entity_id, journal, document_id = said
        lines = tuple(
            PostedLine(self._codes.code(entity_id, account, booked_on), *rest)
            for account, *rest in (row[5:] for row in rows)
        )
        return PostedEntry(booked_on, position, entity_id, journal, document_id, lines)


@contextmanager
def posted_books(
    reader: Reader, *, entity_id: UUID | None = None, known_at: int | None = None
) -> Iterator[PostedBooks]:
    """Lend the books of an entity, or of all, as the log stood at `known_at` or stands; raises NotProjectedYet."""
    with reader.snapshot() as cursor:
        position = position_of(cursor, JOURNAL.name, known_at)
        yield PostedBooks(cursor, position=position, entity_id=entity_id)
