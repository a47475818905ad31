"""What holds for every request: an id, one line, safe headers, no details of a fault, and readiness."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from structlog.testing import capture_logs

from api.app import create_app
from domain.errors import UnknownRecord
from eventstore.access import Role
from projections.catalogue import ALL
from tests.api.books import Cooperative
from tests.api.running import Served

SNAPSHOT = Path(__file__).with_name("openapi.json")
SAID_OF_A_REQUEST = {
    "actor",
    "event",
    "log_level",
    "ms",
    "operation",
    "position",
    "request_id",
    "status",
    "tenant",
}


def test_a_request_leaves_one_line_without_names_amounts_or_tokens(api: Served, coop: Cooperative) -> None:
    with capture_logs() as lines:
        answer = api.post(Role.STAFF, "/v1/invoices", coop.invoice(), X_Request_ID="trace-1")

    (line,) = [line for line in lines if line.get("request_id") == "trace-1"]
    assert set(line) == SAID_OF_A_REQUEST
    assert (line["operation"], line["status"], line["tenant"]) == ("invoice.issue", 201, "default")
    assert line["position"] == answer.headers["Ledger-Position"]
    assert answer.headers["X-Request-ID"] == "trace-1"
    for secret in ("A Client", "12100", "50.00", api.tokens[Role.STAFF].rpartition("_")[2]):
        assert secret not in json.dumps(line)


def test_a_refused_request_says_its_problem_in_the_line(api: Served) -> None:
    with capture_logs() as lines:
        answer = api.post(Role.MEMBER, "/v1/invoices", {})

    (line,) = [line for line in lines if line.get("request_id") == answer.headers["X-Request-ID"]]
    assert (line["status"], line["problem"]) == (403, "not-permitted")


@pytest.mark.parametrize("given", ["two words", "x" * 65, "a\tb"])
def test_a_request_id_that_could_forge_a_line_is_replaced(api: Served, given: str) -> None:
    answer = api.client(None).get("/healthz", headers={"X-Request-ID": given})

    assert answer.headers["X-Request-ID"] != given
    assert len(answer.headers["X-Request-ID"]) == 36


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/docs", "/problems", "/v1/me", "/openapi.json", "/nothing"]
)
def test_no_answer_is_stored_or_guessed_at(api: Served, path: str) -> None:
    answer = api.get(Role.STAFF, path)

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/docs", "/problems", "/problems/no-open-period"])
def test_the_pages_ask_nothing_of_anyone_else(api: Served, path: str) -> None:
    page = api.get(None, path).text

    assert "<script" not in page
    assert "//" not in page.replace("https://", "").replace("http://", "") or "src=" not in page
    assert "http://" not in page
    assert "https://" not in page


def test_the_address_itself_leads_to_what_there_is(api: Served) -> None:
    answer = api.get(None, "/")

    assert (answer.status_code, answer.headers["Location"]) == (307, "/docs")


def test_the_docs_list_every_operation(api: Served) -> None:
    page = api.get(None, "/docs").text
    for path, methods in api.get(None, "/openapi.json").json()["paths"].items():
        for method in methods:
            assert f"<code>{method.upper()} {path}</code>" in page


def test_a_fault_is_logged_by_kind_and_place_and_told_without_details(api: Served) -> None:
    def broken() -> Any:
        raise RuntimeError("the password is tiger")

    app = create_app(dataclasses.replace(api.services, clock=broken))
    bearer = {"Authorization": f"Bearer {api.tokens[Role.STAFF]}"}
    with capture_logs() as lines:
        answer = _in_process(app, lambda client: client.get("/v1/me", headers=bearer))

    assert (answer.status_code, answer.json()["code"]) == (500, "internal-fault")
    assert answer.headers["Cache-Control"] == "no-store"
    (line,) = lines
    assert line["request_id"] == answer.json()["request_id"]
    assert line["fault"].startswith("builtins.RuntimeError at ")
    assert "tiger" not in answer.text + json.dumps(line)


def test_a_refusal_that_speaks_of_half_a_character_is_still_told(api: Served) -> None:
    def refuse() -> Any:
        raise UnknownRecord(name="\ud800")

    app = create_app(dataclasses.replace(api.services, clock=refuse))
    bearer = {"Authorization": f"Bearer {api.tokens[Role.STAFF]}"}
    answer = _in_process(app, lambda client: client.get("/v1/me", headers=bearer))

    assert (answer.status_code, answer.json()["facts"]) == (404, {"name": "\ud800"})


def test_alive_and_ready_need_no_key(api: Served, coop: Cooperative) -> None:
    head = api.services.log.head().size
    api.services.reader.wait_for(head)

    alive, ready = api.get(None, "/healthz"), api.get(None, "/readyz")

    assert (alive.status_code, alive.json()) == (200, {"status": "alive"})
    assert (ready.status_code, ready.json()["position"]) == (200, head)
    assert ready.json()["behind"] == dict.fromkeys((model.name for model in ALL), 0)


def test_the_description_of_the_api_changes_only_on_purpose(api: Served) -> None:
    """To change it on purpose, write what /openapi.json answers into tests/api/openapi.json."""
    assert api.get(None, "/openapi.json").json() == json.loads(SNAPSHOT.read_text())


def test_every_operation_says_its_key_its_roles_and_how_it_is_refused(api: Served) -> None:
    document = api.get(None, "/openapi.json").json()
    for path, methods in document["paths"].items():
        for operation in methods.values():
            assert operation["summary"].endswith(".")
            if path.startswith("/v1/"):
                assert operation["security"] == [{"api-key": []}]
                assert operation["x-roles"]
                assert {"401", "403", "422"} <= operation["responses"].keys()


def test_every_command_needs_an_idempotency_key(api: Served) -> None:
    for path, methods in api.get(None, "/openapi.json").json()["paths"].items():
        for method, operation in methods.items():
            names = {each["name"] for each in operation.get("parameters", []) if each["required"]}
            assert ("Idempotency-Key" in names) is (method == "post"), path


def _in_process(app: Any, ask: Callable[[httpx.AsyncClient], Any]) -> httpx.Response:
    """Ask an application that no server runs."""

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            answer: httpx.Response = await ask(client)
            return answer

    return anyio.run(asked)
