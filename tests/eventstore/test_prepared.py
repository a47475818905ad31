"""A prepared statement gives its value or the database's error, whenever the one or the other is heard."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from psycopg import Connection, OperationalError, errors

from eventstore.connections import LOST
from eventstore.prepared import Prepared
from tests.eventstore.played_servers import READY, Script, complaint, connected_to, reply

BIGINT, PATIENCE_S, PAUSE_S = 20, 30.0, 0.15
SEVEN = (7).to_bytes(8, "big")
Listen = Callable[[Prepared], None]


def at_once(_: Prepared) -> None:
    """Ask for the value before anything is heard."""


def later(_: Prepared) -> None:
    """Ask for it when all has come, and nobody has looked."""
    time.sleep(PAUSE_S)


def awake(statement: Prepared) -> None:
    """Ask for it when something is heard."""
    statement.stay_awake(PATIENCE_S)


def looked(statement: Prepared) -> None:
    """Ask for it some time after a look found it there."""
    while not statement.answered():
        time.sleep(0.001)
    time.sleep(PAUSE_S)


LISTENS = pytest.mark.parametrize("listen", [at_once, later, awake, looked])


@pytest.fixture
def connection(dsn: str) -> Iterator[Connection[Any]]:
    with psycopg.connect(dsn, autocommit=True) as opened:
        yield opened


def number(of: int) -> bytes:
    return of.to_bytes(8, "big", signed=True)


@LISTENS
def test_each_call_has_its_own_value(connection: Connection[Any], listen: Listen) -> None:
    statement = Prepared(connection, "SELECT $1 + 1", (BIGINT,))
    for of in range(3):
        statement.send([number(of)])
        listen(statement)
        assert statement.value() == number(of + 1)


@LISTENS
def test_an_error_is_raised_and_the_connection_goes_on(connection: Connection[Any], listen: Listen) -> None:
    statement = Prepared(connection, "SELECT 6 / $1", (BIGINT,))
    statement.send([number(0)])
    listen(statement)
    with pytest.raises(errors.DivisionByZero):
        statement.value()
    statement.send([number(2)])
    assert statement.value() == number(3)
    assert connection.execute("SELECT 1").fetchone() == (1,)


@LISTENS
def test_an_error_of_the_commit_belies_the_value_before_it(
    connection: Connection[Any], listen: Listen
) -> None:
    connection.execute("CREATE TEMP TABLE one (n bigint UNIQUE DEFERRABLE INITIALLY DEFERRED)")
    statement = Prepared(connection, "INSERT INTO one VALUES ($1) RETURNING n", (BIGINT,))
    statement.send([number(1)])
    assert statement.value() == number(1)
    statement.send([number(1)])
    listen(statement)
    with pytest.raises(errors.UniqueViolation):
        statement.value()


def value_of(script: Script, listen: Listen) -> bytes | None:
    with connected_to(script) as played:
        statement = Prepared(played, "SELECT $1", (BIGINT,))
        statement.send([SEVEN])
        listen(statement)
        return statement.value()


@LISTENS
@pytest.mark.parametrize("pause_s", [0.0, 0.05], ids=["together", "in two parts"])
def test_a_value_is_taken_though_the_connection_ends_after_it(listen: Listen, pause_s: float) -> None:
    assert value_of([reply(SEVEN), pause_s, READY], listen) == SEVEN


@LISTENS
@pytest.mark.parametrize("pause_s", [0.0, 0.05], ids=["at once", "after a while"])
@pytest.mark.parametrize(
    ("said", "error"),
    [
        (complaint("PANIC", "53100"), errors.DiskFull),
        (complaint("FATAL", "57P01"), errors.AdminShutdown),
        (complaint("ERROR", "23505"), errors.UniqueViolation),
        (reply(SEVEN) + complaint("FATAL", "57P01"), errors.AdminShutdown),
    ],
    ids=["panic", "fatal", "error", "value, then fatal"],
)
def test_an_error_keeps_its_name_though_the_connection_ends_after_it(
    listen: Listen, pause_s: float, said: bytes, error: type[psycopg.Error]
) -> None:
    with pytest.raises(error):
        value_of([said, pause_s], listen)


@LISTENS
def test_a_value_whose_commit_was_not_heard_is_none(listen: Listen) -> None:
    with pytest.raises(OperationalError) as raised:
        value_of([reply(SEVEN)], listen)
    assert isinstance(raised.value, LOST)
