"""The trail of a decision as tables: whoever counts them elsewhere has everything."""

from __future__ import annotations

from typing import Any

import pytest

from audit.recount.facts import gather
from audit.recount.trails import trail_of
from tests.audit import test_recount as motions
from tests.audit import test_recount_elections as elections
from tests.audit.stored import stored
from tests.domain.electing import ELECTION
from tests.domain.meeting import CLEO, DIRK, MOTION, POLL


def tables(facts: list[Any], subject: object) -> dict[str, list[dict[str, str]]]:
    sheets = trail_of(gather(stored(facts)), str(subject))
    return {each.name: [dict(zip(each.headings, row, strict=True)) for row in each.rows] for each in sheets}


@pytest.mark.parametrize("subject", [MOTION, POLL])
def test_a_motion_has_its_roll_presence_votes_with_every_change_and_verdict(subject: object) -> None:
    found = tables(motions.held().facts, subject)
    assert [each["member_no"] for each in found["roll"]] == ["1", "2", "3", "4", "5"]
    assert len(found["attendance"]) == 3
    assert [each["principal_id"] for each in found["proxies"]] == [str(DIRK)]
    of_cleo = [(each["fact"], each["choice"]) for each in found["votes"] if each["member_id"] == str(CLEO)]
    assert of_cleo == [("vote-cast", "no"), ("vote-changed", "yes")]
    assert found["counts"][0]["yes"] == found["verdicts"][0]["yes"] == "3"
    positions = [int(each["position"]) for each in found["votes"]]
    assert positions == sorted(positions)


def test_an_election_has_its_papers_rounds_and_mandates() -> None:
    found = tables(elections.held(elections.RANKINGS).facts, ELECTION)
    assert [each["ranking"] for each in found["papers"]] == [
        " ".join(map(str, ranking)) for ranking in elections.RANKINGS
    ]
    assert {each["round"] for each in found["rounds"]} >= {"1"}
    assert len(found["mandates"]) == 2
    assert len(found["candidates"]) == 4


def test_what_is_no_decision_has_no_trail() -> None:
    with pytest.raises(LookupError):
        trail_of(gather([]), str(MOTION))
