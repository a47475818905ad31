"""What money is spent on: the types of expense, each of which has its account of class 61."""

from __future__ import annotations

from enum import StrEnum


class ExpenseType(StrEnum):
    """What was bought."""

    RENT = "rent"
    MAINTENANCE = "maintenance"
    SUPPLIES = "supplies"
    SERVICES = "services"
    PUBLICITY = "publicity"
    TRAVEL = "travel"
