"""Samples of the facts about quotations, client orders and the terms of guarantees."""

from __future__ import annotations

from typing import Any

from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.ordered_invoice import OrderedInvoice
from domain.aggregates.quotation import Quotation
from domain.facts import Ledgered
from domain.vat import InvoiceLine, VatCategory, VatRow
from tests.facts.names import ACTIVITY, CLIENT, DAY, DOCUMENT, ENTITY, LINE, SHA256

WHOSE: dict[str, Any] = {"entity_id": ENTITY, "activity_id": ACTIVITY, "client_id": CLIENT}
SAID: dict[str, Any] = {
    **WHOSE,
    "lines": (InvoiceLine("2", "500.00", 1_000_00, VatCategory.STANDARD, 2_100, ""),),
    "vat": (VatRow(VatCategory.STANDARD, 2_100, "", 1_000_00, 210_00),),
    "net_c": 1_000_00,
    "vat_c": 210_00,
    "gross_c": 1_210_00,
    "descriptions": ("Carpentry",),
}

OF_QUOTATIONS: tuple[tuple[type[Ledgered], type[Any], dict[str, Any]], ...] = (
    (Quotation, Quotation.Drafted, {**SAID, "quotation_no": "2026-Q-000001", "valid_until": DAY}),
    (Quotation, Quotation.Redrafted, {**SAID, "valid_until": DAY}),
    (Quotation, Quotation.Sent, WHOSE),
    (Quotation, Quotation.Accepted, WHOSE),
    (Quotation, Quotation.Declined, {**WHOSE, "reason": "too dear"}),
    (Quotation, Quotation.Lapsed, WHOSE),
    (Quotation, Quotation.Withdrawn, {**WHOSE, "reason": "the wood is sold out"}),
    (Quotation, Quotation.OrderConfirmed, {**WHOSE, "evidence_sha256": SHA256}),
    (Quotation, Quotation.OrderAmended, {**SAID, "evidence_sha256": SHA256}),
    (Quotation, Quotation.Invoiced, {**WHOSE, "invoice_id": DOCUMENT, "net_c": 400_00}),
    (
        Quotation,
        Quotation.InvoiceCredited,
        {**WHOSE, "invoice_id": DOCUMENT, "credit_note_id": LINE, "net_c": 100_00},
    ),
    (
        OrderedInvoice,
        OrderedInvoice.Drawn,
        {"entity_id": ENTITY, "quotation_id": LINE, "invoice_id": DOCUMENT, "confirmed_on": DAY},
    ),
    (
        MutualFund,
        MutualFund.GuaranteeTermsSet,
        {
            "entity_id": ENTITY,
            "valid_from": DAY,
            "needs_order": True,
            "excluded_client_ids": (CLIENT,),
            "decision_ref": "assembly 2",
        },
    ),
)
