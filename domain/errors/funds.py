"""The refusals about mutual funds.

* RuleBroken
  + FundRefusal
    - BelowFloor
"""

from __future__ import annotations

from domain.errors.base import RuleBroken


class FundRefusal(RuleBroken):
    """The mutual fund cannot do that."""

    code = "fund-refused"


class BelowFloor(FundRefusal):
    """The fund would fall below its floor: it pays only from what was collected."""

    code = "below-floor"
