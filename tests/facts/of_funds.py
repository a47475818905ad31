"""Samples of the facts about mutual funds, their aid and their guarantees."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.aggregates.activity import Activity
from domain.aggregates.bank_line import BankLine
from domain.aggregates.fund_aid import AidOutcome, FundAid
from domain.aggregates.fund_guarantee import FundGuarantee
from domain.aggregates.mutual_fund import MutualFund
from domain.facts import Ledgered
from domain.funding import FundUse, LedgerPolicy
from domain.instalments import Instalment
from tests.facts.names import (
    ACTIVITY,
    DAY,
    DOCUMENT,
    ENTITY,
    FOR_ANOTHER,
    FUND,
    LINE,
    MEMBER,
    MOTION,
    PERSON,
)

SCHEDULE = (Instalment(date(2026, 6, 30), 1_000_00), Instalment(date(2026, 12, 31), 1_000_00))
USED = {"entity_id": ENTITY, "use": FundUse.ADVANCE, "document_id": DOCUMENT, "amount_c": 2_000_00}
OF_AID = {"entity_id": ENTITY, "fund_id": FUND, "activity_id": ACTIVITY}
BOOKED = {"booked_on": DAY, "ledger_policy": LedgerPolicy.PROVISION, "amount_c": 2_000_00}
PAID = {**OF_AID, **BOOKED, "decided_by": "anna", "decision_ref": "committee 1"}
OF_GUARANTEE = {**OF_AID, "invoice_id": DOCUMENT}
STOOD_IN = {"entity_id": ENTITY, "document_id": DOCUMENT, "amount_c": 800_00}

OF_FUNDS: tuple[tuple[type[Ledgered], type[Any], dict[str, Any]], ...] = (
    (Activity, Activity.GuaranteeSettled, STOOD_IN),
    (BankLine, BankLine.AllocatedToFund, {"entity_id": ENTITY, "aid_id": DOCUMENT, "amount_c": 500_00}),
    (
        MutualFund,
        MutualFund.TermsAmended,
        {
            "entity_id": ENTITY,
            "valid_from": date(2026, 7, 1),
            "floor_c": 2_000_00,
            "cap_c": None,
            "decision_ref": "assembly 2026",
            "members_from_c": 500_00,
        },
    ),
    (MutualFund, MutualFund.Reserved, USED),
    (MutualFund, MutualFund.Released, USED),
    (MutualFund, MutualFund.PaidOut, {**USED, "released_c": 2_000_00}),
    (MutualFund, MutualFund.Returned, USED),
    (
        FundAid,
        FundAid.Requested,
        {
            **OF_AID,
            "member_id": MEMBER,
            "person_id": PERSON,
            "amount_c": 2_000_00,
            "purpose": "A lathe",
            **FOR_ANOTHER,
        },
    ),
    (
        FundAid,
        FundAid.Decided,
        {
            **OF_AID,
            "outcome": AidOutcome.LENT,
            "amount_c": 2_000_00,
            "schedule": SCHEDULE,
            "decision_ref": "committee 1",
            "motion_id": MOTION,
            "decided_by": (MEMBER,),
        },
    ),
    (FundAid, FundAid.GivenUp, {**OF_AID, "decided_c": 2_000_00, "reason": "not needed"}),
    (FundAid, FundAid.GrantPaid, PAID),
    (FundAid, FundAid.AdvancePaid, {**PAID, "schedule": SCHEDULE}),
    (FundAid, FundAid.RepaymentReceived, {**OF_AID, **BOOKED, "line_id": LINE}),
    (FundAid, FundAid.RepaymentReversed, {**OF_AID, **BOOKED, "amount_c": -100_00, "line_id": LINE}),
    (FundAid, FundAid.RecoveryReversed, {**OF_AID, **BOOKED, "amount_c": -100_00, "line_id": LINE}),
    (FundAid, FundAid.PaymentWithdrawn, {**OF_AID, **BOOKED, "lent": True}),
    (FundAid, FundAid.RepaymentSetOff, {**OF_AID, **BOOKED}),
    (
        FundAid,
        FundAid.RepaymentSetOffReversed,
        {**OF_AID, **BOOKED, "amount_c": -100_00, "person_id": PERSON, "reason": "another advance"},
    ),
    (FundAid, FundAid.AdvanceWrittenOff, {**OF_AID, **BOOKED, "decision_ref": "committee 2"}),
    (FundAid, FundAid.RecoveryReceived, {**OF_AID, **BOOKED, "line_id": LINE}),
    (
        FundGuarantee,
        FundGuarantee.Reserved,
        {**OF_GUARANTEE, "amount_c": 800_00, "decision_ref": "committee 1"},
    ),
    (
        FundGuarantee,
        FundGuarantee.Released,
        {**OF_GUARANTEE, "amount_c": 800_00, "reason": "the client paid"},
    ),
    (
        FundGuarantee,
        FundGuarantee.Called,
        {**OF_GUARANTEE, **BOOKED, "reserved_c": 2_000_00, "decision_ref": "committee 2"},
    ),
    (FundGuarantee, FundGuarantee.Recovered, {**OF_GUARANTEE, **BOOKED}),
    (FundGuarantee, FundGuarantee.RecoveryReversed, {**OF_GUARANTEE, **BOOKED, "amount_c": -20_00}),
)
