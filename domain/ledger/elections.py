"""Elections for offices: call, propose, open, vote by roll-call, close, count, confer the mandates."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from domain.aggregates.assembly import Assembly
from domain.aggregates.election import Election, TieOrigin
from domain.aggregates.election_paper import ElectionPaper
from domain.aggregates.electoral_roll import ElectoralRoll
from domain.aggregates.mandate_register import MandateRegister
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.rule_set import RuleSet
from domain.elections.casting import (
    CastPaper,
    Ranked,
    contest_of_papers,
    kept_rounds,
    kept_ties,
    ranking_of,
)
from domain.elections.counting import count_contest
from domain.elections.mandates import Term, require_term
from domain.elections.record import Method
from domain.errors import (
    MergedAway,
    NoSeats,
    NoSuchProxy,
    NotOnTheRoll,
    OtherEntity,
    PapersDisagree,
    RollNotFrozen,
    RuleUnfitForElection,
)
from domain.facts import Stamp
from domain.governance.roots import root_of
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.entities import register_id
from domain.ledger.governance import require_in_force, rule_set_id
from domain.ledger.mandates import office_id


def paper_id(election_id: UUID, member_id: UUID) -> UUID:
    """Return the id of the one paper of that member in that election."""
    return derived_id("election-paper", election_id, member_id)


def mandate_id(election_id: UUID, membership_id: UUID) -> UUID:
    """Return the id of the mandate that a member has from an election."""
    return derived_id("mandate", election_id, membership_id)


def call_election(
    books: Books,
    stamp: Stamp,
    *,
    election_id: UUID,
    entity_id: UUID,
    office: str,
    seats: int,
    method: Method,
    rule_name: str,
    rule_version: int,
    term: Term,
    assembly_id: UUID | None = None,
) -> None:
    """Call an election for seats of an office, under a rule in force; in an assembly or beside any."""
    register = books.get(MandateRegister, office_id(entity_id, office))
    if not 1 <= seats <= register.seats:
        raise NoSeats(seats=seats, of=register.seats)
    require_in_force(books, entity_id, rule_name, rule_version, stamp.effective_on)
    rule_id = rule_set_id(entity_id, rule_name, rule_version)
    provisions = books.get(RuleSet, rule_id).provisions
    if provisions.cap is not None or provisions.colleges is not None:
        raise RuleUnfitForElection(rule=rule_name, version=rule_version)
    require_term(term, most_years=provisions.max_term_years)
    if assembly_id is not None:
        assembly = books.get(Assembly, assembly_id)
        assembly.require_not_over()
        if assembly.entity_id != entity_id:
            raise OtherEntity(assembly_id=assembly_id)
    books.record(
        Election.begin(
            stamp,
            id=election_id,
            entity_id=entity_id,
            office=office,
            seats=seats,
            method=method,
            rule_set_id=rule_id,
            rule_name=rule_name,
            rule_version=rule_version,
            assembly_id=assembly_id,
            term=term,
        )
    )


def nominate_candidate(books: Books, stamp: Stamp, *, election_id: UUID, membership_id: UUID) -> None:
    """Propose an effective member of the entity."""
    election = books.get(Election, election_id)
    if membership_id not in books.get(MemberRegister, register_id(election.entity_id)).members:
        raise NotOnTheRoll(member_id=membership_id)
    election.nominate(stamp, membership_id=membership_id)


def accept_candidacy(books: Books, stamp: Stamp, *, election_id: UUID, membership_id: UUID) -> None:
    """Record that a proposed member stands."""
    books.get(Election, election_id).accept(stamp, membership_id=membership_id)


def withdraw_candidate(books: Books, stamp: Stamp, *, election_id: UUID, membership_id: UUID) -> None:
    """Record that a member stands no longer."""
    books.get(Election, election_id).withdraw(stamp, membership_id=membership_id)


def open_voting(books: Books, stamp: Stamp, *, election_id: UUID, roll_id: UUID | None = None) -> None:
    """Open the vote: on the roll of its assembly, which is open, or else on the roll that is named."""
    election = books.get(Election, election_id)
    if election.assembly_id is not None:
        roll_id = books.get(Assembly, election.assembly_id).require_roll()
    if roll_id is None:
        raise RollNotFrozen(election_id=election_id)
    roll = books.get(ElectoralRoll, roll_id)
    if roll.entity_id != election.entity_id:
        raise OtherEntity(roll_id=roll_id)
    roll.require_entitled()
    election.open(stamp, roll_id=roll.id)
    books.get(MemberRegister, register_id(election.entity_id)).begin_vote(
        stamp, vote_id=election_id, roll_id=roll.id
    )


def cast_paper(
    books: Books,
    stamp: Stamp,
    *,
    election_id: UUID,
    member_id: UUID,
    ranking: Ranked,
    holder_id: UUID | None = None,
) -> None:
    """Cast or change the paper of a member on the roll, while the vote is open.

    In an assembly the member is present, or represented by `holder_id`, who is. An empty ranking is blank.
    """
    election = books.get(Election, election_id)
    roll = books.get(ElectoralRoll, election.require_roll())
    _require_voice(books, election, member_id, holder_id)
    votes = roll.votes_of(member_id)
    ranking_of(ranking, len(election.candidates))
    ranking = tuple(tuple(sorted(tier)) for tier in ranking)
    paper = books.find(ElectionPaper, paper_id(election_id, member_id))
    if paper is not None:
        paper.change(stamp, ranking=ranking, holder_id=holder_id)
        return
    books.record(
        ElectionPaper.begin(
            stamp,
            id=paper_id(election_id, member_id),
            entity_id=election.entity_id,
            election_id=election_id,
            member_id=member_id,
            votes=votes,
            ranking=ranking,
            seq=1,
            holder_id=holder_id,
        )
    )


def state_tie_order(
    books: Books,
    stamp: Stamp,
    *,
    election_id: UUID,
    order: Sequence[UUID],
    origin: TieOrigin,
    evidence_ref: str,
) -> None:
    """State for whom a tie is decided, and by what; the count says when it was used."""
    books.get(Election, election_id).state_tie_order(
        stamp, order=order, origin=origin, evidence_ref=evidence_ref
    )


def close_voting(books: Books, stamp: Stamp, *, election_id: UUID) -> None:
    """Close the vote: the papers recorded so far count, and no other."""
    books.get(Election, election_id).close(stamp, position=books.position)


def count_election(books: Books, stamp: Stamp, *, election_id: UUID, papers: Sequence[CastPaper]) -> None:
    """Record the count of a closed election, round by round; raises UnresolvedTie with numbers on the paper.

    `papers` are those that count up to the closing position, folded from the log; each must stand on
    the roll, once and with its votes.
    """
    election = books.get(Election, election_id)
    _, roll_id = election.require_countable()
    roll = books.get(ElectoralRoll, roll_id)
    for paper in papers:
        if roll.votes_of(paper.member_id) != paper.votes:
            raise PapersDisagree(member_id=paper.member_id, votes=paper.votes)
    if len({paper.member_id for paper in papers}) != len(papers):
        raise PapersDisagree(papers=len(papers))
    numbers = {membership_id: number for number, membership_id in enumerate(election.candidates, start=1)}
    contest = contest_of_papers(
        papers,
        candidates=len(numbers),
        seats=election.seats,
        withdrawn=[numbers[each] for each in election.withdrawn if each in numbers],
    )
    stated = [numbers[each] - 1 for each in election.tie_order if each in numbers]
    count = count_contest(contest, election.method, stated)
    election.record_count(
        stamp,
        papers=len(papers),
        input_root=papers_root(papers),
        valid=count.valid,
        invalid=count.invalid,
        quota=count.quota,
        rounds=kept_rounds(count),
        ties=kept_ties(count),
        elected=[place + 1 for place in count.elected],
    )
    books.get(MemberRegister, register_id(election.entity_id)).end_vote(stamp, vote_id=election_id)


def confer_mandates(books: Books, stamp: Stamp, *, election_id: UUID) -> None:
    """Let those elected hold the office for the term of the election; who holds it already keeps it.

    Raises SeatsTaken where former mandates have not come to their end.
    """
    election = books.get(Election, election_id)
    election.confer(stamp)
    register = books.get(MandateRegister, office_id(election.entity_id, election.office))
    term = election.term
    for membership_id in election.elected:
        held = register.held_by(membership_id, term.starts_on)
        if held is not None and held.held_on(term.starts_on):
            register.renew(stamp, mandate_id=held.mandate_id, term=term, election_id=election_id)
        else:
            register.confer(
                stamp,
                mandate_id=mandate_id(election_id, membership_id),
                membership_id=membership_id,
                term=term,
                election_id=election_id,
            )


def papers_root(papers: Sequence[CastPaper]) -> str:
    """Return the root over the papers of a count, in the order of their members' ids."""
    return root_of([each.line() for each in sorted(papers, key=lambda paper: paper.member_id)])


def _require_voice(books: Books, election: Election, member_id: UUID, holder_id: UUID | None) -> None:
    """Refuse a paper for another outside an assembly, of the absent in one, and a second one of a person."""
    merged = books.get(MemberRegister, register_id(election.entity_id)).merged
    if member_id in merged:
        raise MergedAway(into_id=merged[member_id][0])
    if election.assembly_id is not None:
        books.get(Assembly, election.assembly_id).require_voice(election.id, member_id, holder_id)
    elif holder_id is not None:
        raise NoSuchProxy(member_id=member_id, holder_id=holder_id)
