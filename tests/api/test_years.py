"""A fiscal year over HTTP: months closed, one reopened by two, an entry by hand, accounts approved."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from eventstore.access import Role
from tests.api.books import Cooperative, carried_in_writing
from tests.api.running import Served, begun
from tests.api.test_purchases import keep

TREASURER, STAFF = Role.TREASURER, Role.STAFF
POLICY = b"Insurance policy (fictional)\n"
EVIDENCE = {"reason": "insurance paid for next year", "evidence_sha256": sha256(POLICY).hexdigest()}


def lines(amount_c: int, *, credited: str = "613") -> dict[str, Any]:
    """An entry of two lines."""
    return {"lines": [{"account": "490", "debit_c": amount_c}, {"account": credited, "credit_c": amount_c}]}


@pytest.fixture(scope="module")
def year_id(api: Served, coop: Cooperative) -> str:
    """The year of March 2026 alone, with one invoice in it; the months before are closed."""
    for month in ("2026-01", "2026-02"):
        api.done(TREASURER, f"/v1/periods/{coop.entity_id}/{month}/stop")
        api.done(TREASURER, f"/v1/periods/{coop.entity_id}/{month}/close")
    api.done(STAFF, "/v1/invoices", coop.invoice())
    asked = {
        "entity_id": coop.entity_id,
        "year": "2026",
        "first_on": "2026-03-01",
        "last_on": "2026-03-31",
    }
    return begun(api.done(TREASURER, "/v1/years", asked), "fiscal-year")


def test_an_entry_by_hand_is_posted_and_taken_back(api: Served, coop: Cooperative, year_id: str) -> None:
    entry = {"entity_id": coop.entity_id, "day": "2026-03-03", **EVIDENCE}
    unkept = api.post(TREASURER, "/v1/manual-entries", entry | lines(5_00))
    assert (unkept.status_code, unkept.json()["code"]) == (409, "evidence-not-kept")
    assert keep(api, POLICY, entity_id=coop.entity_id).status_code == 201
    refused = api.post(TREASURER, "/v1/manual-entries", entry | lines(5_00, credited="400"))
    assert (refused.status_code, refused.json()["code"]) == (409, "control-account")
    assert api.post(STAFF, "/v1/manual-entries", entry | lines(5_00)).status_code == 403
    posted = api.done(TREASURER, "/v1/manual-entries", entry | lines(5_00))
    entry_id = begun(posted, "manual-entry")
    back = {"day": "2026-03-04", **EVIDENCE}
    undone = api.done(TREASURER, f"/v1/manual-entries/{entry_id}/reversal", back)
    again = api.post(TREASURER, f"/v1/manual-entries/{entry_id}/reversal", back)
    assert (again.status_code, again.json()["code"]) == (409, "entry-reversed-already")
    shown = api.get(STAFF, "/v1/manual-entries", see=undone["position"], entity_id=coop.entity_id).json()
    first, second = shown["entries"]
    assert (first["reversed_by"], second["reverses"]) == (second["entry_id"], entry_id)


def test_a_closed_month_is_opened_again_by_two_and_the_year_goes_its_way(
    api: Served, coop: Cooperative, year_id: str
) -> None:
    keep(api, POLICY, entity_id=coop.entity_id)
    month = f"/v1/periods/{coop.entity_id}/2026-03"
    api.done(TREASURER, f"{month}/stop")
    api.done(TREASURER, f"{month}/close")
    alone = api.post(TREASURER, f"{month}/reopening")
    assert (alone.status_code, alone.json()["code"]) == (409, "no-reopening-proposed")
    api.done(TREASURER, f"{month}/reopening-proposal", {"reason": "a lost bill"})
    own = api.post(TREASURER, f"{month}/reopening")
    assert (own.status_code, own.json()["code"]) == (403, "second-person-needed")
    api.done(STAFF, f"{month}/reopening-proposal", {"reason": "a lost bill"})
    api.done(TREASURER, f"{month}/reopening")
    approval = f"/v1/years/{year_id}/approval"
    unasked = api.post(TREASURER, approval, {"decision_ref": "assembly 3"})
    assert (unasked.status_code, unasked.json()["code"]) == (409, "motion-needed")
    carried = {"motion_id": carried_in_writing(api, coop)}
    early = api.post(TREASURER, approval, {"decision_ref": "assembly 3", **carried})
    assert (early.status_code, early.json()["code"]) == (409, "months-still-open")
    api.done(TREASURER, f"{month}/stop")
    api.done(TREASURER, f"{month}/close")

    api.done(TREASURER, f"/v1/years/{year_id}/adjustments", EVIDENCE | lines(20_00))
    api.done(TREASURER, approval, {"decision_ref": "assembly 3", **carried})
    uses = {"legal_reserve_c": 5_00, "other_reserves_c": 10_00, "decision_ref": "assembly 4", **carried}
    path = f"/v1/years/{year_id}/appropriation"
    part = api.post(TREASURER, path, uses | {"carried_forward_c": 5_00})
    assert (part.status_code, part.json()["code"]) == (409, "result-not-wholly-appropriated")
    left_c = int(part.json()["facts"]["to_appropriate_c"]) - 15_00
    api.done(TREASURER, path, uses | {"carried_forward_c": left_c})
    said = api.done(TREASURER, f"/v1/years/{year_id}/carrying", {})
    (shown,) = api.get(STAFF, "/v1/years", see=said["position"]).json()["years"]
    assert (shown["state"], shown["adjustments"], shown["other_reserves_c"]) == ("carried", 1, 10_00)
    # 100.00 sold, 1.00 of it to the fund, 20.00 of cost deferred.
    assert shown["result_c"] == left_c + 15_00
    assert shown["net_asset_c"] == shown["result_c"]
    balance = api.get(STAFF, "/v1/trial-balance", as_of="2026-04-01").json()["rows"]
    stand = {row["account"]: row["credit_c"] - row["debit_c"] for row in balance}
    assert (stand["140"], stand["130"], stand["133"]) == (left_c, 5_00, 10_00)
    assert sum(amount for account, amount in stand.items() if account[0] in "67") == 0


def test_posting_rules_of_another_release_are_not_adopted(api: Served, coop: Cooperative) -> None:
    asked = {"version": 9, "from_booked_on": "2026-07-01"}
    refused = api.post(TREASURER, f"/v1/entities/{coop.entity_id}/posting-rules", asked)
    assert (refused.status_code, refused.json()["code"]) == (404, "unknown-posting-rules")
