"""Eight writers in three processes on two hot streams, and readers between them: the history they see."""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from random import Random
from uuid import UUID

from domain.facts import Stamp
from domain.ledger.books import Books
from eventstore.store import EventStore, Outcome
from tests.databases import Server
from tests.eventstore.toys import ToySeries, command, open_series, take
from tests.faults.linearizability import Operation
from tests.faults.loop_of_its_own import LoopOfItsOwn
from tests.faults.toy_work import toy_store

HOT = (UUID(int=1), UUID(int=2))
WRITERS_OF_A_PROCESS = (3, 3, 2)
READERS_OF_A_PROCESS = 2

History = dict[UUID, list[Operation]]
Read = Callable[[UUID], int]


def written_and_seen(
    server: Server,
    *,
    seed: int,
    each: int,
    writers: Sequence[int] = WRITERS_OF_A_PROCESS,
    stale: bool = False,
) -> History:
    """Let every writer write and every reader read so many times; return what happened to each stream.

    `writers` are those of each process, threads and coroutines by turns. With `stale`, readers are shown what they saw before: a fault
    that must be found.
    """
    with server.database() as dsn:
        with closing(toy_store(dsn)) as store:
            for series in HOT:
                store.execute(open_series(series))
        work = [(dsn, seed + place, of_a_process, each, stale) for place, of_a_process in enumerate(writers)]
        parts: list[History]
        if len(work) == 1:
            parts = [work_on_hot_streams(*work[0])]
        else:
            with multiprocessing.get_context("spawn").Pool(len(work)) as pool:
                parts = pool.starmap(work_on_hot_streams, work)
    return {series: [one for part in parts for one in part[series]] for series in HOT}


def work_on_hot_streams(dsn: str, seed: int, writers: int, each: int, stale: bool) -> History:  # noqa: FBT001 - by place, through a pool
    """Do one process's share."""
    history: History = {series: [] for series in HOT}
    with closing(toy_store(dsn)) as store, LoopOfItsOwn() as loop:
        reads = [_in_the_log(store), _on_the_books(store)]
        take_by: list[Callable[[UUID], Outcome]] = [
            lambda series: store.execute(take(series)),
            lambda series: loop.result(store.execute_async(take(series))),
        ]
        tasks = [
            threading.Thread(target=_write, args=(take_by[n % 2], history, seed, n, each))
            for n in range(writers)
        ]
        for reader in range(READERS_OF_A_PROCESS):
            read = _stale(reads[reader % 2]) if stale else reads[reader % 2]
            tasks.append(threading.Thread(target=_read, args=(read, history, seed, reader, each)))
        for task in tasks:
            task.start()
        for task in tasks:
            task.join()
    return history


def _write(
    take_from: Callable[[UUID], Outcome],
    history: Mapping[UUID, list[Operation]],
    seed: int,
    writer: int,
    each: int,
) -> None:
    chance = Random(f"{seed} writes {writer}")  # noqa: S311 - chance, not secrecy
    for _ in range(each):
        series = chance.choice(HOT)
        called = time.monotonic()
        outcome = take_from(series)
        history[series].append(Operation(True, outcome.facts[0].event.number, called, time.monotonic()))


def _read(read: Read, history: Mapping[UUID, list[Operation]], seed: int, reader: int, each: int) -> None:
    chance = Random(f"{seed} reads {reader}")  # noqa: S311 - chance, not secrecy
    for _ in range(each):
        series = chance.choice(HOT)
        called = time.monotonic()
        seen = read(series)
        history[series].append(Operation(False, seen, called, time.monotonic()))


def _in_the_log(store: EventStore) -> Read:
    """Read as who asks the log does."""
    return lambda series: sum(isinstance(each.event, ToySeries.Taken) for each in store.log.stream(series))


def _on_the_books(store: EventStore) -> Read:
    """Read as a command does that decides on what it sees."""

    def read(series: UUID) -> int:
        seen: list[int] = []

        def look(books: Books, _: Stamp) -> None:
            seen.append(books.get(ToySeries, series).last)

        store.execute(command(look))
        return seen[-1]

    return read


def _stale(read: Read) -> Read:
    """Show every other reader what was read before."""
    kept: dict[UUID, int] = {}

    def read_stale(series: UUID) -> int:
        if series in kept:
            return kept.pop(series)
        return kept.setdefault(series, read(series))

    return read_stale
