"""Assemblies from the notice to the end: who is there decides, and nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.assembly import Assembly
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.poll import Poll
from domain.aggregates.voting_right import VotingRight
from domain.errors import (
    MotionAlreadyOpened,
    NoSuchProxy,
    NotOnTheRoll,
    NotPresent,
    OtherEntity,
    PollsNotCounted,
    RuleNotInForce,
    TooManyProxies,
)
from domain.governance.presence import ProxyEnd
from domain.governance.rules import Choice, Comparator, Denominator, Majority, Quorum
from domain.governance.tally import Ballot
from domain.ledger.assemblies import (
    close_assembly,
    convene_assembly,
    grant_proxy,
    open_assembly,
    put_to_the_vote,
    record_attendance,
    revoke_proxy,
)
from domain.ledger.entities import entity_id_of, register_id, set_parameter
from domain.ledger.governance import adopt_rule_set, cast_vote, close_poll, count_poll, table_motion
from domain.ledger.members import membership_id
from tests.cooperative import ENTITY, found, found_entity, join
from tests.paper import PaperLedger
from tests.scenario import ID, TODAY

MOTION, OTHER_MOTION, POLL, OTHER_POLL, ROLL, RULE = (UUID(int=n) for n in range(600, 606))
PEOPLE = [UUID(int=n) for n in range(101, 106)]
ANNA, BERT, CLEO, DIRK, ELLA = (membership_id(ENTITY, person) for person in PEOPLE)
NOTICE = TODAY - timedelta(days=15)
HALF = Quorum(1, 2)


@pytest.fixture
def ledger() -> PaperLedger:
    """Five members, two motions, and a rule that asks for half of the votes."""
    ledger = PaperLedger()
    found(ledger.perform)
    for person in PEOPLE[2:]:
        join(ledger.perform, person)
    ledger.perform(
        adopt_rule_set,
        entity_id=ENTITY,
        name="ordinary",
        version=1,
        valid_from=TODAY,
        quorum=HALF,
        majority=Majority(1, 2, Comparator.MORE_THAN, Denominator.EXPRESSED),
        source_ref="statutes art. 20",
    )
    for motion_id, title in ((MOTION, "A van"), (OTHER_MOTION, "A workshop")):
        ledger.perform(table_motion, motion_id=motion_id, entity_id=ENTITY, title=title, text=f"Buy {title}.")
    convenes(ledger)
    return ledger


def convenes(ledger: PaperLedger, assembly_id: UUID = ID, *, entity_id: UUID = ENTITY) -> None:
    ledger.perform(
        convene_assembly,
        assembly_id=assembly_id,
        entity_id=entity_id,
        held_on=TODAY,
        notice_on=NOTICE,
        agenda=[MOTION, OTHER_MOTION],
    )


def gives(ledger: PaperLedger, principal_id: UUID, holder_id: UUID) -> None:
    ledger.perform(grant_proxy, assembly_id=ID, principal_id=principal_id, holder_id=holder_id)


def opens(ledger: PaperLedger, *members: UUID) -> None:
    ledger.perform(open_assembly, assembly_id=ID, roll_id=ROLL)
    for member_id in members:
        ledger.perform(record_attendance, assembly_id=ID, member_id=member_id)


def puts(ledger: PaperLedger, motion_id: UUID = MOTION, poll_id: UUID = POLL, *, version: int = 1) -> None:
    ledger.perform(
        put_to_the_vote,
        assembly_id=ID,
        motion_id=motion_id,
        poll_id=poll_id,
        rule_name="ordinary",
        rule_version=version,
    )


def votes(ledger: PaperLedger, member_id: UUID, choice: Choice, holder_id: UUID | None = None) -> None:
    ledger.perform(cast_vote, poll_id=POLL, member_id=member_id, choice=choice, holder_id=holder_id)


def last(ledger: PaperLedger, kind: type[Any]) -> Any:
    return [each for each in ledger.facts if isinstance(each, kind)][-1]


def test_an_assembly_decides_its_motions_by_those_present_and_represented(ledger: PaperLedger) -> None:
    gives(ledger, CLEO, BERT)
    opens(ledger, ANNA, BERT)
    puts(ledger)
    reached = last(ledger, Assembly.QuorumReached)
    assert (reached.present, reached.represented, reached.entitled) == (2, 1, 5)
    assert last(ledger, Poll.HeldInAssembly).took_part == 3
    votes(ledger, ANNA, Choice.YES)
    votes(ledger, CLEO, Choice.YES, BERT)
    assert last(ledger, VotingRight.GivenByProxy).holder_id == BERT
    puts(ledger, OTHER_MOTION, OTHER_POLL)
    with pytest.raises(PollsNotCounted):
        ledger.perform(close_assembly, assembly_id=ID)
    ballots = {POLL: [Ballot(ANNA, Choice.YES, 1), Ballot(CLEO, Choice.YES, 1)], OTHER_POLL: []}
    for poll_id, cast in ballots.items():
        ledger.perform(close_poll, poll_id=poll_id)
        ledger.perform(count_poll, poll_id=poll_id, ballots=cast)
    ledger.perform(close_assembly, assembly_id=ID)
    assert last(ledger, Assembly.Closed)
    assert not ledger.get(MemberRegister, register_id(ENTITY)).open_rolls


def test_who_is_neither_present_nor_represented_does_not_vote(ledger: PaperLedger) -> None:
    gives(ledger, CLEO, BERT)
    opens(ledger, ANNA, BERT)
    puts(ledger)
    for voter, holder, refusal in (
        (DIRK, None, NotPresent),
        (CLEO, None, NotPresent),
        (DIRK, BERT, NoSuchProxy),
        (CLEO, ANNA, NoSuchProxy),
    ):
        with pytest.raises(refusal):
            votes(ledger, voter, Choice.YES, holder)


def test_who_arrives_after_her_proxy_voted_changes_the_vote_herself(ledger: PaperLedger) -> None:
    gives(ledger, CLEO, BERT)
    opens(ledger, ANNA, BERT)
    puts(ledger)
    votes(ledger, CLEO, Choice.YES, BERT)
    ledger.perform(record_attendance, assembly_id=ID, member_id=CLEO)
    with pytest.raises(NoSuchProxy):
        votes(ledger, CLEO, Choice.NO, BERT)
    votes(ledger, CLEO, Choice.NO)
    assert last(ledger, VotingRight.VoteChanged).seq == 2


def test_without_a_quorum_the_motion_waits_and_may_be_tried_again(ledger: PaperLedger) -> None:
    opens(ledger, ANNA, BERT)
    puts(ledger)
    missed = last(ledger, Assembly.QuorumNotReached)
    assert (missed.present, missed.represented, missed.entitled, missed.num, missed.den) == (2, 0, 5, 1, 2)
    assert not [each for each in ledger.facts if isinstance(each, Poll.Opened)]
    ledger.perform(record_attendance, assembly_id=ID, member_id=DIRK)
    puts(ledger)
    assert last(ledger, Poll.Opened).motion_id == MOTION
    with pytest.raises(MotionAlreadyOpened):
        puts(ledger, poll_id=OTHER_POLL)


def test_a_rule_that_is_not_in_force_decides_nothing(ledger: PaperLedger) -> None:
    opens(ledger, ANNA)
    ledger.perform(
        adopt_rule_set,
        entity_id=ENTITY,
        name="ordinary",
        version=2,
        valid_from=TODAY + timedelta(days=30),
        quorum=HALF,
        majority=Majority(2, 3, Comparator.AT_LEAST, Denominator.CAST),
        source_ref="statutes art. 20",
    )
    with pytest.raises(RuleNotInForce):
        puts(ledger, version=2)


def test_only_members_are_present_or_give_and_hold_proxies(ledger: PaperLedger) -> None:
    stranger = UUID(int=999)
    for names in ((stranger, ANNA), (ANNA, stranger)):
        with pytest.raises(NotOnTheRoll):
            gives(ledger, *names)
    opens(ledger)
    with pytest.raises(NotOnTheRoll):
        ledger.perform(record_attendance, assembly_id=ID, member_id=stranger)
    with pytest.raises(NotOnTheRoll):
        gives(ledger, ANNA, stranger)


def test_the_limit_of_proxies_is_a_dated_parameter(ledger: PaperLedger) -> None:
    gives(ledger, ANNA, BERT)
    with pytest.raises(TooManyProxies):
        gives(ledger, CLEO, BERT)
    ledger.perform(
        set_parameter,
        entity_id=ENTITY,
        name="assembly.proxies-per-holder",
        value="2",
        valid_from=TODAY,
        source_ref="statutes art. 21",
    )
    gives(ledger, CLEO, BERT)
    ledger.perform(revoke_proxy, assembly_id=ID, principal_id=CLEO)
    assert last(ledger, Assembly.ProxyRevoked).reason is ProxyEnd.WITHDRAWN


def test_motions_of_another_entity_are_not_convened_for(ledger: PaperLedger) -> None:
    found_entity(ledger.perform, code="OTHER")
    with pytest.raises(OtherEntity):
        convenes(ledger, UUID(int=2), entity_id=entity_id_of("OTHER"))
