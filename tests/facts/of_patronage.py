"""Patronage refunds as facts: what each of them says."""

from __future__ import annotations

from typing import Any

from domain.aggregates.distributions import Distributions
from domain.aggregates.patronage_refund import Part, PatronageRefund
from domain.facts import Ledgered
from tests.facts.names import ACTIVITY, DAY, DOCUMENT, ENTITY, LINE, MOTION

OF_ENTITY: dict[str, Any] = {"entity_id": ENTITY}
PARTS = (Part(ACTIVITY, 300_00, 60_00), Part(LINE, 200_00, 40_00))

OF_PATRONAGE: tuple[tuple[type[Ledgered], type[Any], dict[str, Any]], ...] = (
    (
        Distributions,
        Distributions.PatronageVoted,
        {
            **OF_ENTITY,
            "patronage_id": DOCUMENT,
            "amount_c": 100_00,
            "decision_ref": "assembly 2026",
            "motion_id": MOTION,
        },
    ),
    (Distributions, Distributions.PatronageAppropriated, {**OF_ENTITY, "year_id": LINE, "amount_c": 100_00}),
    (
        PatronageRefund,
        PatronageRefund.Voted,
        {**OF_ENTITY, "amount_c": 100_00, "decision_ref": "assembly 2026", "motion_id": MOTION},
    ),
    (PatronageRefund, PatronageRefund.Appropriated, {**OF_ENTITY, "year_id": LINE, "amount_c": 100_00}),
    (
        PatronageRefund,
        PatronageRefund.PartsFixed,
        {**OF_ENTITY, "basis": "contribution", "position": 1_200, "parts": PARTS},
    ),
    (
        PatronageRefund,
        PatronageRefund.PartsGiven,
        {**OF_ENTITY, "booked_on": DAY, "parts": PARTS, "amount_c": 100_00},
    ),
)
