"""Samples of the facts about entities, months, activities, clients, invoices, the bank and funds."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.aggregates.activity import Activity
from domain.aggregates.bank_account import BankAccount
from domain.aggregates.bank_line import BankLine
from domain.aggregates.client import Client, ClientKind
from domain.aggregates.contribution_plan import ContributionPlan
from domain.aggregates.invoice import Invoice
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.mutual_fund import FundKind, MutualFund
from domain.aggregates.number_series import NumberSeries
from domain.aggregates.period import Period
from domain.aggregates.reminder import Reminder
from domain.contributions import ContributionBase, FundShare, Terms
from domain.facts import Ledgered
from domain.funding import LedgerPolicy
from domain.payouts import PayoutRegime
from domain.settlement import FundPart
from domain.vat import InvoiceLine, VatCategory, VatRow
from tests.facts.names import (
    ACCOUNT,
    ACTIVITY,
    CLIENT,
    DAY,
    DOCUMENT,
    ENTITY,
    FOR_ANOTHER,
    FUND,
    LINE,
    MEMBER,
    MOTION,
    SHA256,
)

OF_MONEY: tuple[tuple[type[Ledgered], type[Any], dict[str, Any]], ...] = (
    (
        Activity,
        Activity.Opened,
        {
            "entity_id": ENTITY,
            "code": "A1",
            "membership_ids": (MEMBER,),
            "payout_regime": PayoutRegime.EMPLOYEE,
        },
    ),
    (
        Activity,
        Activity.ContributionCharged,
        {
            "entity_id": ENTITY,
            "booked_on": DAY,
            "document_id": DOCUMENT,
            "plan_version": 1,
            "base_c": 1_000_00,
            "rate_bp": 1_000,
            "amount_c": 100_00,
        },
    ),
    (
        Activity,
        Activity.FundContributionCharged,
        {"entity_id": ENTITY, "fund_id": FUND, "document_id": DOCUMENT, "amount_c": 10_00},
    ),
    (Activity, Activity.Committed, {"entity_id": ENTITY, "document_id": DOCUMENT, "amount_c": 50_00}),
    (Activity, Activity.Released, {"entity_id": ENTITY, "document_id": DOCUMENT, "amount_c": 50_00}),
    (
        Activity,
        Activity.CostPosted,
        {"entity_id": ENTITY, "document_id": DOCUMENT, "amount_c": 50_00, "released_c": 50_00},
    ),
    (Activity, Activity.Invoiced, {"entity_id": ENTITY, "document_id": DOCUMENT, "net_c": 1_000_00}),
    (Activity, Activity.ReceiptSettled, {"entity_id": ENTITY, "document_id": DOCUMENT, "net_c": 500_00}),
    (BankAccount, BankAccount.Opened, {"entity_id": ENTITY, "account": "BE56539000000188"}),
    (
        BankAccount,
        BankAccount.OpeningRecorded,
        {"entity_id": ENTITY, "booked_on": DAY, "balance_c": -5_000_00},
    ),
    (
        BankAccount,
        BankAccount.StatementImported,
        {
            "entity_id": ENTITY,
            "statement": "2026/17",
            "sequence": (2026, 17),
            "from_on": DAY,
            "to_on": DAY,
            "opening_c": 5_000_00,
            "closing_c": 6_210_00,
            "entries": 1,
            "file_sha256": SHA256,
        },
    ),
    (
        BankLine,
        BankLine.Imported,
        {
            "entity_id": ENTITY,
            "booked_on": DAY,
            "account_id": ACCOUNT,
            "statement": "2026/17",
            "amount_c": 1_210_00,
            "value_on": None,
            "references": ("012600000194",),
            "subject_id": CLIENT,
            "entry": "0001",
            "counterparty_name": "Zoë & Søn",
            "counterparty_iban": "BE29539000000289",
            "remittance": "+++012/6000/00194+++",
        },
    ),
    (
        BankLine,
        BankLine.Allocated,
        {
            "entity_id": ENTITY,
            "invoice_id": DOCUMENT,
            "amount_c": 605_00,
            "despite_reference": True,
            **FOR_ANOTHER,
        },
    ),
    (
        Client,
        Client.Registered,
        {
            "entity_id": ENTITY,
            "subject_id": CLIENT,
            "kind": ClientKind.BUSINESS,
            "name": "Zoë & Søn",
            "address": "Rue Basse 2\n1000 Brussels",
            "vat_no": "BE0987654394",
            "email": "client@example.org",
        },
    ),
    (ContributionPlan, ContributionPlan.Opened, {"entity_id": ENTITY}),
    (
        ContributionPlan,
        ContributionPlan.RuleEnacted,
        {
            "entity_id": ENTITY,
            "version": 1,
            "valid_from": DAY,
            "terms": Terms(ContributionBase.INVOICED_NET, 1_000, fund_shares=(FundShare(FUND, 100),)),
            "decision_ref": "assembly 2025",
            "motion_id": MOTION,
        },
    ),
    (
        Invoice,
        Invoice.Issued,
        {
            "entity_id": ENTITY,
            "activity_id": ACTIVITY,
            "client_id": CLIENT,
            "booked_on": DAY,
            "invoice_no": "2026-F-000001",
            "issued_on": DAY,
            "supplied_on": date(2025, 12, 20),
            "due_on": date(2026, 2, 9),
            "reference": "012600000194",
            "lines": (
                InvoiceLine("7.5", "40.00", 300_00, VatCategory.STANDARD, 2_100, ""),
                InvoiceLine("1", "100", 100_00, VatCategory.EXEMPT, 0, "VATEX-EU-132"),
            ),
            "vat": (
                VatRow(VatCategory.EXEMPT, 0, "VATEX-EU-132", 100_00, 0),
                VatRow(VatCategory.STANDARD, 2_100, "", 300_00, 63_00),
            ),
            "net_c": 400_00,
            "vat_c": 63_00,
            "gross_c": 463_00,
            "plan_version": 1,
            "contribution_c": 40_00,
            "fund_parts": (FundPart(FUND, 4_00),),
            "descriptions": ("Carpentry", "Course"),
            "buyer_name": "Zoë & Søn",
            "buyer_address": "Rue Basse 2\n1000 Brussels",
            "buyer_vat_no": "BE0987654394",
        },
    ),
    (
        Invoice,
        Invoice.PaymentReceived,
        {
            "entity_id": ENTITY,
            "activity_id": ACTIVITY,
            "client_id": CLIENT,
            "booked_on": DAY,
            "line_id": LINE,
            "amount_c": 605_00,
            "net_c": 500_00,
            "vat_c": 105_00,
        },
    ),
    (
        LegalEntity,
        LegalEntity.Registered,
        {"code": "PILOT", "ordinal": 1, "name": "Pilot", "enterprise_no": "0123456749", "country": "BE"},
    ),
    (
        LegalEntity,
        LegalEntity.ParameterSet,
        {
            "name": "invoice.payment-term-days",
            "value": "30",
            "valid_from": date(1900, 1, 1),
            "source_ref": "Act of 2 August 2002 on late payment, art. 4 ◇",
        },
    ),
    (LegalEntity, LegalEntity.PostingRulesAdopted, {"version": 1, "from_booked_on": date(1900, 1, 1)}),
    (LegalEntity, LegalEntity.BooksStopped, {"through_on": date(2025, 12, 31)}),
    (
        MutualFund,
        MutualFund.Chartered,
        {
            "entity_id": ENTITY,
            "code": "SOLIDARITY",
            "kind": FundKind.SOLIDARITY,
            "ledger_policy": LedgerPolicy.LIABILITY,
            "floor_c": 1_000_00,
            "cap_c": 2_500_00,
            "regulation_ref": "regulation 2025",
            "members_from_c": None,
        },
    ),
    (
        MutualFund,
        MutualFund.ContributionCharged,
        {
            "entity_id": ENTITY,
            "booked_on": DAY,
            "ledger_policy": LedgerPolicy.ANALYTIC_ONLY,
            "activity_id": ACTIVITY,
            "document_id": DOCUMENT,
            "plan_version": 1,
            "base_c": 1_000_00,
            "rate_bp": 100,
            "amount_c": 10_00,
        },
    ),
    (
        MutualFund,
        MutualFund.ContributionCollected,
        {"entity_id": ENTITY, "activity_id": ACTIVITY, "document_id": DOCUMENT, "amount_c": 5_00},
    ),
    (NumberSeries, NumberSeries.Opened, {"entity_id": None, "series": "legal-entity", "year": 0}),
    (NumberSeries, NumberSeries.NumberTaken, {"number": 1, "on": DAY}),
    (
        Period,
        Period.Opened,
        {
            "entity_id": ENTITY,
            "month": "2026-01",
            "first_on": date(2026, 1, 1),
            "last_on": date(2026, 1, 31),
        },
    ),
    (Period, Period.BookingsStopped, {"entity_id": ENTITY, "month": "2026-01", "position": 40}),
    (
        Period,
        Period.Closed,
        {
            "entity_id": ENTITY,
            "month": "2026-01",
            "position": 41,
            "trial_balance_sha256": SHA256,
            "debit_c": 1_560_00,
            "credit_c": 1_560_00,
        },
    ),
    (
        Reminder,
        Reminder.FellDue,
        {
            "entity_id": ENTITY,
            "invoice_id": DOCUMENT,
            "client_id": CLIENT,
            "number": 1,
            "on": DAY,
            "due_on": date(2026, 1, 3),
            "open_c": 463_00,
        },
    ),
)
