"""At the limits: very much at once, very long, very large. Memory stays bounded and answers clear."""

from __future__ import annotations

import asyncio
import gc
import time
from concurrent.futures import Future, ThreadPoolExecutor
from uuid import uuid4

import psutil
import pytest

from domain.facts import Stamp
from domain.ledger.books import Books
from eventstore.codec import Codec
from eventstore.errors import Busy, EventTooLarge
from eventstore.keyring import Keyring
from eventstore.keystore import MemorySubjectKeys
from eventstore.registry import Registry
from eventstore.sealing import Sealer
from eventstore.snapshots import Snapshots
from eventstore.snapshotting import Snapshotter, Verdict
from eventstore.store import Command, EventStore, Outcome
from tests.conftest import StoreOf
from tests.eventstore.gathering import held
from tests.eventstore.looking import numbers, remembered, rows
from tests.eventstore.toys import SERIES, ToyFund, ToySeries, charter, command, move, take

MEGABYTE = 1_000_000


def resident() -> int:
    gc.collect()
    return int(psutil.Process().memory_info().rss)


def test_two_megabytes_in_many_facts_are_one_batch_and_are_read_back(store: EventStore, dsn: str) -> None:
    def run(books: Books, stamp: Stamp) -> None:
        for _ in range(1000):
            books.get(ToySeries, SERIES).take(stamp, remark="x" * 1_900)

    outcome = store.execute(command(run))
    assert (outcome.n, outcome.position) == (1000, 1002)
    ((n, size),) = rows(
        dsn,
        "SELECT n, (SELECT sum(octet_length(state)) FROM event) FROM batch ORDER BY first_position DESC LIMIT 1",
    )
    assert n == 1000
    assert size > 2 * MEGABYTE
    assert list(outcome.facts) == store.log.page(2, 1000)


@pytest.mark.parametrize("remark", ["x" * 60_000, "é" * 30_000], ids=["letters", "bytes"])
def test_a_fact_over_60_kilobytes_is_refused_by_name_before_anything_is_written(
    store: EventStore, dsn: str, remark: str
) -> None:
    with pytest.raises(EventTooLarge) as refused:
        store.execute_bulk([take(SERIES), take(SERIES, remark=remark), take(SERIES)])
    assert refused.value.facts["topic"] == "toy-series.taken.v1"
    assert refused.value.facts["item"] == 1
    assert remembered(store) == (0, 1, 0)
    assert rows(dsn, "SELECT count(*), max(position) FROM event") == [(2, 2)]


def test_ten_thousand_wait_at_once_and_the_next_hears_that_it_is_busy(store: EventStore) -> None:
    before = resident()

    def submit_many(count: int) -> list[Future[Outcome]]:
        return [store.submit(take(SERIES)) for _ in range(count)]

    with ThreadPoolExecutor(50) as pool:
        with held(store):
            asked = [future for some in pool.map(submit_many, [200] * 50) for future in some]
            with pytest.raises(Busy):
                store.submit(take(SERIES))
        given = sorted(future.result().facts[0].event.number for future in asked)
    assert given == list(range(1, 10_001))
    assert resident() - before < 150 * MEGABYTE


def test_ten_thousand_coroutines_ask_at_once(store: EventStore) -> None:
    before = resident()

    async def all_at_once() -> list[Outcome]:
        return await asyncio.gather(*(store.execute_async(take(SERIES)) for _ in range(10_000)))

    outcomes = asyncio.run(all_at_once())
    assert [outcome.facts[0].event.number for outcome in outcomes] == list(range(1, 10_001))
    assert resident() - before < 150 * MEGABYTE


def test_a_thousand_threads_wait_each_for_its_own(store: EventStore) -> None:
    with ThreadPoolExecutor(1000) as pool:
        with held(store):
            asked = [pool.submit(store.execute, take(SERIES)) for _ in range(1000)]
        given = {future.result().facts[0].event.number for future in asked}
    assert given == set(range(1, 1001))
    assert numbers(store) == list(range(1, 1001))


def test_twenty_thousand_commands_leave_nothing_behind_in_memory(store_of: StoreOf) -> None:
    store = store_of(ToySeries, ToyFund, max_aggregates=500)

    def work(count: int) -> None:
        async def one_after_another(_: int) -> None:
            for _ in range(count // 200):
                fund = uuid4()
                await store.execute_async(charter(fund))
                await store.execute_async(move(fund, 1))

        async def hundred() -> None:
            await asyncio.gather(*map(one_after_another, range(100)))

        asyncio.run(hundred())

    work(5_000)
    before = resident()
    work(20_000)
    assert store.log.head().size == 25_000
    assert resident() - before < 20 * MEGABYTE


@pytest.mark.slow
def test_a_stream_of_a_hundred_thousand_facts_is_right_without_a_snapshot_and_fast_with_one(
    store: EventStore, store_of: StoreOf, dsn: str, keyring: Keyring
) -> None:
    for _ in range(20):
        store.execute_bulk([take(SERIES) for _ in range(5_000)])

    def first_take() -> tuple[int, float]:
        """Return what a process that starts now gives, and the CPU it needs to get there."""
        before = resident()
        fresh = store_of(ToySeries, ToyFund)
        started = time.process_time()
        number: int = fresh.execute(take(SERIES)).facts[0].event.number
        spent = time.process_time() - started
        assert resident() - before < 50 * MEGABYTE
        fresh.close()
        return number, spent

    number, slow = first_take()
    assert number == 100_001
    registry = Registry(ToySeries, ToyFund)
    snapshotter = Snapshotter.open(
        dsn,
        tenant="default",
        keyring=keyring,
        codec=Codec(registry, Sealer(MemorySubjectKeys())),
        snapshots=Snapshots(registry, keyring, tenant="default"),
    )
    assert snapshotter.take_all() == 1
    assert [each.verdict for each in snapshotter.check()] == [Verdict.RIGHT]
    number, fast = first_take()
    assert number == 100_002
    assert fast < slow / 5
    snapshotter.forget_all()
    snapshotter.close()
    assert first_take()[0] == 100_003


def test_a_command_that_reads_a_long_stream_waits_for_it_and_then_all_is_at_hand(store_of: StoreOf) -> None:
    store = store_of(ToySeries, ToyFund, max_aggregates=1)
    fund = uuid4()
    store.execute(charter(fund))
    moves: list[Command] = [move(fund, 1) for _ in range(3000)]
    store.execute_bulk(moves)
    store.execute(charter(uuid4()))  # lets go of the long one
    assert store.execute(move(fund, -3000)).n == 1
