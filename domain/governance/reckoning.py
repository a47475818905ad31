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
    split = provisions.colleges
    sides = [
        (college, _side((each for each in roll if each.college == college.name), there, weights, said))
        for college in (split.colleges if split else ())
    ]
    colleges = tuple(_college_of(college, side, split.count, majority) for college, side in sides if split)
    return Reckoning(
        reckon_quorum(quorum, roll, there, split),
        _majority_of(majority, split, _side(roll, there, weights, said), colleges),
        capped,
        colleges,
        sum(1 for each in entries if each.votes) - len(roll),
    )


Weight = Fraction | int
"""What an entry weighs: whole votes, or the part of them a cap leaves."""


@dataclass(frozen=True)
class _Side:
    """What all entries weigh, or those of one college: by what they said, present, and in all."""

    said: Mapping[Choice, Fraction]
    present: Fraction
    entitled: Fraction
    took_part: int
    heads: int

    def base(self, denominator: Denominator) -> Fraction:
        """Return what the majority is reckoned on."""
        match denominator:
            case Denominator.EXPRESSED:
                return self.said[Choice.YES] + self.said[Choice.NO]
            case Denominator.CAST:
                return sum(self.said.values(), Fraction(0))
            case Denominator.PRESENT:
                return self.present
            case Denominator.ENTITLED:
                return self.entitled


def _side(
    entries: Iterable[RollEntry],
    there: Collection[UUID],
    weights: Mapping[UUID, Weight],
    said: Mapping[UUID, Choice],
) -> _Side:
    """Add up in one pass: a roll has twelve thousand entries, and its trail is read while somebody waits."""
    sums: dict[Choice, Weight] = dict.fromkeys(Choice, 0)
    present: Weight = 0
    entitled: Weight = 0
    took_part = heads = 0
    for entry in entries:
        weight = weights[entry.member_id]
        entitled += weight
        heads += 1
        if entry.member_id in there:
            present += weight
            took_part += 1
        choice = said.get(entry.member_id)
        if choice is not None:
            sums[choice] += weight
    exact = {choice: Fraction(each) for choice, each in sums.items()}
    return _Side(exact, Fraction(present), Fraction(entitled), took_part, heads)


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
) -> Mapping[UUID, Weight]:
    """Return what each entry weighs; of what one person casts, each part is cut in proportion."""
    votes = {each.member_id: each.votes for each in roll}
    if cap is None or capped is None:
        return votes
    most = capped.most.value
    weights: dict[UUID, Weight] = dict(votes)
    weights |= {id_: most for id_, number in votes.items() if number > most}
    if cap.holder is CapHolder.VOTER:
        by_voter: dict[UUID, list[UUID]] = {}
        for ballot in cast:
            if ballot.member_id in votes:
                by_voter.setdefault(ballot.holder_id or ballot.member_id, []).append(ballot.member_id)
        for members in by_voter.values():
            together = sum(votes[each] for each in members)
            if together > most:
                weights |= {each: most * Fraction(votes[each], together) for each in members}
    return weights


def _college_of(college: College, side: _Side, how: CollegeCount, majority: Majority) -> CollegeReckoned:
    yes, no, base = side.said[Choice.YES], side.said[Choice.NO], side.base(majority.denominator)
    if how is CollegeCount.WINNER_TAKES_ALL:
        in_favour = college.weight if yes > no else Fraction(0)
    else:
        in_favour = college.weight * Fraction(yes, base) if base else Fraction(0)
    exact = (Exact.of(each) for each in (yes, no, base, in_favour))
    return CollegeReckoned(college.name, Exact.of(college.weight), side.took_part, side.heads, *exact)


def _majority_of(
    majority: Majority, split: Colleges | None, side: _Side, colleges: Sequence[CollegeReckoned]
) -> MajorityReckoned:
    if split is None:
        in_favour, base = side.said[Choice.YES], side.base(majority.denominator)
    else:
        heard = [each for each in colleges if each.base.num or split.silent is SilentCollege.AGAINST]
        in_favour = sum((each.in_favour.value for each in heard), Fraction(0))
        base = sum((each.weight.value for each in heard), Fraction(0))
    threshold = Fraction(majority.num, majority.den) * base
    met = in_favour > threshold or (majority.comparator is Comparator.AT_LEAST and in_favour == threshold)
    return MajorityReckoned(
        majority.denominator,
        majority.comparator,
        majority.num,
        majority.den,
        Weighed(**{choice.value: Exact.of(each) for choice, each in side.said.items()}),
        Exact.of(in_favour),
        Exact.of(base),
        met and base > 0,
    )
