"""An activity: the economic life of one or more entrepreneurs inside the cooperative.

It is a dimension of every posting beside the legal entity. What it earns and leaves is charged
here, so that rules about its money can be decided on one stream.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.errors import ActivityWithoutMembers, EmptyText
from domain.facts import Ledgered, Stamp


class PayoutRegime(StrEnum):
    """How the entrepreneurs of the activity are paid."""

    EMPLOYEE = "employee"
    DIRECTOR = "director"


class Activity(Ledgered):
    """One activity of one legal entity."""

    TOPIC = "activity"

    def __init__(self, entity_id: UUID, code: str) -> None:
        """Start open, with nothing earned."""
        self.entity_id = entity_id
        self.code = code

    class Event(Ledgered.Event):
        """What happened to an activity."""

        entity_id: UUID

    class Opened(Event, Ledgered.Created):
        """The activity began, run by these members."""

        TOPIC = "activity.opened.v1"
        code: str
        membership_ids: tuple[UUID, ...]
        payout_regime: PayoutRegime

    Created = Opened

    class ContributionCharged(Event):
        """The activity owes the cooperative its contribution on a document, by the plan's version."""

        TOPIC = "activity.contribution-charged.v1"
        booked_on: date
        document_id: UUID
        plan_version: int
        base_c: int
        rate_bp: int
        amount_c: int

    @classmethod
    def open(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        entity_id: UUID,
        code: str,
        membership_ids: tuple[UUID, ...],
        payout_regime: PayoutRegime,
    ) -> Activity:
        """Open an activity under a code of its own, run by at least one member."""
        if not code.strip():
            raise EmptyText(field="code")
        if not membership_ids:
            raise ActivityWithoutMembers(code=code)
        return cls.begin(
            stamp,
            id=id,
            entity_id=entity_id,
            code=code,
            membership_ids=membership_ids,
            payout_regime=payout_regime,
        )

    def charge_contribution(
        self,
        stamp: Stamp,
        *,
        booked_on: date,
        document_id: UUID,
        plan_version: int,
        base_c: int,
        rate_bp: int,
        amount_c: int,
    ) -> None:
        """Charge the contribution of one document; its issue happens once, so does this."""
        self.note(
            self.ContributionCharged,
            stamp,
            entity_id=self.entity_id,
            booked_on=booked_on,
            document_id=document_id,
            plan_version=plan_version,
            base_c=base_c,
            rate_bp=rate_bp,
            amount_c=amount_c,
        )
