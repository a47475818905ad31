"""Elections for offices: candidates, every paper, every round of the count, and the ties with what broke them."""

from __future__ import annotations

from collections.abc import Sequence

from domain.aggregates.election import Election
from domain.aggregates.election_paper import ElectionPaper
from domain.elections.casting import Ranked
from projections.read_model import Page, ReadModel, Table, on

ELECTIONS_TABLE = Table(
    "election",
    (
        """
        CREATE TABLE election (
            election_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            office text NOT NULL,
            seats integer NOT NULL,
            method text NOT NULL,
            rule_set_id uuid NOT NULL,
            rule_name text NOT NULL,
            rule_version integer NOT NULL,
            assembly_id uuid,
            starts_on date NOT NULL,
            ends_on date,
            ends_at_assembly_of integer,
            called_on date NOT NULL,
            roll_id uuid,
            opened_at bigint,
            closing_position bigint,
            closed_at bigint,
            closed_on date,
            counted_at bigint,
            papers integer,
            input_root text,
            valid bigint,
            invalid bigint,
            quota bigint,
            rounds integer,
            root text,
            conferred_at bigint,
            position bigint NOT NULL
        )
        """,
    ),
    "SELECT * FROM election ORDER BY election_id",
)
CANDIDATES = Table(
    "election_candidate",
    (
        """
        CREATE TABLE election_candidate (
            election_id uuid,
            membership_id uuid,
            nominated_at bigint NOT NULL,
            accepted_at bigint,
            withdrew_at bigint,
            number integer,
            elected_place integer,
            PRIMARY KEY (election_id, membership_id)
        )
        """,
    ),
    "SELECT * FROM election_candidate ORDER BY election_id, membership_id",
)
PAPERS = Table(
    "election_paper",
    (
        """
        CREATE TABLE election_paper (
            election_id uuid,
            member_id uuid,
            seq integer,
            position bigint NOT NULL,
            recorded_at timestamptz NOT NULL,
            ranking text NOT NULL,
            votes bigint NOT NULL,
            holder_id uuid,
            PRIMARY KEY (election_id, member_id, seq)
        )
        """,
    ),
    "SELECT * FROM election_paper ORDER BY election_id, member_id, seq",
)
ROUNDS = Table(
    "election_round",
    (
        """
        CREATE TABLE election_round (
            election_id uuid, round integer, non_transferable numeric NOT NULL, lost numeric NOT NULL,
            PRIMARY KEY (election_id, round)
        )
        """,
    ),
    "SELECT * FROM election_round ORDER BY election_id, round",
)
# Votes in hundred-thousandths have no largest number: a roll may hold shares.
TALLIES = Table(
    "election_tally",
    (
        """
        CREATE TABLE election_tally (
            election_id uuid, round integer, number integer, votes numeric NOT NULL,
            PRIMARY KEY (election_id, round, number)
        )
        """,
    ),
    "SELECT * FROM election_tally ORDER BY election_id, round, number",
)
ACTIONS = Table(
    "election_action",
    (
        """
        CREATE TABLE election_action (
            election_id uuid, round integer, step integer, kind text NOT NULL, number integer NOT NULL,
            votes numeric NOT NULL, PRIMARY KEY (election_id, round, step)
        )
        """,
    ),
    "SELECT * FROM election_action ORDER BY election_id, round, step",
)
TIE_ORDERS = Table(
    "election_tie_order",
    (
        """
        CREATE TABLE election_tie_order (
            position bigint PRIMARY KEY, election_id uuid NOT NULL, stated uuid[] NOT NULL,
            origin text NOT NULL, evidence_ref text NOT NULL
        )
        """,
    ),
    "SELECT * FROM election_tie_order ORDER BY position",
)
TIES = Table(
    "election_tie",
    (
        """
        CREATE TABLE election_tie (
            position bigint PRIMARY KEY, election_id uuid NOT NULL, round integer NOT NULL,
            among text NOT NULL, number integer NOT NULL, kind text NOT NULL, rule text NOT NULL,
            rounds text NOT NULL, evidence_ref text NOT NULL
        )
        """,
    ),
    "SELECT * FROM election_tie ORDER BY position",
)

_ADD_ELECTION = """
    COPY election (
        election_id, entity_id, office, seats, method, rule_set_id, rule_name, rule_version, assembly_id,
        starts_on, ends_on, ends_at_assembly_of, called_on, position
    ) FROM STDIN
"""
_OPEN = "UPDATE election SET roll_id = %(roll_id)s, opened_at = %(at)s WHERE election_id = %(election_id)s"
_CLOSE = """
    UPDATE election SET closing_position = %(position)s, closed_at = %(at)s, closed_on = %(on)s
    WHERE election_id = %(election_id)s
"""
_COUNT = """
    UPDATE election SET counted_at = %(at)s, papers = %(papers)s, input_root = %(input_root)s, valid = %(valid)s,
        invalid = %(invalid)s, quota = %(quota)s, rounds = %(rounds)s, root = %(root)s
    WHERE election_id = %(election_id)s
"""
_CONFER = "UPDATE election SET conferred_at = %(at)s WHERE election_id = %(election_id)s"
_ADD_CANDIDATE = "COPY election_candidate (election_id, membership_id, nominated_at) FROM STDIN"
_ACCEPT = """
    UPDATE election_candidate SET accepted_at = %(at)s
    WHERE election_id = %(election_id)s AND membership_id = %(membership_id)s
"""
_WITHDRAW = """
    UPDATE election_candidate SET withdrew_at = %(at)s
    WHERE election_id = %(election_id)s AND membership_id = %(membership_id)s
"""
_NUMBER = """
    UPDATE election_candidate SET number = %(place)s
    WHERE election_id = %(election_id)s AND membership_id = %(membership_id)s
"""
_ELECT = """
    UPDATE election_candidate SET elected_place = %(place)s
    WHERE election_id = %(election_id)s AND membership_id = %(membership_id)s
"""
_ADD_PAPER = """
    COPY election_paper (election_id, member_id, seq, position, recorded_at, ranking, votes, holder_id)
    FROM STDIN
"""
_ADD_ROUND = "COPY election_round (election_id, round, non_transferable, lost) FROM STDIN"
_ADD_TALLY = "COPY election_tally (election_id, round, number, votes) FROM STDIN"
_ADD_ACTION = "COPY election_action (election_id, round, step, kind, number, votes) FROM STDIN"
_ADD_TIE_ORDER = "COPY election_tie_order (position, election_id, stated, origin, evidence_ref) FROM STDIN"
_ADD_TIE = """
    COPY election_tie (position, election_id, round, among, number, kind, rule, rounds, evidence_ref)
    FROM STDIN
"""


def written(ranking: Ranked) -> str:
    """Return a ranking as text: tiers in their order, equals joined, such as `2 1=3`."""
    return " ".join("=".join(map(str, tier)) for tier in ranking)


def _listed(numbers: Sequence[int]) -> str:
    return " ".join(map(str, numbers))


class ElectionsPage(Page):
    """Writes elections from the call to the mandates."""

    @on(Election.Called)
    def _called(self, position: int, event: Election.Called) -> None:
        term = event.term
        self.add(
            _ADD_ELECTION,
            event.originator_id,
            event.entity_id,
            event.office,
            event.seats,
            event.method.value,
            event.rule_set_id,
            event.rule_name,
            event.rule_version,
            event.assembly_id,
            term.starts_on,
            term.ends_on,
            term.ends_at_assembly_of,
            event.effective_on,
            position,
        )

    @on(Election.CandidateNominated)
    def _nominated(self, position: int, event: Election.CandidateNominated) -> None:
        self.add(_ADD_CANDIDATE, event.originator_id, event.membership_id, position)

    @on(Election.CandidacyAccepted)
    def _accepted(self, position: int, event: Election.CandidacyAccepted) -> None:
        self.change(_ACCEPT, at=position, election_id=event.originator_id, membership_id=event.membership_id)

    @on(Election.CandidateWithdrew)
    def _withdrew(self, position: int, event: Election.CandidateWithdrew) -> None:
        self.change(
            _WITHDRAW, at=position, election_id=event.originator_id, membership_id=event.membership_id
        )

    @on(Election.VotingOpened)
    def _opened(self, position: int, event: Election.VotingOpened) -> None:
        election_id = event.originator_id
        self.change(_OPEN, at=position, roll_id=event.roll_id, election_id=election_id)
        for place, membership_id in enumerate(event.candidates, start=1):
            self.change(_NUMBER, place=place, election_id=election_id, membership_id=membership_id)

    @on(Election.TieOrderStated)
    def _tie_order(self, position: int, event: Election.TieOrderStated) -> None:
        by = (event.origin.value, event.evidence_ref)
        self.add(_ADD_TIE_ORDER, position, event.originator_id, list(event.order), *by)

    @on(Election.VotingClosed)
    def _closed(self, position: int, event: Election.VotingClosed) -> None:
        on_day = event.effective_on
        self.change(_CLOSE, at=position, on=on_day, position=event.position, election_id=event.originator_id)

    @on(Election.RoundsPageCounted)
    def _rounds(self, _: int, event: Election.RoundsPageCounted) -> None:
        election_id = event.originator_id
        for one in event.rounds:
            self.add(_ADD_ROUND, election_id, one.round, one.non_transferable, one.lost)
            for tally in one.tallies:
                self.add(_ADD_TALLY, election_id, one.round, tally.candidate, tally.votes)
            for step, done in enumerate(one.actions, start=1):
                what = (done.kind.value, done.candidate, done.votes)
                self.add(_ADD_ACTION, election_id, one.round, step, *what)

    @on(Election.TieBreakApplied)
    def _tie(self, position: int, event: Election.TieBreakApplied) -> None:
        who = (event.round, _listed(event.among), event.candidate, event.kind.value)
        why = (event.rule.value, _listed(event.rounds), event.evidence_ref)
        self.add(_ADD_TIE, position, event.originator_id, *who, *why)

    @on(Election.Counted)
    def _counted(self, position: int, event: Election.Counted) -> None:
        election_id = event.originator_id
        self.change(
            _COUNT,
            at=position,
            papers=event.papers,
            input_root=event.input_root,
            valid=event.valid,
            invalid=event.invalid,
            quota=event.quota,
            rounds=event.rounds,
            root=event.root,
            election_id=election_id,
        )
        for place, membership_id in enumerate(event.elected, start=1):
            self.change(_ELECT, place=place, election_id=election_id, membership_id=membership_id)

    @on(Election.MandatesConferred)
    def _conferred(self, position: int, event: Election.MandatesConferred) -> None:
        self.change(_CONFER, at=position, election_id=event.originator_id)

    @on(ElectionPaper.PaperCast, ElectionPaper.PaperChanged)
    def _paper(self, position: int, event: ElectionPaper.Event) -> None:
        cast = (event.election_id, event.member_id, event.seq)
        said = (written(event.ranking), event.votes, event.holder_id)
        self.add(_ADD_PAPER, *cast, position, event.timestamp, *said)


ELECTIONS = ReadModel(
    "elections",
    1,
    (ELECTIONS_TABLE, CANDIDATES, PAPERS, ROUNDS, TALLIES, ACTIONS, TIE_ORDERS, TIES),
    ElectionsPage,
)
