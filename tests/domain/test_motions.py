"""Motions beside their polls: amended, objected to, adopted by consent or in writing, annulled."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.electoral_roll import ElectoralRoll
from domain.aggregates.motion import Motion, MotionState
from domain.aggregates.poll import Poll
from domain.aggregates.written_decision import WrittenDecision
from domain.errors import (
    ConflictDeclaredAlready,
    DecisionInWritingOver,
    EmptyText,
    MotionAlreadyOpened,
    MotionDecidedAlready,
    NoSuchObjection,
    NotByConsent,
    NothingToAnnul,
    NotInWriting,
    NotOnTheAgenda,
    NotOnTheRoll,
    NotTheTextSigned,
    ObjectionKnown,
    ObjectionsStand,
    OtherEntity,
    PollIsAnnulled,
    RollInUse,
    SignedAlready,
    TextUnchanged,
)
from domain.governance.provisions import Method, Writing
from domain.governance.rolls import EntryReason
from domain.governance.rules import Choice
from domain.ledger import governance, motions
from domain.ledger.assemblies import close_assembly
from domain.ledger.entities import entity_id_of
from domain.ledger.governance import annul_poll, freeze_roll
from domain.ledger.rolls import correct_roll
from tests.cooperative import ENTITY, found_entity, join
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
    convenes,
    counts,
    last,
    opens,
    puts,
    rules,
    votes,
    with_provisions,
)
from tests.paper import PaperLedger
from tests.scenario import stamp

YES, NO = Choice.YES, Choice.NO
DECISION, OBJECTION = UUID(int=630), UUID(int=631)


@pytest.fixture
def ledger() -> PaperLedger:
    """Five members, two motions, a rule that votes, one of consent, and one for the statutes."""
    ledger = meeting.founded()
    rules(ledger)
    rules(ledger, with_provisions(method=Method.CONSENT), name="consent")
    rules(ledger, with_provisions(changes_statutes=True), name="statutes")
    rules(ledger, with_provisions(writing=Writing.NEVER), name="unwritten")
    return ledger


def amends(ledger: PaperLedger, text: str, **says: str) -> None:
    asked: dict[str, Any] = {"title": "A van", "text": text, "decision_ref": "amendment 1"} | says
    ledger.perform(motions.amend_motion, motion_id=MOTION, **asked)


def objects(ledger: PaperLedger, member_id: UUID = ANNA, reason: str = "It burns oil.") -> None:
    named: dict[str, Any] = {"motion_id": MOTION, "objection_id": OBJECTION, "member_id": member_id}
    ledger.perform(motions.raise_objection, **named, reason=reason)


def resolves(ledger: PaperLedger, how: str = "An electric one.") -> None:
    ledger.perform(motions.resolve_objection, motion_id=MOTION, objection_id=OBJECTION, how=how)


def consents(ledger: PaperLedger, rule: str = "consent", assembly_id: UUID | None = None) -> None:
    ruled: dict[str, Any] = {"motion_id": MOTION, "rule_name": rule, "rule_version": 1}
    ledger.perform(motions.adopt_by_consent, **ruled, assembly_id=assembly_id)


def proposes(ledger: PaperLedger, rule: str = "ordinary") -> None:
    asked: dict[str, Any] = {"written_decision_id": DECISION, "motion_id": MOTION, "roll_id": ROLL}
    ledger.perform(motions.propose_in_writing, **asked, rule_name=rule, rule_version=1)


def signs(ledger: PaperLedger, member_id: UUID) -> None:
    named: dict[str, Any] = {"written_decision_id": DECISION, "member_id": member_id}
    ledger.perform(motions.sign_decision, **named, signed_on=date(2026, 3, 1))


# Texts


def test_an_amended_text_has_a_number_and_a_hash_and_the_earlier_one_is_kept(ledger: PaperLedger) -> None:
    before = ledger.get(Motion, MOTION).text_sha256
    amends(ledger, "Rent a van.")
    amended = last(ledger, Motion.Amended)
    assert (amended.text_no, amended.text, amended.decision_ref) == (2, "Rent a van.", "amendment 1")
    assert last(ledger, Motion.Tabled).text != amended.text
    assert ledger.get(Motion, MOTION).text_sha256 == amended.text_sha256 != before
    with pytest.raises(TextUnchanged):
        amends(ledger, "Rent a van.")
    for empty in ("title", "text", "decision_ref"):
        with pytest.raises(EmptyText):
            amends(ledger, **{"text": "Share a van.", empty: " "})


def test_a_text_that_is_put_to_the_vote_is_amended_no_more(ledger: PaperLedger) -> None:
    convenes(ledger)
    opens(ledger, ANNA, BERT, CLEO)
    puts(ledger)
    assert last(ledger, Motion.Opened).text_sha256 == ledger.get(Motion, MOTION).text_sha256
    with pytest.raises(MotionAlreadyOpened):
        amends(ledger, "Rent a van.")


# Conflicts


def test_a_conflict_is_declared_once_by_a_member_before_the_verdict(ledger: PaperLedger) -> None:
    asked: dict[str, Any] = {"motion_id": MOTION, "interest": "sells vans"}
    ledger.perform(motions.declare_conflict, **asked, member_id=ANNA)
    with pytest.raises(ConflictDeclaredAlready):
        ledger.perform(motions.declare_conflict, **asked, member_id=ANNA)
    with pytest.raises(NotOnTheRoll):
        ledger.perform(motions.declare_conflict, **asked, member_id=UUID(int=9))
    consents(ledger)
    with pytest.raises(MotionDecidedAlready):
        ledger.perform(motions.declare_conflict, **asked, member_id=BERT)


# Consent


def test_a_motion_is_adopted_by_consent_when_no_objection_stands(ledger: PaperLedger) -> None:
    objects(ledger)
    with pytest.raises(ObjectionKnown):
        objects(ledger)
    with pytest.raises(ObjectionsStand):
        consents(ledger)
    resolves(ledger)
    with pytest.raises(NoSuchObjection):
        resolves(ledger)
    consents(ledger)
    adopted = last(ledger, Motion.AdoptedByConsent)
    assert (adopted.rule_name, adopted.rule_version, adopted.raised) == ("consent", 1, 1)
    assert ledger.get(Motion, MOTION).state is MotionState.ADOPTED
    with pytest.raises(MotionDecidedAlready):
        resolves(ledger)


def test_an_objection_has_a_reason_and_its_end_says_how(ledger: PaperLedger) -> None:
    with pytest.raises(EmptyText):
        objects(ledger, reason=" ")
    with pytest.raises(NotOnTheRoll):
        objects(ledger, UUID(int=9))
    objects(ledger)
    with pytest.raises(EmptyText):
        resolves(ledger, how=" ")


def test_a_rule_votes_or_asks_for_consent_and_never_the_other(ledger: PaperLedger) -> None:
    with pytest.raises(NotByConsent):
        consents(ledger, "ordinary")
    convenes(ledger)
    opens(ledger, ANNA, BERT, CLEO)
    with pytest.raises(NotByConsent):
        puts(ledger, rule="consent")


def test_consent_in_an_assembly_is_to_a_motion_of_its_agenda(ledger: PaperLedger) -> None:
    convenes(ledger, agenda=[OTHER_MOTION])
    opens(ledger, ANNA)
    with pytest.raises(NotOnTheAgenda):
        consents(ledger, assembly_id=FIRST)
    convenes(ledger, UUID(int=640))
    opens(ledger, ANNA, assembly_id=UUID(int=640), roll_id=UUID(int=641))
    consents(ledger, assembly_id=UUID(int=640))
    assert last(ledger, Motion.AdoptedByConsent).assembly_id == UUID(int=640)


# In writing


def test_a_decision_in_writing_is_adopted_with_the_last_signature(ledger: PaperLedger) -> None:
    ledger.perform(freeze_roll, roll_id=ROLL, entity_id=ENTITY)
    proposes(ledger)
    for member in (ANNA, BERT, CLEO, DIRK):
        signs(ledger, member)
    with pytest.raises(SignedAlready):
        signs(ledger, ANNA)
    with pytest.raises(NotOnTheRoll):
        signs(ledger, UUID(int=9))
    assert ledger.get(Motion, MOTION).state is MotionState.TABLED
    signs(ledger, ELLA)
    assert last(ledger, WrittenDecision.Adopted).signatures == 5
    assert ledger.get(Motion, MOTION).state is MotionState.ADOPTED
    with pytest.raises(DecisionInWritingOver):
        signs(ledger, ELLA)


@pytest.mark.parametrize("rule", ["statutes", "unwritten"])
def test_statutes_are_never_changed_in_writing_nor_what_the_rule_wants_discussed(
    ledger: PaperLedger, rule: str
) -> None:
    ledger.perform(freeze_roll, roll_id=ROLL, entity_id=ENTITY)
    with pytest.raises(NotInWriting):
        proposes(ledger, rule)


def test_what_was_signed_is_the_text_as_it_stands(ledger: PaperLedger) -> None:
    ledger.perform(freeze_roll, roll_id=ROLL, entity_id=ENTITY)
    proposes(ledger)
    for member in (ANNA, BERT, CLEO, DIRK):
        signs(ledger, member)
    amends(ledger, "Rent a van.")
    with pytest.raises(NotTheTextSigned):
        signs(ledger, ELLA)


def test_a_decision_in_writing_that_is_dropped_goes_to_an_assembly(ledger: PaperLedger) -> None:
    ledger.perform(freeze_roll, roll_id=ROLL, entity_id=ENTITY)
    proposes(ledger)
    with pytest.raises(EmptyText):
        ledger.perform(motions.drop_decision, written_decision_id=DECISION, decision_ref=" ")
    ledger.perform(motions.drop_decision, written_decision_id=DECISION, decision_ref="board 9")
    with pytest.raises(DecisionInWritingOver):
        signs(ledger, ANNA)
    convenes(ledger)


def test_a_signature_of_one_who_was_taken_off_the_roll_stands_for_nobody_else(ledger: PaperLedger) -> None:
    """As many signatures as the roll has members are not those of all of them."""
    ledger.perform(freeze_roll, roll_id=ROLL, entity_id=ENTITY)
    proposes(ledger)
    for member in (ANNA, BERT, CLEO):
        signs(ledger, member)
    off: dict[str, Any] = {
        "member_id": ANNA,
        "votes": 0,
        "reason": EntryReason.ERROR,
        "evidence_ref": "entry 6",
    }
    ledger.perform(correct_roll, roll_id=ROLL, **off)
    signs(ledger, DIRK)
    assert ledger.get(Motion, MOTION).state is MotionState.TABLED
    signs(ledger, ELLA)
    assert ledger.get(Motion, MOTION).state is MotionState.ADOPTED
    assert last(ledger, WrittenDecision.Adopted).signatures == 5


def test_a_roll_on_which_all_have_adopted_in_writing_is_corrected_no_more(ledger: PaperLedger) -> None:
    """Else one who never signed could be put on the roll of what all are said to have signed."""
    ledger.perform(freeze_roll, roll_id=ROLL, entity_id=ENTITY)
    proposes(ledger)
    fixed: dict[str, Any] = {"reason": EntryReason.ERROR, "evidence_ref": "entry 6"}
    ledger.perform(correct_roll, roll_id=ROLL, member_id=ANNA, votes=0, **fixed)
    for member in (BERT, CLEO, DIRK, ELLA):
        signs(ledger, member)
    assert ledger.get(Motion, MOTION).state is MotionState.ADOPTED
    assert last(ledger, ElectoralRoll.PutToUse).poll_id == DECISION
    with pytest.raises(RollInUse):
        ledger.perform(correct_roll, roll_id=ROLL, member_id=ANNA, votes=1, **fixed)


def test_a_roll_of_another_entity_signs_nothing(ledger: PaperLedger) -> None:
    found_entity(ledger.perform, code="OTHER")
    join(ledger.perform, UUID(int=150), entity_id=entity_id_of("OTHER"))
    ledger.perform(freeze_roll, roll_id=ROLL, entity_id=entity_id_of("OTHER"))
    with pytest.raises(OtherEntity):
        proposes(ledger)


# Annulled polls


def test_a_poll_annulled_before_its_count_lets_the_motion_be_put_again(ledger: PaperLedger) -> None:
    convenes(ledger)
    opens(ledger, ANNA, BERT, CLEO)
    puts(ledger)
    votes(ledger, ANNA, YES)
    voiding: dict[str, Any] = {
        "poll_id": POLL,
        "decision_ref": "chair",
        "reason": "The wrong text was read out.",
    }
    for empty in ("decision_ref", "reason"):
        with pytest.raises(EmptyText):
            ledger.perform(annul_poll, **{**voiding, empty: " "})
    ledger.perform(annul_poll, **voiding)
    with pytest.raises(PollIsAnnulled):
        ledger.perform(annul_poll, **voiding)
    with pytest.raises(PollIsAnnulled):
        ledger.perform(governance.count_poll, poll_id=POLL, ballots=[])
    puts(ledger, poll_id=OTHER_POLL)
    votes(ledger, ANNA, NO, poll_id=OTHER_POLL)
    assert (counts(ledger, OTHER_POLL).yes, last(ledger, Poll.Counted).ballots) == (0, 1)
    ledger.perform(close_assembly, assembly_id=FIRST)


def test_a_verdict_that_is_annulled_carries_nothing_any_more(ledger: PaperLedger) -> None:
    convenes(ledger)
    opens(ledger, ANNA, BERT, CLEO)
    puts(ledger)
    votes(ledger, ANNA, YES)
    counts(ledger)
    ledger.perform(annul_poll, poll_id=POLL, decision_ref="court 12", reason="Two members were not called.")
    assert last(ledger, Motion.VerdictAnnulled).decision_ref == "court 12"
    assert ledger.get(Motion, MOTION).state is MotionState.ANNULLED


def test_a_motion_that_no_poll_decided_has_nothing_to_annul(ledger: PaperLedger) -> None:
    motion = ledger.get(Motion, MOTION)
    with pytest.raises(NothingToAnnul):
        motion.annul(stamp(), poll_id=POLL, decision_ref="court 12")
