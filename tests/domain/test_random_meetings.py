"""Whatever happens in an assembly, each right is counted once, and as a count on paper would.

Any order of proxies given and taken back, of arrivals and departures, of conflicts, votes in advance,
votes and changes: the paper keeps who said what last, and nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.aggregates.assembly import Assembly
from domain.aggregates.motion import Motion
from domain.aggregates.voting_right import VotingRight
from domain.errors import Refusal
from domain.governance.presence import Proxy
from domain.governance.provisions import (
    PLAIN,
    Cap,
    CapHolder,
    Conflicts,
    Provisions,
    Proxies,
    RollRule,
    Weight,
)
from domain.governance.rules import Choice, Denominator, Quorum
from domain.ledger import advance_votes, assemblies, governance, motions
from domain.ledger.governance import voting_right_id
from tests.domain import meeting
from tests.domain.meeting import (
    ANNA,
    BERT,
    CLEO,
    DIRK,
    ELLA,
    FIRST,
    MOTION,
    POLL,
    SIMPLE,
    convenes,
    counts,
    holding,
    opens,
    puts,
    rules,
)
from tests.paper import PaperLedger

MEMBERS = (ANNA, BERT, CLEO, DIRK, ELLA)
A_MEMBER = st.sampled_from(MEMBERS)
A_CHOICE = st.sampled_from(Choice)
SHARES = {ANNA: 7, BERT: 3, CLEO: 1, DIRK: 1, ELLA: 2}
RULES = (
    PLAIN,
    replace(PLAIN, cap=Cap(1, 4), roll=RollRule(Weight.SHARE)),
    replace(PLAIN, cap=Cap(1, 3, holder=CapHolder.VOTER), roll=RollRule(Weight.SHARE)),
    replace(PLAIN, conflicts=Conflicts.SILENT, proxies=Proxies(most=2)),
    replace(PLAIN, conflicts=Conflicts.NOTED, proxies=Proxies(most=2)),
)


class Meeting:
    """One assembly and one motion; `said` is the paper: the last word of each member, and who spoke it."""

    def __init__(self, provisions: Provisions, denominator: Denominator) -> None:
        self.ledger: PaperLedger = meeting.founded()
        self.provisions, self.denominator = provisions, denominator
        self.open = False
        self.there: set[UUID] = set()
        self.proxies: dict[UUID, UUID] = {}
        self.early: dict[UUID, Choice] = {}
        self.conflicted: set[UUID] = set()
        self.said: dict[UUID, tuple[Choice, UUID]] = {}
        self.took_part: set[UUID] = set()
        majority = replace(SIMPLE, denominator=denominator)
        rules(self.ledger, provisions, quorum=Quorum(0, 1), majority=majority)
        convenes(self.ledger, rule_name="ordinary", rule_version=1)

    def _asks(self, use_case: Any, **asked: Any) -> bool:
        try:
            self.ledger.perform(use_case, **asked)
        except Refusal:
            return False
        return True

    # The assembly

    def give_a_proxy(self, principal: UUID, holder: UUID) -> None:
        named = {"assembly_id": FIRST, "principal_id": principal, "holder_id": holder}
        may = (
            principal != holder
            and principal not in self.there
            and principal not in self.proxies
            and holder not in self.proxies
            and principal not in self.proxies.values()
            and list(self.proxies.values()).count(holder) < (self.provisions.proxies or Proxies()).most
        )
        assert self._asks(assemblies.grant_proxy, **named) is may
        if may:
            self.proxies[principal] = holder

    def take_a_proxy_back(self, principal: UUID) -> None:
        asked = {"assembly_id": FIRST, "principal_id": principal}
        assert self._asks(assemblies.revoke_proxy, **asked) is (principal in self.proxies)
        self.proxies.pop(principal, None)

    def vote_in_advance(self, member: UUID, choice: Choice) -> None:
        named = {"assembly_id": FIRST, "motion_id": MOTION, "member_id": member}
        assert self._asks(advance_votes.receive_advance_vote, **named, choice=choice) is not self.open
        if not self.open:
            self.early[member] = choice

    def take_a_vote_in_advance_back(self, member: UUID) -> None:
        named = {"assembly_id": FIRST, "motion_id": MOTION, "member_id": member}
        may = not self.open and member in self.early
        assert self._asks(advance_votes.withdraw_advance_vote, **named) is may
        if may:
            del self.early[member]

    def open_it(self) -> None:
        opens(self.ledger, drawn=holding(self.ledger, SHARES))
        self.open = True

    def arrive(self, member: UUID) -> None:
        asked = {"assembly_id": FIRST, "member_id": member}
        assert self._asks(assemblies.record_attendance, **asked) is (member not in self.there)
        self.there.add(member)
        self.proxies.pop(member, None)

    def leave(self, member: UUID) -> None:
        asked = {"assembly_id": FIRST, "member_id": member}
        assert self._asks(assemblies.record_departure, **asked) is (member in self.there)
        self.there.discard(member)

    def declare_a_conflict(self, member: UUID) -> None:
        asked = {"motion_id": MOTION, "member_id": member, "interest": "sells vans"}
        assert self._asks(motions.declare_conflict, **asked) is (member not in self.conflicted)
        self.conflicted.add(member)

    def put_it_to_the_vote(self) -> None:
        puts(self.ledger)
        represented = {each for each, holder in self.proxies.items() if holder in self.there}
        self.took_part = self.there | represented | self.early.keys()
        for member, choice in self.early.items():
            if member not in self.there:
                self.said[member] = (choice, member)

    def vote(self, member: UUID, choice: Choice, by_proxy: bool) -> None:  # noqa: FBT001 - drawn by name
        holder = self.proxies.get(member, BERT if member != BERT else ANNA) if by_proxy else None
        named = {"poll_id": POLL, "member_id": member, "holder_id": holder}
        may = (
            self.proxies.get(member) == holder and holder in self.there if by_proxy else member in self.there
        )
        may = may and (self.provisions.conflicts is Conflicts.NOTED or member not in self.conflicted)
        cast_before = self._right(member)
        may = may and (cast_before is None or cast_before.choice is not choice)
        assert self._asks(governance.cast_vote, **named, choice=choice) is may
        if may:
            self.said[member] = (choice, holder or member)

    def _right(self, member: UUID) -> VotingRight | None:
        right = voting_right_id(POLL, member)
        if not any(fact.originator_id == right for fact in self.ledger.facts):
            return None
        return self.ledger.get(VotingRight, right)

    # What must hold

    def the_assembly_knows_who_is_there_and_represented(self) -> None:
        assembly = self.ledger.get(Assembly, FIRST)
        assert assembly.present == self.there
        assert assembly.proxies == {each: Proxy(holder) for each, holder in self.proxies.items()}
        assert not set(self.proxies) & set(self.proxies.values()), "no proxy of a proxy"

    def count(self) -> None:
        """Count: on paper, and in the ledger."""
        ballots = meeting.live(self.ledger)
        assert len({each.member_id for each in ballots}) == len(ballots), "one vote for each right"
        verdict = counts(self.ledger)
        by_share = self.provisions.roll.weight is Weight.SHARE
        held = {each: SHARES[each] if by_share else 1 for each in MEMBERS}
        excluded = self.conflicted if self.provisions.conflicts is Conflicts.EXCLUDED else set()
        silent = set() if self.provisions.conflicts is Conflicts.NOTED else self.conflicted
        there = (self.took_part | self.said.keys()) - excluded
        heard = {each: said for each, said in self.said.items() if each not in silent}
        paper = self._weights(held, heard, sum(held[each] for each in there), excluded)
        weighed = verdict.reckoning.majority.weighed
        for choice in Choice:
            on_paper = sum(
                (paper[each] for each, (said, _) in heard.items() if said is choice), start=Fraction(0)
            )
            assert getattr(weighed, choice.value).value == on_paper
        base = self._base(heard, paper, there, excluded)
        assert verdict.reckoning.majority.base.value == base
        yes = weighed.yes.value
        assert isinstance(verdict, Motion.Adopted) is (base > 0 and 2 * yes > base)
        assert verdict.reckoning.quorum.took_part.value == sum(held[each] for each in there)

    def _weights(
        self,
        held: dict[UUID, int],
        heard: dict[UUID, tuple[Choice, UUID]],
        votes: int,
        excluded: set[UUID],
    ) -> dict[UUID, Fraction]:
        """What each weighs on paper: at most the cap, and what one person casts at most the cap together."""
        cap = self.provisions.cap
        if cap is None:
            return {each: Fraction(number) for each, number in held.items() if each not in excluded}
        most = Fraction(votes * cap.num, cap.den)
        weights = {each: min(Fraction(held[each]), most) for each in held if each not in excluded}
        if cap.holder is CapHolder.VOTER:
            for voter in {who for _, who in heard.values()}:
                own = [each for each, (_, who) in heard.items() if who == voter]
                together = sum(held[each] for each in own)
                part = min(Fraction(1), most / together)
                weights |= {each: held[each] * part for each in own}
                assert sum(weights[each] for each in own) <= most
        assert all(weights[each] <= held[each] for each in weights)
        return weights

    def _base(
        self,
        heard: dict[UUID, tuple[Choice, UUID]],
        paper: dict[UUID, Fraction],
        there: set[UUID],
        excluded: set[UUID],
    ) -> Fraction:
        match self.denominator:
            case Denominator.EXPRESSED:
                counted = {each for each, (said, _) in heard.items() if said in (Choice.YES, Choice.NO)}
            case Denominator.CAST:
                counted = set(heard)
            case Denominator.PRESENT:
                counted = set(there)
            case Denominator.ENTITLED:
                counted = set(MEMBERS) - excluded
        return sum((paper[each] for each in counted), start=Fraction(0))


WHO = {"member": A_MEMBER}
BEFORE = st.one_of(
    st.tuples(
        st.just(Meeting.give_a_proxy), st.fixed_dictionaries({"principal": A_MEMBER, "holder": A_MEMBER})
    ),
    st.tuples(st.just(Meeting.take_a_proxy_back), st.fixed_dictionaries({"principal": A_MEMBER})),
    st.tuples(st.just(Meeting.declare_a_conflict), st.fixed_dictionaries(WHO)),
    st.tuples(st.just(Meeting.vote_in_advance), st.fixed_dictionaries({**WHO, "choice": A_CHOICE})),
    st.tuples(st.just(Meeting.take_a_vote_in_advance_back), st.fixed_dictionaries(WHO)),
)
DURING = st.one_of(
    BEFORE,
    st.tuples(st.just(Meeting.arrive), st.fixed_dictionaries(WHO)),
    st.tuples(st.just(Meeting.leave), st.fixed_dictionaries(WHO)),
)
ARRIVAL = st.tuples(st.just(Meeting.arrive), st.fixed_dictionaries(WHO))
CONFLICT = st.tuples(st.just(Meeting.declare_a_conflict), st.fixed_dictionaries(WHO))
VOTE = st.tuples(
    st.just(Meeting.vote),
    st.fixed_dictionaries({**WHO, "choice": A_CHOICE, "by_proxy": st.booleans()}),
)


@pytest.mark.slow
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    provisions=st.sampled_from(RULES),
    denominator=st.sampled_from(Denominator),
    arriving=st.sets(A_MEMBER),
    before=st.lists(BEFORE, max_size=10),
    during=st.lists(DURING, max_size=6),
    after=st.lists(st.one_of(VOTE, VOTE, VOTE, ARRIVAL, CONFLICT, DURING), max_size=24),
)
def test_any_order_of_a_meeting_comes_to_what_a_count_on_paper_comes_to(
    provisions: Provisions,
    denominator: Denominator,
    arriving: set[UUID],
    before: list[Any],
    during: list[Any],
    after: list[Any],
) -> None:
    held = Meeting(provisions, denominator)
    for act, asked in before:
        act(held, **asked)
    held.open_it()
    for member in sorted(arriving):
        held.arrive(member)
    for act, asked in during:
        act(held, **asked)
    held.put_it_to_the_vote()
    for act, asked in after:
        act(held, **asked)
        held.the_assembly_knows_who_is_there_and_represented()
    held.count()
