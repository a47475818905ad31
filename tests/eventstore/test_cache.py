"""The aggregates in memory: few of many, each as the log has it, and no more than there is room for."""

from __future__ import annotations

import gc
from functools import partial
from random import Random
from typing import Any
from uuid import UUID, uuid5

import pytest

from domain.errors import UnknownRecord
from domain.facts import Stamp
from domain.ledger.books import Books
from eventstore import workbook
from eventstore.errors import CommandTooLarge
from eventstore.store import Command, EventStore
from eventstore.workbook import Workbook
from tests.conftest import StoreOf
from tests.eventstore.gathering import in_one_batch
from tests.eventstore.toys import FUND, SERIES, BelowFloor, ToyFund, ToySeries, charter, command, move

MANY = [uuid5(FUND, str(number)) for number in range(1000)]


def books_of(store: EventStore) -> Workbook:
    session = store._sequencer._course.session
    assert session is not None
    return session._books


def in_memory(store: EventStore) -> int:
    return len(books_of(store)._aggregates)


@pytest.fixture
def small(store_of: StoreOf) -> EventStore:
    """A store that keeps ten aggregates, on a log of a thousand funds."""
    store = store_of(ToySeries, ToyFund, max_aggregates=10)
    store.execute_bulk([charter(fund) for fund in MANY])
    return store


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_thousand_aggregates_in_room_for_ten_are_decided_as_if_all_were_there(
    small: EventStore, seed: int
) -> None:
    chance = Random(seed)  # noqa: S311 - to be replayed by its seed
    model = dict.fromkeys(MANY, 0)
    for _ in range(6):
        asked = [(chance.choice(MANY), chance.randint(-5, 10)) for _ in range(200)]
        futures = [small.submit(move(fund, amount)) for fund, amount in asked]
        for (fund, amount), future in zip(asked, futures, strict=True):
            if model[fund] + amount < 0:
                assert isinstance(future.exception(), BelowFloor)
            else:
                assert future.result().n == 1
                model[fund] += amount
        assert in_memory(small) == 10
    for fund in chance.sample(MANY, 50):
        facts = [fact.event for fact in small.log.stream(fund)]
        assert sum(fact.amount_c for fact in facts if isinstance(fact, ToyFund.Moved)) == model[fund]


def test_what_a_batch_touched_stays_until_the_batch_is_over(small: EventStore) -> None:
    def spread(funds: list[UUID], amount: int) -> Command:
        def run(books: Books, stamp: Stamp) -> None:
            held = [books.get(ToyFund, fund) for fund in funds]
            for fund in held:
                fund.move(stamp, amount_c=amount)

        return command(run)

    give, refused, take = in_one_batch(
        small, [spread(MANY[:50], 5), spread(MANY[40:60], -1), spread(MANY[:50], -5)]
    )
    assert [give.result().n, take.result().n] == [50, 50]
    assert isinstance(refused.exception(), BelowFloor)
    assert in_memory(small) == 10


def test_a_bulk_that_looks_at_everything_keeps_what_it_changed_and_lets_go_of_the_rest(
    small: EventStore,
) -> None:
    seen: list[int] = []

    def look(fund: UUID) -> Command:
        def run(books: Books, stamp: Stamp) -> None:
            books.get(ToyFund, fund)
            seen.append(in_memory(small))

        return command(run)

    futures = [small.submit(look(fund)) for fund in MANY]
    assert [future.result().n for future in futures] == [0] * 1000
    assert max(seen) <= 11


def test_one_command_cannot_hold_more_than_its_share(
    small: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAX_TOUCHED", 100)

    def look(count: int) -> Command:
        return command(lambda books, _: [books.get(ToyFund, fund) for fund in MANY[:count]])

    assert small.execute(look(100)).n == 0
    with pytest.raises(CommandTooLarge) as refused:
        small.execute(look(101))
    assert refused.value.facts == {"limit_records": 100}
    assert in_memory(small) == 10


def test_looking_for_what_is_not_there_fills_no_memory(
    small: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAX_TOUCHED", 100)
    small.execute(
        command(lambda books, _: [books.find(ToySeries, uuid5(SERIES, str(n))) for n in range(250)])
    )
    assert len(books_of(small)._absent) <= 100


def test_facts_that_were_recorded_are_let_go(small: EventStore) -> None:
    small.execute(move(MANY[0], 10))
    small.execute_bulk([move(fund, 1) for fund in MANY])
    gc.collect()
    alive = sum(isinstance(thing, ToyFund.Moved) for thing in gc.get_objects())
    assert alive == 0


def charter_once(books: Books, stamp: Stamp, *, create: bool = True) -> None:
    """Charter a fund unless it is there."""
    if books.find(ToyFund, MANY[0]) is None and create:
        books.record(ToyFund.begin(stamp, id=MANY[0], floor_c=0))


def test_what_is_absent_is_looked_for_once(store: EventStore, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[UUID] = []
    books = books_of(store)
    load = books._load

    def watched(originator_id: UUID, up_to: int) -> Any:
        looked.append(originator_id)
        return load(originator_id, up_to)

    monkeypatch.setattr(books, "_load", watched)
    for _ in range(5):
        store.execute(command(lambda books, stamp: charter_once(books, stamp, create=False)))
    assert looked == [MANY[0]]
    store.execute(command(charter_once))
    store.execute(command(charter_once))
    assert looked == [MANY[0]]


@pytest.mark.parametrize("asks", [move(MANY[0], 5), command(partial(charter_once, create=True))])
def test_what_another_process_made_meanwhile_is_absent_no_longer(
    store: EventStore, store_of: StoreOf, asks: Command
) -> None:
    other = store_of(ToySeries, ToyFund)
    with pytest.raises(UnknownRecord):
        store.execute(move(MANY[0], 5))
    other.execute(charter(MANY[0]))
    store.execute(asks)
    made = [fact.event for fact in store.log.stream(MANY[0]) if isinstance(fact.event, ToyFund.Chartered)]
    assert len(made) == 1
