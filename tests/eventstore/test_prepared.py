"""A prepared statement gives its value or the database's error, heard before it is asked for or not."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import Connection, errors

from eventstore.connections import LOST
from eventstore.prepared import Prepared

BIGINT, PATIENCE_S = 20, 30.0


@pytest.fixture
def connection(dsn: str) -> Iterator[Connection[Any]]:
    with psycopg.connect(dsn, autocommit=True) as opened:
        yield opened


@pytest.fixture(params=[False, True], ids=["waited for", "heard before"])
def heard(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def number(of: int) -> bytes:
    return of.to_bytes(8, "big", signed=True)


def send(statement: Prepared, of: int, *, heard: bool) -> None:
    statement.send([number(of)])
    if heard:
        statement.stay_awake(PATIENCE_S)


def test_each_call_has_its_own_value(connection: Connection[Any], *, heard: bool) -> None:
    statement = Prepared(connection, "SELECT $1 + 1", (BIGINT,))
    for of in range(3):
        send(statement, of, heard=heard)
        assert statement.value() == number(of + 1)


def test_an_error_is_raised_and_the_connection_goes_on(connection: Connection[Any], *, heard: bool) -> None:
    statement = Prepared(connection, "SELECT 6 / $1", (BIGINT,))
    send(statement, 0, heard=heard)
    with pytest.raises(errors.DivisionByZero):
        statement.value()
    send(statement, 2, heard=heard)
    assert statement.value() == number(3)
    assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_broken_connection_is_known_for_one(connection: Connection[Any], dsn: str, *, heard: bool) -> None:
    statement = Prepared(connection, "SELECT count(pg_sleep($1))", (BIGINT,))
    send(statement, int(PATIENCE_S), heard=False)
    with psycopg.connect(dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.info.backend_pid])
    if heard:
        statement.stay_awake(PATIENCE_S)
        time.sleep(0.05)  # until the end of the connection has come after what was said of it
    with pytest.raises(LOST):
        statement.value()


def test_what_another_session_says_is_no_value(connection: Connection[Any], dsn: str) -> None:
    connection.execute("LISTEN toys")
    statement = Prepared(connection, "SELECT count(pg_sleep(0.2)) + $1", (BIGINT,))
    with psycopg.connect(dsn, autocommit=True) as other:
        statement.send([number(1)])
        other.execute("NOTIFY toys")
    assert statement.value() == number(2)
