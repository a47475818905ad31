"""A roll-call vote over HTTP, from the rule to the verdict."""

from __future__ import annotations

from uuid import uuid4

from eventstore.access import Role
from tests.api.books import Cooperative
from tests.api.running import Served, begun

COMMITTEE = Role.COMMITTEE


def _open_poll(api: Served, coop: Cooperative) -> str:
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
    roll = begun(api.done(COMMITTEE, "/v1/rolls", {"entity_id": coop.entity_id}), "electoral-roll")
    motion = {"entity_id": coop.entity_id, "title": "Tools", "text": "Share tools."}
    motion_id = begun(api.done(COMMITTEE, "/v1/motions", motion), "motion")
    poll = {"motion_id": motion_id, "roll_id": roll, "rule_name": name, "rule_version": 1}
    return begun(api.done(COMMITTEE, "/v1/polls", poll), "poll")


def test_a_poll_is_counted_from_the_log_and_a_recount_agrees(api: Served, coop: Cooperative) -> None:
    poll_id = _open_poll(api, coop)
    path = f"/v1/polls/{poll_id}"
    for member, choice in zip(coop.members, ("yes", "no", "yes"), strict=True):
        api.done(COMMITTEE, f"{path}/votes", {"member_id": member, "choice": choice})
    api.done(Role.STAFF, f"{path}/votes", {"member_id": coop.members[1], "choice": "yes"})
    early = api.post(COMMITTEE, f"{path}/count")
    api.done(COMMITTEE, f"{path}/close")
    late = api.post(COMMITTEE, f"{path}/votes", {"member_id": coop.members[0], "choice": "no"})
    key = uuid4().hex

    counted = api.post(COMMITTEE, f"{path}/count", key=key)
    again = api.post(COMMITTEE, f"{path}/count", key=key)
    twice = api.post(COMMITTEE, f"{path}/count")

    assert (early.status_code, early.json()["code"]) == (409, "poll-still-open")
    assert (late.status_code, late.json()["code"]) == (409, "poll-not-open")
    assert (counted.status_code, again.content) == (201, counted.content)
    assert (twice.status_code, twice.json()["code"]) == (409, "poll-already-counted")
    trail = api.get(COMMITTEE, f"{path}/trail", see=counted.json()["position"]).json()
    assert (trail["poll"]["yes"], trail["poll"]["no"], trail["verdict"]["adopted"]) == (3, 0, True)
    assert all(trail["agreement"].values())
    assert [vote["seq"] for vote in trail["votes"] if vote["member_id"] == coop.members[1]] == [1, 2]


def test_who_is_not_on_the_roll_has_no_vote(api: Served, coop: Cooperative) -> None:
    poll_id = _open_poll(api, coop)
    head = api.services.log.head().size

    answer = api.post(COMMITTEE, f"/v1/polls/{poll_id}/votes", {"member_id": str(uuid4()), "choice": "yes"})

    assert (answer.status_code, answer.json()["code"]) == (409, "not-on-the-roll")
    assert api.services.log.head().size == head


def test_a_vote_says_one_of_four_things(api: Served, coop: Cooperative) -> None:
    poll_id = _open_poll(api, coop)

    answer = api.post(
        COMMITTEE, f"/v1/polls/{poll_id}/votes", {"member_id": coop.members[0], "choice": "perhaps"}
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "unknown-choice")
