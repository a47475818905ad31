"""What every test may ask for: a server, a database with the ledger's tables, an event store on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from typing import Any, Protocol

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from domain.facts import Ledgered
from eventstore.keyring import Keyring
from eventstore.keystore import MemorySubjectKeys, SubjectKeys
from eventstore.registry import Registry
from eventstore.store import EventStore
from tests.databases import Server, shared_server

pytest_plugins = ["tests.eventstore.embedded_servers", "tests.ledgers"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a random run be replayed."""
    parser.addoption("--kill-seed", type=int, help="kill processes in the order of this seed (test_kills.py)")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Server]:
    """The PostgreSQL server of this run, never one the environment names."""
    base = tmp_path_factory.getbasetemp()
    run = base.parent if hasattr(request.config, "workerinput") else base
    with shared_server(run) as running:
        yield running


@pytest.fixture
def dsn(server: Server) -> Iterator[str]:
    """A fresh database with the tables of the tenant `default`."""
    with server.database() as fresh:
        yield fresh


@pytest.fixture(scope="module")
def module_dsn(server: Server) -> Iterator[str]:
    """As `dsn`, one for all tests of a module."""
    with server.database() as fresh:
        yield fresh


@pytest.fixture(scope="session")
def keyring() -> Keyring:
    """The secrets of the process under test."""
    return Keyring(recorder=Ed25519PrivateKey.generate(), mac_key=b"m" * 32, kek=b"k" * 32)


class StoreOf(Protocol):
    """Opens an event store of these aggregates; what else it takes is that of EventStore."""

    def __call__(
        self,
        *aggregates: type[Ledgered],
        clock: Callable[[], datetime] = ...,
        subject_keys: SubjectKeys | None = ...,
        dsn: str = ...,
        **more: Any,
    ) -> EventStore: ...


def wall_clock() -> datetime:
    """The time."""
    return datetime.now(UTC)


@pytest.fixture
def store_of(dsn: str, keyring: Keyring) -> Iterator[StoreOf]:
    """Event stores on this test's database, closed at its end."""
    database = dsn
    with ExitStack() as opened:

        def store_of(
            *aggregates: type[Ledgered],
            clock: Callable[[], datetime] = wall_clock,
            subject_keys: SubjectKeys | None = None,
            dsn: str = database,
            **more: Any,
        ) -> EventStore:
            keys = MemorySubjectKeys() if subject_keys is None else subject_keys
            store = EventStore(
                dsn,
                registry=Registry(*aggregates),
                keyring=keyring,
                subject_keys=keys,
                clock=clock,
                **more,
            )
            opened.enter_context(closing(store))
            return store

        yield store_of
