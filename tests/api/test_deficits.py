"""An activity ends over HTTP: frozen, going on, closing; what it lacks is owed, agreed upon, and written off."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from eventstore.access import Role
from tests.api.books import Cooperative
from tests.api.running import Served, begun

STAFF, TREASURER, COMMITTEE, AUDITOR = Role.STAFF, Role.TREASURER, Role.COMMITTEE, Role.AUDITOR
DAY = "2026-03-02"


def overdraws(api: Served, coop: Cooperative) -> tuple[str, str]:
    """An activity of its own whose posted slip costs 500.00 more than it has; the activity and the wage."""
    began = {
        "entity_id": coop.entity_id,
        "code": f"end-{uuid4().hex[:8]}",
        "membership_ids": [coop.members[0]],
        "payout_regime": "employee",
    }
    activity_id = begun(api.done(STAFF, "/v1/activities", began), "activity")
    allowed = {"name": "activity.overdraft-c", "value": "1", "valid_from": DAY, "source_ref": "board"}
    api.done(TREASURER, f"/v1/entities/{coop.entity_id}/parameters", {**allowed, "effective_on": DAY})
    wage = {"activity_id": activity_id, "employee_id": coop.members[0], "budget_c": 1, "effective_on": DAY}
    payroll_id = begun(api.done(STAFF, "/v1/payrolls", wage), "payroll")
    slip = {
        "slip_ref": "slip 1",
        "lines": [{"type": "gross", "amount_c": 500_00}],
        "net_c": 500_00,
        "employer_c": 0,
        "effective_on": DAY,
    }
    api.done(STAFF, f"/v1/payrolls/{payroll_id}/slip", slip)
    return activity_id, payroll_id


def test_an_activity_is_frozen_goes_on_and_ends_with_what_it_lacks(api: Served, coop: Cooperative) -> None:
    activity_id, payroll_id = overdraws(api, coop)
    path, day = f"/v1/activities/{activity_id}", {"effective_on": DAY}
    why = {"reason": "no answer", **day}
    api.done(STAFF, f"{path}/freezing", why)
    frozen = api.post(STAFF, "/v1/invoices", coop.invoice(activity_id=activity_id, issued_on=DAY))
    assert (frozen.status_code, frozen.json()["code"]) == (409, "activity-is-frozen")
    api.done(STAFF, f"{path}/reopening", why)
    api.done(STAFF, f"{path}/closing", {"ends_on": DAY, **why})
    early = api.post(TREASURER, f"{path}/closure", day)
    assert (early.status_code, early.json()["code"]) == (409, "activity-not-empty")

    owed = {"activity_id": activity_id, "membership_id": coop.members[0], "decision_ref": "board 7", **day}
    deficit_id = begun(api.done(TREASURER, "/v1/deficits", owed), "deficit")
    agreed = {"amount_c": 100_00, "evidence_sha256": "ef" * 32, **day}
    missing = api.post(STAFF, f"/v1/deficits/{deficit_id}/consents", agreed)
    assert (missing.status_code, missing.json()["code"]) == (409, "evidence-not-kept")
    kept = api.client(STAFF).post(
        f"/v1/documents?entity_id={coop.entity_id}",
        content=b"I agree",
        headers={"Content-Type": "application/octet-stream", "Idempotency-Key": "consent"},
    )
    agreed["evidence_sha256"] = kept.json()["sha256"]
    api.done(STAFF, f"/v1/deficits/{deficit_id}/consents", agreed)
    withheld = {"payroll_id": payroll_id, "amount_c": 100_00, **day}
    api.done(TREASURER, f"/v1/deficits/{deficit_id}/wage-set-offs", withheld)
    undone = withheld | {"amount_c": 40_00, "reason": "too much"}
    api.done(TREASURER, f"/v1/deficits/{deficit_id}/wage-set-offs/undoing", undone)
    said = api.done(COMMITTEE, f"/v1/deficits/{deficit_id}/write-off", {"decision_ref": "board 8", **day})
    closed = api.done(TREASURER, f"{path}/closure", day)

    seen = api.get(AUDITOR, "/v1/deficits", see=said["position"], entity_id=coop.entity_id).json()
    (shown,) = (each for each in seen["deficits"] if each["deficit_id"] == deficit_id)
    assert [each["step"] for each in shown["steps"]] == [
        "consent",
        "wage-set-off",
        "wage-set-off-reversal",
        "write-off",
    ]
    assert (shown["amount_c"], shown["open_c"]) == (500_00, 0)
    cards = api.get(AUDITOR, "/v1/activities", see=closed["position"], entity_id=coop.entity_id).json()
    (card,) = (each for each in cards["activities"] if each["activity_id"] == activity_id)
    assert (card["state"], card["state_since"], card["ends_on"]) == ("closed", DAY, DAY)


def test_what_the_end_of_an_activity_does_not_allow_is_refused_by_name(
    api: Served, coop: Cooperative
) -> None:
    activity_id, payroll_id = overdraws(api, coop)
    day = {"effective_on": DAY}
    owed = {"activity_id": activity_id, "membership_id": coop.members[0], "decision_ref": "board 7", **day}
    early = api.post(TREASURER, "/v1/deficits", owed)
    assert (early.status_code, early.json()["code"]) == (409, "activity-not-closing")
    going = api.post(STAFF, f"/v1/activities/{activity_id}/reopening", {"reason": "why", **day})
    assert (going.status_code, going.json()["code"]) == (409, "activity-is-open")
    api.done(STAFF, f"/v1/activities/{activity_id}/closing", {"ends_on": DAY, "reason": "over", **day})
    deficit_id = begun(api.done(TREASURER, "/v1/deficits", owed), "deficit")
    unknown = str(uuid4())
    wrong: list[tuple[Role, str, dict[str, Any], int, str]] = [
        (TREASURER, "wage-set-offs", {"payroll_id": payroll_id, "amount_c": 100_01}, 409, "over-wage-limit"),
        (TREASURER, "wage-set-offs", {"payroll_id": unknown, "amount_c": 1}, 404, "unknown-record"),
        (TREASURER, "share-set-offs", {"withdrawal_id": unknown, "amount_c": 1}, 404, "unknown-record"),
        (
            TREASURER,
            "wage-set-offs/undoing",
            {"payroll_id": payroll_id, "amount_c": 1, "reason": "too much"},
            409,
            "exceeds-set-off",
        ),
        (
            TREASURER,
            "share-set-offs/undoing",
            {"withdrawal_id": unknown, "amount_c": 1, "reason": "too early"},
            404,
            "unknown-record",
        ),
        (TREASURER, "covering", {"aid_id": unknown}, 404, "unknown-record"),
        (COMMITTEE, "write-off/undoing", {"decision_ref": "board 8"}, 409, "exceeds-deficit-written-off"),
        (TREASURER, "write-off", {"decision_ref": "board 8"}, 403, "not-permitted"),
    ]
    for role, what, asked, status, code in wrong:
        answer = api.post(role, f"/v1/deficits/{deficit_id}/{what}", {**asked, **day})
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    for what, more in (
        ("deficit-repayments", {}),
        ("deficit-recoveries", {}),
        ("deficit-receipts/undoing", {"reason": "another's"}),
        ("deficit-receipts/returning", {"of_line_id": unknown}),
    ):
        paid = {"deficit_id": deficit_id, "amount_c": 1, **more}
        line = api.post(STAFF, f"/v1/bank/lines/{unknown}/{what}", paid)
        assert (line.status_code, line.json()["code"]) == (404, "unknown-record")
