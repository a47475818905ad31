"""Who may do what, walked role by role over every operation the API has."""

from __future__ import annotations

from uuid import uuid4

import anyio
import httpx
import pytest
from fastapi import APIRouter, FastAPI
from starlette.routing import Match

from api.app import create_app
from api.guard import GuardedRoute
from api.permissions import COMMANDS, VIEWS, allows
from eventstore.access import Role
from tests.api.running import Served

SOME_ID = "00000000-0000-4000-8000-000000000000"


def _operations(api: Served) -> list[tuple[str, str, str]]:
    """Every operation under /v1 as (name, method, path)."""
    paths = api.get(None, "/openapi.json").json()["paths"]
    return [
        (operation["operationId"], method.upper(), path)
        for path, methods in paths.items()
        for method, operation in methods.items()
        if path.startswith("/v1/")
    ]


def _ask(client: httpx.Client, method: str, path: str) -> httpx.Response:
    """Ask for an operation in a way that cannot record anything: without an Idempotency-Key."""
    filled = path.replace("{month}", "2026-01").replace("{key_id}", "none").replace("{at}", "1")
    filled = filled.replace("{sha256}", "0" * 64)
    for name in (
        "entity",
        "membership",
        "fund",
        "aid",
        "guarantee",
        "poll",
        "line",
        "invoice",
        "quotation",
        "invoice_draft",
        "activity",
        "claim",
        "order",
        "payroll",
        "account",
        "assembly",
        "principal",
        "entry",
        "year",
        "purchase",
        "payee",
        "declaration",
        "dividend",
        "dividend_due",
        "patronage",
        "credit_note",
        "exclusion",
        "dispute",
        "deficit",
        "debt",
        "transfer",
        "motion",
        "objection",
        "written_decision",
        "roll",
        "withdrawal",
        "election",
        "office",
        "mandate",
    ):
        filled = filled.replace(f"{{{name}_id}}", SOME_ID)
    assert "{" not in filled
    return client.request(method, filled)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_what_the_table_says_and_nothing_else(api: Served, role: Role) -> None:
    for operation, method, path in _operations(api):
        answer = _ask(api.client(role), method, path)
        refused = answer.status_code == 403 and answer.json()["code"] == "not-permitted"
        assert refused is not allows(role, operation), (role, operation, answer.text)
        assert answer.status_code < 500


def test_every_operation_stands_in_the_table_and_the_table_names_no_other(api: Served) -> None:
    operations = {operation for operation, _, _ in _operations(api)}

    assert operations == COMMANDS.keys() | VIEWS.keys()


def test_what_records_is_a_command_and_what_shows_is_a_view(api: Served) -> None:
    for operation, method, _ in _operations(api):
        assert (operation in VIEWS) is (method == "GET")


def test_nobody_gets_in_without_a_key(api: Served) -> None:
    for _, method, path in _operations(api):
        answer = _ask(api.client(None), method, path)
        assert (answer.status_code, answer.json()["code"]) == (401, "not-authenticated")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "sent", ["Bearer nonsense", "Bearer clk_0_" + "A" * 43, "Basic YTpi", "Bearer", "Bearer clk_é"]
)
def test_what_is_not_a_live_key_opens_nothing(api: Served, sent: str) -> None:
    answer = api.client(None).get("/v1/me", headers={b"Authorization": sent.encode()})

    assert answer.status_code == 401
    assert answer.json()["code"] in {"key-not-accepted", "not-authenticated"}


def test_a_stranger_is_refused_before_the_body_is_read(api: Served) -> None:
    answer = api.client(None).post("/v1/invoices", content=b"{" * 100)

    assert answer.json()["code"] == "not-authenticated"


def test_a_route_that_no_table_names_opens_to_nobody(api: Served) -> None:
    app = create_app(api.services)
    router = APIRouter(route_class=GuardedRoute)

    @router.get("/v1/forgotten", name="forgotten.view")
    def forgotten() -> None: ...

    app.include_router(router)
    for role in Role:
        assert not allows(role, "forgotten.view")
        assert _in_process(app, "/v1/forgotten", api.tokens[role]) == 403


def test_every_route_of_the_ledger_is_guarded(api: Served) -> None:
    app = create_app(api.services)
    for operation, method, path in _operations(api):
        scope = {"type": "http", "method": method, "path": path.replace("{at}", "1"), "headers": []}
        matched = [route for route in app.routes if route.matches(dict(scope))[0] is Match.FULL]
        assert len(matched) == 1, operation


def test_the_auditor_sees_everything_and_may_record_nothing() -> None:
    assert all(allows(Role.AUDITOR, operation) for operation in VIEWS)
    assert not any(allows(Role.AUDITOR, operation) for operation in COMMANDS)


def test_the_committee_sees_votes_and_no_bank_data() -> None:
    seen = {operation for operation in VIEWS if allows(Role.COMMITTEE, operation)}

    assert "poll-trail.view" in seen
    assert not any("bank" in operation or "lines" in operation for operation in seen)


def test_a_revoked_key_opens_nothing_from_the_next_request_on(api: Served) -> None:
    now = api.services.clock()
    token = api.services.access.issue(
        Role.AUDITOR, "to revoke", None, now=now, id=uuid4().hex[:12], secret=uuid4().bytes * 2
    )
    bearer = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=api.url, headers=bearer) as client:
        me = client.get("/v1/me")
        revoked = api.client(Role.ADMIN).delete(f"/v1/keys/{me.json()['id']}")
        after = client.get("/v1/me")

    assert (me.status_code, revoked.status_code, after.status_code) == (200, 204, 401)
    listed = api.get(Role.ADMIN, "/v1/keys")
    assert me.json()["id"] in {key["id"] for key in listed.json()["keys"] if key["revoked_at"]}
    assert token.rpartition("_")[2] not in listed.text


def _in_process(app: FastAPI, path: str, token: str) -> int:
    """Ask an application that no server runs."""

    async def ask() -> int:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            answer = await client.get(path, headers={"Authorization": f"Bearer {token}"})
            return answer.status_code

    return anyio.run(ask)
