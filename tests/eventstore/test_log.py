"""What readers of the log are promised."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest

from domain.errors import UnknownRecord
from eventstore.errors import AskAgain, DatabaseUnsafe, NotMigrated, PositionNotReached
from eventstore.migrations.runner import migrate
from eventstore.store import EventStore
from tests.conftest import StoreOf
from tests.databases import Server
from tests.eventstore.toys import (
    FUND,
    SERIES,
    ToyFund,
    ToySeries,
    charter,
    move,
    numbered_move,
    open_series,
    take,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def store(store_of: StoreOf) -> EventStore:
    """Six facts: one an hour from noon, but the fourth and fifth together at three."""
    hours = iter(range(10))
    store = store_of(ToySeries, ToyFund, clock=lambda: NOON + next(hours) * HOUR)
    for one in (
        open_series(SERIES),
        charter(FUND),
        take(SERIES),
        numbered_move(SERIES, FUND, 5),
        move(FUND, 1),
    ):
        store.execute(one)
    return store


def test_an_empty_log_has_size_zero_and_nothing_in_it(store_of: StoreOf) -> None:
    log = store_of(ToySeries).log
    assert log.head().size == 0
    assert log.page(0, 10) == []
    assert log.stream(uuid4()) == []
    assert log.streams([uuid4()], 10) == []
    assert log.position_at(NOON) == 0


def test_the_head_says_how_much_was_recorded_and_when_last(store: EventStore) -> None:
    head = store.log.head()
    assert (head.size, head.recorded_at) == (6, NOON + 4 * HOUR)


def test_pages_follow_one_another_without_gap_or_overlap(store: EventStore) -> None:
    pages = [store.log.page(after, 2) for after in (0, 2, 4, 6)]
    assert [[fact.position for fact in page] for page in pages] == [[1, 2], [3, 4], [5, 6], []]
    assert [fact for page in pages for fact in page] == store.log.page(0, 100)


def test_a_stream_is_read_as_it_was_at_a_position(store: EventStore) -> None:
    log = store.log
    assert [fact.position for fact in log.stream(SERIES)] == [1, 3, 4]
    assert [fact.position for fact in log.stream(SERIES, up_to=3)] == [1, 3]
    assert log.stream(SERIES, up_to=0) == []


def test_several_streams_are_read_in_the_order_of_the_log(store: EventStore) -> None:
    log = store.log
    assert [fact.position for fact in log.streams([FUND, SERIES, uuid4()], 5)] == [1, 2, 3, 4, 5]
    assert [fact.position for fact in log.streams([FUND], 6)] == [2, 5, 6]
    assert log.streams([], 6) == []


def test_a_fact_is_found_at_its_position(store: EventStore) -> None:
    assert store.log.at(3).event.number == 1
    with pytest.raises(PositionNotReached):
        store.log.at(7)
    with pytest.raises(UnknownRecord):
        store.log.at(0)


@pytest.mark.parametrize(
    ("hours", "position"), [(-0.1, 0), (0, 1), (0.5, 1), (1, 2), (2.9, 3), (3, 5), (3.1, 5), (4, 6), (99, 6)]
)
def test_a_time_gives_the_last_position_recorded_by_then(
    store: EventStore, hours: float, position: int
) -> None:
    assert store.log.position_at(NOON + hours * HOUR) == position


def test_a_time_at_which_several_batches_were_recorded_gives_the_last_of_them(store_of: StoreOf) -> None:
    store = store_of(ToySeries, clock=lambda: NOON)
    for _ in range(3):
        store.execute(open_series(uuid4()))
    assert store.log.position_at(NOON) == 3


def test_who_waits_for_more_is_woken_soon_after_the_commit(store: EventStore, store_of: StoreOf) -> None:
    reader = store_of(ToySeries, ToyFund).log
    assert reader.wait_for_more(5, 0.0) or reader.wait_for_more(5, 5.0)
    woken: list[float] = []

    def wait() -> None:
        assert reader.wait_for_more(6, 10.0)
        woken.append(time.monotonic())

    waiting = threading.Thread(target=wait)
    waiting.start()
    time.sleep(0.1)
    store.execute(take(SERIES))
    done = time.monotonic()
    waiting.join()
    assert woken[0] - done < 0.5
    assert reader.at(7).event.number == 3


def test_who_waits_for_what_does_not_come_is_told_so(store: EventStore) -> None:
    started = time.monotonic()
    assert not store.log.wait_for_more(6, 0.2)
    assert 0.15 < time.monotonic() - started < 2


def test_a_lost_ring_costs_a_second_at_most(store: EventStore, monkeypatch: pytest.MonkeyPatch) -> None:
    assert store.log.wait_for_more(5, 5.0)
    monkeypatch.setattr(store._sequencer._course.session, "_recorded", lambda: None)
    store.execute(take(SERIES))
    assert store.log.wait_for_more(6, 3.0)


def test_closing_lets_go_of_who_waits(store: EventStore) -> None:
    waiting = threading.Thread(target=lambda: store.log.wait_for_more(99, 30.0))
    waiting.start()
    time.sleep(0.1)
    started = time.monotonic()
    store.close()
    waiting.join()
    assert time.monotonic() - started < 5


def test_reads_and_waits_survive_a_cut_connection(store: EventStore, dsn: str) -> None:
    assert store.log.wait_for_more(5, 5.0)
    with psycopg.connect(dsn, autocommit=True) as superuser:
        superuser.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name LIKE 'tutti%'"
        )
    assert store.log.head().size == 6
    store.execute(take(SERIES))
    assert store.log.wait_for_more(6, 5.0)


def test_a_database_that_could_lose_what_it_acknowledged_is_refused(store_of: StoreOf, dsn: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as owner:
        owner.execute(f"ALTER DATABASE {owner.info.dbname} SET synchronous_commit = off".encode())
    with pytest.raises(DatabaseUnsafe, match="synchronous_commit=off"):
        store_of(ToySeries)


def test_a_database_without_our_tables_is_refused(store_of: StoreOf, server: Server) -> None:
    with server.database(template="template0") as empty, pytest.raises(NotMigrated):
        store_of(ToySeries, dsn=empty)


def test_a_tenant_that_was_never_made_is_refused(store_of: StoreOf) -> None:
    with pytest.raises(NotMigrated):
        store_of(ToySeries, tenant="nobody")


def test_a_database_out_of_reach_is_to_be_asked_again(store_of: StoreOf) -> None:
    with pytest.raises(AskAgain):
        store_of(ToySeries, dsn="postgresql://tutti@127.0.0.1:1/none")


def test_two_tenants_of_one_database_do_not_see_each_other(store_of: StoreOf, dsn: str) -> None:
    migrate(dsn, "south")
    north, south = store_of(ToySeries), store_of(ToySeries, tenant="south")
    north.execute(open_series(SERIES))
    with pytest.raises(UnknownRecord):
        south.execute(take(SERIES))
    south.execute(open_series(SERIES))
    assert (north.log.head().size, south.log.head().size) == (1, 1)
