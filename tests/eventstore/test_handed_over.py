"""What a loop cannot do without waiting for the database is left to the sequencer's thread, in its order."""

from __future__ import annotations

import asyncio
import os
import threading
from socket import SO_SNDBUF, SOL_SOCKET, socket
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.facts import Stamp
from domain.ledger.books import Books
from domain.personal import Retention
from eventstore.keystore import MemorySubjectKeys
from eventstore.loading import Loader
from eventstore.prepared import Prepared
from eventstore.store import Command, EventStore, Outcome
from tests.conftest import StoreOf
from tests.eventstore.facts_for_tests import STREAM, Parcel, addressed, packed
from tests.eventstore.in_loops import LONG_S, InLoop, several
from tests.eventstore.looking import balance_c, break_connections, numbers
from tests.eventstore.toys import (
    FUND,
    SERIES,
    BelowFloor,
    ToyFund,
    ToySeries,
    charter,
    command,
    move,
    open_series,
    take,
)


def test_what_is_not_at_hand_is_loaded_by_the_sequencer_and_the_order_stays(
    store_of: StoreOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = store_of(ToySeries, ToyFund)
    first.execute(open_series(SERIES))
    first.execute(charter(FUND))
    store = store_of(ToySeries, ToyFund)
    loaded: list[str] = []
    load = Loader.load

    def watched(loader: Loader, originator_id: UUID, up_to: int) -> Any:
        loaded.append(threading.current_thread().name)
        return load(loader, originator_id, up_to)

    async def ask() -> list[Outcome]:
        await store.execute_async(take(SERIES))
        asked = [take(SERIES), charter(uuid4()), take(SERIES), move(FUND, 5), take(SERIES)]
        return await asyncio.gather(*map(store.execute_async, asked))

    monkeypatch.setattr(Loader, "load", watched)
    positions = [outcome.position for outcome in asyncio.run(ask())]
    assert positions == sorted(positions)
    assert set(loaded) == {"sequencer"}
    assert numbers(store) == [1, 2, 3, 4]


def test_a_refusal_is_heard_between_what_is_accepted(store: EventStore, in_a_loop: InLoop) -> None:
    async def ask() -> list[Any]:
        asked = [take(SERIES), move(FUND, 10), move(FUND, -11), move(FUND, -10), take(SERIES)]
        return list(await asyncio.gather(*map(store.execute_async, asked), return_exceptions=True))

    for _ in range(5):
        heard = in_a_loop(ask())
        assert [isinstance(one, BelowFloor) for one in heard] == [False, False, True, False, False]
    assert balance_c(store) == 0
    assert numbers(store) == list(range(1, 11))


def test_a_repeat_hears_the_first_outcome_and_no_refusal(store: EventStore, in_a_loop: InLoop) -> None:
    store.execute(move(FUND, 10))
    once = move(FUND, -10)

    async def ask() -> list[Any]:
        return list(
            await asyncio.gather(
                *(store.execute_async(one) for one in (once, take(SERIES), once)), return_exceptions=True
            )
        )

    first, _, second = in_a_loop(ask())
    assert (first.position, first.repeated) == (second.position, False)
    assert (second.repeated, second.facts) == (True, first.facts)
    again, _, _ = in_a_loop(ask())
    assert (again.repeated, again.position) == (True, first.position)
    assert balance_c(store) == 0


def test_a_bulk_among_them_is_carried_out_in_its_place(store: EventStore, in_a_loop: InLoop) -> None:
    async def ask() -> tuple[Any, ...]:
        return tuple(
            await asyncio.gather(
                store.execute_async(take(SERIES)),
                store.execute_bulk_async([take(SERIES) for _ in range(3)]),
                store.execute_async(take(SERIES)),
            )
        )

    first, bulk, last = in_a_loop(ask())
    assert [one.facts[0].event.number for one in (first, *bulk, last)] == [1, 2, 3, 4, 5]


def test_when_another_process_was_faster_all_is_decided_again(
    store: EventStore, store_of: StoreOf, in_a_loop: InLoop
) -> None:
    other = store_of(ToySeries, ToyFund)

    async def ask() -> list[int]:
        taken = await several(store, 20)
        for _ in range(10):
            await asyncio.to_thread(other.execute, take(SERIES))
            taken += await several(store, 20)
        return taken

    taken = in_a_loop(ask())
    assert len(set(taken)) == 220
    assert numbers(store) == list(range(1, 231))


def test_when_the_connection_breaks_every_one_is_recorded_once(
    store: EventStore, dsn: str, in_a_loop: InLoop
) -> None:
    async def ask() -> list[int]:
        taken = await several(store, 8)
        for _ in range(5):
            asked = asyncio.ensure_future(several(store, 8))
            await asyncio.sleep(0)
            await asyncio.to_thread(break_connections, dsn)
            taken += await asked
        return taken

    assert sorted(in_a_loop(ask())) == numbers(store) == list(range(1, 49))


def test_what_the_network_does_not_take_at_once_is_pushed_by_the_sequencer(
    store: EventStore, in_a_loop: InLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    pushed: list[str] = []
    push = Prepared.push

    def watched(prepared: Prepared) -> None:
        if not prepared.all_sent:
            pushed.append(threading.current_thread().name)
        push(prepared)

    async def one() -> list[int]:
        taken = [await store.execute_async(take(SERIES, remark="x" * 20_000)) for _ in range(3)]
        return [outcome.facts[0].event.number for outcome in taken]

    async def ask() -> list[int]:
        return [number for taken in await asyncio.gather(*(one() for _ in range(40))) for number in taken]

    session = store._sequencer._course.session
    assert session is not None
    with socket(fileno=os.dup(session.socket)) as connection:
        connection.setsockopt(SOL_SOCKET, SO_SNDBUF, 16_384)
    monkeypatch.setattr(Prepared, "push", watched)
    assert sorted(in_a_loop(asyncio.wait_for(ask(), LONG_S))) == list(range(1, 121))
    assert set(pushed) == {"sequencer"}


def test_repeats_alone_are_answered_though_nothing_is_sent(store: EventStore, in_a_loop: InLoop) -> None:
    once = [take(SERIES) for _ in range(40)]

    async def asked_twice(one: Command) -> list[Outcome]:
        first = asyncio.ensure_future(store.execute_async(one))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return [await store.execute_async(one), await first]

    async def ask() -> list[list[Outcome]]:
        return await asyncio.gather(*map(asked_twice, once))

    heard = in_a_loop(asyncio.wait_for(ask(), LONG_S))
    assert sorted(again.repeated for both in heard for again in both) == [False] * 40 + [True] * 40
    assert numbers(store) == list(range(1, 41))


def test_what_takes_the_key_of_a_person_is_sealed_by_the_sequencer(store_of: StoreOf) -> None:
    made: list[str] = []

    class Watched(MemorySubjectKeys):
        def key_for(self, subject: UUID, retention: Retention) -> bytes:
            made.append(threading.current_thread().name)
            return super().key_for(subject, retention)

    def pack(books: Books, _: Stamp) -> None:
        books.record(packed())

    def address(books: Books, _: Stamp) -> None:
        addressed(books.get(Parcel, STREAM))

    store = store_of(Parcel, subject_keys=Watched())
    store.execute(command(pack))
    assert not made
    asyncio.run(asyncio.wait_for(store.execute_async(command(address)), LONG_S))
    assert set(made) == {"sequencer"}
