"""An event loop decides what its own coroutines ask, and never waits; whatever happens to it, nothing is lost."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from errno import EMFILE
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import uvloop

from domain.facts import Stamp
from domain.ledger.books import Books
from eventstore.appender import Appender
from eventstore.errors import AskAgain
from eventstore.sequencer import MOVES_BEFORE_RETURN
from eventstore.session import Session
from eventstore.store import EventStore, Outcome
from tests.eventstore.in_loops import LONG_S, InLoop, several
from tests.eventstore.looking import numbers, rows
from tests.eventstore.toys import (
    SERIES,
    ToySeries,
    charter,
    command,
    take,
)


async def decided_by(store: EventStore, names: list[str] | None = None) -> str:
    """Ask for a command, and return the name of the thread that decided it last."""
    seen: list[str] = [] if names is None else names
    await store.execute_async(command(lambda *_: seen.append(threading.current_thread().name)))
    return seen[-1]


@contextmanager
def standing_still(store: EventStore) -> Iterator[threading.Event]:
    """Let a loop send a batch and then stand still until the event is set; yields it."""
    go_on, stands = threading.Event(), threading.Event()

    async def ask_and_stand() -> Outcome:
        asked = asyncio.ensure_future(store.execute_async(take(SERIES)))
        while not store._sequencer._course.moving:  # noqa: ASYNC110 - there is nothing that would tell
            await asyncio.sleep(0)
        stands.set()
        go_on.wait(LONG_S)
        return await asked

    with ThreadPoolExecutor(1, thread_name_prefix="loop") as pool:
        asked = pool.submit(asyncio.run, ask_and_stand())
        assert stands.wait(LONG_S)
        try:
            yield go_on
        finally:
            go_on.set()
        assert asked.result(timeout=LONG_S).n == 1


# Whose turn it is.


def test_a_loop_decides_what_its_coroutines_ask(store: EventStore, in_a_loop: InLoop) -> None:
    assert in_a_loop(decided_by(store)).startswith("loop")
    assert in_a_loop(several(store, 100)) == list(range(1, 101))
    assert numbers(store) == list(range(1, 101))


def test_nobody_is_woken_across_threads_for_it(store: EventStore, in_a_loop: InLoop) -> None:
    async def ask() -> list[object]:
        loop, called = asyncio.get_running_loop(), []
        with pytest.MonkeyPatch.context() as patch:
            if not isinstance(loop, uvloop.Loop):  # whose methods cannot be watched
                patch.setattr(loop, "call_soon_threadsafe", lambda *said, **_: called.append(said))
            for _ in range(3):
                await several(store, 20)
        return called

    assert in_a_loop(ask()) == []


def test_what_is_asked_while_a_batch_is_on_its_way_is_decided_behind_it(
    store: EventStore, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind: list[int] = []
    decide = Session.decide

    def watched(session: Session, tickets: Any, **how: Any) -> Any:
        if threading.current_thread().name.startswith("loop"):
            behind.append(session.on_their_way)
        return decide(session, tickets, **how)

    async def closed_loops() -> None:
        async def one() -> None:
            for _ in range(20):
                await store.execute_async(take(SERIES))

        await asyncio.gather(*(one() for _ in range(32)))

    monkeypatch.setattr(Session, "decide", watched)
    with ThreadPoolExecutor(1, thread_name_prefix="loop") as pool:
        pool.submit(asyncio.run, closed_loops()).result(timeout=60)
    assert any(behind), "nothing was decided while something else was on its way"
    assert numbers(store) == list(range(1, 641))
    assert rows(dsn, "SELECT count(*) FROM batch WHERE n > 1")[0][0] > 1


def test_after_the_sequencer_had_to_the_loop_decides_again(store: EventStore, in_a_loop: InLoop) -> None:
    names: list[str] = []

    async def ask() -> None:
        await store.execute_async(charter(uuid4()))
        while not (names and names[-1].startswith("loop")):
            await asyncio.gather(*(decided_by(store, names) for _ in range(MOVES_BEFORE_RETURN)))

    in_a_loop(asyncio.wait_for(ask(), LONG_S))


# Whatever happens to a loop.


def test_a_loop_that_stands_still_keeps_no_thread_waiting(store: EventStore) -> None:
    with standing_still(store), ThreadPoolExecutor(1) as pool:
        outcome = pool.submit(store.execute, take(SERIES)).result(timeout=LONG_S)
    assert outcome.facts[0].event.number == 2
    assert numbers(store) == [1, 2]


def test_a_loop_that_stands_still_keeps_no_other_loop_waiting(store: EventStore) -> None:
    with standing_still(store):
        assert asyncio.run(asyncio.wait_for(several(store, 3), LONG_S)) == [2, 3, 4]


def test_a_command_for_which_a_loop_waits_blocking_is_carried_out(store: EventStore) -> None:
    async def ask() -> list[int]:
        soon = asyncio.ensure_future(several(store, 5))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        number = store.execute(take(SERIES)).facts[0].event.number
        return [*await soon, number]

    assert asyncio.run(asyncio.wait_for(ask(), LONG_S)) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("steps", range(4))
def test_what_a_loop_took_and_left_is_carried_out(store: EventStore, steps: int) -> None:
    async def ask_and_leave() -> None:
        for _ in range(3):
            store._sequencer.ask(take(SERIES))
        for _ in range(steps):
            await asyncio.sleep(0)

    asyncio.run(ask_and_leave())
    give_up = time.monotonic() + LONG_S
    while numbers(store) != [1, 2, 3] and time.monotonic() < give_up:
        time.sleep(0.01)
    assert numbers(store) == [1, 2, 3]
    assert store.execute(take(SERIES)).facts[0].event.number == 4


def test_closing_within_the_loop_answers_what_was_taken(store: EventStore) -> None:
    async def ask() -> list[Any]:
        asked = [asyncio.ensure_future(store.execute_async(take(SERIES))) for _ in range(9)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        store.close()
        late = store.execute_async(take(SERIES))
        return await asyncio.gather(*asked, late, return_exceptions=True)

    *taken, late = asyncio.run(asyncio.wait_for(ask(), LONG_S))
    assert [outcome.facts[0].event.number for outcome in taken] == list(range(1, 10))
    assert isinstance(late, AskAgain)


def test_a_loop_that_cannot_listen_leaves_it_to_the_sequencer(
    store: EventStore, in_a_loop: InLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_more(_: int) -> int:
        refused.append(True)
        raise OSError(EMFILE, "too many open files")

    refused: list[bool] = []
    monkeypatch.setattr("eventstore.inloop.os.dup", no_more)
    for _ in range(3):
        in_a_loop(asyncio.wait_for(several(store, 10), LONG_S))
    assert refused
    assert numbers(store) == list(range(1, 31))


def test_a_command_that_raises_what_no_future_takes_harms_no_other(
    store: EventStore, in_a_loop: InLoop
) -> None:
    def stop(*_: object) -> None:
        raise StopIteration

    async def ask() -> list[Any]:
        asked = [store.execute_async(one) for one in (take(SERIES), command(stop), take(SERIES))]
        return list(await asyncio.gather(*asked, return_exceptions=True))

    first, stopped, last = in_a_loop(asyncio.wait_for(ask(), LONG_S))
    assert [first.facts[0].event.number, last.facts[0].event.number] == [1, 2]
    assert isinstance(stopped, RuntimeError)


def test_in_the_main_thread_a_loop_decides_unless_an_interrupt_may_reach_it(store: EventStore) -> None:
    async def twice() -> str:
        await decided_by(store)
        return await decided_by(store)

    with asyncio.Runner() as runner:
        assert runner.run(twice()) == threading.main_thread().name
    loop = asyncio.new_event_loop()
    try:
        assert loop.run_until_complete(twice()) == "sequencer"
    finally:
        loop.close()


@pytest.mark.parametrize("where", ["send", "arrived"])
def test_an_interrupt_in_the_middle_loses_and_doubles_nothing(
    store: EventStore, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    plain: Any = getattr(Appender, where)
    interrupted: list[str] = []

    def interrupt(*said: Any) -> Any:
        answer = plain(*said)
        if threading.current_thread().name.startswith("loop") and not interrupted:
            interrupted.append(where)
            raise KeyboardInterrupt
        return answer

    def run() -> None:
        with pytest.raises(KeyboardInterrupt):
            asyncio.run(several(store, 5))

    monkeypatch.setattr(Appender, where, interrupt)
    with ThreadPoolExecutor(1, thread_name_prefix="loop") as pool:
        pool.submit(run).result(timeout=LONG_S)
        assert interrupted
        assert pool.submit(store.execute, take(SERIES)).result(timeout=LONG_S).facts[0].event.number == 6
    assert numbers(store) == list(range(1, 7))


def test_a_reader_of_the_books_sees_what_the_loop_decided(store: EventStore, in_a_loop: InLoop) -> None:
    seen: list[int] = []

    def look(books: Books, _: Stamp) -> None:
        seen.append(books.get(ToySeries, SERIES).last)

    in_a_loop(several(store, 7))
    with ThreadPoolExecutor(1) as pool:
        pool.submit(store.execute, command(look)).result()
    assert seen == [7]


def test_its_descriptors_are_given_back(store: EventStore) -> None:
    def once() -> None:
        asyncio.run(several(store, 5))

    def count() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    once()
    before = count()
    for _ in range(20):
        once()
    assert count() <= before + 2
