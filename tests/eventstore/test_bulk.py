"""A bulk is carried out whole or not at all, and says what became of each command."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.facts import Stamp
from domain.ledger.books import Books
from eventstore import workbook
from eventstore.desk import Caller, Desk
from eventstore.errors import CommandTooLarge, KeyReused
from eventstore.keyring import Keyring
from eventstore.store import EventStore, Outcome
from tests.eventstore.gathering import in_one_batch
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


def test_each_command_is_decided_on_what_those_before_it_left(store: EventStore) -> None:
    new = uuid4()
    outcomes = store.execute_bulk([move(FUND, 10), open_series(new), take(new), move(FUND, -10), take(new)])
    assert [outcome.position for outcome in outcomes] == [3, 4, 5, 6, 7]
    assert [fact for outcome in outcomes for fact in outcome.facts] == store.log.page(2, 10)
    assert balance_c(store) == 0


def test_a_bulk_is_one_batch_under_one_signature(store: EventStore, dsn: str) -> None:
    store.execute_bulk([take(SERIES) for _ in range(300)])
    assert rows(dsn, "SELECT n FROM batch ORDER BY first_position DESC LIMIT 1") == [(300,)]


def test_one_refusal_leaves_nothing_of_the_bulk_and_names_its_place(store: EventStore) -> None:
    bulk = [numbered_move(SERIES, FUND, 10), open_series(uuid4()), numbered_move(SERIES, FUND, -11)]
    with pytest.raises(BelowFloor) as refused:
        store.execute_bulk(bulk)
    assert refused.value.facts["item"] == 2
    assert remembered(store) == (0, 1, 0)
    assert store.log.head().size == 2


def test_a_bulk_refused_inside_a_batch_harms_no_other(store: EventStore) -> None:
    def spoilt(books: Books, stamp: Stamp) -> None:
        books.get(ToySeries, SERIES).take(stamp)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.execute_bulk([take(SERIES), command(spoilt)])
    before, after = in_one_batch(store, [take(SERIES), take(SERIES)])
    assert [before.result().position, after.result().position] == [3, 4]


def test_a_bulk_that_is_repeated_hears_the_first_outcomes(store: EventStore) -> None:
    bulk = [move(FUND, 10), command(lambda *_: None), move(FUND, -10)]
    first = store.execute_bulk(bulk)
    assert store.execute_bulk(bulk) == tuple(outcome._replace(repeated=True) for outcome in first)
    assert balance_c(store) == 0


def test_a_bulk_of_which_a_part_was_carried_out_adds_the_rest(store: EventStore) -> None:
    earlier, later = take(SERIES), take(SERIES)
    first = store.execute(earlier)
    again, new = store.execute_bulk([earlier, later])
    assert (again, new.repeated) == (first._replace(repeated=True), False)
    assert numbers(store) == [1, 2]


def test_a_command_twice_in_a_bulk_is_carried_out_once(store: EventStore) -> None:
    one = take(SERIES)
    first, second = store.execute_bulk([one, one])
    assert second == first._replace(repeated=True)
    assert numbers(store) == [1]


@pytest.mark.parametrize("place", [0, 2])
def test_a_key_of_another_request_refuses_the_bulk(store: EventStore, place: int) -> None:
    used = take(SERIES)
    store.execute(used)
    bulk = [take(SERIES), take(SERIES)]
    bulk.insert(place, used._replace(body_mac=b"another"))
    with pytest.raises(KeyReused) as refused:
        store.execute_bulk(bulk)
    assert refused.value.facts["item"] == place
    assert numbers(store) == [1]


def test_nothing_asked_is_nothing_recorded(store: EventStore) -> None:
    assert store.execute_bulk([]) == ()
    assert store.log.head().size == 2


def test_a_coroutine_awaits_a_bulk_and_its_repeat(store: EventStore) -> None:
    bulk = [take(SERIES), take(SERIES)]

    async def twice() -> list[tuple[Outcome, ...]]:
        return [await store.execute_bulk_async(bulk), await store.execute_bulk_async(bulk)]

    first, again = asyncio.run(twice())
    assert again == tuple(outcome._replace(repeated=True) for outcome in first)
    assert store.submit_bulk(bulk).result()[1].position == first[1].position


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(amounts=st.lists(st.integers(-30, 30).filter(bool), max_size=8))
def test_a_bulk_is_taken_exactly_if_one_after_another_would_be(
    store: EventStore, amounts: Sequence[int]
) -> None:
    _, _, before = remembered(store)
    possible = all(before + sum(amounts[: n + 1]) >= 0 for n in range(len(amounts)))
    try:
        store.execute_bulk([move(FUND, amount) for amount in amounts])
    except BelowFloor:
        assert not possible
        assert remembered(store)[2] == before
    else:
        assert possible
        assert remembered(store)[2] == before + sum(amounts)


# Not too much at once.


def test_a_bulk_over_its_limits_is_refused_whole_before_it_fills_the_memory(store: EventStore) -> None:
    made: list[object] = []

    def endless(books: Books, stamp: Stamp) -> None:
        series = books.get(ToySeries, SERIES)
        while True:
            made.append(series.take(stamp))

    def wide(books: Books, stamp: Stamp) -> None:
        while True:
            books.record(ToyFund.begin(stamp, id=uuid4(), floor_c=0))

    for too_much in (endless, wide):
        with pytest.raises(CommandTooLarge):
            store.execute(command(too_much))
    with pytest.raises(CommandTooLarge):
        store.execute_bulk([take(SERIES, remark="x" * 59_000) for _ in range(70)])
    with pytest.raises(CommandTooLarge):
        store.execute_bulk([take(SERIES)] * 10_001)
    assert len(made) <= workbook.MAX_FACTS
    assert remembered(store) == (0, 1, 0)


def test_no_batch_is_over_four_megabytes(store: EventStore, dsn: str) -> None:
    def run(books: Books, stamp: Stamp) -> None:
        for _ in range(30):
            books.get(ToySeries, SERIES).take(stamp, remark="x" * 50_000)

    done = in_one_batch(store, [command(run) for _ in range(6)])
    assert [future.result().n for future in done] == [30] * 6
    ((most,),) = rows(
        dsn,
        """
        SELECT max(bytes) FROM (
            SELECT sum(octet_length(state)) AS bytes FROM event
            JOIN batch ON position BETWEEN first_position AND first_position + n - 1 GROUP BY first_position
        ) AS batches
        """,
    )
    assert 2_000_000 < most <= 4_000_000


# At the desk.

DAY = date(2026, 3, 1)


def test_the_desk_takes_a_request_of_many_under_one_key(store: EventStore, keyring: Keyring) -> None:
    desk = Desk(store, keyring, tenant="default")

    def perform(body: bytes, *runs: Callable[[Books, Stamp], object]) -> tuple[Outcome, ...]:
        return desk.perform_bulk(
            Caller("key-1", "staff-1"), operation="toy.bulk", key="k", body=body, effective_on=DAY, runs=runs
        )

    runs = [take(SERIES).run, move(FUND, 5).run, take(SERIES).run]
    first = perform(b"all", *runs)
    assert [outcome.position for outcome in first] == [3, 4, 5]
    assert perform(b"all", *runs) == tuple(outcome._replace(repeated=True) for outcome in first)
    with pytest.raises(KeyReused):
        perform(b"another", *runs)
    with pytest.raises(KeyReused):
        desk.perform(
            Caller("key-1", "staff-1"), operation="toy.one", key="k", body=b"", effective_on=DAY, run=runs[0]
        )
    assert numbers(store) == [1, 2]


def test_a_coroutine_asks_at_the_desk(store: EventStore, keyring: Keyring) -> None:
    desk = Desk(store, keyring, tenant="default")

    async def ask(body: bytes) -> Outcome:
        return await desk.perform_async(
            Caller("key-1", "staff-1"),
            operation="toy.one",
            key="k",
            body=body,
            effective_on=DAY,
            run=take(SERIES).run,
        )

    first = asyncio.run(ask(b"one"))
    assert asyncio.run(ask(b"one")) == first._replace(repeated=True)
    with pytest.raises(KeyReused):
        asyncio.run(ask(b"another"))
    assert isinstance(first.facts[0].event.command_id, UUID)
