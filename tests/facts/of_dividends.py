"""Dividends as facts: what each of them says."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.aggregates.dividend import Dividend
from domain.aggregates.dividend_due import DividendDue
from domain.facts import Ledgered
from tests.facts.names import DAY, DOCUMENT, ENTITY, LINE, MEMBER, MOTION, PERSON

OF_ENTITY: dict[str, Any] = {"entity_id": ENTITY}
OF_HOLDER: dict[str, Any] = {**OF_ENTITY, "membership_id": MEMBER}

OF_DIVIDENDS: tuple[tuple[type[Ledgered], type[Any], dict[str, Any]], ...] = (
    (
        Dividend,
        Dividend.Voted,
        {
            **OF_ENTITY,
            "share_class": "A",
            "held_on": date(2025, 12, 31),
            "register_version": 12,
            "qty": 100,
            "per_share_c": 5_00,
            "amount_c": 500_00,
            "decision_ref": "assembly 2026",
            "motion_id": MOTION,
        },
    ),
    (Dividend, Dividend.Appropriated, {**OF_ENTITY, "year_id": LINE, "amount_c": 500_00}),
    (Dividend, Dividend.MadePayable, {**OF_ENTITY, "withholding_bp": 3_000}),
    (
        Dividend,
        Dividend.HoldersEntered,
        {**OF_ENTITY, "holders": 12, "qty": 100, "gross_c": 500_00, "withheld_c": 150_00},
    ),
    (
        DividendDue,
        DividendDue.Determined,
        {
            **OF_HOLDER,
            "booked_on": DAY,
            "dividend_id": DOCUMENT,
            "account_id": LINE,
            "person_id": PERSON,
            "share_class": "A",
            "qty": 10,
            "per_share_c": 5_00,
            "gross_c": 50_00,
            "withholding_bp": 3_000,
            "withheld_c": 15_00,
            "net_c": 35_00,
        },
    ),
    (DividendDue, DividendDue.PaymentOrdered, {**OF_HOLDER, "order_id": LINE, "amount_c": 35_00}),
    (DividendDue, DividendDue.PaymentWithdrawn, {**OF_HOLDER, "order_id": LINE, "amount_c": 35_00}),
)
