"""The writer's side of the database: read the head and streams, and append through the one function."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import LiteralString, NamedTuple, Protocol, Self
from uuid import UUID

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow

from eventstore import leaves
from eventstore.arrays import Blobs, Hashes, Longs, Texts, Uuids, register
from eventstore.codec import Encoded
from eventstore.connections import LOST, connect
from eventstore.errors import LogDamaged
from eventstore.keyring import Keyring
from eventstore.migrations.roles import WRITER
from eventstore.prepared import Prepared
from eventstore.snapshots import Snapshot

PAGE = 1000
"""Rows read at once: however long a stream is, or however far we are behind, no more are in memory."""

_HEAD = "SELECT size, frontier, recorded_at, origin FROM head"
_LOCK = "SELECT size, frontier, recorded_at FROM lock_head()"
_KNOWN = "SELECT command_id, operation, body_mac, first_position, n FROM command WHERE command_id = ANY(%b)"
_STREAM = """
    SELECT position, originator_id, originator_version, topic, state FROM event
    WHERE originator_id = %b AND originator_version > %b AND position <= %b
    ORDER BY originator_version LIMIT %b
"""
_SNAPSHOT = """
    SELECT originator_id, originator_version, snapshot.leaf_hash, snapshot.topic, code, snapshot.state, mac
    FROM snapshot JOIN event USING (originator_id, originator_version)
    WHERE originator_id = %b AND position <= %b AND event.leaf_hash = snapshot.leaf_hash
"""
_BETWEEN = """
    SELECT position, originator_id, originator_version, topic, state FROM event
    WHERE position > %b AND position <= %b ORDER BY position LIMIT %b
"""
_APPEND = f"SELECT append_batch({', '.join(f'${place}' for place in range(1, 15))})"
_BIGINT, _BYTEA, _TIMESTAMPTZ = 20, 17, 1184
_APPENDED = (
    _BIGINT,
    Uuids.array_oid,
    Longs.array_oid,
    Texts.array_oid,
    Blobs.array_oid,
    Blobs.array_oid,
    _BYTEA,
    _TIMESTAMPTZ,
    _BYTEA,
    _BYTEA,
    Uuids.array_oid,
    Texts.array_oid,
    Blobs.array_oid,
    Longs.array_oid,
)
_INTEGER = struct.Struct(">q")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Row(NamedTuple):
    """One event as it stands in the log."""

    position: int
    originator_id: UUID
    originator_version: int
    topic: str
    state: bytes


class Known(NamedTuple):
    """A command that was carried out, and the place of its facts."""

    operation: str
    body_mac: bytes
    first_position: int
    n: int


class Standing(NamedTuple):
    """Where the log stands; `frontier` is that of its Merkle tree, `recorded_at` that of the last batch."""

    size: int
    frontier: tuple[bytes, ...]
    recorded_at: datetime


class CommandRow(Protocol):
    """What is kept of a command in a batch."""

    @property
    def id(self) -> UUID: ...  # noqa: D102 - its name says it

    @property
    def operation(self) -> str: ...  # noqa: D102 - its name says it

    @property
    def body_mac(self) -> bytes: ...  # noqa: D102 - its name says it


class Appender:
    """One connection as the writer, and the recorder's key: every batch leaves it signed."""

    def __init__(self, connection: Connection[TupleRow], keyring: Keyring) -> None:
        """Append over this connection, for the log whose head it finds."""
        register(connection)
        self._connection = connection
        self._recorder = keyring.recorder
        self._append: Prepared | None = None
        self._sent: Prepared | None = None
        self._answer: bytes | psycopg.Error | None = None
        *standing, self._origin = self._one(_HEAD)
        self.standing = _standing(*standing)
        self._key_id = keyring.key_id(self._origin)

    @classmethod
    def open(cls, dsn: str, *, tenant: str, keyring: Keyring) -> Self:
        """Connect as the writer of a tenant."""
        connection = connect(dsn, tenant=tenant, role=WRITER)
        try:
            return cls(connection, keyring)
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def size(self) -> int:
        """Return the size of the log now."""
        size, *_ = self._one(_HEAD)
        return int(size)

    def known(self, ids: Iterable[UUID]) -> dict[UUID, Known]:
        """Return those of these commands that were carried out."""
        self._receive()
        rows = self._connection.execute(_KNOWN, [Uuids.of(ids)], binary=True, prepare=True)
        return {command_id: Known(*row) for command_id, *row in rows}

    def stream(self, originator_id: UUID, *, after: int = -1, up_to: int) -> Iterator[Row]:
        """Yield the events of one stream past a version that stand at or before a position."""
        more = True
        while more:
            rows = self.stream_page(originator_id, after=after, up_to=up_to)
            yield from rows
            if more := len(rows) == PAGE:
                after = rows[-1].originator_version

    def stream_page(self, originator_id: UUID, *, after: int, up_to: int) -> list[Row]:
        """Return the next events of one stream past a version, a page of them at most."""
        return self._page(_STREAM, originator_id, after, up_to)

    def between(self, after: int, up_to: int) -> Iterator[Row]:
        """Yield the events past one position and up to another."""
        more = True
        while more:
            rows = self._page(_BETWEEN, after, up_to)
            yield from rows
            if more := len(rows) == PAGE:
                after = rows[-1].position

    def snapshot(self, originator_id: UUID, *, up_to: int) -> Snapshot | None:
        """Return the snapshot of a stream, if its last fact stands in the log at or before a position."""
        self._receive()
        row = self._connection.execute(
            _SNAPSHOT, [originator_id, up_to], binary=True, prepare=True
        ).fetchone()
        return None if row is None else Snapshot._make(row)

    @contextmanager
    def locked(self) -> Iterator[Standing]:
        """Hold the head in a transaction: nobody else appends before it ends."""
        try:
            with self._connection.transaction():
                yield _standing(*self._one(_LOCK))
        except BaseException:
            # psycopg forgets all that is prepared on a connection when it rolls back.
            self._append = None
            raise

    @property
    def socket(self) -> int:
        """The file descriptor on which the database answers."""
        return self._connection.pgconn.socket

    def send(
        self,
        on: Standing,
        recorded_at: datetime,
        events: Sequence[Encoded],
        commands: Sequence[tuple[CommandRow, int]],
    ) -> Standing:
        """Send events and the commands they come from, each with how many of them are its own.

        They stand in one statement with the head they were decided on. Returns where the log stands
        if they are recorded, which `arrived` tells.
        """
        hashes = [event.leaf_hash for event in events]
        then = Standing(on.size + len(hashes), leaves.extend(on.size, on.frontier, hashes), recorded_at)
        signature = self._recorder.sign(leaves.commit_message(self._origin, on.size, hashes))
        if self._append is None:
            self._append = Prepared(self._connection, _APPEND, _APPENDED)
        self._append.send(
            [
                _INTEGER.pack(on.size),
                Uuids.of(event.originator_id for event in events).data,
                Longs.of(event.originator_version for event in events).data,
                Texts.of(event.topic for event in events).data,
                Blobs([event.state for event in events]).data,
                Hashes(hashes).data,
                b"".join(then.frontier),
                _INTEGER.pack((recorded_at - _EPOCH) // _MICROSECOND),
                self._key_id,
                signature,
                Uuids.of(command.id for command, _ in commands).data,
                Texts.of(command.operation for command, _ in commands).data,
                Blobs([command.body_mac for command, _ in commands]).data,
                Longs.of(count for _, count in commands).data,
            ]
        )
        self._sent = self._append
        return then

    def append(
        self,
        on: Standing,
        recorded_at: datetime,
        events: Sequence[Encoded],
        commands: Sequence[tuple[CommandRow, int]],
    ) -> Standing | None:
        """Send these and wait; returns where the log stands then, or None if it had grown."""
        then = self.send(on, recorded_at, events, commands)
        return then if self.arrived(then) else None

    @property
    def prepared(self) -> bool:
        """Whether it can send without waiting."""
        return self._append is not None

    @property
    def all_sent(self) -> bool:
        """Whether the network has taken all that was sent."""
        return self._sent is None or self._sent.all_sent

    def push(self) -> None:
        """Wait until the network has taken what was sent."""
        if self._sent is not None:
            self._sent.push()

    def stay_awake(self, at_most_s: float) -> None:
        """Return when the database is heard, or after that long, without having slept."""
        if self._sent is not None:
            self._sent.stay_awake(at_most_s)

    def answered(self) -> bool:
        """Look whether `arrived` could tell without waiting."""
        return self._sent is None or self._sent.answered()

    def arrived(self, then: Standing) -> bool:
        """Wait for what was sent; tell whether it is recorded, or the log had grown and nothing was written."""
        self._receive()
        answer, self._answer = self._answer, None
        if isinstance(answer, BaseException):
            raise answer
        return answer == _INTEGER.pack(then.size)

    def forget(self) -> bool:
        """Wait for what was sent, whatever became of it; tell whether that is over, or may still come through."""
        self._receive()
        answer, self._answer = self._answer, None
        return not isinstance(answer, LOST)

    def _receive(self) -> None:
        """Free the connection of what is on its way on it."""
        sent, self._sent = self._sent, None
        if sent is None:
            return
        try:
            self._answer = sent.value()
        except psycopg.Error as error:
            self._answer = error

    def _page(self, query: LiteralString, *said: UUID | int) -> list[Row]:
        self._receive()
        rows = self._connection.execute(query, [*said, PAGE], binary=True, prepare=True)
        return list(map(Row._make, rows))

    def _one(self, query: LiteralString) -> TupleRow:
        self._receive()
        row = self._connection.execute(query, binary=True, prepare=True).fetchone()
        if row is None:
            raise LogDamaged(missing="head")
        return row


def _standing(size: int, frontier: bytes, recorded_at: datetime) -> Standing:
    return Standing(size, leaves.nodes_of(frontier), recorded_at)
