"""What a contribution plan makes of an activity's turnover: bases, tiers, exemptions and fund shares.

The figures follow from what was invoiced, received and borne alone, not from the way there: whatever
order documents come in, the facts tell differences of cumulative rounded amounts, and so add up to
what the plan makes of the whole. A rule without tiers or a yearly exemption is reckoned document by
document; one with them, and one on the margin, over what an activity invoiced in a year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from uuid import UUID

from domain.errors import (
    AmountNegative,
    FundNamedTwice,
    InvalidExemption,
    InvalidRate,
    TiersNotAscending,
    TooManyTiers,
)
from domain.facts import months_after
from domain.money import BASIS_POINTS, proportion, require_holdable, rounded, share
from domain.settlement import FundPart, Settlement

MOST_TIERS = 20
LONGEST_EXEMPTION_MONTHS = 120


class ContributionBase(StrEnum):
    """On what the contribution is reckoned.

    The gross margin is what was invoiced, net of VAT, less the approved claims, suppliers' bills and bank fees that the activity
    bore in the year; wages, contributions and manual entries are not taken off it.
    """

    INVOICED_NET = "invoiced-net"
    COLLECTED_NET = "collected-net"
    GROSS_MARGIN = "gross-margin"


@dataclass(frozen=True)
class FundShare:
    """What goes to a mutual fund, in basis points of the same base."""

    fund_id: UUID
    rate_bp: int


@dataclass(frozen=True)
class Tier:
    """The rate of what a year's base exceeds `from_c` by, up to the next tier."""

    from_c: int
    rate_bp: int


@dataclass(frozen=True)
class Exemptions:
    """What leaves nothing: the first `year_c` cents of a year's base, and an activity's first months.

    They free from the contribution, the funds' shares and the monthly part alike, but `year_c` leaves
    the monthly part as it is.
    """

    year_c: int = 0
    first_months: int = 0


NOTHING_EXEMPT = Exemptions()


@dataclass(frozen=True)
class Counted:
    """What a plan can reckon on: invoiced and received, net of VAT, and costs borne; in cents."""

    invoiced_c: int = 0
    collected_c: int = 0
    costs_c: int = 0

    @classmethod
    def of(cls, settlement: Settlement) -> Counted:
        """Return what an invoice alone counts for."""
        return cls(settlement.net_c, settlement.collected_net_c)

    def plus(self, more: Counted) -> Counted:
        """Return both together."""
        return Counted(
            self.invoiced_c + more.invoiced_c,
            self.collected_c + more.collected_c,
            self.costs_c + more.costs_c,
        )

    def since(self, before: Counted) -> Counted:
        """Return what came on top of `before`, below zero if it is less."""
        return Counted(
            self.invoiced_c - before.invoiced_c,
            self.collected_c - before.collected_c,
            self.costs_c - before.costs_c,
        )


@dataclass(frozen=True)
class Terms:
    """What an activity leaves: rates in basis points, amounts in cents.

    `rate_bp` holds up to the first tier. `fixed_month_c` is left once a month whatever was earned.
    """

    base: ContributionBase
    rate_bp: int
    tiers: tuple[Tier, ...] = ()
    fixed_month_c: int = 0
    exemptions: Exemptions = NOTHING_EXEMPT
    fund_shares: tuple[FundShare, ...] = ()

    def require_sound(self) -> None:
        """Refuse terms that take more than everything, or that cannot be reckoned in one way."""
        rates = [self.rate_bp, *(tier.rate_bp for tier in self.tiers)]
        shares = [each.rate_bp for each in self.fund_shares]
        if min(rates + shares) < 0 or max(rates) + sum(shares) > BASIS_POINTS:
            raise InvalidRate(rates_bp=rates + shares)
        if len({each.fund_id for each in self.fund_shares}) != len(self.fund_shares):
            raise FundNamedTwice(funds=len(self.fund_shares))
        if len(self.tiers) > MOST_TIERS:
            raise TooManyTiers(tiers=len(self.tiers), most=MOST_TIERS)
        starts = [0, *(tier.from_c for tier in self.tiers)]
        if any(later <= earlier for earlier, later in pairwise(starts)):
            raise TiersNotAscending(starts_c=starts[1:])
        if self.fixed_month_c < 0:
            raise AmountNegative(fixed_month_c=self.fixed_month_c)
        exempt = self.exemptions
        if exempt.year_c < 0 or not 0 <= exempt.first_months <= LONGEST_EXEMPTION_MONTHS:
            raise InvalidExemption(year_c=exempt.year_c, first_months=exempt.first_months)
        require_holdable(self.fixed_month_c, exempt.year_c, *starts)

    @property
    def over_year(self) -> bool:
        """Whether it is reckoned over an activity's year, rather than document by document."""
        graduated = bool(self.tiers or self.exemptions.year_c)
        return graduated or self.base is ContributionBase.GROSS_MARGIN

    @property
    def one_rate_bp(self) -> int | None:
        """The rate of the contribution, or None if it depends on how much there is."""
        return None if self.tiers else self.rate_bp

    def frees(self, opened_on: date, on: date) -> bool:
        """Tell whether that day lies in an activity's first months, which leave nothing."""
        months = self.exemptions.first_months
        return bool(months) and on < months_after(opened_on, months)

    def base_c(self, counted: Counted) -> int:
        """Return the base, never below zero."""
        if self.base is ContributionBase.COLLECTED_NET:
            return counted.collected_c
        if self.base is ContributionBase.GROSS_MARGIN:
            return max(counted.invoiced_c - counted.costs_c, 0)
        return counted.invoiced_c

    def contribution_c(self, counted: Counted) -> int:
        """Return what the cooperative is left of it: each tier at its own rate, rounded once."""
        base_c, exempt_c = self.base_c(counted), self.exemptions.year_c
        starts = [Tier(0, self.rate_bp), *self.tiers]
        ends = [*(tier.from_c for tier in self.tiers), base_c]
        owed = sum(
            max(min(end_c, base_c) - max(tier.from_c, exempt_c), 0) * tier.rate_bp
            for tier, end_c in zip(starts, ends, strict=True)
        )
        return rounded(Fraction(owed, BASIS_POINTS))

    def accrued(self, counted: Counted) -> tuple[FundPart, ...]:
        """Return what each fund is left of it."""
        beyond_c = max(self.base_c(counted) - self.exemptions.year_c, 0)
        return tuple(FundPart(each.fund_id, share(beyond_c, each.rate_bp)) for each in self.fund_shares)

    def collected(self, counted: Counted) -> tuple[FundPart, ...]:
        """Return what each fund has of it: in proportion to what clients paid, whole if that is the base."""
        if self.base is ContributionBase.COLLECTED_NET:
            return self.accrued(counted)
        if not counted.invoiced_c:
            return tuple(FundPart(each.fund_id, 0) for each in self.fund_shares)
        return tuple(
            FundPart(
                part.fund_id,
                proportion(part.amount_c, part=counted.collected_c, whole=counted.invoiced_c),
            )
            for part in self.accrued(counted)
        )
