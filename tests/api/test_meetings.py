"""An assembly under a rule of shares, over HTTP: notice, votes in advance, a second convening, minutes."""

from __future__ import annotations

from uuid import uuid4

from eventstore.access import Role
from tests.api.books import Cooperative
from tests.api.running import Served, begun

COMMITTEE, STAFF = Role.COMMITTEE, Role.STAFF
SHA256 = "ab" * 32


def _adopted(api: Served, coop: Cooperative, preset: str) -> str:
    name = f"rule-{uuid4().hex[:8]}"
    asked = {"entity_id": coop.entity_id, "preset": preset, "name": name, "version": 1}
    api.done(COMMITTEE, "/v1/rule-sets/from-preset", {**asked, "valid_from": "2026-01-01"})
    return name


def _tabled(api: Served, coop: Cooperative) -> str:
    asked = {"entity_id": coop.entity_id, "title": "A van", "text": "Buy a van."}
    return begun(api.done(COMMITTEE, "/v1/motions", asked), "motion")


def _convened(api: Served, coop: Cooperative, motion_id: str, rule: str, **says: str) -> str:
    asked = {
        "entity_id": coop.entity_id,
        "held_on": "2026-03-20",
        "notice_on": "2026-03-01",
        "agenda": [motion_id],
        "place": "Rue Haute 1",
        "rule_name": rule,
        "rule_version": 1,
    }
    return begun(api.done(COMMITTEE, "/v1/assemblies", asked | says), "assembly")


def test_presets_are_shown_with_their_sources_and_none_is_unknown_by_chance(
    api: Served, coop: Cooperative
) -> None:
    shown = api.get(Role.MEMBER, "/v1/rule-presets").json()["presets"]
    assert {"be-sc-statutes", "fr-scop-ordinary", "fr-scic-ordinary"} <= {each["name"] for each in shown}
    assert all(each["provisions"]["sources"] for each in shown)
    asked = {"entity_id": coop.entity_id, "name": "x", "version": 1, "valid_from": "2026-01-01"}
    unknown = api.post(COMMITTEE, "/v1/rule-sets/from-preset", {**asked, "preset": "be-asbl"})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown-preset")


def test_a_motion_of_a_scop_is_decided_with_votes_in_advance_and_a_conflict(
    api: Served, coop: Cooperative
) -> None:
    rule, motion_id = _adopted(api, coop, "fr-scop-ordinary"), _tabled(api, coop)
    path = f"/v1/assemblies/{_convened(api, coop, motion_id, rule)}"
    anna, bert, cleo = coop.members
    sent = {"channel": "email", "sent_on": "2026-03-01", "member_ids": coop.members}
    api.done(STAFF, f"{path}/notices", sent)
    api.done(STAFF, f"{path}/waivers", {"member_id": cleo})
    api.done(STAFF, f"{path}/irregularities", {"kind": "other", "what": "No chairs."})
    in_advance = {"motion_id": motion_id, "member_id": bert}
    api.done(STAFF, f"{path}/advance-votes", {**in_advance, "choice": "no"})
    api.done(STAFF, f"{path}/advance-votes/withdrawal", in_advance)
    api.done(STAFF, f"{path}/advance-votes", {**in_advance, "choice": "yes"})
    api.done(STAFF, f"/v1/motions/{motion_id}/conflicts", {"member_id": cleo, "interest": "sells vans"})
    api.done(COMMITTEE, f"{path}/opening", {})
    api.done(STAFF, f"{path}/attendance", {"member_id": anna, "mode": "remote"})
    api.done(STAFF, f"{path}/attendance", {"member_id": cleo})
    api.done(STAFF, f"{path}/departures", {"member_id": cleo})
    put = {"motion_id": motion_id, "rule_name": rule, "rule_version": 1}
    secret = api.post(COMMITTEE, f"{path}/polls", {**put, "secrecy": "secret"})
    assert (secret.status_code, secret.json()["code"]) == (409, "secret-poll-not-offered")
    poll_id = begun(api.done(COMMITTEE, f"{path}/polls", put), "poll")
    api.done(STAFF, f"{path}/attendance", {"member_id": cleo})
    refused = api.post(STAFF, f"/v1/polls/{poll_id}/votes", {"member_id": cleo, "choice": "yes"})
    assert (refused.status_code, refused.json()["code"]) == (409, "in-conflict")
    api.done(STAFF, f"/v1/polls/{poll_id}/votes", {"member_id": anna, "choice": "yes"})
    api.done(COMMITTEE, f"/v1/polls/{poll_id}/close")
    api.done(COMMITTEE, f"/v1/polls/{poll_id}/count")
    closed = api.done(COMMITTEE, f"{path}/closing", {})
    drawn = {"document_sha256": SHA256, "language": "fr", "last_position": closed["position"]}
    api.done(COMMITTEE, f"{path}/minutes", drawn)
    said = api.done(STAFF, f"{path}/minutes/signatures", {"member_id": anna, "document_sha256": SHA256})

    trail = api.get(COMMITTEE, f"/v1/polls/{poll_id}/trail", see=said["position"]).json()
    assert (trail["poll"]["yes"], trail["poll"]["ballots"], trail["verdict"]["adopted"]) == (2, 2, True)
    assert [(each["seq"], each["choice"]) for each in trail["votes"]] == [(0, "yes"), (1, "yes")]
    assert trail["rule"]["provisions"]["proxies"]["one_in"] == 20
    assert trail["agreement"] == dict.fromkeys(trail["agreement"], True)


def test_a_roll_by_shares_of_members_without_any_is_empty_and_says_so(api: Served, coop: Cooperative) -> None:
    rule, motion_id = _adopted(api, coop, "be-sc-statutes"), _tabled(api, coop)
    assembly_id = _convened(api, coop, motion_id, rule)
    empty = api.post(COMMITTEE, f"/v1/assemblies/{assembly_id}/opening", {})
    assert (empty.status_code, empty.json()["code"]) == (409, "empty-roll")


def test_a_motion_is_amended_objected_to_and_adopted_by_consent(api: Served, coop: Cooperative) -> None:
    motion_id, name = _tabled(api, coop), f"rule-{uuid4().hex[:8]}"
    rule = {
        "entity_id": coop.entity_id,
        "name": name,
        "version": 1,
        "valid_from": "2026-01-01",
        "quorum": {"num": 0, "den": 1},
        "majority": {"num": 1, "den": 2, "comparator": "more-than", "denominator": "present"},
        "source_ref": "statutes",
        "provisions": {"method": "consent"},
    }
    api.done(COMMITTEE, "/v1/rule-sets", rule)
    path = f"/v1/motions/{motion_id}"
    text = {"title": "A van", "text": "Rent a van.", "decision_ref": "amendment 1"}
    api.done(COMMITTEE, f"{path}/amendments", text)
    objection = {"objection_id": str(uuid4()), "member_id": coop.members[0], "reason": "Too dear."}
    api.done(STAFF, f"{path}/objections", objection)
    ruled = {"rule_name": name, "rule_version": 1}
    early = api.post(COMMITTEE, f"{path}/consent", ruled)
    assert early.json()["code"] == "objections-stand"
    api.done(STAFF, f"{path}/objections/{objection['objection_id']}/resolution", {"how": "Cheaper."})
    api.done(COMMITTEE, f"{path}/consent", ruled)


def test_a_rule_with_an_unknown_item_is_refused_by_name(api: Served, coop: Cooperative) -> None:
    rule = {
        "entity_id": coop.entity_id,
        "name": "x",
        "version": 1,
        "valid_from": "2026-01-01",
        "quorum": {"num": 0, "den": 1},
        "majority": {"num": 1, "den": 2, "comparator": "more-than", "denominator": "cast"},
        "source_ref": "statutes",
    }
    for provisions in ({"caps": 3}, {"cap": {"num": 1, "den": 10, "of": "all"}}):
        answer = api.post(COMMITTEE, "/v1/rule-sets", {**rule, "provisions": provisions})
        assert answer.status_code == 422, answer.text
    unsound = api.post(COMMITTEE, "/v1/rule-sets", {**rule, "provisions": {"cap": {"num": 0, "den": 10}}})
    assert unsound.json()["code"] == "invalid-provisions"


def test_all_members_sign_a_decision_in_writing_and_a_poll_is_annulled(
    api: Served, coop: Cooperative
) -> None:
    rule, motion_id = _adopted(api, coop, "be-sc-written"), _tabled(api, coop)
    roll_id = begun(api.done(COMMITTEE, "/v1/rolls", {"entity_id": coop.entity_id}), "electoral-roll")
    ruled = {"motion_id": motion_id, "roll_id": roll_id, "rule_name": rule, "rule_version": 1}
    poll_id = begun(api.done(COMMITTEE, "/v1/polls", ruled), "poll")
    late = {"member_id": coop.members[0], "votes": 0, "reason": "suspended", "evidence_ref": "board 7"}
    in_use = api.post(COMMITTEE, f"/v1/rolls/{roll_id}/corrections", late)
    assert in_use.json()["code"] == "roll-in-use"
    voided = {"decision_ref": "chair", "reason": "It is to be signed."}
    api.done(COMMITTEE, f"/v1/polls/{poll_id}/annulment", voided)
    proposed = begun(api.done(COMMITTEE, "/v1/written-decisions", ruled), "written-decision")
    path = f"/v1/written-decisions/{proposed}"
    for member_id in coop.members:
        api.done(STAFF, f"{path}/signatures", {"member_id": member_id, "signed_on": "2026-03-01"})
    over = api.post(COMMITTEE, f"{path}/drop", {"decision_ref": "board 9"})
    assert over.json()["code"] == "decision-in-writing-over"
