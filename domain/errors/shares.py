"""The refusals about shares.

* Malformed
  + QuantityNotPositive
* RuleBroken
  + ShareRefusal
    - ExceedsSubscription
    - NotPaidYet
    - PayerNotThePerson
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
