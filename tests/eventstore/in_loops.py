"""What coroutines ask, in loops of both kinds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from eventstore.store import EventStore
from tests.eventstore.toys import SERIES, take

LONG_S = 20.0
"""More than anything takes that goes on at all."""

InLoop = Callable[[Coroutine[Any, Any, Any]], Any]
"""Runs a coroutine in a loop of its own, in a thread whose name begins with `loop`."""


def in_a_loop_of(factory: Callable[[], asyncio.AbstractEventLoop]) -> InLoop:
    """Return what runs a coroutine in such a loop."""

    def run_here(work: Coroutine[Any, Any, Any]) -> Any:
        with asyncio.Runner(loop_factory=factory) as runner:
            return runner.run(work)

    def run(work: Coroutine[Any, Any, Any]) -> Any:
        with ThreadPoolExecutor(1, thread_name_prefix="loop") as pool:
            return pool.submit(run_here, work).result(timeout=3 * LONG_S)

    return run


async def several(store: EventStore, count: int) -> list[int]:
    """Take so many numbers at once."""
    outcomes = await asyncio.gather(*(store.execute_async(take(SERIES)) for _ in range(count)))
    return [outcome.facts[0].event.number for outcome in outcomes]
