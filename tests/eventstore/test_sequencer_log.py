"""The sequencer and the log: what others put there, and what it leaves there itself."""

from __future__ import annotations

import struct
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from domain.errors import AlreadyExists, UnknownRecord
from eventstore.errors import (
    LogDamaged,
    UnknownTopic,
)
from eventstore.keyring import Keyring
from eventstore.leaves import commit_message, extend
from eventstore.store import EventStore, Outcome
from tests.conftest import StoreOf
from tests.eventstore.gathering import held, in_one_batch, wait_for_queue
from tests.eventstore.looking import balance_c, numbers, remembered, rows
from tests.eventstore.toys import (
    FUND,
    SERIES,
    BelowFloor,
    ToyFund,
    ToySeries,
    ToyStranger,
    command,
    move,
    numbered_move,
    open_series,
    take,
)

# Another process was faster.


def test_what_another_process_recorded_is_applied_before_deciding(
    store: EventStore, store_of: StoreOf
) -> None:
    other = store_of(ToySeries, ToyFund)
    taken = [one.execute(take(SERIES)).facts[0].event.number for one in (store, other) * 5]
    assert taken == list(range(1, 11))
    assert remembered(store) == remembered(other) == (10, 11, 0)


def test_a_refusal_that_no_longer_holds_is_not_answered(store: EventStore, store_of: StoreOf) -> None:
    with pytest.raises(BelowFloor):
        store.execute(move(FUND, -100))
    store_of(ToySeries, ToyFund).execute(move(FUND, 100))
    assert store.execute(move(FUND, -100)).n == 1


def test_a_stream_that_another_process_began_is_found(store: EventStore, store_of: StoreOf) -> None:
    new = uuid4()
    with pytest.raises(UnknownRecord):
        store.execute(take(new))
    store_of(ToySeries, ToyFund).execute(open_series(new))
    assert store.execute(take(new)).facts[0].event.number == 1


def test_a_stream_that_another_process_began_is_not_begun_again(store: EventStore, store_of: StoreOf) -> None:
    new = uuid4()
    with pytest.raises(UnknownRecord):
        store.execute(take(new))
    store_of(ToySeries, ToyFund).execute(open_series(new))
    with pytest.raises(AlreadyExists):
        store.execute(open_series(new))


def test_a_batch_that_lost_the_race_is_decided_again_whole(store: EventStore, store_of: StoreOf) -> None:
    other = store_of(ToySeries, ToyFund)
    with ThreadPoolExecutor(3) as pool:
        with held(store):
            batch = [
                pool.submit(store.execute, one) for one in (take(SERIES), move(FUND, -5), move(FUND, -6))
            ]
            wait_for_queue(store, 3)
            other.execute(take(SERIES))
            other.execute(move(FUND, 5))
        outcomes = [future.exception() or future.result() for future in batch]
    assert [type(outcome) for outcome in outcomes] == [Outcome, Outcome, BelowFloor]
    assert numbers(store) == [1, 2]
    assert remembered(store) == remembered(other) == (2, 3, 0)


def test_a_process_far_behind_reads_again_what_it_is_asked_for(
    store: EventStore, store_of: StoreOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eventstore.session.MAX_BEHIND", 3)
    other = store_of(ToySeries, ToyFund)
    for _ in range(5):
        other.execute(take(SERIES))
    assert store.execute(take(SERIES)).facts[0].event.number == 6


# What stands in the log.


def leaf(row: tuple[Any, ...]) -> bytes:
    """As written in the design of the audit trail, without our own arithmetic."""
    _, originator_id, version, topic, state, _ = row
    name = topic.encode()
    head = b"coop-leaf-v1\n" + originator_id.bytes + struct.pack(">QH", version, len(name))
    return sha256(b"\x00" + head + name + struct.pack(">I", len(state)) + state).digest()


def test_leaves_frontier_and_signatures_follow_from_the_rows(
    store: EventStore, dsn: str, keyring: Keyring
) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: store.execute(numbered_move(SERIES, FUND, 1)), range(100)))
    events = rows(dsn, "SELECT * FROM event ORDER BY position")
    hashes = [leaf(row) for row in events]
    assert [row[0] for row in events] == list(range(1, 203))
    assert [row[5] for row in events] == hashes

    ((size, frontier, origin),) = rows(dsn, "SELECT size, frontier, origin FROM head")
    assert (size, origin) == (202, "default.tutti/audit/1")
    assert frontier == b"".join(extend(0, (), hashes))

    batches = rows(dsn, "SELECT first_position, n, key_id, signature FROM batch ORDER BY 1")
    upto = 0
    for first, n, key_id, signature in batches:
        assert first == upto + 1
        upto += n
        assert key_id == keyring.key_id(origin)
        message = commit_message(origin, first - 1, hashes[first - 1 : upto])
        keyring.recorder.public_key().verify(signature, message)
    assert upto == 202


def test_recorded_time_stands_still_while_the_clock_runs_backwards(store_of: StoreOf, dsn: str) -> None:
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    hours = iter([0, 1, -1, -2, 2])
    store = store_of(ToySeries, clock=lambda: noon + timedelta(hours=next(hours)))
    facts = [store.execute(open_series(uuid4())).facts[0].event for _ in range(5)]
    assert [(fact.timestamp - noon) / timedelta(hours=1) for fact in facts] == [0, 1, 1, 1, 2]
    times = [time for (time,) in rows(dsn, "SELECT recorded_at FROM batch ORDER BY first_position")]
    assert times == [fact.timestamp for fact in facts]


# What someone else put there.


def test_a_hostile_topic_stops_its_own_stream_only(store: EventStore, store_of: StoreOf, dsn: str) -> None:
    # A release that knows more came by while this one was serving already.
    newer = store_of(ToySeries, ToyFund, ToyStranger)
    stranger, another = uuid4(), uuid4()
    newer.execute(command(lambda b, s: b.record(ToyStranger.begin(s, id=stranger))))
    newer.execute(command(lambda b, s: b.record(ToyStranger.begin(s, id=another))))
    with psycopg.connect(dsn, autocommit=True) as superuser:
        superuser.execute("SET search_path = tutti_default")
        superuser.execute(
            "INSERT INTO event SELECT size + 1, %s, 2, 'antigravity:fly', '{}', %s FROM head",
            [SERIES, bytes(32)],
        )
        superuser.execute("UPDATE head SET size = size + 1, frontier = frontier || %s", [bytes(32)])
    for _ in range(2):
        with pytest.raises(UnknownTopic):
            store.execute(take(SERIES))
        with pytest.raises(UnknownTopic):
            store.execute(take(stranger))
        assert store.execute(move(FUND, 1)).n == 1


def test_a_row_smuggled_past_the_head_stops_its_own_stream_only(store: EventStore, dsn: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as superuser:
        superuser.execute(
            "INSERT INTO tutti_default.event VALUES (900, %s, 2, 'toy-series.taken.v1', '{}', %s)",
            [SERIES, bytes(32)],
        )
    first, damaged, last = in_one_batch(store, [move(FUND, 1), take(SERIES), move(FUND, 2)])
    assert isinstance(damaged.exception(), LogDamaged)
    assert [first.result().n, last.result().n] == [1, 1]
    assert remembered(store) == (0, 1, 3)


def test_what_the_database_cannot_store_harms_no_other_command(store: EventStore) -> None:
    unstorable = command(lambda *_: None, operation="nul \x00 inside")
    first, refused, last = in_one_batch(store, [move(FUND, 1), unstorable, move(FUND, 2)])
    assert isinstance(refused.exception(), psycopg.DataError)
    assert [first.result().n, last.result().n] == [1, 1]
    assert balance_c(store) == 3
