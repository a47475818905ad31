"""Takes the snapshots of long streams, after the commit and beside the deciding thread; and checks them.

A stream is looked at every thousandth fact. A snapshot goes on from the one before, if that counts.
Nothing personal enters it: an aggregate whose state holds a text that its facts keep sealed has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from typing import Any, LiteralString, Self
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow

from domain.facts import Ledgered
from eventstore.appender import Appender, Row
from eventstore.codec import Codec
from eventstore.connections import connect
from eventstore.errors import Unreadable
from eventstore.frozen import CannotFreeze, texts
from eventstore.keyring import Keyring
from eventstore.leaves import leaf_hash
from eventstore.loading import Loader
from eventstore.migrations.roles import WRITER
from eventstore.snapshots import Snapshot, Snapshots

# Looking for personal texts in a state takes their number times its length: more than this is not looked
# through, and has no snapshot.
MOST_TO_LOOK_THROUGH = 1_000_000_000

_LONG: LiteralString = """
    SELECT originator_id, max(originator_version) FROM event
    WHERE originator_version % 1000 = 0 GROUP BY originator_id ORDER BY originator_id
"""
_STANDING = "SELECT originator_id, originator_version, topic, code FROM snapshot"
_ONE_TAKEN = """
    SELECT originator_id, originator_version, leaf_hash, topic, code, state, mac FROM snapshot
    WHERE originator_id = %(id)s
"""
_IDS = "SELECT originator_id FROM snapshot ORDER BY originator_id"
_KEEP = """
    INSERT INTO snapshot (originator_id, originator_version, leaf_hash, topic, code, state, mac)
    VALUES (%s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (originator_id) DO UPDATE SET (originator_version, leaf_hash, topic, code, state, mac)
        = (excluded.originator_version, excluded.leaf_hash, excluded.topic, excluded.code,
           excluded.state, excluded.mac)
"""
_FORGET_ALL = "DELETE FROM snapshot"
_EVERYTHING = 2**63 - 1


class Verdict(StrEnum):
    """What a check says of a snapshot; only one that counts can be right or wrong."""

    RIGHT = "right"
    OUTDATED = "outdated"
    NOT_OURS = "not-ours"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Checked:
    """One snapshot and what became of it when its stream was replayed beside it."""

    stream: UUID
    topic: str
    version: int
    verdict: Verdict


class Snapshotter:
    """Keeps the table of snapshots of one tenant, on a connection of its own. One thread's."""

    def __init__(
        self, connection: Connection[TupleRow], appender: Appender, codec: Codec, snapshots: Snapshots
    ) -> None:
        """Read over the appender's connection, write over the other."""
        self._connection = connection
        self._appender = appender
        self._codec = codec
        self._snapshots = snapshots
        self._loader = Loader(appender, codec, snapshots)
        self._left_out: dict[UUID, int] = {}

    @classmethod
    def open(cls, dsn: str, *, tenant: str, keyring: Keyring, codec: Codec, snapshots: Snapshots) -> Self:
        """Connect; raises psycopg.OperationalError if the database is gone."""
        appender = Appender.open(dsn, tenant=tenant, keyring=keyring)
        try:
            return cls(connect(dsn, tenant=tenant, role=WRITER), appender, codec, snapshots)
        except BaseException:
            appender.close()
            raise

    def take_all(self, goes_on: Callable[[], bool] = lambda: True) -> int:
        """Take a snapshot of every long stream that has grown past its last one; return how many."""
        taken = 0
        for stream, version in self._due():
            if not goes_on():
                break
            taken += self.take(stream, version)
        return taken

    def take(self, stream: UUID, version: int) -> bool:
        """Take a snapshot of a stream as it was at one of its versions; tell whether it can have one."""
        try:
            snapshot = self._snapshot(stream, version)
        except (CannotFreeze, Unreadable):
            self._left_out[stream] = version
            return False
        self._connection.execute(_KEEP, snapshot)
        return True

    def check(self) -> Iterator[Checked]:
        """Replay each stream that has a snapshot from its first fact, and compare; yields each verdict."""
        for (stream,) in self._connection.execute(_IDS).fetchall():
            for row in self._connection.execute(_ONE_TAKEN, {"id": stream}):
                snapshot = Snapshot._make(row)
                yield Checked(stream, snapshot.topic, snapshot.originator_version, self._verdict(snapshot))

    def forget_all(self) -> int:
        """Delete every snapshot; return how many there were."""
        return self._connection.execute(_FORGET_ALL).rowcount

    def close(self) -> None:
        """Close the connections."""
        self._appender.close()
        self._connection.close()

    def _due(self) -> Sequence[tuple[UUID, int]]:
        taken = {
            stream: version
            for stream, version, topic, code in self._connection.execute(_STANDING)
            if self._snapshots.is_of_this_code(topic, code)
        }
        return [
            (stream, version)
            for stream, version in self._connection.execute(_LONG).fetchall()
            if version > max(taken.get(stream, 0), self._left_out.get(stream, 0))
        ]

    def _snapshot(self, stream: UUID, version: int) -> Snapshot:
        before = self._loader.restored(stream, _EVERYTHING)
        aggregate, last = self._replayed(stream, version, before)
        return self._snapshots.take(aggregate, last)

    def _replayed(self, stream: UUID, version: int, before: Ledgered | None) -> tuple[Ledgered, bytes]:
        """Return the aggregate at a version, and the hash of its last fact; raises CannotFreeze."""
        if before is not None and before.version >= version:
            before = None
        after = -1 if before is None else before.version
        rows = self._appender.stream(stream, after=after, up_to=_EVERYTHING)
        reading = _Reading(self._codec)
        aggregate = self._loader.replay(
            before, takewhile(lambda row: row.originator_version <= version, rows), reading.see
        )
        if aggregate is None or reading.last is None or reading.is_personal(aggregate):
            raise CannotFreeze(stream)
        return aggregate, reading.last

    def _verdict(self, snapshot: Snapshot) -> Verdict:
        if not self._snapshots.is_genuine(snapshot):
            return Verdict.NOT_OURS
        if not self._snapshots.is_of_this_code(snapshot.topic, snapshot.code):
            return Verdict.OUTDATED
        try:
            replayed = self._replayed(snapshot.originator_id, snapshot.originator_version, None)
        except (CannotFreeze, Unreadable):
            return Verdict.WRONG
        said = (self._snapshots.restore(snapshot), snapshot.leaf_hash)
        return Verdict.RIGHT if replayed == said else Verdict.WRONG


class _Reading:
    """What was seen while a stream was read: its personal texts, and the hash of its last fact."""

    def __init__(self, codec: Codec) -> None:
        self._codec = codec
        self._personal: set[str] = set()
        self.last: bytes | None = None

    def see(self, row: Row, event: Any) -> None:
        self._personal.update(filter(None, self._codec.personal_texts(event)))
        _, originator_id, version, topic, state = row
        self.last = leaf_hash(originator_id, version, topic.encode(), state)

    def is_personal(self, aggregate: Ledgered) -> bool:
        """Tell whether the state holds a personal text, or there is too much to look through."""
        state = "\x00".join(text for value in vars(aggregate).values() for text in texts(value))
        if len(state) * len(self._personal) > MOST_TO_LOOK_THROUGH:
            return True
        return any(text in state for text in self._personal)
