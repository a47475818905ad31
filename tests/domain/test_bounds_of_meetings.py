"""Where a meeting of the members begins and ends: what is too early, too late, or not of this meeting."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.advance_box import AdvanceBox
from domain.aggregates.assembly import Assembly
from domain.aggregates.electoral_roll import ElectoralRoll
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.motion import Motion, MotionState
from domain.aggregates.poll import Poll
from domain.errors import (
    AssemblyAlreadyOpened,
    AssemblyNotOpen,
    InvalidDay,
    MergedAway,
    MotionAlreadyOpened,
    NoSuchProxy,
    NotByConsent,
    NothingToAnnul,
    NotOnTheAgenda,
    NotOnTheRoll,
    NotTheTextThatLackedQuorum,
    Refusal,
    RollOutdated,
    SecretPollNotOffered,
    TooManyProxies,
    UnreadableText,
    VoteGoesOn,
)
from domain.governance.provisions import Method, Proxies, RollBasis, RollRule
from domain.governance.rolls import EntryReason
from domain.governance.rules import Choice, Comparator, Denominator, Majority, Quorum
from domain.governance.secrecy import Secrecy
from domain.ledger import advance_votes, assemblies, governance, motions
from domain.ledger.entities import register_id
from domain.ledger.governance import freeze_roll, open_poll
from domain.ledger.merging import merge_memberships
from domain.ledger.rolls import correct_roll
from tests.cooperative import ENTITY, join
from tests.domain import meeting
from tests.domain.meeting import (
    ANNA,
    BERT,
    CLEO,
    DIRK,
    ELLA,
    FIRST,
    MOTION,
    OTHER_MOTION,
    OTHER_POLL,
    POLL,
    ROLL,
    SECOND,
    convenes,
    counts,
    drawn,
    gives,
    in_advance,
    last,
    opens,
    puts,
    rules,
    votes,
    with_provisions,
)
from tests.paper import PaperLedger
from tests.scenario import TODAY, stamp

YES = Choice.YES
BEFORE_ALL = date(1899, 12, 31)


@pytest.fixture
def ledger() -> PaperLedger:
    """Five members, and a rule that asks for half of the votes."""
    ledger = meeting.founded()
    rules(ledger)
    return ledger


def refused(ledger: PaperLedger, refusal: type[Refusal], use_case: Any, **asked: Any) -> Refusal:
    with pytest.raises(refusal) as found:
        ledger.perform(use_case, **asked)
    return found.value


def votes_elsewhere(ledger: PaperLedger) -> None:
    """The first motion is put to the vote outside of any assembly."""
    roll = UUID(int=620)
    ledger.perform(freeze_roll, roll_id=roll, entity_id=ENTITY)
    named: dict[str, Any] = {"rule_name": "ordinary", "rule_version": 1, "roll_id": roll}
    ledger.perform(open_poll, poll_id=OTHER_POLL, motion_id=MOTION, **named)


# Before the opening


def test_an_assembly_is_convened_for_days_of_the_calendar_of_the_ledger(ledger: PaperLedger) -> None:
    with pytest.raises(InvalidDay):
        convenes(ledger, held_on=date(3000, 1, 1))
    with pytest.raises(InvalidDay):
        convenes(ledger, notice_on=BEFORE_ALL)


def test_a_first_convening_says_that_it_is_the_first(ledger: PaperLedger) -> None:
    convenes(ledger)
    assert last(ledger, Assembly.Convened).convening_no == 1


def test_members_are_not_convened_for_what_is_put_to_the_vote_already(ledger: PaperLedger) -> None:
    votes_elsewhere(ledger)
    with pytest.raises(MotionAlreadyOpened):
        convenes(ledger)


def test_a_vote_in_advance_is_that_of_a_member_on_a_motion_of_the_agenda(ledger: PaperLedger) -> None:
    convenes(ledger, agenda=[MOTION])
    with pytest.raises(NotOnTheAgenda):
        in_advance(ledger, ANNA, YES, OTHER_MOTION)
    with pytest.raises(NotOnTheRoll):
        in_advance(ledger, UUID(int=1), YES)
    votes_elsewhere(ledger)
    with pytest.raises(MotionAlreadyOpened):
        in_advance(ledger, ANNA, YES)


def test_a_vote_in_advance_is_not_taken_back_once_the_assembly_is_open(ledger: PaperLedger) -> None:
    convenes(ledger)
    in_advance(ledger, DIRK, YES)
    opens(ledger, ANNA)
    named: dict[str, Any] = {"assembly_id": FIRST, "motion_id": MOTION, "member_id": DIRK}
    refused(ledger, AssemblyAlreadyOpened, advance_votes.withdraw_advance_vote, **named)


def test_a_vote_in_advance_that_was_taken_back_counts_in_no_quorum(ledger: PaperLedger) -> None:
    convenes(ledger)
    for member in (DIRK, ELLA):
        in_advance(ledger, member, YES)
    named: dict[str, Any] = {"assembly_id": FIRST, "motion_id": MOTION, "member_id": DIRK}
    ledger.perform(advance_votes.withdraw_advance_vote, **named)
    box = ledger.get(AdvanceBox, governance.box_id(FIRST, MOTION))
    assert box.standing(ledger.get(Motion, MOTION).text_sha256) == {ELLA}
    opens(ledger, ANNA, BERT)
    puts(ledger)
    assert last(ledger, Assembly.QuorumReached).in_advance == 1


# The roll of a record date

HELD_ON = TODAY + timedelta(days=20)
RECORD_ON = HELD_ON - timedelta(days=3)
FREEZING: dict[str, Any] = {"use_case": assemblies.freeze_record_roll, "assembly_id": FIRST}


@pytest.fixture
def dated(ledger: PaperLedger) -> PaperLedger:
    """An assembly whose roll is that of the third day before."""
    days_before = RollRule(basis=RollBasis.RECORD_DATE, days_before=3)
    rules(ledger, with_provisions(roll=days_before), name="dated")
    convenes(ledger, rule_name="dated", rule_version=1, held_on=HELD_ON)
    return ledger


def test_on_the_record_date_itself_the_roll_is_that_of_the_registers_as_they_stand(
    dated: PaperLedger,
) -> None:
    before = drawn(dated)
    join(dated.perform, UUID(int=106))
    with pytest.raises(RollOutdated):
        dated.perform(**FREEZING, on=RECORD_ON, drawn=before)
    dated.perform(**FREEZING, on=RECORD_ON, drawn=drawn(dated))
    assert len(dated.get(ElectoralRoll, assemblies.record_roll_id(FIRST)).entries) == 6


def test_after_the_record_date_the_roll_is_that_of_the_facts_and_of_nothing_else(dated: PaperLedger) -> None:
    with pytest.raises(RollOutdated):
        dated.perform(**FREEZING, on=RECORD_ON + timedelta(days=1))


def test_no_roll_is_frozen_for_an_assembly_that_is_open(dated: PaperLedger) -> None:
    dated.perform(**FREEZING, on=RECORD_ON, drawn=drawn(dated))
    dated.perform(assemblies.open_assembly, on=HELD_ON, assembly_id=FIRST, roll_id=ROLL)
    with pytest.raises(AssemblyAlreadyOpened):
        dated.perform(**FREEZING, on=HELD_ON, drawn=drawn(dated))


# While it is open


def test_two_who_both_hold_a_vote_are_not_made_one_while_an_assembly_or_poll_goes_on(
    ledger: PaperLedger,
) -> None:
    convenes(ledger)
    opens(ledger, ANNA, BERT, CLEO)
    merging: dict[str, Any] = {"membership_id": BERT, "into_id": ANNA, "reason": "the same person"}
    refused(ledger, VoteGoesOn, merge_memberships, **merging)
    puts(ledger)
    register = ledger.get(MemberRegister, register_id(ENTITY))
    assert dict(register.open_rolls) == {FIRST: ROLL, POLL: ROLL}
    annulled: dict[str, Any] = {"poll_id": POLL, "decision_ref": "bureau 1", "reason": "a wrong text"}
    ledger.perform(governance.annul_poll, **annulled)
    assert dict(ledger.get(MemberRegister, register_id(ENTITY)).open_rolls) == {FIRST: ROLL}
    ledger.perform(assemblies.close_assembly, assembly_id=FIRST)
    ledger.perform(merge_memberships, **merging)


def test_a_secret_poll_is_refused_before_any_quorum_is_established(ledger: PaperLedger) -> None:
    convenes(ledger)
    opens(ledger, ANNA)
    with pytest.raises(SecretPollNotOffered):
        puts(ledger, secrecy=Secrecy.SECRET)


def test_no_quorum_is_established_for_what_was_put_to_the_vote_elsewhere(ledger: PaperLedger) -> None:
    convenes(ledger)
    votes_elsewhere(ledger)
    opens(ledger, ANNA)
    with pytest.raises(MotionAlreadyOpened):
        puts(ledger)


def test_the_limit_of_proxies_follows_the_roll_once_it_is_frozen(ledger: PaperLedger) -> None:
    growing = Proxies(most=1, from_members=6, one_in=3)
    rules(ledger, with_provisions(proxies=growing), name="growing")
    convenes(ledger, rule_name="growing", rule_version=1)
    opens(ledger, ANNA, drawn=drawn(ledger))
    join(ledger.perform, UUID(int=106))
    gives(ledger, BERT, ANNA)
    with pytest.raises(TooManyProxies):
        gives(ledger, CLEO, ANNA)


def test_who_holds_no_vote_does_not_count_for_the_limit_of_proxies(ledger: PaperLedger) -> None:
    growing = Proxies(most=1, from_members=5, one_in=2)
    rules(ledger, with_provisions(proxies=growing), name="growing")
    convenes(ledger, rule_name="growing", rule_version=1)
    opens(ledger, ANNA, drawn=drawn(ledger))
    wrong: dict[str, Any] = {"roll_id": ROLL, "member_id": ELLA, "votes": 0, "evidence_ref": "board 7"}
    ledger.perform(correct_roll, **wrong, reason=EntryReason.SUSPENDED)
    gives(ledger, BERT, ANNA)
    with pytest.raises(TooManyProxies):
        gives(ledger, CLEO, ANNA)


def test_the_arithmetic_counts_those_there_and_those_who_voted_in_advance(ledger: PaperLedger) -> None:
    convenes(ledger)
    in_advance(ledger, DIRK, YES)
    opens(ledger, ANNA, BERT)
    puts(ledger)
    votes(ledger, ANNA, YES)
    quorum = counts(ledger).reckoning.quorum
    assert (quorum.took_part.num, quorum.entitled.num, quorum.met) == (3, 5, True)


def test_a_majority_of_those_present_counts_who_is_there_and_does_not_vote(ledger: PaperLedger) -> None:
    of_present = Majority(1, 2, Comparator.MORE_THAN, Denominator.PRESENT)
    rules(ledger, name="of-present", majority=of_present, quorum=Quorum(0, 1))
    convenes(ledger)
    opens(ledger, ANNA, BERT, CLEO, DIRK)
    puts(ledger, rule="of-present")
    assert ledger.get(Poll, POLL).took_part == 4
    for member in (ANNA, BERT):
        votes(ledger, member, YES)
    assert isinstance(counts(ledger), Motion.Rejected), "two of four who are there are not more than half"


def test_what_reached_its_quorum_in_the_end_lacks_it_no_longer(ledger: PaperLedger) -> None:
    convenes(ledger)
    opens(ledger, ANNA)
    puts(ledger)
    assert MOTION in ledger.get(Assembly, FIRST).lacking
    for member in (BERT, CLEO):
        meeting.attends(ledger, member)
    puts(ledger)
    assert ledger.get(Assembly, FIRST).lacking == {}
    annulled: dict[str, Any] = {"poll_id": POLL, "decision_ref": "bureau 1", "reason": "a wrong text"}
    ledger.perform(governance.annul_poll, **annulled)
    with pytest.raises(NotTheTextThatLackedQuorum):
        convenes(ledger, SECOND, agenda=[MOTION], previous_id=FIRST)


def test_motions_are_left_for_a_day_there_is_by_an_assembly_that_is_open_and_convened_for_them(
    ledger: PaperLedger,
) -> None:
    convenes(ledger, agenda=[MOTION])
    asked: dict[str, Any] = {"assembly_id": FIRST, "to_on": TODAY, "decision_ref": "vote 1"}
    refused(ledger, AssemblyNotOpen, assemblies.adjourn_motions, **asked, motions=[MOTION])
    opens(ledger, ANNA)
    refused(ledger, InvalidDay, assemblies.adjourn_motions, **asked | {"to_on": BEFORE_ALL}, motions=[MOTION])
    refused(ledger, NotOnTheAgenda, assemblies.adjourn_motions, **asked, motions=[OTHER_MOTION])


def test_nobody_leaves_or_is_represented_before_the_opening_or_withdraws_a_proxy_after_the_end(
    ledger: PaperLedger,
) -> None:
    convenes(ledger)
    gives(ledger, BERT, ANNA)
    refused(ledger, AssemblyNotOpen, assemblies.record_departure, assembly_id=FIRST, member_id=ANNA)
    with pytest.raises(AssemblyNotOpen):
        ledger.get(Assembly, FIRST).require_voice(MOTION, ANNA, None)
    opens(ledger, ANNA)
    ledger.perform(assemblies.close_assembly, assembly_id=FIRST)
    with pytest.raises(Refusal) as late:
        ledger.perform(assemblies.revoke_proxy, assembly_id=FIRST, principal_id=BERT)
    assert late.value.code == "assembly-over"


# Beside any assembly


def test_outside_an_assembly_nobody_votes_for_another(ledger: PaperLedger) -> None:
    votes_elsewhere(ledger)
    with pytest.raises(NoSuchProxy):
        votes(ledger, ANNA, YES, BERT, poll_id=OTHER_POLL)


def test_who_was_merged_is_told_who_votes_for_both(ledger: PaperLedger) -> None:
    ledger.perform(merge_memberships, membership_id=BERT, into_id=ANNA, reason="the same person")
    votes_elsewhere(ledger)
    with pytest.raises(MergedAway) as merged:
        votes(ledger, BERT, YES, poll_id=OTHER_POLL)
    assert merged.value.facts["into_id"] == ANNA


def test_a_version_of_a_rule_holds_from_the_day_it_is_adopted(ledger: PaperLedger) -> None:
    later = TODAY + timedelta(days=1)
    asked: dict[str, Any] = {"entity_id": ENTITY, "name": "ordinary", "version": 2, "source_ref": "statutes"}
    by: dict[str, Any] = {"quorum": meeting.HALF, "majority": meeting.SIMPLE}
    ledger.perform(governance.adopt_rule_set, on=later, valid_from=later, **asked, **by)


def test_an_annulled_poll_is_no_longer_that_of_the_motion(ledger: PaperLedger) -> None:
    votes_elsewhere(ledger)
    asked: dict[str, Any] = {"decision_ref": "board 3", "reason": "a wrong roll"}
    with pytest.raises(NothingToAnnul):
        ledger.get(Motion, MOTION).annul(stamp(), poll_id=POLL, decision_ref="board 3")
    ledger.perform(governance.annul_poll, poll_id=OTHER_POLL, **asked)
    motion = ledger.get(Motion, MOTION)
    assert (motion.poll_id, motion.state) == (None, MotionState.TABLED)


def test_each_text_of_a_motion_has_the_number_after_the_one_before(ledger: PaperLedger) -> None:
    for text in ("Rent a van.", "Share a van."):
        says: dict[str, Any] = {"title": "A van", "text": text, "decision_ref": "amendment"}
        ledger.perform(motions.amend_motion, motion_id=MOTION, **says)
    assert [each.text_no for each in ledger.facts if isinstance(each, Motion.Amended)] == [2, 3]
    unreadable = {"title": "A van", "text": "A\ud800", "decision_ref": "amendment"}
    refused(ledger, UnreadableText, motions.amend_motion, motion_id=MOTION, **unreadable)


def test_a_motion_is_adopted_by_consent_only_in_an_assembly_that_is_open(ledger: PaperLedger) -> None:
    rules(ledger, with_provisions(method=Method.CONSENT), name="consent")
    convenes(ledger)
    asked: dict[str, Any] = {"motion_id": MOTION, "rule_name": "consent", "rule_version": 1}
    refused(ledger, AssemblyNotOpen, motions.adopt_by_consent, **asked, assembly_id=FIRST)
    refused(ledger, NotByConsent, motions.adopt_by_consent, **asked | {"rule_name": "ordinary"})


def test_nothing_is_sent_to_be_signed_that_was_put_to_the_vote_nor_signed_on_no_day(
    ledger: PaperLedger,
) -> None:
    ledger.perform(freeze_roll, roll_id=ROLL, entity_id=ENTITY)
    asked: dict[str, Any] = {"roll_id": ROLL, "rule_name": "ordinary", "rule_version": 1}
    decision = UUID(int=630)
    ledger.perform(motions.propose_in_writing, written_decision_id=decision, motion_id=OTHER_MOTION, **asked)
    signing: dict[str, Any] = {"written_decision_id": decision, "member_id": ANNA}
    refused(ledger, InvalidDay, motions.sign_decision, **signing, signed_on=BEFORE_ALL)
    votes_elsewhere(ledger)
    another: dict[str, Any] = {"written_decision_id": UUID(int=631), "motion_id": MOTION}
    refused(ledger, MotionAlreadyOpened, motions.propose_in_writing, **another, **asked)
