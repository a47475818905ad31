"""What a rule says beside its thresholds: notice, roll, proxies, cap, colleges, second convening.

Each is a number or a word of a closed list, so that a rule can be read, compared and shown; nothing
of it is code. `sources` says of each number where it stands, and whether that text was read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from domain.errors import InvalidProvisions
from domain.governance.rules import Quorum, require_fraction


class Regime(StrEnum):
    """The law, and the approval, a rule belongs to."""

    OWN = "own"
    """The entity's own statutes, without a preset."""
    BE_SC = "be-sc"
    BE_NRC_CNC = "be-nrc-cnc"
    FR_SCOP = "fr-scop"
    FR_SCIC = "fr-scic"


class DayCount(StrEnum):
    """Which days of a notice count, between the day it is sent and the day of the assembly."""

    AFTER_SENDING = "after-sending"
    """The day of sending does not count, that of the assembly does."""
    BETWEEN = "between"
    """Neither of the two counts."""
    BOTH = "both"
    """Both count."""


@dataclass(frozen=True)
class Notice:
    """How many days before the assembly its notice is sent."""

    days: int
    counting: DayCount = DayCount.AFTER_SENDING

    def found(self, *, sent_on: date, held_on: date) -> int:
        """Return how many days of notice there are, as the rule counts them."""
        between = (held_on - sent_on) // timedelta(days=1)
        return between + {DayCount.BETWEEN: -1, DayCount.AFTER_SENDING: 0, DayCount.BOTH: 1}[self.counting]


class RollBasis(StrEnum):
    """When the roll is frozen."""

    OPENING = "opening"
    RECORD_DATE = "record-date"


class Weight(StrEnum):
    """What gives votes."""

    MEMBER = "member"
    """One member, one vote."""
    SHARE = "share"
    """One share, one vote."""


@dataclass(frozen=True)
class RollRule:
    """How the roll is drawn; `days_before` the assembly if there is a record date."""

    weight: Weight = Weight.MEMBER
    basis: RollBasis = RollBasis.OPENING
    days_before: int = 0

    def record_on(self, held_on: date) -> date | None:
        """Return the record date of an assembly, if the rule has one."""
        return held_on - timedelta(days=self.days_before) if self.basis is RollBasis.RECORD_DATE else None


class ProxyHolder(StrEnum):
    """Who may hold a proxy."""

    MEMBER = "member"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Proxies:
    """Who may hold proxies, and how many: `most`, from `from_members` on one in so many members.

    The SCOP rule is (1, 20, 20): one below 20 members, then a twentieth of them, rounded down.
    """

    holder: ProxyHolder = ProxyHolder.MEMBER
    most: int = 1
    from_members: int | None = None
    one_in: int = 1

    def limit(self, members: int) -> int:
        """Return how many proxies one holder may hold among so many members."""
        if self.holder is ProxyHolder.NOBODY:
            return 0
        if self.from_members is None or members < self.from_members:
            return self.most
        return members // self.one_in


class CapBase(StrEnum):
    """Which votes a cap is a fraction of; never after capping, which would have no end."""

    PRESENT = "present"
    """The votes of those present, represented or voting in advance."""
    ENTITLED = "entitled"
    """All votes on the roll."""


class CapHolder(StrEnum):
    """Whose votes a cap adds together."""

    MEMBER = "member"
    """Each member's own, whoever casts them."""
    VOTER = "voter"
    """All that one person casts, own and by proxy; each is cut in proportion."""


class Rounding(StrEnum):
    """What becomes of a fraction of a vote."""

    NONE = "none"
    DOWN = "down"


@dataclass(frozen=True)
class Cap:
    """The most one may vote with: num/den of the base. What exceeds it is lost."""

    num: int
    den: int
    base: CapBase = CapBase.PRESENT
    holder: CapHolder = CapHolder.MEMBER
    rounding: Rounding = Rounding.NONE

    def most(self, votes: int) -> Fraction:
        """Return the most one may vote with, if the base has so many votes."""
        exact = Fraction(votes * self.num, self.den)
        return exact if self.rounding is Rounding.NONE else Fraction(exact.numerator // exact.denominator)


@dataclass(frozen=True)
class College:
    """A college and its weight; members of these categories belong to it."""

    name: str
    num: int
    den: int
    categories: tuple[str, ...] = ()

    @property
    def weight(self) -> Fraction:
        """The weight as a fraction."""
        return Fraction(self.num, self.den)


class CollegeCount(StrEnum):
    """How the votes inside a college become its part of the result."""

    PROPORTIONAL = "proportional"
    WINNER_TAKES_ALL = "winner-takes-all"


class SilentCollege(StrEnum):
    """What a college does in which nothing counts for the majority."""

    AGAINST = "against"
    """Its weight stays in the denominator."""
    LEFT_OUT = "left-out"
    """Its weight stands in neither term."""


@dataclass(frozen=True)
class Colleges:
    """The colleges of the members, and how their votes are put together."""

    colleges: tuple[College, ...]
    count: CollegeCount = CollegeCount.PROPORTIONAL
    silent: SilentCollege = SilentCollege.AGAINST

    def of_category(self, category: str) -> str:
        """Return the name of the college of a category; empty if it belongs to none."""
        return next((each.name for each in self.colleges if category in each.categories), "")


NO_QUORUM = Quorum(0, 1)


@dataclass(frozen=True)
class SecondConvening:
    """A second assembly for what lacked its quorum: its own quorum and notice, the same majority."""

    quorum: Quorum = NO_QUORUM
    notice_days: int = 15


class Conflicts(StrEnum):
    """What a declared conflict of interest does to the member's vote."""

    EXCLUDED = "excluded"
    """It counts in neither term, nor in the quorum or what that is a fraction of."""
    SILENT = "silent"
    """The member takes part, but casts no vote."""
    NOTED = "noted"
    """It is written down, and the vote counts."""


class TieBreak(StrEnum):
    """What decides a tie; never chance that nobody can check."""

    REJECTED = "rejected"
    """A motion that ties is not adopted."""
    SENIORITY = "seniority"
    """The candidate who has been a member longest."""
    PUBLIC_DRAW = "public-draw"
    """A public draw with a published seed."""


class Method(StrEnum):
    """How a motion is decided."""

    VOTE = "vote"
    CONSENT = "consent"
    """It is adopted when no objection stands."""


class Writing(StrEnum):
    """Whether a decision can be taken in writing."""

    UNANIMOUS = "unanimous"
    """Each member signs."""
    NEVER = "never"


@dataclass(frozen=True)
class Sourced:
    """Where a number of a rule stands; `confirmed` if that text was read, else a lawyer must."""

    item: str
    source_ref: str
    confirmed: bool


@dataclass(frozen=True)
class Provisions:
    """All a rule says beside its quorum and its majority."""

    regime: Regime = Regime.OWN
    notice: Notice | None = None
    """Without one, and without `proxies`, the parameters of the entity say it."""
    proxies: Proxies | None = None
    roll: RollRule = RollRule()
    cap: Cap | None = None
    colleges: Colleges | None = None
    second: SecondConvening | None = SecondConvening()
    advance_votes: bool = True
    conflicts: Conflicts = Conflicts.EXCLUDED
    tie_break: TieBreak = TieBreak.REJECTED
    method: Method = Method.VOTE
    writing: Writing = Writing.UNANIMOUS
    changes_statutes: bool = False
    max_term_years: int | None = None
    sources: tuple[Sourced, ...] = ()


LONGEST_NAME = 40
"""A page of a roll names the college in each entry, and a fact has a largest size."""

PLAIN = Provisions()
"""What a rule says that names nothing but its thresholds."""


def require_sound(quorum: Quorum, provisions: Provisions) -> None:
    """Refuse provisions that no assembly could follow; raises InvalidProvisions, InvalidThreshold."""
    for asked in (quorum, *((provisions.second.quorum,) if provisions.second else ())):
        require_fraction(asked.num, asked.den)
        if asked.basis == "colleges" and provisions.colleges is None:
            raise InvalidProvisions(item="quorum.basis")
    _require(provisions.notice is None or provisions.notice.days >= 0, "notice.days")
    _require(provisions.roll.days_before >= 0, "roll.days_before")
    _require(provisions.second is None or provisions.second.notice_days >= 0, "second.notice_days")
    _require(provisions.max_term_years is None or provisions.max_term_years > 0, "max_term_years")
    if (proxies := provisions.proxies) is not None:
        _require(proxies.most >= 0 and proxies.one_in > 0, "proxies")
        _require(proxies.from_members is None or proxies.from_members >= 0, "proxies.from_members")
    if (cap := provisions.cap) is not None:
        _require(require_fraction(cap.num, cap.den) > 0, "cap")
    if (split := provisions.colleges) is not None:
        _require_colleges(split)
    _require(all(each.item.strip() and each.source_ref.strip() for each in provisions.sources), "sources")


def _require_colleges(split: Colleges) -> None:
    names = [each.name for each in split.colleges]
    _require(bool(names) and all(names) and len(set(names)) == len(names), "colleges")
    _require(all(len(name) <= LONGEST_NAME for name in names), "colleges.name")
    _require(all(require_fraction(each.num, each.den) > 0 for each in split.colleges), "colleges.weight")
    _require(sum(each.weight for each in split.colleges) == 1, "colleges.weight")
    categories = [category for each in split.colleges for category in each.categories]
    _require(len(set(categories)) == len(categories), "colleges.categories")


def _require(sound: bool, item: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not sound:
        raise InvalidProvisions(item=item)
