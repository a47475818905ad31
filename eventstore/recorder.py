"""The event library's view of the log: its readers work on our tables, its writers do not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from eventsourcing.persistence import ApplicationRecorder, Notification, StoredEvent, Subscription

from eventstore.errors import WritesGoThroughTheSequencer
from eventstore.listening import Ear
from eventstore.migrations.roles import READER
from eventstore.reading import Reader

PAGE = 500
# A subscription that is stopped by another thread notices after this long at most.
LOOK_UP_S = 0.5

_EVENTS = """
    SELECT originator_id, originator_version, topic, state FROM event
    WHERE originator_id = %(id)b AND originator_version > %(gt)b AND originator_version <= %(lte)b
    ORDER BY originator_version LIMIT %(limit)b
"""
_EVENTS_LAST_FIRST = """
    SELECT originator_id, originator_version, topic, state FROM event
    WHERE originator_id = %(id)b AND originator_version > %(gt)b AND originator_version <= %(lte)b
    ORDER BY originator_version DESC LIMIT %(limit)b
"""
_NOTIFICATIONS = """
    SELECT originator_id, originator_version, topic, state, position FROM event
    WHERE position >= %(first)b AND position <= %(last)b ORDER BY position LIMIT %(limit)b
"""
_NOTIFICATIONS_OF_TOPICS = """
    SELECT originator_id, originator_version, topic, state, position FROM event
    WHERE position >= %(first)b AND position <= %(last)b AND topic = ANY(%(topics)b)
    ORDER BY position LIMIT %(limit)b
"""
_SIZE = "SELECT size FROM head"
_EVERYTHING = 2**63 - 1


class LogRecorder(ApplicationRecorder):
    """Reads as the library asks; a notification's id is its position. Safe to share between threads."""

    def __init__(self, dsn: str, *, tenant: str, role: str = READER) -> None:
        """Read as `role`; connects when first asked."""
        self._reader = Reader(dsn, tenant=tenant, role=role)
        self.ear = Ear(dsn, tenant=tenant, role=role)

    def close(self) -> None:
        """Close the connections; subscriptions end."""
        self.ear.close()
        self._reader.close()

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int] | None:
        """Refuse: raises WritesGoThroughTheSequencer."""
        raise WritesGoThroughTheSequencer(facts=len(stored_events))

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> list[StoredEvent]:
        """Return the events of one stream, past version `gt` and up to `lte`."""
        rows = self._reader.rows(
            _EVENTS_LAST_FIRST if desc else _EVENTS,
            id=UUID(str(originator_id)),
            gt=-1 if gt is None else gt,
            lte=_EVERYTHING if lte is None else lte,
            limit=_EVERYTHING if limit is None else limit,
        )
        return [StoredEvent(*row) for row in rows]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> list[Notification]:
        """Return the events from position `start` to `stop`, at most `limit`, of these topics or all."""
        between = {
            "first": (start or 0) + (not inclusive_of_start),
            "last": _EVERYTHING if stop is None else stop,
            "limit": limit,
        }
        if topics:
            rows = self._reader.rows(_NOTIFICATIONS_OF_TOPICS, topics=list(topics), **between)
        else:
            rows = self._reader.rows(_NOTIFICATIONS, **between)
        return [Notification(*row) for row in rows]

    def max_notification_id(self) -> int | None:
        """Return the size of the log, or None if it is empty."""
        return self._reader.rows(_SIZE)[0][0] or None

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[ApplicationRecorder]:
        """Return an iterator over the events past position `gt`, which waits for those to come."""
        return LogSubscription(self, gt, topics)


class LogSubscription(Subscription[LogRecorder]):
    """Events page by page; between pages it waits for the log to grow."""

    def __init__(self, recorder: LogRecorder, gt: int | None, topics: Sequence[str]) -> None:
        super().__init__(recorder, gt, topics)
        self._seen = gt or 0
        self._page: list[Notification] = []

    def __next__(self) -> Notification:
        while not self._has_been_stopped:
            if not self._page:
                self._page = self._next_page()
            if self._page:
                return self._page.pop()
            self._recorder.ear.wait(self._seen, LOOK_UP_S)
        raise StopIteration

    def _next_page(self) -> list[Notification]:
        """Return what is new, last first; what other topics recorded until now is passed over."""
        size = self._recorder.max_notification_id() or 0
        page = self._recorder.select_notifications(
            self._seen, PAGE, size, self._topics, inclusive_of_start=False
        )
        self._seen = page[-1].id if len(page) == PAGE else max(size, self._seen)
        return page[::-1]
