"""The refusals about activities' invoices, their VAT, contributions and reminders.

* Malformed
  + InvalidReference
  + FundNamedTwice
  + UnknownVatRate
  + VatRateNotForCategory
  + ExemptionNotForCategory
  + InvoiceWithoutLines
  + DuePrecedesIssue
  + FiguresDoNotAddUp
  + CreditWithoutRows
  + VatRowNamedTwice
* RuleBroken
  + InvoiceRefusal
    - NoContributionRule
    - IssueDateGoesBack
    - IssueDateTooFar
    - ClientErased
    - ExceedsOpenAmount
    - InvoicePaid
    - CreditPrecedesInvoice
    - VatRowNotOfInvoice
    - CreditExceedsInvoice
    - InvoiceCreditedWhole
    - ReminderNotDue
    - RemindersExhausted
"""

from __future__ import annotations

from domain.errors.base import Malformed, RuleBroken


class InvalidReference(Malformed):
    """The structured reference is wrong: its last two digits do not fit the first ten."""

    code = "invalid-reference"


class FundNamedTwice(Malformed):
    """A contribution rule names each mutual fund once, with one rate."""

    code = "fund-named-twice"


class UnknownVatRate(Malformed):
    """This VAT rate is not in force for the entity on that day."""

    code = "unknown-vat-rate"


class VatRateNotForCategory(Malformed):
    """Only the standard category carries a VAT rate above zero, and it always does."""

    code = "vat-rate-not-for-category"


class ExemptionNotForCategory(Malformed):
    """A line of the standard or the zero-rated category carries no exemption code."""

    code = "exemption-not-for-category"


class InvoiceWithoutLines(Malformed):
    """An invoice needs at least one line, a total above zero, and no negative base at any VAT rate."""

    code = "invoice-without-lines"


class DuePrecedesIssue(Malformed):
    """An invoice falls due on or after the day it is issued."""

    code = "due-precedes-issue"


class FiguresDoNotAddUp(Malformed):
    """A figure that is given is not what the lines come to: the ledger reckons net, VAT and gross itself."""

    code = "figures-do-not-add-up"


class CreditWithoutRows(Malformed):
    """A credit note needs at least one VAT row, or the wish to credit all that is left."""

    code = "credit-without-rows"


class VatRowNamedTwice(Malformed):
    """A credit note names each VAT row of its invoice once."""

    code = "vat-row-named-twice"


class InvoiceRefusal(RuleBroken):
    """This invoice cannot do that."""

    code = "invoice-refused"


class NoContributionRule(InvoiceRefusal):
    """No contribution rule is in force for the entity on that day: enact one first."""

    code = "no-contribution-rule"


class IssueDateGoesBack(InvoiceRefusal):
    """Documents of one series are issued in date order."""

    code = "issue-date-goes-back"


class IssueDateTooFar(InvoiceRefusal):
    """A document is issued on the day it is recorded or before, never on a day to come."""

    code = "issue-date-too-far"


class ClientErased(InvoiceRefusal):
    """The client's particulars were erased; register the client anew."""

    code = "client-erased"


class ExceedsOpenAmount(InvoiceRefusal):
    """This is more than is still open on the invoice."""

    code = "exceeds-open-amount"


class InvoicePaid(InvoiceRefusal):
    """Nothing is open on this invoice."""

    code = "invoice-paid"


class CreditPrecedesInvoice(InvoiceRefusal):
    """A credit note is issued on the day of its invoice or later."""

    code = "credit-precedes-invoice"


class VatRowNotOfInvoice(InvoiceRefusal):
    """The invoice has no VAT row of this category, rate and exemption code."""

    code = "vat-row-not-of-invoice"


class CreditExceedsInvoice(InvoiceRefusal):
    """This is more than is left to credit of the invoice at this VAT rate."""

    code = "credit-exceeds-invoice"


class InvoiceCreditedWhole(InvoiceRefusal):
    """Nothing is left to credit on this invoice."""

    code = "invoice-credited-whole"


class ReminderNotDue(InvoiceRefusal):
    """The next reminder of this invoice falls due on a later day."""

    code = "reminder-not-due"


class RemindersExhausted(InvoiceRefusal):
    """Every reminder of this invoice was recorded: a person decides what follows."""

    code = "reminders-exhausted"
