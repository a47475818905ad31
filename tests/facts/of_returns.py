"""Samples of the facts about receipts that went wrong or were too much."""

from __future__ import annotations

from typing import Any

from domain.aggregates.activity import Activity
from domain.aggregates.bank_line import BankLine
from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import MutualFund
from domain.facts import Ledgered
from tests.facts.names import ACTIVITY, CLIENT, DAY, DOCUMENT, ENTITY, LINE

OF_INVOICE = {"entity_id": ENTITY, "invoice_id": DOCUMENT, "amount_c": 605_00}
WRONG = "another line was meant"
HELD = {"entity_id": ENTITY, "client_id": CLIENT, "amount_c": 12_00}

OF_RETURNS: tuple[tuple[type[Ledgered], type[Any], dict[str, Any]], ...] = (
    (BankLine, BankLine.AllocationUndone, {**OF_INVOICE, "reason": "another invoice was meant"}),
    (BankLine, BankLine.AllocationReturned, {**OF_INVOICE, "by_line_id": LINE}),
    (BankLine, BankLine.PaymentReturned, {**OF_INVOICE, "of_line_id": LINE, "reason_code": "MD06"}),
    (BankLine, BankLine.UnallocatedReturned, {"entity_id": ENTITY, "amount_c": 605_00, "by_line_id": LINE}),
    (
        BankLine,
        BankLine.ReceiptReturned,
        {"entity_id": ENTITY, "of_line_id": LINE, "amount_c": 605_00, "reason_code": "MD06"},
    ),
    (BankLine, BankLine.OverpaymentHeld, {**HELD, "booked_on": DAY}),
    (BankLine, BankLine.OverpaymentReleased, {**HELD, "booked_on": DAY}),
    (BankLine, BankLine.RefundOrdered, {**HELD, "order_id": DOCUMENT}),
    (BankLine, BankLine.RefundWithdrawn, {**HELD, "order_id": DOCUMENT}),
    (
        BankLine,
        BankLine.FeeRecorded,
        {"entity_id": ENTITY, "booked_on": DAY, "activity_id": None, "amount_c": 12_50},
    ),
    (
        BankLine,
        BankLine.FeeReversed,
        {"entity_id": ENTITY, "booked_on": DAY, "activity_id": ACTIVITY, "amount_c": 12_50, "reason": WRONG},
    ),
    (
        BankLine,
        BankLine.ClearingUndone,
        {"entity_id": ENTITY, "order_id": DOCUMENT, "amount_c": 60_50, "reason": WRONG},
    ),
    (
        BankLine,
        BankLine.ReturnUndone,
        {"entity_id": ENTITY, "of_line_id": LINE, "amount_c": 605_00, "reason": WRONG},
    ),
    (BankLine, BankLine.Regained, {"entity_id": ENTITY, "by_line_id": LINE, "amount_c": 605_00}),
    (
        Invoice,
        Invoice.PaymentReversed,
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
    (Activity, Activity.ReceiptReversed, {"entity_id": ENTITY, "document_id": DOCUMENT, "net_c": 500_00}),
    (
        MutualFund,
        MutualFund.CollectionReversed,
        {"entity_id": ENTITY, "activity_id": ACTIVITY, "document_id": DOCUMENT, "amount_c": 5_00},
    ),
)
