"""What a test looks at: the log, its rows, and what the sequencer remembers."""

from __future__ import annotations

from typing import Any

import psycopg

from domain.facts import Stamp
from domain.ledger.books import Books
from eventstore.connections import connect
from eventstore.migrations.roles import READER
from eventstore.store import EventStore
from tests.eventstore.toys import FUND, SERIES, ToyFund, ToySeries, command


def rows(dsn: str, query: str) -> list[tuple[Any, ...]]:
    with connect(dsn, tenant="default", role=READER) as connection:
        return connection.execute(query.encode()).fetchall()


def break_connections(dsn: str) -> None:
    """End every connection of a writer to this database."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'tutti_writer'"
        )


def numbers(store: EventStore) -> list[int]:
    return [fact.event.number for fact in store.log.stream(SERIES) if isinstance(fact.event, ToySeries.Taken)]


def balance_c(store: EventStore) -> int:
    return sum(f.event.amount_c for f in store.log.stream(FUND) if isinstance(f.event, ToyFund.Moved))


def remembered(store: EventStore) -> tuple[int, int, int]:
    """The sequencer's own idea of the last number and its version, and of the balance."""
    seen: list[int] = []

    def look(books: Books, _: Stamp) -> None:
        known = books.get(ToySeries, SERIES)
        seen.extend((known.last, known.version, books.get(ToyFund, FUND).balance_c))

    store.execute(command(look))
    last, version, balance = seen[-3:]
    return last, version, balance
