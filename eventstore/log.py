"""The log as it is read: facts in order, streams, and where the log stood when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import TupleRow

from domain.errors import UnknownRecord
from eventstore import leaves
from eventstore.codec import Codec
from eventstore.commands import Recorded
from eventstore.errors import LogDamaged, PositionNotReached
from eventstore.listening import Ear
from eventstore.migrations.roles import READER
from eventstore.reading import Reader

_HEAD = "SELECT size, recorded_at FROM head"
_FRONTIER = "SELECT size, frontier FROM head"
_PAGE = """
    SELECT position, originator_id, originator_version, topic, state FROM event
    WHERE position > %(after)b ORDER BY position LIMIT %(limit)b
"""
_STREAM = """
    SELECT position, originator_id, originator_version, topic, state FROM event
    WHERE originator_id = %(id)b AND position <= %(up_to)b ORDER BY originator_version
"""
_STREAMS = """
    SELECT position, originator_id, originator_version, topic, state FROM event
    WHERE originator_id = ANY(%(ids)b) AND position <= %(up_to)b ORDER BY position
"""
_OF_TOPICS = """
    SELECT position, originator_id, originator_version, topic, state FROM event
    WHERE topic = ANY(%(topics)b) AND position > %(after)b ORDER BY position LIMIT %(limit)b
"""
_POSITION_AT = """
    SELECT first_position + n - 1 FROM batch
    WHERE recorded_at <= %(time)b ORDER BY recorded_at DESC, first_position DESC LIMIT 1
"""
_EVERYTHING = 2**63 - 1
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Head:
    """Where the log stands: its number of facts, and when the last of them was recorded."""

    size: int
    recorded_at: datetime


class Log:
    """Reads of one tenant's log. Safe to share between threads.

    Every read raises AskAgain if the database cannot be reached, and UnknownTopic or
    UnreadableState for a fact this ledger does not write.
    """

    def __init__(self, dsn: str, *, tenant: str, codec: Codec, role: str = READER) -> None:
        """Read as `role`; connects when first asked."""
        self._codec = codec
        self._reader = Reader(dsn, tenant=tenant, role=role)
        self._ear = Ear(dsn, tenant=tenant, role=role)

    def head(self) -> Head:
        """Return where the log stands; an empty one was recorded at the beginning of 1970."""
        for row in self._reader.rows(_HEAD):
            return Head(*row)
        raise LogDamaged(missing="head")

    def root(self) -> tuple[int, str]:
        """Return the size of the log and the root of its tree there, in hex, which `tutti verify` takes."""
        for size, frontier in self._reader.rows(_FRONTIER):
            return size, leaves.root(size, leaves.nodes_of(frontier)).hex()
        raise LogDamaged(missing="head")

    def page(self, after: int, limit: int) -> list[Recorded]:
        """Return the facts past a position, in order, at most `limit` of them."""
        return self._facts(self._reader.rows(_PAGE, after=after, limit=limit))

    def at(self, position: int) -> Recorded:
        """Return the fact at a position; raises PositionNotReached if the log is shorter."""
        if position < 1:
            raise UnknownRecord(kind="fact", id=position)
        for fact in self.page(position - 1, 1):
            return fact
        raise PositionNotReached(position=position)

    def stream(self, originator_id: UUID, *, up_to: int | None = None) -> list[Recorded]:
        """Return the facts of one stream that stand at or before a position, in order."""
        up_to = _EVERYTHING if up_to is None else up_to
        return self._facts(self._reader.rows(_STREAM, id=originator_id, up_to=up_to))

    def streams(self, ids: Sequence[UUID], up_to: int) -> list[Recorded]:
        """Return the facts of several streams at or before a position, in the order of the log."""
        if not ids:
            return []
        return self._facts(self._reader.rows(_STREAMS, ids=list(ids), up_to=up_to))

    def of_kinds(self, *kinds: type[Any]) -> Iterator[Recorded]:
        """Yield all facts of these kinds, in the order of the log; it reads the whole log once."""
        topics, after = [kind.TOPIC for kind in kinds], 0
        while found := self._facts(self._reader.rows(_OF_TOPICS, topics=topics, after=after, limit=_AT_ONCE)):
            yield from found
            after = found[-1].position

    def position_at(self, recorded_time: datetime) -> int:
        """Return the last position recorded at or before a time; 0 if there is none."""
        rows = self._reader.rows(_POSITION_AT, time=recorded_time)
        return int(rows[0][0]) if rows else 0

    def wait_for_more(self, after: int, timeout: float) -> bool:
        """Wait until the log is longer than `after`, at most `timeout` seconds; return whether it is."""
        return self._ear.wait(after, timeout)

    def close(self) -> None:
        """Close the connections; who still waits is let go."""
        self._ear.close()
        self._reader.close()

    def _facts(self, rows: Sequence[TupleRow]) -> list[Recorded]:
        decode = self._codec.decode
        return [Recorded(position, decode(*stored)) for position, *stored in rows]
