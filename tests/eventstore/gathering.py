"""Commands that are sure to be decided together, or at the same time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from eventstore.store import Command, EventStore, Outcome
from tests.eventstore.toys import command

A = TypeVar("A")


@contextmanager
def held(store: EventStore) -> Iterator[None]:
    """Keep the sequencer deciding one command, so that what is asked meanwhile queues up."""
    deciding, go_on = threading.Event(), threading.Event()

    def hold(*_: object) -> None:
        deciding.set()
        go_on.wait()

    thread = threading.Thread(target=store.execute, args=[command(hold)])
    thread.start()
    deciding.wait()
    try:
        yield
    finally:
        go_on.set()
        thread.join()


def wait_for_queue(store: EventStore, length: int) -> None:
    while store._sequencer._waiting.waiting() < length:
        time.sleep(0.001)


def in_one_batch(store: EventStore, commands: Sequence[Command]) -> list[Future[Outcome]]:
    """Have these decided in this order and in one batch; return what each caller got."""
    with ThreadPoolExecutor(len(commands)) as pool, held(store):
        futures = []
        for number, one in enumerate(commands, start=1):
            futures.append(pool.submit(store.execute, one))
            wait_for_queue(store, number)
    return futures


def at_once(calls: Iterable[Callable[[], A]]) -> list[A | BaseException]:
    """Call all of these in threads that start together; return what each returned or raised."""
    calls = list(calls)
    barrier = threading.Barrier(len(calls))

    def started(call: Callable[[], A]) -> A | BaseException:
        barrier.wait()
        try:
            return call()
        except Exception as error:  # noqa: BLE001 - what it raised is what is looked at
            return error

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(started, calls))
