"""Samples of the facts about what moves inside the group."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain.aggregates.group_link import GroupLink
from domain.aggregates.internal_transfer import InternalTransfer
from domain.aggregates.purchase_invoice import PurchaseInvoice
from domain.facts import Ledgered
from domain.purchasing import PurchaseLine
from domain.spending import ExpenseType
from tests.facts.names import ACTIVITY, CLIENT, DAY, DOCUMENT, ENTITY, LINE

OTHER, SUPPLIER = UUID(int=0x1101), UUID(int=0x1102)
TRANSFER: dict[str, Any] = {
    "entity_id": ENTITY,
    "from_activity_id": ACTIVITY,
    "to_activity_id": None,
    "amount_c": 120_00,
}
BETWEEN: dict[str, Any] = {"entity_id": ENTITY, "buyer_id": OTHER}
BOUGHT = (PurchaseLine(ExpenseType.SERVICES, 1_000_00, 210_00, 105_00),)

OF_GROUP: tuple[tuple[type[Ledgered], type[Any], dict[str, Any]], ...] = (
    (InternalTransfer, InternalTransfer.Proposed, {**TRANSFER, "reason": "a part of the work"}),
    (InternalTransfer, InternalTransfer.Accepted, {**TRANSFER, "booked_on": DAY, "proposed_by": "ben"}),
    (InternalTransfer, InternalTransfer.Declined, {**TRANSFER, "reason": "not agreed"}),
    (InternalTransfer, InternalTransfer.Reversed, {**TRANSFER, "booked_on": DAY, "reason": "a mistake"}),
    (GroupLink, GroupLink.Opened, {**BETWEEN, "client_id": CLIENT, "supplier_id": SUPPLIER}),
    (
        GroupLink,
        GroupLink.Mirrored,
        {
            **BETWEEN,
            "intercompany_id": LINE,
            "invoice_id": DOCUMENT,
            "purchase_id": SUPPLIER,
            "gross_c": 1_210_00,
        },
    ),
    (
        PurchaseInvoice,
        PurchaseInvoice.Mirrored,
        {
            "entity_id": OTHER,
            "supplier_id": SUPPLIER,
            "activity_id": None,
            "purchase_no": "2026-F-000001",
            "issued_on": DAY,
            "due_on": DAY,
            "lines": BOUGHT,
            "reverse_charge": False,
            "net_c": 1_000_00,
            "vat_c": 210_00,
            "vat_deductible_c": 105_00,
            "due_c": 1_210_00,
            "outside_scope": False,
            "intercompany_id": LINE,
            "invoice_id": DOCUMENT,
        },
    ),
)
