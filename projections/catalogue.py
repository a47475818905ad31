"""Every read model there is."""

from __future__ import annotations

from projections.account_codes import ACCOUNT_CODES
from projections.activity_balances import ACTIVITY_BALANCES
from projections.activity_risk import ACTIVITY_RISK
from projections.bank_lines import BANK_LINES
from projections.contribution_plans import CONTRIBUTION_PLANS
from projections.credit_notes import CREDIT_NOTES
from projections.deficits import DEFICITS
from projections.directory import DIRECTORY
from projections.dividends import DIVIDENDS
from projections.elections import ELECTIONS
from projections.fiscal_years import FISCAL_YEARS
from projections.fund_aid import FUND_AID
from projections.fund_balances import FUND_BALANCES
from projections.governance_trail import GOVERNANCE_TRAIL
from projections.intercompany import INTERCOMPANY
from projections.internal_transfers import INTERNAL_TRANSFERS
from projections.invoice_drafts import INVOICE_DRAFTS
from projections.journal import JOURNAL
from projections.late_payments import LATE_PAYMENTS
from projections.mandates import MANDATES
from projections.manual_entries import MANUAL_ENTRIES
from projections.member_cases import MEMBER_CASES
from projections.outgoings import OUTGOINGS
from projections.parameters import PARAMETERS
from projections.patronage import PATRONAGE
from projections.payee_debts import PAYEE_DEBTS
from projections.payrolls import PAYROLLS
from projections.purchase_credits import PURCHASE_CREDITS
from projections.purchases import PURCHASE_BOOK
from projections.quotations import QUOTATIONS
from projections.read_model import ReadModel
from projections.receivables import RECEIVABLES
from projections.share_register import SHARE_REGISTER
from projections.vat_return import VAT_RETURN
from projections.withdrawals import WITHDRAWALS

ALL: tuple[ReadModel, ...] = (
    JOURNAL,
    ACCOUNT_CODES,
    PARAMETERS,
    ACTIVITY_BALANCES,
    ACTIVITY_RISK,
    FUND_BALANCES,
    FUND_AID,
    GOVERNANCE_TRAIL,
    ELECTIONS,
    MANDATES,
    RECEIVABLES,
    CREDIT_NOTES,
    QUOTATIONS,
    INVOICE_DRAFTS,
    LATE_PAYMENTS,
    BANK_LINES,
    OUTGOINGS,
    PAYROLLS,
    SHARE_REGISTER,
    WITHDRAWALS,
    DIVIDENDS,
    PATRONAGE,
    DEFICITS,
    INTERNAL_TRANSFERS,
    INTERCOMPANY,
    MEMBER_CASES,
    DIRECTORY,
    FISCAL_YEARS,
    MANUAL_ENTRIES,
    PURCHASE_BOOK,
    PURCHASE_CREDITS,
    PAYEE_DEBTS,
    VAT_RETURN,
    CONTRIBUTION_PLANS,
)
