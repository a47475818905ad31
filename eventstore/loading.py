"""Aggregates from the log: replayed from their first fact, or from a snapshot and what came after."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from eventsourcing.domain import OriginatorVersionError

from domain.facts import Ledgered
from eventstore.appender import PAGE, Appender, Row
from eventstore.codec import Codec
from eventstore.errors import LogDamaged
from eventstore.snapshots import Snapshots


class Loader:
    """Loads aggregates over one connection. One thread's."""

    def __init__(self, appender: Appender, codec: Codec, snapshots: Snapshots) -> None:
        """Load over this connection."""
        self._appender = appender
        self._codec = codec
        self._snapshots = snapshots

    def load(self, originator_id: UUID, up_to: int) -> Ledgered | None:
        """Return the aggregate as it is at a position, or None if there is no such stream yet.

        A stream of more than a page may begin with its snapshot; shorter ones are not worth the look.
        Raises Unreadable for a fact that this ledger does not write.
        """
        rows = self._appender.stream_page(originator_id, after=-1, up_to=up_to)
        if len(rows) < PAGE:
            return self.replay(None, rows)
        aggregate = self.restored(originator_id, up_to)
        if aggregate is None:
            aggregate = self.replay(None, rows)
            rest = rows[-1].originator_version
        else:
            rest = aggregate.version
        return self.replay(aggregate, self._appender.stream(originator_id, after=rest, up_to=up_to))

    def restored(self, originator_id: UUID, up_to: int) -> Ledgered | None:
        """Return the aggregate as its snapshot has it, or None without one that counts."""
        snapshot = self._appender.snapshot(originator_id, up_to=up_to)
        return None if snapshot is None else self._snapshots.restore(snapshot)

    def replay(
        self,
        aggregate: Ledgered | None,
        rows: Iterable[Row],
        see: Callable[[Row, Any], None] = lambda *_: None,
    ) -> Ledgered | None:
        """Apply the facts that follow, and `see` each; raises LogDamaged if one is missing."""
        for row in rows:
            event = self._codec.decode(row.originator_id, row.originator_version, row.topic, row.state)
            try:
                aggregate = event.mutate(aggregate)
            except OriginatorVersionError as error:
                raise LogDamaged(stream=row.originator_id, version=row.originator_version) from error
            see(row, event)
        return aggregate
