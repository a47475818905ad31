"""Coroutines of several loops, threads and broken connections at once: each command is carried out once."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from random import Random
from uuid import uuid4

import pytest

from eventstore.store import EventStore, Outcome
from tests.conftest import StoreOf
from tests.eventstore.looking import break_connections, numbers
from tests.eventstore.toys import (
    FUND,
    SERIES,
    BelowFloor,
    ToyFund,
    ToySeries,
    charter,
    move,
    open_series,
    take,
)


class Crowd:
    """Those who ask a store at once, each in their way; `heard` is what they were told of numbers taken."""

    def __init__(self, store: EventStore) -> None:
        self.store = store
        self.heard: list[Outcome] = []
        self.over = threading.Event()
        self._funds = [uuid4() for _ in range(12)]
        store.execute_bulk([open_series(SERIES), *map(charter, (FUND, *self._funds))])

    async def coroutines(self, seed: int) -> None:
        await asyncio.gather(*(self._coroutine(Random(f"{seed} {n}")) for n in range(12)))  # noqa: S311 - to be replayed by its seed

    def thread(self) -> None:
        self.heard.extend([self.store.execute(take(SERIES)) for _ in range(40)])

    def trouble(self, dsn: str, seed: int) -> None:
        chance = Random(seed)  # noqa: S311 - to be replayed by its seed
        while not self.over.wait(chance.random() / 5):
            break_connections(dsn)

    async def _coroutine(self, chance: Random) -> None:
        for _ in range(40):
            await chance.choice([self._bulk, self._new, self._refused, self._moved, *[self._taken] * 4])(
                chance
            )

    async def _bulk(self, _: Random) -> None:
        self.heard.extend(await self.store.execute_bulk_async([take(SERIES) for _ in range(3)]))

    async def _new(self, _: Random) -> None:
        await self.store.execute_async(charter(uuid4()))

    async def _refused(self, _: Random) -> None:
        with pytest.raises(BelowFloor):
            await self.store.execute_async(move(FUND, -1))

    async def _moved(self, chance: Random) -> None:
        await self.store.execute_async(move(chance.choice(self._funds), 1))

    async def _taken(self, _: Random) -> None:
        self.heard.append(await self.store.execute_async(take(SERIES)))


@pytest.mark.parametrize("seed", range(4))
def test_whoever_asks_however_and_whatever_breaks_each_is_carried_out_once(
    store_of: StoreOf, dsn: str, seed: int
) -> None:
    store = store_of(ToySeries, ToyFund, max_aggregates=8)
    crowd = Crowd(store)
    with ThreadPoolExecutor(5) as pool:
        asking: list[Future[None]] = [
            pool.submit(asyncio.run, crowd.coroutines(10 * seed + n)) for n in range(2)
        ]
        asking += [pool.submit(crowd.thread) for _ in range(2)]
        breaking = pool.submit(crowd.trouble, dsn, seed)
        try:
            for each in asking:
                each.result(timeout=60)
        finally:
            crowd.over.set()
        breaking.result()
    taken = sorted(outcome.facts[0].event.number for outcome in crowd.heard)
    assert taken == numbers(store) == list(range(1, len(taken) + 1))
