"""Counting a roll-call vote: the tally, the quorum and the verdict, in whole votes of the roll.

The formulas: the quorum is met if `took part · den >= num · entitled`; a motion is adopted if
`yes · den >= num · D` (at least) or `yes · den > num · D` (more than), where D is the denominator
the rule names. With nothing in the denominator, nothing is adopted. What a cap or colleges make of
it is reckoned in `domain.governance.reckoning`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from domain.governance.rules import Choice, Comparator, Denominator, Majority, Quorum


@dataclass(frozen=True)
class Ballot:
    """The live vote of one voting right: who, what, with how many votes; by proxy, of whom."""

    member_id: UUID
    choice: Choice
    votes: int
    holder_id: UUID | None = None


@dataclass(frozen=True)
class Tally:
    """The votes by what they say."""

    yes: int
    no: int
    abstain: int
    blank: int
    invalid: int = 0

    @property
    def cast(self) -> int:
        """All votes cast."""
        return self.yes + self.no + self.abstain + self.blank + self.invalid

    @property
    def expressed(self) -> int:
        """The votes for or against."""
        return self.yes + self.no


@dataclass(frozen=True)
class Verdict:
    """Whether the quorum was met and the motion adopted, with the numbers compared."""

    took_part: int
    entitled: int
    quorum_met: bool
    denominator: int
    adopted: bool


def count(ballots: Iterable[Ballot]) -> Tally:
    """Add up the votes of the ballots."""
    votes = dict.fromkeys(Choice, 0)
    for ballot in ballots:
        votes[ballot.choice] += ballot.votes
    return Tally(**{choice.value: votes[choice] for choice in Choice})


def decide(tally: Tally, *, entitled: int, quorum: Quorum, majority: Majority, present: int = 0) -> Verdict:
    """Return the verdict of a tally under a rule; without its quorum a motion is not adopted.

    `present` are the votes present or represented in an assembly, cast or not; outside of one, and
    if more were cast since the quorum was established, those who voted took part.
    """
    took_part = max(tally.cast, present)
    quorum_met = took_part * quorum.den >= quorum.num * entitled
    denominator = {
        Denominator.EXPRESSED: tally.expressed,
        Denominator.CAST: tally.cast,
        Denominator.PRESENT: took_part,
        Denominator.ENTITLED: entitled,
    }[majority.denominator]
    in_favour, threshold = tally.yes * majority.den, majority.num * denominator
    agreed = in_favour > threshold or (majority.comparator is Comparator.AT_LEAST and in_favour == threshold)
    adopted = quorum_met and denominator > 0 and agreed
    return Verdict(took_part, entitled, quorum_met, denominator, adopted)
