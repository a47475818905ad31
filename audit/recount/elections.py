"""An election counted again: candidates, roll, papers, every round, who is elected, and their mandates.

What counts and under which roots is done anew from the facts; the methods of counting themselves are
those of the ledger (`domain.elections`), which the tests hold against another program.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from audit.recount.facts import Fact, Facts, named_id
from audit.recount.findings import Recount
from audit.recount.presence import meeting_at
from audit.recount.rolls import Roll, recount_roll
from audit.recount.trees import root_of
from domain.elections.ballots import contest_of
from domain.elections.casting import CastPaper, KeptTie, kept_rounds, kept_ties, ranking_of
from domain.elections.counting import count_contest
from domain.elections.record import Count, Method
from domain.errors import Refusal


@dataclass(frozen=True)
class _Election:
    """An election as its own stream tells it."""

    id: str
    called: Fact
    opened: Fact
    closed: Fact
    counted: Fact | None

    @property
    def candidates(self) -> list[str]:
        return list(self.opened.said["candidates"])


def recount_election(facts: Facts, election: str) -> Recount:
    """Return every step from the candidates to the mandates; raises LookupError if there is none.

    What is not closed yet has the steps that were taken so far.
    """
    called = facts.first(election, "election.called")
    if called is None:
        raise LookupError(election)
    recount = Recount(election, "election")
    recount.faults("nothing is missing from the log", facts.missing, f"{facts.size} facts")
    opened = facts.first(election, "election.voting-opened")
    closed = facts.first(election, "election.voting-closed")
    if opened is not None:
        _recount_candidates(recount, facts, election, opened)
    if opened is None or closed is None:
        return recount
    counted = facts.first(election, "election.counted")
    found = _Election(election, called, opened, closed, counted)
    roll = recount_roll(recount, facts, opened.said["roll_id"])
    papers = _live_papers(recount, facts, found, roll)
    if counted is not None:
        _recount_count(recount, facts, found, counted, papers)
        _recount_mandates(recount, facts, found, counted)
    return recount


def _recount_candidates(recount: Recount, facts: Facts, election: str, opened: Fact) -> None:
    before = [fact for fact in facts.of(election) if fact.position < opened.position]
    said = {
        name: [fact.said["membership_id"] for fact in before if fact.name == f"election.{name}"]
        for name in ("candidate-nominated", "candidacy-accepted", "candidate-withdrew")
    }
    stand = [
        each
        for each in said["candidate-nominated"]
        if each in said["candidacy-accepted"] and each not in said["candidate-withdrew"]
    ]
    recount.compare("candidates", list(opened.said["candidates"]), stand, opened.position)


def _live_papers(recount: Recount, facts: Facts, election: _Election, roll: Roll) -> list[CastPaper]:
    """Add the steps of the papers, and return the one of each member that counts."""
    live: dict[str, CastPaper] = {}
    wrong: list[str] = []
    late: list[str] = []
    unheard: list[str] = []
    closed_at, assembly = election.closed.said["position"], election.called.said["assembly_id"]
    for stream, cast in facts.streams.items():
        if not cast[0].name.startswith("election-paper.") or cast[0].said["election_id"] != election.id:
            continue
        member = cast[0].said["member_id"]
        if stream != named_id("election-paper", election.id, member):
            wrong.append(f"{member} votes a second time in stream {stream}")
            continue
        wrong += [
            f"{member}: paper {fact.said['seq']} at {fact.position}, not {number}"
            for number, fact in enumerate(cast, start=1)
            if fact.said["seq"] != number
        ]
        late += [f"{member} at {fact.position}" for fact in cast if fact.position > closed_at]
        unheard += [
            f"{member} at {fact.position}" for fact in cast if assembly and not _heard(facts, assembly, fact)
        ]
        counted = [fact.said for fact in cast if fact.position <= closed_at]
        if not counted:
            continue
        last = counted[-1]
        held = roll[member].votes if member in roll else None
        if held != last["votes"]:
            wrong.append(f"{member} votes with {last['votes']}, on the roll with {held}")
        ranking = tuple(tuple(tier) for tier in last["ranking"])
        live[member] = CastPaper(UUID(member), ranking, last["votes"])
    recount.faults("each paper stands on the roll, once", wrong, f"{len(live)} papers")
    recount.faults("no paper after the close", late, f"closed at {closed_at}")
    if assembly:
        recount.faults("each voter was present or represented", unheard, "yes")
    return [live[member] for member in sorted(live)]


def _heard(facts: Facts, assembly: str, paper: Fact) -> bool:
    meeting = meeting_at(facts, assembly, paper.position)
    member, holder = paper.said["member_id"], paper.said["holder_id"]
    if holder is None:
        return member in meeting.present
    return meeting.proxies.get(member, ("", frozenset()))[0] == holder and holder in meeting.present


def _recount_count(
    recount: Recount, facts: Facts, election: _Election, counted: Fact, papers: list[CastPaper]
) -> None:
    said, at = counted.said, counted.position
    recount.compare("papers counted", said["papers"], len(papers), at)
    recount.compare("root of the papers", said["input_root"], root_of([each.line() for each in papers]), at)
    try:
        again = _count_again(facts, election, counted, papers)
    except Refusal as refusal:
        recount.faults("the papers can be counted", [refusal.code], "yes")
        return
    rounds = kept_rounds(again)
    lines = [each.line() for each in rounds]
    pages = list(facts.named(election.id, "election.rounds-page-counted"))
    recorded = [_line(each) for page in pages for each in page.said["rounds"]]
    for number, (one, other) in enumerate(zip(recorded, lines, strict=False), start=1):
        recount.compare(f"round {number}", one, other, at)
    recount.compare("rounds", len(recorded), len(lines), at)
    for name in ("valid", "invalid", "quota"):
        recount.compare(name, said[name], getattr(again, name), at)
    recount.compare("root of the rounds", said["root"], root_of(lines), at)
    ties = [_tie(fact.said) for fact in facts.named(election.id, "election.tie-break-applied")]
    recount.compare("ties broken", ties, [_told(each) for each in kept_ties(again)], at)
    elected = [election.candidates[place] for place in again.elected]
    recount.compare("elected", list(said["elected"]), elected, at)


def _count_again(facts: Facts, election: _Election, counted: Fact, papers: list[CastPaper]) -> Count:
    """Count the papers by the method of the election, with what was withdrawn and stated before the count."""
    candidates = election.candidates
    before = [fact for fact in facts.of(election.id) if fact.position < counted.position]
    withdrawn = {fact.said["membership_id"] for fact in before if fact.name == "election.candidate-withdrew"}
    orders = [fact.said["order"] for fact in before if fact.name == "election.tie-order-stated"]
    order = orders[-1] if orders else []
    contest = contest_of(
        title=election.called.said["office"],
        candidates=[str(number) for number in range(1, len(candidates) + 1)],
        seats=election.called.said["seats"],
        papers=[(ranking_of(each.ranking, len(candidates)), each.votes) for each in papers],
        withdrawn=[place for place, each in enumerate(candidates) if each in withdrawn],
    )
    stated = tuple(candidates.index(each) for each in order if each in candidates)
    return count_contest(contest, Method(election.called.said["method"]), stated)


def _recount_mandates(recount: Recount, facts: Facts, election: _Election, counted: Fact) -> None:
    """Every one elected holds a mandate from this election, and nobody else does."""
    if facts.first(election.id, "election.mandates-conferred") is None:
        return
    conferred = [
        fact.said["membership_id"]
        for name in ("mandate-register.mandate-conferred", "mandate-register.mandate-renewed")
        for fact in facts.where(name, election_id=election.id)
    ]
    recount.compare("mandates", sorted(counted.said["elected"]), sorted(conferred), counted.position)


def _line(said: dict[str, Any]) -> str:
    tallies = ",".join(f"{each['candidate']}={each['votes']}" for each in said["tallies"])
    actions = ",".join(f"{each['kind']}:{each['candidate']}={each['votes']}" for each in said["actions"])
    return f"{said['round']} {tallies} {actions} {said['non_transferable']} {said['lost']}"


def _tie(said: Any) -> str:
    among = list(said["among"])
    return f"{said['round']} {among} {said['kind']}:{said['candidate']} {said['rule']} {list(said['rounds'])}"


def _told(tie: KeptTie) -> str:
    return f"{tie.round} {list(tie.among)} {tie.kind}:{tie.candidate} {tie.rule} {list(tie.rounds)}"
