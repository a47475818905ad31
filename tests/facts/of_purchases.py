"""Samples of the facts about suppliers, their bills, payees' accounts and declarations."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.aggregates.declaration import Declaration, Levy
from domain.aggregates.payee_account import PayeeAccount
from domain.aggregates.purchase_invoice import PurchaseInvoice
from domain.aggregates.supplier import Supplier
from domain.facts import Ledgered
from domain.purchasing import PurchaseLine
from domain.spending import ExpenseType
from tests.facts.names import ACTIVITY, CLIENT, DAY, DOCUMENT, ENTITY, FOR_ANOTHER, PERSON, SHA256

SUPPLIER = CLIENT
OF_BILL = {"entity_id": ENTITY, "supplier_id": SUPPLIER}
LINES = (PurchaseLine(ExpenseType.SUPPLIES, 100_00, 21_00, 10_50),)
OF_LEVY = {"entity_id": ENTITY, "levy": Levy.VAT}

OF_PURCHASES: tuple[tuple[type[Ledgered], type[Any], dict[str, Any]], ...] = (
    (
        Supplier,
        Supplier.Registered,
        {
            "entity_id": ENTITY,
            "subject_id": SUPPLIER,
            "name": "Timber Trade",
            "address": "Rue du Bois 3, 1000 Brussels",
            "vat_no": "BE0123456749",
        },
    ),
    (
        PurchaseInvoice,
        PurchaseInvoice.Received,
        {
            **OF_BILL,
            "activity_id": ACTIVITY,
            "purchase_no": "2026/17",
            "issued_on": date(2026, 1, 5),
            "due_on": date(2026, 2, 4),
            "lines": LINES,
            "reverse_charge": False,
            "net_c": 100_00,
            "vat_c": 21_00,
            "vat_deductible_c": 10_50,
            "due_c": 121_00,
            "document_sha256": SHA256,
            **FOR_ANOTHER,
        },
    ),
    (PurchaseInvoice, PurchaseInvoice.Disputed, {**OF_BILL, "reason": "half of it never came"}),
    (
        PurchaseInvoice,
        PurchaseInvoice.Approved,
        {
            **OF_BILL,
            "activity_id": ACTIVITY,
            "booked_on": DAY,
            "lines": LINES,
            "reverse_charge": False,
            "outside_scope": False,
            "due_c": 121_00,
            "cost_c": 110_50,
            "overdrawn_c": 0,
        },
    ),
    (PurchaseInvoice, PurchaseInvoice.Rejected, {**OF_BILL, "reason": "it never came"}),
    (PurchaseInvoice, PurchaseInvoice.PaymentOrdered, {**OF_BILL, "order_id": DOCUMENT}),
    (PurchaseInvoice, PurchaseInvoice.PaymentWithdrawn, {**OF_BILL, "order_id": DOCUMENT}),
    (PayeeAccount, PayeeAccount.Recorded, {"payee_id": PERSON, "iban": "BE29539000000289"}),
    (
        PayeeAccount,
        PayeeAccount.ChangeProposed,
        {
            "payee_id": PERSON,
            "iban": "BE56539000000188",
            "evidence": "a letter and a call back",
            **FOR_ANOTHER,
        },
    ),
    (
        PayeeAccount,
        PayeeAccount.Changed,
        {
            "payee_id": PERSON,
            "iban": "BE56539000000188",
            "proposed_by": "desk",
            "usable_from": date(2026, 1, 13),
        },
    ),
    (
        Declaration,
        Declaration.Filed,
        {
            **OF_LEVY,
            "booked_on": DAY,
            "first_on": date(2025, 12, 1),
            "last_on": date(2025, 12, 31),
            "due_c": 210_00,
            "deductible_c": 10_50,
            "position": 61,
        },
    ),
    (Declaration, Declaration.PaymentOrdered, {**OF_LEVY, "order_id": DOCUMENT}),
    (Declaration, Declaration.PaymentWithdrawn, {**OF_LEVY, "order_id": DOCUMENT}),
    (
        Declaration,
        Declaration.Withdrawn,
        {
            **OF_LEVY,
            "booked_on": DAY,
            "due_c": 210_00,
            "deductible_c": 10_50,
            "reason": "another month was meant",
        },
    ),
)
