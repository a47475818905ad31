"""The refusals about mutual funds, their aid and their guarantees.

* Malformed
  + DecisionUnclear
  + ScheduleDiffers
* RuleBroken
  + FundRefusal
    - BelowFloor
    - AboveCap
    - AidNotDecided
    - AidDecidedAlready
    - AidTurnedDown
    - AidSettled
    - ExceedsRequest
    - MustAbstain
    - DeciderUnnamed
    - MotionDecidesOtherwise
    - ExceedsOutstanding
    - GuaranteeSettled
    - ExceedsGuarantee
"""

from __future__ import annotations

from domain.errors.base import Malformed, RuleBroken


class DecisionUnclear(Malformed):
    """A grant is an amount, a loan is an amount with its instalments, and a refusal is neither."""

    code = "decision-unclear"


class ScheduleDiffers(Malformed):
    """The instalments of an advance follow one another by date, none before its decision, and sum to it."""

    code = "schedule-differs"


class FundRefusal(RuleBroken):
    """The mutual fund cannot do that."""

    code = "fund-refused"


class BelowFloor(FundRefusal):
    """The fund would fall below its floor: it gives only what was collected and is not yet set aside."""

    code = "below-floor"


class AboveCap(FundRefusal):
    """This is more than the fund may give at a time."""

    code = "above-cap"


class AidNotDecided(FundRefusal):
    """Aid is paid only once it was decided."""

    code = "aid-not-decided"


class AidDecidedAlready(FundRefusal):
    """This aid was decided or given up already."""

    code = "aid-decided-already"


class AidTurnedDown(FundRefusal):
    """This aid was refused: it cannot be paid."""

    code = "aid-turned-down"


class AidSettled(FundRefusal):
    """This aid was paid, refused or given up already."""

    code = "aid-settled"


class ExceedsRequest(FundRefusal):
    """No more can be decided than was asked for."""

    code = "exceeds-request"


class MustAbstain(FundRefusal):
    """Who asked for aid, or runs the activity it helps, takes no part in deciding or paying it."""

    code = "must-abstain"


class DeciderUnnamed(FundRefusal):
    """Aid is decided by a motion, or by a committee whose members are named; one of the two."""

    code = "decider-unnamed"


class MotionDecidesOtherwise(FundRefusal):
    """The motion does not say that: aid is given by an adopted motion, and refused by a rejected one."""

    code = "motion-decides-otherwise"


class ExceedsOutstanding(FundRefusal):
    """This is more than is still to come back to the fund."""

    code = "exceeds-outstanding"


class GuaranteeSettled(FundRefusal):
    """This guarantee was called or released already."""

    code = "guarantee-settled"


class ExceedsGuarantee(FundRefusal):
    """This is more than the fund guarantees."""

    code = "exceeds-guarantee"
