"""Samples of the facts about manual entries, reopened months and fiscal years."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.aggregates.activity import Activity
from domain.aggregates.fiscal_year import AccountBalance, Appropriation, FiscalYear
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.manual_entry import ManualEntry, ManualLine
from domain.aggregates.period import Period
from domain.facts import Ledgered
from tests.facts.names import ACTIVITY, DAY, DOCUMENT, ENTITY, FOR_ANOTHER, MOTION, SHA256

OF_MONTH = {"entity_id": ENTITY, "month": "2025-12"}
OF_YEAR = {"entity_id": ENTITY, "year": "2025"}
FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)

OF_CLOSING: tuple[tuple[type[Ledgered], type[Any], dict[str, Any]], ...] = (
    (
        ManualEntry,
        ManualEntry.Posted,
        {
            "entity_id": ENTITY,
            "booked_on": LAST,
            "lines": (ManualLine("490", 120_00, 0), ManualLine("613", 0, 120_00, ACTIVITY)),
            "reason": "insurance paid for next year",
            "evidence_sha256": SHA256,
            "year_end": True,
            "reverses": None,
        },
    ),
    (ManualEntry, ManualEntry.Reversed, {"entity_id": ENTITY, "by_entry_id": DOCUMENT}),
    (
        Activity,
        Activity.ResultAdjusted,
        {"entity_id": ENTITY, "document_id": DOCUMENT, "amount_c": -120_00, "open_net_c": -120_00},
    ),
    (
        Period,
        Period.LateEntryAuthorised,
        {**OF_MONTH, "entry_id": DOCUMENT, "on": date(2025, 12, 20), "position": 44},
    ),
    (Period, Period.ReopeningProposed, {**OF_MONTH, "reason": "a lost bill", **FOR_ANOTHER}),
    (Period, Period.Reopened, {**OF_MONTH, "proposed_by": "desk", "reason": "a lost bill"}),
    (LegalEntity, LegalEntity.BooksReopened, {"from_on": date(2025, 12, 1)}),
    (LegalEntity, LegalEntity.FiscalYearBegun, {"first_on": FIRST, "last_on": LAST}),
    (
        LegalEntity,
        LegalEntity.AccountMapped,
        {"account": "400", "code": "400000", "valid_from": DAY, "source_ref": "the accountant"},
    ),
    (LegalEntity, LegalEntity.YearApproved, {"through_on": LAST}),
    (LegalEntity, LegalEntity.YearAppropriated, {"through_on": LAST, "added_c": 300_00}),
    (FiscalYear, FiscalYear.Opened, {**OF_YEAR, "first_on": FIRST, "last_on": LAST}),
    (FiscalYear, FiscalYear.Adjusted, {**OF_YEAR, "entry_id": DOCUMENT, "position": 51}),
    (
        FiscalYear,
        FiscalYear.AccountsApproved,
        {
            **OF_YEAR,
            "position": 60,
            "trial_balance_sha256": SHA256,
            "debit_c": 1_560_00,
            "credit_c": 1_560_00,
            "result_c": 1_000_00,
            "net_asset_c": 25_000_00,
            "decision_ref": "assembly 3",
            "motion_id": MOTION,
            "brought_forward_c": 40_00,
            "carried_c": 30_00,
        },
    ),
    (
        FiscalYear,
        FiscalYear.ResultAppropriated,
        {
            **OF_YEAR,
            "booked_on": LAST,
            "result_c": 1_000_00,
            "appropriation": Appropriation(0, 50_00, 450_00, 200_00, 300_00),
            "decision_ref": "assembly 4",
            "motion_id": MOTION,
        },
    ),
    (
        FiscalYear,
        FiscalYear.BalancesCarried,
        {
            **OF_YEAR,
            "booked_on": DAY,
            "position": 61,
            "result_accounts": (AccountBalance("693", 1_000_00), AccountBalance("7001", -1_000_00)),
        },
    ),
)
