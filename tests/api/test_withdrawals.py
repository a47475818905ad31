"""Leaving over HTTP: shares end, what is owed is shown and suspended, and nobody pays it out of turn."""

from __future__ import annotations

from uuid import uuid4

from domain.ledger.withdrawals import withdrawal_id
from eventstore.access import Role
from interchange.identifiers import UNASSIGNED_BANK, belgian_iban
from tests.api.books import Cooperative
from tests.api.running import Served, begun


def test_an_applicant_is_refused_and_may_apply_again(api: Served, coop: Cooperative) -> None:
    person = str(uuid4())
    applicant = {
        "entity_id": coop.entity_id,
        "person_id": person,
        "category": "worker",
        "name": "Somebody",
        "address": "Street 1",
        "email": "somebody@example.org",
    }
    first = begun(api.done(Role.STAFF, "/v1/memberships", applicant), "membership")
    refused = {"decision_ref": "board 2", "reason": "no activity yet"}
    api.done(Role.COMMITTEE, f"/v1/memberships/{first}/refusal", refused)
    assert begun(api.done(Role.STAFF, "/v1/memberships", applicant), "membership") != first
    again = api.post(Role.STAFF, "/v1/memberships", applicant)
    assert (again.status_code, again.json()["code"]) == (409, "already-a-member")


def test_the_board_suspends_what_the_tests_do_not_leave(api: Served, coop: Cooperative) -> None:
    tests = {
        "entity_id": coop.entity_id,
        "net_asset_c": -1,
        "unavailable_c": 0,
        "means_c": 0,
        "debts_c": 0,
        "report_sha256": "ab" * 32,
    }
    said = api.done(Role.TREASURER, "/v1/distribution-tests", tests)
    seen = api.get(Role.AUDITOR, "/v1/withdrawals", see=said["position"], entity_id=coop.entity_id)
    assert seen.json()["tests"][-1]["distributable_c"] == 0
    assert seen.json()["withdrawals"] == []
    asked = {"amount_c": 1, "payee_iban": belgian_iban(UNASSIGNED_BANK, 7654321)}
    unknown = withdrawal_id(uuid4())
    order = api.post(Role.STAFF, f"/v1/withdrawals/{unknown}/payment-orders", asked)
    assert (order.status_code, order.json()["code"]) == (404, "unknown-record")
    negative = api.post(Role.TREASURER, "/v1/distribution-tests", tests | {"debts_c": -1})
    assert (negative.status_code, negative.json()["code"]) == (422, "amount-negative")


def test_an_exclusion_waits_for_the_answer_and_is_shown(api: Served, coop: Cooperative) -> None:
    asked = {"membership_id": coop.members[2], "reasons": "Left town"}
    said = api.done(Role.COMMITTEE, "/v1/exclusions", asked)
    exclusion_id = begun(said, "exclusion")
    decided = {"decision_ref": "board 3", "motivation": "as proposed"}
    early = api.post(Role.COMMITTEE, f"/v1/exclusions/{exclusion_id}/decision", decided)
    assert (early.status_code, early.json()["code"]) == (409, "decision-not-adopted")
    seen = api.get(Role.AUDITOR, "/v1/exclusions", see=said["position"], entity_id=coop.entity_id)
    assert [each["state"] for each in seen.json()["exclusions"]] == ["proposed"]
    assert "Left town" not in seen.text


def test_the_stages_of_a_career_are_entered_in_order_and_shown(api: Served, coop: Cooperative) -> None:
    path = f"/v1/memberships/{coop.members[1]}/career-stages"
    stage = {"stage": "trial", "contract_ref": "contract 1", "effective_on": "2026-02-01"}
    said = api.done(Role.STAFF, path, stage)
    members = api.get(Role.STAFF, "/v1/memberships", see=said["position"], entity_id=coop.entity_id).json()[
        "members"
    ]
    (shown,) = (each for each in members if each["membership_id"] == coop.members[1])
    assert (shown["career_stage"], shown["career_stage_since"]) == ("trial", "2026-02-01")
    early = api.post(Role.STAFF, path, stage | {"effective_on": "2026-01-31"})
    assert (early.status_code, early.json()["code"]) == (409, "career-stage-earlier")
    unknown = api.post(Role.STAFF, path, stage | {"stage": "genius"})
    assert unknown.status_code == 422
