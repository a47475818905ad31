"""The refusals about manual entries and fiscal years.

* Malformed
  + OneSidePerLine
  + NoEvidence
  + NotALeafAccount
  + EntryDoesNotBalance
  + YearTooLong
* NotFound
  + UnknownPostingRules
* RuleBroken
  + EntryRefusal
    - ControlAccount
    - EntryReversedAlready
    - ReversalPrecedes
  + YearRefusal
    - YearOverlaps
    - MonthsStillOpen
    - AccountsApprovedAlready
    - AccountsNotApproved
    - ResultNotWhollyAppropriated
    - ResultAppropriatedAlready
    - ResultNotAppropriated
    - ResultAccountsDoNotCancel
    - BalancesCarriedAlready
"""

from __future__ import annotations

from domain.errors.base import Malformed, NotFound, RuleBroken


class OneSidePerLine(Malformed):
    """A line of an entry is either a debit or a credit, above zero."""

    code = "one-side-per-line"


class NoEvidence(Malformed):
    """An entry rests on a document: name the SHA-256 of its bytes, 64 digits of 0-9 and a-f."""

    code = "no-evidence"


class NotALeafAccount(Malformed):
    """Entries are made on accounts that have none below them, written in digits."""

    code = "not-a-leaf-account"


class EntryDoesNotBalance(Malformed):
    """The debits of an entry equal its credits."""

    code = "entry-does-not-balance"


class YearTooLong(Malformed):
    """A fiscal year begins on the first day of a month, ends on the last of one, and has at most 24 months."""

    code = "year-too-long"


class UnknownPostingRules(NotFound):
    """This release has no such version of the posting rules."""

    code = "unknown-posting-rules"


class EntryRefusal(RuleBroken):
    """The entry cannot be made."""

    code = "entry-refused"


class ControlAccount(EntryRefusal):
    """This account is kept by facts of its own, such as invoices and bank lines: no entry is made by hand."""

    code = "control-account"


class EntryReversedAlready(EntryRefusal):
    """This entry was taken back already."""

    code = "entry-reversed-already"


class ReversalPrecedes(EntryRefusal):
    """A cut-off is taken back after the end of its year."""

    code = "reversal-precedes"


class YearRefusal(RuleBroken):
    """The fiscal year does not allow this."""

    code = "year-refused"


class YearOverlaps(YearRefusal):
    """Fiscal years follow each other without a gap: this one does not begin after the last one ends."""

    code = "year-overlaps"


class MonthsStillOpen(YearRefusal):
    """Accounts are approved when every month of the year is closed."""

    code = "months-still-open"


class AccountsApprovedAlready(YearRefusal):
    """The accounts of this year are approved: nothing adjusts them any more."""

    code = "accounts-approved-already"


class AccountsNotApproved(YearRefusal):
    """The accounts of this year are not approved yet."""

    code = "accounts-not-approved"


class ResultNotWhollyAppropriated(YearRefusal):
    """Reserves, dividend and what is carried forward add up to the result and what was brought forward."""

    code = "result-not-wholly-appropriated"


class ResultAppropriatedAlready(YearRefusal):
    """The result of this year is appropriated already."""

    code = "result-appropriated-already"


class ResultNotAppropriated(YearRefusal):
    """The result of this year is not appropriated yet."""

    code = "result-not-appropriated"


class ResultAccountsDoNotCancel(YearRefusal):
    """After the appropriation, the accounts of classes 6 and 7 add up to nothing."""

    code = "result-accounts-do-not-cancel"


class BalancesCarriedAlready(YearRefusal):
    """The balances of this year are carried into the next one already."""

    code = "balances-carried-already"
