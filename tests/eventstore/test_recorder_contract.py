"""The event library's own test cases, on our tables.

They insert events as they please, which our recorder refuses; here a subclass inserts through the
one appending function. Those that are not run are listed with the reason, and a test says that no others are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from unittest import TestCase
from uuid import uuid4

import psycopg
import pytest
from eventsourcing.persistence import IntegrityError, StoredEvent
from eventsourcing.tests import persistence
from eventsourcing.tests.persistence import ApplicationRecorderTestCase as ApplicationRecorderCases
from eventsourcing.tests.persistence import NonInterleavingNotificationIDsBaseCase as NonInterleavingCases

from eventstore.appender import Appender
from eventstore.codec import Encoded
from eventstore.errors import WritesGoThroughTheSequencer
from eventstore.keyring import Keyring
from eventstore.leaves import leaf_hash
from eventstore.recorder import LogRecorder
from tests.conftest import wall_clock
from tests.eventstore.toys import command

NOT_RUN = {
    "AggregateRecorderTestCase": "wants insert_events to return None; ours are application events, and have "
    "positions. What it says of select_events is tested below.",
    "TrackingRecorderTestCase": "where a reader stands is kept with its read model, never in the log's schema",
    "ProcessRecorderTestCase": "as above: the log's schema takes facts through one function, and nothing else",
    "InfrastructureFactoryTestCase": "there is no factory: it would read the environment",
    "TranscoderTestCase": "nothing is transcoded: the codec writes and reads typed fields, and has its own tests",
}


class InsertingRecorder(LogRecorder):
    """Appends what it is given, one batch a call, as often as it takes to be first."""

    def __init__(self, dsn: str, keyring: Keyring) -> None:
        super().__init__(dsn, tenant="default")
        self._dsn = dsn
        self._keyring = keyring

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int]:
        encoded = [_encoded(event) for event in stored_events]
        appender = Appender.open(self._dsn, tenant="default", keyring=self._keyring)
        try:
            with appender.locked() as on:
                asked = [(command(lambda *_: None), len(encoded))]
                then = appender.append(on, max(wall_clock(), on.recorded_at), encoded, asked)
        except psycopg.IntegrityError as error:
            raise IntegrityError from error
        finally:
            appender.close()
        assert then is not None
        return list(range(on.size + 1, then.size + 1))


def _encoded(event: StoredEvent) -> Encoded:
    stream = event.originator_id
    assert not isinstance(stream, str)
    leaf = leaf_hash(stream, event.originator_version, event.topic.encode(), event.state)
    return Encoded(stream, event.originator_version, event.topic, event.state, leaf)


class OnOurTables:
    @pytest.fixture(autouse=True)
    def _recorder(self, dsn: str, keyring: Keyring) -> Iterator[None]:
        self.recorder = InsertingRecorder(dsn, keyring)
        yield
        self.recorder.close()

    def create_recorder(self) -> InsertingRecorder:
        return self.recorder


class TestApplicationRecorder(OnOurTables, ApplicationRecorderCases[InsertingRecorder]):
    def test_insert_subscribe(self) -> None:
        super().optional_test_insert_subscribe()


class TestNonInterleaving(OnOurTables, NonInterleavingCases):
    pass


def test_every_case_of_the_library_is_run_or_has_a_reason_not_to_be() -> None:
    cases = {
        kind
        for kind in vars(persistence).values()
        if isinstance(kind, type) and issubclass(kind, TestCase) and kind.__module__ == persistence.__name__
    }
    tested = {name for kind in cases for name in vars(kind) if "test_" in name}
    assert {"test_insert_select", "optional_test_insert_subscribe"} <= tested
    run = {base for kind in (TestApplicationRecorder, TestNonInterleaving) for base in kind.__mro__}
    left_out = {kind.__name__ for kind in cases - run if any("test_" in name for name in vars(kind))}
    assert left_out == set(NOT_RUN)


def test_each_optional_test_of_the_recorder_is_run_too() -> None:
    optional = {name for name in vars(ApplicationRecorderCases) if name.startswith("optional_")}
    assert {name.removeprefix("optional_") for name in optional} <= set(vars(TestApplicationRecorder))


@pytest.fixture
def recorder(dsn: str, keyring: Keyring) -> Iterator[InsertingRecorder]:
    recorder = InsertingRecorder(dsn, keyring)
    yield recorder
    recorder.close()


def test_the_library_cannot_write(dsn: str) -> None:
    recorder = LogRecorder(dsn, tenant="default")
    with pytest.raises(WritesGoThroughTheSequencer):
        recorder.insert_events([StoredEvent(uuid4(), 1, "topic", b"{}")])
    assert recorder.max_notification_id() is None
    recorder.close()


def test_a_stream_is_selected_by_version_from_either_end(recorder: InsertingRecorder) -> None:
    stream = uuid4()
    stored = [StoredEvent(stream, version, "topic", b"%d" % version) for version in range(1, 6)]
    recorder.insert_events([*stored, StoredEvent(uuid4(), 1, "topic", b"other")])
    assert recorder.select_events(stream) == stored
    assert recorder.select_events(stream, gt=1, lte=4) == stored[1:4]
    assert recorder.select_events(stream, desc=True, limit=2) == stored[:2:-1]
    assert recorder.select_events(stream, lte=3, desc=True, limit=1) == [stored[2]]
    assert recorder.select_events(uuid4()) == []


def test_a_subscription_passes_over_other_topics_and_waits_for_its_own(recorder: InsertingRecorder) -> None:
    stream = uuid4()
    wanted = StoredEvent(stream, 1001, "wanted", b"")
    recorder.insert_events([StoredEvent(stream, version, "other", b"") for version in range(1, 1001)])
    with recorder.subscribe(topics=["wanted"]) as subscription:
        recorder.insert_events([wanted])
        found = next(subscription)
    assert (found.id, found.topic, found.originator_version) == (1001, "wanted", 1001)
