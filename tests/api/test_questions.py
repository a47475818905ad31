"""What is asked is what is answered: nothing in a question is passed over in silence."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from eventstore.access import Role
from tests.api.books import Cooperative, found
from tests.api.running import Served, served

AUDITOR = Role.AUDITOR
BREAK = "ALTER TABLE tutti_default_read.motion ADD CONSTRAINT broken CHECK (false) NOT VALID"


def test_a_parameter_nobody_knows_is_refused_by_name_instead_of_answering_as_if_unasked(
    api: Served, coop: Cooperative
) -> None:
    answer = api.get(AUDITOR, "/v1/trial-balance", as_off="2026-01-31", axis="booked")

    assert (answer.status_code, answer.json()["code"]) == (422, "unknown-parameter")
    assert answer.json()["facts"] == {"parameter": "as_off", "known": "as_of, axis, entity_id, known_at"}


def test_every_operation_refuses_a_parameter_nobody_knows(api: Served) -> None:
    for path, methods in api.get(None, "/openapi.json").json()["paths"].items():
        for method, operation in methods.items():
            if not path.startswith("/v1/"):
                continue
            role = Role(operation["x-roles"][0])
            answer = api.client(role).request(method, path, params={"as_off": "x"})
            assert (answer.status_code, answer.json()["code"]) == (422, "unknown-parameter"), (method, path)


def test_a_stranger_learns_no_parameter(api: Served) -> None:
    answer = api.get(None, "/v1/trial-balance", as_off="x")

    assert answer.status_code == 401


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_whoever_looks_only_at_the_status_may_ask_for_the_head_alone(
    api: Served, coop: Cooperative, path: str
) -> None:
    api.services.reader.wait_for(api.services.log.head().size)
    answer = api.client(None).head(path)

    assert (answer.status_code, answer.content) == (200, b"")


@pytest.fixture
def own(dsn: str, tmp_path: Path) -> Iterator[Served]:
    """A ledger of its own, for its database is tampered with."""
    tmp_path.chmod(0o700)
    with served(dsn, tmp_path) as running:
        yield running
        for client in running.clients.values():
            client.close()


def test_a_view_waits_only_for_the_read_models_it_reads(own: Served, dsn: str) -> None:
    made = found(own)
    with psycopg.connect(dsn) as connection:
        connection.execute(BREAK)
    motion = {"entity_id": made.entity_id, "title": "A van", "text": "Buy a van."}
    see = own.done(Role.COMMITTEE, "/v1/motions", motion)["position"]
    give_up = time.monotonic() + 20
    while "governance_trail stopped" not in own.get(None, "/readyz").text:
        assert time.monotonic() < give_up
        time.sleep(0.05)

    assert own.get(AUDITOR, "/v1/polls", see=see).json()["code"] == "position-not-reached"
    assert own.get(AUDITOR, "/v1/assemblies", see=see).status_code == 503
    for path in ("/v1/trial-balance", "/v1/activity-balances", "/v1/funds", "/v1/shares", "/v1/log"):
        answer = own.get(AUDITOR, path, see=see)
        assert (answer.status_code, answer.json().get("position")) == (200, see), path


def test_a_position_the_log_has_not_reached_is_not_read_from_the_log_either(
    api: Served, coop: Cooperative
) -> None:
    answer = api.get(AUDITOR, "/v1/log", see=api.services.log.head().size + 1)

    assert (answer.status_code, answer.json()["code"]) == (503, "position-not-reached")
