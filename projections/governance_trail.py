"""How decisions were taken: rules, rolls, motions, polls and every vote, each with its position."""

from __future__ import annotations

from uuid import UUID

from pydantic import TypeAdapter

from domain.aggregates.advance_box import AdvanceBox
from domain.aggregates.electoral_roll import ElectoralRoll
from domain.aggregates.motion import Decision, Motion, MotionState
from domain.aggregates.poll import Poll, PollState
from domain.aggregates.rule_set import RuleSet
from domain.aggregates.voting_right import VotingRight
from domain.governance.provisions import Provisions
from projections.assembly_trail import TABLES, AssembliesPage
from projections.governance_tables import (
    MOTION_TEXTS,
    MOTIONS,
    POLLS,
    ROLL_ENTRIES,
    ROLLS,
    RULE_SETS,
    VERDICTS,
    VOTES,
)
from projections.read_model import ReadModel, on

PROVISIONS = TypeAdapter(Provisions)

MOST_OF_A_PAGE = 500
"""No page of a roll ever held more: places follow the pages, with gaps where a page holds less."""

_ADD_RULE_SET = """
    COPY rule_set (
        rule_set_id, entity_id, name, version, valid_from, quorum_num, quorum_den, majority_num,
        majority_den, comparator, denominator, source_ref, position, quorum_basis, provisions
    ) FROM STDIN
"""
_ADD_ROLL = "COPY roll (roll_id, entity_id, record_on, drawn_at, position) FROM STDIN"
_ADD_ROLL_ENTRY = """
    COPY roll_entry (roll_id, place, member_id, member_no, votes, shares, college, reason) FROM STDIN
"""
# A member who was not on the roll comes after the others.
_CORRECT_ENTRY = """
    INSERT INTO roll_entry (roll_id, place, member_id, member_no, votes, shares, college, reason)
    SELECT %(roll_id)s, coalesce(
            max(place) FILTER (WHERE member_id = %(member_id)s), max(place) + 1
        ), %(member_id)s, %(member_no)s, %(votes)s, %(shares)s, %(college)s, %(reason)s
    FROM roll_entry WHERE roll_id = %(roll_id)s
    ON CONFLICT (roll_id, place) DO UPDATE SET member_no = excluded.member_no, votes = excluded.votes,
        shares = excluded.shares, college = excluded.college, reason = excluded.reason
"""
_FREEZE_ROLL = """
    UPDATE roll SET pages = coalesce(%(pages)s, pages), members = %(members)s, votes = %(votes)s, root = %(root)s
    WHERE roll_id = %(roll_id)s
"""
_ADD_MOTION = "COPY motion (motion_id, entity_id, text_sha256, state, position) FROM STDIN"
_ADD_MOTION_TEXT = "COPY motion_text (motion_id, title, text) FROM STDIN"
_MOVE_MOTION = """
    UPDATE motion SET state = %(state)s, poll_id = %(poll_id)s, agreed_in = %(agreed_in)s
    WHERE motion_id = %(motion_id)s
"""
# What was said in advance stands before the first vote cast, with the votes the roll gives.
_ADD_ADVANCE_VOTE = """
    INSERT INTO vote (poll_id, member_id, seq, position, recorded_at, choice, votes)
    SELECT p.poll_id, e.member_id, 0, %(position)s, %(recorded_at)s, %(choice)s, e.votes
    FROM poll AS p JOIN roll_entry AS e USING (roll_id)
    WHERE p.poll_id = %(poll_id)s AND e.member_id = %(member_id)s
"""
_DECLARE_CONFLICT = """
    UPDATE motion SET conflicted = conflicted || %(member_id)s::uuid WHERE motion_id = %(motion_id)s
"""
_AMEND_MOTION = "UPDATE motion SET text_sha256 = %(text_sha256)s WHERE motion_id = %(motion_id)s"
_AMEND_TEXT = "UPDATE motion_text SET title = %(title)s, text = %(text)s WHERE motion_id = %(motion_id)s"
_ANNUL_POLL = "UPDATE poll SET state = 'annulled', annulled_at = %(annulled_at)s WHERE poll_id = %(poll_id)s"
_ADD_POLL = """
    COPY poll (
        poll_id, entity_id, motion_id, roll_id, rule_set_id, state, opened_on, opened_at
    ) FROM STDIN
"""
_PLACE_POLL = """
    UPDATE poll SET assembly_id = %(assembly_id)s, present = %(present)s, quorum_num = %(quorum_num)s,
        quorum_den = %(quorum_den)s, quorum_basis = %(quorum_basis)s
    WHERE poll_id = %(poll_id)s
"""
_CLOSE_POLL = """
    UPDATE poll SET closing_position = %(closing_position)s, closed_at = %(closed_at)s, closed_on = %(closed_on)s,
        state = CASE WHEN counted_at IS NULL AND annulled_at IS NULL THEN 'closed' ELSE state END
    WHERE poll_id = %(poll_id)s
"""
_COUNT_POLL = """
    UPDATE poll SET state = CASE WHEN annulled_at IS NULL THEN 'counted' ELSE state END, counted_at = %(counted_at)s, ballots = %(ballots)s,
        input_root = %(input_root)s, yes = %(yes)s, no = %(no)s, abstain = %(abstain)s, blank = %(blank)s,
        invalid = %(invalid)s
    WHERE poll_id = %(poll_id)s
"""
_ADD_VOTE = "COPY vote (poll_id, member_id, seq, position, recorded_at, choice, votes) FROM STDIN"
_NAME_HOLDER = """
    UPDATE vote SET holder_id = %(holder_id)s
    WHERE poll_id = %(poll_id)s AND member_id = %(member_id)s AND seq = %(seq)s
"""
_ADD_VERDICT = """
    COPY verdict (
        poll_id, motion_id, adopted, yes, no, abstain, blank, took_part, entitled, quorum_met,
        denominator, invalid, position
    ) FROM STDIN
"""


class GovernanceTrailPage(AssembliesPage):
    """Writes the trail of each decision."""

    @on(RuleSet.Adopted)
    def _rule_adopted(self, position: int, event: RuleSet.Adopted) -> None:
        quorum, majority = event.quorum, event.majority
        thresholds = (quorum.num, quorum.den, majority.num, majority.den)
        words = (majority.comparator.value, majority.denominator.value, event.source_ref)
        named = (event.originator_id, event.entity_id, event.name, event.version, event.valid_from)
        said = (quorum.basis.value, PROVISIONS.dump_json(event.provisions).decode())
        self.add(_ADD_RULE_SET, *named, *thresholds, *words, position, *said)

    @on(ElectoralRoll.Drawn)
    def _roll_drawn(self, position: int, event: ElectoralRoll.Drawn) -> None:
        row = (event.originator_id, event.entity_id, event.record_on, event.position)
        self.add(_ADD_ROLL, *row, position)

    @on(ElectoralRoll.PageFrozen)
    def _roll_page(self, _: int, event: ElectoralRoll.PageFrozen) -> None:
        for place, entry in enumerate(event.entries, start=1 + (event.n - 1) * MOST_OF_A_PAGE):
            row = (place, entry.member_id, entry.member_no, entry.votes)
            more = (entry.shares, entry.college, entry.reason.value)
            self.add(_ADD_ROLL_ENTRY, event.originator_id, *row, *more)

    @on(ElectoralRoll.Frozen)
    def _roll_frozen(self, _: int, event: ElectoralRoll.Frozen) -> None:
        self.change(
            _FREEZE_ROLL,
            roll_id=event.originator_id,
            pages=event.pages,
            members=event.count,
            votes=event.votes,
            root=event.root,
        )

    @on(ElectoralRoll.EntryCorrected)
    def _entry_corrected(self, _: int, event: ElectoralRoll.EntryCorrected) -> None:
        roll_id = event.originator_id
        corrected = {**vars(event.entry), "reason": event.entry.reason.value}
        self.change(_CORRECT_ENTRY, roll_id=roll_id, **corrected)
        after = {"members": event.count, "votes": event.votes, "root": event.root}
        self.change(_FREEZE_ROLL, roll_id=roll_id, pages=None, **after)

    @on(Motion.Tabled)
    def _tabled(self, position: int, event: Motion.Tabled) -> None:
        row = (event.originator_id, event.entity_id, event.text_sha256, MotionState.TABLED.value)
        self.add(_ADD_MOTION, *row, position)
        self.add(_ADD_MOTION_TEXT, event.originator_id, event.title, event.text)

    @on(Motion.Opened)
    def _opened(self, _: int, event: Motion.Opened) -> None:
        self._move(event, MotionState.OPENED, event.poll_id)

    @on(Motion.Adopted)
    def _adopted(self, position: int, event: Motion.Adopted) -> None:
        self._decided(position, event, MotionState.ADOPTED)

    @on(Motion.Rejected)
    def _rejected(self, position: int, event: Motion.Rejected) -> None:
        self._decided(position, event, MotionState.REJECTED)

    def _decided(self, position: int, event: Decision, state: MotionState) -> None:
        motion_id = event.originator_id
        votes = (event.yes, event.no, event.abstain, event.blank)
        arithmetic = (event.took_part, event.entitled, event.quorum_met, event.denominator, event.invalid)
        adopted = state is MotionState.ADOPTED
        self.add(_ADD_VERDICT, event.poll_id, motion_id, adopted, *votes, *arithmetic, position)
        self._move(event, state, event.poll_id)

    def _move(
        self,
        event: Motion.Event | Decision,
        state: MotionState,
        poll_id: UUID | None = None,
        agreed_in: UUID | None = None,
    ) -> None:
        went = {"state": state.value, "poll_id": poll_id, "agreed_in": agreed_in}
        self.change(_MOVE_MOTION, motion_id=event.originator_id, **went)

    @on(Motion.Amended)
    def _amended(self, _: int, event: Motion.Amended) -> None:
        motion_id = event.originator_id
        self.change(_AMEND_MOTION, motion_id=motion_id, text_sha256=event.text_sha256)
        self.change(_AMEND_TEXT, motion_id=motion_id, title=event.title, text=event.text)

    @on(Motion.AdoptedByConsent, Motion.AdoptedInWriting)
    def _adopted_without_a_poll(
        self, _: int, event: Motion.AdoptedByConsent | Motion.AdoptedInWriting
    ) -> None:
        agreed_in = event.assembly_id if isinstance(event, Motion.AdoptedByConsent) else None
        self._move(event, MotionState.ADOPTED, agreed_in=agreed_in)

    @on(Motion.PollAnnulled)
    def _to_be_put_again(self, _: int, event: Motion.PollAnnulled) -> None:
        self._move(event, MotionState.TABLED)

    @on(Motion.VerdictAnnulled)
    def _verdict_annulled(self, _: int, event: Motion.VerdictAnnulled) -> None:
        self._move(event, MotionState.ANNULLED, event.poll_id)

    @on(Poll.Annulled)
    def _poll_annulled(self, position: int, event: Poll.Annulled) -> None:
        self.change(_ANNUL_POLL, poll_id=event.originator_id, annulled_at=position)

    @on(Poll.Opened)
    def _poll_opened(self, position: int, event: Poll.Opened) -> None:
        under = (event.entity_id, event.motion_id, event.roll_id, event.rule_set_id)
        state = PollState.OPEN.value
        self.add(_ADD_POLL, event.originator_id, *under, state, event.effective_on, position)

    @on(Poll.HeldInAssembly)
    def _poll_placed(self, _: int, event: Poll.HeldInAssembly) -> None:
        poll_id = event.originator_id
        quorum = event.quorum
        asked = {
            "quorum_num": quorum.num if quorum else None,
            "quorum_den": quorum.den if quorum else None,
            "quorum_basis": quorum.basis.value if quorum else None,
        }
        placed = {"assembly_id": event.assembly_id, "present": event.took_part}
        self.change(_PLACE_POLL, poll_id=poll_id, **placed, **asked)

    @on(AdvanceBox.PageOpened)
    def _read_out(self, position: int, event: AdvanceBox.PageOpened) -> None:
        for vote in event.votes:
            said = {"member_id": vote.member_id, "choice": vote.choice.value}
            when = {"position": position, "recorded_at": event.timestamp}
            self.change(_ADD_ADVANCE_VOTE, poll_id=event.poll_id, **said, **when)

    @on(Motion.ConflictDeclared)
    def _in_conflict(self, _: int, event: Motion.ConflictDeclared) -> None:
        self.change(_DECLARE_CONFLICT, motion_id=event.originator_id, member_id=event.member_id)

    @on(Poll.Closed)
    def _poll_closed(self, position: int, event: Poll.Closed) -> None:
        poll_id = event.originator_id
        closed = {"closed_at": position, "closed_on": event.effective_on}
        self.change(_CLOSE_POLL, poll_id=poll_id, closing_position=event.position, **closed)

    @on(Poll.Counted)
    def _poll_counted(self, position: int, event: Poll.Counted) -> None:
        self.change(
            _COUNT_POLL,
            poll_id=event.originator_id,
            counted_at=position,
            ballots=event.ballots,
            input_root=event.input_root,
            yes=event.yes,
            no=event.no,
            abstain=event.abstain,
            blank=event.blank,
            invalid=event.invalid,
        )

    @on(VotingRight.VoteCast, VotingRight.VoteChanged)
    def _voted(self, position: int, event: VotingRight.Event) -> None:
        cast = (event.poll_id, event.member_id, event.seq)
        self.add(_ADD_VOTE, *cast, position, event.timestamp, event.choice.value, event.votes)

    @on(VotingRight.GivenByProxy)
    def _given_by_proxy(self, _: int, event: VotingRight.GivenByProxy) -> None:
        cast = {"poll_id": event.poll_id, "member_id": event.member_id, "seq": event.seq}
        self.change(_NAME_HOLDER, **cast, holder_id=event.holder_id)


GOVERNANCE_TRAIL = ReadModel(
    "governance_trail",
    6,
    (RULE_SETS, ROLLS, ROLL_ENTRIES, MOTIONS, MOTION_TEXTS, POLLS, VOTES, VERDICTS, *TABLES),
    GovernanceTrailPage,
)
