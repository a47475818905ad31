"""A read model that stopped takes nothing with it that does not read it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from eventstore.access import Role
from interchange.camt053 import entry_of
from tests.api.books import Cooperative, found
from tests.api.running import Served, served
from tests.api.test_bank import send, statement_file

BREAK = "ALTER TABLE tutti_default_read.motion ADD CONSTRAINT broken CHECK (false) NOT VALID"
PATIENCE_S = 20.0


@pytest.fixture
def api(dsn: str, tmp_path: Path) -> Iterator[Served]:
    """A ledger of its own, for its database is tampered with."""
    tmp_path.chmod(0o700)
    with served(dsn, tmp_path) as running:
        yield running
        for client in running.clients.values():
            client.close()


@pytest.fixture
def coop(api: Served, dsn: str) -> Cooperative:
    """A cooperative whose governance trail stopped at a motion."""
    made = found(api)
    with psycopg.connect(dsn) as connection:
        connection.execute(BREAK)
    motion = {"entity_id": made.entity_id, "title": "A van", "text": "Buy a van."}
    api.done(Role.COMMITTEE, "/v1/motions", motion)
    give_up = time.monotonic() + PATIENCE_S
    while "governance_trail stopped" not in api.get(None, "/readyz").text:
        assert time.monotonic() < give_up
        time.sleep(0.05)
    return made


@pytest.mark.usefixtures("coop")
def test_a_bank_file_is_imported_all_the_same(api: Served) -> None:
    entry = entry_of(key=f"ref:{uuid4().hex}", booked_on=date(2026, 3, 3), amount_c=1_00, remittance="")
    content, _ = statement_file(entry, number=1, opening_c=100_000)

    assert send(api, content).status_code == 201


def test_a_month_is_closed_all_the_same(api: Served, coop: Cooperative) -> None:
    path = f"/v1/periods/{coop.entity_id}/2026-01"
    api.done(Role.TREASURER, f"{path}/stop")

    assert api.post(Role.TREASURER, f"{path}/close").status_code == 201
