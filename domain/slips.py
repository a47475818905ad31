"""What stands on a slip of the social secretariat, line by line, and what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import AmountNegative, SlipLineSigned, SlipNetDiffers
from domain.money import require_holdable, require_positive


class SlipType(StrEnum):
    """What a line of a slip is."""

    GROSS = "gross"
    UNTAXED_COSTS = "untaxed-costs"
    EMPLOYEE_CONTRIBUTIONS = "employee-contributions"
    SPECIAL_CONTRIBUTION = "special-contribution"
    WAGE_TAX = "wage-tax"
    GARNISHMENT = "garnishment"


_ADDED = frozenset({SlipType.GROSS, SlipType.UNTAXED_COSTS})


@dataclass(frozen=True)
class SlipLine:
    """One line of a slip, in signed cents: what is earned above zero, what is withheld below."""

    type: SlipType
    amount_c: int


@dataclass(frozen=True)
class SlipOf:
    """A posted slip: what it is called, its lines, and the employer's contributions in cents."""

    ref: str
    lines: tuple[SlipLine, ...]
    employer_c: int


def cost_of(lines: tuple[SlipLine, ...], employer_c: int) -> int:
    """Return what the activity bears: all that is earned, and the employer's contributions."""
    return sum(line.amount_c for line in lines if line.type in _ADDED) + employer_c


def require_sound_slip(lines: tuple[SlipLine, ...], net_c: int, employer_c: int) -> None:
    """Refuse a slip whose lines are not signed as their types, or do not sum to the net paid."""
    require_holdable(net_c, employer_c, *(line.amount_c for line in lines))
    if employer_c < 0 or net_c < 0:
        raise AmountNegative(employer_c=employer_c, net_c=net_c)
    signed: Mapping[SlipLine, bool] = {
        line: line.amount_c != 0 and (line.amount_c > 0) is (line.type in _ADDED) for line in lines
    }
    for line, right in signed.items():
        if not right:
            raise SlipLineSigned(type=line.type, amount_c=line.amount_c)
    if sum(line.amount_c for line in lines) != net_c:
        raise SlipNetDiffers(lines_c=sum(line.amount_c for line in lines), net_c=net_c)
    require_positive(cost_of(lines, employer_c))
