"""A decision can be followed from the roll to the verdict, and recounted."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from domain.errors import UnknownRecord
from domain.governance.rules import Choice
from domain.governance.tally import Tally
from projections.poll_trail import VoteRecord, live_ballots, poll_trail, polls
from projections.reader import Reader
from tests.cooperative import ENTITY, MEMBER, OTHER_MEMBER
from tests.projections.world import POLL, World


def test_the_trail_leads_from_the_roll_to_the_verdict_and_agrees(world: World, reader: Reader) -> None:
    world.decides(reader)
    trail = poll_trail(reader, POLL)
    assert trail.agrees is True
    assert trail.recount == Tally(yes=1, no=0, abstain=1, blank=0)
    assert trail.verdict is not None
    assert (trail.verdict.adopted, trail.verdict.quorum_met) == (True, True)
    assert (trail.verdict.took_part, trail.verdict.entitled, trail.verdict.denominator) == (2, 2, 1)
    assert (trail.rule.name, trail.rule.version, trail.rule.source_ref) == (
        "ordinary",
        1,
        "statutes, art. 12",
    )
    assert (trail.rule.majority_num, trail.rule.majority_den, trail.rule.comparator) == (1, 2, "more-than")
    assert [(entry.member_no, entry.member_id) for entry in trail.entries] == [(1, MEMBER), (2, OTHER_MEMBER)]
    assert (trail.motion.title, trail.motion.state) == ("A workbench", "adopted")
    assert trail.position == world.log.head().size


def test_a_changed_vote_is_shown_as_such_and_the_last_one_counts(world: World, reader: Reader) -> None:
    world.decides(reader)
    trail = poll_trail(reader, POLL)
    assert [(vote.member_id, vote.seq, vote.choice) for vote in trail.votes] == [
        (MEMBER, 1, "no"),
        (OTHER_MEMBER, 1, "abstain"),
        (MEMBER, 2, "yes"),
    ]
    assert {ballot.member_id: ballot.choice for ballot in trail.ballots}[MEMBER] is Choice.YES
    assert trail.poll.closing_position is not None
    assert all(vote.position <= trail.poll.closing_position for vote in trail.votes)


def test_votes_past_the_closing_position_do_not_count() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    votes = [
        VoteRecord(MEMBER, 1, 10, at, "no", 1),
        VoteRecord(MEMBER, 2, 12, at, "yes", 1),
        VoteRecord(OTHER_MEMBER, 1, 13, at, "no", 1),
    ]
    counted = {
        closing: [ballot.choice for ballot in live_ballots(votes, closing)] for closing in (9, 11, 12, None)
    }
    assert counted == {9: [], 11: [Choice.NO], 12: [Choice.YES], None: [Choice.YES, Choice.NO]}


def test_an_open_poll_has_votes_and_no_verdict_yet(world: World, reader: Reader) -> None:
    world.opens_a_poll()
    world.votes(MEMBER, Choice.YES)
    world.project()
    trail = poll_trail(reader, POLL)
    assert (trail.poll.state, trail.verdict, trail.agrees) == ("open", None, None)
    assert trail.recount.yes == 1
    assert [(poll.title, poll.adopted) for poll in polls(reader, entity_id=ENTITY)] == [("A workbench", None)]


def test_too_few_voters_reject_a_motion_and_the_trail_says_so(world: World, reader: Reader) -> None:
    world.opens_a_poll()
    world.counts(reader)
    trail = poll_trail(reader, POLL)
    assert trail.verdict is not None
    assert (trail.verdict.quorum_met, trail.verdict.adopted, trail.agrees) == (False, False, True)
    assert [poll.adopted for poll in polls(reader)] == [False]


@pytest.mark.parametrize(
    ("tampered", "part"),
    [
        ("UPDATE vote SET choice = 'no' WHERE seq = 2", "count"),
        ("UPDATE vote SET member_id = '00000000-0000-0000-0000-000000000009' WHERE seq = 2", "votes"),
        ("DELETE FROM vote WHERE choice = 'abstain'", "root"),
        ("UPDATE poll SET input_root = 'f' || substr(input_root, 2)", "root"),
        ("DELETE FROM roll_entry WHERE place = 2", "roll"),
        ("UPDATE verdict SET adopted = false", "verdict"),
        ("UPDATE rule_set SET quorum_num = 1, quorum_den = 1, majority_num = 3, majority_den = 3", "verdict"),
    ],
)
def test_a_trail_that_was_touched_does_not_agree(
    world: World, reader: Reader, tampered: str, part: str
) -> None:
    world.decides(reader)
    assert world.tamper(tampered) > 0
    trail = poll_trail(reader, POLL)
    assert trail.agrees is False
    assert getattr(trail.agreement, part) is False


def test_a_poll_that_is_not_there_is_refused_by_name(reader: Reader) -> None:
    with pytest.raises(UnknownRecord):
        poll_trail(reader, UUID(int=9))
