"""What an activity's year counts for one version of the contribution plan that reckons over years.

    ── Opened ──> nothing counts ── BaseCounted ──> so much counts, more or less with each document

The year is that in which the invoices were issued, whenever they are paid or credited; a cost counts
in the year in which it arose. No order of documents changes what the year comes to.
"""

from __future__ import annotations

from uuid import UUID

from domain.contributions import Counted
from domain.facts import Ledgered


class ContributionYear(Ledgered):
    """One year of one activity under one version of the plan."""

    TOPIC = "contribution-year"

    def __init__(self) -> None:
        """Start with nothing counted."""
        self.counted = Counted()

    class Event(Ledgered.Event):
        """What happened to the year."""

        entity_id: UUID
        activity_id: UUID
        plan_version: int
        year: int

    class Opened(Event, Ledgered.Created):
        """Something counts in that year for the first time."""

        TOPIC = "contribution-year.opened.v1"

    Created = Opened

    class BaseCounted(Event):
        """By a document, so much more counts, below zero if it is less."""

        TOPIC = "contribution-year.base-counted.v1"
        document_id: UUID
        more: Counted

        def apply(self, year: ContributionYear) -> None:
            """Count it."""
            year.counted = year.counted.plus(self.more)
