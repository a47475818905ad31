"""What every test may ask for: a server, a database with the ledger's tables."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.databases import Server, shared_server


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
