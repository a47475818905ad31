"""Who asks alone listens for a fast commit without falling asleep, and never longer than was said."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import Connection

from eventstore.appender import Appender
from eventstore.pace import Pace
from eventstore.prepared import Prepared
from eventstore.store import EventStore
from tests.eventstore.gathering import at_once, in_one_batch
from tests.eventstore.toys import SERIES, take

LONG_S, AWAKE_S = 30.0, 0.0003


@pytest.fixture
def connection(dsn: str) -> Iterator[Connection[Any]]:
    with psycopg.connect(dsn, autocommit=True) as opened:
        yield opened


def sleeping(connection: Connection[Any], seconds: float) -> Prepared:
    """A statement on its way that takes so long."""
    statement = Prepared(connection, f"SELECT count(pg_sleep({seconds}))", ())
    statement.send([])
    return statement


def test_it_ends_when_the_answer_is_there(connection: Connection[Any]) -> None:
    statement = sleeping(connection, 0.05)
    began = time.perf_counter()
    statement.stay_awake(LONG_S)
    assert 0.03 < time.perf_counter() - began < LONG_S
    assert statement.answered()
    assert statement.value() == (1).to_bytes(8, "big")


def test_it_ends_after_the_time_that_was_said_and_the_answer_comes_all_the_same(
    connection: Connection[Any],
) -> None:
    statement = sleeping(connection, 2.0)
    statement.stay_awake(0.01)
    assert not statement.answered()
    assert statement.value() == (1).to_bytes(8, "big")


def test_it_ends_when_the_connection_breaks(connection: Connection[Any], dsn: str) -> None:
    statement = sleeping(connection, LONG_S)
    with psycopg.connect(dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [connection.info.backend_pid])
    began = time.perf_counter()
    statement.stay_awake(LONG_S)
    assert time.perf_counter() - began < LONG_S / 2
    with pytest.raises(psycopg.OperationalError):
        statement.value()


@pytest.fixture
def awake(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each batch was listened for without falling asleep."""
    said: list[float] = []
    stay = Appender.stay_awake

    def watched(appender: Appender, at_most_s: float) -> None:
        said.append(at_most_s)
        stay(appender, at_most_s)

    monkeypatch.setattr(Appender, "stay_awake", watched)
    monkeypatch.setattr(Pace, "awake_s", AWAKE_S)
    return said


def test_a_lone_caller_stays_awake(store: EventStore, awake: list[float]) -> None:
    at_once([lambda: [store.execute(take(SERIES)) for _ in range(3)]])
    assert awake == [AWAKE_S] * 3


def test_a_crowd_does_not(store: EventStore, awake: list[float]) -> None:
    for future in in_one_batch(store, [take(SERIES) for _ in range(4)]):
        future.result()
    assert len(awake) == 1, "only who kept the others waiting was alone"
