"""Samples of the facts about the end of an activity, and what it lacked."""

from __future__ import annotations

from typing import Any

from domain.aggregates.activity import Activity
from domain.aggregates.bank_line import BankLine
from domain.aggregates.deficit import Deficit
from domain.aggregates.membership import Membership
from domain.aggregates.payment_order import PaymentOrder, Pays
from domain.aggregates.payroll import Payroll
from domain.aggregates.withdrawal_share import WithdrawalShare
from domain.careers import CareerStage
from domain.facts import Ledgered
from tests.facts.names import ACTIVITY, DAY, DOCUMENT, ENTITY, LINE, MEMBER, PERSON, SHA256

OF_ENTITY: dict[str, Any] = {"entity_id": ENTITY}
WHOSE: dict[str, Any] = {**OF_ENTITY, "activity_id": ACTIVITY, "membership_id": MEMBER}
SETTLED: dict[str, Any] = {**WHOSE, "booked_on": DAY, "amount_c": 240_00}

OF_ENDINGS: tuple[tuple[type[Ledgered], type[Any], dict[str, Any]], ...] = (
    (Activity, Activity.Frozen, {**OF_ENTITY, "reason": "no answer for three months"}),
    (Activity, Activity.Reopened, {**OF_ENTITY, "reason": "an answer came"}),
    (Activity, Activity.ClosingBegun, {**OF_ENTITY, "ends_on": DAY, "reason": "the member leaves"}),
    (Activity, Activity.Closed, {**OF_ENTITY, "ends_on": DAY}),
    (
        Deficit,
        Deficit.Recognised,
        {
            **WHOSE,
            "booked_on": DAY,
            "person_id": PERSON,
            "amount_c": 1_500_00,
            "decision_ref": "convention, article 9",
        },
    ),
    (Deficit, Deficit.ConsentRecorded, {**WHOSE, "amount_c": 1_260_00, "evidence_sha256": SHA256}),
    (Deficit, Deficit.RepaymentReceived, {**SETTLED, "line_id": LINE}),
    (Deficit, Deficit.SetOffAgainstShare, {**SETTLED, "withdrawal_id": DOCUMENT}),
    (Deficit, Deficit.SetOffAgainstWage, {**SETTLED, "payroll_id": DOCUMENT, "limit_bp": 2_000}),
    (
        Deficit,
        Deficit.ShareSetOffReversed,
        {
            **SETTLED,
            "amount_c": -240_00,
            "withdrawal_id": DOCUMENT,
            "person_id": PERSON,
            "reason": "more than was meant",
        },
    ),
    (
        Deficit,
        Deficit.WageSetOffReversed,
        {
            **SETTLED,
            "amount_c": -240_00,
            "payroll_id": DOCUMENT,
            "person_id": PERSON,
            "reason": "the wage of another month",
        },
    ),
    (Deficit, Deficit.CoveredByFund, {**SETTLED, "aid_id": DOCUMENT}),
    (Deficit, Deficit.WrittenOff, {**SETTLED, "recognised_by": "ben", "decision_ref": "board 7"}),
    (
        Deficit,
        Deficit.WriteOffReversed,
        {**SETTLED, "amount_c": -240_00, "written_off_by": "ben", "decision_ref": "board 8"},
    ),
    (Deficit, Deficit.RecoveryReceived, {**SETTLED, "line_id": LINE}),
    (
        Deficit,
        Deficit.RepaymentReversed,
        {**SETTLED, "amount_c": -240_00, "line_id": LINE, "by_line_id": None},
    ),
    (
        Deficit,
        Deficit.RecoveryReversed,
        {**SETTLED, "amount_c": -240_00, "line_id": LINE, "by_line_id": DOCUMENT},
    ),
    (
        WithdrawalShare,
        WithdrawalShare.SetOff,
        {**OF_ENTITY, "membership_id": MEMBER, "deficit_id": DOCUMENT, "amount_c": 1_260_00},
    ),
    (
        WithdrawalShare,
        WithdrawalShare.SetOffReversed,
        {**OF_ENTITY, "membership_id": MEMBER, "deficit_id": DOCUMENT, "amount_c": -1_260_00},
    ),
    (
        Payroll,
        Payroll.SetOffReversed,
        {**OF_ENTITY, "activity_id": ACTIVITY, "deficit_id": DOCUMENT, "amount_c": -240_00},
    ),
    (
        Payroll,
        Payroll.SetOff,
        {**OF_ENTITY, "activity_id": ACTIVITY, "deficit_id": DOCUMENT, "amount_c": 240_00},
    ),
    (
        PaymentOrder,
        PaymentOrder.Returned,
        {
            **OF_ENTITY,
            "pays": Pays.WAGE,
            "document_id": DOCUMENT,
            "amount_c": 960_00,
            "booked_on": DAY,
            "line_id": LINE,
            "reason_code": "AC04",
        },
    ),
    (BankLine, BankLine.PayoutReturned, {**OF_ENTITY, "order_id": DOCUMENT, "amount_c": 960_00}),
    (
        Payroll,
        Payroll.DirectorPayPosted,
        {
            **OF_ENTITY,
            "activity_id": ACTIVITY,
            "booked_on": DAY,
            "statement_ref": "statement 1",
            "gross_c": 2_000_00,
            "wage_tax_c": 750_00,
            "net_c": 1_250_00,
            "budget_c": 2_000_00,
            "overdrawn_c": 0,
        },
    ),
    (
        Membership,
        Membership.CareerStageEntered,
        {**OF_ENTITY, "person_id": PERSON, "stage": CareerStage.EMPLOYED, "contract_ref": "contract 12"},
    ),
    (BankLine, BankLine.AllocatedToDeficit, {**OF_ENTITY, "deficit_id": DOCUMENT, "amount_c": 500_00}),
)
