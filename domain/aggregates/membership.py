"""The membership of one person in one legal entity: applied for, admitted, resigned.

Membership, employment and activity begin and end separately. A notice of resignation is always
recorded; it takes effect only on the day the statutes give it (CSA art. 6:120).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.errors import (
    AlreadyResigned,
    EmptyText,
    NotAMember,
    NotAnApplicant,
    ResignationNotYetEffective,
)
from domain.facts import Ledgered, Stamp
from domain.personal import Personal, Retention


class Standing(StrEnum):
    """Where a membership stands."""

    APPLICANT = "applicant"
    MEMBER = "member"
    LEAVING = "leaving"
    FORMER = "former"


class Membership(Ledgered):
    """One person's membership of one entity."""

    TOPIC = "membership"

    def __init__(self, entity_id: UUID, person_id: UUID) -> None:
        """Start as an applicant."""
        self.entity_id = entity_id
        self.person_id = person_id
        self.standing = Standing.APPLICANT
        self.leaves_on: date | None = None

    class Event(Ledgered.Event):
        """What happened to a membership."""

        entity_id: UUID
        person_id: UUID

    class Applied(Event, Ledgered.Created):
        """A person asked to become a member, in this category (entrepreneur, worker, supporter)."""

        TOPIC = "membership.applied.v1"
        category: str
        name: Annotated[str, Personal(Retention.GOVERNANCE, "person_id")]
        address: Annotated[str, Personal(Retention.GOVERNANCE, "person_id")]
        email: Annotated[str, Personal(Retention.CONTACT, "person_id")]

    Created = Applied

    class Admitted(Event):
        """The competent body admitted the applicant, who now holds this member number."""

        TOPIC = "membership.admitted.v1"
        member_no: int
        decision_ref: str

        def apply(self, membership: Membership) -> None:
            """Make the applicant a member."""
            membership.standing = Standing.MEMBER

    class ResignationNotified(Event):
        """The member gave notice; it takes effect on the statutory day `effect_on`."""

        TOPIC = "membership.resignation-notified.v1"
        received_on: date
        effect_on: date

        def apply(self, membership: Membership) -> None:
            """Remember the day on which the membership ends."""
            membership.standing = Standing.LEAVING
            membership.leaves_on = self.effect_on

    class ResignationTookEffect(Event):
        """The membership ended by resignation."""

        TOPIC = "membership.resignation-took-effect.v1"

        def apply(self, membership: Membership) -> None:
            """End the membership."""
            membership.standing = Standing.FORMER

    @classmethod
    def apply_for(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        entity_id: UUID,
        person_id: UUID,
        category: str,
        name: str,
        address: str,
        email: str,
    ) -> Membership:
        """Record that a person asks to become a member."""
        if not name.strip() or not category.strip():
            raise EmptyText(field="name" if category.strip() else "category")
        return cls.begin(
            stamp,
            id=id,
            entity_id=entity_id,
            person_id=person_id,
            category=category,
            name=name,
            address=address,
            email=email,
        )

    def admit(self, stamp: Stamp, *, member_no: int, decision_ref: str) -> None:
        """Admit the applicant by this decision."""
        if self.standing is not Standing.APPLICANT:
            raise NotAnApplicant(standing=self.standing)
        if not decision_ref.strip():
            raise EmptyText(field="decision_ref")
        self._note(self.Admitted, stamp, member_no=member_no, decision_ref=decision_ref)

    def resign(self, stamp: Stamp, *, received_on: date, effect_on: date) -> None:
        """Record the notice and the day on which it takes effect."""
        if self.standing in (Standing.LEAVING, Standing.FORMER):
            raise AlreadyResigned(effect_on=self.leaves_on)
        if self.standing is not Standing.MEMBER:
            raise NotAMember(standing=self.standing)
        self._note(self.ResignationNotified, stamp, received_on=received_on, effect_on=effect_on)

    def require_staying(self) -> None:
        """Refuse what a member who gave notice can no longer begin."""
        if self.standing in (Standing.LEAVING, Standing.FORMER):
            raise AlreadyResigned(effect_on=self.leaves_on)

    def require_effective(self) -> None:
        """Refuse what only an effective member may have; one who gave notice still is until it takes effect."""
        if self.standing not in (Standing.MEMBER, Standing.LEAVING):
            raise NotAMember(standing=self.standing)

    def leave(self, stamp: Stamp) -> None:
        """End the membership, on its statutory day or later."""
        if self.leaves_on is None or self.standing is not Standing.LEAVING:
            raise NotAMember(standing=self.standing)
        if stamp.effective_on < self.leaves_on:
            raise ResignationNotYetEffective(effect_on=self.leaves_on)
        self._note(self.ResignationTookEffect, stamp)

    def _note(self, kind: type[Event], stamp: Stamp, **says: object) -> None:
        self.note(kind, stamp, entity_id=self.entity_id, person_id=self.person_id, **says)
