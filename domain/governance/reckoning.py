"""The exact arithmetic of a decision: the quorum, the weights under cap and colleges, the majority.

All in fractions. The formulas: a quorum is met if what took part is at least num/den of what is
entitled, in the unit of its basis; under a cap a member counts with `min(votes, T * num/den)`, and
the excess is lost; colleges add up `weight * yes/base` each, or their whole weight if yes exceeds no.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from domain.governance.provisions import (
    Cap,
    CapBase,
    CapHolder,
    College,
    CollegeCount,
    Colleges,
    Conflicts,
    Provisions,
    SilentCollege,
)
from domain.governance.rolls import RollEntry
from domain.governance.rules import Basis, Choice, Comparator, Denominator, Majority, Quorum
from domain.governance.tally import Ballot


@dataclass(frozen=True)
class Exact:
    """A fraction as facts keep it, in lowest terms."""

    num: int
    den: int

    @classmethod
    def of(cls, value: Fraction | int) -> Exact:
        """Take a fraction or a whole number."""
        exact = Fraction(value)
        return cls(exact.numerator, exact.denominator)

    @property
    def value(self) -> Fraction:
        """The fraction."""
        return Fraction(self.num, self.den)


@dataclass(frozen=True)
class QuorumReckoned:
    """A quorum: what took part and what is entitled in the unit of the basis, against num/den."""

    basis: Basis
    num: int
    den: int
    took_part: Exact
    entitled: Exact
    met: bool


@dataclass(frozen=True)
class Weighed:
    """What each choice weighs, under the cap if there is one."""

    yes: Exact
    no: Exact
    abstain: Exact
    blank: Exact
    invalid: Exact


@dataclass(frozen=True)
class MajorityReckoned:
    """A majority: what each choice weighs, and what is in favour of the base, against num/den."""

    denominator: Denominator
    comparator: Comparator
    num: int
    den: int
    weighed: Weighed
    in_favour: Exact
    base: Exact
    met: bool


@dataclass(frozen=True)
class CapReckoned:
    """A cap: the votes it is a fraction of, and the most one voted with."""

    base: CapBase
    votes: int
    most: Exact


@dataclass(frozen=True)
class CollegeReckoned:
    """One college: its heads, its votes after any cap, and what it adds to what is in favour."""

    name: str
    weight: Exact
    took_part: int
    entitled: int
    yes: Exact
    no: Exact
    base: Exact
    in_favour: Exact


@dataclass(frozen=True)
class Reckoning:
    """The whole arithmetic of one decision; `excluded` members declared a conflict and count nowhere."""

    quorum: QuorumReckoned
    majority: MajorityReckoned
    cap: CapReckoned | None
    colleges: tuple[CollegeReckoned, ...]
    excluded: int

    @property
    def adopted(self) -> bool:
        """Whether the quorum is met and enough are in favour."""
        return self.quorum.met and self.majority.met


def counted(
    entries: Iterable[RollEntry], conflicted: Collection[UUID], provisions: Provisions
) -> list[RollEntry]:
    """Return the entries that count at all: those with votes, without those a conflict excludes."""
    excluded = conflicted if provisions.conflicts is Conflicts.EXCLUDED else ()
    return [each for each in entries if each.votes and each.member_id not in excluded]


def reckon_quorum(
    quorum: Quorum, entries: Sequence[RollEntry], took_part: Collection[UUID], colleges: Colleges | None
) -> QuorumReckoned:
    """Return whether enough of the entries took part, and the numbers compared."""
    there = [each for each in entries if each.member_id in took_part]
    part, whole = (_measured(quorum.basis, some, entries, colleges) for some in (there, entries))
    threshold = Fraction(quorum.num, quorum.den)
    met = part >= threshold * whole and (whole > 0 or quorum.num == 0)
    return QuorumReckoned(quorum.basis, quorum.num, quorum.den, Exact.of(part), Exact.of(whole), met)


def reckon(
    *,
    quorum: Quorum,
    majority: Majority,
    provisions: Provisions,
    entries: Sequence[RollEntry],
    took_part: Collection[UUID],
    ballots: Sequence[Ballot],
    conflicted: Collection[UUID] = (),
) -> Reckoning:
    """Return the arithmetic of a decision.

    `took_part` are the members present, represented or voting in advance; whoever voted took part.
    """
    roll = counted(entries, conflicted, provisions)
    silent = () if provisions.conflicts is Conflicts.NOTED else conflicted
    cast = [each for each in ballots if each.member_id not in silent]
    there = {*took_part, *(each.member_id for each in ballots)}
    capped = _cap_of(provisions.cap, roll, there)
    weights = _weights(roll, cast, provisions.cap, capped)
    said = {each.member_id: each.choice for each in cast}
    sums = _Sums(roll, there, weights, said)
    colleges = _colleges_of(provisions.colleges, sums, majority)
    return Reckoning(
        reckon_quorum(quorum, roll, there, provisions.colleges),
        _majority_of(majority, provisions.colleges, sums, colleges),
        capped,
        colleges,
        sum(1 for each in entries if each.votes) - len(roll),
    )


@dataclass(frozen=True)
class _Sums:
    """What each entry weighs, and what it said; sums of it, over all or over one college."""

    roll: Sequence[RollEntry]
    there: Collection[UUID]
    weights: Mapping[UUID, Fraction]
    said: Mapping[UUID, Choice]

    def of(self, choice: Choice, college: College | None = None) -> Fraction:
        return self._sum(each for each in self._in(college) if self.said.get(each.member_id) is choice)

    def base(self, denominator: Denominator, college: College | None = None) -> Fraction:
        """Return what the majority is reckoned on."""
        match denominator:
            case Denominator.EXPRESSED:
                return self.of(Choice.YES, college) + self.of(Choice.NO, college)
            case Denominator.CAST:
                return self._sum(each for each in self._in(college) if each.member_id in self.said)
            case Denominator.PRESENT:
                return self._sum(each for each in self._in(college) if each.member_id in self.there)
            case Denominator.ENTITLED:
                return self._sum(self._in(college))

    def heads(self, college: College) -> tuple[int, int]:
        """Return how many of a college took part, and how many it has."""
        members = list(self._in(college))
        return sum(each.member_id in self.there for each in members), len(members)

    def _in(self, college: College | None) -> Iterable[RollEntry]:
        return self.roll if college is None else (each for each in self.roll if each.college == college.name)

    def _sum(self, entries: Iterable[RollEntry]) -> Fraction:
        return sum((self.weights[each.member_id] for each in entries), Fraction(0))


def _measured(
    basis: Basis, some: Sequence[RollEntry], entries: Sequence[RollEntry], colleges: Colleges | None
) -> Fraction:
    match basis:
        case Basis.VOTES:
            return Fraction(sum(each.votes for each in some))
        case Basis.SHARES:
            return Fraction(sum(each.shares for each in some))
        case Basis.HEADS:
            return Fraction(len(some))
        case Basis.COLLEGES:
            parts = Fraction(0)
            for college in colleges.colleges if colleges else ():
                whole = sum(each.college == college.name for each in entries)
                part = sum(each.college == college.name for each in some)
                parts += college.weight * Fraction(part, whole) if whole else 0
            return parts


def _cap_of(cap: Cap | None, roll: Sequence[RollEntry], there: Collection[UUID]) -> CapReckoned | None:
    if cap is None:
        return None
    present = cap.base is CapBase.PRESENT
    votes = sum(each.votes for each in roll if not present or each.member_id in there)
    return CapReckoned(cap.base, votes, Exact.of(cap.most(votes)))


def _weights(
    roll: Sequence[RollEntry], cast: Sequence[Ballot], cap: Cap | None, capped: CapReckoned | None
) -> Mapping[UUID, Fraction]:
    """Return what each entry weighs; of what one person casts, each part is cut in proportion."""
    if cap is None or capped is None:
        return {each.member_id: Fraction(each.votes) for each in roll}
    most = capped.most.value
    weights = {each.member_id: min(Fraction(each.votes), most) for each in roll}
    if cap.holder is CapHolder.VOTER:
        votes = {each.member_id: each.votes for each in roll}
        by_voter: dict[UUID, list[UUID]] = {}
        for ballot in cast:
            if ballot.member_id in votes:
                by_voter.setdefault(ballot.holder_id or ballot.member_id, []).append(ballot.member_id)
        for members in by_voter.values():
            together = sum(votes[each] for each in members)
            if together > most:
                weights |= {each: most * Fraction(votes[each], together) for each in members}
            else:
                weights |= {each: Fraction(votes[each]) for each in members}
    return weights


def _colleges_of(split: Colleges | None, sums: _Sums, majority: Majority) -> tuple[CollegeReckoned, ...]:
    found = []
    for college in split.colleges if split else ():
        yes, no = sums.of(Choice.YES, college), sums.of(Choice.NO, college)
        base = sums.base(majority.denominator, college)
        took_part, entitled = sums.heads(college)
        if split and split.count is CollegeCount.WINNER_TAKES_ALL:
            in_favour = college.weight if yes > no else Fraction(0)
        else:
            in_favour = college.weight * Fraction(yes, base) if base else Fraction(0)
        exact = (Exact.of(each) for each in (yes, no, base, in_favour))
        found.append(CollegeReckoned(college.name, Exact.of(college.weight), took_part, entitled, *exact))
    return tuple(found)


def _majority_of(
    majority: Majority, split: Colleges | None, sums: _Sums, colleges: Sequence[CollegeReckoned]
) -> MajorityReckoned:
    if split is None:
        in_favour, base = sums.of(Choice.YES), sums.base(majority.denominator)
    else:
        heard = [each for each in colleges if each.base.num or split.silent is SilentCollege.AGAINST]
        in_favour = sum((each.in_favour.value for each in heard), Fraction(0))
        base = sum((each.weight.value for each in heard), Fraction(0))
    threshold = Fraction(majority.num, majority.den) * base
    met = in_favour > threshold or (majority.comparator is Comparator.AT_LEAST and in_favour == threshold)
    weighed = Weighed(**{choice.value: Exact.of(sums.of(choice)) for choice in Choice})
    return MajorityReckoned(
        majority.denominator,
        majority.comparator,
        majority.num,
        majority.den,
        weighed,
        Exact.of(in_favour),
        Exact.of(base),
        met and base > 0,
    )
