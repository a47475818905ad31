"""When this instance calls itself unready, and that it names what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from api import health
from tests.api.running import Served, served

FAIL = "UPDATE tutti_default_read.read_model SET failure = 'it broke' WHERE name = 'journal'"
DROP = "DROP SCHEMA tutti_default_read CASCADE"


@pytest.fixture
def api(dsn: str, tmp_path: Path) -> Iterator[Served]:
    """A ledger of its own, for its database is tampered with."""
    tmp_path.chmod(0o700)
    with served(dsn, tmp_path) as running:
        yield running
        for client in running.clients.values():
            client.close()


def test_a_read_model_that_stopped_is_named(api: Served, dsn: str) -> None:
    with psycopg.connect(dsn) as connection:
        connection.execute(FAIL)

    answer = api.get(None, "/readyz")

    assert (answer.status_code, answer.json()["ready"]) == (503, False)
    assert answer.json()["failures"] == ["journal stopped: it broke"]


def test_a_read_model_that_lags_too_far_is_named(api: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "MOST_BEHIND", -1)

    answer = api.get(None, "/readyz")

    assert answer.status_code == 503
    assert "directory is 0 facts behind the log" in answer.json()["failures"]


def test_read_models_that_were_never_made_are_named(api: Served, dsn: str) -> None:
    api.stop_projecting()
    with psycopg.connect(dsn) as connection:
        connection.execute(DROP)

    answer = api.get(None, "/readyz")

    assert answer.status_code == 503
    assert answer.json()["failures"][0].startswith("not-projected-yet")
    assert api.get(None, "/healthz").status_code == 200
