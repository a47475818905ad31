"""Samples of the facts about money going out: claims, receipts, payments."""

from __future__ import annotations

from typing import Any

from domain.aggregates.bank_line import BankLine
from domain.aggregates.claimed_receipt import ClaimedReceipt
from domain.aggregates.expense_claim import ClaimLine, ExpenseClaim
from domain.aggregates.payment_order import PaymentOrder, Pays
from domain.aggregates.payroll import Payroll
from domain.facts import Ledgered
from domain.slips import SlipLine, SlipType
from domain.spending import ExpenseType
from tests.facts.names import (
    ACTIVITY,
    DAY,
    DOCUMENT,
    ENTITY,
    FOR_ANOTHER,
    LINE,
    MEMBER,
    PERSON,
    SHA256,
)

LINES = (ClaimLine(DAY, ExpenseType.SUPPLIES, 50_00, 10_50, 10_50, SHA256),)
OF_ORDER = {"entity_id": ENTITY, "pays": Pays.CLAIM, "document_id": DOCUMENT, "amount_c": 60_50}

OF_OUTGOINGS: tuple[tuple[type[Ledgered], type[Any], dict[str, Any]], ...] = (
    (BankLine, BankLine.PaymentCleared, {"entity_id": ENTITY, "order_id": DOCUMENT, "amount_c": 60_50}),
    (
        ClaimedReceipt,
        ClaimedReceipt.Claimed,
        {"entity_id": ENTITY, "claim_id": DOCUMENT, "sha256": SHA256},
    ),
    (ClaimedReceipt, ClaimedReceipt.Released, {"entity_id": ENTITY, "claim_id": DOCUMENT}),
    (ClaimedReceipt, ClaimedReceipt.ClaimedAgain, {"entity_id": ENTITY, "claim_id": DOCUMENT}),
    (
        ExpenseClaim,
        ExpenseClaim.Submitted,
        {
            "entity_id": ENTITY,
            "activity_id": ACTIVITY,
            "claimant_id": MEMBER,
            "person_id": PERSON,
            "lines": LINES,
            "gross_c": 60_50,
            "cost_c": 50_00,
            "purpose": "Screws",
            **FOR_ANOTHER,
        },
    ),
    (
        ExpenseClaim,
        ExpenseClaim.Approved,
        {
            "entity_id": ENTITY,
            "activity_id": ACTIVITY,
            "booked_on": DAY,
            "lines": LINES,
            "gross_c": 60_50,
            "cost_c": 50_00,
        },
    ),
    (
        ExpenseClaim,
        ExpenseClaim.Rejected,
        {
            "entity_id": ENTITY,
            "activity_id": ACTIVITY,
            "person_id": PERSON,
            "cost_c": 50_00,
            "reason": "Not for the activity",
        },
    ),
    (
        ExpenseClaim,
        ExpenseClaim.PaymentOrdered,
        {"entity_id": ENTITY, "activity_id": ACTIVITY, "order_id": DOCUMENT},
    ),
    (
        Payroll,
        Payroll.Requested,
        {
            "entity_id": ENTITY,
            "activity_id": ACTIVITY,
            "employee_id": MEMBER,
            "person_id": PERSON,
            "budget_c": 840_00,
        },
    ),
    (
        Payroll,
        Payroll.SlipPosted,
        {
            "entity_id": ENTITY,
            "activity_id": ACTIVITY,
            "booked_on": DAY,
            "slip_ref": "2026-01/1",
            "lines": (SlipLine(SlipType.GROSS, 672_00), SlipLine(SlipType.WAGE_TAX, -172_00)),
            "net_c": 500_00,
            "employer_c": 168_00,
            "cost_c": 840_00,
            "budget_c": 840_00,
            "overdrawn_c": 0,
        },
    ),
    (
        Payroll,
        Payroll.PaymentOrdered,
        {"entity_id": ENTITY, "activity_id": ACTIVITY, "order_id": DOCUMENT},
    ),
    (
        PaymentOrder,
        PaymentOrder.Ordered,
        {**OF_ORDER, "payee_id": PERSON, "payee_iban": "BE29539000000289"},
    ),
    (PaymentOrder, PaymentOrder.Approved, {**OF_ORDER, "booked_on": DAY, "proposed_by": "desk"}),
    (
        PaymentOrder,
        PaymentOrder.Withdrawn,
        {**OF_ORDER, "booked_on": DAY, "was_approved": True, "reason": "typed twice"},
    ),
    (
        ExpenseClaim,
        ExpenseClaim.PaymentWithdrawn,
        {"entity_id": ENTITY, "activity_id": ACTIVITY, "order_id": DOCUMENT},
    ),
    (
        Payroll,
        Payroll.PaymentWithdrawn,
        {"entity_id": ENTITY, "activity_id": ACTIVITY, "order_id": DOCUMENT},
    ),
    (Payroll, Payroll.Withdrawn, {"entity_id": ENTITY, "activity_id": ACTIVITY}),
    (
        PaymentOrder,
        PaymentOrder.ClearingUndone,
        {**OF_ORDER, "booked_on": DAY, "line_id": LINE, "reason": "another line was meant"},
    ),
    (
        PaymentOrder,
        PaymentOrder.ReturnUndone,
        {
            **OF_ORDER,
            "booked_on": DAY,
            "line_id": LINE,
            "cleared_by_line_id": LINE,
            "reason": "another receipt was meant",
        },
    ),
    (PaymentOrder, PaymentOrder.FundApproved, {**OF_ORDER, "pays": Pays.GRANT}),
    (PaymentOrder, PaymentOrder.FundWithdrawn, {**OF_ORDER, "pays": Pays.GRANT, "reason": "paid by card"}),
    (PaymentOrder, PaymentOrder.Cleared, {**OF_ORDER, "booked_on": DAY, "line_id": LINE}),
)
