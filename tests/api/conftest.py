"""The served ledgers of the API's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import structlog

from tests.api.books import Cooperative, found
from tests.api.running import Served, served


@pytest.fixture(scope="session", autouse=True)
def _quiet() -> None:
    """Keep the lines of the log off the screen; the test that reads them captures them."""
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())


@pytest.fixture(scope="module")
def api(module_dsn: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A served ledger for all tests of a module, empty at first."""
    home = tmp_path_factory.mktemp("keys")
    home.chmod(0o700)
    with served(module_dsn, home) as running:
        yield running
        for client in running.clients.values():
            client.close()


@pytest.fixture(scope="module")
def coop(api: Served) -> Cooperative:
    """A small cooperative in that ledger, ready to invoice and to vote."""
    return found(api)
