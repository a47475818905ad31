"""A poll from the roll to the verdict, and whether a recount of the trail agrees with the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.errors import UnknownRecord
from domain.governance.provisions import Provisions
from domain.governance.reckoning import reckon
from domain.governance.rolls import EntryReason, RollEntry
from domain.governance.roots import root_of
from domain.governance.rules import Basis, Choice, Comparator, Denominator, Majority, Quorum
from domain.governance.tally import Ballot, Tally, count, decide
from domain.ledger.governance import ballots_root
from projections.governance_trail import GOVERNANCE_TRAIL, PROVISIONS
from projections.reader import Reader, position_of, rows_of


@dataclass(frozen=True)
class PollSummary:
    """One poll and where it stands; `title` reads as erased once it was."""

    poll_id: UUID
    entity_id: UUID
    motion_id: UUID
    title: str
    state: str
    opened_on: date
    opened_at: int
    closing_position: int | None
    adopted: bool | None


@dataclass(frozen=True)
class PollRecord:
    """What the log records of a poll: window, count and root; in an assembly, the votes of its quorum."""

    poll_id: UUID
    entity_id: UUID
    motion_id: UUID
    roll_id: UUID
    rule_set_id: UUID
    state: str
    opened_on: date
    opened_at: int
    assembly_id: UUID | None
    present: int
    closing_position: int | None
    closed_at: int | None
    closed_on: date | None
    counted_at: int | None
    ballots: int | None
    input_root: str | None
    yes: int | None
    no: int | None
    abstain: int | None
    blank: int | None
    invalid: int | None
    annulled_at: int | None
    quorum_num: int | None
    quorum_den: int | None
    quorum_basis: str | None

    def __post_init__(self) -> None:
        """Take the quorum as the whole numbers it is: the database returns decimals."""
        for name in ("quorum_num", "quorum_den"):
            if getattr(self, name) is not None:
                object.__setattr__(self, name, int(getattr(self, name)))


@dataclass(frozen=True)
class MotionRecord:
    """What was put to the vote; title and text read as erased once they were."""

    motion_id: UUID
    text_sha256: str
    state: str
    position: int
    title: str
    text: str


@dataclass(frozen=True)
class RuleRecord:
    """The rule the poll was decided under: its version, source and thresholds."""

    rule_set_id: UUID
    name: str
    version: int
    valid_from: date
    quorum_num: int
    quorum_den: int
    majority_num: int
    majority_den: int
    comparator: str
    denominator: str
    source_ref: str
    position: int
    quorum_basis: str
    provisions: Provisions

    def __post_init__(self) -> None:
        """Take the thresholds as the whole numbers they are, and the provisions as what they say."""
        for name in ("quorum_num", "quorum_den", "majority_num", "majority_den"):
            object.__setattr__(self, name, int(getattr(self, name)))
        if isinstance(self.provisions, str):
            object.__setattr__(self, "provisions", PROVISIONS.validate_json(self.provisions))


@dataclass(frozen=True)
class RollRecord:
    """The roll the votes come from, as the register stood at `drawn_at`."""

    roll_id: UUID
    record_on: date
    drawn_at: int
    pages: int | None
    members: int | None
    votes: int | None
    root: str | None
    position: int


@dataclass(frozen=True)
class VoteRecord:
    """One vote; of a member's votes the one with the highest `seq` counts; 0 was said in advance.

    `holder_id` gave it by proxy; None is the member.
    """

    member_id: UUID
    seq: int
    position: int
    recorded_at: datetime
    choice: str
    votes: int
    holder_id: UUID | None = None


@dataclass(frozen=True)
class VerdictRecord:
    """The verdict with the numbers it compared; `denominator` is what the majority is reckoned on."""

    adopted: bool
    yes: int
    no: int
    abstain: int
    blank: int
    took_part: int
    entitled: int
    quorum_met: bool
    denominator: int
    invalid: int
    position: int


@dataclass(frozen=True)
class Agreement:
    """What a recount of the trail finds, beside the record of the count."""

    roll: bool
    """The entries have the root, number and votes the roll was frozen with."""
    votes: bool
    """Each counted vote stands on the roll, with the votes the roll gives."""
    count: bool
    """The tally is the recorded one."""
    root: bool
    """The counted ballots have the recorded root and number."""
    verdict: bool
    """The verdict follows from the tally, the roll and the rule, to the last number."""

    @property
    def agrees(self) -> bool:
        """Whether nothing differs."""
        return self.roll and self.votes and self.count and self.root and self.verdict


@dataclass(frozen=True)
class PollTrail:
    """The whole trail of a poll, as the log stood at `position`.

    `recount` holds the tally of the votes up to the closing position (of all while it is open);
    `agreement` is None until the count is recorded.
    """

    position: int
    poll: PollRecord
    motion: MotionRecord
    rule: RuleRecord
    roll: RollRecord
    entries: tuple[RollEntry, ...]
    votes: tuple[VoteRecord, ...]
    ballots: tuple[Ballot, ...]
    recount: Tally
    verdict: VerdictRecord | None
    agreement: Agreement | None

    @property
    def agrees(self) -> bool | None:
        """Whether the recount agrees with the record; None before there is one."""
        return None if self.agreement is None else self.agreement.agrees


_POLLS = """
    SELECT p.poll_id, p.entity_id, p.motion_id, title, p.state, opened_on, opened_at, closing_position, adopted
    FROM poll AS p JOIN motion_text USING (motion_id) LEFT JOIN verdict USING (poll_id)
    WHERE %(entity_id)s::uuid IS NULL OR p.entity_id = %(entity_id)s
    ORDER BY opened_at DESC
"""
_POLL = "SELECT * FROM poll WHERE poll_id = %(id)s"
_MOTION = """
    SELECT motion_id, text_sha256, state, position, title, text
    FROM motion JOIN motion_text USING (motion_id) WHERE motion_id = %(id)s
"""
_RULE = """
    SELECT rule_set_id, name, version, valid_from, quorum_num, quorum_den, majority_num, majority_den,
        comparator, denominator, source_ref, position, quorum_basis, provisions
    FROM rule_set WHERE rule_set_id = %(id)s
"""
_ROLL = """
    SELECT roll_id, record_on, drawn_at, pages, members, votes, root, position
    FROM roll WHERE roll_id = %(id)s
"""
_ENTRIES = """
    SELECT member_id, member_no, votes, shares, college, reason
    FROM roll_entry WHERE roll_id = %(id)s ORDER BY place
"""
_VOTES = """
    SELECT member_id, seq, position, recorded_at, choice, votes, holder_id
    FROM vote WHERE poll_id = %(id)s ORDER BY position
"""
# Who was there when the poll was opened, or represented by a holder who was, or had voted in advance.
_TOOK_PART = """
    WITH held AS (SELECT assembly_id, motion_id, opened_at FROM poll WHERE poll_id = %(id)s),
    there AS (
        SELECT a.member_id FROM assembly_attendance AS a JOIN held USING (assembly_id)
        WHERE a.position < opened_at AND (left_at IS NULL OR left_at > opened_at)
    )
    SELECT member_id FROM there
    UNION SELECT p.principal_id FROM assembly_proxy AS p JOIN held USING (assembly_id)
        WHERE p.position < opened_at AND (ended_at IS NULL OR ended_at > opened_at)
            AND holder_id IN (SELECT member_id FROM there)
            AND (motions = '{}' OR held.motion_id = ANY(motions))
    UNION SELECT member_id FROM vote WHERE poll_id = %(id)s AND seq = 0
"""
_CONFLICTED = "SELECT unnest(conflicted) FROM motion WHERE motion_id = %(id)s"
_VERDICT = """
    SELECT adopted, yes, no, abstain, blank, took_part, entitled, quorum_met, denominator, invalid, position
    FROM verdict WHERE poll_id = %(id)s
"""


_REASONS = {reason.value: reason for reason in EntryReason}
_CHOICES = {choice.value: choice for choice in Choice}


def polls(reader: Reader, *, entity_id: UUID | None = None) -> list[PollSummary]:
    """Return the polls of an entity, or of all, the latest first."""
    return reader.rows(PollSummary, _POLLS, entity_id=entity_id)


def poll_trail(reader: Reader, poll_id: UUID) -> PollTrail:
    """Return the trail of a poll with its recount; raises UnknownRecord."""
    with reader.snapshot() as cursor:
        return _trail(cursor, poll_id)


def live_ballots(votes: Sequence[VoteRecord], closing_position: int | None) -> tuple[Ballot, ...]:
    """Return the vote of each member that counts: the last one up to the closing position."""
    counted = [vote for vote in votes if closing_position is None or vote.position <= closing_position]
    last = {vote.member_id: vote for vote in sorted(counted, key=lambda vote: vote.seq)}
    return tuple(
        Ballot(vote.member_id, _CHOICES[vote.choice], vote.votes, vote.holder_id) for vote in last.values()
    )


def _trail(cursor: Cursor[TupleRow], poll_id: UUID) -> PollTrail:
    connection = cursor.connection
    known = rows_of(connection, PollRecord, _POLL, id=poll_id)
    if not known:
        raise UnknownRecord(kind="poll", id=poll_id)
    poll = known[0]
    (motion,) = rows_of(connection, MotionRecord, _MOTION, id=poll.motion_id)
    (rule,) = rows_of(connection, RuleRecord, _RULE, id=poll.rule_set_id)
    (roll,) = rows_of(connection, RollRecord, _ROLL, id=poll.roll_id)
    listed = cursor.execute(_ENTRIES, {"id": poll.roll_id}, binary=True).fetchall()
    entries = tuple(
        RollEntry(member_id, member_no, votes, shares, college, _REASONS[reason])
        for member_id, member_no, votes, shares, college, reason in listed
    )
    votes = tuple(rows_of(connection, VoteRecord, _VOTES, id=poll_id))
    verdict = next(iter(rows_of(connection, VerdictRecord, _VERDICT, id=poll_id)), None)
    ballots = live_ballots(votes, poll.closing_position)
    tally = count(ballots)
    follows = False
    if verdict is not None:
        circumstances = {
            "took_part": frozenset(row[0] for row in cursor.execute(_TOOK_PART, {"id": poll_id})),
            "conflicted": frozenset(row[0] for row in cursor.execute(_CONFLICTED, {"id": poll.motion_id})),
        }
        follows = _follows(verdict, poll, rule, entries, ballots, tally, **circumstances)
    return PollTrail(
        position_of(cursor, GOVERNANCE_TRAIL.name),
        poll,
        motion,
        rule,
        roll,
        entries,
        votes,
        ballots,
        tally,
        verdict,
        None
        if verdict is None
        else _agreement(poll, roll, entries, ballots, tally, verdict, follows=follows),
    )


def _agreement(
    poll: PollRecord,
    roll: RollRecord,
    entries: Sequence[RollEntry],
    ballots: Sequence[Ballot],
    tally: Tally,
    verdict: VerdictRecord,
    *,
    follows: bool,
) -> Agreement:
    held = {entry.member_id: entry.votes for entry in entries}
    entitled = sum(held.values())
    frozen = (root_of([entry.line() for entry in entries]), len(entries), entitled)
    recorded = Tally(poll.yes or 0, poll.no or 0, poll.abstain or 0, poll.blank or 0, poll.invalid or 0)
    return Agreement(
        roll=frozen == (roll.root, roll.members, roll.votes),
        votes=all(held.get(ballot.member_id) == ballot.votes for ballot in ballots),
        count=tally
        == recorded
        == Tally(verdict.yes, verdict.no, verdict.abstain, verdict.blank, verdict.invalid),
        root=(ballots_root(ballots), len(ballots)) == (poll.input_root, poll.ballots),
        verdict=follows,
    )


def _follows(
    verdict: VerdictRecord,
    poll: PollRecord,
    rule: RuleRecord,
    entries: Sequence[RollEntry],
    ballots: Sequence[Ballot],
    tally: Tally,
    *,
    took_part: frozenset[UUID],
    conflicted: frozenset[UUID],
) -> bool:
    """Tell whether the recorded verdict is what the rule makes of the votes, by the arithmetic of the count."""
    quorum = Quorum(rule.quorum_num, rule.quorum_den, Basis(rule.quorum_basis))
    if poll.quorum_num is not None and poll.quorum_den is not None and poll.quorum_basis is not None:
        quorum = Quorum(poll.quorum_num, poll.quorum_den, Basis(poll.quorum_basis))
    majority = Majority(
        rule.majority_num, rule.majority_den, Comparator(rule.comparator), Denominator(rule.denominator)
    )
    plain = decide(
        tally,
        entitled=sum(entry.votes for entry in entries),
        quorum=quorum,
        majority=majority,
        present=poll.present,
    )
    decided = plain.quorum_met, plain.adopted
    if conflicted or not _in_whole_votes(rule.provisions, quorum, majority):
        exact = reckon(
            quorum=quorum,
            majority=majority,
            provisions=rule.provisions,
            entries=entries,
            took_part=took_part,
            ballots=ballots,
            conflicted=conflicted,
        )
        decided = exact.quorum.met, exact.adopted
    recorded = (verdict.took_part, verdict.entitled, verdict.denominator)
    again = (plain.took_part, plain.entitled, plain.denominator)
    return recorded == again and (verdict.quorum_met, verdict.adopted) == decided


def _in_whole_votes(provisions: Provisions, quorum: Quorum, majority: Majority) -> bool:
    """Tell whether the tally alone decides: nothing is cut, weighed by college or counted by another unit.

    Then the exact arithmetic gives the same, and a trail of twelve thousand votes is read sooner.
    """
    weighed = provisions.cap is not None or provisions.colleges is not None
    return not weighed and quorum.basis is Basis.VOTES and majority.denominator is not Denominator.PRESENT
