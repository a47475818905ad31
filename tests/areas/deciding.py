"""What members decide in writing, all of them: motions, their texts, rolls that are corrected, and signatures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.aggregates.electoral_roll import ElectoralRoll
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.motion import Motion, MotionState
from domain.aggregates.written_decision import WrittenDecision
from domain.governance.rolls import EntryReason
from domain.ledger import governance, motions
from domain.ledger.entities import register_id
from domain.ledger.rolls import correct_roll
from tests.areas.desk import PICK, Area
from tests.cooperative import ENTITY
from tests.domain import electing
from tests.domain.electing import RULE, TODAY, VOTERS

WHO = st.integers(0, len(VOTERS) - 1)
WORDS = st.sampled_from(["Buy a van.", "Rent a van.", "Walk."])


@dataclass
class PaperMotion:
    """A motion, what it says now, and whether all have signed it."""

    id: UUID
    text: str
    adopted: bool = False


@dataclass
class PaperDecision:
    """A motion that is decided in writing: the text sent, who must sign and who has."""

    id: UUID
    roll: UUID
    motion: PaperMotion
    text: str
    must_sign: set[int]
    signed: set[int] = field(default_factory=set)
    state: str = "proposed"


class Deciding(Area):
    """Rules about deciding in writing; eight members at the beginning."""

    def found(self) -> None:
        electing.cooperative(self.ledger.perform)
        self.members = set(range(len(VOTERS)))
        self.motions: list[PaperMotion] = []
        self.decisions: list[PaperDecision] = []

    def motion(self, pick: int, *, adopted: bool = False) -> PaperMotion | None:
        """A motion that is adopted, or that is not; now and then any."""
        return self.one_of(self.motions, pick, lambda each: each.adopted is adopted)

    @rule(text=WORDS)
    def table(self, text: str) -> None:
        new = self.new_id()
        asked: dict[str, Any] = {"motion_id": new, "entity_id": ENTITY, "title": "A van", "text": text}
        self.ask(True, governance.table_motion, on=TODAY, **asked)
        self.motions.append(PaperMotion(new, text))

    @rule(pick=PICK, text=WORDS)
    def amend(self, pick: int, text: str) -> None:
        """Let a motion say something else, until it is adopted."""
        if (motion := self.motion(pick)) is None:
            return
        right = not motion.adopted and text != motion.text
        asked: dict[str, Any] = {"motion_id": motion.id, "title": "A van", "text": text, "decision_ref": "1"}
        if self.ask(right, motions.amend_motion, on=TODAY, **asked):
            motion.text = text

    @rule(pick=PICK)
    def propose(self, pick: int) -> None:
        """Send a motion to all who are members now to sign."""
        if (motion := self.motion(pick)) is not None:
            self.propose_of(motion)

    def propose_of(self, motion: PaperMotion) -> None:
        """Send that motion."""
        new, roll = self.new_id(), self.new_id()
        self.ask(True, governance.freeze_roll, on=TODAY, roll_id=roll, entity_id=ENTITY)
        asked: dict[str, Any] = {"written_decision_id": new, "motion_id": motion.id, "roll_id": roll, **RULE}
        if self.ask(not motion.adopted, motions.propose_in_writing, on=TODAY, **asked):
            self.decisions.append(PaperDecision(new, roll, motion, motion.text, set(self.members)))

    def decision(self, pick: int) -> PaperDecision | None:
        """One that waits for signatures; now and then any."""
        return self.one_of(self.decisions, pick, lambda each: each.state == "proposed")

    @rule(pick=PICK, who=WHO, votes=st.sampled_from([0, 0, 1]))
    def correct_a_roll(self, pick: int, who: int, votes: int) -> None:
        """Take somebody off the roll or put them on it until all have adopted; somebody must be left."""
        if (decision := self.decision(pick)) is None:
            return
        after = decision.must_sign - {who} if not votes else decision.must_sign | {who}
        asked: dict[str, Any] = {"roll_id": decision.roll, "member_id": VOTERS[who], "votes": votes}
        asked |= {"reason": EntryReason.ERROR, "evidence_ref": "register, entry 6"}
        if self.ask(bool(after) and decision.state != "adopted", correct_roll, on=TODAY, **asked):
            decision.must_sign = after

    @rule(pick=PICK, who=WHO)
    def sign(self, pick: int, who: int) -> None:
        if (decision := self.decision(pick)) is not None:
            self.sign_it(decision, who)

    def sign_it(self, decision: PaperDecision, who: int) -> None:
        """Sign, once; the last of those who must adopts it, if the motion still says what was signed."""
        right = decision.state == "proposed" and who in decision.must_sign - decision.signed
        last = decision.must_sign <= decision.signed | {who}
        motion = decision.motion
        if last and (motion.adopted or motion.text != decision.text):
            right = False
        asked: dict[str, Any] = {"written_decision_id": decision.id, "member_id": VOTERS[who]}
        if self.ask(right, motions.sign_decision, on=TODAY, signed_on=TODAY, **asked):
            decision.signed.add(who)
            if last:
                decision.state, motion.adopted = "adopted", True

    @rule(pick=PICK, but=st.none() | WHO)
    def all_sign(self, pick: int, but: int | None) -> None:
        """Let all who have not signed do so, perhaps without one."""
        if (decision := self.decision(pick)) is None:
            return
        for who in sorted(decision.must_sign - decision.signed - {but}):
            self.sign_it(decision, who)

    @rule(pick=PICK)
    def drop(self, pick: int) -> None:
        if (decision := self.decision(pick)) is None:
            return
        asked: dict[str, Any] = {"written_decision_id": decision.id, "decision_ref": "board 3"}
        if self.ask(decision.state == "proposed", motions.drop_decision, on=TODAY, **asked):
            decision.state = "dropped"

    @invariant()
    def nothing_is_adopted_that_one_of_the_roll_has_not_signed(self) -> None:
        for motion in self.motions:
            kept = self.state(Motion, motion.id)
            assert kept.state is (MotionState.ADOPTED if motion.adopted else MotionState.TABLED)
        for decision in self.decisions:
            written = self.state(WrittenDecision, decision.id)
            assert written.state == decision.state
            assert written.signed_by == {VOTERS[who] for who in decision.signed}
            assert decision.state != "adopted" or decision.must_sign <= decision.signed
            roll = self.state(ElectoralRoll, decision.roll)
            assert {each.member_id for each in roll.entries if each.votes} == {
                VOTERS[who] for who in decision.must_sign
            }

    @invariant()
    def the_register_holds_who_is_a_member(self) -> None:
        register = self.state(MemberRegister, register_id(ENTITY))
        assert set(register.members) == {VOTERS[who] for who in self.members}
