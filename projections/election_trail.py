"""An election from its candidates to its mandates, round by round, and whether a recount agrees with the record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.elections.casting import CastPaper, Ranked, contest_of_papers, kept_rounds
from domain.elections.counting import count_contest
from domain.elections.record import Method, decimals
from domain.errors import Refusal, UnknownRecord
from domain.governance.roots import root_of
from domain.ledger.elections import papers_root
from projections.elections import ELECTIONS
from projections.reader import Reader, position_of, rows_of


@dataclass(frozen=True)
class ElectionSummary:
    """One election: what it is for and where it stands; `quota` in whole votes, if the method has one."""

    election_id: UUID
    entity_id: UUID
    office: str
    seats: int
    method: str
    rule_name: str
    rule_version: int
    assembly_id: UUID | None
    starts_on: date
    ends_on: date | None
    ends_at_assembly_of: int | None
    called_on: date
    state: str
    roll_id: UUID | None
    closing_position: int | None
    closed_on: date | None
    counted_at: int | None
    papers: int | None
    input_root: str | None
    valid: int | None
    invalid: int | None
    quota: int | None
    rounds: int | None
    root: str | None
    conferred_at: int | None
    position: int


@dataclass(frozen=True)
class CandidateRow:
    """One candidate; `number` stands on the paper, `elected_place` is the order of election."""

    membership_id: UUID
    number: int | None
    nominated_at: int
    accepted_at: int | None
    withdrew_at: int | None
    elected_place: int | None


@dataclass(frozen=True)
class PaperRow:
    """One paper, such as `2 1=3`; of a member's papers the one with the highest `seq` counts."""

    member_id: UUID
    seq: int
    position: int
    recorded_at: datetime
    ranking: str
    votes: int
    holder_id: UUID | None

    @property
    def ranked(self) -> Ranked:
        """The tiers by the numbers on the paper."""
        return tuple(tuple(map(int, tier.split("="))) for tier in self.ranking.split())


@dataclass(frozen=True)
class TieRow:
    """A tie that was broken: between which numbers, by which rule and rounds, and on what evidence.

    Numbers stand one after another, such as `1 3`.
    """

    round: int
    among: str
    number: int
    kind: str
    rule: str
    rounds: str
    evidence_ref: str
    position: int


@dataclass(frozen=True)
class TieOrderRow:
    """An order stated for ties, and where it comes from."""

    stated: tuple[UUID, ...]
    origin: str
    evidence_ref: str
    position: int

    def __post_init__(self) -> None:
        """Take the order as a tuple: the database returns a list."""
        object.__setattr__(self, "stated", tuple(self.stated))


@dataclass(frozen=True)
class StepRow:
    """The votes of a candidate, or one step of a round, with five decimals."""

    number: int
    votes: str
    action: str | None = None


@dataclass(frozen=True)
class RoundRow:
    """One round: what each candidate has at its end, what was done, and what moves no more."""

    round: int
    tallies: tuple[StepRow, ...]
    actions: tuple[StepRow, ...]
    non_transferable: str
    lost_by_rounding: str


@dataclass(frozen=True)
class CountAgreement:
    """What a recount of the papers finds, beside the record of the count."""

    papers: bool
    """The papers have the recorded number and root."""
    rounds: bool
    """Each round comes out as it is recorded, and the rounds have the recorded root."""
    elected: bool
    """The same candidates are elected, in the same order."""

    @property
    def agrees(self) -> bool:
        """Whether nothing differs."""
        return self.papers and self.rounds and self.elected


@dataclass(frozen=True)
class ElectionResult:
    """An election with its candidates, rounds and ties; who voted what is in the trail."""

    position: int
    election: ElectionSummary
    candidates: tuple[CandidateRow, ...]
    rounds: tuple[RoundRow, ...]
    ties: tuple[TieRow, ...]
    tie_orders: tuple[TieOrderRow, ...]


@dataclass(frozen=True)
class ElectionTrail(ElectionResult):
    """The whole trail, every paper with its changes; `agreement` is None until the count is recorded."""

    papers: tuple[PaperRow, ...]
    agreement: CountAgreement | None


_ELECTIONS = """
    SELECT election_id, entity_id, office, seats, method, rule_name, rule_version, assembly_id, starts_on,
        ends_on, ends_at_assembly_of, called_on,
        CASE WHEN counted_at IS NOT NULL THEN 'counted' WHEN closing_position IS NOT NULL THEN 'closed'
            WHEN opened_at IS NOT NULL THEN 'open' ELSE 'called' END AS state,
        roll_id, closing_position, closed_on, counted_at, papers, input_root, valid, invalid, quota, rounds,
        root, conferred_at, position
    FROM election
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND (%(election_id)s::uuid IS NULL OR election_id = %(election_id)s)
    ORDER BY position DESC
"""
_CANDIDATES = """
    SELECT membership_id, number, nominated_at, accepted_at, withdrew_at, elected_place
    FROM election_candidate WHERE election_id = %(id)s ORDER BY number NULLS LAST, nominated_at
"""
_PAPERS = """
    SELECT member_id, seq, position, recorded_at, ranking, votes, holder_id
    FROM election_paper WHERE election_id = %(id)s ORDER BY position
"""
_ROUNDS = """
    SELECT round, non_transferable::text, lost::text FROM election_round WHERE election_id = %(id)s ORDER BY round
"""
_TALLIES = """
    SELECT round, number, votes::text FROM election_tally WHERE election_id = %(id)s ORDER BY round, number
"""
_ACTIONS = """
    SELECT round, number, votes::text, kind FROM election_action WHERE election_id = %(id)s ORDER BY round, step
"""
_TIES = """
    SELECT round, among, number, kind, rule, rounds, evidence_ref, position
    FROM election_tie WHERE election_id = %(id)s ORDER BY position
"""
_TIE_ORDERS = """
    SELECT stated, origin, evidence_ref, position FROM election_tie_order
    WHERE election_id = %(id)s ORDER BY position
"""


def elections(reader: Reader, *, entity_id: UUID | None = None) -> list[ElectionSummary]:
    """Return the elections of an entity, or of all, the latest first."""
    return reader.rows(ElectionSummary, _ELECTIONS, entity_id=entity_id, election_id=None)


def election_result(reader: Reader, election_id: UUID) -> ElectionResult:
    """Return an election with its candidates and rounds; raises UnknownRecord."""
    with reader.snapshot() as cursor:
        return _result(cursor, election_id)


def election_trail(reader: Reader, election_id: UUID) -> ElectionTrail:
    """Return the trail of an election with its recount; raises UnknownRecord."""
    with reader.snapshot() as cursor:
        result = _result(cursor, election_id)
        papers = tuple(rows_of(cursor.connection, PaperRow, _PAPERS, id=election_id))
    agreement = None if result.election.counted_at is None else _agreement(result, papers)
    return ElectionTrail(**vars(result), papers=papers, agreement=agreement)


def live_papers(papers: Sequence[PaperRow], closing_position: int | None) -> tuple[CastPaper, ...]:
    """Return the paper of each member that counts: the last one up to the closing position."""
    counted = [each for each in papers if closing_position is None or each.position <= closing_position]
    last = {each.member_id: each for each in sorted(counted, key=lambda paper: paper.seq)}
    return tuple(CastPaper(each.member_id, each.ranked, each.votes) for each in last.values())


def _result(cursor: Cursor[TupleRow], election_id: UUID) -> ElectionResult:
    connection = cursor.connection
    known = rows_of(connection, ElectionSummary, _ELECTIONS, entity_id=None, election_id=election_id)
    if not known:
        raise UnknownRecord(kind="election", id=election_id)
    asked = {"id": election_id}
    tallies: defaultdict[int, list[StepRow]] = defaultdict(list)
    actions: defaultdict[int, list[StepRow]] = defaultdict(list)
    for number, who, votes in cursor.execute(_TALLIES, asked):
        tallies[number].append(StepRow(who, decimals(int(votes))))
    for number, who, votes, kind in cursor.execute(_ACTIONS, asked):
        actions[number].append(StepRow(who, decimals(int(votes)), kind))
    rounds = [
        RoundRow(
            number,
            tuple(tallies[number]),
            tuple(actions[number]),
            decimals(int(stopped)),
            decimals(int(lost)),
        )
        for number, stopped, lost in cursor.execute(_ROUNDS, asked).fetchall()
    ]
    return ElectionResult(
        position_of(cursor, ELECTIONS.name),
        known[0],
        tuple(rows_of(connection, CandidateRow, _CANDIDATES, **asked)),
        tuple(rounds),
        tuple(rows_of(connection, TieRow, _TIES, **asked)),
        tuple(rows_of(connection, TieOrderRow, _TIE_ORDERS, **asked)),
    )


def _agreement(result: ElectionResult, cast: Sequence[PaperRow]) -> CountAgreement:
    election = result.election
    papers = live_papers(cast, election.closing_position)
    numbers = {each.membership_id: each.number for each in result.candidates if each.number is not None}
    stated = result.tie_orders[-1].stated if result.tie_orders else ()
    order = [numbers[each] - 1 for each in stated if each in numbers]
    same_papers = (len(papers), papers_root(papers)) == (election.papers, election.input_root)
    try:
        contest = contest_of_papers(
            papers,
            candidates=len(numbers),
            seats=election.seats,
            withdrawn=[each.number for each in result.candidates if each.number and each.withdrew_at],
        )
        count = count_contest(contest, Method(election.method), order)
    except Refusal:
        return CountAgreement(papers=same_papers, rounds=False, elected=False)
    again = [
        RoundRow(
            each.round,
            tuple(StepRow(tally.candidate, decimals(tally.votes)) for tally in each.tallies),
            tuple(StepRow(done.candidate, decimals(done.votes), done.kind.value) for done in each.actions),
            decimals(each.non_transferable),
            decimals(each.lost),
        )
        for each in kept_rounds(count)
    ]
    root = root_of([each.line() for each in kept_rounds(count)])
    elected = sorted((each for each in result.candidates if each.elected_place), key=_place)
    return CountAgreement(
        papers=same_papers,
        rounds=tuple(again) == result.rounds and root == election.root,
        elected=[each.number for each in elected] == [place + 1 for place in count.elected],
    )


def _place(candidate: CandidateRow) -> int:
    return candidate.elected_place or 0
