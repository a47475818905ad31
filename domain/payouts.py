"""How entrepreneurs are paid by the cooperative."""

from __future__ import annotations

from enum import StrEnum


class PayoutRegime(StrEnum):
    """How the entrepreneurs of an activity are paid."""

    EMPLOYEE = "employee"
    DIRECTOR = "director"
