"""Every way the cooperative's rules say no. The docstring is the sentence the user reads.

* Refusal
  + Malformed
    - AmountNotPositive
    - AmountNegative
    - AmountTooLarge
    - NotANumber
    - InvalidReference
    - InvalidIban
    - InvalidEnterpriseNumber
    - InvalidMonth
    - InvalidDay
    - EmptyText
    - UnreadableText
    - InvalidParameter
    - InvalidRate
    - FundNamedTwice
    - UnknownVatRate
    - VatRateNotForCategory
    - ExemptionNotForCategory
    - ActivityWithoutMembers
    - InvoiceWithoutLines
    - DuePrecedesIssue
    - ClaimWithoutLines
    - DeductibleExceedsVat
    - InvalidReceiptHash
    - SlipLineSigned
    - SlipNetDiffers
    - QuantityNotPositive
    - InvalidAgenda
    - UnknownChoice
    - InvalidThreshold
  + NotFound
    - UnknownRecord
    - UnknownBankAccount
  + AlreadyExists
  + RuleBroken
    - ParameterNotSet
    - NotRetroactive
    - SecondPersonNeeded
    - OtherEntity
    - MembershipRefusal
      . AlreadyAMember
      . NotAnApplicant
      . NotAMember
      . AlreadyResigned
      . ResignationNotYetEffective
    - PeriodRefusal
      . NoOpenPeriod
      . PeriodNotOpen
      . PeriodNotClosing
      . EarlierPeriodOpen
      . BooksStopped
      . DigestTooEarly
      . BooksDoNotBalance
    - InvoiceRefusal
      . NoContributionRule
      . IssueDateGoesBack
      . IssueDateTooFar
      . ClientErased
      . ExceedsOpenAmount
      . InvoicePaid
      . ReminderNotDue
      . RemindersExhausted
    - BankRefusal
      . OpeningMissing
      . OpeningAlreadyRecorded
      . StatementDoesNotBalance
      . StatementMissing
      . StatementContradicts
      . NotAReceipt
      . ExceedsLine
      . ReferenceOfAnotherInvoice
      . NotAPayment
    - ActivityRefusal
      . OverAvailable
      . NotOfTheActivity
      . NotPaidByWage
      . SlipPostedAlready
    - ClaimRefusal
      . ReceiptClaimedAlready
      . ClaimNotWaiting
    - PaymentRefusal
      . NothingDue
      . PaidAlready
      . OrderNotApproved
      . OrderApprovedAlready
      . OrderClearedAlready
    - ShareRefusal
      . ExceedsSubscription
      . NotPaidYet
      . PayerNotThePerson
    - FundRefusal
      . BelowFloor
    - GovernanceRefusal
      . RuleNotInForce
      . RollNotFrozen
      . EmptyRoll
      . PollNotOpen
      . PollStillOpen
      . PollAlreadyCounted
      . MotionAlreadyOpened
      . NotOnTheRoll
      . VoteUnchanged
      . CountDisagrees
      . AssemblyAlreadyOpened
      . AssemblyNotOpen
      . AssemblyOver
      . NotOnTheAgenda
      . AlreadyPresent
      . NotPresent
      . ProxyAlreadyGiven
      . ChainedProxy
      . TooManyProxies
      . NoSuchProxy
      . PollsNotCounted
"""

from __future__ import annotations

from typing import ClassVar, Self


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error of the program
    """The rules of the cooperative do not allow this."""

    code: ClassVar[str] = "refused"

    def __init__(self, **facts: object) -> None:
        """Keep the `facts` the sentence rests on; they are shown beside it."""
        self.facts = facts
        super().__init__(self.sentence())

    def about(self, **facts: object) -> Self:
        """Say first what the refusal is about, for who asked for several things at once."""
        self.facts = {**facts, **self.facts}
        self.args = (self.sentence(),)
        return self

    def sentence(self) -> str:
        """Return the sentence with its facts."""
        said = (self.__doc__ or "").strip()
        shown = ", ".join(f"{name}: {value}" for name, value in self.facts.items())
        return f"{said} ({shown})" if shown else said


# What was asked cannot be read or makes no sense by itself.


class Malformed(Refusal):
    """The request cannot be understood."""

    code = "malformed"


class AmountNotPositive(Malformed):
    """The amount must be above zero."""

    code = "amount-not-positive"


class AmountNegative(Malformed):
    """The amount must not be below zero."""

    code = "amount-negative"


class AmountTooLarge(Malformed):
    """The amount is larger than this ledger can hold."""

    code = "amount-too-large"


class NotANumber(Malformed):
    """A quantity or a price is a plain decimal number, such as 12.50."""

    code = "not-a-number"


class InvalidReference(Malformed):
    """The structured reference is wrong: its last two digits do not fit the first ten."""

    code = "invalid-reference"


class InvalidIban(Malformed):
    """The IBAN is wrong: check it digit by digit."""

    code = "invalid-iban"


class InvalidEnterpriseNumber(Malformed):
    """The enterprise number is wrong: its last two digits do not fit the first eight."""

    code = "invalid-enterprise-number"


class InvalidMonth(Malformed):
    """A period is a month, written as 2026-01."""

    code = "invalid-month"


class InvalidDay(Malformed):
    """A day of this ledger lies between 1900-01-01 and 2999-12-31."""

    code = "invalid-day"


class EmptyText(Malformed):
    """This text must not be empty."""

    code = "empty-text"


class UnreadableText(Malformed):
    """This text holds a character that no document may hold, such as NUL."""

    code = "unreadable-text"


class InvalidParameter(Malformed):
    """This value cannot be that of the parameter."""

    code = "invalid-parameter"


class InvalidRate(Malformed):
    """A rate lies between 0 and 10,000 basis points, and so does the sum of the rates of one rule."""

    code = "invalid-rate"


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


class ActivityWithoutMembers(Malformed):
    """An activity is run by at least one member."""

    code = "activity-without-members"


class InvoiceWithoutLines(Malformed):
    """An invoice needs at least one line, a total above zero, and no negative base at any VAT rate."""

    code = "invoice-without-lines"


class DuePrecedesIssue(Malformed):
    """An invoice falls due on or after the day it is issued."""

    code = "due-precedes-issue"


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


class QuantityNotPositive(Malformed):
    """A number of shares is a whole number above zero."""

    code = "quantity-not-positive"


class InvalidAgenda(Malformed):
    """An agenda names at least one motion, and each once."""

    code = "invalid-agenda"


class UnknownChoice(Malformed):
    """A vote is yes, no, abstain or blank."""

    code = "unknown-choice"


class InvalidThreshold(Malformed):
    """A quorum or majority is a fraction between 0 and 1 with a positive denominator."""

    code = "invalid-threshold"


# What was asked for is not there, or is there already.


class NotFound(Refusal):
    """There is no such record."""

    code = "not-found"


class UnknownRecord(NotFound):
    """There is no such record in this ledger."""

    code = "unknown-record"


class UnknownBankAccount(NotFound):
    """This bank account is not one of the cooperative's: open it first, with its opening balance."""

    code = "unknown-bank-account"


class AlreadyExists(Refusal):
    """This record exists already."""

    code = "already-exists"


# What was asked breaks a rule.


class RuleBroken(Refusal):
    """A rule of the cooperative does not allow this."""

    code = "rule-broken"


class ParameterNotSet(RuleBroken):
    """The entity has no value for this parameter on that day: set it, with its source."""

    code = "parameter-not-set"


class NotRetroactive(RuleBroken):
    """A rule or rate cannot take effect before the day it is decided, or before the one it follows."""

    code = "not-retroactive"


class SecondPersonNeeded(RuleBroken):
    """Money leaves only with two people: whoever proposed it cannot approve it."""

    code = "second-person-needed"


class OtherEntity(RuleBroken):
    """These belong to different legal entities."""

    code = "other-entity"


class MembershipRefusal(RuleBroken):
    """This membership cannot do that."""

    code = "membership-refused"


class AlreadyAMember(MembershipRefusal):
    """This person has a membership of this entity already."""

    code = "already-a-member"


class NotAnApplicant(MembershipRefusal):
    """Only an applicant can be admitted, once."""

    code = "not-an-applicant"


class NotAMember(MembershipRefusal):
    """Only an effective member can do that."""

    code = "not-a-member"


class AlreadyResigned(MembershipRefusal):
    """The resignation was notified already."""

    code = "already-resigned"


class ResignationNotYetEffective(MembershipRefusal):
    """The resignation takes effect only on its statutory day."""

    code = "resignation-not-yet-effective"


class PeriodRefusal(RuleBroken):
    """The period does not allow this."""

    code = "period-refused"


class NoOpenPeriod(PeriodRefusal):
    """No period is open on or after that day: open one first (`tutti period open`)."""

    code = "no-open-period"


class PeriodNotOpen(PeriodRefusal):
    """The period is not open."""

    code = "period-not-open"


class PeriodNotClosing(PeriodRefusal):
    """A period is closed in two steps: stop its bookings first, then close it with its digest."""

    code = "period-not-closing"


class EarlierPeriodOpen(PeriodRefusal):
    """An earlier period still takes bookings: close it first."""

    code = "earlier-period-open"


class BooksStopped(PeriodRefusal):
    """The books are stopped beyond this month: it can no longer be opened."""

    code = "books-stopped"


class DigestTooEarly(PeriodRefusal):
    """A digest rests on the log as it stands since the bookings were stopped: take it again."""

    code = "digest-too-early"


class BooksDoNotBalance(PeriodRefusal):
    """A period closes only on a trial balance whose debits equal its credits."""

    code = "books-do-not-balance"


class InvoiceRefusal(RuleBroken):
    """This invoice cannot do that."""

    code = "invoice-refused"


class NoContributionRule(InvoiceRefusal):
    """No contribution rule is in force for the entity on that day: enact one first."""

    code = "no-contribution-rule"


class IssueDateGoesBack(InvoiceRefusal):
    """Invoices of one series are issued in date order."""

    code = "issue-date-goes-back"


class IssueDateTooFar(InvoiceRefusal):
    """An invoice is issued on the day it is recorded or before, never on a day to come."""

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


class ReminderNotDue(InvoiceRefusal):
    """The next reminder of this invoice falls due on a later day."""

    code = "reminder-not-due"


class RemindersExhausted(InvoiceRefusal):
    """Every reminder of this invoice was recorded: a person decides what follows."""

    code = "reminders-exhausted"


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


class FundRefusal(RuleBroken):
    """The mutual fund cannot do that."""

    code = "fund-refused"


class BelowFloor(FundRefusal):
    """The fund would fall below its floor: it pays only from what was collected."""

    code = "below-floor"


class GovernanceRefusal(RuleBroken):
    """The rules of decision do not allow this."""

    code = "governance-refused"


class RuleNotInForce(GovernanceRefusal):
    """This rule is not in force on that day."""

    code = "rule-not-in-force"


class RollNotFrozen(GovernanceRefusal):
    """The roll is not frozen."""

    code = "roll-not-frozen"


class EmptyRoll(GovernanceRefusal):
    """The roll would be empty: there is no effective member on that day."""

    code = "empty-roll"


class PollNotOpen(GovernanceRefusal):
    """The poll is not open: nothing is cast outside its window."""

    code = "poll-not-open"


class PollStillOpen(GovernanceRefusal):
    """The poll is still open: close it before it is counted."""

    code = "poll-still-open"


class PollAlreadyCounted(GovernanceRefusal):
    """The poll was counted already."""

    code = "poll-already-counted"


class MotionAlreadyOpened(GovernanceRefusal):
    """The motion was put to the vote already; its text can no longer change."""

    code = "motion-already-opened"


class NotOnTheRoll(GovernanceRefusal):
    """This person is not on the roll of this poll."""

    code = "not-on-the-roll"


class VoteUnchanged(GovernanceRefusal):
    """This vote stands already; a change would be recorded as such."""

    code = "vote-unchanged"


class CountDisagrees(GovernanceRefusal):
    """The count does not agree with the votes of this poll."""

    code = "count-disagrees"


class AssemblyAlreadyOpened(GovernanceRefusal):
    """The assembly was opened already."""

    code = "assembly-already-opened"


class AssemblyNotOpen(GovernanceRefusal):
    """The assembly is not open."""

    code = "assembly-not-open"


class AssemblyOver(GovernanceRefusal):
    """The assembly is over."""

    code = "assembly-over"


class NotOnTheAgenda(GovernanceRefusal):
    """The assembly decides only what is on its agenda."""

    code = "not-on-the-agenda"


class AlreadyPresent(GovernanceRefusal):
    """This member is present, and votes in person."""

    code = "already-present"


class NotPresent(GovernanceRefusal):
    """Only who is present votes in an assembly, for themselves or by proxy."""

    code = "not-present"


class ProxyAlreadyGiven(GovernanceRefusal):
    """This member gave a proxy already: revoke it first."""

    code = "proxy-already-given"


class ChainedProxy(GovernanceRefusal):
    """A proxy goes to another member, who gave none: there is no proxy of a proxy."""

    code = "chained-proxy"


class TooManyProxies(GovernanceRefusal):
    """This member holds as many proxies as the rule allows."""

    code = "too-many-proxies"


class NoSuchProxy(GovernanceRefusal):
    """There is no such proxy."""

    code = "no-such-proxy"


class PollsNotCounted(GovernanceRefusal):
    """An assembly ends once every poll opened in it is counted."""

    code = "polls-not-counted"
