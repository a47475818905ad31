"""A batch decided while the one before is on its way: as if they had come one after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from itertools import pairwise
from math import ceil
from random import Random
from typing import Any
from uuid import UUID, uuid5

import psycopg
import pytest

from eventstore.connections import connect
from eventstore.errors import Unavailable
from eventstore.pace import Pace
from eventstore.session import Session
from eventstore.store import Command, EventStore, Outcome
from eventstore.tickets import Promise
from tests.conftest import StoreOf
from tests.eventstore.gathering import at_once, held
from tests.eventstore.looking import balance_c, numbers, remembered, rows
from tests.eventstore.toys import (
    FUND,
    SERIES,
    BelowFloor,
    ToyFund,
    ToySeries,
    charter,
    command,
    move,
    numbered_move,
    take,
    taken_at_first_and_refused_later,
)
from tests.eventstore.wire import Wire

MANY = [uuid5(FUND, str(number)) for number in range(300)]

Sent = list[Session]


@pytest.fixture(autouse=True)
def halves(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sent]:
    """Let half of those who wait be decided, however few they are; yields each deciding on what was on its way."""
    ahead: Sent = []
    decide = Session.decide

    def watched(session: Session, tickets: Sequence[Any]) -> Any:
        if session.on_their_way and tickets:
            ahead.append(session)
        return decide(session, tickets)

    monkeypatch.setattr(Pace, "half_of", lambda _, crowd: max(1, ceil(crowd / 2)))
    monkeypatch.setattr(Session, "decide", watched)
    yield ahead
    assert ahead, "nothing was decided while something else was on its way"


def queued(store: EventStore, commands: Sequence[Command]) -> list[Future[Outcome]]:
    """Hand all of these in, in this order, before any is decided."""
    with held(store):
        return [store.submit(one) for one in commands]


def before_sending(monkeypatch: pytest.MonkeyPatch, do: Callable[[], object]) -> None:
    """Do something once, when the first of two halves is about to be sent."""
    send, left = Session.send, [do]

    def interrupted(session: Session, batch: Any, tickets: Sequence[Any]) -> None:
        if left and len(tickets) > 1:
            left.pop()()
        send(session, batch, tickets)

    monkeypatch.setattr(Session, "send", interrupted)


def test_what_is_on_its_way_is_seen_by_what_is_decided_next(store: EventStore) -> None:
    size = store.log.head().size
    said = queued(
        store, [move(FUND, 100), *[move(FUND, 10) for _ in range(7)], move(FUND, -170), move(FUND, -1)]
    )
    assert [future.result().position for future in said[:-1]] == list(range(size + 1, size + 10))
    assert isinstance(said[-1].exception(), BelowFloor)
    assert balance_c(store) == 0


def test_each_half_is_a_batch_of_its_own_in_the_order_they_were_asked(store: EventStore, dsn: str) -> None:
    before = store.log.head().size
    said = queued(store, [take(SERIES) for _ in range(16)])
    assert [future.result().facts[0].event.number for future in said] == list(range(1, 17))
    batches = rows(dsn, f"SELECT first_position, n FROM batch WHERE first_position > {before} ORDER BY 1")  # noqa: S608 - a number of ours
    assert sum(n for _, n in batches) == 16
    assert [n for _, n in batches][:1] == [8]
    assert all(after == first + n for (first, n), (after, _) in pairwise(batches))


def test_nobody_is_told_before_the_other_half_is_on_its_way(
    store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is told wants to go on, and would get in the way of the sending."""
    seen: list[str] = []
    send, accept = Session.send, Promise.accept

    def sent(session: Session, batch: Any, tickets: Sequence[Any]) -> None:
        send(session, batch, tickets)
        seen.append("sent")

    def told(ticket: Promise[Any], outcomes: Any) -> None:
        seen.append("told")
        accept(ticket, outcomes)

    monkeypatch.setattr(Session, "send", sent)
    monkeypatch.setattr(Promise, "accept", told)
    for future in queued(store, [take(SERIES) for _ in range(4)]):
        future.result()
    assert seen[-6:] == ["sent", "sent", "told", "told", "told", "told"]


def test_a_repeat_of_what_is_on_its_way_hears_the_first_outcome(store: EventStore) -> None:
    one = take(SERIES)
    said = queued(store, [one, *[take(SERIES) for _ in range(5)], one, one._replace(body_mac=b"another")])
    assert said[6].result() == said[0].result()._replace(repeated=True, facts=())
    assert type(said[7].exception()).__name__ == "KeyReused"
    assert numbers(store) == list(range(1, 7))


def test_when_another_process_was_faster_both_are_decided_again_on_what_it_left(
    store: EventStore, store_of: StoreOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.execute(move(FUND, 20))
    other = store_of(ToySeries, ToyFund)
    before_sending(monkeypatch, lambda: other.execute(numbered_move(SERIES, FUND, -15)))
    said = queued(store, [numbered_move(SERIES, FUND, -1) for _ in range(8)])
    heard = [future.exception() or future.result() for future in said]
    assert [isinstance(one, BelowFloor) for one in heard] == [False] * 5 + [True] * 3
    assert numbers(store) == [1, 2, 3, 4, 5, 6]
    assert remembered(store) == (6, 7, 0)


def test_when_the_connection_breaks_every_one_is_recorded_once(
    store: EventStore, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrived = Session.conclude

    def cut(session: Session) -> Any:
        if session.on_their_way and not cuts:
            cuts.append(session)
            with connect(dsn, tenant="default", role="tutti_writer") as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE pid <> pg_backend_pid() AND query LIKE 'SELECT append_batch%'"
                )
        return arrived(session)

    cuts: Sent = []
    monkeypatch.setattr(Session, "conclude", cut)
    said = queued(store, [take(SERIES) for _ in range(12)])
    assert [future.result().n for future in said] == [1] * 12
    assert cuts
    assert numbers(store) == list(range(1, 13))


def reading_for_the_other_half(_: pytest.MonkeyPatch) -> Command:
    return move(MANY[0], -1)


def waiting_after_a_defect(monkeypatch: pytest.MonkeyPatch) -> Command:
    decide, left = Session.decide, [RuntimeError("a defect of ours")]

    def fails_once(session: Session, tickets: Sequence[Any]) -> Any:
        batch = decide(session, tickets)
        if session.on_their_way and tickets and left:
            raise left.pop()
        return batch

    monkeypatch.setattr(Session, "decide", fails_once)
    return move(FUND, -6)  # of a fund that is at hand


@pytest.mark.parametrize("heard_while", [reading_for_the_other_half, waiting_after_a_defect])
def test_no_refusal_is_answered_that_the_half_on_its_way_could_belie(
    dsn: str,
    store: EventStore,
    store_of: StoreOf,
    monkeypatch: pytest.MonkeyPatch,
    heard_while: Callable[[pytest.MonkeyPatch], Command],
) -> None:
    """That the connection is gone is heard before the half's answer is asked for."""
    store.execute(charter(MANY[0]))
    first = command(taken_at_first_and_refused_later())
    with closing(Wire(dsn)) as wire:
        remote = store_of(ToySeries, ToyFund, dsn=wire.dsn)
        remote.execute(take(SERIES))
        remote.execute(move(FUND, 5))
        wire.cut("long before", "the moment")
        on_its_way, behind = queued(remote, [first, heard_while(monkeypatch)])
        assert isinstance(on_its_way.exception(), Unavailable)
        assert isinstance(behind.exception(), BelowFloor)
        size = store.log.head().size
        wire.deliver.set()
        assert store.log.wait_for_more(size, 5.0)
        assert remote.execute(first).facts == (store.log.at(size + 1),)


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_not_at_hand_is_read_while_a_batch_is_on_its_way(store_of: StoreOf, seed: int) -> None:
    store = store_of(ToySeries, ToyFund, max_aggregates=10)
    store.execute_bulk([charter(fund) for fund in MANY])
    chance = Random(seed)  # noqa: S311 - to be replayed by its seed
    model: dict[UUID, int] = dict.fromkeys(MANY, 0)
    asked = [(chance.choice(MANY), chance.randint(-5, 10)) for _ in range(400)]
    for (fund, amount), future in zip(asked, queued(store, [move(*each) for each in asked]), strict=True):
        if model[fund] + amount < 0:
            assert isinstance(future.exception(), BelowFloor)
        else:
            assert future.result().n == 1
            model[fund] += amount


def test_two_processes_that_both_overlap_take_every_number_once(store: EventStore, store_of: StoreOf) -> None:
    stores = [store, store_of(ToySeries, ToyFund)]
    with ThreadPoolExecutor(2) as pool:
        several = pool.map(lambda one: at_once([lambda: one.execute(take(SERIES))] * 60), stores)
        assert all(isinstance(each, Outcome) for answers in several for each in answers)
    assert numbers(store) == list(range(1, 121))


def test_a_connection_that_is_gone_while_we_listen_ends_nobodys_day(
    store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_: Session) -> int:
        listened.append(True)
        raise psycopg.OperationalError("the connection is lost")

    listened: list[bool] = []
    monkeypatch.setattr(Session, "socket", property(gone))
    said = queued(store, [take(SERIES) for _ in range(8)])
    assert [future.result(timeout=30).n for future in said] == [1] * 8
    assert listened
    assert store.execute(take(SERIES)).facts[0].event.number == 9


def test_closing_answers_both_halves(store: EventStore) -> None:
    with ThreadPoolExecutor(1) as pool:
        with held(store):
            said = [store.submit(take(SERIES)) for _ in range(9)]
            closing = pool.submit(store.close)
            while not store._sequencer._waiting.closed:
                time.sleep(0.001)
        closing.result()
    assert [future.result().n for future in said] == [1] * 9


def test_a_bulk_is_never_parted(store: EventStore, dsn: str) -> None:
    with held(store):
        bulks = [store.submit_bulk([take(SERIES) for _ in range(n)]) for n in (6, 7, 2, 9, 4)]
    told = [bulk.result() for bulk in bulks]
    batches = rows(dsn, "SELECT first_position, first_position + n FROM batch")
    for outcomes in told:
        places = [outcome.position for outcome in outcomes]
        assert any(first <= places[0] and places[-1] < after for first, after in batches)
    assert numbers(store) == list(range(1, 29))
