"""Samples of the facts about paying late."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.aggregates.bank_line import BankLine
from domain.aggregates.late_claim import LateClaim
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.reminder import Reminder
from domain.facts import Ledgered
from domain.funding import LedgerPolicy
from domain.late_payment import Beneficiary, Channel, InterestSpan, LateLaw
from tests.facts.names import ACTIVITY, CLIENT, DAY, DOCUMENT, ENTITY, FUND, LINE

WHOSE: dict[str, Any] = {
    "entity_id": ENTITY,
    "activity_id": ACTIVITY,
    "client_id": CLIENT,
    "invoice_id": DOCUMENT,
}
PAID: dict[str, Any] = {
    **WHOSE,
    "booked_on": DAY,
    "earned_by": Beneficiary.ACTIVITY,
    "line_id": LINE,
    "costs_c": 40_00,
    "interest_c": 10_44,
}
OF_LINE: dict[str, Any] = {"entity_id": ENTITY, "document_id": DOCUMENT, "amount_c": 50_44}

OF_LATE_PAYMENTS: tuple[tuple[type[Ledgered], type[Any], dict[str, Any]], ...] = (
    (
        Reminder,
        Reminder.Sent,
        {
            "entity_id": ENTITY,
            "invoice_id": DOCUMENT,
            "number": 2,
            "channel": Channel.POST,
            "fee_c": 7_50,
        },
    ),
    (
        LateClaim,
        LateClaim.Opened,
        {**WHOSE, "law": LateLaw.COMMERCIAL, "earned_by": Beneficiary.FUND, "fund_id": FUND},
    ),
    (
        MutualFund,
        MutualFund.LatePaymentEarned,
        {
            "entity_id": ENTITY,
            "booked_on": DAY,
            "ledger_policy": LedgerPolicy.LIABILITY,
            "document_id": DOCUMENT,
            "amount_c": 50_44,
        },
    ),
    (
        LateClaim,
        LateClaim.Claimed,
        {
            **WHOSE,
            "through_on": date(2026, 3, 9),
            "spans": (InterestSpan(date(2026, 2, 8), date(2026, 3, 9), 1_210_00, 1050),),
            "days_in_year": 365,
            "interest_in_all_c": 10_44,
            "interest_c": 10_44,
            "flat_c": 40_00,
            "fees_c": 0,
        },
    ),
    (LateClaim, LateClaim.PaymentReceived, PAID),
    (LateClaim, LateClaim.PaymentReversed, PAID),
    (LateClaim, LateClaim.Waived, {**WHOSE, "costs_c": 0, "interest_c": 4_00, "reason": "a good client"}),
    (
        LateClaim,
        LateClaim.WaiverReversed,
        {**WHOSE, "costs_c": 0, "interest_c": 4_00, "reason": "another client was meant"},
    ),
    (
        LateClaim,
        LateClaim.ClaimReversed,
        {
            **WHOSE,
            "interest_c": 6_44,
            "flat_c": 40_00,
            "fees_c": 0,
            "reason": "the client had paid elsewhere",
        },
    ),
    (
        BankLine,
        BankLine.AllocatedToLateClaim,
        {"entity_id": ENTITY, "claim_id": DOCUMENT, "amount_c": 50_44},
    ),
    (BankLine, BankLine.OtherAllocationUndone, {**OF_LINE, "reason": "another claim was meant"}),
    (BankLine, BankLine.OtherAllocationReturned, {**OF_LINE, "by_line_id": LINE}),
)
