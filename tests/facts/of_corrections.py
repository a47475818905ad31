"""Samples of the facts that correct what was bought and paid, and of what payees owe back."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.aggregates.bank_line import BankLine
from domain.aggregates.expense_claim import ClaimLine, ExpenseClaim
from domain.aggregates.payee_debt import PayeeDebt
from domain.aggregates.payroll import Payroll
from domain.aggregates.purchase_credit_note import PurchaseCreditNote
from domain.aggregates.purchase_invoice import PurchaseInvoice
from domain.facts import Ledgered
from domain.owing import PaidFor
from domain.purchasing import LessBought
from domain.slips import SlipLine, SlipType
from domain.spending import ExpenseType
from tests.facts.names import ACTIVITY, CLIENT, DAY, DOCUMENT, ENTITY, FOR_ANOTHER, LINE, PERSON, SHA256

SUPPLIER = CLIENT
OF_BILL: dict[str, Any] = {"entity_id": ENTITY, "supplier_id": SUPPLIER}
OFF = (LessBought(1, ExpenseType.SUPPLIES, 100_00, 21_00, 10_50),)
NOTED: dict[str, Any] = {
    **OF_BILL,
    "activity_id": ACTIVITY,
    "booked_on": DAY,
    "purchase_id": DOCUMENT,
    "credit_note_no": "C7",
    "issued_on": date(2026, 1, 9),
    "lines": OFF,
    "outside_scope": False,
    "gross_c": 121_00,
    "cost_c": 110_50,
}
OF_PAYEE: dict[str, Any] = {"entity_id": ENTITY, "payee_id": SUPPLIER}
SETTLED: dict[str, Any] = {**OF_PAYEE, "booked_on": DAY, "amount_c": 60_50}

OF_ACTIVITY: dict[str, Any] = {"entity_id": ENTITY, "activity_id": ACTIVITY}
TAKEN_BACK: dict[str, Any] = {
    "person_id": PERSON,
    "booked_on": DAY,
    "net_c": 500_00,
    "back_c": 0,
    "reason": "too many hours",
}

OF_CORRECTIONS: tuple[tuple[type[Ledgered], type[Any], dict[str, Any]], ...] = (
    (
        PurchaseInvoice,
        PurchaseInvoice.Reversed,
        {
            **OF_BILL,
            "activity_id": ACTIVITY,
            "booked_on": DAY,
            "lines": OFF,
            "reverse_charge": False,
            "gross_c": 121_00,
            "cost_c": 110_50,
            "back_c": 60_50,
            "reason": "the wrong activity",
        },
    ),
    (
        PurchaseInvoice,
        PurchaseInvoice.Credited,
        {**OF_BILL, "credit_note_id": DOCUMENT, "lines": OFF, "gross_c": 121_00, "back_c": 0},
    ),
    (PurchaseInvoice, PurchaseInvoice.SetOff, {**OF_BILL, "debt_id": DOCUMENT, "amount_c": 60_50}),
    (PurchaseInvoice, PurchaseInvoice.SetOffReversed, {**OF_BILL, "debt_id": DOCUMENT, "amount_c": -60_50}),
    (
        ExpenseClaim,
        ExpenseClaim.Reversed,
        {
            **OF_ACTIVITY,
            "person_id": PERSON,
            "booked_on": DAY,
            "line_nos": (2,),
            "lines": (ClaimLine(DAY, ExpenseType.SUPPLIES, 100_00, 21_00, 10_50, SHA256),),
            "gross_c": 121_00,
            "cost_c": 110_50,
            "back_c": 121_00,
            "whole": False,
            "reason": "bought for the house",
        },
    ),
    (ExpenseClaim, ExpenseClaim.SetOff, {**OF_ACTIVITY, "debt_id": DOCUMENT, "amount_c": 60_50}),
    (ExpenseClaim, ExpenseClaim.SetOffReversed, {**OF_ACTIVITY, "debt_id": DOCUMENT, "amount_c": -60_50}),
    (
        Payroll,
        Payroll.SlipReversed,
        {
            **OF_ACTIVITY,
            **TAKEN_BACK,
            "slip_ref": "2026-01/1",
            "lines": (
                SlipLine(SlipType.GROSS, 672_00),
                SlipLine(SlipType.EMPLOYEE_CONTRIBUTIONS, -87_83),
                SlipLine(SlipType.WAGE_TAX, -84_17),
            ),
            "employer_c": 168_00,
            "cost_c": 840_00,
        },
    ),
    (
        Payroll,
        Payroll.DirectorPayReversed,
        {**OF_ACTIVITY, **TAKEN_BACK, "statement_ref": "1", "wage_tax_c": 172_00, "cost_c": 672_00},
    ),
    (Payroll, Payroll.DebtSetOff, {**OF_ACTIVITY, "debt_id": DOCUMENT, "amount_c": 60_50}),
    (Payroll, Payroll.DebtSetOffReversed, {**OF_ACTIVITY, "debt_id": DOCUMENT, "amount_c": -60_50}),
    (
        PurchaseCreditNote,
        PurchaseCreditNote.Received,
        {**NOTED, "reverse_charge": False, "document_sha256": SHA256},
    ),
    (
        PurchaseCreditNote,
        PurchaseCreditNote.Mirrored,
        {**NOTED, "reverse_charge": False, "intercompany_id": DOCUMENT, "credit_note_id": DOCUMENT},
    ),
    (
        PayeeDebt,
        PayeeDebt.Arose,
        {
            **OF_PAYEE,
            "booked_on": DAY,
            "paid_for": PaidFor.PURCHASE,
            "document_id": DOCUMENT,
            "cause_id": DOCUMENT,
            "amount_c": 121_00,
            **FOR_ANOTHER,
        },
    ),
    (PayeeDebt, PayeeDebt.RepaymentReceived, {**SETTLED, "line_id": LINE}),
    (
        PayeeDebt,
        PayeeDebt.RepaymentReversed,
        {**SETTLED, "amount_c": -60_50, "line_id": LINE, "by_line_id": None},
    ),
    (
        PayeeDebt,
        PayeeDebt.SetOff,
        {**SETTLED, "paid_for": PaidFor.CLAIM, "document_id": DOCUMENT},
    ),
    (
        PayeeDebt,
        PayeeDebt.SetOffReversed,
        {
            **SETTLED,
            "amount_c": -60_50,
            "paid_for": PaidFor.CLAIM,
            "document_id": DOCUMENT,
            "reason": "the claim of another month",
        },
    ),
    (
        PayeeDebt,
        PayeeDebt.GivenUp,
        {**SETTLED, "arose_by": "desk", "decision_ref": "board 2026/9"},
    ),
    (PayeeDebt, PayeeDebt.GivingUpReversed, {**SETTLED, "amount_c": -60_50}),
    (
        BankLine,
        BankLine.AllocatedToPayeeDebt,
        {"entity_id": ENTITY, "debt_id": DOCUMENT, "amount_c": 60_50},
    ),
    (
        BankLine,
        BankLine.OtherPaymentReturned,
        {
            "entity_id": ENTITY,
            "of_line_id": LINE,
            "document_id": DOCUMENT,
            "amount_c": 60_50,
            "reason_code": "MD06",
        },
    ),
)
