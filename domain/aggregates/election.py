"""An election for an office: called, candidates named, opened to the members of a roll, closed, counted.

    ── Called ──> called ── VotingOpened ──> open ── VotingClosed ──> closed ── Counted ──> counted
                    │                         └── CandidateWithdrew and TieOrderStated, until it is counted
                    └── CandidateNominated ──> nominated ── CandidacyAccepted ──> a candidate
    closed ── RoundsPageCounted and TieBreakApplied, for each page and tie, in one batch with Counted
    counted ── MandatesConferred ──> counted, and the elected hold the office

Closing fixes the position of the log up to which papers count; the count comes after, and names the
roots of the papers it rests on and of its rounds. A tie goes by earlier rounds, or by the order stated
with its evidence; chance decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from domain.elections.casting import MOST_CANDIDATES, KeptRound, KeptTie, pages_of
from domain.elections.mandates import Term
from domain.elections.record import ActionKind, Method, TieRule
from domain.errors import (
    AlreadyNominated,
    CandidacyAlreadyAccepted,
    CandidateAlreadyWithdrew,
    ElectionAlreadyCounted,
    ElectionNotCounted,
    ElectionNotOpen,
    ElectionStillOpen,
    EmptyText,
    InvalidTieOrder,
    MandatesAlreadyConferred,
    NobodyStands,
    NominationsClosed,
    NotNominated,
    TooManyCandidates,
)
from domain.facts import Ledgered, Stamp
from domain.governance.roots import root_of


class ElectionState(StrEnum):
    """Where an election stands."""

    CALLED = "called"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"


class TieOrigin(StrEnum):
    """Where a stated order comes from."""

    SENIORITY = "seniority"
    """The longest member first."""
    PUBLIC_DRAW = "public-draw"
    """Lots drawn in public, or with a published seed."""
    STATUTES = "statutes"
    """Another rule of the statutes."""


class Election(Ledgered):
    """One election for one office of one legal entity."""

    TOPIC = "election"

    def __init__(
        self,
        entity_id: UUID,
        office: str,
        seats: int,
        method: Method,
        rule_set_id: UUID,
        assembly_id: UUID | None,
        term: Term,
    ) -> None:
        """Start called, without candidates."""
        self.entity_id = entity_id
        self.office = office
        self.seats = seats
        self.method = method
        self.rule_set_id = rule_set_id
        self.assembly_id = assembly_id
        self.term = term
        self.state = ElectionState.CALLED
        self.nominated: tuple[UUID, ...] = ()
        self.accepted: frozenset[UUID] = frozenset()
        self.withdrawn: frozenset[UUID] = frozenset()
        self.candidates: tuple[UUID, ...] = ()
        self.tie_order: tuple[UUID, ...] = ()
        self.tie_evidence = ""
        self.roll_id: UUID | None = None
        self.closed_at: int | None = None
        self.elected: tuple[UUID, ...] = ()
        self.conferred = False

    class Event(Ledgered.Event):
        """What happened to an election."""

        entity_id: UUID
        office: str

    class Called(Event, Ledgered.Created):
        """So many seats of an office are to be filled for this term, by this method and rule."""

        TOPIC = "election.called.v1"
        seats: int
        method: Method
        rule_set_id: UUID
        rule_name: str
        rule_version: int
        assembly_id: UUID | None
        term: Term

    Created = Called

    class CandidateNominated(Event):
        """This member was proposed."""

        TOPIC = "election.candidate-nominated.v1"
        membership_id: UUID

        def apply(self, election: Election) -> None:
            """Add the member to those proposed."""
            election.nominated = (*election.nominated, self.membership_id)

    class CandidacyAccepted(Event):
        """The member stands."""

        TOPIC = "election.candidacy-accepted.v1"
        membership_id: UUID

        def apply(self, election: Election) -> None:
            """Put the member on the paper."""
            election.accepted = election.accepted | {self.membership_id}

    class CandidateWithdrew(Event):
        """The member no longer stands; papers already cast count as if they did not name her."""

        TOPIC = "election.candidate-withdrew.v1"
        membership_id: UUID

        def apply(self, election: Election) -> None:
            """Take the member out of the count."""
            election.withdrawn = election.withdrawn | {self.membership_id}

    class VotingOpened(Event):
        """Members on this roll may rank these candidates; their numbers on the paper go from 1."""

        TOPIC = "election.voting-opened.v1"
        roll_id: UUID
        candidates: tuple[UUID, ...]

        def apply(self, election: Election) -> None:
            """Print the paper."""
            election.state = ElectionState.OPEN
            election.roll_id = self.roll_id
            election.candidates = self.candidates

    class TieOrderStated(Event):
        """A tie that earlier rounds do not break goes to whom this order names first."""

        TOPIC = "election.tie-order-stated.v1"
        order: tuple[UUID, ...]
        origin: TieOrigin
        evidence_ref: str

        def apply(self, election: Election) -> None:
            """Keep the order."""
            election.tie_order = self.order
            election.tie_evidence = self.evidence_ref

    class VotingClosed(Event):
        """No more papers are taken; those recorded up to `position` count."""

        TOPIC = "election.voting-closed.v1"
        position: int

        def apply(self, election: Election) -> None:
            """Close the box."""
            election.state = ElectionState.CLOSED
            election.closed_at = self.position

    class RoundsPageCounted(Event):
        """These rounds of the count are page `n` of them; candidates by number, votes in hundred-thousandths."""

        TOPIC = "election.rounds-page-counted.v1"
        n: int
        rounds: tuple[KeptRound, ...]

        def apply(self, election: Election) -> None:
            """Change nothing that is decided on."""

    class TieBreakApplied(Event):
        """These candidates were tied; the candidate was chosen for or against, by this rule and evidence."""

        TOPIC = "election.tie-break-applied.v1"
        round: int
        among: tuple[int, ...]
        candidate: int
        kind: ActionKind
        rule: TieRule
        rounds: tuple[int, ...]
        evidence_ref: str

        def apply(self, election: Election) -> None:
            """Change nothing that is decided on."""

    class Counted(Event):
        """The papers were counted: so many, under this root, with these rounds under theirs; these are elected.

        `elected` are in the order in which they were. `valid` and `invalid` are votes.
        """

        TOPIC = "election.counted.v1"
        position: int
        papers: int
        input_root: str
        valid: int
        invalid: int
        quota: int | None
        rounds: int
        pages: int
        root: str
        elected: tuple[UUID, ...]

        def apply(self, election: Election) -> None:
            """Count only once."""
            election.state = ElectionState.COUNTED
            election.elected = self.elected

    class MandatesConferred(Event):
        """The elected hold the office, by the facts of its register."""

        TOPIC = "election.mandates-conferred.v1"

        def apply(self, election: Election) -> None:
            """Confer only once."""
            election.conferred = True

    def nominate(self, stamp: Stamp, *, membership_id: UUID) -> None:
        """Propose a member, once, while no paper is printed."""
        self._require_called()
        if membership_id in self.nominated:
            raise AlreadyNominated(membership_id=membership_id)
        if len(self.nominated) == MOST_CANDIDATES:
            raise TooManyCandidates(most=MOST_CANDIDATES)
        self._note(self.CandidateNominated, stamp, membership_id=membership_id)

    def accept(self, stamp: Stamp, *, membership_id: UUID) -> None:
        """Let a proposed member stand."""
        self._require_called()
        self._require_nominated(membership_id)
        if membership_id in self.accepted:
            raise CandidacyAlreadyAccepted(membership_id=membership_id)
        self._note(self.CandidacyAccepted, stamp, membership_id=membership_id)

    def withdraw(self, stamp: Stamp, *, membership_id: UUID) -> None:
        """Let a member stand no longer, until the count."""
        self.require_not_counted()
        self._require_nominated(membership_id)
        self._note(self.CandidateWithdrew, stamp, membership_id=membership_id)

    def open(self, stamp: Stamp, *, roll_id: UUID) -> None:
        """Open the vote on who accepted and did not withdraw, in the order in which they were proposed."""
        self._require_called()
        stand = tuple(each for each in self.nominated if each in self.accepted - self.withdrawn)
        if not stand:
            raise NobodyStands(nominated=len(self.nominated), accepted=len(self.accepted))
        self._note(self.VotingOpened, stamp, roll_id=roll_id, candidates=stand)

    def require_roll(self) -> UUID:
        """Return the roll of the open election; raises ElectionNotOpen."""
        if self.state is not ElectionState.OPEN or self.roll_id is None:
            raise ElectionNotOpen(state=self.state)
        return self.roll_id

    def state_tie_order(
        self, stamp: Stamp, *, order: Sequence[UUID], origin: TieOrigin, evidence_ref: str
    ) -> None:
        """State for whom a tie is decided, with where that comes from; a later order replaces it."""
        self.require_not_counted()
        if not evidence_ref.strip():
            raise EmptyText(field="evidence_ref")
        if not order or len(set(order)) != len(order) or not set(order) <= set(self.nominated):
            raise InvalidTieOrder(stated=len(order), nominated=len(self.nominated))
        self._note(self.TieOrderStated, stamp, order=tuple(order), origin=origin, evidence_ref=evidence_ref)

    def close(self, stamp: Stamp, *, position: int) -> None:
        """Close the vote at this position of the log."""
        self.require_roll()
        self._note(self.VotingClosed, stamp, position=position)

    def require_countable(self) -> tuple[int, UUID]:
        """Return the position up to which papers count, and their roll; the vote is closed and not counted."""
        self.require_not_counted()
        if self.closed_at is None or self.roll_id is None:
            raise ElectionStillOpen(state=self.state)
        return self.closed_at, self.roll_id

    def record_count(
        self,
        stamp: Stamp,
        *,
        papers: int,
        input_root: str,
        valid: int,
        invalid: int,
        quota: int | None,
        rounds: Sequence[KeptRound],
        ties: Sequence[KeptTie],
        elected: Sequence[int],
    ) -> None:
        """Record a count round by round; `elected` are numbers on the paper."""
        position, _ = self.require_countable()
        pages = list(pages_of(rounds))
        for n, page in enumerate(pages, start=1):
            self._note(self.RoundsPageCounted, stamp, n=n, rounds=page)
        for tie in ties:
            evidence = self.tie_evidence if tie.rule is TieRule.STATED_ORDER else ""
            self._note(self.TieBreakApplied, stamp, **vars(tie), evidence_ref=evidence)
        self._note(
            self.Counted,
            stamp,
            position=position,
            papers=papers,
            input_root=input_root,
            valid=valid,
            invalid=invalid,
            quota=quota,
            rounds=len(rounds),
            pages=len(pages),
            root=root_of([each.line() for each in rounds]),
            elected=tuple(self.candidates[number - 1] for number in elected),
        )

    def confer(self, stamp: Stamp) -> None:
        """Note that the elected hold the office, once."""
        if self.state is not ElectionState.COUNTED:
            raise ElectionNotCounted(state=self.state)
        if self.conferred:
            raise MandatesAlreadyConferred(election_id=self.id)
        self._note(self.MandatesConferred, stamp)

    def require_not_counted(self) -> None:
        """Refuse what comes after the count."""
        if self.state is ElectionState.COUNTED:
            raise ElectionAlreadyCounted(state=self.state)

    def _require_called(self) -> None:
        if self.state is not ElectionState.CALLED:
            raise NominationsClosed(state=self.state)

    def _require_nominated(self, membership_id: UUID) -> None:
        if membership_id not in self.nominated:
            raise NotNominated(membership_id=membership_id)
        if membership_id in self.withdrawn:
            raise CandidateAlreadyWithdrew(membership_id=membership_id)

    def _note(self, kind: type[Event], stamp: Stamp, /, **says: object) -> None:
        self.note(kind, stamp, entity_id=self.entity_id, office=self.office, **says)
