"""An election for an office, from the call to the mandates: what is recorded, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.election import Election, TieOrigin
from domain.aggregates.election_paper import ElectionPaper
from domain.aggregates.mandate_register import MandateRegister
from domain.aggregates.member_register import MemberRegister
from domain.elections.casting import CastPaper, Done, KeptRound, Tallied, pages_of
from domain.elections.mandates import Term
from domain.elections.record import VOTE, ActionKind, Method, TieRule
from domain.errors import (
    AlreadyNominated,
    CandidacyAlreadyAccepted,
    CandidateAlreadyWithdrew,
    CandidateRankedTwice,
    ElectionAlreadyCounted,
    ElectionNotCounted,
    ElectionNotOpen,
    ElectionStillOpen,
    EmptyText,
    InvalidRanking,
    InvalidTieOrder,
    MandatesAlreadyConferred,
    MergedAway,
    NobodyStands,
    NominationsClosed,
    NoSeats,
    NoSuchProxy,
    NotNominated,
    NotOnTheRoll,
    NotPresent,
    PapersDisagree,
    PaperUnchanged,
    Refusal,
    RollNotFrozen,
    RuleUnfitForElection,
    SeatsTaken,
    TermTooLong,
    TooManyCandidates,
    UnknownCandidate,
    UnresolvedTie,
)
from domain.governance.provisions import PLAIN, Cap
from domain.governance.roots import root_of
from domain.ledger.assemblies import convene_assembly, grant_proxy, open_assembly, record_attendance
from domain.ledger.elections import (
    accept_candidacy,
    close_voting,
    confer_mandates,
    count_election,
    nominate_candidate,
    open_voting,
    papers_root,
    state_tie_order,
    withdraw_candidate,
)
from domain.ledger.entities import register_id
from domain.ledger.governance import table_motion
from domain.ledger.merging import merge_memberships
from eventstore.codec import MAX_STATE_BYTES
from tests.cooperative import ENTITY
from tests.domain import electing
from tests.domain.electing import (
    ASH,
    ASSEMBLY,
    BIRCH,
    CEDAR,
    ELECTION,
    ELM,
    MOTION,
    OFFICE,
    ROLL,
    TERM,
    TODAY,
    VOTERS,
    calls,
    opens,
    papers_on,
    ranks,
    stands,
)
from tests.facts.golden import codec
from tests.paper import PaperLedger
from tests.scenario import Given, fact, stamp

OF: dict[str, Any] = {"election_id": ELECTION}


@pytest.fixture
def ledger() -> PaperLedger:
    ledger = PaperLedger()
    electing.cooperative(ledger.perform)
    return ledger


def refused(
    ledger: PaperLedger, refusal: type[Refusal], use_case: Callable[..., object], **asked: Any
) -> Refusal:
    before = len(ledger.facts)
    with pytest.raises(refusal) as caught:
        ledger.perform(use_case, **asked)
    assert len(ledger.facts) == before
    return caught.value


def test_an_election_is_called_for_the_seats_term_and_rule_it_is_held_by(ledger: PaperLedger) -> None:
    calls(ledger.perform)
    (called,) = [each for each in ledger.facts if isinstance(each, Election.Called)]
    assert (called.office, called.seats, called.method, called.term) == ("director", 2, Method.SCOTTISH, TERM)
    assert (called.rule_name, called.rule_version, called.assembly_id) == ("board", 1, None)


@pytest.mark.parametrize(
    ("refusal", "says"),
    [
        (NoSeats, {"seats": 0}),
        (NoSeats, {"seats": 3}),
        (TermTooLong, {"term": Term(date(2026, 6, 1), ends_on=date(2032, 6, 2))}),
        (TermTooLong, {"term": Term(date(2026, 6, 1), ends_at_assembly_of=2033)}),
    ],
)
def test_a_call_beyond_the_seats_or_the_longest_term_is_refused(
    ledger: PaperLedger, refusal: type[Refusal], says: dict[str, Any]
) -> None:
    with pytest.raises(refusal):
        calls(ledger.perform, **says)
    calls(ledger.perform, term=Term(date(2026, 6, 1), ends_on=date(2032, 6, 1)))


def test_a_rule_with_a_cap_cannot_count_an_election() -> None:
    ledger = PaperLedger()
    electing.cooperative(ledger.perform, provisions=replace(PLAIN, cap=Cap(1, 10)))
    with pytest.raises(RuleUnfitForElection):
        calls(ledger.perform)


def test_only_who_was_proposed_and_accepted_is_on_the_paper(ledger: PaperLedger) -> None:
    calls(ledger.perform)
    stands(ledger.perform, BIRCH, ASH, CEDAR)
    ledger.perform(nominate_candidate, **OF, membership_id=ELM)
    ledger.perform(withdraw_candidate, **OF, membership_id=CEDAR)
    refused(ledger, AlreadyNominated, nominate_candidate, **OF, membership_id=ASH)
    refused(ledger, CandidacyAlreadyAccepted, accept_candidacy, **OF, membership_id=ASH)
    refused(ledger, CandidateAlreadyWithdrew, accept_candidacy, **OF, membership_id=CEDAR)
    refused(ledger, NotNominated, accept_candidacy, **OF, membership_id=VOTERS[5])
    refused(ledger, NotOnTheRoll, nominate_candidate, **OF, membership_id=UUID(int=1))
    ledger.perform(open_voting, **OF, roll_id=ROLL)
    assert ledger.get(Election, ELECTION).candidates == (BIRCH, ASH)
    refused(ledger, NominationsClosed, nominate_candidate, **OF, membership_id=VOTERS[5])
    refused(ledger, NominationsClosed, accept_candidacy, **OF, membership_id=ELM)


def test_a_vote_without_candidates_or_roll_does_not_open(ledger: PaperLedger) -> None:
    calls(ledger.perform)
    refused(ledger, NobodyStands, open_voting, **OF, roll_id=ROLL)
    stands(ledger.perform, ASH)
    refused(ledger, RollNotFrozen, open_voting, **OF)
    refused(ledger, ElectionNotOpen, close_voting, **OF)


def test_a_paper_holds_two_hundred_candidates_at_most() -> None:
    called = fact(
        Election.Called,
        entity_id=ENTITY,
        office="director",
        seats=1,
        method=Method.IRV,
        rule_set_id=UUID(int=1),
        rule_name="board",
        rule_version=1,
        assembly_id=None,
        term=TERM,
    )
    proposed = [
        fact(Election.CandidateNominated, entity_id=ENTITY, office="director", membership_id=UUID(int=number))
        for number in range(200)
    ]
    Given(Election, called, *proposed).when(
        lambda election: election.nominate(stamp(), membership_id=UUID(int=200))
    ).then_refused(TooManyCandidates, most=200)


def test_papers_are_cast_by_who_is_on_the_roll_and_changes_are_kept(ledger: PaperLedger) -> None:
    opens(ledger.perform, ASH, BIRCH, CEDAR)
    ranks(ledger.perform, ELM, 1, (3, 2))
    ranks(ledger.perform, ELM, 2)
    papers = [each for each in ledger.facts if isinstance(each, ElectionPaper.Event)]
    assert [(type(each), each.ranking, each.seq, each.votes) for each in papers] == [
        (ElectionPaper.PaperCast, ((1,), (2, 3)), 1, 1),
        (ElectionPaper.PaperChanged, ((2,),), 2, 1),
    ]
    cases: list[tuple[type[Refusal], UUID, tuple[Any, ...]]] = [
        (PaperUnchanged, ELM, (2,)),
        (UnknownCandidate, ELM, (4,)),
        (UnknownCandidate, ELM, (0,)),
        (CandidateRankedTwice, ELM, (1, (2, 1))),
        (InvalidRanking, ELM, (1, ())),
        (NotOnTheRoll, UUID(int=1), (1,)),
    ]
    for refusal, voter, tiers in cases:
        with pytest.raises(refusal):
            ranks(ledger.perform, voter, *tiers)
    with pytest.raises(NoSuchProxy):
        ranks(ledger.perform, ASH, 1, holder_id=ELM)
    ranks(ledger.perform, ELM)
    assert papers_on(ledger) == [CastPaper(ELM, (), 1)]


def votes(ledger: PaperLedger) -> list[CastPaper]:
    """Eight papers for two seats: the quota is 3, Ash has 5, and Birch wins by Ash's surplus."""
    for voter in VOTERS[:5]:
        ranks(ledger.perform, voter, 1, 2)
    for voter in VOTERS[5:7]:
        ranks(ledger.perform, voter, 3)
    ranks(ledger.perform, VOTERS[7], 2)
    ledger.perform(close_voting, **OF)
    return papers_on(ledger)


def test_a_count_is_recorded_round_by_round_under_its_roots(ledger: PaperLedger) -> None:
    opens(ledger.perform, ASH, BIRCH, CEDAR)
    papers = votes(ledger)
    recorded = ledger.perform(count_election, **OF, papers=papers)
    (page,) = [each for each in recorded if isinstance(each, Election.RoundsPageCounted)]
    (counted,) = [each for each in recorded if isinstance(each, Election.Counted)]
    assert [each.round for each in page.rounds] == [1, 2]
    assert page.rounds[1].tallies == (Tallied(1, 3 * VOTE), Tallied(2, 3 * VOTE), Tallied(3, 2 * VOTE))
    assert (counted.papers, counted.valid, counted.invalid, counted.quota) == (8, 8, 0, 3)
    assert (counted.rounds, counted.pages, counted.elected) == (2, 1, (ASH, BIRCH))
    assert counted.root == root_of([each.line() for each in page.rounds])
    assert counted.input_root == papers_root(papers)
    assert not ledger.get(MemberRegister, register_id(ENTITY)).open_rolls
    refused(ledger, ElectionAlreadyCounted, count_election, **OF, papers=papers)
    refused(ledger, ElectionAlreadyCounted, withdraw_candidate, **OF, membership_id=ASH)


def test_a_candidate_who_withdraws_after_papers_were_cast_is_not_elected(ledger: PaperLedger) -> None:
    opens(ledger.perform, ASH, BIRCH, CEDAR)
    papers = votes(ledger)
    ledger.perform(withdraw_candidate, **OF, membership_id=ASH)
    ledger.perform(count_election, **OF, papers=papers)
    assert ledger.get(Election, ELECTION).elected == (BIRCH, CEDAR)


def test_only_the_papers_of_the_election_are_counted_and_only_once_closed(ledger: PaperLedger) -> None:
    opens(ledger.perform, ASH, BIRCH, CEDAR)
    ranks(ledger.perform, ASH, 1)
    refused(ledger, ElectionStillOpen, count_election, **OF, papers=papers_on(ledger))
    ledger.perform(close_voting, **OF)
    with pytest.raises(ElectionNotOpen):
        ranks(ledger.perform, BIRCH, 1)
    paper = CastPaper(ASH, ((1,),), 1)
    refused(ledger, PapersDisagree, count_election, **OF, papers=[replace(paper, votes=2)])
    refused(ledger, PapersDisagree, count_election, **OF, papers=[paper, paper])
    refused(ledger, NotOnTheRoll, count_election, **OF, papers=[replace(paper, member_id=UUID(int=1))])


def test_a_tie_waits_for_a_stated_order_and_the_count_says_it_was_used(ledger: PaperLedger) -> None:
    opens(ledger.perform, ASH, BIRCH, CEDAR, seats=1)
    for voter, number in zip(VOTERS, (1, 1, 2, 2), strict=False):
        ranks(ledger.perform, voter, number)
    ledger.perform(close_voting, **OF)
    papers = papers_on(ledger)
    assert refused(ledger, UnresolvedTie, count_election, **OF, papers=papers).facts == {"tied": "1; 2"}
    draw: dict[str, Any] = {**OF, "origin": TieOrigin.PUBLIC_DRAW}
    for order in ([], [BIRCH, BIRCH], [ELM]):
        refused(ledger, InvalidTieOrder, state_tie_order, **draw, order=order, evidence_ref="minutes 4")
    refused(ledger, EmptyText, state_tie_order, **draw, order=[BIRCH], evidence_ref=" ")
    ledger.perform(state_tie_order, **draw, order=[BIRCH, ASH], evidence_ref="minutes 4")
    recorded = ledger.perform(count_election, **OF, papers=papers)
    (tie,) = [each for each in recorded if isinstance(each, Election.TieBreakApplied)]
    assert (tie.round, tie.among, tie.candidate, tie.kind) == (3, (1, 2), 1, "excluded")
    assert (tie.rule, tie.evidence_ref) == (TieRule.STATED_ORDER, "minutes 4")
    assert ledger.get(Election, ELECTION).elected == (BIRCH,)


def test_in_an_assembly_only_who_is_there_or_represented_votes(ledger: PaperLedger) -> None:
    ledger.perform(table_motion, motion_id=MOTION, entity_id=ENTITY, title="A van", text="Buy it.")
    dates: dict[str, Any] = {"held_on": TODAY, "notice_on": date(2026, 2, 1)}
    ledger.perform(convene_assembly, assembly_id=ASSEMBLY, entity_id=ENTITY, agenda=[MOTION], **dates)
    calls(ledger.perform, assembly_id=ASSEMBLY)
    stands(ledger.perform, ASH, BIRCH, CEDAR)
    ledger.perform(grant_proxy, assembly_id=ASSEMBLY, principal_id=ELM, holder_id=ASH)
    ledger.perform(open_assembly, assembly_id=ASSEMBLY, roll_id=UUID(int=2200))
    ledger.perform(record_attendance, assembly_id=ASSEMBLY, member_id=ASH)
    ledger.perform(open_voting, **OF)
    assert ledger.get(Election, ELECTION).roll_id == UUID(int=2200)
    ranks(ledger.perform, ASH, 1)
    ranks(ledger.perform, ELM, 2, holder_id=ASH)
    with pytest.raises(NotPresent):
        ranks(ledger.perform, BIRCH, 1)


def test_a_person_with_two_memberships_votes_once(ledger: PaperLedger) -> None:
    ledger.perform(merge_memberships, membership_id=VOTERS[7], into_id=VOTERS[6], reason="the same person")
    opens(ledger.perform, ASH, BIRCH)
    with pytest.raises(MergedAway):
        ranks(ledger.perform, VOTERS[7], 1)


def test_who_is_elected_holds_the_office_once_it_is_conferred(ledger: PaperLedger) -> None:
    opens(ledger.perform, ASH, BIRCH, CEDAR)
    papers = votes(ledger)
    refused(ledger, ElectionNotCounted, confer_mandates, **OF)
    ledger.perform(count_election, **OF, papers=papers)
    ledger.perform(confer_mandates, **OF)
    held = ledger.get(MandateRegister, OFFICE).mandates.values()
    assert [(each.membership_id, each.term) for each in held] == [(ASH, TERM), (BIRCH, TERM)]
    refused(ledger, MandatesAlreadyConferred, confer_mandates, **OF)


def _elects(ledger: PaperLedger, election: UUID, term: Term, *candidates: UUID) -> None:
    opens(ledger.perform, *candidates, election_id=election, term=term)
    ranks(ledger.perform, ASH, 1, 2, election_id=election)
    ranks(ledger.perform, BIRCH, 2, 1, election_id=election)
    ledger.perform(close_voting, election_id=election)
    ledger.perform(count_election, election_id=election, papers=papers_on(ledger, election))


def test_who_is_elected_again_keeps_the_mandate_and_another_waits_for_a_free_seat(
    ledger: PaperLedger,
) -> None:
    first, second = UUID(int=2300), UUID(int=2301)
    _elects(ledger, first, TERM, ASH, BIRCH)
    ledger.perform(confer_mandates, election_id=first)
    again = Term(date(2030, 5, 20), ends_at_assembly_of=2034)
    _elects(ledger, second, again, ASH, CEDAR)
    refusal = refused(ledger, SeatsTaken, confer_mandates, election_id=second)
    assert refusal.facts == {"seats": 2, "on": date(2030, 5, 20)}
    third = UUID(int=2302)
    _elects(ledger, third, again, ASH, BIRCH)
    ledger.perform(confer_mandates, election_id=third)
    held = ledger.get(MandateRegister, OFFICE).mandates.values()
    assert {(each.membership_id, each.term.starts_on, each.over_on) for each in held} == {
        (ASH, TERM.starts_on, date(2035, 1, 1)),
        (BIRCH, TERM.starts_on, date(2035, 1, 1)),
    }


def test_rounds_are_kept_in_pages_of_five_hundred_entries() -> None:
    rounds = [KeptRound(n, tuple(Tallied(c, 0) for c in range(1, 201)), (), 0, 0) for n in range(1, 6)]
    assert [[each.round for each in page] for page in pages_of(rounds)] == [[1, 2], [3, 4], [5]]


def test_the_largest_page_of_rounds_fits_a_fact() -> None:
    everyone = range(1, 201)
    tallies = tuple(Tallied(number, 10**6 * VOTE) for number in everyone)
    done = tuple(Done(ActionKind.ELECTED_TO_LAST_SEAT, number, 10**6 * VOTE) for number in everyone)
    (page, *_) = pages_of([KeptRound(10_000, tallies, done, 10**6 * VOTE, VOTE)] * 2)
    event = Election.RoundsPageCounted(
        originator_id=ELECTION,
        originator_version=2,
        **stamp().fields() | {"entity_id": ENTITY, "office": "o" * 40, "n": 10_000, "rounds": page},
    )
    assert len(codec().encode(event).state) < MAX_STATE_BYTES
