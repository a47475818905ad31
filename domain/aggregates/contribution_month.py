"""The fixed part that an activity leaves for a month.

    ── Charged ──> charged

It is a stream of its own, named by activity and month, so that it is charged once.
"""

from __future__ import annotations

from uuid import UUID

from domain.facts import Ledgered


class ContributionMonth(Ledgered):
    """The fixed part of one activity for one month."""

    TOPIC = "contribution-month"

    def __init__(self) -> None:
        """Stand for ever."""

    class Event(Ledgered.Event):
        """What happened to the month."""

        entity_id: UUID

    class Charged(Event, Ledgered.Created):
        """The fixed part of that month (`2026-03`) was charged; the activity's own fact books it."""

        TOPIC = "contribution-month.charged.v1"
        activity_id: UUID
        month: str
        plan_version: int
        amount_c: int

    Created = Charged
