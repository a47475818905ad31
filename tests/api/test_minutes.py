"""Minutes are drawn up from the facts, in three languages, kept, and signed as they stand."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from pypdf import PdfReader

from eventstore.access import Role
from tests.api.books import Cooperative
from tests.api.running import Served, begun

COMMITTEE, STAFF, AUDITOR = Role.COMMITTEE, Role.STAFF, Role.AUDITOR


class Meeting:
    """An assembly of three members on two motions, of which one is decided."""

    def __init__(self, api: Served, coop: Cooperative) -> None:
        self.api, self.members = api, coop.members
        name = f"rule-{uuid4().hex[:8]}"
        rule = {
            "entity_id": coop.entity_id,
            "name": name,
            "version": 1,
            "valid_from": "2026-01-01",
            "quorum": {"num": 1, "den": 2},
            "majority": {"num": 2, "den": 3, "comparator": "at-least", "denominator": "expressed"},
            "source_ref": "statutes",
        }
        api.done(COMMITTEE, "/v1/rule-sets", rule)
        self.motions = [
            begun(
                api.done(
                    COMMITTEE,
                    "/v1/motions",
                    {"entity_id": coop.entity_id, "title": title, "text": f"Buy {title}.\n#import <b>"},
                ),
                "motion",
            )
            for title in ("a van", "a workshop")
        ]
        asked = {
            "entity_id": coop.entity_id,
            "held_on": "2026-03-20",
            "notice_on": "2026-03-10",
            "agenda": self.motions,
            "place": "Rue Haute 1, 5000 Namur",
        }
        self.assembly_id = begun(api.done(COMMITTEE, "/v1/assemblies", asked), "assembly")
        self.path = f"/v1/assemblies/{self.assembly_id}"
        anna, bert, _ = coop.members
        reported = {"kind": "remote-link-lost", "what": "Ten minutes of the debate"}
        api.done(STAFF, f"{self.path}/irregularities", reported)
        api.done(STAFF, f"{self.path}/proxies", {"principal_id": bert, "holder_id": anna})
        api.done(COMMITTEE, f"{self.path}/opening", {})
        api.done(STAFF, f"{self.path}/attendance", {"member_id": anna, "mode": "remote"})
        put = {"motion_id": self.motions[0], "rule_name": name, "rule_version": 1}
        self.poll_id = begun(api.done(COMMITTEE, f"{self.path}/polls", put), "poll")
        vote = f"/v1/polls/{self.poll_id}/votes"
        api.done(STAFF, vote, {"member_id": anna, "choice": "no"})
        api.done(STAFF, vote, {"member_id": anna, "choice": "yes"})
        api.done(STAFF, vote, {"member_id": bert, "choice": "abstain", "holder_id": anna})
        api.done(COMMITTEE, f"/v1/polls/{self.poll_id}/close")
        self.position = api.done(COMMITTEE, f"/v1/polls/{self.poll_id}/count")["position"]

    def close(self) -> None:
        self.position = self.api.done(COMMITTEE, f"{self.path}/closing", {})["position"]

    def view(self, lang: str = "en", **asked: Any) -> Any:
        headers = {"Accept-Language": lang, "Ledger-Min-Position": str(self.position)}
        return self.api.client(AUDITOR).get(f"{self.path}/minutes", params=asked, headers=headers)


@pytest.fixture
def meeting(api: Served, coop: Cooperative) -> Meeting:
    return Meeting(api, coop)


def test_before_the_end_they_are_a_draft_and_cannot_be_drawn_up(meeting: Meeting) -> None:
    assert "The assembly is not over" in meeting.view().text
    refused = meeting.api.post(COMMITTEE, f"{meeting.path}/minutes", {"language": "en"})
    assert (refused.status_code, refused.json()["code"]) == (409, "assembly-not-over")


def test_a_page_tells_notice_presence_proxies_quorum_votes_and_verdict(meeting: Meeting) -> None:
    meeting.close()
    seen = meeting.view()
    assert seen.headers["content-type"].startswith("text/html")
    for part in (
        "Rue Haute 1, 5000 Namur",
        "Short notice: 10 days, 15 are asked",
        "The remote link was lost: Ten minutes of the debate",
        "remotely",
        "1. a van",
        "#import &lt;b&gt;",
        "1 present, 1 represented, 0 in advance",
        "2 / 3 votes; at least 1/2: reached",
        "1 of 1 (votes for and against); asked: at least 2/3",
        "adopted",
        "2. a workshop",
        "not decided",
        f"tutti votes recount {meeting.motions[0]}",
    ):
        assert part in seen.text, part
    assert seen.headers["ledger-root"] in seen.text
    assert f"tutti verify --known {seen.headers['ledger-position']}:" in seen.text
    assert hashlib.sha256(seen.content).hexdigest() == seen.headers["minutes-sha256"]


@pytest.mark.parametrize(
    ("lang", "title", "verdict"),
    [
        ("fr-BE", "Procès-verbal de l&#x27;assemblée générale", "adopté"),
        ("nl", "Notulen van de algemene vergadering", "aangenomen"),
        ("en", "Minutes of the general assembly", "adopted"),
    ],
)
def test_they_speak_the_language_asked_for(meeting: Meeting, lang: str, title: str, verdict: str) -> None:
    meeting.close()
    seen = meeting.view(lang)
    assert seen.headers["content-language"] == lang[:2]
    assert title in seen.text
    assert verdict in seen.text


def test_a_paper_says_what_the_page_says(meeting: Meeting) -> None:
    meeting.close()
    seen = meeting.view(**{"as": "paper"})
    assert seen.headers["content-type"] == "application/pdf"
    text = "".join("".join(each.extract_text().split()) for each in PdfReader(BytesIO(seen.content)).pages)
    assert "1of1(votesforandagainst);asked:atleast2/3" in text
    assert seen.headers["ledger-root"][:20] in text


def test_what_is_drawn_up_is_kept_and_signed_as_it_stands(meeting: Meeting) -> None:
    meeting.close()
    drawn = meeting.api.done(COMMITTEE, f"{meeting.path}/minutes", {"language": "fr"})
    meeting.position = drawn["position"]
    digest = meeting.view().headers["minutes-drawn-up"]
    kept = meeting.api.get(AUDITOR, f"/v1/documents/{digest}")
    assert hashlib.sha256(kept.content).hexdigest() == digest
    assert "Procès-verbal" in kept.text
    anna = meeting.members[0]
    wrong = {"member_id": anna, "document_sha256": "0" * 64}
    assert meeting.api.post(STAFF, f"{meeting.path}/minutes/signatures", wrong).status_code == 409
    right = {"member_id": anna, "document_sha256": digest}
    signed = meeting.api.done(STAFF, f"{meeting.path}/minutes/signatures", right)
    meeting.position = signed["position"]
    assert "Signed by" in meeting.view().text


def test_a_document_made_elsewhere_says_up_to_where_it_tells(meeting: Meeting) -> None:
    meeting.close()
    half = {"language": "nl", "document_sha256": "ab" * 32}
    assert meeting.api.post(COMMITTEE, f"{meeting.path}/minutes", half).status_code == 422
    whole = {**half, "last_position": meeting.position}
    meeting.api.done(COMMITTEE, f"{meeting.path}/minutes", whole)


def test_an_assembly_is_shown_as_data_from_its_notice_to_its_minutes(meeting: Meeting) -> None:
    meeting.close()
    meeting.api.done(COMMITTEE, f"{meeting.path}/minutes", {"language": "fr"})
    seen = meeting.api.get(AUDITOR, f"{meeting.path}/trail").json()
    anna, bert, _ = meeting.members
    assert seen["closed"]
    assert seen["minutes_sha256"]
    assert seen["notice"]["irregularities"] == [
        "short-notice: 10 / 15",
        "remote-link-lost: Ten minutes of the debate",
    ]
    assert (seen["roll"]["members"], len(seen["roll"]["entries"])) == (3, 3)
    assert seen["attendance"] == [{"member_id": anna, "mode": "remote", "late": False, "left": False}]
    (proxy,) = seen["proxies"]
    assert (proxy["principal_id"], proxy["holder_id"], proxy["ended"]) == (bert, anna, None)
    decided, left = seen["motions"]
    (quorum,) = decided["quorums"]
    assert (quorum["reached"], quorum["reckoned"]["took_part"]) == (True, {"num": 2, "den": 1})
    votes = {
        each["member_id"]: (each["choice"], each["changes"], each["holder_id"]) for each in decided["votes"]
    }
    assert votes == {anna: ("yes", 1, None), bert: ("abstain", 0, anna)}
    assert decided["adopted"]
    assert decided["reckoning"]["majority"]["in_favour"] == {"num": 1, "den": 1}
    assert (left["adopted"], left["votes"]) == (None, [])


def test_who_may_not_see_votes_by_name_sees_no_minutes(meeting: Meeting) -> None:
    refused = meeting.api.get(Role.MEMBER, f"{meeting.path}/minutes")
    assert refused.status_code == 403


def test_an_unknown_assembly_has_no_minutes(api: Served, coop: Cooperative) -> None:
    assert coop.members
    seen = api.get(AUDITOR, f"/v1/assemblies/{uuid4()}/minutes")
    assert (seen.status_code, seen.json()["code"]) == (404, "unknown-record")
