"""Whatever is sent, the answer is a named problem and never a fault."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.problems import MEDIA_TYPE
from eventstore.access import Role
from tests.api.books import Cooperative
from tests.api.running import Served

SOME_ID = "00000000-0000-4000-8000-000000000000"
# The letters are few so that a fresh clone needs no table of characters.
LETTERS = "aZ0 .-_/\x00\n\x7fé€\U0001f600\ud800"
TEXT = st.text(LETTERS, max_size=12)
SCALAR = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXT,
    st.sampled_from([SOME_ID, "2026-03-01", "9999-12-31", "0001-01-01", "1e999", "-0", "yes", "business"]),
)
JSON = st.recursive(
    SCALAR,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
COMMANDS: dict[str, tuple[Role, tuple[str, ...]]] = {
    "/v1/entities": (Role.TREASURER, ("code", "name", "country", "enterprise_no", "effective_on")),
    "/v1/memberships": (Role.STAFF, ("entity_id", "person_id", "category", "name", "address", "email")),
    "/v1/clients": (Role.STAFF, ("entity_id", "client_id", "kind", "name", "address", "vat_no", "email")),
    "/v1/invoices": (Role.STAFF, ("invoice_id", "activity_id", "client_id", "issued_on", "due_on", "lines")),
    "/v1/bank/accounts": (Role.TREASURER, ("entity_id", "account", "balance_c", "balance_on")),
    f"/v1/bank/lines/{SOME_ID}/allocations": (Role.STAFF, ("invoice_id", "amount_c", "despite_reference")),
    "/v1/contribution-rules": (
        Role.TREASURER,
        ("entity_id", "valid_from", "base", "rate_bp", "tiers", "exemptions", "fund_shares", "decision_ref"),
    ),
    f"/v1/activities/{SOME_ID}/contribution-months": (Role.TREASURER, ("month", "effective_on")),
    "/v1/rule-sets": (
        Role.COMMITTEE,
        ("entity_id", "name", "version", "valid_from", "quorum", "majority", "source_ref"),
    ),
    f"/v1/polls/{SOME_ID}/votes": (Role.COMMITTEE, ("member_id", "choice")),
}
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _no_fault(answer: Any) -> None:
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert answer.headers["Content-Type"] == MEDIA_TYPE
        assert answer.json()["code"] != "internal-fault"


@pytest.mark.parametrize("path", COMMANDS)
def test_no_form_however_wrong_brings_a_fault(api: Served, coop: Cooperative, path: str) -> None:
    role, fields = COMMANDS[path]
    value = st.one_of(JSON, st.just(coop.entity_id), st.just(coop.activity_id), st.just(coop.client_id))
    forms = st.one_of(JSON, st.fixed_dictionaries({}, optional=dict.fromkeys(fields, value)))

    @FEW
    @given(asked=forms)
    def try_it(asked: Any) -> None:
        _no_fault(api.post(role, path, asked))

    try_it()


@FEW
@given(body=st.one_of(st.binary(max_size=60), st.sampled_from([b"[" * 50_000, b"1" * 5000, b"NaN"])))
def test_no_bytes_bring_a_fault(api: Served, coop: Cooperative, body: bytes) -> None:
    sent = {"Idempotency-Key": "garbage", "Content-Type": "application/json"}
    _no_fault(api.client(Role.STAFF).post("/v1/invoices", content=body, headers=sent))
    _no_fault(api.client(Role.STAFF).post("/v1/bank/statements", content=body, headers=sent))


@FEW
@given(asked=st.dictionaries(st.sampled_from(["as_of", "known_at", "axis", "entity_id", "account"]), TEXT))
def test_no_query_brings_a_fault(api: Served, coop: Cooperative, asked: dict[str, Any]) -> None:
    clean = {name: value.replace("\ud800", "?") for name, value in asked.items()}
    for path in ("/v1/trial-balance", "/v1/journal", "/v1/activity-balances", "/v1/funds"):
        _no_fault(api.get(Role.AUDITOR, path, **clean))
