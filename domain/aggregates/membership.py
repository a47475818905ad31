"""The membership of one person in one legal entity, from the application to its end.

    ── Applied ──> applicant ── Admitted ──> member ── ResignationNotified ──> leaving
    applicant ── Refused ──> refused;  leaving ── ResignationTookEffect ──> former
    member, leaving ── Excluded, DeemedResigned, Deceased ──> former
    beside it: ShareAccountOpened, CareerStageEntered; HeirsRepresented, of who died
    beside it: Merged ──> MergeUndone, of a second one

Membership, employment and activity begin and end separately. A notice of resignation is always
recorded; it takes effect only on the day the statutes give it (CSA art. 6:120). Whoever left or
was refused may apply again: that is another membership. While a membership is merged into another
of the same person (Merged, until MergeUndone) it stands where it stood and can do nothing itself.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.careers import CareerStage
from domain.errors import (
    AlreadyResigned,
    CareerStageEarlier,
    EmptyText,
    MergedAway,
    NotAMember,
    NotAnApplicant,
    NotMerged,
    ResignationNotYetEffective,
    StillAlive,
)
from domain.facts import Ledgered, Stamp
from domain.personal import Personal, Retention


class Standing(StrEnum):
    """Where a membership stands."""

    APPLICANT = "applicant"
    REFUSED = "refused"
    MEMBER = "member"
    LEAVING = "leaving"
    FORMER = "former"


class DeemedCause(StrEnum):
    """Why the law takes a member to have resigned (CSA art. 6:121 ◇)."""

    BANKRUPTCY = "bankruptcy"
    LOST_CONDITION = "lost-condition"


class Membership(Ledgered):
    """One person's membership of one entity."""

    TOPIC = "membership"

    def __init__(self, entity_id: UUID, person_id: UUID) -> None:
        """Start as an applicant."""
        self.entity_id = entity_id
        self.person_id = person_id
        self.standing = Standing.APPLICANT
        self.founded_on: date | None = None
        self.leaves_on: date | None = None
        self.deceased = False
        self.representative_id: UUID | None = None
        self.merged_into: UUID | None = None
        self.share_accounts: tuple[UUID, ...] = ()
        self.stage_since: date | None = None

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
        founder: bool
        decision_ref: str

        def apply(self, membership: Membership) -> None:
            """Make the applicant a member."""
            membership.standing = Standing.MEMBER
            membership.founded_on = self.effective_on if self.founder else None

    class CareerStageEntered(Event):
        """From this day on the person is at this stage of their career here, by this contract or amendment."""

        TOPIC = "membership.career-stage-entered.v1"
        stage: CareerStage
        contract_ref: str

        def apply(self, membership: Membership) -> None:
            """Enter no other stage before that day."""
            membership.stage_since = self.effective_on

    class Refused(Event):
        """The competent body refused the applicant, for this reason."""

        TOPIC = "membership.refused.v1"
        decision_ref: str
        reason: Annotated[str, Personal(Retention.GOVERNANCE, "person_id")]

        def apply(self, membership: Membership) -> None:
            """End the application."""
            membership.standing = Standing.REFUSED

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

    class Excluded(Event):
        """The membership ended by exclusion, decided in this procedure."""

        TOPIC = "membership.excluded.v1"
        exclusion_id: UUID
        decision_ref: str

        def apply(self, membership: Membership) -> None:
            """End the membership."""
            membership.standing = Standing.FORMER
            membership.leaves_on = self.effective_on

    class DeemedResigned(Event):
        """The law takes the member to have resigned on that day, for this cause."""

        TOPIC = "membership.deemed-resigned.v1"
        cause: DeemedCause
        evidence_ref: str

        def apply(self, membership: Membership) -> None:
            """End the membership."""
            membership.standing = Standing.FORMER
            membership.leaves_on = self.effective_on

    class Deceased(Event):
        """The member died on that day."""

        TOPIC = "membership.deceased.v1"
        evidence_ref: str

        def apply(self, membership: Membership) -> None:
            """End the membership."""
            membership.standing = Standing.FORMER
            membership.leaves_on = self.effective_on
            membership.deceased = True

    class HeirsRepresented(Event):
        """This person represents the heirs: what is due to the member is paid to them."""

        TOPIC = "membership.heirs-represented.v1"
        representative_id: UUID
        evidence_ref: str
        representative: Annotated[str, Personal(Retention.GOVERNANCE, "representative_id")]

        def apply(self, membership: Membership) -> None:
            """Remember who is paid."""
            membership.representative_id = self.representative_id

    class Merged(Event):
        """It was found to be a second membership of the same person: `into_id` stands for both."""

        TOPIC = "membership.merged.v1"
        into_id: UUID
        reason: Annotated[str, Personal(Retention.GOVERNANCE, "person_id")]

        def apply(self, membership: Membership) -> None:
            """Let the other stand for this one."""
            membership.merged_into = self.into_id

    class MergeUndone(Event):
        """It was no second membership of the same person after all: it stands for itself again."""

        TOPIC = "membership.merge-undone.v1"
        into_id: UUID
        reason: Annotated[str, Personal(Retention.GOVERNANCE, "person_id")]

        def apply(self, membership: Membership) -> None:
            """Stand for itself."""
            membership.merged_into = None

    class ShareAccountOpened(Event):
        """The member takes part with shares of this class: they end with the membership."""

        TOPIC = "membership.share-account-opened.v1"
        account_id: UUID
        share_class: str

        def apply(self, membership: Membership) -> None:
            """Remember the account."""
            membership.share_accounts = (*membership.share_accounts, self.account_id)

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
        _require_text(name=name, category=category)
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

    @property
    def is_over(self) -> bool:
        """Whether the person may apply anew."""
        return self.standing in (Standing.REFUSED, Standing.FORMER)

    @property
    def payee_id(self) -> UUID | None:
        """Who is paid what is due to the member; of the dead the heirs' representative, once named."""
        return self.representative_id if self.deceased else self.person_id

    def admit(self, stamp: Stamp, *, member_no: int, decision_ref: str, founder: bool = False) -> None:
        """Admit the applicant by this decision."""
        self._require_applicant()
        _require_text(decision_ref=decision_ref)
        self._note(self.Admitted, stamp, member_no=member_no, founder=founder, decision_ref=decision_ref)

    def refuse(self, stamp: Stamp, *, decision_ref: str, reason: str) -> None:
        """Refuse the applicant by this decision, with a reason."""
        self._require_applicant()
        _require_text(decision_ref=decision_ref, reason=reason)
        self._note(self.Refused, stamp, decision_ref=decision_ref, reason=reason)

    def resign(self, stamp: Stamp, *, received_on: date, effect_on: date) -> None:
        """Record the notice and the day on which it takes effect."""
        self.require_staying()
        self.require_effective()
        self._note(self.ResignationNotified, stamp, received_on=received_on, effect_on=effect_on)

    def require_staying(self) -> None:
        """Refuse what a member who gave notice, or was refused, can no longer begin."""
        self.require_own_voice()
        if self.standing is Standing.REFUSED:
            raise NotAMember(standing=self.standing)
        if self.standing in (Standing.LEAVING, Standing.FORMER):
            raise AlreadyResigned(effect_on=self.leaves_on)

    def require_effective(self) -> None:
        """Refuse what only an effective member may have; one who gave notice still is until it takes effect."""
        self.require_own_voice()
        if self.standing not in (Standing.MEMBER, Standing.LEAVING):
            raise NotAMember(standing=self.standing)

    def require_own_voice(self) -> None:
        """Refuse a membership that another one stands for."""
        if self.merged_into is not None:
            raise MergedAway(into_id=self.merged_into)

    def leave(self, stamp: Stamp) -> None:
        """End the membership, on its statutory day or later."""
        self.require_due(stamp.effective_on)
        self._note(self.ResignationTookEffect, stamp)

    def require_due(self, on: date) -> date:
        """Return the statutory day of a resignation that has come by this day."""
        self.require_own_voice()
        if self.leaves_on is None or self.standing is not Standing.LEAVING:
            raise NotAMember(standing=self.standing)
        if on < self.leaves_on:
            raise ResignationNotYetEffective(effect_on=self.leaves_on)
        return self.leaves_on

    def exclude(self, stamp: Stamp, *, exclusion_id: UUID, decision_ref: str) -> None:
        """End the membership by a decided exclusion, also of one who gave notice."""
        self.require_effective()
        self._note(self.Excluded, stamp, exclusion_id=exclusion_id, decision_ref=decision_ref)

    def deem_resigned(self, stamp: Stamp, *, cause: DeemedCause, evidence_ref: str) -> None:
        """End the membership by law."""
        self.require_effective()
        _require_text(evidence_ref=evidence_ref)
        self._note(self.DeemedResigned, stamp, cause=cause, evidence_ref=evidence_ref)

    def die(self, stamp: Stamp, *, evidence_ref: str) -> None:
        """End the membership by death."""
        self.require_effective()
        _require_text(evidence_ref=evidence_ref)
        self._note(self.Deceased, stamp, evidence_ref=evidence_ref)

    def represent_heirs(
        self, stamp: Stamp, *, representative_id: UUID, representative: str, evidence_ref: str
    ) -> None:
        """Name who represents the heirs of a member who died, or another one in their place."""
        if not self.deceased:
            raise StillAlive(membership_id=self.id)
        _require_text(representative=representative, evidence_ref=evidence_ref)
        self._note(
            self.HeirsRepresented,
            stamp,
            representative_id=representative_id,
            evidence_ref=evidence_ref,
            representative=representative,
        )

    def merge(self, stamp: Stamp, *, into_id: UUID, reason: str) -> None:
        """Let another membership stand for this one."""
        self.require_effective()
        _require_text(reason=reason)
        self._note(self.Merged, stamp, into_id=into_id, reason=reason)

    def undo_merge(self, stamp: Stamp, *, reason: str) -> None:
        """Stand for itself again."""
        if self.merged_into is None:
            raise NotMerged(membership_id=self.id)
        _require_text(reason=reason)
        self._note(self.MergeUndone, stamp, into_id=self.merged_into, reason=reason)

    def open_share_account(self, stamp: Stamp, *, account_id: UUID, share_class: str) -> None:
        """Take part with shares of one more class."""
        self._note(self.ShareAccountOpened, stamp, account_id=account_id, share_class=share_class)

    def enter_stage(self, stamp: Stamp, *, stage: CareerStage, contract_ref: str) -> None:
        """Be at another stage from that day on: a trial may come before the admission, an exit after the end."""
        if self.standing is Standing.REFUSED or self.merged_into is not None:
            raise NotAMember(standing=self.standing)
        if self.stage_since is not None and stamp.effective_on < self.stage_since:
            raise CareerStageEarlier(stage_since=self.stage_since, on=stamp.effective_on)
        _require_text(contract_ref=contract_ref)
        self._note(self.CareerStageEntered, stamp, stage=stage, contract_ref=contract_ref)

    def _require_applicant(self) -> None:
        if self.standing is not Standing.APPLICANT:
            raise NotAnApplicant(standing=self.standing)

    def _note(self, kind: type[Event], stamp: Stamp, **says: object) -> None:
        self.note(kind, stamp, entity_id=self.entity_id, person_id=self.person_id, **says)


def _require_text(**texts: str) -> None:
    for field, text in texts.items():
        if not text.strip():
            raise EmptyText(field=field)
