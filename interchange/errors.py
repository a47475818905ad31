"""Every way a foreign file says no. A file is refused whole, with the reason and the place.

* Refusal
  + Malformed
    - BankFileRefused
      . FileTooLarge
      . NotXml
      . DoctypeNotAllowed
      . NotACamt053
      . NoStatement
      . StatementUnreadable
        : AmountNotInCents
        : CurrencyNotEuro
        : BalanceMissing

A statement whose figures do not add up is the domain's StatementDoesNotBalance.
"""

from __future__ import annotations

from domain.errors import Malformed


class BankFileRefused(Malformed):
    """This bank file cannot be imported; nothing of it was kept."""

    code = "bank-file-refused"


class FileTooLarge(BankFileRefused):
    """The file is larger than a bank statement can be: ask the bank for a shorter period."""

    code = "file-too-large"


class NotXml(BankFileRefused):
    """The file is not well-formed XML: download it from the bank again."""

    code = "not-xml"


class DoctypeNotAllowed(BankFileRefused):
    """The file declares a document type, which no bank statement does and an attack may."""

    code = "doctype-not-allowed"


class NotACamt053(BankFileRefused):
    """The file is not a bank statement in the format camt.053, versions 02 to 08."""

    code = "not-a-camt053"


class NoStatement(BankFileRefused):
    """The file is a camt.053 without any statement in it."""

    code = "no-statement"


class StatementUnreadable(BankFileRefused):
    """A statement of this file cannot be read."""

    code = "statement-unreadable"


class AmountNotInCents(StatementUnreadable):
    """An amount has a fraction of a cent."""

    code = "amount-not-in-cents"


class CurrencyNotEuro(StatementUnreadable):
    """An amount is not in euro; this ledger keeps euro only."""

    code = "currency-not-euro"


class BalanceMissing(StatementUnreadable):
    """A statement lacks its opening balance (OPBD or PRCD) or its closing balance (CLBD)."""

    code = "balance-missing"
