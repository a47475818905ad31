"""What stands on a slip of the social secretariat, line by line, and what it costs.

The employee's own share in meal vouchers is withheld from the wage, and lessens what the vouchers cost (Royal
Decree of 28 November 1969, art. 19bis ◇). A benefit in kind is taxed as pay but is none in money (Income Tax
Code 1992, art. 36 ◇): the secretariat adds it and takes it off again, so it changes neither the net nor the
cost; what it costs is the bill of whoever provides it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.errors import AmountNegative, BenefitInKindPaid, SlipLineSigned, SlipNetDiffers
from domain.money import require_holdable, require_positive


class SlipType(StrEnum):
    """What a line of a slip is."""

    GROSS = "gross"
    UNTAXED_COSTS = "untaxed-costs"
    EMPLOYEE_CONTRIBUTIONS = "employee-contributions"
    SPECIAL_CONTRIBUTION = "special-contribution"
    WAGE_TAX = "wage-tax"
    GARNISHMENT = "garnishment"
    MEAL_VOUCHERS = "meal-vouchers"
    BENEFITS_IN_KIND = "benefits-in-kind"


_ADDED = frozenset({SlipType.GROSS, SlipType.UNTAXED_COSTS})
OF_COST = _ADDED | {SlipType.MEAL_VOUCHERS}
"""What the activity bears: what is earned, less the employee's own share in meal vouchers."""


@dataclass(frozen=True)
class SlipLine:
    """One line of a slip, in signed cents: what is earned above zero, what is withheld below.

    Benefits in kind have a line of each.
    """

    type: SlipType
    amount_c: int


@dataclass(frozen=True)
class SlipOf:
    """A posted slip: what it is called, its lines, and the employer's contributions in cents."""

    ref: str
    lines: tuple[SlipLine, ...]
    employer_c: int


def cost_of(lines: tuple[SlipLine, ...], employer_c: int) -> int:
    """Return what the activity bears, in cents.

    All that is earned, less the employee's own share in meal vouchers, and the employer's contributions.
    """
    return sum(line.amount_c for line in lines if line.type in OF_COST) + employer_c


def require_sound_slip(lines: tuple[SlipLine, ...], net_c: int, employer_c: int) -> None:
    """Refuse a slip whose lines are not signed as their types, pay a benefit in kind, or do not sum to the net paid."""
    require_holdable(net_c, employer_c, *(line.amount_c for line in lines))
    if employer_c < 0 or net_c < 0:
        raise AmountNegative(employer_c=employer_c, net_c=net_c)
    for line in lines:
        if not _signed_rightly(line):
            raise SlipLineSigned(type=line.type, amount_c=line.amount_c)
    in_kind_c = sum(line.amount_c for line in lines if line.type is SlipType.BENEFITS_IN_KIND)
    if in_kind_c:
        raise BenefitInKindPaid(in_kind_c=in_kind_c)
    if sum(line.amount_c for line in lines) != net_c:
        raise SlipNetDiffers(lines_c=sum(line.amount_c for line in lines), net_c=net_c)
    require_positive(cost_of(lines, employer_c))


def _signed_rightly(line: SlipLine) -> bool:
    if line.type is SlipType.BENEFITS_IN_KIND:
        return line.amount_c != 0
    return line.amount_c != 0 and (line.amount_c > 0) is (line.type in _ADDED)
