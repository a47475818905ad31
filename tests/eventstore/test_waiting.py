"""Who waits for an answer: how many there is room for, how they are woken, and how the day ends."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest

from eventstore import sequencer
from eventstore.errors import AskAgain, Busy, Closed
from eventstore.inloop import Turn
from eventstore.pace import SMALLEST_CROWD, Pace
from eventstore.store import EventStore, Outcome
from eventstore.tickets import Waited, one
from eventstore.waiting import WaitingRoom
from tests.conftest import StoreOf
from tests.eventstore.gathering import at_once, held, wait_for_queue
from tests.eventstore.looking import numbers, rows
from tests.eventstore.toys import FUND, SERIES, BelowFloor, ToySeries, command, move, open_series, take


def counted(answers: list[Any]) -> tuple[int, int]:
    """Return how many were answered with an outcome, and how many heard that it is busy."""
    outcomes = sum(isinstance(answer, Outcome) for answer in answers)
    busy = sum(isinstance(answer, Busy) for answer in answers)
    assert outcomes + busy == len(answers)
    return outcomes, busy


# Room.


def test_of_a_hundred_threads_as_many_are_taken_as_there_is_room_for(store_of: StoreOf) -> None:
    store = store_of(ToySeries, max_waiting=30)
    store.execute(open_series(SERIES))
    with ThreadPoolExecutor(1) as pool:
        with held(store):
            asked = pool.submit(at_once, [lambda: store.execute(take(SERIES))] * 100)
            wait_for_queue(store, 30)
            time.sleep(0.1)
        assert counted(asked.result()) == (30, 70)
    assert numbers(store) == list(range(1, 31))
    assert store.execute(take(SERIES)).facts[0].event.number == 31


def test_of_a_hundred_coroutines_as_many_are_taken_as_there_is_room_for(store_of: StoreOf) -> None:
    store = store_of(ToySeries, max_waiting=30)
    store.execute(open_series(SERIES))

    async def ask() -> list[Any]:
        asked = [asyncio.ensure_future(store.execute_async(take(SERIES))) for _ in range(100)]
        await asyncio.sleep(0)
        go_on.set()
        return list(await asyncio.gather(*asked, return_exceptions=True))

    go_on = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        with held(store):
            answers = pool.submit(asyncio.run, ask())
            go_on.wait()
        assert counted(answers.result()) == (30, 70)
    assert numbers(store) == list(range(1, 31))


def test_a_bulk_takes_the_room_of_its_commands(store_of: StoreOf) -> None:
    store = store_of(ToySeries, max_waiting=30)
    store.execute(open_series(SERIES))
    with held(store):
        bulk = store.submit_bulk([take(SERIES) for _ in range(40)])
        with pytest.raises(Busy):
            store.submit(take(SERIES))
    assert len(bulk.result()) == 40
    assert store.execute(take(SERIES)).facts[0].event.number == 41


# Whoever sleeps or naps.


def naps_then_sleeps(room: WaitingRoom, call: Callable[[], object]) -> tuple[float, float]:
    """Return how long a nap and a sleep of ten seconds each last, if somebody calls during the nap."""
    lasted: list[float] = []

    def rest() -> None:
        for lie in (room.nap, room.sleep):
            began = time.monotonic()
            lie(10.0)
            lasted.append(time.monotonic() - began)

    thread = threading.Thread(target=rest)
    thread.start()
    time.sleep(0.05)
    call()
    time.sleep(0.05)
    room.rouse()
    thread.join()
    return lasted[0], lasted[1]


def test_who_is_roused_from_a_nap_does_not_fall_asleep_afterwards() -> None:
    room = WaitingRoom(10)
    napped, slept = naps_then_sleeps(room, room.rouse)
    assert napped < 5.0
    assert slept < 0.05
    room.leave()


def test_a_nap_is_not_disturbed_by_who_only_waits_and_a_sleep_is() -> None:
    room = WaitingRoom(10)
    napped, slept = naps_then_sleeps(room, lambda: room.enter(Waited((take(SERIES),), one)))
    assert 0.1 <= napped < 5.0
    assert slept < 0.05
    room.leave()


def test_a_call_while_nobody_sleeps_is_heard_by_who_would() -> None:
    room = WaitingRoom(10)
    room.rouse()
    began = time.monotonic()
    assert room.sleep(10.0)
    assert time.monotonic() - began < 5.0
    room.leave()


def test_a_sleep_ends_by_itself_and_when_the_day_does() -> None:
    room = WaitingRoom(10)
    assert room.sleep(0.01)
    room.close()
    assert not room.sleep(10.0)
    room.leave()


# Whose turn it is.


def deciding_thread(store: EventStore) -> str:
    """Ask for a command, and return the name of the thread that decided it."""
    names: list[str] = []
    store.execute(command(lambda *_: names.append(threading.current_thread().name)))
    return names[-1]


def fall_asleep(store: EventStore) -> None:
    """Wait until the sequencer's thread has nothing left to do."""
    while not store._sequencer._waiting._asleep:
        time.sleep(0.001)


def test_a_thread_that_finds_nobody_deciding_decides_itself(store: EventStore) -> None:
    fall_asleep(store)
    with ThreadPoolExecutor(1, thread_name_prefix="caller") as pool:
        assert pool.submit(deciding_thread, store).result() == "caller_0"


def test_the_main_thread_leaves_it_to_the_sequencer_as_an_interrupt_may_reach_it(store: EventStore) -> None:
    assert deciding_thread(store) == "sequencer"


@pytest.fixture
def by_halves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk be quick enough for halves, whatever was measured."""
    monkeypatch.setattr(Pace, "half_of", lambda _, crowd: crowd // 2 if crowd >= SMALLEST_CROWD else None)


def crowd_of(store: EventStore) -> list[Waited[Outcome]]:
    """Let as many as make a crowd wait, without waking whoever sleeps."""
    crowd = [Waited((take(SERIES),), one) for _ in range(SMALLEST_CROWD)]
    for ticket in crowd:
        store._sequencer._waiting.enter(ticket, quietly=True)
    return crowd


@pytest.mark.parametrize(("half", "decides"), [(SMALLEST_CROWD // 2, "sequencer"), (None, "caller_0")])
def test_a_thread_that_finds_a_crowd_leaves_it_to_the_sequencer_if_it_goes_by_halves(
    store: EventStore, monkeypatch: pytest.MonkeyPatch, half: int | None, decides: str
) -> None:
    monkeypatch.setattr(Pace, "half_of", lambda *_: half)
    fall_asleep(store)
    crowd = crowd_of(store)
    with ThreadPoolExecutor(1, thread_name_prefix="caller") as pool:
        assert pool.submit(deciding_thread, store).result() == decides
    assert len({ticket.answer().position for ticket in crowd}) == SMALLEST_CROWD


@pytest.mark.usefixtures("by_halves")
def test_a_sequencer_that_naps_is_woken_for_a_crowd(
    store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = iter([True])
    monkeypatch.setattr(sequencer, "NAP_S", 60.0)
    monkeypatch.setattr(Turn, "is_in_good_hands", lambda _: next(hands, False))
    waiting = store._sequencer._waiting
    waiting.rouse()
    while not waiting._napping:
        time.sleep(0.001)
    crowd = crowd_of(store)
    began = time.monotonic()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(deciding_thread, store).result()
    assert {ticket.answer().n for ticket in crowd} == {1}
    assert time.monotonic() - began < 30


@pytest.mark.usefixtures("by_halves")
def test_a_thread_with_a_bulk_is_no_crowd_and_waits_for_none(
    store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    fall_asleep(store)
    store._sequencer._crowded = True
    gathered: list[float] = []
    monkeypatch.setattr("eventstore.sequencer.time.sleep", gathered.append)
    names: list[str] = []
    named = command(lambda *_: names.append(threading.current_thread().name))
    bulk = [named, *[take(SERIES) for _ in range(SMALLEST_CROWD)]]
    with ThreadPoolExecutor(1, thread_name_prefix="caller") as pool:
        pool.submit(store.execute_bulk, bulk).result()
    assert (names, gathered) == (["caller_0"], [])


def test_what_came_while_a_caller_decided_is_decided_by_the_sequencer(store: EventStore) -> None:
    with ThreadPoolExecutor(1, thread_name_prefix="late") as pool:
        with held(store):
            late = pool.submit(deciding_thread, store)
            wait_for_queue(store, 1)
        assert late.result() == "sequencer"


def test_a_caller_who_decides_for_herself_hears_her_refusal_and_lets_others_go_on(store: EventStore) -> None:
    with ThreadPoolExecutor(1) as pool:
        with pytest.raises(BelowFloor):
            pool.submit(store.execute, move(FUND, -1)).result()
        assert pool.submit(store.execute, take(SERIES)).result().facts[0].event.number == 1
    assert store.execute(take(SERIES)).facts[0].event.number == 2


# Waking.


def test_coroutines_of_one_batch_are_woken_once(
    store: EventStore, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[object] = []

    async def ask() -> list[Any]:
        loop = asyncio.get_running_loop()
        plain = loop.call_soon_threadsafe

        def counted_call(call: Any, *args: Any, **more: Any) -> asyncio.Handle:
            if threading.current_thread().name == "sequencer":
                woken.append(call)
            return plain(call, *args, **more)

        monkeypatch.setattr(loop, "call_soon_threadsafe", counted_call)
        with held(store):
            asked = [asyncio.ensure_future(store.execute_async(take(SERIES))) for _ in range(50)]
            asked.append(asyncio.ensure_future(store.execute_async(move(FUND, -1))))
            await asyncio.sleep(0.01)
        return list(await asyncio.gather(*asked, return_exceptions=True))

    *taken, refused = asyncio.run(ask())
    assert [outcome.facts[0].event.number for outcome in taken] == list(range(1, 51))
    assert isinstance(refused, BelowFloor)
    assert len(woken) == len(rows(dsn, "SELECT n FROM batch WHERE n > 1")) <= 4


def test_coroutines_of_several_loops_and_threads_meet_in_one_log(store: EventStore) -> None:
    async def several() -> None:
        await asyncio.gather(*(store.execute_async(take(SERIES)) for _ in range(50)))

    def one_by_one() -> None:
        for _ in range(20):
            store.execute(take(SERIES))

    assert at_once([*[lambda: asyncio.run(several())] * 3, *[one_by_one] * 3]) == [None] * 6
    assert numbers(store) == list(range(1, 211))


def test_a_coroutine_that_is_cancelled_leaves_the_others_their_answers(store: EventStore) -> None:
    async def ask() -> Outcome:
        with held(store):
            left = asyncio.ensure_future(store.execute_async(take(SERIES)))
            stays = asyncio.ensure_future(store.execute_async(take(SERIES)))
            await asyncio.sleep(0)
            left.cancel()
            with pytest.raises(asyncio.CancelledError):
                await left
        return await stays

    assert asyncio.run(ask()).facts[0].event.number == 2
    assert numbers(store) == [1, 2]


def test_a_loop_that_is_gone_harms_nobody(store: EventStore) -> None:
    async def ask_and_leave() -> None:
        store._sequencer.ask(take(SERIES))

    with held(store):
        asyncio.run(ask_and_leave())
    assert store.execute(take(SERIES)).facts[0].event.number == 2


# The end of the day.


def test_closing_in_mid_load_finishes_what_was_taken_and_refuses_the_rest(store: EventStore) -> None:
    acknowledged: list[int] = []
    refused: list[BaseException] = []
    started = threading.Barrier(9)

    def keep_asking() -> None:
        started.wait()
        while True:
            try:
                acknowledged.append(store.execute(take(SERIES)).facts[0].event.number)
            except AskAgain as error:
                refused.append(error)
                return

    async def keep_awaiting() -> None:
        while True:
            try:
                acknowledged.append((await store.execute_async(take(SERIES))).facts[0].event.number)
            except AskAgain as error:
                refused.append(error)
                return

    async def eight() -> None:
        await asyncio.to_thread(started.wait)
        await asyncio.gather(*(keep_awaiting() for _ in range(8)))

    with ThreadPoolExecutor(9) as pool:
        asked = [pool.submit(keep_asking) for _ in range(7)]
        asked.append(pool.submit(lambda: asyncio.run(eight())))
        started.wait()
        time.sleep(0.3)
        store._sequencer.close()
        for one in asked:
            one.result(10)
    assert all(isinstance(error, Closed) for error in refused)
    assert len(refused) == 15
    assert sorted(acknowledged) == numbers(store)


def test_closing_twice_and_from_two_threads_ends_once(store: EventStore) -> None:
    assert at_once([store._sequencer.close] * 4) == [None] * 4
    assert not store._sequencer._thread.is_alive()
    with pytest.raises(Closed):
        store.execute(open_series(uuid4()))
