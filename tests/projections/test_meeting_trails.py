"""A meeting by shares on the real ledger: its roll can be drawn again, and a recount of the trail agrees."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from api.counting import advance_votes_of, ballots_of
from api.rolls import drawn_at, drawn_now
from domain.aggregates.electoral_roll import ElectoralRoll
from domain.aggregates.motion import Motion
from domain.aggregates.rule_set import RuleSet
from domain.errors import RollOutdated
from domain.governance.rules import Choice
from domain.ledger import advance_votes, assemblies, governance
from domain.ledger.governance import rule_set_id
from domain.ledger.rolls import entries_of
from domain.ledger.shares import share_account_id, transfer_shares
from projections.poll_trail import poll_trail
from projections.reader import Reader
from tests.cooperative import ENTITY, MEMBER, OTHER_MEMBER
from tests.projections.world import MARCH, World

FIRST, SECOND, MOTION, POLL, ROLL, LATER_ROLL = (UUID(int=n) for n in range(901, 907))
TRANSFER = UUID(int=907)


def convened(world: World, assembly_id: UUID, **says: Any) -> None:
    asked: dict[str, Any] = {"entity_id": ENTITY, "held_on": MARCH, "agenda": [MOTION], "rule_version": 1}
    world.perform(
        assemblies.convene_assembly,
        assembly_id=assembly_id,
        notice_on=MARCH - timedelta(days=15),
        rule_name="statutes",
        **asked,
        **says,
    )


def put(world: World, assembly_id: UUID) -> None:
    world.perform(
        assemblies.put_to_the_vote,
        assembly_id=assembly_id,
        motion_id=MOTION,
        poll_id=POLL,
        rule_name="statutes",
        rule_version=1,
        advance_votes=advance_votes_of(world.log, assembly_id, MOTION),
    )


@pytest.fixture
def shared(world: World) -> World:
    """Two members who hold eight shares and two, and a change of the statutes under a cap of a tenth."""
    world.takes_shares(10, on=MARCH)
    world.perform(
        transfer_shares,
        transfer_id=TRANSFER,
        from_account_id=share_account_id(MEMBER, "A"),
        to_membership_id=OTHER_MEMBER,
        qty=2,
        decision_ref="board 5",
    )
    says: dict[str, Any] = {"entity_id": ENTITY, "preset_name": "be-nrc-cnc-statutes", "name": "statutes"}
    world.perform(governance.adopt_preset, **says, version=1, valid_from=MARCH)
    text: dict[str, Any] = {"title": "The seat", "text": "The seat moves to Ghent."}
    world.perform(governance.table_motion, motion_id=MOTION, entity_id=ENTITY, **text)
    return world


def test_a_roll_by_shares_is_the_same_whenever_it_is_drawn_again_up_to_its_position(shared: World) -> None:
    convened(shared, FIRST)
    drawn = drawn_now(shared.log, ENTITY)
    shared.perform(assemblies.open_assembly, assembly_id=FIRST, roll_id=ROLL, drawn=drawn)
    frozen = shared.state(ElectoralRoll, ROLL)
    assert {each.member_id: each.votes for each in frozen.entries} == {MEMBER: 8, OTHER_MEMBER: 2}
    shared.perform(
        transfer_shares,
        transfer_id=UUID(int=908),
        from_account_id=share_account_id(MEMBER, "A"),
        to_membership_id=OTHER_MEMBER,
        qty=3,
        decision_ref="board 6",
    )
    facts = [each.event for each in shared.log.stream(ROLL)]
    position = next(each.position for each in facts if isinstance(each, ElectoralRoll.Drawn))
    provisions = shared.state(RuleSet, rule_set_id(ENTITY, "statutes", 1)).provisions
    again = drawn_at(shared.log, ENTITY, position)
    assert tuple(entries_of(again, provisions)) == frozen.entries
    assert drawn_now(shared.log, ENTITY).shares == {MEMBER: 5, OTHER_MEMBER: 5}


def test_a_roll_drawn_before_a_share_moved_is_not_frozen(shared: World) -> None:
    convened(shared, FIRST)
    drawn = drawn_now(shared.log, ENTITY)
    shared.perform(
        transfer_shares,
        transfer_id=UUID(int=908),
        from_account_id=share_account_id(MEMBER, "A"),
        to_membership_id=OTHER_MEMBER,
        qty=1,
        decision_ref="board 6",
    )
    with pytest.raises(RollOutdated):
        shared.perform(assemblies.open_assembly, assembly_id=FIRST, roll_id=ROLL, drawn=drawn)


def test_a_recount_agrees_with_a_second_convening_under_a_cap_with_votes_in_advance_and_a_proxy(
    shared: World, reader: Reader
) -> None:
    convened(shared, FIRST)
    drawn = drawn_now(shared.log, ENTITY)
    shared.perform(assemblies.open_assembly, assembly_id=FIRST, roll_id=ROLL, drawn=drawn)
    shared.perform(assemblies.record_attendance, assembly_id=FIRST, member_id=OTHER_MEMBER)
    put(shared, FIRST)
    shared.perform(assemblies.close_assembly, assembly_id=FIRST)
    convened(shared, SECOND, previous_id=FIRST)
    early: dict[str, Any] = {"assembly_id": SECOND, "motion_id": MOTION, "member_id": MEMBER}
    shared.perform(advance_votes.receive_advance_vote, **early, choice=Choice.YES)
    drawn = drawn_now(shared.log, ENTITY)
    shared.perform(assemblies.open_assembly, assembly_id=SECOND, roll_id=LATER_ROLL, drawn=drawn)
    shared.perform(assemblies.record_attendance, assembly_id=SECOND, member_id=OTHER_MEMBER)
    put(shared, SECOND)
    shared.perform(governance.cast_vote, poll_id=POLL, member_id=OTHER_MEMBER, choice=Choice.NO)
    shared.perform(governance.close_poll, poll_id=POLL)
    shared.perform(governance.count_poll, poll_id=POLL, ballots=ballots_of(shared.log, POLL))
    shared.project()

    decided = [each.event for each in shared.log.stream(MOTION)][-1]
    assert isinstance(decided, Motion.Rejected)
    weighed = decided.reckoning.majority.weighed if decided.reckoning else None
    assert weighed is not None
    assert [weighed.yes.value, weighed.no.value] == [1, 1], "ten votes take part: nobody weighs more than one"
    trail = poll_trail(reader, POLL)
    assert (trail.poll.quorum_num, trail.poll.quorum_den) == (0, 1)
    assert [(vote.seq, vote.choice, vote.votes) for vote in trail.votes] == [(0, "yes", 8), (1, "no", 2)]
    assert trail.agrees
    shared.tamper("UPDATE vote SET choice = 'no' WHERE poll_id = %s AND seq = 0", POLL)
    tampered = poll_trail(reader, POLL).agreement
    assert tampered is not None
    assert not tampered.count
