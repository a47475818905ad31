"""Posting rules, version 1: how each fact is booked. Pure: a fact in, an entry or None out.

A version is never changed once adopted; another treatment is another version, adopted by a fact
from a booking day on, so that closed figures stay what they were.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from domain.aggregates.activity import Activity
from domain.aggregates.bank_account import BankAccount
from domain.aggregates.bank_line import BankLine
from domain.aggregates.credit_note import CreditNote
from domain.aggregates.expense_claim import ExpenseClaim
from domain.aggregates.invoice import Invoice
from domain.aggregates.payroll import Payroll
from domain.bookkeeping import (
    chart,
    closing_v1,
    cutover_v1,
    deficits_v1,
    dividends_v1,
    doubt_v1,
    late_v1,
    owing_v1,
    patronage_v1,
    payments_v1,
    purchases_v1,
    transfers_v1,
)
from domain.bookkeeping.entries import Booked, JournalEntry, JournalLine, credit, debit
from domain.bookkeeping.rules_v1_funds import OF_FUNDS
from domain.bookkeeping.share_rules import OF_SHARES
from domain.slips import OF_COST, SlipType


def book(fact: Any) -> JournalEntry | None:
    """Return the entry of a fact, or None if it moves no money."""
    rule = _RULES.get(type(fact))
    if rule is None:
        return None
    journal, document_id, lines = rule(fact)
    kept = tuple(line for line in lines if line.debit_c or line.credit_c)
    if not kept:
        return None
    return JournalEntry(
        fact.entity_id,
        fact.booked_on,
        fact.effective_on,
        journal,
        document_id,
        kept,
        year_end=closing_v1.is_at_year_end(fact),
    )


def _invoice_issued(fact: Invoice.Issued) -> Booked:
    return (
        "sales",
        fact.originator_id,
        [
            debit(chart.CUSTOMERS, fact.gross_c, activity_id=fact.activity_id),
            credit(chart.SALES, fact.net_c, activity_id=fact.activity_id),
            credit(chart.VAT_DUE, fact.vat_c),
        ],
    )


def _credit_note_issued(fact: CreditNote.Issued) -> Booked:
    """The mirror of the invoice, in a journal of its own."""
    return (
        "credit-notes",
        fact.originator_id,
        [
            debit(chart.SALES, fact.net_c, activity_id=fact.activity_id),
            debit(chart.VAT_DUE, fact.vat_c),
            credit(chart.CUSTOMERS, fact.gross_c, activity_id=fact.activity_id),
        ],
    )


def _contribution_charged(fact: Activity.ContributionCharged) -> Booked:
    """One account on two tags: nil in the legal books, real for the activity."""
    return (
        "contributions",
        fact.document_id,
        [
            debit(chart.CONTRIBUTION_SHARED, fact.amount_c, activity_id=fact.originator_id),
            credit(chart.CONTRIBUTION_SHARED, fact.amount_c),
        ],
    )


def _contribution_reversed(fact: Activity.ContributionReversed) -> Booked:
    return (
        "contributions",
        fact.document_id,
        [
            debit(chart.CONTRIBUTION_SHARED, fact.amount_c),
            credit(chart.CONTRIBUTION_SHARED, fact.amount_c, activity_id=fact.originator_id),
        ],
    )


def _bank_opening(fact: BankAccount.OpeningRecorded) -> Booked:
    return (
        "bank",
        fact.originator_id,
        [debit(chart.BANK, fact.balance_c), credit(chart.OPENING_BALANCES, fact.balance_c)],
    )


def _bank_line(fact: BankLine.Imported) -> Booked:
    """Money in waits as a credit of 499, money out as a debit.

    So a receipt that another line takes back before it was allocated is set off there by both lines
    themselves: `UnallocatedReturned` and `ReceiptReturned` book nothing.
    """
    return (
        "bank",
        fact.originator_id,
        [debit(chart.BANK, fact.amount_c), credit(chart.AWAITING_ALLOCATION, fact.amount_c)],
    )


def _payment_received(fact: Invoice.PaymentReceived) -> Booked:
    return (
        "bank",
        fact.originator_id,
        [
            debit(chart.AWAITING_ALLOCATION, fact.amount_c),
            credit(chart.CUSTOMERS, fact.amount_c, activity_id=fact.activity_id),
        ],
    )


def _payment_reversed(fact: Invoice.PaymentReversed) -> Booked:
    return (
        "bank",
        fact.originator_id,
        [
            debit(chart.CUSTOMERS, fact.amount_c, activity_id=fact.activity_id),
            credit(chart.AWAITING_ALLOCATION, fact.amount_c),
        ],
    )


def _overpayment_held(fact: BankLine.OverpaymentHeld) -> Booked:
    return (
        "bank",
        fact.originator_id,
        [
            debit(chart.AWAITING_ALLOCATION, fact.amount_c),
            credit(chart.OVERPAYMENTS_HELD, fact.amount_c),
        ],
    )


def _overpayment_released(fact: BankLine.OverpaymentReleased) -> Booked:
    return (
        "bank",
        fact.originator_id,
        [
            debit(chart.OVERPAYMENTS_HELD, fact.amount_c),
            credit(chart.AWAITING_ALLOCATION, fact.amount_c),
        ],
    )


def _fee_recorded(fact: BankLine.FeeRecorded) -> Booked:
    return (
        "bank",
        fact.originator_id,
        [
            debit(chart.BANK_CHARGES, fact.amount_c, activity_id=fact.activity_id),
            credit(chart.AWAITING_ALLOCATION, fact.amount_c),
        ],
    )


def _fee_reversed(fact: BankLine.FeeReversed) -> Booked:
    return (
        "bank",
        fact.originator_id,
        [
            debit(chart.AWAITING_ALLOCATION, fact.amount_c),
            credit(chart.BANK_CHARGES, fact.amount_c, activity_id=fact.activity_id),
        ],
    )


def _claim_approved(fact: ExpenseClaim.Approved) -> Booked:
    costs = [
        debit(purchases_v1.COST_OF_TYPE[line.type], line.cost_c, activity_id=fact.activity_id)
        for line in fact.lines
    ]
    deductible_c = sum(line.vat_deductible_c for line in fact.lines)
    return (
        "claims",
        fact.originator_id,
        [
            *costs,
            debit(chart.VAT_DEDUCTIBLE, deductible_c),
            credit(chart.OWED_TO_ENTREPRENEURS, fact.gross_c),
        ],
    )


def _claim_reversed(fact: ExpenseClaim.Reversed) -> Booked:
    """The mirror of the approval, for the lines that are taken back."""
    return (
        "claims",
        fact.originator_id,
        [
            debit(chart.OWED_TO_ENTREPRENEURS, fact.gross_c),
            credit(chart.VAT_DEDUCTIBLE, sum(line.vat_deductible_c for line in fact.lines)),
            *(
                credit(purchases_v1.COST_OF_TYPE[line.type], line.cost_c, activity_id=fact.activity_id)
                for line in fact.lines
            ),
        ],
    )


_OF_SLIP: Mapping[SlipType, str] = {
    SlipType.GROSS: chart.WAGES,
    SlipType.UNTAXED_COSTS: chart.OTHER_STAFF_COSTS,
    SlipType.EMPLOYEE_CONTRIBUTIONS: chart.SOCIAL_SECURITY,
    SlipType.SPECIAL_CONTRIBUTION: chart.SOCIAL_SECURITY,
    SlipType.WAGE_TAX: chart.WAGE_TAX,
    SlipType.GARNISHMENT: chart.GARNISHMENTS,
    SlipType.MEAL_VOUCHERS: chart.OTHER_STAFF_COSTS,
}


def _slip_posted(fact: Payroll.SlipPosted | Payroll.SlipReversed) -> Booked:
    """What is earned is cost of the activity; what is withheld, and the rest, is owed to others.

    Meal vouchers cost less by what the employee pays of them; a benefit in kind is booked with its own bill ◇.
    """
    lines = [
        debit(
            _OF_SLIP[line.type],
            line.amount_c,
            activity_id=fact.activity_id if line.type in OF_COST else None,
        )
        for line in fact.lines
        if line.type in _OF_SLIP
    ]
    return (
        "payroll",
        fact.originator_id,
        [
            *lines,
            debit(chart.EMPLOYER_CONTRIBUTIONS, fact.employer_c, activity_id=fact.activity_id),
            credit(chart.SOCIAL_SECURITY, fact.employer_c),
            credit(chart.WAGES_DUE, fact.net_c),
        ],
    )


def _director_pay_posted(fact: Payroll.DirectorPayPosted) -> Booked:
    """No social contributions: a director pays their own."""
    return (
        "payroll",
        fact.originator_id,
        [
            debit(chart.DIRECTOR_PAY, fact.gross_c, activity_id=fact.activity_id),
            credit(chart.WAGE_TAX, fact.wage_tax_c),
            credit(chart.DIRECTOR_PAY_DUE, fact.net_c),
        ],
    )


def _slip_reversed(fact: Payroll.SlipReversed) -> Booked:
    """The mirror of the slip, line by line."""
    journal, document_id, lines = _slip_posted(fact)
    return journal, document_id, [_mirrored(line) for line in lines]


def _director_pay_reversed(fact: Payroll.DirectorPayReversed) -> Booked:
    return (
        "payroll",
        fact.originator_id,
        [
            debit(chart.DIRECTOR_PAY_DUE, fact.net_c),
            debit(chart.WAGE_TAX, fact.wage_tax_c),
            credit(chart.DIRECTOR_PAY, fact.cost_c, activity_id=fact.activity_id),
        ],
    )


def _mirrored(line: JournalLine) -> JournalLine:
    return replace(line, debit_c=line.credit_c, credit_c=line.debit_c)


_RULES: dict[type[Any], Callable[[Any], Booked]] = {
    Invoice.Issued: _invoice_issued,
    Invoice.PaymentReceived: _payment_received,
    Invoice.PaymentReversed: _payment_reversed,
    CreditNote.Issued: _credit_note_issued,
    Activity.ContributionCharged: _contribution_charged,
    Activity.ContributionReversed: _contribution_reversed,
    BankAccount.OpeningRecorded: _bank_opening,
    BankLine.Imported: _bank_line,
    BankLine.OverpaymentHeld: _overpayment_held,
    BankLine.OverpaymentReleased: _overpayment_released,
    BankLine.FeeRecorded: _fee_recorded,
    BankLine.FeeReversed: _fee_reversed,
    ExpenseClaim.Approved: _claim_approved,
    Payroll.SlipPosted: _slip_posted,
    Payroll.DirectorPayPosted: _director_pay_posted,
    ExpenseClaim.Reversed: _claim_reversed,
    Payroll.SlipReversed: _slip_reversed,
    Payroll.DirectorPayReversed: _director_pay_reversed,
    **OF_SHARES,
    **closing_v1.RULES,
    **OF_FUNDS,
    **purchases_v1.RULES,
    **cutover_v1.RULES,
    **doubt_v1.RULES,
    **deficits_v1.RULES,
    **dividends_v1.RULES,
    **late_v1.RULES,
    **owing_v1.RULES,
    **patronage_v1.RULES,
    **payments_v1.RULES,
    **transfers_v1.RULES,
}
