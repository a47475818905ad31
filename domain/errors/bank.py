"""The refusals about bank accounts, statements and lines.

* Malformed
  + InvalidIban
* NotFound
  + UnknownBankAccount
* RuleBroken
  + BankRefusal
    - OpeningMissing
    - OpeningAlreadyRecorded
    - StatementDoesNotBalance
    - StatementMissing
    - StatementContradicts
    - NotAReceipt
    - ExceedsLine
    - ReferenceOfAnotherInvoice
    - NotAPayment
    - ExceedsHeld
    - ExceedsAllocation
"""

from __future__ import annotations

from domain.errors.base import Malformed, NotFound, RuleBroken


class InvalidIban(Malformed):
    """The IBAN is wrong: check it digit by digit."""

    code = "invalid-iban"


class UnknownBankAccount(NotFound):
    """This bank account is not one of the cooperative's: open it first, with its opening balance."""

    code = "unknown-bank-account"


class BankRefusal(RuleBroken):
    """The bank account does not allow this."""

    code = "bank-refused"


class OpeningMissing(BankRefusal):
    """Record the opening balance of this bank account before its first statement."""

    code = "opening-missing"


class OpeningAlreadyRecorded(BankRefusal):
    """The opening balance of this bank account is recorded already."""

    code = "opening-already-recorded"


class StatementDoesNotBalance(BankRefusal):
    """The statement does not balance: opening plus booked entries is not the closing balance."""

    code = "statement-does-not-balance"


class StatementMissing(BankRefusal):
    """A statement is missing: this one does not continue where the last one ended."""

    code = "statement-missing"


class StatementContradicts(BankRefusal):
    """This statement was imported before with other figures; ask the bank which one is right."""

    code = "statement-contradicts"


class NotAReceipt(BankRefusal):
    """Only money that came in can be allocated to an invoice."""

    code = "not-a-receipt"


class ExceedsLine(BankRefusal):
    """This is more than is left of the bank line."""

    code = "exceeds-line"


class ReferenceOfAnotherInvoice(BankRefusal):
    """The bank line bears the reference of another invoice: say so explicitly to overrule it."""

    code = "reference-of-another-invoice"


class NotAPayment(BankRefusal):
    """Only money out can clear a payment order."""

    code = "not-a-payment"


class ExceedsHeld(BankRefusal):
    """More is asked than this receipt holds for this client."""

    code = "exceeds-held"


class ExceedsAllocation(BankRefusal):
    """More is taken back than this receipt paid of the invoice."""

    code = "exceeds-allocation"
