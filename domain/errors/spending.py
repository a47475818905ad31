"""The refusals about what an activity spends: claims, payrolls, payment orders.

* Malformed
  + ActivityWithoutMembers
  + ClaimWithoutLines
  + DeductibleExceedsVat
  + InvalidReceiptHash
  + SlipLineSigned
  + SlipNetDiffers
* RuleBroken
  + ActivityRefusal
    - OverAvailable
    - NotOfTheActivity
    - NotPaidByWage
    - SlipPostedAlready
    - PayrollWithdrawn
  + ClaimRefusal
    - ReceiptClaimedAlready
    - ClaimNotWaiting
  + PaymentRefusal
    - NothingDue
    - PaidAlready
    - OrderNotApproved
    - OrderApprovedAlready
    - OrderClearedAlready
    - OrderWithdrawn
    - OrderOfFund
    - PayoutsHeld
"""

from __future__ import annotations

from domain.errors.base import Malformed, RuleBroken


class ActivityWithoutMembers(Malformed):
    """An activity is run by at least one member."""

    code = "activity-without-members"


class ClaimWithoutLines(Malformed):
    """A claim needs at least one line."""

    code = "claim-without-lines"


class DeductibleExceedsVat(Malformed):
    """The VAT that can be deducted lies between nothing and the VAT of the line."""

    code = "deductible-exceeds-vat"


class InvalidReceiptHash(Malformed):
    """A receipt is named by its SHA-256: 64 digits of 0-9 and a-f."""

    code = "invalid-receipt-hash"


class SlipLineSigned(Malformed):
    """A line of a slip is above zero if it is earned, and below zero if it is withheld."""

    code = "slip-line-signed"


class SlipNetDiffers(Malformed):
    """The lines of a slip sum to the net that is paid."""

    code = "slip-net-differs"


class ActivityRefusal(RuleBroken):
    """The activity does not allow this."""

    code = "activity-refused"


class OverAvailable(ActivityRefusal):
    """This is more than the activity has available: collected, less what is promised already."""

    code = "over-available"


class NotOfTheActivity(ActivityRefusal):
    """Only a member who runs the activity can do that."""

    code = "not-of-the-activity"


class NotPaidByWage(ActivityRefusal):
    """Only an activity whose entrepreneurs are employees pays wages."""

    code = "not-paid-by-wage"


class SlipPostedAlready(ActivityRefusal):
    """The slip of this payroll was posted already."""

    code = "slip-posted-already"


class PayrollWithdrawn(ActivityRefusal):
    """The request for this wage was withdrawn."""

    code = "payroll-withdrawn"


class ClaimRefusal(RuleBroken):
    """This claim cannot do that."""

    code = "claim-refused"


class ReceiptClaimedAlready(ClaimRefusal):
    """This receipt was claimed already: no receipt is paid back twice."""

    code = "receipt-claimed-already"


class ClaimNotWaiting(ClaimRefusal):
    """The claim was answered already."""

    code = "claim-not-waiting"


class PaymentRefusal(RuleBroken):
    """This payment cannot be made."""

    code = "payment-refused"


class NothingDue(PaymentRefusal):
    """Nothing is due on this document: it is not approved."""

    code = "nothing-due"


class PaidAlready(PaymentRefusal):
    """This document is paid by another order."""

    code = "paid-already"


class OrderNotApproved(PaymentRefusal):
    """The order was not approved by a second person."""

    code = "order-not-approved"


class OrderApprovedAlready(PaymentRefusal):
    """The order was approved already."""

    code = "order-approved-already"


class OrderClearedAlready(PaymentRefusal):
    """The bank paid this order already, by another line."""

    code = "order-cleared-already"


class OrderWithdrawn(PaymentRefusal):
    """The order was withdrawn: make another."""

    code = "order-withdrawn"


class OrderOfFund(PaymentRefusal):
    """What a mutual fund decided to pay is not taken back by withdrawing its order."""

    code = "order-of-fund"


class PayoutsHeld(PaymentRefusal):
    """What the activity had was taken back: its claims and wages are not paid out until that is made up."""

    code = "payouts-held"
