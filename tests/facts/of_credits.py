"""Samples of the facts about credit notes, and about wages paid although they were held."""

from __future__ import annotations

from typing import Any

from domain.aggregates.activity import Activity
from domain.aggregates.credit_note import CreditNote
from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.payment_order import PaymentOrder, Pays
from domain.facts import Ledgered
from domain.funding import LedgerPolicy
from domain.settlement import FundPart
from domain.vat import VatCategory, VatRow
from tests.facts.names import ACTIVITY, CLIENT, DAY, DOCUMENT, ENTITY, FUND, LINE

ROWS: dict[str, Any] = {
    "vat": (
        VatRow(VatCategory.EXEMPT, 0, "vatex-eu-132", 100_00, 0),
        VatRow(VatCategory.STANDARD, 2_100, "", 300_00, 63_00),
    ),
    "net_c": 400_00,
    "vat_c": 63_00,
    "gross_c": 463_00,
}
REVERSAL: dict[str, Any] = {
    "entity_id": ENTITY,
    "booked_on": DAY,
    "document_id": DOCUMENT,
    "invoice_id": LINE,
    "plan_version": 1,
    "base_c": 400_00,
}

OF_CREDITS: tuple[tuple[type[Ledgered], type[Any], dict[str, Any]], ...] = (
    (
        CreditNote,
        CreditNote.Issued,
        {
            "entity_id": ENTITY,
            "activity_id": ACTIVITY,
            "client_id": CLIENT,
            "booked_on": DAY,
            "credit_note_no": "2026-C-000001",
            "invoice_id": LINE,
            "invoice_no": "2026-F-000001",
            "issued_on": DAY,
            **ROWS,
            "open_net_c": 200_00,
            "plan_version": 1,
            "contribution_c": 40_00,
            "fund_parts": (FundPart(FUND, 4_00),),
            "reason": "not delivered",
            "buyer_name": "Client and Sons",
            "buyer_address": "Rue Basse 2, 1000 Brussels",
            "buyer_vat_no": "BE0987654394",
        },
    ),
    (
        Invoice,
        Invoice.Credited,
        {
            "entity_id": ENTITY,
            "activity_id": ACTIVITY,
            "client_id": CLIENT,
            "credit_note_id": DOCUMENT,
            **ROWS,
            "settled_vat_c": -1,
            "fund_parts": (FundPart(FUND, 4_00),),
        },
    ),
    (
        Activity,
        Activity.Credited,
        {"entity_id": ENTITY, "document_id": DOCUMENT, "net_c": 400_00, "open_net_c": 200_00},
    ),
    (
        Activity,
        Activity.PayoutsHeld,
        {"entity_id": ENTITY, "document_id": DOCUMENT, "available_c": -50_00},
    ),
    (Activity, Activity.PayoutsFreed, {"entity_id": ENTITY, "document_id": DOCUMENT}),
    (Activity, Activity.ContributionReversed, {**REVERSAL, "rate_bp": 1_000, "amount_c": 40_00}),
    (
        Activity,
        Activity.FundContributionReversed,
        {"entity_id": ENTITY, "fund_id": FUND, "document_id": DOCUMENT, "amount_c": 4_00},
    ),
    (
        MutualFund,
        MutualFund.ContributionReversed,
        {
            **REVERSAL,
            "ledger_policy": LedgerPolicy.LIABILITY,
            "activity_id": ACTIVITY,
            "rate_bp": 100,
            "amount_c": 4_00,
        },
    ),
    (
        PaymentOrder,
        PaymentOrder.HoldReleased,
        {
            "entity_id": ENTITY,
            "pays": Pays.WAGE,
            "document_id": DOCUMENT,
            "amount_c": 500_00,
            "activity_id": ACTIVITY,
            "available_c": -60_00,
            "reason": "the wage is legally due",
        },
    ),
)
