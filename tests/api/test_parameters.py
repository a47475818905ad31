"""The dated parameters of an entity over HTTP: shown with their sources, and a reference rate added."""

from __future__ import annotations

from uuid import uuid4

from eventstore.access import Role
from tests.api.books import Cooperative
from tests.api.running import Served

STAFF, TREASURER, AUDITOR = Role.STAFF, Role.TREASURER, Role.AUDITOR
RATES = "late-interest.reference-rates-bp"


def test_a_reference_rate_is_added_once_and_stands_with_its_source(api: Served, coop: Cooperative) -> None:
    path = f"/v1/entities/{coop.entity_id}"
    asked = {"half_year": "2026-07-01", "rate_bp": 240, "source_ref": "ECB", "effective_on": "2026-07-03"}
    said = api.done(TREASURER, f"{path}/reference-rates", asked)
    seen = api.get(AUDITOR, f"{path}/parameters", see=said["position"], name=RATES).json()
    first, last = seen["parameters"]
    assert last["value"] == first["value"] + ",2026-07-01=240"
    assert (last["valid_from"], last["source_ref"]) == ("2026-07-03", "ECB")
    (then,) = api.get(AUDITOR, f"{path}/parameters", name=RATES, as_of="2026-07-02").json()["parameters"]
    assert then["value"] == first["value"]

    wrong = [
        (TREASURER, path, asked, 409, "reference-rate-known"),
        (TREASURER, path, asked | {"half_year": "2026-10-01"}, 422, "invalid-parameter"),
        (TREASURER, f"/v1/entities/{uuid4()}", asked, 404, "unknown-record"),
        (STAFF, path, asked, 403, "not-permitted"),
    ]
    for role, where, rate, status, code in wrong:
        answer = api.post(role, f"{where}/reference-rates", rate)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
