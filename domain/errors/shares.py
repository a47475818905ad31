"""The refusals about shares, and what is distributed for them.

* Malformed
  + QuantityNotPositive
* RuleBroken
  + ShareRefusal
    - ExceedsSubscription
    - NotPaidYet
    - PayerNotThePerson
    - ExceedsHolding
    - SharesStayWhereTheyAre
    - SharesNotEnded
    - NoApprovedAccounts
  + DistributionRefusal
    - ExceedsWithdrawal
    - AmountIsBlocked
    - NoRepresentative
    - NoDistributionTest
    - PaymentSuspended
    - WithdrawalsWait
    - OverDistributable
    - OverDividendCap
"""

from __future__ import annotations

from domain.errors.base import Malformed, RuleBroken


class QuantityNotPositive(Malformed):
    """A number of shares is a whole number above zero."""

    code = "quantity-not-positive"


class ShareRefusal(RuleBroken):
    """The share account does not allow this."""

    code = "share-refused"


class ExceedsSubscription(ShareRefusal):
    """This is more than is left of the shares subscribed to."""

    code = "exceeds-subscription"


class NotPaidYet(ShareRefusal):
    """Shares are allotted only once they are paid."""

    code = "not-paid-yet"


class PayerNotThePerson(ShareRefusal):
    """A share is paid by the person who holds it, never by another or from the budget of an activity."""

    code = "payer-not-the-person"


class ExceedsHolding(ShareRefusal):
    """This is more than the shares that are held."""

    code = "exceeds-holding"


class SharesStayWhereTheyAre(ShareRefusal):
    """Shares are transferred to another member, and converted into another class."""

    code = "shares-stay-where-they-are"


class SharesNotEnded(ShareRefusal):
    """A withdrawal share is determined once the shares ended with the membership."""

    code = "shares-not-ended"


class NoApprovedAccounts(ShareRefusal):
    """A withdrawal share is measured by approved annual accounts: none are approved yet."""

    code = "no-approved-accounts"


class DistributionRefusal(RuleBroken):
    """This cannot be distributed."""

    code = "distribution-refused"


class ExceedsWithdrawal(DistributionRefusal):
    """This is more than is open of the withdrawal share."""

    code = "exceeds-withdrawal"


class AmountIsBlocked(DistributionRefusal):
    """This amount is blocked by a dispute: it is paid once that is settled."""

    code = "amount-is-blocked"


class NoRepresentative(DistributionRefusal):
    """The member died: name who represents the heirs before anything is paid."""

    code = "no-representative"


class NoDistributionTest(DistributionRefusal):
    """The board makes both tests of distributions before payment: record them, with their figures."""

    code = "no-distribution-test"


class PaymentSuspended(DistributionRefusal):
    """The tests of distributions do not leave this much, once all who wait longer are paid."""

    code = "payment-suspended"


class WithdrawalsWait(DistributionRefusal):
    """Withdrawal shares that wait are paid before any other distribution."""

    code = "withdrawals-wait"


class OverDistributable(DistributionRefusal):
    """The tests of distributions do not leave this much."""

    code = "over-distributable"


class OverDividendCap(DistributionRefusal):
    """An approved cooperative gives its shares no more than the cap, after tax is withheld."""

    code = "over-dividend-cap"
