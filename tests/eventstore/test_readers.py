"""Readers beside several writing processes: none skips a fact, none holds up a writer, none fills the memory."""

from __future__ import annotations

import multiprocessing
import threading
import time
import tracemalloc
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from eventstore import bell, listening
from eventstore.bell import PAUSE_S, Bell
from eventstore.codec import Codec
from eventstore.connections import conninfo
from eventstore.keystore import MemorySubjectKeys
from eventstore.log import Log
from eventstore.migrations.roles import READER
from eventstore.recorder import LogRecorder
from eventstore.registry import Registry
from eventstore.sealing import Sealer
from eventstore.store import EventStore
from tests.eventstore.toys import FUND, SERIES, ToyFund, ToySeries, move, take
from tests.eventstore.workload import spend_from_many_threads

WRITERS, THREADS, EACH = 3, 8, 25


def log_on(dsn: str) -> Log:
    codec = Codec(Registry(ToySeries, ToyFund), Sealer(MemorySubjectKeys()))
    return Log(dsn, tenant="default", codec=codec)


def read_by_page(log: Log, until: int) -> list[int]:
    """Follow the log as the projector does, and say the positions seen."""
    seen: list[int] = []
    while len(seen) < until:
        facts = log.page(seen[-1] if seen else 0, 17)
        seen.extend(fact.position for fact in facts)
        if not facts:
            log.wait_for_more(len(seen), 1.0)
    return seen


def read_by_polling(log: Log, until: int) -> list[int]:
    """Follow the log without ever being woken."""
    seen: list[int] = []
    while len(seen) < until:
        seen.extend(fact.position for fact in log.page(seen[-1] if seen else 0, 500))
    return seen


def read_by_subscription(dsn: str, until: int) -> list[int]:
    """Follow the log as a reader of the event library does."""
    recorder = LogRecorder(dsn, tenant="default")
    try:
        with recorder.subscribe() as subscription:
            return [next(subscription).id for _ in range(until)]
    finally:
        recorder.close()


def test_no_reader_ever_skips_while_three_processes_write(store: EventStore, dsn: str) -> None:
    store.execute(move(FUND, WRITERS * THREADS * EACH))
    size = 3 + 2 * WRITERS * THREADS * EACH
    logs = [log_on(dsn) for _ in range(3)]
    readers: Sequence[Callable[[], list[int]]] = (
        lambda: read_by_page(logs[0], size),
        lambda: read_by_page(logs[1], size),
        lambda: read_by_polling(logs[2], size),
        lambda: read_by_subscription(dsn, size),
    )
    seeds = [Ed25519PrivateKey.generate().private_bytes_raw() for _ in range(WRITERS)]
    spawned = multiprocessing.get_context("spawn")
    with ThreadPoolExecutor(len(readers)) as reading, ProcessPoolExecutor(WRITERS, spawned) as writing:
        seen = [reading.submit(reader) for reader in readers]
        written = [
            writing.submit(spend_from_many_threads, dsn, seed, SERIES, FUND, THREADS, EACH) for seed in seeds
        ]
        taken = [number for one in written for number in one.result()[0]]
        for positions in seen:
            assert positions.result(60) == list(range(1, size + 1))
    assert sorted(taken) == list(range(1, WRITERS * THREADS * EACH + 1))
    for log in logs:
        log.close()


def test_a_reader_that_stands_still_in_mid_page_holds_up_no_writer(store: EventStore, dsn: str) -> None:
    store.execute_bulk([take(SERIES, remark="x" * 1000) for _ in range(2000)])
    with psycopg.connect(conninfo(dsn, tenant="default", role=READER)) as slow:
        slow.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        with slow.cursor("page") as cursor:
            cursor.itersize = 10
            seen = [
                row[0] for row in cursor.execute("SELECT position FROM event ORDER BY position").fetchmany(10)
            ]
            started = time.monotonic()
            for _ in range(20):
                store.execute(take(SERIES))
            assert time.monotonic() - started < 4  # less than its transaction may stand idle
            seen += [row[0] for row in cursor]
    assert seen == list(range(1, 2003))
    assert log_pages(store, 500) == list(range(1, store.log.head().size + 1))


def log_pages(store: EventStore, limit: int) -> list[int]:
    seen: list[int] = []
    while facts := store.log.page(len(seen), limit):
        seen.extend(fact.position for fact in facts)
    return seen


def test_a_reader_needs_the_memory_of_a_page_however_long_the_log_is(store: EventStore) -> None:
    """And a page of the largest facts is no more than its limit times 60 kB."""
    for _ in range(5):
        store.execute_bulk([take(SERIES, remark="x" * 1000) for _ in range(3000)])

    def peak(first: int, last: int) -> int:
        tracemalloc.start()
        at = first
        while at < last:
            at = store.log.page(at, 200)[-1].position
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(0, 200)
    short, whole = peak(0, 1000), peak(0, 15_000)
    assert whole < 1.5 * short


def test_wake_ups_are_few_however_often_the_bell_is_rung(dsn: str) -> None:
    rung = Bell(dsn, tenant="default")
    heard = 0
    with psycopg.connect(conninfo(dsn, tenant="default", role=READER), autocommit=True) as ear:
        ear.execute("LISTEN tutti_default")
        stop = time.monotonic() + 0.5
        while time.monotonic() < stop:
            rung.ring()
            time.sleep(0.0002)
        rung.close()
        heard = sum(1 for _ in ear.notifies(timeout=0.5))
    assert 1 <= heard <= 0.5 / PAUSE_S + 3


def test_who_waits_hears_of_a_commit_at_once_and_of_a_lost_ring_within_a_second(
    store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = store.log.head().size
    store.log.wait_for_more(size, 0.01)  # it listens from here on
    threading.Timer(0.2, lambda: store.execute(take(SERIES))).start()
    assert store.log.wait_for_more(size, 5.0)
    monkeypatch.setattr(store._bell, "ring", lambda: None)
    assert store._sequencer._course.session is not None
    store._sequencer._course.session._recorded = lambda: None
    store.execute(take(SERIES))
    assert store.log.wait_for_more(size + 1, 5.0)


def test_who_waits_hears_of_one_commit_after_another_while_the_bell_pauses(
    store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bell, "PAUSE_S", 600.0)
    monkeypatch.setattr(listening, "LOOK_EVERY_S", 600.0)
    monkeypatch.setattr(listening, "LIVELY_S", 600.0)
    size = store.log.head().size
    store.log.wait_for_more(size, 0.01)  # it listens from here on
    for more in range(3):
        store.execute(take(SERIES))
        assert store.log.wait_for_more(size + more, 30.0)


def test_a_log_that_stands_still_is_looked_at_seldom(
    store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert listening.LIVELY_S > bell.PAUSE_S
    looks: list[int] = []
    tell = listening.Ear._tell

    def counted(ear: listening.Ear, size: int) -> bool:
        looks.append(size)
        return tell(ear, size)

    monkeypatch.setattr(listening.Ear, "_tell", counted)
    size = store.log.head().size
    store.log.wait_for_more(size, 0.5 + listening.LIVELY_S)
    looks.clear()
    store.log.wait_for_more(size, 0.5)
    assert len(looks) <= 2
