"""What the sequencer promises its callers."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest

from domain.errors import AlreadyExists, UnknownRecord
from domain.facts import Stamp
from domain.ledger.books import Books
from eventstore import sequencer
from eventstore.errors import (
    Busy,
    Closed,
    CommandTooLarge,
    EventTooLarge,
    KeyReused,
)
from eventstore.store import Command, EventStore, Outcome
from tests.conftest import StoreOf
from tests.eventstore.gathering import at_once, held, in_one_batch, wait_for_queue
from tests.eventstore.looking import balance_c, numbers, remembered, rows
from tests.eventstore.toys import (
    FUND,
    SERIES,
    BelowFloor,
    ToyFund,
    ToySeries,
    command,
    move,
    numbered_move,
    open_series,
    take,
)

# Once and only once.


def test_twenty_callers_with_one_key_record_one_fact_and_hear_one_outcome(store: EventStore) -> None:
    one = take(SERIES)
    outcomes = at_once([lambda: store.execute(one)] * 20)
    again = store.execute(one)
    assert numbers(store) == [1]
    assert [fact.event.command_id for fact in again.facts] == [one.id]
    assert all(isinstance(o, Outcome) and o._replace(repeated=True) == again for o in outcomes)
    assert sum(not o.repeated for o in outcomes if isinstance(o, Outcome)) == 1


@pytest.mark.parametrize("spoilt", [{"operation": "toy.other"}, {"body_mac": b"another"}])
def test_a_key_used_for_another_request_is_refused(store: EventStore, spoilt: dict[str, Any]) -> None:
    one = take(SERIES)
    store.execute(one)
    with pytest.raises(KeyReused):
        store.execute(one._replace(**spoilt))
    assert numbers(store) == [1]


def test_a_key_used_twice_in_one_batch_is_refused_the_second_time(store: EventStore) -> None:
    one = take(SERIES)
    first, second, third = in_one_batch(store, [one, one._replace(body_mac=b"another"), one])
    assert not first.result().repeated
    assert isinstance(second.exception(), KeyReused)
    assert third.result() == first.result()._replace(repeated=True)


def test_the_retry_of_what_would_be_refused_now_hears_the_first_outcome(store: EventStore) -> None:
    store.execute(move(FUND, 100))
    spend = move(FUND, -100)
    first = store.execute(spend)
    assert store.execute(spend) == first._replace(repeated=True)
    with pytest.raises(BelowFloor):
        store.execute(move(FUND, -100))


def test_a_retry_after_a_restart_hears_the_first_outcome(store: EventStore, store_of: StoreOf) -> None:
    one = take(SERIES)
    first = store.execute(one)
    store.close()
    assert store_of(ToySeries, ToyFund).execute(one) == first._replace(repeated=True)


def test_a_command_without_facts_stands_at_the_head_and_is_known_again(store: EventStore) -> None:
    nothing = command(lambda *_: None)
    outcome = store.execute(nothing)
    assert (outcome.n, outcome.position, outcome.facts) == (0, 2, ())
    store.execute(take(SERIES))
    assert store.execute(nothing) == outcome._replace(repeated=True)


def test_a_refused_command_is_decided_anew(store: EventStore) -> None:
    spend = move(FUND, -100)
    with pytest.raises(BelowFloor):
        store.execute(spend)
    store.execute(move(FUND, 100))
    assert not store.execute(spend).repeated


# A future for callers that go on meanwhile.


def test_commands_of_one_thread_that_does_not_wait_are_decided_in_its_order(store: EventStore) -> None:
    futures = [store.submit(move(FUND, 100)), *[store.submit(move(FUND, -60)) for _ in range(2)]]
    taken = [store.submit(take(SERIES)) for _ in range(50)]
    assert futures[1].result().position == futures[0].result().position + 1
    assert isinstance(futures[2].exception(), BelowFloor)
    positions = [each.result().position for each in taken]
    assert positions == sorted(positions)
    assert numbers(store) == list(range(1, 51))


def test_a_coroutine_awaits_the_same_future_and_cannot_cancel_what_may_be_recorded(store: EventStore) -> None:
    async def awaited() -> Outcome:
        return await asyncio.wrap_future(store.submit(take(SERIES)))

    assert asyncio.run(awaited()).n == 1
    future = store.submit(take(SERIES))
    assert not future.cancel()
    assert future.result().n == 1


# A refused command leaves nothing.


def test_a_command_refused_half_way_inside_a_batch_leaves_nothing(store: EventStore) -> None:
    before, refused, after = in_one_batch(
        store,
        [numbered_move(SERIES, FUND, 10), numbered_move(SERIES, FUND, -11), numbered_move(SERIES, FUND, -1)],
    )
    assert isinstance(refused.exception(), BelowFloor)
    assert [before.result().position, after.result().position] == [4, 6]
    assert store.log.head().size == 6
    assert numbers(store) == [1, 2]
    assert remembered(store) == (2, 3, 9)


def test_an_aggregate_begun_by_a_refused_command_was_never_there(store: EventStore) -> None:
    new = uuid4()

    def run(books: Books, stamp: Stamp) -> None:
        books.record(ToySeries.begin(stamp, id=new))
        books.get(ToySeries, new).take(stamp)
        books.get(ToyFund, FUND).move(stamp, amount_c=-1)

    refused, unknown, opened = in_one_batch(store, [command(run), take(new), open_series(new)])
    assert isinstance(refused.exception(), BelowFloor)
    assert isinstance(unknown.exception(), UnknownRecord)
    assert opened.result().n == 1
    assert [type(f.event) for f in store.log.stream(new)] == [ToySeries.Opened]
    assert store.execute(take(new)).facts[0].event.number == 1


def test_a_defect_in_one_command_is_raised_to_its_caller_and_harms_no_other(store: EventStore) -> None:
    def run(books: Books, stamp: Stamp) -> None:
        books.get(ToySeries, SERIES).take(stamp)
        raise ZeroDivisionError

    before, defect, after = in_one_batch(store, [take(SERIES), command(run), take(SERIES)])
    assert isinstance(defect.exception(), ZeroDivisionError)
    assert [before.result().position, after.result().position] == [3, 4]
    assert remembered(store) == (2, 3, 0)


def test_a_fact_too_large_refuses_its_command_whole(store: EventStore) -> None:
    def run(books: Books, stamp: Stamp) -> None:
        books.get(ToySeries, SERIES).take(stamp)
        books.get(ToySeries, SERIES).take(stamp, remark="x" * 60_001)

    with pytest.raises(EventTooLarge):
        store.execute(command(run))
    assert remembered(store) == (0, 1, 0)


def test_a_command_over_4_megabytes_is_refused_whole(store: EventStore) -> None:
    def run(books: Books, stamp: Stamp) -> None:
        for _ in range(70):
            books.get(ToySeries, SERIES).take(stamp, remark="x" * 59_000)

    with pytest.raises(CommandTooLarge):
        store.execute(command(run))
    assert remembered(store) == (0, 1, 0)


def test_what_is_over_a_batch_is_recorded_in_the_next(store: EventStore, dsn: str) -> None:
    def run(books: Books, stamp: Stamp) -> None:
        for _ in range(50):
            books.get(ToySeries, SERIES).take(stamp, remark="x" * 50_000)

    done = in_one_batch(store, [command(run) for _ in range(3)])
    assert [future.result().n for future in done] == [50, 50, 50]
    assert numbers(store) == list(range(1, 151))
    assert [n for (n,) in rows(dsn, "SELECT n FROM batch ORDER BY first_position")][2:] == [50, 50, 50]


# What a use case sees.


def test_a_record_of_another_kind_or_none_is_unknown(store: EventStore) -> None:
    seen: list[object] = []

    def run(books: Books, _: Stamp) -> None:
        seen.extend((books.find(ToyFund, SERIES), books.find(ToyFund, uuid4())))
        books.get(ToyFund, SERIES)

    with pytest.raises(UnknownRecord) as refused:
        store.execute(command(run))
    assert seen == [None, None]
    assert refused.value.facts == {"kind": "toy-fund", "id": SERIES}


def test_a_record_that_exists_is_not_begun_again(store: EventStore, store_of: StoreOf) -> None:
    for opened in (store, store_of(ToySeries, ToyFund)):
        with pytest.raises(AlreadyExists):
            opened.execute(open_series(SERIES))
    assert len(store.log.stream(SERIES)) == 1


def test_the_position_counts_what_was_decided_before_in_the_same_batch(store: EventStore) -> None:
    seen: list[int] = []

    def run(books: Books, stamp: Stamp) -> None:
        seen.append(books.position)
        books.get(ToySeries, SERIES).take(stamp)
        seen.append(books.position)

    in_one_batch(store, [take(SERIES), command(run)])
    assert seen == [3, 4]


def test_facts_stand_in_the_order_in_which_they_were_noted(store: EventStore) -> None:
    new = uuid4()

    def run(books: Books, stamp: Stamp) -> None:
        series, fund = books.get(ToySeries, SERIES), books.get(ToyFund, FUND)
        series.take(stamp)
        fund.move(stamp, amount_c=1)
        books.record(ToyFund.begin(stamp, id=new, floor_c=0))
        series.take(stamp)
        books.get(ToyFund, new).move(stamp, amount_c=2)
        fund.move(stamp, amount_c=3)

    outcome = store.execute(command(run))
    streams = [SERIES, FUND, new, SERIES, new, FUND]
    assert [fact.event.originator_id for fact in outcome.facts] == streams
    assert list(outcome.facts) == store.log.page(2, 10)
    assert [fact.position for fact in outcome.facts] == [3, 4, 5, 6, 7, 8]


def test_every_fact_carries_who_asked_for_what_and_when(store: EventStore) -> None:
    one = take(SERIES)
    event = store.execute(one).facts[0].event
    assert (event.command_id, event.operation, event.actor) == (one.id, "toy.play", "staff-1")
    assert (event.effective_on, event.body_mac) == (one.effective_on, one.body_mac.hex())


# Many at once.


def test_twenty_callers_take_every_number_once(store: EventStore) -> None:
    with ThreadPoolExecutor(20) as pool:
        taken = list(pool.map(lambda _: store.execute(take(SERIES)).facts[0].event.number, range(400)))
    assert sorted(taken) == list(range(1, 401))
    assert numbers(store) == sorted(taken)


def test_the_fund_never_falls_below_its_floor_with_twenty_callers(store: EventStore) -> None:
    store.execute(move(FUND, 150))

    def spend(_: int) -> bool:
        try:
            store.execute(move(FUND, -1))
        except BelowFloor:
            return False
        return True

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(spend, range(200))) == 150
    assert balance_c(store) == 0


def test_aggregates_that_were_let_go_are_read_again(store_of: StoreOf) -> None:
    store = store_of(ToySeries, ToyFund, max_aggregates=2)
    many = [uuid4() for _ in range(10)]
    for series in many:
        store.execute(open_series(series))
    for number in (1, 2):
        assert [store.execute(take(series)).facts[0].event.number for series in many] == [number] * 10


# Full, and closing.


def test_a_full_queue_refuses_at_once_and_records_nothing(store_of: StoreOf) -> None:
    store = store_of(ToySeries, ToyFund, max_waiting=3)
    store.execute(open_series(SERIES))
    with ThreadPoolExecutor(3) as pool, held(store):
        waiting = [pool.submit(store.execute, take(SERIES)) for _ in range(3)]
        wait_for_queue(store, 3)
        with pytest.raises(Busy):
            store.execute(take(SERIES))
    assert sorted(future.result().position for future in waiting) == [2, 3, 4]
    assert store.log.head().size == 4


def test_closing_answers_what_waits_and_takes_nothing_more(store: EventStore) -> None:
    with ThreadPoolExecutor(4) as pool:
        with held(store):
            waiting = [pool.submit(store.execute, take(SERIES)) for _ in range(3)]
            wait_for_queue(store, 3)
            closed = pool.submit(store.close)
            while not store._sequencer._waiting.closed:
                time.sleep(0.001)
            with pytest.raises(Closed):
                store.execute(take(SERIES))
        closed.result()
        assert sorted(future.result().position for future in waiting) == [3, 4, 5]


def test_more_than_one_batch_waits_its_turn(store: EventStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequencer, "MAX_BATCH", 4)
    commands: list[Command] = [take(SERIES) for _ in range(10)]
    done = in_one_batch(store, commands)
    assert [future.result().facts[0].event.number for future in done] == list(range(1, 11))
