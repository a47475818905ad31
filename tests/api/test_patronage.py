"""A patronage refund over HTTP: voted, appropriated, and given to the activities."""

from __future__ import annotations

from uuid import uuid4

from eventstore.access import Role
from tests.api.books import Cooperative, carried_in_writing
from tests.api.running import Served, begun
from tests.api.test_dividends import closes_and_approves

STAFF, TREASURER, AUDITOR = Role.STAFF, Role.TREASURER, Role.AUDITOR


def test_a_refund_is_voted_appropriated_and_given_by_what_the_activities_contributed(
    api: Served, coop: Cooperative
) -> None:
    figures = {"net_asset_c": 500_00, "unavailable_c": 0, "means_c": 500_00, "debts_c": 0}
    tests = {"entity_id": coop.entity_id, "report_sha256": "ab" * 32, **figures}
    api.done(TREASURER, "/v1/distribution-tests", tests)
    motion_id = carried_in_writing(api, coop)
    vote = {"entity_id": coop.entity_id, "amount_c": 9_99, "motion_id": motion_id}
    vote["decision_ref"] = "assembly 3"
    over = api.post(TREASURER, "/v1/patronage-refunds", vote | {"amount_c": 500_01})
    assert (over.status_code, over.json()["code"]) == (409, "over-distributable")
    assert api.post(STAFF, "/v1/patronage-refunds", vote).status_code == 403
    patronage_id = begun(api.done(TREASURER, "/v1/patronage-refunds", vote), "patronage-refund")
    path = f"/v1/patronage-refunds/{patronage_id}/parts"
    early = api.post(TREASURER, path, {})
    assert (early.status_code, early.json()["code"]) == (409, "patronage-not-appropriated")
    closes_and_approves(api, coop, motion_id, 0, patronage_c=9_99)
    said = api.done(TREASURER, path, {"effective_on": "2026-04-10"})
    again = api.post(TREASURER, path, {})
    assert (again.status_code, again.json()["code"]) == (409, "patronage-shared-out")
    asked = {"see": said["position"], "patronage_id": patronage_id}
    shown = api.get(AUDITOR, "/v1/patronage-refunds", **asked).json()
    (refund,), (part,) = shown["refunds"], shown["parts"]
    assert (refund["given_c"], part["amount_c"], part["given_on"]) == (9_99, 9_99, "2026-04-10")


def test_a_refund_that_is_not_there_is_refused(api: Served) -> None:
    given = api.post(TREASURER, f"/v1/patronage-refunds/{uuid4()}/parts", {})
    assert (given.status_code, given.json()["code"]) == (404, "unknown-record")
