"""The rules a decision is taken under: who must take part, and how many must agree.

Rules are data, never code: a motion names the version it is decided under, and the record states
the exact arithmetic. Fractions only.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from domain.errors import InvalidThreshold, UnknownChoice


class Choice(StrEnum):
    """What a vote says."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    BLANK = "blank"
    INVALID = "invalid"
    """It cannot be read as any of these: a paper with two crosses."""

    @classmethod
    def read(cls, text: str) -> Choice:
        """Read a choice; raises UnknownChoice."""
        try:
            return cls(text)
        except ValueError:
            raise UnknownChoice(choice=text) from None


class Basis(StrEnum):
    """What a quorum counts."""

    VOTES = "votes"
    HEADS = "heads"
    SHARES = "shares"
    COLLEGES = "colleges"
    """Each college by the fraction of it that takes part, times its weight."""


class Denominator(StrEnum):
    """Which votes the majority is reckoned on."""

    EXPRESSED = "expressed"
    """Yes and no only (CSA art. 6:85: abstentions in neither term)."""
    CAST = "cast"
    """All votes cast: abstentions, blanks and invalid ones included."""
    PRESENT = "present"
    """All votes that those present, represented or voting in advance could cast (French SCOP)."""
    ENTITLED = "entitled"
    """All votes on the roll, cast or not."""


class Comparator(StrEnum):
    """How the votes in favour meet the threshold."""

    AT_LEAST = "at-least"
    MORE_THAN = "more-than"


@dataclass(frozen=True)
class Quorum:
    """Which fraction must take part; 0/1 asks for none."""

    num: int
    den: int
    basis: Basis = Basis.VOTES


@dataclass(frozen=True)
class Majority:
    """Which fraction of the denominator must be in favour."""

    num: int
    den: int
    comparator: Comparator
    denominator: Denominator


def require_fraction(num: int, den: int) -> Fraction:
    """Return num/den if it lies between 0 and 1; raises InvalidThreshold."""
    if den <= 0 or not 0 <= num <= den:
        raise InvalidThreshold(num=num, den=den)
    return Fraction(num, den)
