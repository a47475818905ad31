"""The refusals about suppliers' bills, payees' accounts and declarations.

* Malformed
  + PurchaseWithoutLines
  + InvalidSpan
* RuleBroken
  + PurchaseRefusal
    - PurchaseNotWaiting
  + PayeeRefusal
    - PayeeAccountDiffers
    - PayeeAccountTooNew
    - SameAccount
    - NoChangeProposed
  + DeclarationRefusal
    - SpanStillOpen
"""

from __future__ import annotations

from domain.errors.base import Malformed, RuleBroken


class PurchaseWithoutLines(Malformed):
    """A supplier's bill needs at least one line."""

    code = "purchase-without-lines"


class InvalidSpan(Malformed):
    """A declaration covers whole months, one to twelve of them."""

    code = "invalid-span"


class PurchaseRefusal(RuleBroken):
    """The supplier's bill does not allow this."""

    code = "purchase-refused"


class PurchaseNotWaiting(PurchaseRefusal):
    """This bill was answered already."""

    code = "purchase-not-waiting"


class PayeeRefusal(RuleBroken):
    """The payee's account does not allow this."""

    code = "payee-refused"


class PayeeAccountDiffers(PayeeRefusal):
    """The payee is paid on another account: a change needs two people, and a waiting time."""

    code = "payee-account-differs"


class PayeeAccountTooNew(PayeeRefusal):
    """The payee's account was changed a short while ago: nothing is paid to it before that day."""

    code = "payee-account-too-new"


class SameAccount(PayeeRefusal):
    """The payee is paid on this account already."""

    code = "same-account"


class NoChangeProposed(PayeeRefusal):
    """Nobody has proposed another account of this payee."""

    code = "no-change-proposed"


class DeclarationRefusal(RuleBroken):
    """The declaration cannot be made."""

    code = "declaration-refused"


class SpanStillOpen(DeclarationRefusal):
    """What is declared rests on closed months: some of these still take bookings."""

    code = "span-still-open"
