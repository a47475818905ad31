"""An assembly over HTTP: convened, opened, attended, decided and closed."""

from __future__ import annotations

from uuid import uuid4

from eventstore.access import Role
from tests.api.books import Cooperative
from tests.api.running import Served, begun

COMMITTEE, STAFF = Role.COMMITTEE, Role.STAFF


def test_an_assembly_decides_a_motion_from_its_notice_to_its_end(api: Served, coop: Cooperative) -> None:
    name = f"rule-{uuid4().hex[:8]}"
    rule = {
        "entity_id": coop.entity_id,
        "name": name,
        "version": 1,
        "valid_from": "2026-01-01",
        "quorum": {"num": 1, "den": 2},
        "majority": {"num": 1, "den": 2, "comparator": "more-than", "denominator": "expressed"},
        "source_ref": "statutes",
    }
    api.done(COMMITTEE, "/v1/rule-sets", rule)
    tabled = {"entity_id": coop.entity_id, "title": "A van", "text": "Buy a van."}
    motion_id = begun(api.done(COMMITTEE, "/v1/motions", tabled), "motion")
    asked = {
        "entity_id": coop.entity_id,
        "held_on": "2026-03-20",
        "notice_on": "2026-03-10",
        "agenda": [motion_id],
    }
    assembly_id = begun(api.done(COMMITTEE, "/v1/assemblies", asked), "assembly")
    path = f"/v1/assemblies/{assembly_id}"
    anna, bert, cleo = coop.members
    api.done(STAFF, f"{path}/proxies", {"principal_id": cleo, "holder_id": anna})
    api.done(STAFF, f"{path}/proxies/{cleo}/revocation", {})
    api.done(STAFF, f"{path}/proxies", {"principal_id": bert, "holder_id": anna})
    api.done(COMMITTEE, f"{path}/opening", {})
    api.done(STAFF, f"{path}/attendance", {"member_id": anna})
    put = {"motion_id": motion_id, "rule_name": name, "rule_version": 1}
    poll_id = begun(api.done(COMMITTEE, f"{path}/polls", put), "poll")
    absent = api.post(STAFF, f"/v1/polls/{poll_id}/votes", {"member_id": cleo, "choice": "no"})
    api.done(STAFF, f"/v1/polls/{poll_id}/votes", {"member_id": anna, "choice": "yes"})
    by_proxy = {"member_id": bert, "choice": "abstain", "holder_id": anna}
    api.done(STAFF, f"/v1/polls/{poll_id}/votes", by_proxy)
    early = api.post(COMMITTEE, f"{path}/closing", {})
    api.done(COMMITTEE, f"/v1/polls/{poll_id}/close")
    api.done(COMMITTEE, f"/v1/polls/{poll_id}/count")
    said = api.done(COMMITTEE, f"{path}/closing", {})

    assert (absent.status_code, absent.json()["code"]) == (409, "not-present")
    assert (early.status_code, early.json()["code"]) == (409, "polls-not-counted")
    seen = api.get(Role.MEMBER, "/v1/assemblies", see=said["position"])
    (held,) = [each for each in seen.json()["assemblies"] if each["assembly"]["assembly_id"] == assembly_id]
    assert held["assembly"]["state"] == "closed"
    assert [(each["found"], each["required"]) for each in held["irregularities"]] == [(10, 15)]
    (motion,) = held["motions"]
    assert (motion["present"], motion["represented"], motion["entitled"]) == (1, 1, 3)
    assert (motion["reached"], motion["adopted"]) == (True, True)
    trail = api.get(Role.AUDITOR, f"/v1/polls/{poll_id}/trail").json()
    assert trail["agreement"] == dict.fromkeys(trail["agreement"], True)
