"""How callers ask: a closed loop of threads or coroutines, or at a steady pace whatever comes back.

A closed loop waits for each answer before it asks again. At a steady pace (an open loop) a request
has an intended start, and its latency counts from there: what waits behind a slow one is not hidden.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import uvloop

from benchmarks.processes import Cpu

T = TypeVar("T")
Meter = Callable[[], Cpu]
Spans = list[tuple[float, float]]
"""When each request began, or should have, and when it was answered."""

MOST_AHEAD_S = 0.001


@dataclass(frozen=True, slots=True)
class Window:
    """How long is warmed up, and then measured."""

    warm_s: float
    seconds: float

    @classmethod
    def of(cls, seconds: float) -> Window:
        """Return a window of that many seconds after a fitting warm-up."""
        return cls(min(2.0, seconds / 4), seconds)


@dataclass(frozen=True, slots=True)
class Tally:
    """What a loop did: all it saw acknowledged, and what of it fell into the measured time."""

    acknowledged: int
    counted: int
    seconds: float
    latencies_s: Sequence[float]
    cpu: Cpu

    @property
    def per_s(self) -> float:
        """Requests a second."""
        return self.counted / self.seconds

    def latency_ms(self, quantile: float) -> float | None:
        """Return the latency that so many requests did not exceed, in milliseconds."""
        if not self.latencies_s:
            return None
        place = min(len(self.latencies_s) - 1, int(len(self.latencies_s) * quantile))
        return self.latencies_s[place] * 1000


class _Watch:
    """Marks when measuring begins and ends, and what was used in between."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self.over = False
        self._from = self._to = 0.0
        self._before = self._after = Cpu(0.0, None)

    def begin(self) -> None:
        self._before = self._meter()
        self._from = time.perf_counter()

    def end(self) -> None:
        self._to = time.perf_counter()
        self._after = self._meter()
        self.over = True

    def tally(self, spans: Spans) -> Tally:
        counted = sorted(ended - began for began, ended in spans if self._from <= ended <= self._to)
        return Tally(
            len(spans), len(counted), self._to - self._from, counted, self._after.since(self._before)
        )


def by_threads(ask: Callable[[int], object], *, clients: int, window: Window, meter: Meter) -> Tally:
    """Let so many threads ask, each for itself; `ask` gets a number that no other request has."""
    watch = _Watch(meter)

    def client(first: int) -> Spans:
        spans: Spans = []
        number = first
        while not watch.over:
            began = time.perf_counter()
            ask(number)
            spans.append((began, time.perf_counter()))
            number += clients
        return spans

    with ThreadPoolExecutor(clients) as pool:
        asking = [pool.submit(client, first) for first in range(clients)]
        time.sleep(window.warm_s)
        watch.begin()
        time.sleep(window.seconds)
        watch.end()
        return watch.tally([span for each in asking for span in each.result()])


def by_coroutines(
    ask: Callable[[int], Awaitable[object]], *, clients: int, window: Window, meter: Meter
) -> Tally:
    """Let so many coroutines of one thread ask, as `by_threads` does."""
    watch = _Watch(meter)

    async def client(first: int) -> Spans:
        spans: Spans = []
        number = first
        while not watch.over:
            began = time.perf_counter()
            await ask(number)
            spans.append((began, time.perf_counter()))
            number += clients
        return spans

    async def all_of_them() -> Tally:
        asking = [asyncio.create_task(client(first)) for first in range(clients)]
        await asyncio.sleep(window.warm_s)
        watch.begin()
        await asyncio.sleep(window.seconds)
        watch.end()
        return watch.tally([span for each in asking for span in await each])

    return run_loop(all_of_them())


def at_a_pace(
    ask: Callable[[int], Awaitable[object]], *, per_s: float, window: Window, meter: Meter
) -> Tally:
    """Ask `per_s` times a second, answered or not; latencies count from the intended start."""
    watch = _Watch(meter)

    async def one(number: int, due: float) -> tuple[float, float]:
        await ask(number)
        return due, time.perf_counter()

    async def pace(begin: float) -> list[asyncio.Task[tuple[float, float]]]:
        asked: list[asyncio.Task[tuple[float, float]]] = []
        while not watch.over:
            while not watch.over and (due := begin + len(asked) / per_s) <= time.perf_counter():
                asked.append(asyncio.create_task(one(len(asked), due)))
            await asyncio.sleep(MOST_AHEAD_S)
        return asked

    async def all_of_them() -> Tally:
        pacing = asyncio.create_task(pace(time.perf_counter()))
        await asyncio.sleep(window.warm_s)
        watch.begin()
        await asyncio.sleep(window.seconds)
        watch.end()
        return watch.tally([await each for each in await pacing])

    return run_loop(all_of_them())


def run_loop(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine on the event loop that the API has."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


def in_background(work: Callable[[], object]) -> threading.Thread:
    """Start something that runs on beside."""
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread
