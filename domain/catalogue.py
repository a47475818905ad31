"""Every kind of aggregate of the ledger: the closed registry of facts is built from this list."""

from __future__ import annotations

from domain.aggregates.activity import Activity
from domain.aggregates.advance_box import AdvanceBox
from domain.aggregates.assembly import Assembly
from domain.aggregates.bank_account import BankAccount
from domain.aggregates.bank_line import BankLine
from domain.aggregates.claimed_receipt import ClaimedReceipt
from domain.aggregates.client import Client
from domain.aggregates.contribution_month import ContributionMonth
from domain.aggregates.contribution_plan import ContributionPlan
from domain.aggregates.contribution_year import ContributionYear
from domain.aggregates.convening_notice import ConveningNotice
from domain.aggregates.credit_note import CreditNote
from domain.aggregates.cutover import Cutover
from domain.aggregates.declaration import Declaration
from domain.aggregates.deficit import Deficit
from domain.aggregates.dispute import Dispute
from domain.aggregates.distributions import Distributions
from domain.aggregates.dividend import Dividend
from domain.aggregates.dividend_due import DividendDue
from domain.aggregates.doubtful_claim import DoubtfulClaim
from domain.aggregates.election import Election
from domain.aggregates.election_paper import ElectionPaper
from domain.aggregates.electoral_roll import ElectoralRoll
from domain.aggregates.exclusion import Exclusion
from domain.aggregates.expense_claim import ExpenseClaim
from domain.aggregates.fiscal_year import FiscalYear
from domain.aggregates.fund_aid import FundAid
from domain.aggregates.fund_guarantee import FundGuarantee
from domain.aggregates.group_link import GroupLink
from domain.aggregates.internal_transfer import InternalTransfer
from domain.aggregates.invoice import Invoice
from domain.aggregates.invoice_draft import InvoiceDraft
from domain.aggregates.late_claim import LateClaim
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.mandate_register import MandateRegister
from domain.aggregates.manual_entry import ManualEntry
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.membership import Membership
from domain.aggregates.minutes import Minutes
from domain.aggregates.motion import Motion
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.number_series import NumberSeries
from domain.aggregates.ordered_invoice import OrderedInvoice
from domain.aggregates.patronage_refund import PatronageRefund
from domain.aggregates.payee_account import PayeeAccount
from domain.aggregates.payee_debt import PayeeDebt
from domain.aggregates.payment_order import PaymentOrder
from domain.aggregates.payroll import Payroll
from domain.aggregates.period import Period
from domain.aggregates.poll import Poll
from domain.aggregates.purchase_credit_note import PurchaseCreditNote
from domain.aggregates.purchase_invoice import PurchaseInvoice
from domain.aggregates.quotation import Quotation
from domain.aggregates.reminder import Reminder
from domain.aggregates.rule_set import RuleSet
from domain.aggregates.share_account import ShareAccount
from domain.aggregates.share_register import ShareRegister
from domain.aggregates.supplier import Supplier
from domain.aggregates.voting_right import VotingRight
from domain.aggregates.withdrawal_share import WithdrawalShare
from domain.aggregates.written_decision import WrittenDecision
from domain.facts import Ledgered

AGGREGATES: tuple[type[Ledgered], ...] = (
    Activity,
    AdvanceBox,
    Assembly,
    BankAccount,
    BankLine,
    ClaimedReceipt,
    Client,
    ContributionMonth,
    ContributionPlan,
    ContributionYear,
    ConveningNotice,
    CreditNote,
    Cutover,
    Dispute,
    Distributions,
    Declaration,
    Deficit,
    Dividend,
    DividendDue,
    DoubtfulClaim,
    Election,
    ElectionPaper,
    ElectoralRoll,
    Exclusion,
    ExpenseClaim,
    FiscalYear,
    FundAid,
    FundGuarantee,
    GroupLink,
    InternalTransfer,
    Invoice,
    InvoiceDraft,
    LateClaim,
    LegalEntity,
    MandateRegister,
    ManualEntry,
    MemberRegister,
    Membership,
    Minutes,
    Motion,
    MutualFund,
    NumberSeries,
    OrderedInvoice,
    PatronageRefund,
    PayeeAccount,
    PayeeDebt,
    PaymentOrder,
    Payroll,
    Period,
    Poll,
    PurchaseCreditNote,
    PurchaseInvoice,
    Quotation,
    Reminder,
    RuleSet,
    ShareAccount,
    ShareRegister,
    Supplier,
    VotingRight,
    WithdrawalShare,
    WrittenDecision,
)
