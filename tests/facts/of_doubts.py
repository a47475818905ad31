"""Samples of the facts about claims that may not come."""

from __future__ import annotations

from typing import Any

from domain.aggregates.bank_line import BankLine
from domain.aggregates.doubtful_claim import DoubtfulClaim
from domain.aggregates.invoice import Invoice
from domain.facts import Ledgered
from tests.facts.names import ACTIVITY, CLIENT, DAY, DOCUMENT, ENTITY, LINE

WHOSE: dict[str, Any] = {
    "entity_id": ENTITY,
    "activity_id": ACTIVITY,
    "client_id": CLIENT,
    "invoice_id": DOCUMENT,
}
BOOKED: dict[str, Any] = {**WHOSE, "booked_on": DAY}
OF_INVOICE: dict[str, Any] = {"entity_id": ENTITY, "activity_id": ACTIVITY, "client_id": CLIENT}

OF_DOUBTS: tuple[tuple[type[Ledgered], type[Any], dict[str, Any]], ...] = (
    (DoubtfulClaim, DoubtfulClaim.Opened, WHOSE),
    (
        DoubtfulClaim,
        DoubtfulClaim.DoubtDeclared,
        {**BOOKED, "amount_c": 1_210_00, "reason": "the client is bankrupt"},
    ),
    (DoubtfulClaim, DoubtfulClaim.DoubtLifted, {**BOOKED, "amount_c": 121_00}),
    (DoubtfulClaim, DoubtfulClaim.ValueAdjustmentRecorded, {**BOOKED, "amount_c": 400_00}),
    (
        DoubtfulClaim,
        DoubtfulClaim.ValueAdjustmentTakenBack,
        {**BOOKED, "amount_c": 100_00, "recovery_no": 1},
    ),
    (
        DoubtfulClaim,
        DoubtfulClaim.VatReclaimed,
        {**BOOKED, "judgment_on": DAY, "vat_c": 189_00, "net_c": 900_00, "open_net_c": 0},
    ),
    (
        DoubtfulClaim,
        DoubtfulClaim.LossRecognised,
        {**BOOKED, "amount_c": 900_00, "bare_c": 900_00, "adjusted_c": 300_00, "open_net_c": 900_00},
    ),
    (
        DoubtfulClaim,
        DoubtfulClaim.RecoveryReceived,
        {
            **BOOKED,
            "line_id": LINE,
            "amount_c": 121_00,
            "vat_c": 21_00,
            "bare_c": 0,
            "lost_c": 100_00,
            "recovery_no": 1,
        },
    ),
    (
        DoubtfulClaim,
        DoubtfulClaim.RecoveryReversed,
        {
            **BOOKED,
            "recovery_no": 1,
            "line_id": LINE,
            "amount_c": -121_00,
            "vat_c": -21_00,
            "bare_c": -40_00,
            "lost_c": -60_00,
            "adjusted_c": 40_00,
        },
    ),
    (
        DoubtfulClaim,
        DoubtfulClaim.GuaranteeRepaid,
        {**WHOSE, "guarantee_id": LINE, "recovery_no": 1, "amount_c": 100_00},
    ),
    (Invoice, Invoice.RecoveryReversed, {**OF_INVOICE, "amount_c": -121_00, "net_c": -100_00}),
    (DoubtfulClaim, DoubtfulClaim.GuaranteeCalled, {**WHOSE, "guarantee_id": LINE}),
    (
        Invoice,
        Invoice.WrittenOff,
        {**OF_INVOICE, "net_c": 900_00, "vat_c": 189_00, "settled_vat_c": 0},
    ),
    (Invoice, Invoice.Recovered, {**OF_INVOICE, "amount_c": 121_00, "net_c": 100_00}),
    (
        BankLine,
        BankLine.AllocatedToRecovery,
        {"entity_id": ENTITY, "invoice_id": DOCUMENT, "amount_c": 121_00},
    ),
)
