"""Votes in advance, conflicts, a second convening, adjournment, and the minutes at the end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.advance_box import AdvanceBox
from domain.aggregates.assembly import Assembly
from domain.aggregates.minutes import Minutes
from domain.aggregates.motion import Motion, MotionState
from domain.aggregates.poll import Poll
from domain.errors import (
    AdvanceVotesClosed,
    AdvanceVotesMissing,
    AdvanceVotesNotAllowed,
    AssemblyNotOver,
    DigestTooEarly,
    EmptyText,
    InConflict,
    InvalidAgenda,
    MotionAlreadyOpened,
    NoAdvanceVote,
    NotOnTheAgenda,
    NotOnTheRoll,
    NotTheseMinutes,
    NotTheTextThatLackedQuorum,
    OtherEntity,
    SecretPollNotOffered,
    SignedAlready,
)
from domain.governance.provisions import (
    Conflicts,
    SecondConvening,
)
from domain.governance.rules import Basis, Choice, Quorum
from domain.governance.secrecy import Secrecy
from domain.ledger import advance_votes, assemblies, governance, motions, notices
from domain.ledger.entities import entity_id_of
from domain.ledger.governance import adopt_preset, open_poll
from tests.cooperative import ENTITY, found_entity
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
    attends,
    convenes,
    counts,
    drawn,
    holding,
    in_advance,
    last,
    opens,
    puts,
    rules,
    votes,
    with_provisions,
)
from tests.paper import PaperLedger
from tests.scenario import TODAY

YES, NO = Choice.YES, Choice.NO
SHA256 = "cd" * 32


@pytest.fixture
def ledger() -> PaperLedger:
    """Five members, a rule that asks for half of the votes, and an assembly convened under it."""
    ledger = meeting.founded()
    rules(ledger)
    return ledger


# Votes in advance


def test_who_votes_in_advance_takes_part_and_is_read_out_with_the_poll(ledger: PaperLedger) -> None:
    convenes(ledger)
    in_advance(ledger, DIRK, NO)
    in_advance(ledger, DIRK, YES)
    in_advance(ledger, ELLA, YES)
    opens(ledger, ANNA)
    puts(ledger)
    reached = last(ledger, Assembly.QuorumReached)
    assert (reached.present, reached.represented, reached.in_advance) == (1, 0, 2)
    assert last(ledger, Poll.HeldInAssembly).took_part == 3
    assert last(ledger, AdvanceBox.Opened).count == 2
    votes(ledger, ANNA, NO)
    verdict = counts(ledger)
    assert (verdict.yes, verdict.no, verdict.quorum_met) == (2, 1, True)
    assert isinstance(verdict, Motion.Adopted)


def test_a_vote_in_advance_yields_to_presence(ledger: PaperLedger) -> None:
    convenes(ledger)
    in_advance(ledger, DIRK, YES)
    in_advance(ledger, ELLA, YES)
    opens(ledger, ANNA, DIRK)
    puts(ledger)
    assert [each.member_id for each in last(ledger, AdvanceBox.PageOpened).votes] == [ELLA]
    votes(ledger, DIRK, NO)
    votes(ledger, ANNA, NO)
    assert (counts(ledger).yes, counts_no(ledger)) == (1, 2)


def counts_no(ledger: PaperLedger) -> int:
    verdict: int = last(ledger, Motion.Rejected).no
    return verdict


def test_who_arrives_after_the_reading_may_still_change_the_vote(ledger: PaperLedger) -> None:
    convenes(ledger)
    in_advance(ledger, DIRK, YES)
    opens(ledger, ANNA, BERT)
    puts(ledger)
    attends(ledger, DIRK)
    votes(ledger, DIRK, NO)
    verdict = counts(ledger)
    assert (verdict.yes, verdict.no) == (0, 1)


def test_a_vote_in_advance_on_another_text_lapses(ledger: PaperLedger) -> None:
    convenes(ledger)
    in_advance(ledger, DIRK, YES)
    ledger.perform(
        motions.amend_motion, motion_id=MOTION, title="A van", text="Rent a van.", decision_ref="amendment 1"
    )
    opens(ledger, ANNA, BERT, CLEO)
    puts(ledger)
    assert last(ledger, Assembly.QuorumReached).in_advance == 0
    assert last(ledger, AdvanceBox.Opened).count == 0


def test_a_vote_in_advance_is_taken_back_before_the_opening_and_not_after(ledger: PaperLedger) -> None:
    convenes(ledger)
    in_advance(ledger, DIRK, YES)
    named: dict[str, Any] = {"assembly_id": FIRST, "motion_id": MOTION}
    with pytest.raises(NoAdvanceVote):
        ledger.perform(advance_votes.withdraw_advance_vote, **named, member_id=ELLA)
    ledger.perform(advance_votes.withdraw_advance_vote, **named, member_id=DIRK)
    assert meeting.received(ledger, MOTION) == ()
    in_advance(ledger, DIRK, YES)
    opens(ledger, ANNA, BERT)
    puts(ledger)
    box = ledger.get(AdvanceBox, governance.box_id(FIRST, MOTION))
    with pytest.raises(AdvanceVotesClosed):
        box.require_sealed()


def test_votes_in_advance_are_read_out_whole_or_not_at_all(ledger: PaperLedger) -> None:
    convenes(ledger)
    in_advance(ledger, DIRK, YES)
    opens(ledger, ANNA, BERT)
    with pytest.raises(AdvanceVotesMissing):
        puts(ledger, advance_votes=())


def test_a_rule_may_take_no_votes_in_advance(ledger: PaperLedger) -> None:
    rules(ledger, with_provisions(advance_votes=False), name="in-person")
    convenes(ledger, rule_name="in-person", rule_version=1)
    with pytest.raises(AdvanceVotesNotAllowed):
        in_advance(ledger, DIRK, YES)


# Conflicts


def test_who_is_in_conflict_counts_in_neither_term_and_does_not_vote(ledger: PaperLedger) -> None:
    convenes(ledger)
    opens(ledger, ANNA, BERT)
    ledger.perform(motions.declare_conflict, motion_id=MOTION, member_id=CLEO, interest="sells vans")
    puts(ledger)
    reached = last(ledger, Assembly.QuorumReached)
    assert (reached.reckoned.took_part.num, reached.reckoned.entitled.num) == (2, 4)
    attends(ledger, CLEO)
    with pytest.raises(InConflict):
        votes(ledger, CLEO, YES)
    votes(ledger, ANNA, YES)
    verdict = counts(ledger)
    assert (verdict.reckoning.excluded, verdict.entitled) == (1, 5)


def test_a_rule_may_only_note_a_conflict(ledger: PaperLedger) -> None:
    rules(ledger, with_provisions(conflicts=Conflicts.NOTED), name="noted")
    convenes(ledger)
    opens(ledger, ANNA, BERT, CLEO)
    ledger.perform(motions.declare_conflict, motion_id=MOTION, member_id=CLEO, interest="sells vans")
    puts(ledger, rule="noted")
    votes(ledger, CLEO, YES)
    assert counts(ledger).yes == 1


# A second convening


def test_a_second_assembly_decides_only_what_lacked_its_quorum_in_the_first(ledger: PaperLedger) -> None:
    convenes(ledger)
    opens(ledger, ANNA, BERT)
    puts(ledger)
    later: dict[str, Any] = {"previous_id": FIRST, "held_on": TODAY + timedelta(days=15), "notice_on": TODAY}
    with pytest.raises(NotTheTextThatLackedQuorum):
        convenes(ledger, SECOND, **later)
    convenes(ledger, SECOND, **later, agenda=[MOTION])
    convened = last(ledger, Assembly.Convened)
    assert (convened.convening_no, convened.previous_id) == (2, FIRST)
    ledger.perform(assemblies.close_assembly, assembly_id=FIRST)
    opens(ledger, ANNA, assembly_id=SECOND, roll_id=UUID(int=606))
    puts(ledger, assembly_id=SECOND)
    assert (last(ledger, Poll.HeldInAssembly).quorum) == Quorum(0, 1)
    votes(ledger, ANNA, YES)
    verdict = counts(ledger)
    assert (verdict.quorum_met, verdict.reckoning.quorum.num) == (True, 0)
    assert isinstance(verdict, Motion.Adopted)


def test_a_text_amended_after_the_second_convening_is_not_decided_by_it(ledger: PaperLedger) -> None:
    convenes(ledger)
    opens(ledger, ANNA)
    puts(ledger)
    convenes(ledger, SECOND, previous_id=FIRST, agenda=[MOTION])
    ledger.perform(
        motions.amend_motion, motion_id=MOTION, title="A van", text="Rent a van.", decision_ref="amendment 1"
    )
    opens(ledger, ANNA, assembly_id=SECOND, roll_id=UUID(int=606))
    with pytest.raises(NotTheTextThatLackedQuorum):
        puts(ledger, assembly_id=SECOND)
    with pytest.raises(NotTheTextThatLackedQuorum):
        convenes(ledger, UUID(int=612), previous_id=FIRST, agenda=[MOTION])


def test_a_rule_without_a_second_convening_asks_for_its_quorum_again(ledger: PaperLedger) -> None:
    rules(ledger, with_provisions(second=None), name="strict")
    convenes(ledger)
    opens(ledger, ANNA)
    puts(ledger, rule="strict")
    convenes(ledger, SECOND, previous_id=FIRST, agenda=[MOTION])
    opens(ledger, ANNA, assembly_id=SECOND, roll_id=UUID(int=606))
    puts(ledger, assembly_id=SECOND, rule="strict")
    assert last(ledger, Assembly.QuorumNotReached).num == 1


def test_the_notice_of_a_second_convening_is_that_which_the_rule_says_of_one(ledger: PaperLedger) -> None:
    rules(ledger, with_provisions(second=SecondConvening(notice_days=30)), name="slow")
    convenes(ledger, rule_name="slow", rule_version=1)
    opens(ledger, ANNA, drawn=drawn(ledger))
    puts(ledger, rule="slow")
    convenes(ledger, SECOND, previous_id=FIRST, agenda=[MOTION], rule_name="slow", rule_version=1)
    assert last(ledger, Assembly.IrregularityRecorded).required == 30


def test_the_first_assembly_is_one_of_the_same_entity(ledger: PaperLedger) -> None:
    found_entity(ledger.perform, code="OTHER")
    other = entity_id_of("OTHER")
    named: dict[str, Any] = {
        "motion_id": UUID(int=620),
        "entity_id": other,
        "title": "A boat",
        "text": "Buy a boat.",
    }
    ledger.perform(governance.table_motion, **named)
    convenes(ledger)
    with pytest.raises(OtherEntity):
        convenes(ledger, SECOND, entity_id=other, agenda=[UUID(int=620)], previous_id=FIRST)


# Adjournment, secret polls, the end


def test_a_motion_left_for_another_day_is_not_decided_here_and_can_be_convened_for(
    ledger: PaperLedger,
) -> None:
    convenes(ledger)
    opens(ledger, ANNA, BERT, CLEO)
    leaving: dict[str, Any] = {
        "assembly_id": FIRST,
        "to_on": TODAY + timedelta(days=21),
        "decision_ref": "board 8",
    }
    for agenda in ([], [MOTION, MOTION]):
        with pytest.raises(InvalidAgenda):
            ledger.perform(assemblies.adjourn_motions, **leaving, motions=agenda)
    ledger.perform(assemblies.adjourn_motions, **leaving, motions=[MOTION])
    with pytest.raises(NotOnTheAgenda):
        puts(ledger)
    puts(ledger, OTHER_MOTION, OTHER_POLL)
    with pytest.raises(MotionAlreadyOpened):
        ledger.perform(assemblies.adjourn_motions, **leaving, motions=[OTHER_MOTION])
    convenes(ledger, SECOND, agenda=[MOTION])


def test_a_secret_poll_is_refused_in_an_assembly_and_outside_of_one(ledger: PaperLedger) -> None:
    convenes(ledger)
    opens(ledger, ANNA, BERT, CLEO)
    with pytest.raises(SecretPollNotOffered, match="vote by roll-call"):
        puts(ledger, secrecy=Secrecy.SECRET)
    asked: dict[str, Any] = {"poll_id": POLL, "motion_id": MOTION, "roll_id": ROLL, "rule_name": "ordinary"}
    with pytest.raises(SecretPollNotOffered):
        ledger.perform(open_poll, **asked, rule_version=1, secrecy=Secrecy.SECRET)


def test_minutes_are_drawn_up_after_the_end_and_signed_as_they_stand(ledger: PaperLedger) -> None:
    convenes(ledger)
    opens(ledger, ANNA)
    drawing: dict[str, Any] = {"assembly_id": FIRST, "document_sha256": SHA256, "language": "fr"}
    with pytest.raises(AssemblyNotOver):
        ledger.perform(notices.draw_up_minutes, **drawing, last_position=1)
    ledger.perform(assemblies.close_assembly, assembly_id=FIRST)
    with pytest.raises(DigestTooEarly):
        ledger.perform(notices.draw_up_minutes, **drawing, last_position=ledger.position + 1)
    ledger.perform(notices.draw_up_minutes, **drawing, last_position=ledger.position)
    signing: dict[str, Any] = {"assembly_id": FIRST, "member_id": ANNA, "document_sha256": SHA256}
    ledger.perform(notices.sign_minutes, **signing)
    with pytest.raises(SignedAlready):
        ledger.perform(notices.sign_minutes, **signing)
    with pytest.raises(NotOnTheRoll):
        ledger.perform(notices.sign_minutes, **{**signing, "member_id": UUID(int=9)})
    mended: dict[str, Any] = {**drawing, "document_sha256": "ef" * 32, "reason": "a name was misspelt"}
    with pytest.raises(EmptyText):
        ledger.perform(notices.draw_up_minutes, **{**mended, "reason": " "}, last_position=ledger.position)
    ledger.perform(notices.draw_up_minutes, **mended, last_position=ledger.position)
    with pytest.raises(NotTheseMinutes):
        ledger.perform(notices.sign_minutes, **signing)
    ledger.perform(notices.sign_minutes, **{**signing, "document_sha256": "ef" * 32})
    assert last(ledger, Minutes.Signed).member_id == ANNA


# 4,900 of 10,000 shares, from the notice to the second meeting


@pytest.mark.parametrize(("yes", "no", "adopted"), [(2_325, 775, True), (2_324, 776, False)])
def test_an_assembly_of_four_thousand_nine_hundred_shares_and_its_second_meeting(
    yes: int, no: int, *, adopted: bool
) -> None:
    ledger = meeting.founded()
    for preset in ("ordinary", "statutes"):
        says: dict[str, Any] = {
            "entity_id": ENTITY,
            "preset_name": f"be-sc-{preset}",
            "name": preset,
            "version": 1,
        }
        ledger.perform(adopt_preset, **says, valid_from=TODAY)
    accounts, statutes = MOTION, OTHER_MOTION
    convenes(ledger, rule_name="ordinary", rule_version=1)
    shares = {ANNA: 4_900, BERT: 3_100 - no - 1, CLEO: no, DIRK: yes + no - 3_100 + 1, ELLA: 2_000 - 1 + 1}
    shares[ELLA] = 10_000 - sum(shares[each] for each in (ANNA, BERT, CLEO, DIRK))
    opens(ledger, ANNA, drawn=holding(ledger, shares))
    puts(ledger, accounts)
    votes(ledger, ANNA, YES)
    assert isinstance(counts(ledger), Motion.Adopted)
    puts(ledger, statutes, OTHER_POLL, rule="statutes")
    lacking = last(ledger, Assembly.QuorumNotReached)
    assert (lacking.present, lacking.entitled, lacking.num, lacking.den) == (4_900, 10_000, 1, 2)
    assert lacking.reckoned.basis is Basis.SHARES
    ledger.perform(assemblies.close_assembly, assembly_id=FIRST)
    convenes(ledger, SECOND, agenda=[statutes], previous_id=FIRST, rule_name="statutes", rule_version=1)
    second: dict[str, Any] = {
        "assembly_id": SECOND,
        "roll_id": UUID(int=606),
        "drawn": holding(ledger, shares),
    }
    opens(ledger, BERT, CLEO, DIRK, **second)
    puts(ledger, statutes, OTHER_POLL, assembly_id=SECOND, rule="statutes")
    for member, choice in ((BERT, YES), (CLEO, NO), (DIRK, YES)):
        votes(ledger, member, choice, poll_id=OTHER_POLL)
    verdict = counts(ledger, OTHER_POLL)
    assert (verdict.yes, verdict.no, verdict.took_part) == (yes, no, 3_100)
    assert isinstance(verdict, Motion.Adopted) is adopted
    state = MotionState.ADOPTED if adopted else MotionState.REJECTED
    assert ledger.get(Motion, statutes).state is state
