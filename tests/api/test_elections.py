"""An election over HTTP, from the office to the mandate, and who may see what."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from eventstore.access import Role
from tests.api.books import Cooperative
from tests.api.running import Served, begun

COMMITTEE = Role.COMMITTEE
TERM = {"starts_on": "2026-06-01", "ends_at_assembly_of": 2029}


def adopt_rule(api: Served, coop: Cooperative) -> str:
    name = f"rule-{uuid4().hex[:8]}"
    rule = {
        "entity_id": coop.entity_id,
        "name": name,
        "version": 1,
        "valid_from": "2026-01-01",
        "quorum": {"num": 0, "den": 1},
        "majority": {"num": 1, "den": 2, "comparator": "more-than", "denominator": "expressed"},
        "source_ref": "statutes",
    }
    api.done(COMMITTEE, "/v1/rule-sets", rule)
    return name


def open_office(api: Served, coop: Cooperative, *, seats: int = 1) -> tuple[str, str]:
    office = f"office-{uuid4().hex[:8]}"
    asked = {"entity_id": coop.entity_id, "office": office, "seats": seats, "source_ref": "statutes"}
    return office, begun(api.done(COMMITTEE, "/v1/offices", asked), "mandate-register")


def open_election(api: Served, coop: Cooperative) -> tuple[str, str]:
    """An election for one seat for which all three members stand; its path and its office."""
    office, office_id = open_office(api, coop)
    called = {
        "entity_id": coop.entity_id,
        "office": office,
        "seats": 1,
        "method": "scottish",
        "rule_name": adopt_rule(api, coop),
        "rule_version": 1,
        "term": TERM,
    }
    path = f"/v1/elections/{begun(api.done(COMMITTEE, '/v1/elections', called), 'election')}"
    for member in coop.members:
        api.done(Role.STAFF, f"{path}/candidates", {"membership_id": member})
        api.done(Role.STAFF, f"{path}/candidates/{member}/acceptance", {})
    roll = begun(api.done(COMMITTEE, "/v1/rolls", {"entity_id": coop.entity_id}), "electoral-roll")
    api.done(COMMITTEE, f"{path}/opening", {"roll_id": roll})
    return path, office_id


def cast(api: Served, path: str, member: str, *tiers: list[int]) -> Any:
    return api.post(Role.STAFF, f"{path}/papers", {"member_id": member, "ranking": list(tiers)})


def test_an_election_is_counted_from_the_log_and_the_elected_hold_the_office(
    api: Served, coop: Cooperative
) -> None:
    path, _ = open_election(api, coop)
    first, second, third = coop.members
    for member, tiers in ((first, ([1], [2, 3])), (second, ([2],)), (third, ([1],))):
        assert cast(api, path, member, *tiers).status_code == 201
    assert cast(api, path, third, [2], [1]).status_code == 201
    early = api.post(COMMITTEE, f"{path}/count")
    api.done(COMMITTEE, f"{path}/close")
    late = cast(api, path, first, [3])
    key = uuid4().hex
    counted = api.post(COMMITTEE, f"{path}/count", key=key)
    again = api.post(COMMITTEE, f"{path}/count", key=key)
    conferred = api.done(COMMITTEE, f"{path}/mandates")

    assert (early.status_code, early.json()["code"]) == (409, "election-still-open")
    assert (late.status_code, late.json()["code"]) == (409, "election-not-open")
    assert (counted.status_code, again.content) == (201, counted.content)
    seen = conferred["position"]
    shown = api.get(Role.MEMBER, path, see=seen).json()
    assert shown["election"]["state"] == "counted"
    assert "papers" not in shown
    (round_one, *_) = shown["rounds"]
    assert [each["votes"] for each in round_one["tallies"]] == ["1.00000", "2.00000", "0.00000"]
    trail = api.get(COMMITTEE, f"{path}/trail", see=seen).json()
    assert all(trail["agreement"].values())
    assert [each["ranking"] for each in trail["papers"] if each["member_id"] == third] == ["1", "2 1"]
    listed = api.get(Role.MEMBER, "/v1/elections", see=seen, entity_id=coop.entity_id).json()
    assert path.endswith(listed["elections"][0]["election_id"])
    book = api.get(Role.MEMBER, "/v1/mandates", see=seen, entity_id=coop.entity_id, as_of="2026-06-01").json()
    assert second in [each["membership_id"] for each in book["mandates"]]
    assert api.get(Role.MEMBER, f"{path}/trail").status_code == 403
    then = api.get(Role.MEMBER, "/v1/mandates", known_at=1).json()
    assert (then["position"], then["mandates"]) == (1, [])


def test_a_tie_is_refused_until_its_order_is_stated(api: Served, coop: Cooperative) -> None:
    path, _ = open_election(api, coop)
    first, second, third = coop.members
    cast(api, path, first, [1])
    cast(api, path, second, [2])
    api.done(Role.STAFF, f"{path}/candidates/{third}/withdrawal", {})
    api.done(COMMITTEE, f"{path}/close")
    tied = api.post(COMMITTEE, f"{path}/count")
    assert (tied.status_code, tied.json()["code"], tied.json()["facts"]) == (
        409,
        "unresolved-tie",
        {"tied": "1; 2"},
    )
    order = {"order": [second, first], "origin": "public-draw", "evidence_ref": "minutes 4"}
    api.done(COMMITTEE, f"{path}/tie-order", order)
    api.done(COMMITTEE, f"{path}/count")


def test_a_bad_paper_is_refused_by_name(api: Served, coop: Cooperative) -> None:
    path, _ = open_election(api, coop)
    answers = [cast(api, path, coop.members[0], *tiers) for tiers in ([[4]], [[0]], [[1], [1]], [[1], []])]
    assert [(each.status_code, each.json()["code"]) for each in answers] == [
        (422, "unknown-candidate"),
        (422, "unknown-candidate"),
        (422, "candidate-ranked-twice"),
        (422, "invalid-ranking"),
    ]


def _adopted_motion(api: Served, coop: Cooperative, rule: str) -> str:
    motion = {"entity_id": coop.entity_id, "title": "Board", "text": "Appoint."}
    motion_id = begun(api.done(COMMITTEE, "/v1/motions", motion), "motion")
    roll = begun(api.done(COMMITTEE, "/v1/rolls", {"entity_id": coop.entity_id}), "electoral-roll")
    poll = {"motion_id": motion_id, "roll_id": roll, "rule_name": rule, "rule_version": 1}
    path = f"/v1/polls/{begun(api.done(COMMITTEE, '/v1/polls', poll), 'poll')}"
    api.done(COMMITTEE, f"{path}/votes", {"member_id": coop.members[0], "choice": "yes"})
    api.done(COMMITTEE, f"{path}/close")
    api.done(COMMITTEE, f"{path}/count")
    return motion_id


def test_mandates_are_conferred_renewed_and_ended_by_motions(api: Served, coop: Cooperative) -> None:
    _, office_id = open_office(api, coop)
    rule = adopt_rule(api, coop)
    motion = {"motion_id": _adopted_motion(api, coop, rule)}
    path, mandate = f"/v1/offices/{office_id}", str(uuid4())
    by = {**motion, "rule_name": rule, "rule_version": 1}
    until = {"starts_on": "2026-02-01", "ends_on": "2027-02-01"}
    appointed = {**by, "membership_id": coop.members[0], "mandate_id": mandate, "term": until}
    api.done(COMMITTEE, f"{path}/mandates", appointed)
    again = api.post(
        COMMITTEE, f"{path}/mandates", {**appointed, "mandate_id": None, "membership_id": coop.members[1]}
    )
    assert (again.status_code, again.json()["code"]) == (409, "seats-taken")
    renewed = {"starts_on": "2027-01-01", "ends_on": "2029-01-01"}
    api.done(COMMITTEE, f"{path}/mandates/{mandate}/renewal", {**by, "term": renewed})
    api.done(COMMITTEE, f"{path}/seats", {"seats": 2, "source_ref": "statutes 2026"})
    other = {**appointed, "membership_id": coop.members[1], "mandate_id": str(uuid4())}
    api.done(COMMITTEE, f"{path}/mandates", other)
    ends = {"ends_on": "2026-03-01"}
    api.done(COMMITTEE, f"{path}/mandates/{other['mandate_id']}/revocation", {**motion, **ends})
    done = api.done(Role.STAFF, f"{path}/mandates/{mandate}/resignation", ends)
    unknown = api.post(Role.STAFF, f"{path}/mandates/{uuid4()}/resignation", ends)
    nothing = api.post(COMMITTEE, f"{path}/expiry", {})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown-mandate")
    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing-expires")
    book = api.get(Role.MEMBER, "/v1/mandates", see=done["position"]).json()
    mine = [each for each in book["mandates"] if each["office_id"] == office_id]
    assert [(each["membership_id"], each["ends_on"], each["reason"]) for each in mine] == [
        (coop.members[0], "2029-01-01", "resigned"),
        (coop.members[1], "2027-02-01", "revoked"),
    ]
