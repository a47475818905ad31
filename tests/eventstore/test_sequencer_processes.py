"""The sequencer among other processes, and on a network that fails."""

from __future__ import annotations

import multiprocessing
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from uuid import UUID

import psycopg
import pytest

from eventstore.connections import connect
from eventstore.errors import DatabaseFull, Unavailable
from eventstore.migrations.roles import WRITER
from eventstore.sequencer import PATIENCE_S
from eventstore.store import EventStore, Outcome
from tests.conftest import StoreOf
from tests.eventstore.gathering import at_once
from tests.eventstore.looking import numbers
from tests.eventstore.toys import (
    FUND,
    SERIES,
    ToyFund,
    ToySeries,
    command,
    move,
    take,
    taken_at_first_and_refused_later,
)
from tests.eventstore.wire import Moment, Wire
from tests.eventstore.workload import insist, spend_from_many_threads

END_WRITERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'tutti_writer'
"""


@pytest.fixture
def wire(dsn: str, store: EventStore) -> Iterator[Wire]:
    with closing(Wire(dsn)) as wire:
        yield wire


def test_three_processes_take_every_number_once_and_never_go_below_the_floor(
    dsn: str, store: EventStore
) -> None:
    store.execute(move(FUND, 200))
    work = [(dsn, bytes([seed]) * 32, SERIES, FUND, 6, 15) for seed in range(3)]
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        done = pool.starmap(spend_from_many_threads, work)
    taken = sorted(number for some, _ in done for number in some)
    assert taken == numbers(store) == list(range(1, 201))
    assert sum(refused for _, refused in done) == 3 * 6 * 15 - 200
    assert all(some for some, _ in done)
    positions = [fact.position for fact in store.log.page(0, 1000)]
    assert positions == list(range(1, 2 + 1 + 2 * 200 + 1))


def test_what_is_acknowledged_while_connections_are_killed_is_recorded_once(
    dsn: str, store: EventStore
) -> None:
    enough = threading.Event()

    def keep_taking(_: int) -> list[tuple[UUID, Outcome]]:
        done = []
        while not enough.is_set():
            one = take(SERIES)
            done.append((one.id, insist(store, one)))
        return done

    killed = 0
    with ThreadPoolExecutor(8) as pool, psycopg.connect(dsn, autocommit=True) as superuser:
        busy = pool.map(keep_taking, range(8))
        while killed < 10:
            time.sleep(0.15)
            killed += len(superuser.execute(END_WRITERS).fetchall())
        enough.set()
        acknowledged = {id_: outcome.facts for some in busy for id_, outcome in some}

    recorded = store.log.page(2, 1_000_000)
    assert [fact.event.number for fact in recorded] == list(range(1, len(recorded) + 1))
    assert acknowledged == {fact.event.command_id: (fact,) for fact in recorded}


@pytest.mark.parametrize("cautious", [False, True], ids=["ahead", "locked"])
@pytest.mark.parametrize("moment", ["before", "while", "after"])
def test_a_lost_reply_is_recognised_and_never_told_as_a_conflict(
    store: EventStore, store_of: StoreOf, wire: Wire, moment: Moment, *, cautious: bool
) -> None:
    remote = store_of(ToySeries, ToyFund, dsn=wire.dsn)
    remote.execute(take(SERIES))
    if cautious:  # others append, so it decides under the head lock
        store.execute(take(SERIES))
        remote.execute(take(SERIES))
        store.execute(take(SERIES))
    before = len(numbers(store))
    wire.cut(moment, "the moment")
    one = take(SERIES, remark="the moment")
    outcome = remote.execute(one)
    assert wire.cuts == 1
    assert numbers(store) == list(range(1, before + 2))
    assert outcome.facts[0].event.command_id == one.id
    assert remote.execute(one) == outcome._replace(repeated=True)
    assert remote.execute(take(SERIES)).facts[0].event.number == before + 2


def test_a_spent_fund_does_not_refuse_the_spending_whose_reply_was_lost(
    store: EventStore, store_of: StoreOf, wire: Wire
) -> None:
    remote = store_of(ToySeries, ToyFund, dsn=wire.dsn)
    remote.execute(move(FUND, 100))
    wire.cut("after", '"amount_c":-100')
    assert remote.execute(move(FUND, -100)).n == 1
    assert wire.cuts == 1
    assert len(store.log.stream(FUND)) == 3


def test_while_an_older_append_of_ours_may_still_come_through_nothing_is_answered(
    dsn: str, store: EventStore, store_of: StoreOf, wire: Wire
) -> None:
    remote = store_of(ToySeries, ToyFund, dsn=wire.dsn)
    remote.execute(take(SERIES))
    wire.cut("while", "the moment")
    with psycopg.connect(dsn) as other, ThreadPoolExecutor(1) as pool:
        other.execute("SELECT * FROM tutti_default.lock_head()")
        asked = pool.submit(remote.execute, command(taken_at_first_and_refused_later()))
        time.sleep(0.5)
        assert wire.cuts == 1
        assert not asked.done()
        other.commit()
        assert asked.result().facts[0].event.number == 2


def test_no_refusal_is_answered_that_an_append_on_its_way_could_belie(
    store: EventStore, store_of: StoreOf, wire: Wire
) -> None:
    remote = store_of(ToySeries, ToyFund, dsn=wire.dsn)
    remote.execute(take(SERIES))
    wire.cut("long before", "the moment")
    one = command(taken_at_first_and_refused_later())
    with pytest.raises(Unavailable):
        remote.execute(one)
    wire.deliver.set()
    assert store.log.wait_for_more(3, 5.0)
    assert remote.execute(one).facts == (store.log.at(4),)


def test_an_append_on_its_way_is_void_once_the_log_has_grown(
    store: EventStore, store_of: StoreOf, wire: Wire
) -> None:
    remote = store_of(ToySeries, ToyFund, dsn=wire.dsn)
    remote.execute(take(SERIES))
    wire.cut("long before", "the moment")
    outcome = remote.execute(take(SERIES, remark="the moment"))
    wire.deliver.set()
    assert remote.execute(take(SERIES)).position == outcome.position + 1
    assert numbers(store) == [1, 2, 3]


def test_an_outcome_that_stays_unknown_is_said_to_be_so_and_found_later(
    store: EventStore, store_of: StoreOf, wire: Wire
) -> None:
    remote = store_of(ToySeries, ToyFund, dsn=wire.dsn, patience_s=0.2)
    remote.execute(take(SERIES))
    wire.take_down()
    one = take(SERIES)
    with pytest.raises(Unavailable):
        remote.execute(one)
    wire.put_up()
    assert remote.execute(one).facts[0].event.number == 2
    assert numbers(store) == [1, 2]


def test_a_server_that_falls_silent_while_we_wait_for_its_reply_is_given_up_within_seconds(dsn: str) -> None:
    with (
        connect(dsn, tenant="default", role=WRITER) as connection,
        socket.fromfd(connection.fileno(), socket.AF_INET, socket.SOCK_STREAM) as wire,
    ):
        asked_after_s = wire.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE)
        asked_again_after_s = wire.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL)
        given_up_after_ms = wire.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT)
    # The kernel gives up at the first question past the limit.
    assert given_up_after_ms <= asked_after_s * 1000
    assert asked_after_s + asked_again_after_s <= 15


def test_a_full_disk_is_told_at_once_by_name_and_forgotten_when_there_is_room(
    store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise psycopg.errors.DiskFull

    one = take(SERIES)
    with monkeypatch.context() as full:
        full.setattr("eventstore.appender.Appender.send", fail)
        started = time.monotonic()
        with pytest.raises(DatabaseFull):
            store.execute(one)
        assert time.monotonic() - started < PATIENCE_S / 2
    assert store.execute(one).facts[0].event.number == 1


def test_a_client_that_stops_with_the_head_in_its_hands_is_thrown_out(
    dsn: str, store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eventstore.connections.IDLE_IN_TRANSACTION_MS", 300)
    with connect(dsn, tenant="default", role=WRITER) as stopped:
        stopped.execute("BEGIN")
        stopped.execute("SELECT * FROM lock_head()")
        started = time.monotonic()
        assert store.execute(take(SERIES)).n == 1
        assert time.monotonic() - started > 0.2
        with pytest.raises(psycopg.Error):
            stopped.execute("COMMIT")


def test_one_key_through_three_processes_records_one_fact(store: EventStore, store_of: StoreOf) -> None:
    stores = [store, store_of(ToySeries, ToyFund), store_of(ToySeries, ToyFund)]
    one = take(SERIES)
    outcomes = at_once([lambda asked=asked: asked.execute(one) for asked in stores * 5])  # type: ignore[misc]
    assert numbers(store) == [1]
    assert len({o._replace(repeated=True).position for o in outcomes if isinstance(o, Outcome)}) == 1
    assert sum(isinstance(o, Outcome) and not o.repeated for o in outcomes) == 1
